"""The stages composed: what reading does to a case, and what the case then concludes."""

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
