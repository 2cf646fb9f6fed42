"""Where a document is set: what each of its place names probably means, judged together.

Every name speaks for the countries and divisions of its readings, in proportion to how likely each is; these in turn
make readings in the same country and division likelier. A few rounds settle it. Words formed from names ("Syrian") and
the headline speak too; names told together ("Paris, Texas", "Jisreen in Eastern Ghouta") support each other outright.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, inf, log2, log10

import msgspec

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import Gazetteer, Reading
from tadmor.dictionaries.gazetteer.nearness import distance
from tadmor.dictionaries.gazetteer.tables import read_kinds
from tadmor.dictionaries.names import fold
from tadmor.grounding.wording import asked_by

#: What a name says for countries and for divisions.
_Says = tuple[dict[str, float], dict[str, float]]
_SAYS_NOTHING: _Says = ({}, {})


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What each kind of evidence counts, in powers of ten of likelihood.

    Found by coordinate search for the mean of three shares: names within 161 km on TR-News and on GeoVirus, and within
    25 km on the marked places of conflict reports. The optimum is flat: halving or doubling any one costs at most two
    points of a hundred, and `title` and `word` move none of the three.
    `level` is for kind nouns beside a name, `kind` for those in the expression itself, which decide.
    """

    fame: float = 1.4
    alternate: float = 2.0
    country: float = 2.0
    division: float = 1.0
    near: float = 1.5
    pair: float = 5.0
    level: float = 2.0
    kind: float = 4.0
    title: float = 3.0
    word: float = 1.0


WEIGHTS = Weights()
#: Rounds of judging; a fourth or fifth changes one name in 3,800.
_ROUNDS = 3
#: Distance in kilometres at which nearness has fallen to a third (50 and 200 are both worse on the corpora), and in
#: degrees beyond which it is not worked out; kilometres that a degree of latitude has at least.
_NEAR_KM, _FAR_DEGREES, _KM_A_DEGREE = 100.0, 5.0, 111.19
#: Readings of one name that are judged, the best known first; 80 instead of 40 changes nothing on the corpora.
_MOST = 40
#: What a country or division that nothing speaks for has all the same; 0.03 and 0.3 are both worse on the corpora.
_NOTHING = 0.1
#: Readings less likely than this add nothing.
_NEGLIGIBLE = 1e-6
#: A kind noun after a name that is of what follows: "the Jobar district of Damascus".
_ITS_KIND = re.compile(r"\s+[a-z]+\s+of\b")
#: The gap between a town and what it lies in.
_HELD = re.compile(r",\s+(?:in\s+)?|\s*\(")
#: What stands between the names of an enumeration.
_LISTED = re.compile(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
#: So many names in a row are an enumeration: two may be a town and what it lies in.
_ROW = 3
#: How much less well known than the best known reading of its name, as a power of ten, one still comes to mind.
_IN_MIND = 1.0
_SHORT = re.compile(r",\s+(?P<name>(?:[A-Z][a-z]+|(?:[A-Z]\.\s?){2,3})\.|[A-Z]{2,3}\b|[A-Z]\.[A-Z][a-z]\.)")


class Setting:
    """The places of one document, judged together. `shares` is how much speaks for each country, adding up to 1."""

    def __init__(self, gazetteer: Gazetteer, text: str, title: str | None, weights: Weights = WEIGHTS) -> None:
        self._gazetteer = gazetteer
        self._text = text
        self.weights = weights
        scan = gazetteer.scan(text)
        self._spans = [(start, end, fold(text[start:end])) for start, end, _ in scan.names]
        self._starts = [start for start, _, _ in self._spans]
        self._readings: dict[str, tuple[Reading, ...]] = {}
        for start, end, key in self._spans:
            if key not in self._readings:
                self._readings[key] = meant(gazetteer.readings(text[start:end]))
        self._minds = {key: _in_mind(readings) for key, readings in self._readings.items()}
        self._told: dict[int, tuple[Reading, ...]] = {}
        self._counts = self._weigh(title)
        self._words = {id_: weights.word * (1 + log2(count)) for id_, count in scan.words.items()}
        self._likely: dict[str, list[float]] = {}
        self._best: dict[str, Place] = {}
        self._points: list[tuple[str, str, float, float]] = []
        self._nears: dict[tuple[str, str], float] = {}
        self._sums: _Says = ({}, {})
        self._owns: dict[str, _Says] = {}
        self._totals = (0.0, 0.0)
        self._rests: dict[tuple[int, str], tuple[dict[str, float], float, float]] = {}
        self._judge()
        countries, total = self._sums[0], self._totals[0]
        self.shares: dict[str, float] = {code: mass / total for code, mass in countries.items()} if total else {}

    @property
    def country(self) -> str | None:
        """The country that most places lie in (ISO 3166-1 alpha-2)."""
        return max(sorted(self.shares), key=lambda code: self.shares[code]) if self.shares else None

    def score(self, key: str, reading: Reading) -> float:
        """How likely a name (folded) means a reading in this document, as a power of ten, up to a constant."""
        weights, place = self.weights, reading.place
        score = weights.fame * reading.fame
        if reading.alternate:
            score -= weights.alternate
        score += weights.country * self._others_say(0, key, place.country)
        score += weights.division * self._others_say(1, key, _division(place))
        return score + weights.near * self.nearness(place, key)

    def _others_say(self, which: int, key: str, code: str | None) -> float:
        """The decimal logarithm of what all names but one say for a country (0) or a division (1)."""
        rest = self._rests.get((which, key))
        if rest is None:
            own = self._owns.get(key, _SAYS_NOTHING)[which]
            whole = max(self._totals[which] - sum(own.values()), 0.0) + 1
            rest = self._rests[which, key] = (own, whole, log10(_NOTHING / whole))
        own, whole, nothing = rest
        mass = self._sums[which].get(code) if code is not None else None
        return nothing if mass is None else log10((max(mass - own.get(code or "", 0.0), 0.0) + _NOTHING) / whole)

    def share_of_others(self, key: str, country: str | None) -> float:
        """How much of what the other names say speaks for a country, 0..1; 1 where there are no other names."""
        own = self._owns.get(key, _SAYS_NOTHING)[0]
        rest = self._totals[0] - sum(own.values())
        return (self._sums[0].get(country or "", 0.0) - own.get(country or "", 0.0)) / rest if rest > 1 else 1.0

    def told_with(self, end: int) -> tuple[Reading, ...]:
        """What the name told right after a position could mean: after "Paris" in "Paris, Texas", Texas."""
        if end not in self._told:
            self._told[end] = self._told_after(end)
        return self._told[end]

    def _told_after(self, end: int) -> tuple[Reading, ...]:
        """What `told_with` answers."""
        short = _SHORT.match(self._text, end)
        if short is not None:
            readings = self._gazetteer.abbreviated(short["name"])
            if readings:
                return readings
        at = bisect_left(self._starts, end)
        if at == len(self._spans) or not _together().fullmatch(self._text, end, self._starts[at]):
            return ()
        if self._text[end] == "," and self._enumerated(at):
            return ()
        its_kind = _ITS_KIND.match(self._text, end)
        start, stop, key = self._spans[at]
        asked = asked_by(self._text, start, stop, since=its_kind.end() if its_kind is not None else 0)
        return tuple(reading for reading in self._readings[key] if reading.place.level in asked) or self._readings[key]

    def told_of(self, start: int) -> Place | None:
        """The town that the name at a position is told after, as what it lies in: before "New York", Buffalo."""
        at = bisect_left(self._starts, start)
        if not at or not _HELD.fullmatch(self._text, self._spans[at - 1][1], start) or self._enumerated(at):
            return None
        return self._best.get(self._spans[at - 1][2])

    def listed_as(self, start: int) -> tuple[Level, ...]:
        """The kind of place that the name at a position is enumerated as: "Oregon, Washington and Idaho" are states."""
        at = bisect_left(self._starts, start)
        if at == len(self._starts) or self._starts[at] != start:
            return ()
        kinds = (self._kinds_of(range(first, first + _ROW)) for first in range(at - _ROW + 1, at + 1))
        return next((tuple(kind) for kind in kinds if len(kind) == 1), ())

    def _enumerated(self, at: int) -> bool:
        """Is a name told after another one of its kind in a row: "Niger, Nigeria and Togo"?"""
        return any(self._kinds_of(range(first, first + _ROW)) for first in range(at - _ROW + 1, at))

    def _kinds_of(self, row: range) -> frozenset[Level]:
        """The kinds of place that all names of a row bring to mind; none where they do not follow on each other."""
        if row.start < 0 or row.stop > len(self._spans):
            return frozenset()
        gaps = ((self._spans[one][1], self._starts[one + 1]) for one in row[:-1])
        if not all(_LISTED.fullmatch(self._text, *gap) for gap in gaps):
            return frozenset()
        return frozenset.intersection(*(self._minds[self._spans[one][2]] for one in row))

    def supports(self, place: Place, others: Sequence[Reading]) -> bool:
        """Is the place part of one of the others?"""
        return any(other.place.id in place.parents for other in others)

    def nearness(self, place: Place, key: str = "") -> float:
        """How near the nearest other settled place of the document is: 1 at the same spot, a third at 100 km."""
        if place.lat is None or place.lon is None or place.level in (Level.COUNTRY, Level.REGION):
            return 0.0
        if (known := self._nears.get((place.id, key))) is not None:
            return known
        lat, lon, nearest = place.lat, place.lon, inf
        for other, id_, other_lat, other_lon in self._points:
            north = abs(other_lat - lat)
            if north > _FAR_DEGREES or north * _KM_A_DEGREE > nearest or abs(other_lon - lon) > 2 * _FAR_DEGREES:
                continue
            if other != key and id_ != place.id:
                nearest = min(nearest, distance((lat, lon), (other_lat, other_lon)))
        near = self._nears[place.id, key] = exp(-nearest / _NEAR_KM)
        return near

    def before(self, position: int) -> Iterable[Place]:
        """The settled places told before a position, the last first."""
        for start, end, key in reversed(self._spans):
            place = self._best.get(key)
            if start >= position or place is None:
                continue
            asked = asked_by(self._text, start, end)
            if not asked or place.level in asked:  # the "Idlib" of "Idlib province" is not the town told before
                yield place

    def _weigh(self, title: str | None) -> dict[str, float]:
        counts = Counter(key for _, _, key in self._spans)
        weights = {key: 1 + log2(count) for key, count in counts.items()}
        for start, end, _ in self._gazetteer.find(title) if title else ():
            key = fold((title or "")[start:end])
            if key in weights:
                weights[key] += self.weights.title
        return weights

    def _judge(self) -> None:
        pairs = self._pairs()
        self._sum_up()  # only the words formed from names speak yet
        for _ in range(_ROUNDS):
            likely, best = {}, {}
            for key, readings in self._readings.items():
                scores = [
                    self.score(key, reading)
                    + self.weights.pair * (key in pairs and self.supports(reading.place, pairs[key]))
                    for reading in readings
                ]
                top = max(scores, default=0.0)
                powers = [10 ** (score - top) for score in scores]
                total = sum(powers)
                likely[key] = [power / total for power in powers]
                if powers:
                    place = readings[powers.index(max(powers))].place
                    if place.level not in (Level.COUNTRY, Level.REGION):
                        best[key] = place
            self._likely, self._best = likely, best
            self._nears = {}
            self._points = [
                (key, place.id, place.lat, place.lon)
                for key, place in best.items()
                if place.lat is not None and place.lon is not None
            ]
            self._sum_up()

    def _pairs(self) -> dict[str, tuple[Reading, ...]]:
        """For each name, the readings of the names that it is told as part of."""
        pairs: dict[str, tuple[Reading, ...]] = {}
        for _, end, key in self._spans:
            pairs[key] = (*pairs.get(key, ()), *self.told_with(end))
        return {key: readings for key, readings in pairs.items() if readings}

    def _sum_up(self) -> None:
        """Add up what all names and words say, and keep what each name says by itself."""
        self._owns = {key: self._own(key) for key in self._likely}
        sums: _Says = defaultdict(float), defaultdict(float)
        for countries, divisions in self._owns.values():
            for code, mass in countries.items():
                sums[0][code] += mass
            for code, mass in divisions.items():
                sums[1][code] += mass
        for id_, mass in self._words.items():
            place = self._gazetteer.get(id_)
            if place is not None and place.country:
                sums[0][place.country] += mass
        self._sums, self._totals = sums, (sum(sums[0].values()), sum(sums[1].values()))
        self._rests = {}

    def _own(self, key: str) -> _Says:
        """What one name adds to countries and divisions."""
        countries: dict[str, float] = defaultdict(float)
        divisions: dict[str, float] = defaultdict(float)
        weight = self._counts.get(key, 0.0)
        for reading, share in zip(self._readings[key], self._likely[key], strict=True):
            if share < _NEGLIGIBLE:
                continue
            place = reading.place
            if place.country:
                countries[place.country] += weight * share
            division = _division(place)
            if division:
                divisions[division] += weight * share
        return countries, divisions


@cache
def _together() -> re.Pattern[str]:
    """The gap between two names that are told together, the smaller first: "X, Y", "X quarter in the city of Y"."""
    kinds = "|".join(sorted(noun for noun in read_kinds().levels if noun not in read_kinds().things))
    ahead = rf"(?:,\s+(?:in\s+)?|(?:\s+(?:{kinds}))?\s+(?:in|of)\s+)(?:the\s+)?"
    epithet = rf"(?:[a-z-]+ern\s+|central\s+|nearby\s+)?(?:(?:{kinds})\s+of\s+)?"
    return re.compile(rf"{ahead}{epithet}|\s*\(", re.IGNORECASE)


def _in_mind(readings: tuple[Reading, ...]) -> frozenset[Level]:
    """The kinds of place that a name brings to mind."""
    best = max((reading.fame for reading in readings), default=0.0)
    return frozenset(reading.place.level for reading in readings if reading.fame >= best - _IN_MIND)


def meant(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings that can be meant by a name in text: not the words formed from it, and no more than can matter."""
    return tuple(reading for reading in readings if not reading.word)[:_MOST]


def _division(place: Place) -> str | None:
    return f"{place.country}.{place.admin1}" if place.country and place.admin1 else None
