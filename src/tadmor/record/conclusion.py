"""All findings of a case from its claims."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tadmor.datamodel.claims import Polarity
from tadmor.datamodel.documents import Copy
from tadmor.datamodel.findings import Incident, Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.places import Place
from tadmor.record.battle import battles
from tadmor.record.casualties import tallies_of
from tadmor.record.contradiction import Found, Matter, in_incident
from tadmor.record.control import PlaceModel, concluded, models
from tadmor.record.denial import denied
from tadmor.record.differing import Known, ranked
from tadmor.record.disagreement import in_control
from tadmor.record.event import incident
from tadmor.record.falls import denied_falls
from tadmor.record.independence import Voices
from tadmor.record.interests import enemies_of
from tadmor.record.judged import Judged, of_victims
from tadmor.record.lookback import look_backs, moved
from tadmor.record.matching import Told, incidents_of, told_of
from tadmor.record.movement import denied_movements
from tadmor.record.naming import Names
from tadmor.record.once import shown_once
from tadmor.record.parts import parts_and_wholes
from tadmor.record.reaches import reaches
from tadmor.record.reliability import MISREAD, Prior, Reliability, default_prior, is_fact
from tadmor.record.stakes import Stakes
from tadmor.record.strength import strengths
from tadmor.record.surroundings import towns_of, while_the_town_held
from tadmor.record.toll import tolls
from tadmor.record.victims import Ground, counts_apart


def conclude(
    claims: Sequence[GroundedClaim],
    *,
    copies: Sequence[Copy] = (),
    judgements: Sequence[Judgement] = (),
    as_of: date | None = None,
    prior: Prior | None = None,
) -> Record:
    """The record of a case.

    A pure function of the set of claims: their order and repetition change nothing.

    Args:
        claims: all claims of the case, grounded.
        copies: which documents share words with which.
        judgements: what persons said of pairs of claims of events and tolls; the latest on a pair counts.
        as_of: use only what had been said by the end of this day; `None`: all.
        prior: reliability by kind of source before anything else is known, 0.5..1; `None`: those that ship with tadmor.
    """
    known = {claim.id: claim for claim in claims if as_of is None or claim.known_by(as_of)}
    used = [known[key] for key in sorted(known) if known[key].claim.score >= MISREAD]
    voices, names = Voices(used, copies), Names(used)
    facts = [claim for claim in used if is_fact(claim)]
    reliability = Reliability(prior or default_prior(), enemies_of(facts, voices))
    places = list(models(facts, voices, reliability, as_of))
    told, judged = told_of(used), Judged(judgements)
    happened = [(incident(members, voices), members) for members in incidents_of(told, judged)]
    happened.sort(key=lambda pair: _order(pair[0]))
    denials = _by_ground(told_of(used, Polarity.DENIED))
    matters = [Matter(found, each, _about(each, denials), voices, reliability, names) for found, each in happened]
    held = (spell for model in places for spell in concluded(model, voices))
    spells = tuple(while_the_town_held(held, towns_of(_grounds(places)), _last_days(facts)))
    tallies = tallies_of(told, copies, tuple(of_victims(judgements, told)))
    incidents = tuple(found for found, _ in happened)
    counted = tuple(tolls(happened, tallies, voices, reliability))
    apart = (
        *_contradictions(places, matters, told, used, voices, names),
        *counts_apart(tallies, told, _incident_of(happened), Ground(voices, reliability, names, judged)),
    )
    standing = (found for found in apart if judged.leaves(found.contradiction))
    return Record(
        as_of=as_of,
        spells=spells,
        incidents=incidents,
        tolls=counted,
        contradictions=ranked(standing, Known(Stakes(spells, incidents, counted), known, names)),
    )


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


def _by_ground(told: Sequence[Told]) -> dict[str, list[Told]]:
    """Claims by every place that they are about or that theirs lies in."""
    grounds: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.place is not None:
            for ground in (one.place.id, *one.place.parents):
                grounds[ground].append(one)
    return grounds


def _about(members: Sequence[Told], denials: Mapping[str, Sequence[Told]]) -> list[Told]:
    """The denials that may be of an incident, by claim id."""
    grounds = {ground for one in members if one.place for ground in (one.place.id, *one.place.parents)}
    return sorted(
        {one.id: one for ground in grounds for one in denials.get(ground, ())}.values(), key=lambda one: one.id
    )


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
