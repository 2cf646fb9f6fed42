"""The record in columns: all that a map needs to draw any day by itself. Days are counted from 1970-01-01."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from tadmor.datamodel.claims import KINDS
from tadmor.datamodel.findings import Spell, State, Verdict
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import Interval, When
from tadmor.record import MISREAD
from tadmor.views.brief import NOT_FACT, happening
from tadmor.views.exports import Row
from tadmor.views.laying.known import Known
from tadmor.views.laying.local import local_row
from tadmor.views.words import gist, persons

_EPOCH = date(1970, 1, 1).toordinal()
_STATES = {state: place for place, state in enumerate((State.HELD, State.CONTESTED, State.BESIEGED, State.UNKNOWN))}
_VERDICTS = {
    verdict: place
    for place, verdict in enumerate((Verdict.ESTABLISHED, Verdict.LIKELY, Verdict.DISPUTED, Verdict.UNSUPPORTED))
}
#: A claim that speaks of a longer stretch is about no day of it in particular.
_A_DAY_OR_SO = 7
LAYERS = ("events", "tolls", "presences", "movements", "contradictions")


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH if day is not None else None


class Columns:
    """The columns of a record; places are in the order of their claims, the most told of first."""

    def __init__(self, known: Known) -> None:
        self._known = known
        told = {one.place for one in known.record.spells}
        self._places = sorted(
            {*known.places} | (told & known.places.keys()), key=lambda key: (-known.of_place[key], key)
        )
        self._index = {key: place for place, key in enumerate(self._places)}

    def spells(self) -> Row:
        """Places, holders, and who held what when."""
        spells = [one for one in self._known.record.spells if one.place in self._index]
        spells.sort(key=lambda one: (self._index[one.place], one.start or date.min))
        actors = _by_days(spells)
        index = {key: place for place, key in enumerate(actors)}
        names = self._known.names
        return {
            "places": self._place_columns(),
            "actors": {"id": actors, "name": [names.actor_name(key) for key in actors]},
            "spells": {
                "place": [self._index[one.place] for one in spells],
                "state": [_STATES[one.state] for one in spells],
                "holder": [index.get(one.holder or "", -1) for one in spells],
                "besieger": [index.get(one.besieger or "", -1) for one in spells],
                "first": [day_number(one.start) for one in spells],
                "last": [day_number(one.end) for one in spells],
                "confidence": [round(one.confidence, 3) for one in spells],
                "verdict": [_VERDICTS[one.verdict] for one in spells],
                "voices": [one.independent_sources for one in spells],
            },
        }

    def _place_columns(self) -> Row:
        places = [self._known.places[key] for key in self._places]
        local = [local_row(one) for one in places]
        return {
            "id": self._places,
            "name": [one.name for one in places],
            "local": [one["local"] for one in local],
            "local_language": [one["local_language"] for one in local],
            "lat": [one.lat for one in places],
            "lon": [one.lon for one in places],
            "radius_m": [one.radius_m for one in places],
            "level": [one.level.value for one in places],
            "claims": [self._known.of_place[key] for key in self._places],
        }

    def activity(self) -> Row:
        """How many claims of each kind speak of a day."""
        counts: Mapping[int, Counter[str]] = defaultdict(Counter)
        for claim in self._known.claims:
            when = claim.when
            if when is not None and (when.latest - when.earliest).days < _A_DAY_OR_SO:
                counts[when.earliest.toordinal() - _EPOCH][claim.kind] += 1
        days = sorted(counts)
        return {"days": days} | {kind: [counts[day][kind] for day in days] for kind in KINDS}

    def layer(self, name: str) -> Row:
        """One layer of marks."""
        match name:
            case "events":
                return self._events()
            case "tolls":
                return self._tolls()
            case "contradictions":
                return self._contradictions()
            case "presences":
                return self._sightings("presence")
            case _:
                return self._sightings("movement")

    def _events(self) -> Row:
        names, read = self._known.names, self._known.read_surely
        return _layer(
            self._index,
            [
                Mark(
                    id=one.id,
                    place=one.place,
                    when=one.when,
                    label=happening(one, names).what,
                    type=str(one.type),
                    weight=one.independent_sources,
                    confidence=max((read[claim] for claim in one.claims if claim in read), default=None),
                )
                for one in self._known.record.incidents
                if one.type is not None
            ],
        )

    def _tolls(self) -> Row:
        return _layer(
            self._index,
            [
                Mark(
                    id=one.id,
                    place=one.place,
                    when=one.when,
                    label=f"{persons(one.best)} {one.harm.value}",
                    type=one.harm.value,
                    weight=one.best or 0,
                    confidence=one.confidence,
                )
                for one in self._known.record.tolls
            ],
        )

    def _contradictions(self) -> Row:
        return _layer(
            self._index,
            [
                Mark(
                    id=one.id,
                    place=one.place,
                    when=one.when,
                    label=one.about,
                    type=one.nature.value,
                    weight=one.rests.findings,
                    confidence=None,  # that accounts differ is sure
                )
                for one in self._known.record.contradictions
            ],
        )

    def _sightings(self, kind: str) -> Row:
        """Presences or movements, as claimed: what is no fact, or was read unsurely, is left out."""
        claims = [one for one in self._known.claims if one.kind == kind and _shown(one)]
        marks = _layer(self._index, [_sighting(one) for one in claims])
        if kind == "movement":
            ends = (one.places.get("destination") for one in claims)
            marks["to"] = [self._index.get(end.id, -1) if end is not None else -1 for end in ends]
        return marks


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark of a layer; `confidence` is how sure the finding is or, of a claim, how surely it was read."""

    id: str
    place: str | None
    when: Interval | When | None
    label: str
    type: str
    weight: int
    confidence: float | None


def _sighting(claim: GroundedClaim) -> Mark:
    place = claim.places.get("place") or claim.places.get("origin") or claim.places.get("destination")
    return Mark(
        id=claim.id,
        place=place.id if place is not None else None,
        when=claim.when,
        label=gist(claim),
        type=claim.kind,
        weight=1,
        confidence=claim.claim.score,
    )


def _layer(index: Mapping[str, int], marks: Sequence[Mark]) -> Row:
    return {
        "id": [one.id for one in marks],
        "place": [index.get(one.place or "", -1) for one in marks],
        "first": [day_number(_ends(one.when)[0]) for one in marks],
        "last": [day_number(_ends(one.when)[1]) for one in marks],
        "label": [one.label for one in marks],
        "type": [one.type for one in marks],
        "weight": [one.weight for one in marks],
        "confidence": [round(one.confidence, 3) if one.confidence is not None else None for one in marks],
    }


def _ends(when: Interval | When | None) -> tuple[date | None, date | None]:
    """The first and the last day that something may have been on."""
    if when is None:
        return None, None
    return (when.earliest, when.latest) if isinstance(when, When) else (when.start, when.last)


def _shown(claim: GroundedClaim) -> bool:
    said = claim.claim
    return said.modality not in NOT_FACT and said.polarity.value == "affirmed" and said.score >= MISREAD


def _by_days(spells: Sequence[Spell]) -> list[str]:
    """Holders and besiegers, those first that held most days at most places."""
    days: Counter[str] = Counter()
    last = max((day for one in spells for day in (one.start, one.end) if day is not None), default=date.min)
    for one in spells:
        for actor in (one.holder, one.besieger):
            if actor is not None:
                days[actor] += max(((one.end or last) - (one.start or one.end or last)).days, 0) + 1
    return [actor for actor, _ in sorted(days.items(), key=lambda pair: (-pair[1], pair[0]))]
