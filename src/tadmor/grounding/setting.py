"""Where a document is set: the countries its places lie in, and the places that no context is needed for."""

import re
from collections import Counter, defaultdict
from math import asin, cos, radians, sin, sqrt

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import Gazetteer, NameFlag
from tadmor.dictionaries.names import fold

_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
#: What a mention of the country itself counts, against one of a place in it.
_COUNTRY_VOTE = 1.5
#: The headline sets the scene: its places count so often.
_TITLE_VOTE = 3.0


class Setting:
    """The places of one document: how much speaks for each country, and where its settled places lie."""

    def __init__(self, gazetteer: Gazetteer, text: str, title: str | None) -> None:
        votes: dict[str, float] = defaultdict(float)
        self._settled: list[tuple[float, float]] = []
        names: Counter[str] = Counter()
        found: dict[str, tuple[Place, ...]] = {}
        for start, end, places in gazetteer.find(text):
            key = fold(text[start:end])
            names[key] += 1
            found[key] = places
        titled = {fold(title[start:end]) for start, end, _ in gazetteer.find(title)} if title else set()
        for key, places in found.items():
            weight = 1 + min(names[key] - 1, 4) / 4 + (_TITLE_VOTE if key in titled else 0)
            self._vote(votes, places, weight)
        self._adjectives(gazetteer, votes, text)
        total = sum(votes.values())
        self.shares: dict[str, float] = {country: count / total for country, count in votes.items()} if total else {}
        for places in found.values():
            self._settle(places)

    @property
    def country(self) -> str | None:
        """The country that most places lie in (ISO 3166-1 alpha-2)."""
        return max(sorted(self.shares), key=lambda country: self.shares[country]) if self.shares else None

    def nearness(self, place: Place) -> float:
        """How near a settled place of the document is: 1 at the same spot, 0.5 at 100 km, towards 0."""
        if place.lat is None or place.lon is None:
            return 0.0
        here = (place.lat, place.lon)
        distances = [distance(here, other) for other in self._settled if other != here]
        return 1 / (1 + min(distances) / 100) if distances else 0.0

    @staticmethod
    def _vote(votes: dict[str, float], places: tuple[Place, ...], weight: float) -> None:
        """Each reading of a name speaks for its country, the less the more readings there are in others."""
        countries = {place.country for place in places if place.country}
        first = places[0]
        boost = _COUNTRY_VOTE if first.level is Level.COUNTRY else 1.0
        for country in countries:
            votes[country] += boost * weight / len(countries) ** 1.5

    @staticmethod
    def _adjectives(gazetteer: Gazetteer, votes: dict[str, float], text: str) -> None:
        """An adjective such as "Syrian" speaks for its country, the less the more it repeats."""
        for word, count in Counter(_CAPITALISED.findall(text)).items():
            words = [place for place, flag in gazetteer.named(word) if flag & NameFlag.WORD]
            if words and words[0].country:
                votes[words[0].country] += 1 + min(count - 1, 6) / 3

    def _settle(self, places: tuple[Place, ...]) -> None:
        """Names with one reading in the document's own countries say where it is set."""
        likely = [
            place
            for place in places
            if place.level is not Level.COUNTRY and self.shares.get(place.country or "", 0) >= 0.2
        ]
        spots = {(place.lat, place.lon) for place in likely if place.lat is not None and place.lon is not None}
        if len(likely) > 0 and len({place.country for place in likely}) == 1:
            self._settled.extend(sorted(spots)[:1] if len(spots) == 1 else [_first(likely)])


def _first(places: list[Place]) -> tuple[float, float]:
    place = next(place for place in places if place.lat is not None and place.lon is not None)
    return (place.lat or 0.0, place.lon or 0.0)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points in degrees, on a sphere of 6,371 km (haversine)."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(sqrt(half))
