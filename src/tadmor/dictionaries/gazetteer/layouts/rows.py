"""What a line of a file of places says, whatever its layout."""

import re
from collections.abc import Container, Iterator
from typing import Protocol

import msgspec

from tadmor.datamodel.places import Level

#: Kilometres within which a name stands twice for one place.
NEAR_KM = 5.0
_NO_UTF8 = re.compile("[\udc80-\udcff]")


class Outer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a place lies in, as its row says: an id or a name, and the level if that is said."""

    id: str | None = None
    name: str | None = None
    level: Level | None = None


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place as a file tells of it.

    `names` are further names that reporting may print, `others` such that nobody vouches for. `same` is the id that the
    shipped gazetteer has the place under, where that follows from the row; `near_km` is how far apart two records of
    the place may lie. `people` stands for a population in judging how well known the place is.
    """

    line: int
    id: str
    name: str
    level: Level
    lat: float
    lon: float
    people: float
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    radius_m: float | None = None
    country: str | None = None
    admin1: str | None = None
    population: int | None = None
    site_kind: str | None = None
    same: str | None = None
    near_km: float = NEAR_KM
    within: tuple[Outer, ...] = ()


class Unread(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line that could not be read, and what to do; of line 0, the whole file."""

    line: int
    message: str


class LeftOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line left out on purpose."""

    line: int


Line = PlaceRow | Unread | LeftOut


class Layout(Protocol):
    """How one kind of file tells of places."""

    name: str

    def fits(self, head: str) -> bool:
        """Is a file of this layout, to judge by its first line?"""
        ...

    def read(self, text: Iterator[str], levels: Container[Level]) -> Iterator[Line]:
        """What each line says; lines about places of other levels may be passed over."""
        ...


class BadCellError(ValueError):
    """A cell that cannot be read; its text says what to do."""


def degrees(lat: str, lon: str) -> tuple[float, float]:
    """A point from two cells.

    Raises:
        BadCellError: they hold none.
    """
    return _degree(lat, "latitude", 90), _degree(lon, "longitude", 180)


def _degree(cell: str, what: str, most: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if abs(value) <= most:
        return value
    message = f"{cell.strip()!r} is no {what}; write degrees between -{most} and {most} with a point, as 36.2048"
    raise BadCellError(message)


def checked(text: str) -> None:
    """See that a text was UTF-8; what was not came as lone surrogates.

    Raises:
        BadCellError: it was not.
    """
    if not text.isascii() and _NO_UTF8.search(text):
        message = "holds bytes that are no UTF-8; save the file as UTF-8"
        raise BadCellError(message)
