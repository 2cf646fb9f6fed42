"""All findings of a case from its claims."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tadmor.datamodel.claims import Polarity
from tadmor.datamodel.documents import Copy
from tadmor.datamodel.findings import Copying, Incident, Record, Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import Interval
from tadmor.datamodel.uncollected import uncollected
from tadmor.record.battle import battles
from tadmor.record.contradiction import Found, Matter, in_incident
from tadmor.record.control import PlaceModel, concluded, models
from tadmor.record.denial import NEAR, denied
from tadmor.record.differing import Known, ranked
from tadmor.record.disagreement import in_control
from tadmor.record.echoes import Echo
from tadmor.record.event import incident
from tadmor.record.falls import denied_falls
from tadmor.record.fared import standings
from tadmor.record.footing import Footing, footing_of
from tadmor.record.independence import Voices
from tadmor.record.lookback import look_backs, moved
from tadmor.record.matching import Told, told_of
from tadmor.record.memory import Memory
from tadmor.record.movement import denied_movements
from tadmor.record.naming import Names
from tadmor.record.once import shown_once
from tadmor.record.parts import parts_and_wholes
from tadmor.record.reaches import reaches
from tadmor.record.recalled import incidents, scores_of
from tadmor.record.reliability import Prior
from tadmor.record.stakes import Stakes
from tadmor.record.strength import strengths
from tadmor.record.surroundings import towns_of, while_the_town_held
from tadmor.record.toll import tolls
from tadmor.record.victims import Ground, counts_apart


def conclude(
    claims: Iterable[GroundedClaim],
    *,
    copies: Sequence[Copy] = (),
    judgements: Sequence[Judgement] = (),
    as_of: date | None = None,
    prior: Prior | None = None,
    memory: Memory | None = None,
) -> Record:
    """The record of a case.

    A pure function of the set of claims: their order and repetition change nothing.

    Args:
        claims: all claims of the case, grounded.
        copies: which documents share words with which.
        judgements: what persons said of pairs of claims of events and tolls; the latest on a pair counts.
        as_of: use only what had been said by the end of this day; `None`: all.
        prior: reliability by kind of source before anything else is known, 0.5..1; `None`: those that ship with tadmor.
        memory: what was reckoned before of parts of the case; it notes what of them is reckoned now. The record is the
            same with any.
    """
    with uncollected():
        footing = footing_of(claims, copies=copies, judgements=judgements, as_of=as_of, prior=prior, memory=memory)
        return record_of(footing)


def record_of(footing: Footing) -> Record:
    """The record of a case that stands on a footing."""
    voices, reliability, names = footing.voices, footing.reliability, Names(footing.used)
    places = list(models(footing.facts, voices, reliability, footing.as_of))
    happened = [(incident(members, voices), members) for members in _incidents(footing)]
    happened.sort(key=lambda pair: _order(pair[0]))
    denials = _by_place(told_of(footing.used, Polarity.DENIED))
    matters = [Matter(found, each, _about(each, denials), voices, reliability, names) for found, each in happened]
    spells, acts = tuple(spells_in(places, footing)), tuple(found for found, _ in happened)
    counted = tuple(tolls(happened, footing.tallies, voices, reliability))
    apart = (
        *_contradictions(places, matters, footing.told, footing.used, voices, names),
        *counts_apart(
            footing.tallies, footing.told, _incident_of(happened), Ground(voices, reliability, names, footing.judged)
        ),
    )
    left = (found for found in apart if footing.judged.leaves(found.contradiction))
    return Record(
        as_of=footing.as_of,
        spells=spells,
        incidents=acts,
        tolls=counted,
        contradictions=ranked(left, Known(Stakes(spells, acts, counted), footing.known, names)),
        standings=standings(footing.fared, footing.unaided),
        copying=tuple(map(_copying, footing.echoes)),
    )


def _incidents(footing: Footing) -> list[list[Told]]:
    scores = scores_of(footing.told, footing.keys, footing.memory)
    return incidents(footing.told, footing.judged, scores, footing.keys, footing.memory)


def _copying(one: Echo) -> Copying:
    return Copying(
        copier=one.copier,
        origin=one.origin,
        repeated=one.repeated,
        news=one.news,
        lag=round(one.lag, 2),
        wholly=one.wholly,
    )


def spells_in(places: Sequence[PlaceModel], footing: Footing) -> Iterator[Spell]:
    """The spells of some places, those of ground in or by a town among them by what became of the town."""
    spells = (spell for model in places for spell in concluded(model, footing.voices))
    return while_the_town_held(spells, towns_of(_grounds(places)), _last_days(footing.facts))


def _incident_of(happened: Sequence[tuple[Incident, Sequence[Told]]]) -> dict[str, str]:
    """The incident of each claim, by id."""
    return {one.id: found.id for found, members in happened for one in members}


def _grounds(places: Sequence[PlaceModel]) -> Iterator[Place]:
    """The places that control is told of."""
    yield from (model.observations[0].statement.place for model in places if model.observations)


def _last_days(claims: Sequence[GroundedClaim]) -> dict[str, date]:
    """The last day that each claim may speak of, by id; those without a day speak of the day they were published."""
    days = ((claim.id, claim.when or claim.published) for claim in claims)
    return {key: when.interval.last for key, when in days if when is not None}


def _by_place(denials: Iterable[Told]) -> dict[str, list[Told]]:
    """What is denied of some day, by the place that it is denied of."""
    found: dict[str, list[Told]] = defaultdict(list)
    for one in denials:
        if one.place is not None and one.when is not None:
            found[one.place.id].append(one)
    return found


def _about(members: Sequence[Told], denials: Mapping[str, Sequence[Told]]) -> list[Told]:
    """The denials that may be of an incident, of its places or what these lie in and of its days, by claim id."""
    grounds = {ground for one in members if one.place for ground in (one.place.id, *one.place.parents)}
    told = [one.when for one in members if one.when is not None]
    if not told:
        return []
    days = Interval(min(one.start for one in told), max(one.end for one in told))
    near = (one for ground in grounds for one in denials.get(ground, ()) if one.when and one.when.gap(days) <= NEAR)
    return sorted(near, key=lambda one: one.id)


def _order(found: Incident) -> tuple[bool, date, str]:
    return (found.when is None, found.when.start if found.when is not None else date.max, found.id)


def _contradictions(
    places: Sequence[PlaceModel],
    matters: Sequence[Matter],
    told: Sequence[Told],
    claims: Sequence[GroundedClaim],
    voices: Voices,
    names: Names,
) -> Iterator[Found]:
    yield from shown_once(_over_control(places, claims, voices, names))
    yield from denied_movements(claims, voices, names)
    yield from strengths(claims, voices, names)
    for matter in matters:
        yield from in_incident(matter)
        yield from denied(matter)
    yield from battles(matters, names)
    yield from look_backs(told, voices, names)
    yield from moved(told, voices, names)
    yield from reaches(told, voices, names)


def _over_control(
    places: Sequence[PlaceModel], claims: Sequence[GroundedClaim], voices: Voices, names: Names
) -> Iterator[Found]:
    """Who held places and since when, whether they fell, whether all of them."""
    for model in places:
        yield from in_control(model, voices, names)
    yield from denied_falls(places, claims, voices, names)
    yield from parts_and_wholes(places, voices, names)
