"""A user's own table: name, lat, lon, and if wanted id, aliases, level, radius_m, country, parent."""

from collections.abc import Container, Iterator, Mapping

from tadmor.datamodel.places import Level
from tadmor.dictionaries.gazetteer.build import town_radius
from tadmor.dictionaries.gazetteer.layouts.rows import BadCellError, Line, Outer, PlaceRow, Unread, checked, degrees
from tadmor.dictionaries.gazetteer.layouts.tables import cell, columns, rows
from tadmor.dictionaries.loading import items
from tadmor.dictionaries.names import fold

_LAT, _LON = ("lat", "latitude"), ("lon", "lng", "long", "longitude")
#: How far a place of each level reaches where the table does not say, in metres.
_RADIUS = {
    Level.SITE: 1000.0,
    Level.SETTLEMENT: town_radius(0),
    Level.DISTRICT: 25_000.0,
    Level.PROVINCE: 60_000.0,
    Level.REGION: 30_000.0,
}
#: What a place counts as that someone gave this case, in people: a little more than a site of the shipped tables does
#: (see `build`), and enough to be meant in a text that tells of no other place of its country (see `grounding.places`).
_PEOPLE = 25_000.0
_LEVELS = ", ".join(level.value for level in _RADIUS)


class Own:
    """A table with a head."""

    name = "csv"

    def fits(self, head: str) -> bool:
        """Does the head name `name`, `lat` and `lon`?"""
        at = columns(head)
        return "name" in at and any(map(at.__contains__, _LAT)) and any(map(at.__contains__, _LON))

    def read(self, text: Iterator[str], levels: Container[Level]) -> Iterator[Line]:  # noqa: ARG002
        """A place a row; of two rows with one id, the first."""
        head = next(text, "")
        if not self.fits(head):
            yield Unread(line=0, message="lacks a first line that names the columns name, lat and lon")
            return
        at, seen = columns(head), dict[str, int]()
        for line, row in rows(head, text):
            try:
                found = _row(line, row, at)
                first = seen.setdefault(found.id, line)
                yield found if first == line else Unread(line=line, message=_twice(found, first))
            except BadCellError as error:
                yield Unread(line=line, message=str(error))


def _twice(row: PlaceRow, first: int) -> str:
    if row.same is not None:
        return f"its id stands on line {first} too; give it another"
    return f"{row.name!r} stands on line {first} too; give both an id, or leave one out"


def _row(line: int, row: list[str] | None, at: Mapping[str, int]) -> PlaceRow:
    if row is None:
        message = "is no row of a table; check its quotation marks"
        raise BadCellError(message)
    checked("".join(row))
    name, given, country = cell(row, at, "name"), cell(row, at, "id"), cell(row, at, "country").upper()
    if not fold(name):
        message = "has no name; fill the column name"
        raise BadCellError(message)
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        message = f"{country!r} is no country; write its ISO code of two letters, as SY"
        raise BadCellError(message)
    lat, lon = degrees(cell(row, at, *_LAT), cell(row, at, *_LON))
    level, parent = _level(cell(row, at, "level")), cell(row, at, "parent")
    return PlaceRow(
        line=line,
        id=_id(given, name, country),
        name=name,
        level=level,
        lat=lat,
        lon=lon,
        people=_PEOPLE,
        names=items(cell(row, at, "aliases")),
        radius_m=_radius(cell(row, at, "radius_m"), level),
        country=country or None,
        same=given or None,
        within=(Outer(id=parent, name=parent),) if parent else (),
    )


def _id(given: str, name: str, country: str) -> str:
    if given:
        return given if given.startswith("own:") else f"own:{given}"
    slug = fold(name).replace(" ", "_")
    return f"own:{country}.{slug}" if country else f"own:{slug}"


def _level(written: str) -> Level:
    try:
        level = Level(written.casefold()) if written else Level.SETTLEMENT
    except ValueError:
        level = Level.COUNTRY
    if level in _RADIUS:
        return level
    message = f"{written!r} is no level of a place; write one of {_LEVELS}"
    raise BadCellError(message)


def _radius(written: str, level: Level) -> float:
    if not written:
        return _RADIUS[level]
    try:
        metres = float(written)
    except ValueError:
        metres = 0.0
    if 0 < metres <= 5_000_000:  # as far as the largest region of the shipped tables, twice
        return metres
    message = f"{written!r} is no radius; write metres, as 1500"
    raise BadCellError(message)
