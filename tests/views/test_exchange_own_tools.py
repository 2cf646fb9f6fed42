"""FollowTheMoney's and frictionless's own readers, in the environment of requirements/formats.in, where there is one."""

import json
import subprocess
from pathlib import Path

import pytest
from tests.views.made_entries import every_kind, written

PYTHON = Path(__file__).resolve().parents[2] / ".formats" / "bin" / "python"
pytestmark = pytest.mark.skipif(
    not PYTHON.is_file(), reason="no .formats environment (requirements/formats.in) with the formats' own tools"
)
_FTM = """
import json, sys
from pathlib import Path
from followthemoney import model
from followthemoney.proxy import EntityProxy
from followthemoney.statement import read_path_statements
lost, kinds = [], set()
for line in open("made.json"):
    data = json.loads(line)
    proxy = EntityProxy.from_dict(data, cleaned=False)
    proxy.schema.validate(data)
    kinds.add(proxy.schema.name)
    lost += [name for name, values in data["properties"].items() if len(proxy.get(name)) != len(values)]
statements = list(read_path_statements(Path("made.csv"), "csv"))
keys = sum(one.generate_key() != one.id for one in statements)
print(json.dumps({"lost": lost, "kinds": sorted(kinds), "statements": len(statements), "keys": keys,
                  "sets": sorted({one.dataset for one in statements})}))
"""
_FRICTIONLESS = """
import json
from frictionless import Dialect, Resource, formats
out = {}
for name, between in (("acled.csv", ","), ("ucdp.csv", ","), ("polecat.tsv", "\\t"), ("hxl.csv", ",")):
    dialect = Dialect(controls=[formats.CsvControl(delimiter=between)])
    report = Resource(path=name, dialect=dialect).validate()
    out[name] = [report.valid, report.flatten(["message"])[:3]]
print(json.dumps(out))
"""


def asked(script, folder):
    """What a script of that environment prints, as JSON."""
    done = subprocess.run([PYTHON, "-c", script], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_followthemoney_takes_every_value_and_makes_the_same_statement_ids(tmp_path):
    (tmp_path / "made.json").write_bytes(written("ftm", every_kind())[0])
    (tmp_path / "made.csv").write_bytes(written("ftm-statements", every_kind())[0])
    told = asked(_FTM, tmp_path)
    assert told["lost"] == []
    assert told["kinds"] == ["Address", "Document", "Event", "Organization"]
    assert told["statements"] > 50
    assert told["keys"] == 0
    assert told["sets"] == ["orontes", "orontes_wire"]


def test_frictionless_finds_nothing_wrong_with_the_tables(tmp_path):
    for name, suffix in (("acled", "csv"), ("ucdp", "csv"), ("polecat", "tsv"), ("hxl", "csv")):
        (tmp_path / f"{name}.{suffix}").write_bytes(written(name, every_kind())[0])
    told = asked(_FRICTIONLESS, tmp_path)
    assert {name: valid for name, (valid, _) in told.items()} == dict.fromkeys(told, True), told
