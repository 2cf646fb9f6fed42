"""What a person types of a claim, read: days, counts, words of a text."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.spans import Span
from tadmor.datamodel.times import Grain
from tadmor.errors import UsageError

_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_DAYS = re.compile(rf"({_DAY})(?:\s*(?:\.\.|/|\bto\b)\s*({_DAY}))?")
_RANGE = re.compile(r"(\d{1,9})\s*(?:-|–|to)\s*(\d{1,9})")
#: Scripts that part words by spaces: Latin, Greek, Cyrillic. Words of others are looked for inside longer ones too.
_SPACED = re.compile(r"[\u0000-\u052f\u1e00-\u206f]*")


def stretches(text: str, words: str) -> Iterator[Span]:
    """Where words stand in a text, exact ones first, then whatever their capitals and white space."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if not pattern:
        return
    whole = rf"(?<!\w){pattern}(?!\w)" if _SPACED.fullmatch(words) else pattern
    for flags in (0, re.IGNORECASE):
        yield from (Span(one.start(), one.end()) for one in re.finditer(whole, text, flags))


def is_days(typed: str) -> bool:
    """Is it a day, or two: 2016-03-27, 2016-03, 2016-03-27..2016-03-29?"""
    return _DAYS.fullmatch(typed) is not None


def count_typed(typed: str) -> Quantity:
    """A count: 12, 12-20, at least 12, dozens.

    Raises:
        UsageError: it is none.
    """
    from tadmor.extraction.amounts import find_amounts  # noqa: PLC0415 - only where a count is typed

    if (bounds := _RANGE.fullmatch(typed)) is not None:
        low, high = int(bounds[1]), int(bounds[2])
        if low > high:
            message = f"count: {typed!r} runs backwards"
            raise UsageError(message)
        return Quantity(low=low, high=high, expression=typed)
    found = find_amounts(f"{typed} people", ())
    if len(found) != 1 or found[0].start or found[0].end < len(typed):
        message = f"count: {typed!r} is no number, range or words for one, as 12, 12-20, at least 12, dozens"
        raise UsageError(message)
    return msgspec.structs.replace(found[0].quantity, expression=typed)


def days_typed(typed: str) -> tuple[date, date, Grain]:
    """First and last day of what is typed, and the unit it speaks in.

    Raises:
        UsageError: no such days.
    """
    found = _DAYS.fullmatch(typed)
    if found is None:
        message = f"when: {typed!r} is no day; write 2016-03-27, or two with .. between"
        raise UsageError(message)
    try:
        first, last = _first(found[1]), _last(found[2] or found[1])
    except ValueError as error:
        message = f"when: {typed!r} is no day of the calendar"
        raise UsageError(message) from error
    if last < first:
        message = f"when: {typed!r} runs backwards"
        raise UsageError(message)
    grain = {10: Grain.DAY, 7: Grain.MONTH, 4: Grain.YEAR}[len(found[1])]
    return first, last, grain if found[2] is None else Grain.SPAN


def _first(day: str) -> date:
    return date.fromisoformat(f"{day}-01-01"[:10]) if len(day) != 7 else date.fromisoformat(f"{day}-01")


def _last(day: str) -> date:
    if len(day) == 10:
        return date.fromisoformat(day)
    first = _first(day)
    year, month = (first.year + 1, 1) if len(day) == 4 or first.month == 12 else (first.year, first.month + 1)
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
