"""Days, numbers and degrees as tables write them."""

import re
from datetime import date, datetime

from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError

#: How tables write a day: ISO, alone or with a time, run together, with a month's name, and the reversed ISO of older
#: ACLED files. "03/04/2016" is left out on purpose: which of the two is the month cannot be told.
_FORMS = ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$")
#: Conflict of which people keep tables; an earlier year is a slip or a spreadsheet's empty day.
_FIRST_YEAR = 1800


def day_in(cell: Cell, what: str) -> date:
    """The day in a cell.

    Raises:
        BadRowError: there is none, or it could be two.
    """
    written = _TIME.sub("", cell.text).strip()
    found = (
        _iso(written) if _ISO.fullmatch(written) else next(filter(None, (_as(written, form) for form in _FORMS)), None)
    )
    if found is None or found.year < _FIRST_YEAR:
        message = f"{what} {cell.text!r} is no day; write it as 2016-12-11"
        raise BadRowError(message)
    return found


def _iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _as(written: str, form: str) -> date | None:
    try:
        return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def number_in(cell: Cell | None, what: str) -> int | None:
    """The whole number in a cell, also written as "4.0"; `None` of an empty one.

    Raises:
        BadRowError: there is none, or a negative one.
    """
    if cell is None:
        return None
    try:
        value = float(cell.text)
    except ValueError:
        value = -1.0
    if value >= 0 and value.is_integer():
        return int(value)
    message = f"{what} {cell.text!r} is no number of people; write a whole number, or leave the cell empty"
    raise BadRowError(message)


def degrees_in(lat: Cell | None, lon: Cell | None) -> tuple[float | None, float | None]:
    """A point; nothing where both cells are empty.

    Raises:
        BadRowError: they hold none, or only one is filled.
    """
    if lat is None and lon is None:
        return None, None
    return _degree(lat, "latitude", 90), _degree(lon, "longitude", 180)


def _degree(cell: Cell | None, what: str, most: int) -> float:
    try:
        value = float(cell.text) if cell is not None else float("nan")
    except ValueError:
        value = float("nan")
    if abs(value) <= most:
        return value
    written = repr(cell.text) if cell is not None else "an empty cell"
    message = f"{written} is no {what}; write degrees between -{most} and {most} with a point, as 36.2048"
    raise BadRowError(message)
