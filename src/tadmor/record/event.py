"""Incidents: what happened, from the claims that tell of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from tadmor.datamodel.claims import EventClaim, EventType, TollClaim
from tadmor.datamodel.findings import Incident
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.keys import digest
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import Interval
from tadmor.record.independence import Voices
from tadmor.record.matching import Told

#: The share of an incident's claims that must tell of a place: one in ten at the air base moves no town's battle.
_SHARE = 0.25


def incident(members: Sequence[Told], voices: Voices) -> Incident:
    """One incident. Its id is that of the claim that was first to tell of it: later reports do not change it."""
    where = place_of(members)
    return Incident(
        id=digest("incident", min(members, key=_told_first).id),
        place=where.id if where is not None else None,
        when=when_of(members),
        type=_type(members),
        actors=_named(members, ("actors", "by")),
        targets=_named(members, ("targets", "group")),
        claims=tuple(sorted(one.id for one in members)),
        independent_sources=voices.count(one.claim for one in members),
    )


def _told_first(one: Told) -> tuple[date, str]:
    published = one.claim.published
    return (published.earliest if published is not None else date.max, one.id)


def place_of(members: Iterable[Told]) -> Place | None:
    """The finest place that a fair share of the claims give, the most often given of those."""
    places = [one.place for one in members if one.place is not None]
    if not places:
        return None
    often = Counter(place.id for place in places)
    levels = list(type(places[0].level))
    shared = [place for place in places if often[place.id] >= _SHARE * len(places)]
    return min(shared or places, key=lambda place: (levels.index(place.level), -often[place.id], place.id))


def when_of(members: Iterable[Told]) -> Interval | None:
    """The days that the narrowest claims allow: each narrows those before it where it shares days with them."""
    found: Interval | None = None
    for interval in sorted((one.when for one in members if one.when is not None), key=lambda one: (one.days, one)):
        common = interval.intersection(found) if found is not None else interval
        found = common or found
    return found


def _type(members: Sequence[Told]) -> EventType | None:
    """The kind of act most often told, the first claim's of equals."""
    types = [one.said.type for one in members if isinstance(one.said, EventClaim)]
    return max(types, key=lambda one: (types.count(one), -types.index(one))) if types else None


def _named(members: Sequence[Told], roles: tuple[str, str]) -> tuple[str, ...]:
    """Ids of the actors in a role, the most often named first."""
    claims: list[GroundedClaim] = [one.claim for one in members]
    ids = [actor.id for claim in claims for role in roles for actor in claim.actors.get(role, ())]
    return tuple(sorted(set(ids), key=lambda one: (-ids.count(one), ids.index(one))))


def is_total(members: Sequence[Told]) -> bool:
    """Is it a running total or a look back over a long time?"""
    return all(one.long and isinstance(one.said, TollClaim) for one in members)
