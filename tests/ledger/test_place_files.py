"""Files of places in a case: kept as obtained, noted all or none, checked, and compiled whole or not at all."""

import hashlib
from datetime import UTC, datetime

import pytest

from tadmor.datamodel.places import PlaceFile
from tadmor.errors import CaseDamagedError
from tadmor.ledger import Ledger

DATA = b"name,lat,lon\nTell Hulwan,35.1,38.2\n"


def told(data=DATA, name="own.csv"):
    """What is noted of a file."""
    return PlaceFile(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        layout="csv",
        size=len(data),
        places=1,
        imported=datetime(2024, 5, 1, 12, tzinfo=UTC),
        licence="own work",
    )


@pytest.fixture
def ledger(tmp_path):
    """A new case, open for writing."""
    with Ledger.create(tmp_path / "case") as opened:
        yield opened


def test_a_case_begins_without_files(ledger):
    """Nothing is noted, nothing compiled, and all holds."""
    assert ledger.places.kept() == ()
    assert ledger.places.compiled("abc") is None
    assert ledger.verify() == ()


def test_what_is_noted_is_told_in_order(ledger):
    """Files come back as they were noted, the bytes as obtained and read-only."""
    first, second = told(), told(b"other", "other.csv")
    for data in (DATA, b"other"):
        ledger.places.keep(hashlib.sha256(data).hexdigest(), data)
    ledger.places.note([first])
    ledger.places.note([second])
    assert ledger.places.kept() == (first, second)
    path = ledger.places.held(first)
    assert path.read_bytes() == DATA
    assert not path.stat().st_mode & 0o222
    assert ledger.verify() == ()


def test_a_changed_or_missing_file_is_found(ledger):
    """`verify` names it as the user knew it; what is to be compiled from a missing one fails clearly."""
    file = told()
    ledger.places.keep(file.sha256, DATA)
    ledger.places.note([file])
    path = ledger.places.path_of(file.sha256)
    path.chmod(0o644)
    path.write_bytes(DATA + b"Slipped In,35,38\n")
    assert [(issue.where, issue.rule) for issue in ledger.verify()] == [("own.csv", "places-changed")]
    path.unlink()
    assert [(issue.where, issue.rule) for issue in ledger.verify()] == [("own.csv", "places-missing")]
    with pytest.raises(CaseDamagedError, match=r"own\.csv is gone"):
        ledger.places.held(file)


def test_keeping_again_mends_a_changed_file(ledger):
    """The bytes of a digest are what lies under it afterwards."""
    file = told()
    ledger.places.keep(file.sha256, DATA)
    path = ledger.places.path_of(file.sha256)
    path.chmod(0o644)
    path.write_bytes(b"")
    ledger.places.keep(file.sha256, DATA)
    assert path.read_bytes() == DATA


def test_a_damaged_list_is_one_clear_error(ledger):
    """Reading it raises the case's error; verifying makes an issue of it."""
    ledger.places.note([told()])
    index = ledger.folder / "places" / "imports.jsonl"
    index.write_text("{broken\n", encoding="utf-8")
    with pytest.raises(CaseDamagedError, match=r"imports\.jsonl"):
        ledger.places.kept()
    assert [issue.rule for issue in ledger.verify()] == ["places-damaged"]


def test_compiling_is_whole_or_not_at_all(ledger):
    """A maker that fails leaves what was there; one that does not replaces it, and what an earlier death left."""
    places = ledger.places
    old = places.compile("old", lambda folder: (folder / "x").write_text("1", encoding="utf-8"))

    def fail(folder):
        (folder / "half").write_text("1", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        places.compile("new", fail)
    assert places.compiled("old") == old
    assert places.compiled("new") is None
    new = places.compile("new", lambda folder: (folder / "x").write_text("2", encoding="utf-8"))
    assert [path.name for path in new.parent.iterdir()] == ["new"]
    assert [path.name for path in new.iterdir()] == ["x"]
