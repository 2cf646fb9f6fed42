"""How far apart points are, and the shipped town nearest to one.

By that town an imported place is known to lie in a country and division where its file does not say so.
"""

from collections.abc import Iterator
from functools import cached_property
from math import asin, cos, radians, sin, sqrt

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer.lookup import Gazetteer

#: Width in degrees of the cells that towns are sorted into, and how many cells around a point are searched: 200 km in
#: the middle latitudes, farther than any two neighbouring towns of inhabited country.
_CELL, _AROUND = 0.5, 4
Point = tuple[float, float]


def distance(one: Point, other: Point) -> float:
    """Kilometres between two points in degrees, on a sphere of 6,371 km (haversine)."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(half))


class Towns:
    """The towns of a gazetteer, by where they are."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def nearest(self, lat: float, lon: float, country: str | None) -> Place | None:
        """The nearest town, of one country if that is given."""
        for around in range(1, _AROUND + 1):
            towns = (self._gazetteer.place(number) for _, number in self._around((lat, lon), around))
            found = next((town for town in towns if country in (None, town.country)), None)
            if found is not None:
                return found
        return None

    def within(self, lat: float, lon: float, kilometres: float) -> Iterator[int]:
        """The numbers of the towns within so many kilometres (at most the width of a cell), the nearest first."""
        return (number for apart, number in self._around((lat, lon), 1) if apart <= kilometres)

    def _around(self, at: Point, around: int) -> list[tuple[float, int]]:
        """Distances and numbers of the towns in the cells around a point, the nearest first."""
        row, column, reach = round(at[0] / _CELL), round(at[1] / _CELL), range(-around, around + 1)
        near = (point for y in reach for x in reach for point in self._cells.get((row + y, column + x), ()))
        return sorted((distance(at, (lat, lon)), number) for number, lat, lon in near)

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[tuple[int, float, float]]]:
        cells: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
        for number, lat, lon in self._gazetteer.points(Level.SETTLEMENT):
            cells.setdefault((round(lat / _CELL), round(lon / _CELL)), []).append((number, lat, lon))
        return cells
