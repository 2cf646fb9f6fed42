"""Calendar dates as printed in headers and datelines, with or without a year.

For a document's own date only; times told in its sentences are read by `dictionaries/times`. A date written in figures
whose order cannot be told (03/04/2016) has several readings, all kept.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
#: Years of documents; before the web, and after what is plausible, a four-figure number is something else.
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTH = r"(?P<month{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b[.,]?\s+)?"
# Alternatives in order: 2016-05-11; 11.05.2016; 11 May, 2016; May 11, 2016 (a lost comma gives "May 112016");
# 11 May; May 11.
_DATE = re.compile(
    r"(?<![\w./-])" + _WEEKDAY + r"(?:"
    r"(?P<iso>" + _YEAR.format(0) + r"[-/.](?P<m0>[01]?\d)[-/.](?P<d0>[0-3]?\d))(?=T\d|\D|$)"
    r"|(?P<figures>(?P<a>[0-3]?\d)(?P<dot>[./-])(?P<b>[0-3]?\d)(?P=dot)" + _YEAR.format(1) + r")(?![\d]|[./-]\d)"
    r"|(?:the\s+)?"
    + _DAY.format(2)
    + r"(?:\s+of)?[\s-]"
    + _MONTH.format(2)
    + r"(?:[\s,-]+"
    + _YEAR.format(2)
    + r"(?!\d))?"
    r"|"
    + _MONTH.format(3)
    + r"\s+"
    + _DAY.format(3)
    + r"(?:(?:,\s*|\s+|(?<=\d\d))"
    + _YEAR.format(3)
    + r")?(?!\d)(?!,\d{3})"
    r")",
    re.IGNORECASE,
)


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """A date as printed: `[start, end)` of the text, and the days it may be; `year` is `None` where none stands."""

    start: int
    end: int
    year: int | None
    readings: tuple[tuple[int, int], ...]  # (month, day), likeliest first

    def days(self, year: int | None = None) -> tuple[date, ...]:
        """The days it may be, in its own year or the one given."""
        which = self.year or year
        return tuple(date(which, *reading) for reading in self.readings if which and _is_day(which, *reading))


def printed_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Printed]:
    """All dates with at least a day and a month, in order."""
    for match in _DATE.finditer(text, start, len(text) if end is None else end):
        found = _printed(match)
        if found is not None:
            yield found


def date_at(text: str, start: int = 0) -> Printed | None:
    """The date that begins exactly here."""
    match = _DATE.match(text, start)
    return _printed(match) if match else None


def days_apart(one: date, other: date) -> int:
    """Without sign."""
    return abs((one - other) // timedelta(days=1))


def _printed(match: re.Match[str]) -> Printed | None:
    year, readings = _parts(match)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    right = tuple(dict.fromkeys(reading for reading in readings if _is_day(year or 2000, *reading)))
    return Printed(start=match.start(), end=match.end(), year=year, readings=right) if right else None


def _parts(match: re.Match[str]) -> tuple[int | None, tuple[tuple[int, int], ...]]:
    found = match.groupdict()
    if found["iso"]:
        return int(found["year0"]), ((int(found["m0"]), int(found["d0"])),)
    if found["figures"]:
        first, second = int(found["a"]), int(found["b"])
        return int(found["year1"]), _in_figures(first, second, found["dot"])
    number = "2" if found["month2"] else "3"
    if found["month" + number][0].islower():  # "may 20 people"
        return None, ()
    year = found["year" + number]
    reading = (MONTHS[found["month" + number].lower()], int(found["day" + number]))
    return (int(year) if year else None), (reading,)


def _in_figures(first: int, second: int, mark: str) -> tuple[tuple[int, int], ...]:
    """Points and dashes are day first nearly everywhere; strokes are American too."""
    day_first, month_first = (second, first), (first, second)
    if mark == "/":
        return day_first, month_first
    return (day_first,) if second <= 12 else (month_first,)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
