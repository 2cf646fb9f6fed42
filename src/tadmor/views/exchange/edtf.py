"""Days as Extended Date/Time Format (EDTF, ISO 8601-2): coarse, uncertain and open dates, and back.

Level 1 but for sets of days (level 2): "at some moment from the 3rd to the 7th" is `[2016-12-03..2016-12-07]`, "all
along" is `2016-12-03/2016-12-07`, "since the 3rd" `2016-12-03/..`; `?` marks a day worked out from other content, `~`
one of which only the day of publication is known.
"""

import re
from datetime import date, timedelta

from tadmor.datamodel.entries import Entry
from tadmor.datamodel.times import Basis, Extent, Interval, When

_MARKS = {Basis.INFERRED: "?", Basis.PUBLICATION: "~"}
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[?~%]?")


def entry_edtf(entry: Entry) -> str | None:
    """When an entry was; `None` where it is not told."""
    if entry.when is None:
        return None
    if entry.kind == "control" and (entry.open_start or entry.open_end):
        first = ".." if entry.open_start else entry.when.earliest.isoformat()
        last = ".." if entry.open_end else entry.when.latest.isoformat()
        return f"{first}/{last}"
    return edtf(entry.when)


def edtf(when: When) -> str:
    """A time as EDTF."""
    mark = _MARKS.get(when.basis, "")
    whole = _whole(when.interval)
    if whole is not None and (when.extent is Extent.WITHIN or when.interval.days == 1):
        return whole + mark
    first, last = when.earliest.isoformat(), when.latest.isoformat()
    if when.extent is Extent.THROUGHOUT:
        return f"{first}{mark}/{last}{mark}"
    return f"[{first}..{last}]"


def _whole(interval: Interval) -> str | None:
    """A day, a month or a year that the interval is."""
    first, end = interval.start, interval.end
    if interval.days == 1:
        return first.isoformat()
    if first.day == 1 and end == _next_month(first):
        return first.isoformat()[:7]
    if (first.month, first.day) == (1, 1) and end == date(first.year + 1, 1, 1):
        return first.isoformat()[:4]
    return None


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def days_of(written: str) -> tuple[date | None, date | None]:
    """The first and last day of what `edtf` writes; `None` at an open end.

    Raises:
        ValueError: it is none of its forms.
    """
    if written.startswith("[") and written.endswith("]"):
        first, _, last = written[1:-1].partition("..")
        return _span(first)[0], _span(last)[1]
    first, slash, last = written.partition("/")
    if not slash:
        return _span(first)
    return (None if first == ".." else _span(first)[0]), (None if last == ".." else _span(last)[1])


def _span(written: str) -> tuple[date, date]:
    found = _DATE.fullmatch(written)
    if found is None:
        message = f"{written!r} is no date of EDTF that tadmor writes"
        raise ValueError(message)
    year, month, day = int(found["year"]), found["month"], found["day"]
    if day is not None:
        only = date(year, int(month), int(day))
        return only, only
    if month is not None:
        first = date(year, int(month), 1)
        return first, _next_month(first) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)
