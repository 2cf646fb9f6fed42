"""What was concluded is remembered beside the case, and never told when it no longer holds."""

from datetime import UTC, date, datetime

import pytest

from tadmor import pipeline
from tadmor.datamodel.history import Decision, Review
from tadmor.ledger import Ledger
from tadmor.pipeline import concluding
from tadmor.settings import Settings

ALONE = Settings(workers=1)
TAKEN = "Army takes Tikrit\nReuters\n2015-04-01\n\nThe Iraqi army captured Tikrit from Islamic State on Tuesday.\n"
LOST = "Tikrit lost\nAFP\n2015-06-20\n\nIslamic State seized Tikrit on Friday, officials said.\n"


@pytest.fixture
def ledger(tmp_path):
    """A case of one report, open for writing."""
    (tmp_path / "a.txt").write_text(TAKEN, encoding="utf-8")
    with Ledger.open(tmp_path / "case", create=True) as opened:
        pipeline.read([tmp_path / "a.txt"], opened, settings=ALONE)
        yield opened


@pytest.fixture
def concluded(monkeypatch):
    """How often the record was concluded, rather than remembered."""
    times = []

    def counted(*words, **options):
        times.append(1)
        return conclude(*words, **options)

    conclude = concluding.conclude
    monkeypatch.setattr(concluding, "conclude", counted)
    return times


def kept(ledger):
    return list((ledger.folder / "concluded").glob("*.bin"))


def test_what_is_remembered_is_what_was_concluded(ledger, concluded):
    """A second question is answered without concluding again, and in the same words."""
    assert pipeline.record(ledger) == pipeline.record(ledger)
    assert len(concluded) == 1


def test_a_new_report_makes_the_record_anew(ledger, concluded, tmp_path):
    """Whatever is written to the case ends what was remembered of it."""
    before, _ = pipeline.record(ledger)
    (tmp_path / "b.txt").write_text(LOST, encoding="utf-8")
    pipeline.read([tmp_path / "b.txt"], ledger, settings=ALONE)
    after, claims = pipeline.record(ledger)
    assert len(concluded) == 2
    assert len(after.spells) > len(before.spells)
    assert {one.claim.document for one in claims} == {one.id for one in ledger.documents()}


def test_a_decision_makes_the_record_anew(ledger):
    """A rejected claim is gone from the record at once."""
    record, _ = pipeline.record(ledger)
    for claim in record.spells[-1].supports:
        ledger.add_review(
            Review(subject=claim, decision=Decision.REJECT, author="Me", made=datetime.now(UTC), reason="misread")
        )
    after, _ = pipeline.record(ledger)
    assert record.spells[-1].supports
    assert not {*record.spells[-1].supports} & {claim for spell in after.spells for claim in spell.supports}


def test_each_day_is_remembered_apart(ledger, concluded):
    """The record as of a day is not that of now."""
    now, then = pipeline.record(ledger)[0], pipeline.record(ledger, as_of=date(2015, 3, 1))[0]
    assert (now, then) == (pipeline.record(ledger)[0], pipeline.record(ledger, as_of=date(2015, 3, 1))[0])
    assert now.spells
    assert not then.spells
    assert len(concluded) == 2


def test_changed_bytes_are_not_told(ledger, concluded):
    """A file that is not as it was written is made anew."""
    record, _ = pipeline.record(ledger)
    (file,) = kept(ledger)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert pipeline.record(ledger)[0] == record
    assert len(concluded) == 2


def test_few_days_are_kept(ledger):
    """The oldest is forgotten, so that a case does not grow by being asked."""
    for day in range(1, 13):
        pipeline.record(ledger, as_of=date(2015, 4, day))
    assert len(kept(ledger)) == 8


def test_a_case_that_cannot_be_written_to_is_concluded_each_time(ledger, concluded):
    """Nothing is kept, and the answer is the same."""
    (ledger.folder / "concluded").write_text("a file where the folder should be", encoding="utf-8")
    assert pipeline.record(ledger) == pipeline.record(ledger)
    assert len(concluded) == 2


def test_what_is_concluded_without_a_source_is_not_kept(ledger):
    """A question of what if leaves nothing behind."""
    pipeline.record(ledger, without=["Reuters"])
    assert not kept(ledger)


def test_what_is_remembered_takes_nothing_from_the_case(ledger):
    """The case verifies as before."""
    pipeline.record(ledger)
    assert not ledger.verify()
