"""Pages that were fetched, in proof bundles: how they came into the case goes along, and is checked there."""

import gzip
import json
import zipfile

import pytest
from made_web import answer, article

from tadmor import pipeline
from tadmor.ledger import Ledger
from tadmor.network import Fetcher, Manners
from tadmor.settings import Settings
from tadmor.views.bundling.bundle import write
from tadmor.views.bundling.packing import Packing
from tadmor.views.bundling.verifier.checking import found_in

HOMS = "The Syrian army captured Homs from Islamic State on Sunday, officials said."
HAMA = "The Syrian army captured Hama from Islamic State on Sunday, officials said."
CAPTURES = "rows/captures.jsonl"


@pytest.fixture
def case(web, tmp_path):
    """A page sent packed, then with other words, then in chunks with the same; another page, which is gone later."""

    def fetched(*paths):
        wanted = [pipeline.Wanted(url=web.url + path) for path in paths]
        fetcher = Fetcher(Manners(delay=0, private=True, waits=()))
        settings = Settings(reader="rules", workers=1)
        pipeline.fetch(wanted, ledger, fetcher, settings=settings, call=pipeline.FetchCall(anew=True))

    changed = article("The road", HAMA)
    with Ledger.create(tmp_path / "case") as ledger:
        web.put("/road", gzip.compress(article("The road", HOMS)), Content_Encoding="gzip")
        web.put("/gone", article("The hill", HOMS.replace("Homs", "Idlib")))
        fetched("/road", "/gone")
        web.put("/road", changed)
        fetched("/road")
        chunked = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (changed[:99], changed[99:], b""))
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        web.pages["/road"] = head + chunked
        web.pages["/gone"] = answer(b"", "410 Gone")
        fetched("/road", "/gone")
    return tmp_path / "case"


def bundled(case, what, path):
    """A bundle's members by name; it holds."""
    with Ledger.open(case) as ledger:
        write(what, ledger, path)
    assert found_in(path).wrong == []
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != "manifest.json"}


def forged(members, path):
    """What is found of a bundle whose manifest was made to fit what was changed."""
    with Packing(path) as packing:
        for name, data in members.items():
            packing.add(name, data)
        packing.finish({"about": "forged"})
    return found_in(path).wrong


def test_a_page_goes_with_its_captures_and_versions(case, tmp_path):
    """Of a finding on one page: each answer of that page that said something new, as WARC, and nothing of others."""
    members = bundled(case, "Hama", tmp_path / "x.zip")
    rows = [json.loads(line) for line in members[CAPTURES].splitlines()]
    told = [json.loads(row["value"]) for row in rows]
    assert {one["page"].rpartition("/")[2] for one in told} == {"road"}
    assert [one["outcome"] for one in told] == ["read", "read", "same"]
    archives = {name for name in members if name.endswith(".warc")}
    assert archives == {f"originals/{one['archive']}.warc" for one in told[:2]}
    away = [line for line in found_in(tmp_path / "x.zip").unchecked if "digest alone" in line]
    assert [line.rpartition(": ")[2] for line in away] == ["1"]  # how the same page was sent again


def test_a_whole_case_goes_with_all_archives(case, tmp_path):
    """What is gone too; and of every original the bytes."""
    members = bundled(case, None, tmp_path / "x.zip")
    told = [json.loads(json.loads(line)["value"]) for line in members[CAPTURES].splitlines()]
    assert sorted(one["outcome"] for one in told) == ["read", "read", "read", "same", "withdrawn"]
    assert sum(name.endswith(".warc") for name in members) == 5
    assert not [line for line in found_in(tmp_path / "x.zip").unchecked if "digest alone" in line]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("made", "2015-01-01T00:00:00Z", "tells of made"),
        ("final", "https://elsewhere.example/", "tells of final"),
        ("address", "192.0.2.1", "tells of address"),
        ("status", 410, "tells of status 410"),
        ("position", "#3", "has no answer at #3"),
    ],
)
def test_a_capture_that_tells_otherwise_than_its_archive_is_named(case, tmp_path, field, value, said):
    members = bundled(case, "Hama", tmp_path / "x.zip")
    first, *rest = map(json.loads, members[CAPTURES].splitlines())
    first["value"] = json.dumps(json.loads(first["value"]) | {field: value})
    first |= {field: value} if field in first else {}
    members[CAPTURES] = b"".join(json.dumps(one).encode() + b"\n" for one in (first, *rest))
    found = forged(members, tmp_path / "y.zip")
    assert [line for line in found if line.startswith(f"{CAPTURES}, line 1: ") and said in line]


def test_an_archive_with_another_page_in_it_is_named(case, tmp_path):
    """The page's bytes in the archive are not the original that was read."""
    members = bundled(case, "Hama", tmp_path / "x.zip")
    name = next(name for name in members if name.endswith(".warc"))
    members[name] = gzip.compress(gzip.decompress(members[name]).replace(b"200 OK", b"200 KO"))
    assert any("its archive" in line or "an archive" in line for line in forged(members, tmp_path / "y.zip"))
