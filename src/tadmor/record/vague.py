"""Who "the militants" are at a place: the only camp of that sort that any claim about the place names."""

from collections import defaultdict
from collections.abc import Sequence

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.dictionaries.names import fold
from tadmor.record.camps import camp_of, is_vague

#: General words for persons of no side.
_PERSONS = frozenset({"people", "prisoners"})
_STATE = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE})
#: General words for a state's side; all others ("rebels", "militants", "fighters") speak of groups.
_STATE_WORDS = frozenset(
    {"government", "regime", "army", "troops", "soldiers", "police", "loyalists", "authorities", "military"}
)


class Vague:
    """Reads general words for a side by what else is said of the same place.

    Args:
        claims: the control claims of the case.
    """

    def __init__(self, claims: Sequence[GroundedClaim]) -> None:
        self._camps: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for claim in claims:
            for actor in _named(claim):
                if claim.place is not None and not is_vague(actor):
                    self._camps[claim.place.id, actor.kind in _STATE].add(camp_of(actor))

    def camp(self, claim: GroundedClaim, role: str) -> str | None:
        """The camp in a role; a general word is taken for the place's only camp of its sort, else for its own.

        Civilians hold no place, and lose none: who besieges the people of a town is not said to besiege its holder.
        """
        actor = claim.actor(role)
        if actor is not None and (actor.kind is ActorKind.CIVILIANS or actor.id in _PERSONS):
            return None
        if actor is None or claim.place is None or not is_vague(actor):
            return camp_of(actor) if actor is not None else None
        others = {camp_of(one) for one in _named(claim) if one is not actor and not is_vague(one)}
        known = self._camps.get((claim.place.id, _speaks_of_state(actor)), set()) - others
        return next(iter(known)) if len(known) == 1 else actor.id


def _named(claim: GroundedClaim) -> list[Actor]:
    return [actor for role in ("holder", "loser") for actor in claim.actors.get(role, ())[:1]]


def _speaks_of_state(actor: Actor) -> bool:
    return not _STATE_WORDS.isdisjoint(fold(actor.name).split())
