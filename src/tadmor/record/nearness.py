"""Which sites lie in a town or right beside it: reporters tell of them by the town's name.

Far sites are not meant: what is told as forty kilometres from a town, or an oil field of its district, is elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import cos, floor, radians

from tadmor.datamodel.places import Level, Place

#: A site lies within the town's radius and this many metres of its middle: suburbs and airports do.
_BESIDE = 5_000.0
_METRES_A_DEGREE = 111_320.0
#: Side of the cells in which towns are looked up, in degrees: wider than any town's radius and `_BESIDE`.
_CELL = 0.25


def lies_in(site: Place, town: Place) -> bool:
    """Does a site lie in a town or right beside it? Where it has no point of its own, if it belongs to the town."""
    if site.level is not Level.SITE or town.level is not Level.SETTLEMENT:
        return False
    apart = metres_apart(site, town)
    if apart is None:
        return town.id in site.parents
    return apart <= (town.radius_m or 0.0) + _BESIDE


def towns_beside(places: Iterable[Place]) -> Mapping[str, list[str]]:
    """The towns among some places in or right beside which each site lies, by site id."""
    unique = {place.id: place for place in places if place.lat is not None}
    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in unique.values():
        if place.level is Level.SETTLEMENT:
            cells[_cell(place)].append(place)
    found: dict[str, list[str]] = {}
    for site in unique.values():
        if site.level is Level.SITE:
            row, column = _cell(site)
            near = (town for r in (-1, 0, 1) for c in (-1, 0, 1) for town in cells.get((row + r, column + c), ()))
            found[site.id] = sorted(town.id for town in near if lies_in(site, town))
    return found


def _cell(place: Place) -> tuple[int, int]:
    return floor((place.lat or 0.0) / _CELL), floor((place.lon or 0.0) / _CELL)


def metres_apart(one: Place, other: Place) -> float | None:
    """How far two neighbouring points lie apart; `None` where either place has none."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return float((north**2 + east**2) ** 0.5 * _METRES_A_DEGREE)
