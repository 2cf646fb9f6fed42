"""OCHA's administrative files (COD-AB): a row a division or a city's neighbourhood, with its names and its PCODE."""

import re
from collections.abc import Container, Iterator, Mapping

from tadmor.datamodel.places import Level
from tadmor.dictionaries.gazetteer.layouts.rows import (
    NEAR_KM,
    BadCellError,
    Line,
    Outer,
    PlaceRow,
    Unread,
    checked,
    degrees,
)
from tadmor.dictionaries.gazetteer.layouts.tables import cell, columns, rows

#: A column with the code of a division that the rows lie in.
_ABOVE = re.compile(r"adm(?P<depth>\d)_pcode")
#: The middle of a division; neighbourhoods have the point of their office too, which the middle goes before.
_LAT, _LON = ("lat_c", "center_lat", "latitude"), ("lon_c", "center_lon", "longitude")
#: Two names in one cell, or a name and what it is also called or lies in: "Andalus (Aleppo)".
_PARTS = re.compile(r"\s*(?:/|_\s+|\s+_|\s-\s)\s*|\s*\(\s*|\s*\)\s*")
#: A column with the name of a division that the rows lie in.
_NAME_ABOVE = re.compile(r"adm\d_[a-z]{2}")
#: A province, a district, a subdistrict, a populated place, a neighbourhood: the level of each depth; how far it
#: reaches in metres (half the width of a middling one of Syria, whose files these figures are from); what stands for
#: its people (see `build`); kilometres between two records of it.
_DEPTHS: Mapping[int, tuple[Level, float, float, float]] = {
    1: (Level.PROVINCE, 60_000.0, 20_000.0, 250.0),
    2: (Level.DISTRICT, 25_000.0, 400.0, 25.0),
    3: (Level.DISTRICT, 13_000.0, 200.0, NEAR_KM),
    4: (Level.SETTLEMENT, 1500.0, 500.0, NEAR_KM),
    5: (Level.SITE, 700.0, 2000.0, NEAR_KM),
}
_LEVELS = {0: Level.COUNTRY, **{depth: about[0] for depth, about in _DEPTHS.items()}}


class Ocha:
    """Administrative levels 1 to 4, and neighbourhoods of cities."""

    name = "ocha"

    def fits(self, head: str) -> bool:
        """Does the head name a PCODE, a name, and the country's code?"""
        at = columns(head)
        return "pcode" in at and "adm0_pcode" in at and bool({"name_en", "nam_en_ref", "name_ar"} & set(at))

    def read(self, text: Iterator[str], levels: Container[Level]) -> Iterator[Line]:  # noqa: ARG002
        """A place a row; its depth is one more than that of the deepest division that the head names."""
        head = next(text, "")
        if not self.fits(head):
            yield Unread(line=0, message="lacks the columns PCODE, NAME_EN and ADM0_PCODE of an OCHA file")
            return
        at = columns(head)
        above = sorted((int(found["depth"]) for name in at if (found := _ABOVE.fullmatch(name))), reverse=True)
        for line, row in rows(head, text):
            try:
                yield _row(line, row, at, above)
            except BadCellError as error:
                yield Unread(line=line, message=str(error))


def _row(line: int, row: list[str] | None, at: Mapping[str, int], above: list[int]) -> PlaceRow:
    if row is None:
        message = "is no row of a table; check its quotation marks"
        raise BadCellError(message)
    checked("".join(row))
    code = cell(row, at, "pcode")
    names = tuple(dict.fromkeys(_names(row, at)))
    if not code or not names:
        message = f"has no {'name' if code else 'PCODE'}; fill that cell"
        raise BadCellError(message)
    lat, lon = degrees(
        cell(row, at, "lat_c", "latitude", "center_lat", "lat"),
        cell(row, at, "lon_c", "longitude", "center_lon", "lon"),
    )
    level, radius, people, near = _DEPTHS[min(above[0] + 1, max(_DEPTHS))]
    return PlaceRow(
        line=line,
        id=f"pcode:{code}",
        name=names[0],
        level=level,
        lat=lat,
        lon=lon,
        people=people,
        names=names[1:],
        radius_m=radius,
        country=_country(row, at),
        site_kind="neighbourhood" if level is Level.SITE else None,
        near_km=near,
        within=tuple(_outer(row, at, depth) for depth in above if depth),
    )


def _names(row: list[str], at: Mapping[str, int]) -> Iterator[str]:
    above = {_plain(cell(row, at, column)) for column in at if _NAME_ABOVE.fullmatch(column)}
    for column in ("name_en", "nam_en_ref", "name_ar", "nam_ar_ref"):
        parts = [_plain(part) for part in _PARTS.split(cell(row, at, column))]
        yield from (part for number, part in enumerate(parts) if part and not (number and part in above))


def _plain(part: str) -> str:
    return " ".join(part.replace("_", " ").replace("- ", "-").split())


def _country(row: list[str], at: Mapping[str, int]) -> str:
    """The code that the country's PCODE begins with."""
    code = cell(row, at, "adm0_pcode")[:2].upper()
    if len(code) == 2 and code.isascii() and code.isalpha():
        return code
    message = "has no country; fill ADM0_PCODE with its code of two letters, as SY"
    raise BadCellError(message)


def _outer(row: list[str], at: Mapping[str, int], depth: int) -> Outer:
    code, name = cell(row, at, f"adm{depth}_pcode"), cell(row, at, f"adm{depth}_en")
    return Outer(id=f"pcode:{code}" if code else None, name=name or None, level=_LEVELS.get(depth))
