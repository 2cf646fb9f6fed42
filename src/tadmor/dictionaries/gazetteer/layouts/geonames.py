"""GeoNames' dump: a line a place, 19 cells apart by tabs (https://download.geonames.org/export/dump/readme.txt)."""

from collections.abc import Container, Iterator
from functools import cache

from tadmor.datamodel.places import Level
from tadmor.dictionaries.gazetteer.build import plain_spelling, town_radius, usable
from tadmor.dictionaries.gazetteer.layouts.rows import (
    NEAR_KM,
    BadCellError,
    LeftOut,
    Line,
    PlaceRow,
    Unread,
    checked,
    degrees,
)
from tadmor.dictionaries.loading import items, read_yaml

_CELLS = 19
_AGAIN = "take the line from GeoNames' dump again"
_ID, _NAME, _ASCII, _ALTERNATE, _LAT, _LON, _CLASS, _CODE, _COUNTRY = range(9)
_ADMIN1, _POPULATION = 10, 14
#: How far a place of each level reaches where the dump does not say, in metres: a neighbourhood or base; the half
#: width of a middling district; of a province.
_RADIUS = {Level.SITE: 1000.0, Level.DISTRICT: 25_000.0, Level.REGION: 30_000.0, Level.PROVINCE: 60_000.0}
#: What stands for the people of a place without a population; see `build`.
_PEOPLE = {Level.SITE: 2000.0, Level.DISTRICT: 400.0, Level.REGION: 2000.0, Level.PROVINCE: 20_000.0}
_SMALLEST = 500.0
#: Kilometres within which two records of a division of one name are one: their middles are worked out in several ways.
_DIVISION_KM = 25.0


class GeoNames:
    """`allCountries.txt`, or a country's file."""

    name = "geonames"

    def fits(self, head: str) -> bool:
        """Is the first line 19 cells that begin with a number?"""
        cells = head.split("\t")
        return len(cells) == _CELLS and cells[_ID].isdigit()

    def read(self, text: Iterator[str], levels: Container[Level]) -> Iterator[Line]:
        """A place a line, but for features that no report tells of."""
        features = _features()
        for number, line in enumerate(text, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != _CELLS:
                if line.strip():
                    yield Unread(line=number, message=f"has {len(cells)} cells apart by tabs, not {_CELLS}; {_AGAIN}")
                continue
            feature = features.get(f"{cells[_CLASS]}.{cells[_CODE]}") or features.get(f"{cells[_CLASS]}.*")
            if feature is None:
                yield LeftOut(line=number)
            elif feature[0] in levels:
                try:
                    checked(line)
                    yield _row(number, cells, *feature)
                except BadCellError as error:
                    yield Unread(line=number, message=str(error))


def _row(number: int, cells: list[str], level: Level, kind: str | None) -> PlaceRow:
    if not cells[_ID].isdigit():
        message = f"{cells[_ID]!r} is no GeoNames id; {_AGAIN}"
        raise BadCellError(message)
    lat, lon = degrees(cells[_LAT], cells[_LON])
    name = plain_spelling(cells[_NAME]).strip() or cells[_ASCII].strip()
    if not name:
        message = "has no name; give it one in the second cell"
        raise BadCellError(message)
    population = int(cells[_POPULATION]) if cells[_POPULATION].isdigit() else 0
    spelt = dict.fromkeys((cells[_NAME].strip(), cells[_ASCII].strip()))
    return PlaceRow(
        line=number,
        id=f"gn:{cells[_ID]}",
        name=name,
        level=level,
        lat=lat,
        lon=lon,
        people=max(float(population), _PEOPLE.get(level, _SMALLEST)),
        names=tuple(other for other in spelt if other and other != name),
        others=tuple(filter(usable, map(str.strip, cells[_ALTERNATE].split(",")))),
        radius_m=_RADIUS.get(level) or town_radius(population),
        country=cells[_COUNTRY] or None,
        admin1=cells[_ADMIN1] if cells[_ADMIN1] not in ("", "00") else None,
        population=population or None,
        site_kind=kind,
        same=_same(level, cells),
        near_km=_DIVISION_KM if level is Level.DISTRICT else NEAR_KM,
    )


def _same(level: Level, cells: list[str]) -> str | None:
    """The shipped id of a country or first-order division."""
    if level is Level.COUNTRY:
        return f"country:{cells[_COUNTRY]}"
    return f"adm1:{cells[_COUNTRY]}.{cells[_ADMIN1]}" if level is Level.PROVINCE else None


@cache
def _features() -> dict[str, tuple[Level, str | None]]:
    levels = frozenset(Level)
    return {
        code: (Level(what), None) if what in levels else (Level.SITE, what)
        for what, codes in read_yaml("gazetteer/features.yaml").items()
        for code in items(codes)
    }
