"""The stages composed: what reading does to a case, and what the case then concludes."""

import shutil
from datetime import date

import pytest

from tadmor import pipeline
from tadmor.ledger import Ledger
from tadmor.settings import Settings

REPORTS = {
    "a.txt": "Army takes Tikrit\nReuters\n2015-04-01\n\nThe Iraqi army captured Tikrit from Islamic State on Tuesday.\n",
    "b.txt": "Tikrit lost\nAFP\n2015-06-20\n\nIslamic State seized Tikrit on Friday, officials said. It holds Mosul.\n",
    "c.txt": "Explosion\nReuters\n2015-06-21\n\nA car bomb killed at least 12 people in Baghdad on Saturday.\n",
}


@pytest.fixture
def reports(tmp_path):
    """A folder of reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def ledger(tmp_path):
    """A new case, open for writing."""
    with Ledger.open(tmp_path / "case", create=True) as opened:
        yield opened


ALONE = Settings(workers=1)


def test_reading_tells_what_was_added(ledger, reports):
    """The summary counts files, documents and claims, and the ledger holds them."""
    summary = pipeline.read([reports], ledger, settings=ALONE)
    assert (summary.files, summary.documents, summary.known, summary.complete) == (3, 3, 0, True)
    assert summary.claims == ledger.counts()["claims"] > 3


def test_a_second_reading_adds_nothing(ledger, reports):
    """The same bytes are known, whatever they are called now."""
    pipeline.read([reports], ledger, settings=ALONE)
    before = dict(ledger.counts())
    (reports / "a.txt").rename(reports / "renamed.txt")
    summary = pipeline.read([reports], ledger, settings=ALONE)
    assert (summary.documents, summary.known) == (0, 3)
    assert dict(ledger.counts()) == before


def test_several_workers_give_what_one_gives(tmp_path, reports):
    """Claims, their ids and their order do not depend on how many processes read."""
    found = []
    for workers in (1, 2):
        with Ledger.open(tmp_path / f"case{workers}", create=True) as ledger:
            pipeline.read([reports], ledger, settings=Settings(workers=workers, few=1))
            found.append([claim.id for claim in ledger.claims()])
    assert found[0] == found[1]


def test_a_small_batch_gives_what_a_large_one_gives(tmp_path, reports):
    """How many files are held in memory together changes nothing where all are dated."""
    found = []
    for number, settings in enumerate((ALONE, Settings(workers=1, batch=1), Settings(workers=1, batch_bytes=1))):
        with Ledger.open(tmp_path / f"case{number}", create=True) as ledger:
            pipeline.read([reports], ledger, settings=settings)
            found.append([claim.id for claim in ledger.claims()])
    assert found[0] == found[1] == found[2]


def test_a_file_that_cannot_be_read_is_an_issue_and_the_rest_goes_on(ledger, reports):
    """The summary is not complete, and the ledger keeps the issue."""
    (reports / "empty.txt").write_bytes(b"")
    summary = pipeline.read([reports, reports / "missing.txt"], ledger, settings=ALONE)
    assert not summary.complete
    assert summary.documents == 3
    assert {issue.rule for issue in ledger.issues()} == {"empty", "missing"}


def test_progress_is_told_for_each_file(ledger, reports):
    """The callback is called once a file, counting up to all of them."""
    steps = []
    pipeline.read([reports], ledger, settings=ALONE, progress=lambda *step: steps.append(step))
    assert steps == [(1, 3, "a.txt"), (2, 3, "b.txt"), (3, 3, "c.txt")]


def test_copies_are_found_across_calls(ledger, reports):
    """A reprint read later is found to share its words with the first."""
    body = " ".join(f"Sentence {number} tells of village {number} and its {number} houses." for number in range(60))
    (reports / "a.txt").write_text(f"One\nReuters\n2015-04-01\n\n{body}\n", encoding="utf-8")
    pipeline.read([reports], ledger, settings=ALONE)
    again = reports.parent / "reprint.txt"
    again.write_text(f"Another head\nAFP\n2015-04-02\n\n{body}\n", encoding="utf-8")
    assert pipeline.read([again], ledger, settings=ALONE).copies == 1
    assert len(ledger.copies()) == 1


def test_the_record_follows_the_claims(ledger, reports):
    """Who holds Tikrit is concluded from both reports, and as of a day from what had been said by then."""
    pipeline.read([reports], ledger, settings=ALONE)

    def holder(as_of):
        found, _ = pipeline.record(ledger, as_of=as_of)
        tikrit = [spell for spell in found.spells if spell.place == "gn:90150" and spell.end is None]
        return [spell.holder for spell in tikrit]

    assert holder(None) == ["islamic_state"]
    assert holder(date(2015, 5, 1)) == ["iraq"]


PLACES = "name,lat,lon,country\nTell Hulwan,34.80,38.60,SY\n"
VILLAGE = "Army\nReuters\n2015-04-01\n\nThe Syrian army captured the village of Tell Hulwan near Palmyra on Tuesday.\n"


def test_worker_processes_know_the_places_of_the_case(tmp_path, reports):
    """Several processes ground an imported village as one does."""
    (reports / "village.txt").write_text(VILLAGE, encoding="utf-8")
    (tmp_path / "own.csv").write_text(PLACES, encoding="utf-8")
    for workers in (1, 2):
        with Ledger.open(tmp_path / f"case{workers}", create=True) as ledger:
            assert pipeline.import_places([tmp_path / "own.csv"], ledger).complete
            pipeline.read([reports], ledger, settings=Settings(workers=workers, few=1))
            places = {place.id for claim in ledger.claims() for place in claim.places.values()}
        assert "own:SY.tell_hulwan" in places


def test_an_import_that_dies_leaves_the_case_as_it_was(ledger, tmp_path, monkeypatch):
    """Killed before the files are noted, nothing was imported; the same call then goes on."""
    (tmp_path / "own.csv").write_text(PLACES, encoding="utf-8")

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("tadmor.ledger.place_files.PlaceFiles.note", die)
        with pytest.raises(KeyboardInterrupt):
            pipeline.import_places([tmp_path / "own.csv"], ledger)
    assert ledger.places.kept() == ()
    assert pipeline.places_of(ledger) is None
    assert ledger.verify() == ()
    assert pipeline.import_places([tmp_path / "own.csv"], ledger).files[0].added == 1


def test_places_are_compiled_anew_where_they_are_missing(ledger, tmp_path):
    """What is compiled can be thrown away: reading makes it again, the same."""
    (tmp_path / "own.csv").write_text(PLACES, encoding="utf-8")
    pipeline.import_places([tmp_path / "own.csv"], ledger)
    made = pipeline.places_of(ledger)
    assert made is not None
    content = (made / "places.bin").read_bytes()
    shutil.rmtree(made)
    assert pipeline.places_of(ledger) is None
    assert pipeline.places_of(ledger, make=True) == made
    assert (made / "places.bin").read_bytes() == content


def test_the_run_says_which_places_it_knew(ledger, tmp_path):
    """The version of the gazetteer in a run tells imported places from shipped ones alone."""
    (tmp_path / "own.csv").write_text(PLACES, encoding="utf-8")
    plain = pipeline.Machine().run.gazetteer
    pipeline.import_places([tmp_path / "own.csv"], ledger)
    assert pipeline.Machine(places=pipeline.places_of(ledger)).run.gazetteer.startswith(f"{plain}+")


def test_too_many_places_are_refused(ledger, tmp_path, monkeypatch):
    """What would not fit the memory is named with what to do; a file that the case has counts once."""
    monkeypatch.setattr("tadmor.dictionaries.gazetteer.examining.LARGEST", len(PLACES) + 10)
    (tmp_path / "own.csv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "more.csv").write_text(PLACES.replace("Hulwan", "Zurayq"), encoding="utf-8")
    assert pipeline.import_places([tmp_path / "own.csv"], ledger).complete
    again = pipeline.import_places([tmp_path / "own.csv", tmp_path / "more.csv"], ledger)
    assert [file.imported for file in again.files] == [True]
    assert ["import a country's file" in issue.message for issue in again.issues] == [True]
