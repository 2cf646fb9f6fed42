"""Which camp would hold a place that an actor takes, and which claims speak of the same holder."""

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source


def camp_of(actor: Actor) -> str:
    """Id of the camp: the actor's `side`, else the last of what it belongs to, else the actor itself."""
    return actor.side or (actor.parents[-1] if actor.parents else actor.id)


def camps_in(claim: GroundedClaim, role: str) -> frozenset[str]:
    """The camps of all actors in a role whose camp is known."""
    return frozenset(camp_of(actor) for actor in claim.actors.get(role, ()) if not is_vague(actor))


def is_vague(actor: Actor) -> bool:
    """Is it a general word ("militants") that grounding could tie to no camp?"""
    return actor.kind is ActorKind.GENERIC and actor.side is None and not actor.parents


def sides_of(source: Source) -> frozenset[str]:
    """The camps that a source belongs to or speaks for."""
    return frozenset((*source.sides, *source.speaks_for))
