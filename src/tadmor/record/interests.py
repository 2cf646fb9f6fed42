"""Who fights whom, as the claims of the case tell it, and whom a claim serves.

No table of alliances is kept: wars have several, and they change. Two camps are enemies in a case where at least two
voices tell of one hitting the other, taking ground from it or killing its fighters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from tadmor.datamodel.claims import (
    Change,
    ControlClaim,
    Degree,
    EventClaim,
    EventType,
    Polarity,
    Status,
    TollClaim,
)
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.camps import camps_in, sides_of
from tadmor.record.independence import Voices

#: Voices that must tell of the enmity: one may err, or tell of an accident.
_TELLING = 2

Enemies = Mapping[str, frozenset[str]]


def enemies_of(claims: Iterable[GroundedClaim], voices: Voices) -> Enemies:
    """For each camp, the camps it fights."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.claim.polarity is Polarity.AFFIRMED:
            for pair in _fights(claim):
                told[pair].add(voices.key(claim))
    enemies: dict[str, set[str]] = defaultdict(set)
    for (one, other), heard in told.items():
        if len(heard | told.get((other, one), set())) >= _TELLING:
            enemies[one].add(other)
            enemies[other].add(one)
    return {camp: frozenset(others) for camp, others in enemies.items()}


def _fights(claim: GroundedClaim) -> Iterator[tuple[str, str]]:
    match claim.claim:
        case ControlClaim():
            roles = ("holder", "loser")
        case EventClaim(type=kind) if kind is not EventType.AGREEMENT:
            roles = ("actors", "targets")
        case TollClaim(status=Status.COMBATANT):
            roles = ("by", "group")
        case _:
            return
    for one, other in product(camps_in(claim, roles[0]), camps_in(claim, roles[1])):
        if one != other:
            yield one, other


def interest(claim: GroundedClaim, enemies: Enemies) -> int:
    """-1 where a claim serves the side of whoever speaks, 1 where it goes against it, 0 where neither is known.

    To deny a loss serves; to deny a gain does not.
    """
    sides = sides_of(claim.origin)
    if not sides:
        return 0
    against = frozenset(camp for side in sides for camp in enemies.get(side, ())) - sides
    gaining, losing = _stakes(claim)
    good = bool(gaining & sides or losing & against)
    bad = bool(losing & sides or gaining & against)
    served = int(good) - int(bad)
    return -served if claim.claim.polarity is Polarity.AFFIRMED else served


def _stakes(claim: GroundedClaim) -> tuple[frozenset[str], frozenset[str]]:
    """The camps for which a claim is good to hear, and those for which it is not."""
    nobody: frozenset[str] = frozenset()
    match claim.claim:
        case ControlClaim(degree=Degree.BESIEGED, change=Change.LOST):
            return nobody, camps_in(claim, "loser")  # a siege broken: the besieger's loss
        case ControlClaim(change=Change.LOST):
            return nobody, camps_in(claim, "loser") | camps_in(claim, "holder")
        case ControlClaim():
            return camps_in(claim, "holder"), camps_in(claim, "loser")
        case TollClaim(status=Status.CIVILIAN):
            return nobody, camps_in(claim, "by")  # dead civilians are the shame of those who killed them
        case TollClaim():
            return camps_in(claim, "by") - camps_in(claim, "group"), camps_in(claim, "group")
        case _:
            return nobody, nobody
