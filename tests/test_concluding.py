"""What was concluded is remembered beside the case, and never told when it no longer holds."""

from datetime import UTC, date, datetime
from shutil import rmtree

import pytest

from tadmor import pipeline
from tadmor.datamodel.history import Decision, Review
from tadmor.ledger import Ledger
from tadmor.pipeline import concluding
from tadmor.record.memory import Memory
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


def test_a_new_report_after_what_is_remembered_concludes_as_from_nothing(ledger, tmp_path):
    """The parts that the first record left behind change nothing of the second."""
    pipeline.record(ledger)
    assert (ledger.folder / "concluded" / "parts").is_file()
    (tmp_path / "b.txt").write_text(LOST, encoding="utf-8")
    pipeline.read([tmp_path / "b.txt"], ledger, settings=ALONE)
    found, _ = pipeline.record(ledger)
    rmtree(ledger.folder / "concluded")
    assert pipeline.record(ledger)[0] == found


@pytest.mark.parametrize("spoil", [lambda told: told[:-1] + b"!", lambda _: b"", lambda told: told[:40]])
def test_parts_with_changed_bytes_are_not_used(ledger, spoil):
    """A file of parts that is not as it was written counts for nothing, and is written anew."""
    record, _ = pipeline.record(ledger)
    parts = ledger.folder / "concluded" / "parts"
    written = parts.read_bytes()
    parts.write_bytes(spoil(written))
    for file in kept(ledger):
        file.unlink()
    assert pipeline.record(ledger)[0] == record
    assert parts.read_bytes() == written


def test_parts_reckoned_by_another_code_are_not_used(ledger, monkeypatch):
    """A changed rule makes every part anew."""
    pipeline.record(ledger)
    seen = []
    monkeypatch.setattr(concluding, "code", lambda: "another")
    monkeypatch.setattr(concluding, "Memory", lambda known=None: seen.append(known) or Memory(known))
    pipeline.record(ledger)
    assert seen == [None]


def test_a_day_in_the_past_leaves_the_parts_of_today(ledger):
    """Going back to a day does not take from what the next report is reckoned with."""
    pipeline.record(ledger)
    parts = (ledger.folder / "concluded" / "parts").read_bytes()
    pipeline.record(ledger, as_of=date(2015, 4, 2))
    pipeline.record(ledger, without=["Reuters"])
    assert (ledger.folder / "concluded" / "parts").read_bytes() == parts


def test_an_explanation_is_the_same_with_what_is_remembered(ledger, tmp_path):
    """Why: whether the record was concluded before or not."""
    (tmp_path / "b.txt").write_text(LOST, encoding="utf-8")
    pipeline.read([tmp_path / "b.txt"], ledger, settings=ALONE)
    claims = tuple(ledger.claims())
    place = next(one.place.id for one in claims if one.kind == "control")
    first = pipeline.explanation(ledger, claims, place, date(2015, 5, 1))
    pipeline.record(ledger)
    assert first.finding is not None
    assert pipeline.explanation(ledger, claims, place, date(2015, 5, 1)) == first


def test_what_a_person_is_asked_is_the_same_with_what_is_remembered(ledger, tmp_path):
    """The questions: whether scores of pairs were remembered or not."""
    (tmp_path / "b.txt").write_text(LOST.replace("seized Tikrit", "killed 12 soldiers in Tikrit"), encoding="utf-8")
    pipeline.read([tmp_path / "b.txt"], ledger, settings=ALONE)
    first = pipeline.asked(ledger)
    rmtree(ledger.folder / "concluded")
    assert pipeline.asked(ledger) == first
