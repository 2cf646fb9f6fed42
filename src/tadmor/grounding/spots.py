"""Which place a name means that a table gives with a point, an id, or what it lies in."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import structs

from tadmor.datamodel.grounded import Candidate
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.tables import Spot
from tadmor.dictionaries.gazetteer import Gazetteer, Reading
from tadmor.dictionaries.gazetteer.nearness import Towns, distance
from tadmor.dictionaries.names import fold
from tadmor.grounding.relative import Relative, place_from
from tadmor.grounding.wording import worded

Chosen = tuple[Place | None, tuple[Candidate, ...]]

#: Kilometres from its point within which a place of a row's name is meant, by level: tables put a town at its middle,
#: its mosque or its junction, a division at its seat or its centroid.
_REACH = {
    Level.SITE: 10.0,
    Level.SETTLEMENT: 10.0,
    Level.DISTRICT: 60.0,
    Level.PROVINCE: 250.0,
    Level.REGION: 150.0,
    Level.COUNTRY: 3000.0,
}
#: The same of a place whose name is only spelt alike.
_REACH_ALIKE = 5.0
#: How far a place that the gazetteer lacks may reach around its point, in metres.
_RADIUS = {
    Level.SITE: 1000.0,
    Level.SETTLEMENT: 1500.0,
    Level.DISTRICT: 25_000.0,
    Level.PROVINCE: 60_000.0,
    Level.REGION: 50_000.0,
    Level.COUNTRY: 250_000.0,
}
_POINTS, _AREAS = (Level.SETTLEMENT, Level.SITE), (Level.REGION, Level.DISTRICT)
#: GeoNames' own ids as tables write them: 461727, gn461727, gn:461727.
_GEONAMES = re.compile(r"(?:gn:?)?(\d{4,9})(?:\.0)?")
_SEVERAL = re.compile(r"\s*[/()]\s*")
#: Readings that are kept as candidates.
_KEPT = 6


class SpotResolver:
    """Resolves names with points; one for a table."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._towns = Towns(gazetteer)

    def resolve(self, expression: str, spot: Spot) -> Chosen | None:
        """The place meant; `None` where the row gives nothing but its name."""
        known = self._by_id(spot.id)
        if known is not None:
            return known, (_candidate(known, "its id stands in the row"),)
        if spot.level in (Level.COUNTRY, Level.PROVINCE):
            found = self._division(expression, spot)
            if found is not None:
                return found
        if spot.lat is None or spot.lon is None:
            return None
        return self._at(expression, spot, (spot.lat, spot.lon))

    def _at(self, expression: str, spot: Spot, point: tuple[float, float]) -> Chosen:
        found = [one for one in self._near(expression, point, spot) if _may_be(one[1], spot.id)]
        place = found[0][1] if found else self._own(expression, spot, point)
        candidates = tuple(_candidate(one, f"{apart:.1f} km from the row's point") for apart, one in found[:_KEPT])
        if spot.near and place.level in _POINTS:
            place = structs.replace(_around(expression, place), radius_m=spot.radius_m)
        return place, candidates

    def _near(self, expression: str, point: tuple[float, float], spot: Spot) -> list[tuple[float, Place]]:
        """The places of a name near a point, nearest first; else areas of that name; else places spelt alike."""
        for levels in ((spot.level,),) if spot.level is not None else (_POINTS, _AREAS):
            for name in _names(expression):
                readings = self._gazetteer.readings(name)
                if found := sorted(_within(readings, point, levels), key=_by_distance):
                    return found
        country, levels = self._country(spot, point), _POINTS
        for name in _names(expression) if country is not None and spot.level is None else ():
            alike = self._gazetteer.alike(name, country or "")
            found = sorted(_within(alike, point, levels, _REACH_ALIKE), key=_by_distance)
            if found:
                return found
        return []

    def _division(self, expression: str, spot: Spot) -> Chosen | None:
        """A country or province by its name, of several the one nearest to the point."""
        for name in (*_names(expression), *(spot.country or "",)):
            found = [
                one.place for one in self._gazetteer.readings(name) if one.place.level is spot.level and not one.word
            ]
            if found:
                place = min(found, key=lambda one: (_apart(one, spot), one.id))
                return place, tuple(_candidate(one, "of this name and level") for one in found[:_KEPT])
        return None

    def _by_id(self, written: str | None) -> Place | None:
        if written is None:
            return None
        number = _GEONAMES.fullmatch(written)
        ids = (written, f"gn:{number[1]}") if number is not None else (written, f"own:{written}", f"pcode:{written}")
        return next(filter(None, map(self._gazetteer.get, ids)), None)

    def _own(self, expression: str, spot: Spot, point: tuple[float, float]) -> Place:
        """A place of its own, where the gazetteer has none."""
        lat, lon = point
        level = spot.level or Level.SETTLEMENT
        town = self._towns.nearest(lat, lon, None)
        name = _without_kind(expression) if level in _POINTS else expression
        return Place(
            id=_own_id(spot.id, name, point),
            name=name,
            level=level,
            lat=lat,
            lon=lon,
            radius_m=_RADIUS[level],
            country=self._country(spot, point),
            admin1=town.admin1 if town is not None else None,
            parents=town.parents if town is not None else (),
        )

    def _country(self, spot: Spot, point: tuple[float, float]) -> str | None:
        """The country's code: as the row says, else that of the nearest town."""
        told = self._countries.get(fold(spot.country or ""))
        if told is None and spot.country:
            named = (one.place for one in self._gazetteer.readings(spot.country) if one.place.level is Level.COUNTRY)
            told = next((place.country for place in named), None)
            self._countries[fold(spot.country)] = told
        if told is not None:
            return told
        town = self._towns.nearest(*point, None)
        return town.country if town is not None else None

    @cached_property
    def _countries(self) -> dict[str, str | None]:
        return {}


def _names(expression: str) -> Iterator[str]:
    """The expression, and it without kind nouns; of "Tadmur/Palmyra town" each name."""
    plain = worded(expression).name
    yield from dict.fromkeys(
        name for name in (expression, plain, *_SEVERAL.split(plain)) if any(letter.isalpha() for letter in name)
    )


def _without_kind(expression: str) -> str:
    """The name without a kind noun after it, with its article: "An Nuaymah town"."""
    plain = worded(expression).name
    at = expression.find(plain)
    return expression[: at + len(plain)] if at >= 0 else plain


def _within(
    readings: Iterable[Reading], point: tuple[float, float], levels: tuple[Level, ...], reach: float | None = None
) -> Iterator[tuple[float, Place]]:
    for reading in readings:
        place = reading.place
        if place.level not in levels or place.lat is None or place.lon is None or reading.word:
            continue
        apart = distance(point, (place.lat, place.lon))
        # a large town is wider than the reach of a small one
        if apart <= max(reach or _REACH[place.level], (place.radius_m or 0.0) / 1000):
            yield apart, place


def _may_be(place: Place, written: str | None) -> bool:
    """May the row mean a place? Not one that GeoNames has under another id than the row gives."""
    return not (written and _GEONAMES.fullmatch(written) and place.id.startswith("gn:"))


def _by_distance(found: tuple[float, Place]) -> tuple[float, str]:
    return found[0], found[1].id


def _apart(place: Place, spot: Spot) -> float:
    if place.lat is None or place.lon is None or spot.lat is None or spot.lon is None:
        return 0.0
    return distance((place.lat, place.lon), (spot.lat, spot.lon))


def _around(expression: str, place: Place) -> Place:
    """Somewhere about a place."""
    return place_from(f"near {expression}", Relative(base=place.name, outside=True), place)


def _candidate(place: Place, reason: str) -> Candidate:
    return Candidate(id=place.id, name=place.name, score=1.0, reasons=(reason,))


def _own_id(written: str | None, name: str, point: tuple[float, float]) -> str:
    """The id of the row, as far as it is one of GeoNames; else made from point and name."""
    number = _GEONAMES.fullmatch(written) if written is not None else None
    if number is not None:
        return f"gn:{number[1]}"
    slug = fold(name).replace(" ", "_")
    return f"own:{written}" if written is not None else f"at:{point[0]:.3f},{point[1]:.3f}:{slug}"
