"""First- and second-order divisions of countries, with their middles worked out from the towns in them."""

import re
from collections.abc import Iterator
from math import cos, hypot, radians
from typing import Any

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer.packed import NameFlag
from tadmor.dictionaries.gazetteer.spelling import reshaped
from tadmor.dictionaries.gazetteer.tables import ProvinceRow, read_districts, read_division_names, read_provinces
from tadmor.dictionaries.names import fold

Named = tuple[Place, list[tuple[str, int]]]
Point = tuple[float, float]

#: Towns are thinned to one a cell of this many degrees (about 28 km), so that a dense corner does not pull the middle.
_CELL = 0.25
_KM_A_DEGREE = 111.2

_KIND = re.compile(
    r"\s*\b(?:Autonomous Region|Region|Province(?: of)?|Provincia|Governorate|Muhafazat|District|State|Department|"
    r"County|Republic|[Oo]blast['’]?|Krai|Kray|Raion|[Rr]ayon|Cercle(?: de)?|Caza de|İlçesi|Ilcesi|Kabupaten|"
    r"Shahrestān(?:-e)?|Qaḑā’)\b’?\s*",
)
#: In these countries a second-order division is always named with its kind ("Jefferson County").
_KIND_IS_PART = frozenset({"US", "IE", "GB", "NZ", "AU", "CA"})


def parents_of(country: str, code: str) -> tuple[str, ...]:
    """The ids of a place's division and country, nearest first."""
    above = (f"country:{country}",) if country else ()
    return (f"adm1:{country}.{code}", *above) if country and code else above


def provinces(towns: list[dict[str, Any]]) -> Iterator[Named]:
    """First-order divisions."""
    own, names = read_provinces(), read_division_names()
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for town in towns:
        groups.setdefault((town["countrycode"], town["admin1code"]), []).append(town)
    for country, code in sorted({*names, *((c, code) for c, rows in own.items() for code in rows)}):
        row = own.get(country, {}).get(code) or ProvinceRow(name=_bare(names[country, code]))
        yield _province(country, code, row, names.get((country, code)), groups.get((country, code), []))


def _province(country: str, code: str, row: ProvinceRow, other: str | None, towns: list[dict[str, Any]]) -> Named:
    points = [(float(town["latitude"]), float(town["longitude"])) for town in towns]
    at = row.at or (middle(points) if points else None)
    place = Place(
        id=f"adm1:{country}.{code}",
        name=row.name,
        level=Level.PROVINCE,
        lat=at[0] if at else None,
        lon=at[1] if at else None,
        radius_m=reach(at, points) if at else None,
        country=country,
        admin1=code,
        parents=(f"country:{country}",),
        aliases=row.names,
        population=sum(int(town["population"]) for town in towns) or None,
    )
    spelled = dict.fromkeys((row.name, *row.names, *((other, _bare(other)) if other else ())))
    names = [(name, int(NameFlag.MAIN)) for name in spelled]
    names += [(word, int(NameFlag.WORD)) for word in row.words]
    return place, names + [(word, int(NameFlag.SHORT)) for word in row.short]


def districts() -> Iterator[Named]:
    """Second-order divisions, of the countries that `admin2.tsv` covers."""
    seen: set[str] = set()
    for country, code, name, lat, lon in read_districts():
        id_ = f"adm2:{country}.{code}.{fold(name).replace(' ', '_')}"
        if id_ in seen:
            continue
        seen.add(id_)
        bare = name if country in _KIND_IS_PART else _bare(name)
        place = Place(
            id=id_,
            name=bare,
            level=Level.DISTRICT,
            lat=lat,
            lon=lon,
            radius_m=25_000.0,  # half the width of a middling district; nothing finer is known
            country=country,
            admin1=code,
            parents=parents_of(country, code),
        )
        yield place, [(spelling, int(NameFlag.MAIN)) for spelling in dict.fromkeys((bare, name))]


def _bare(name: str) -> str:
    return _KIND.sub(" ", reshaped(name)).strip() or name


def middle(points: list[Point]) -> Point:
    """The middle of an area known by towns in it: the mean of its inhabited cells."""
    cells = sorted({(round(lat / _CELL), round(lon / _CELL)) for lat, lon in points})
    lat = sum(cell[0] for cell in cells) / len(cells) * _CELL
    lon = sum(cell[1] for cell in cells) / len(cells) * _CELL
    return round(lat, 4), round(lon, 4)


def reach(at: Point, points: list[Point]) -> float:
    """Metres from a middle to the farthest town but the outermost twentieth, and 10 km on."""
    scale = cos(radians(at[0]))
    far = sorted(hypot(lat - at[0], (lon - at[1]) * scale) * _KM_A_DEGREE for lat, lon in points) or [40.0]
    return round(far[int(0.95 * (len(far) - 1))] + 10) * 1000.0
