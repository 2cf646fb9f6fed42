"""How all claims are seen: actors and places that are one by a person's word, sources with the grades they were given.

The one place where these decisions are applied: whatever the ledger gives out has gone through it, and no row is
rewritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review, grades_of
from tadmor.datamodel.identities import Identities, Identity, Kind, identities_of
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.ledger.encoding import Entities

Thing = TypeVar("Thing", Place, Actor, Source)


def named_in(views: Iterable[Review]) -> set[str]:
    """The ids of actors and places that decisions name."""
    return {identity for word in identities_of(views) for identity in (word.one, word.other)}


class Seen:
    """Shows a claim as decisions on actors, places and sources have it seen.

    Args:
        views: these decisions, in the order made.
        entities: what the case knows of all that claims name.
    """

    def __init__(self, views: Sequence[Review], entities: Entities) -> None:
        words = identities_of(views)
        self._entities = entities
        self._kinds: Mapping[str, Identities] = {kind: _of(words, kind) for kind in ("actor", "place")}
        self._grades = grades_of(views)
        self._known: dict[int, tuple[Any, Any]] = {}  # a thing is kept, so that its identity stays its own

    @property
    def merges(self) -> bool:
        """Is anything one with another?"""
        return any(one.merged for one in self._kinds.values())

    def within(self, kind: str, ids: Iterable[str]) -> set[str]:
        """All that are one with any of these."""
        return {other for one in ids for other in self._kinds[kind].within(one)}

    def __call__(self, claim: GroundedClaim) -> GroundedClaim:
        """The claim as it is seen."""
        if self.merges:
            claim = msgspec.structs.replace(
                claim,
                voices=tuple(map(self._thing, claim.voices)),
                places={role: self._thing(place) for role, place in claim.places.items()},
                actors={role: tuple(dict.fromkeys(map(self._thing, who))) for role, who in claim.actors.items()},
            )
        letter = self._grades.get(claim.origin.id) if claim.voices else None
        return claim if letter is None else msgspec.structs.replace(claim, grade=letter)

    def _thing(self, thing: Thing) -> Thing:
        found = self._known.get(id(thing))
        if found is None:
            found = self._known[id(thing)] = (thing, self._seen(thing))
        seen: Thing = found[1]
        return seen

    def _seen(self, thing: Place | Actor | Source) -> Any:
        match thing:
            case Place():
                return self._place(thing)
            case Actor():
                return self._actor(thing)
            case Source():
                speaks_for = tuple(dict.fromkeys(self._kinds["actor"].of(one) for one in thing.speaks_for))
                return msgspec.structs.replace(thing, sides=self._camps(thing.sides), speaks_for=speaks_for)

    def _place(self, place: Place) -> Place:
        ids, first = self._kinds["place"], self._kinds["place"].of(place.id)
        key = self._entities.latest("place", first) if first != place.id else None
        place = self._entities.place(key) if key is not None else place
        told_from = ids.of(place.relative_to) if place.relative_to is not None else None
        return msgspec.structs.replace(
            place,
            parents=_others(map(ids.of, place.parents), place.id),
            aliases=self._aliases("place", place),
            relative_to=told_from if told_from != place.id else None,
        )

    def _actor(self, actor: Actor) -> Actor:
        ids, first = self._kinds["actor"], self._kinds["actor"].of(actor.id)
        key = self._entities.latest("actor", first) if first != actor.id else None
        actor = self._entities.actor(key) if key is not None else actor
        camp = next(iter(self._camps((actor.side,))), None) if actor.side is not None else None
        return msgspec.structs.replace(
            actor,
            parents=_others(map(ids.of, actor.parents), actor.id),
            aliases=self._aliases("actor", actor),
            side=camp,
        )

    def _camps(self, sides: Iterable[str]) -> tuple[str, ...]:
        """Camps by id; that of an actor which is really another is the other's."""
        return tuple(dict.fromkeys(map(self._camp, sides)))

    def _camp(self, side: str) -> str:
        first = self._kinds["actor"].of(side)
        key = self._entities.latest("actor", first) if first != side else None
        own = self._entities.actor(key).side if key is not None else None
        return self._kinds["actor"].of(own) if own is not None else first

    def _aliases(self, kind: Kind, thing: Place | Actor) -> tuple[str, ...]:
        """Its other names, and those of all that are one with it."""
        found = list(thing.aliases)
        for one in self._kinds[kind].within(thing.id):
            key = self._entities.latest(kind, one) if one != thing.id else None
            if key is not None:
                other = self._entities.place(key) if kind == "place" else self._entities.actor(key)
                found += [other.name, *other.aliases]
        return tuple(dict.fromkeys(found))


def _of(words: Sequence[Identity], kind: str) -> Identities:
    return Identities(words, "actor" if kind == "actor" else "place")


def _others(ids: Iterable[str], own: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in ids if one != own))
