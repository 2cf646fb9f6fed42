"""Forces told to have left a town or a site: they hold it no more.

"The army withdrew from the town" is marked as a movement, and is one. What it says of who holds the town is concluded
here: that they do not, from that day on. Whether they held it before is not said, for a raid withdraws as well. Left
out on purpose: withdrawals of some of them, from a part, or from ground about the place; those that have only begun;
places that the words themselves do not name; who "left" or "fled", as people on the road do.
"""

import re

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import MovementClaim, Polarity
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place

_LEAVING = re.compile(
    r"\b(?:withdr[ae]w(?:s|n|al|ing)?|retreat(?:s|ed|ing)?|pull(?:s|ed|ing)? out|abandon(?:s|ed|ing)?"
    r"|vacat(?:ed|ing))\b",
    re.IGNORECASE,
)
#: Words for less than all of those who leave, for less than the place, and for a leaving that is under way.
_LESS = re.compile(
    r"\b(?:some|many|most|mostly|largely|partly|partially|part|parts|half|few|several|number|dozens|hundreds|units?"
    r"|areas?|outskirts|countrysides?|suburbs?|fronts?|region|raion|district|direction|vicinity|positions?|posts?"
    r"|begin|begins|began|begun|beginning|start|starts|started|starting|continued?)\b",
    re.IGNORECASE,
)
_TOWNS = frozenset({Level.SITE, Level.SETTLEMENT})
_ARMED = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.COALITION})


def left(claim: GroundedClaim) -> Place | None:
    """The place that forces are told to have left; `None` for other claims."""
    said, actor, place = claim.claim, claim.actor("actor"), claim.places.get("origin")
    if not isinstance(said, MovementClaim) or said.polarity is not Polarity.AFFIRMED or said.count is not None:
        return None
    if place is None or place.level not in _TOWNS or place.relative_to is not None or not _is_armed(actor):
        return None
    named = said.origin is not None and not said.origin.carried
    return place if named and _LEAVING.search(said.quote) and not _LESS.search(said.quote) else None


def _is_armed(actor: Actor | None) -> bool:
    return actor is not None and actor.kind in _ARMED
