"""Times reckoned from the outset of an operation that the text dates."""

from datetime import date

import msgspec
import pytest
from made_documents import document_of

from tadmor.datamodel.claims import Change, ControlClaim, Degree
from tadmor.datamodel.times import DAY, Basis, Grain, Interval, When
from tadmor.grounding.times import TimeLine

SUNDAY = date(2016, 8, 28)


def told(text: str, words: str) -> tuple[date, date] | None:
    """The days of a change of control told by some words of a report."""
    published = When(interval=Interval(SUNDAY, SUNDAY + DAY), grain=Grain.DAY, basis=Basis.STATED)
    document = msgspec.structs.replace(document_of(text), published=published)
    start = text.index(words)
    claim = ControlClaim(
        document=document.id,
        start=start,
        end=start + len(words),
        quote=words,
        change=Change.GAINED,
        degree=Degree.FULL,
    )
    found = TimeLine(document).when(claim)
    return (found.interval.start, found.interval.last) if found is not None else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The rebels seized Harna hours after the beginning of the offensive.", 24),
        ("Hours into the operation the rebels seized Harna.", 24),
        ("The rebels seized Harna on the third day of the campaign.", 26),
        ("By the 4th day of the offensive the rebels seized Harna.", 27),
    ],
)
def test_a_day_of_an_operation_is_counted_from_its_outset(words: str, day: int) -> None:
    text = f"On August 24 the army and the rebels launched a large offensive. It was condemned. {words}"
    assert told(text, "the rebels seized Harna" if "the rebels seized" in words else "The rebels seized Harna") == (
        date(2016, 8, day),
        date(2016, 8, day),
    )


def test_the_outset_is_counted_back_from_a_day_of_the_operation() -> None:
    text = (
        "Shells fell on Sunday, the fifth day of an incursion. The army seized Harna on the first day of the incursion."
    )
    assert told(text, "The army seized Harna") == (date(2016, 8, 24), date(2016, 8, 24))


def test_a_day_since_the_outset_is_not_its_day() -> None:
    text = (
        "Shells fell on Sunday, the fifth day of an incursion. On Saturday the army lost a man for the first time since "
        "launching the operation. The army seized Harna on the first day of the incursion."
    )
    assert told(text, "The army seized Harna") == (date(2016, 8, 24), date(2016, 8, 24))


def test_without_a_dated_outset_the_report_is_of_its_own_days() -> None:
    text = "The war goes on. The army seized Harna on the first day of the incursion."
    assert told(text, "The army seized Harna") == (date(2016, 8, 26), SUNDAY)


def test_a_day_of_the_operation_told_elsewhere_in_the_sentence_is_not_the_claims() -> None:
    text = (
        "On August 24 the army launched an offensive. The army seized Harna yesterday, and the shelling that followed "
        "it was as heavy as on the first day of the offensive."
    )
    assert told(text, "The army seized Harna") == (date(2016, 8, 27), date(2016, 8, 27))
