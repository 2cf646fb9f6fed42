"""A proof bundle: what goes in, that it is the same each time, and that it can be read and checked by itself."""

import ast
import hashlib
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pypdfium2
import pytest
from quality.invented_reports import case_of

from tadmor import pipeline
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.bundling.bundle import write
from tadmor.views.bundling.chosen import id_of, rests_on
from tadmor.views.bundling.packing import Packing
from tadmor.views.bundling.verifier import layout, standalone
from tadmor.views.bundling.verifier.checking import found_in
from tadmor.views.cli import app


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """Eight invented reports, some by an agency with a name in Arabic script, with decisions on some claims."""
    return case_of(tmp_path_factory.mktemp("bundled") / "case", 8)


@pytest.fixture(scope="module")
def spell(case):
    """A finding on who held a place, which claims speak against."""
    with Ledger.open(case) as ledger:
        record, _ = pipeline.record(ledger)
    return max(record.spells, key=lambda one: (len(one.opposes) > 0, len(one.supports)))


@pytest.fixture(scope="module")
def whole(case, tmp_path_factory):
    """All of the case."""
    return _written(case, None, tmp_path_factory.mktemp("whole") / "case.zip")


@pytest.fixture(scope="module")
def single(case, spell, tmp_path_factory):
    """The one finding."""
    return _written(case, id_of(spell), tmp_path_factory.mktemp("single") / "finding.zip")


def _written(case, what, path):
    with Ledger.open(case) as ledger:
        write(what, ledger, path)
    return path


def _called(*arguments, seed="0", folder=None):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment, cwd=folder
    )


def _asked(*words):
    app([*map(str, words)], standalone_mode=False)


def _json_lines(path, member):
    with zipfile.ZipFile(path) as packed:
        return [json.loads(line) for line in packed.read(member).splitlines()]


def test_the_same_case_and_finding_give_the_same_bytes(case, spell, single, tmp_path):
    """Whatever the order of sets in a process, and whenever it is made."""
    done = _called("-m", "tadmor", "bundle", id_of(spell), "--case", case, "-o", tmp_path / "x.zip", seed="1")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.zip").read_bytes() == single.read_bytes()


#: What the standard library has had since Python 3.10 to 3.13, where a verifier might reach for it.
_SINCE_3_10 = {
    "UTC", "StrEnum", "Self", "assert_never", "batched", "bit_count", "chdir", "file_digest", "hardlink_to", "override",
    "pairwise", "stdlib_module_names", "TypeAlias", "walk",
}  # fmt: skip


@pytest.mark.parametrize("which", ["whole", "single"])
def test_the_verifier_in_it_finds_that_all_holds(which, request, tmp_path):
    """By Python alone, without tadmor or any other package: as a zip, and unpacked."""
    path = request.getfixturevalue(which)
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "unpacked")
    for arguments in ((path,), ()):
        done = _called("-I", "-S", "verify.py", *arguments, folder=tmp_path / "unpacked")
        assert (done.returncode, done.stderr) == (0, "")
        assert "\neverything holds\n" in done.stdout
        assert "\nnot checked: whose the key " in done.stdout


def test_the_seal_told_by_another_way_is_compared(case, single, tmp_path):
    """A bundle that holds, but is not the one that was told of, is none."""
    (tmp_path / "verify.py").write_bytes(standalone())
    seal = re.search(r"seal (\w+)", _called("verify.py", single, folder=tmp_path).stdout)[1]
    assert _called("verify.py", single, "--seal", seal, folder=tmp_path).returncode == 0
    other = _called("verify.py", single, "--seal", "0" * 64, folder=tmp_path)
    assert other.returncode == 1
    assert "is another bundle" in other.stderr
    assert _called("verify.py", tmp_path / "none.zip", folder=tmp_path).returncode == 2


def test_the_verifier_is_of_the_standard_library_and_of_python_3_9():
    """Nothing else is imported, and no newer syntax is used."""
    tree = ast.parse(standalone(), feature_version=(3, 9))
    named = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
    named |= {name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names}
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names
    assert b"strict=" not in standalone()  # of zip, since 3.10
    assert not [one for one in ast.walk(tree) if isinstance(one, ast.Match)]
    assert named.isdisjoint({"tomllib", "zoneinfo"})
    used = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    used |= {name.name for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) for name in one.names}
    assert used.isdisjoint(_SINCE_3_10)


def test_no_name_of_one_module_takes_the_place_of_anothers_in_the_one_file():
    """All modules of the verifier share one space of names there."""
    tree = ast.parse(standalone())
    told = [one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)]
    assigned = [target for one in tree.body if isinstance(one, ast.Assign) for target in one.targets]
    told += [name.id for target in assigned for name in ast.walk(target) if isinstance(name, ast.Name)]
    assert len(told) == len(set(told))


def test_a_finding_goes_with_what_it_rests_on_and_nothing_else(case, spell, single, whole):
    """Its claims' documents, the history's revisions of these alone, each with a proof."""
    with Ledger.open(case) as ledger:
        documents = {ledger.claim(one).claim.document for one in rests_on(spell)}
        size = ledger.counts()["revisions"]
    told = _json_lines(single, "findings.jsonl")
    assert told[0]["id"] == id_of(spell)
    assert set(told[0]["rests_on"]) == {*spell.supports, *spell.opposes}
    beside = {claim for one in told[1:] for claim in one["rests_on"]}
    with Ledger.open(case) as ledger:
        documents |= {ledger.claim(one).claim.document for one in beside}
    names = zipfile.ZipFile(single).namelist()
    assert {name.split("/")[1][:-4] for name in names if re.fullmatch(r"documents/\w+\.txt", name)} == documents
    revisions = _json_lines(single, "history/revisions.jsonl")
    assert all(one["proof"] for one in revisions)
    assert len(revisions) < size == len(_json_lines(whole, "history/revisions.jsonl"))
    assert {one["subject"] for one in revisions if one["what"] == "document"} == documents


def test_originals_go_as_they_were_obtained(case, whole):
    """Byte for byte, under the digest of their bytes."""
    with zipfile.ZipFile(whole) as packed, Ledger.open(case) as ledger:
        found = [name for name in packed.namelist() if name.startswith("originals/")]
        assert len(found) == 8
        for name in found:
            sha256 = name.split("/")[1].removesuffix(".html")
            assert packed.read(name) == ledger.original(sha256)
            assert hashlib.sha256(packed.read(name)).hexdigest() == sha256


def test_selectors_point_to_the_quotes_in_both_texts(whole):
    """By position and by quote with its neighbours, in code points of the cleaned text and of the raw one."""
    with zipfile.ZipFile(whole) as packed:
        pages = [json.loads(packed.read(name)) for name in packed.namelist() if name.startswith("annotations/")]
        for target in (target for page in pages for one in page["items"] for target in one["target"]):
            text = packed.read(target["source"].removeprefix("../")).decode()
            place, quote = target["selector"]
            assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert text[place["start"] : place["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.index(around) == place["start"] - len(quote["prefix"])
    bodies = [json.loads(one["body"]["value"]) for page in pages for one in page["items"]]
    assert len(bodies) == 160
    assert {one["kind"] for one in bodies} == {"control", "event", "toll"}
    assert pages[0]["@context"] == "http://www.w3.org/ns/anno.jsonld"


def test_the_crate_lists_every_file_with_its_digest(whole):
    """All but its own description and the manifest, which is written after it."""
    with zipfile.ZipFile(whole) as packed:
        crate = json.loads(packed.read("ro-crate-metadata.json"))
        things = {one["@id"]: one for one in crate["@graph"]}
        files = {name for name, one in things.items() if one["@type"] == "File"}
        assert files == set(packed.namelist()) - {"ro-crate-metadata.json", "manifest.json"}
        assert {one["@id"] for one in things["./"]["hasPart"]} == files
        assert things["verify.py"]["sha256"] == hashlib.sha256(packed.read("verify.py")).hexdigest()
    assert things["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert datetime.fromisoformat(things["./"]["datePublished"]) <= datetime.now(UTC)
    assert {"name", "description", "license"} <= things["./"].keys()


def test_the_report_says_what_is_concluded_by_whom_in_which_words_and_what_contradicts(spell, single, case):
    """As a page without scripts, and nothing of it from elsewhere."""
    page = zipfile.ZipFile(single).read("report.html").decode()
    with Ledger.open(case) as ledger:
        claims = [ledger.claim(one) for one in rests_on(spell)]
    for claim in claims:
        assert claim.claim.quote in page
        assert claim.publisher.name in page
        assert f"characters {claim.claim.start} to {claim.claim.end} of documents/{claim.claim.document}.txt" in page
    for words in ("Verdict", "Confidence", "Who says so", "The words against it", "SHA-256", "python3 verify.py"):
        assert words in page
    assert not re.search(r"<script|<img|<link|https?://|url\(|\son\w+=", page)
    assert "default-src 'none'" in page


def test_names_in_arabic_script_keep_to_themselves(whole):
    """They stand in an element of their own direction, amid a sentence that runs the other way."""
    page = zipfile.ZipFile(whole).read("report.html").decode()
    assert "<bdi>وكالة أنباء 7</bdi>" in page
    assert '<p dir="auto">' in page


def test_the_report_has_sheets_for_printing(whole):
    """A PDF whose words can be read out again, each page with its number."""
    with pypdfium2.PdfDocument(zipfile.ZipFile(whole).read("report.pdf")) as sheets:
        texts = [sheets[number].get_textpage().get_text_bounded() for number in range(len(sheets))]
    assert "All of the case" in texts[0]
    assert "residents said" in "".join(texts)
    assert [int(text.split()[-1]) for text in texts] == list(range(1, len(texts) + 1))


def test_as_of_a_day_nothing_later_is_concluded(case, tmp_path):
    """The report says of which day it is."""
    with Ledger.open(case) as ledger:
        days = sorted(claim.published.latest for claim in ledger.claims())
        write(None, ledger, tmp_path / "then.zip", as_of=days[0])
    told = _json_lines(tmp_path / "then.zip", "findings.jsonl")
    spells = [one["told"] for one in told if one["finding"] == "control"]
    assert {one["as_of"] for one in spells} <= {days[0].isoformat()}
    assert f"what had been said by {days[0]}" in zipfile.ZipFile(tmp_path / "then.zip").read("report.html").decode()
    assert found_in(tmp_path / "then.zip")[2] == []


def test_more_members_than_a_plain_zip_can_count(tmp_path, monkeypatch):
    """65,535 and more are told by Zip64, which unpackers know and the verifier holds to be whole."""
    path = tmp_path / "many.zip"
    monkeypatch.setattr(layout, "_MANY", 10)
    with Packing(path) as packing:
        for number in range(20):
            packing.add(f"{number}", b"x")
        packing.finish({"about": "many"})
    assert path.read_bytes().count(b"PK\6\6") == 1
    with closing(layout.Zipped(path)) as held:
        expected = [(f"{number}", 1) for number in range(20)]
        manifest = len(b"".join(held.pieces("manifest.json")))
        assert list(held.layout([*expected, ("manifest.json", manifest)])) == []
    # what Python's own module writes once there are so many
    assert layout.ending(70_000, 5, 6)[:4] == b"PK\6\6"
    assert struct.unpack("<Q", layout.ending(70_000, 5, 6)[32:40]) == (70_000,)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("Atlantis", "tells of no place 'Atlantis'"), ("0123456789abcdef0123", "findings are named by their id")],
)
def test_what_the_case_does_not_have_is_told_in_one_line(case, tmp_path, asked, told):
    """Nothing is written then."""
    with pytest.raises(UsageError, match=told):
        _asked("bundle", asked, "--case", case, "-o", tmp_path / "x.zip")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_into_the_case(case):
    """A bundle there would be a file that the case does not know."""
    with pytest.raises(UsageError, match="lies in the case"):
        _asked("bundle", "--case", case, "-o", case / "originals" / "x.zip")


def test_a_folder_of_a_case_stands_for_all_of_it(case, tmp_path, whole, capsys):
    """`tadmor bundle FOLDER` is `tadmor bundle --case FOLDER`; the seal is told."""
    _asked("bundle", case, "-o", tmp_path / "x.zip")
    assert (tmp_path / "x.zip").read_bytes() == whole.read_bytes()
    assert f"seal {found_in(whole)[1]}" in capsys.readouterr().out


def test_an_original_that_is_gone_leaves_no_bundle(case, tmp_path):
    """What cannot be handed over whole is not handed over, and a bundle that is there stays."""
    copy = tmp_path / "copy"
    shutil.copytree(case, copy)
    (tmp_path / "x.zip").write_bytes(b"before")
    next(path for path in (copy / "originals").rglob("*") if path.is_file()).unlink()
    with Ledger.open(copy) as ledger, pytest.raises(UsageError, match="run `tadmor verify`"):
        write(None, ledger, tmp_path / "x.zip")
    assert (tmp_path / "x.zip").read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "x.zip"]


def test_the_bundled_finding_is_one_of_the_exported(case, capsys):
    """Rows of control carry the id by which a spell is bundled."""
    _asked("export", "control", "--case", case)
    with Ledger.open(case) as ledger:
        record, _ = pipeline.record(ledger)
    exported = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert exported == [id_of(one) for one in record.spells]


def test_layout_is_what_any_zip_program_writes(single):
    """The same members stored by Python's own module are the same file."""
    whole = single.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as packed, zipfile.ZipFile(buffer, "w") as again:
        for one in packed.infolist():
            fresh = zipfile.ZipInfo(one.filename, one.date_time)
            fresh.external_attr = one.external_attr
            again.writestr(fresh, packed.read(one))
    assert buffer.getvalue() == whole


def test_what_a_redaction_took_out_is_in_no_bundle(case, tmp_path, capsys):
    """Its tombstone is, with the digests that count since; originals that hold the name are not; all holds."""
    copy = tmp_path / "copy"
    shutil.copytree(case, copy)
    _asked("redact", "Report 3", "--reason", "asked us to", "--author", "reviewer", "--yes", "--case", copy)
    path = _written(copy, None, tmp_path / "x.zip")
    with zipfile.ZipFile(path) as packed:
        assert sum(name.startswith("originals/") for name in packed.namelist()) == 7
        assert b"Report 3" not in b"".join(packed.read(name) for name in packed.namelist() if "report." not in name)
    [told] = _json_lines(path, "rows/redactions.jsonl")
    assert json.loads(told["value"])["reason"] == "asked us to"
    assert found_in(path)[2] == []
