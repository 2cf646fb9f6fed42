"""Which claims of events and tolls, across documents, tell of one incident.

Pairs are looked at only where they may match: at one place, or at places of which one lies in the other, within a few
days (blocking). Each pair gets a score in the manner of Fellegi and Sunter (1969, doi:10.1080/01621459.1969.10501049):
the sum of what each field says for or against. `pairing` finds the pairs, `grouping` joins them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tadmor.datamodel.claims import EventClaim, EventType, Harm, Polarity, TollClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Interval
from tadmor.record.camps import camps_in
from tadmor.record.nearness import lies_in
from tadmor.record.reliability import is_fact
from tadmor.record.tabled import TableRow, row_of

#: Days that two reports of one event may lie apart: reports are often dated by the day they came out.
APART = 3
#: From this many days on a figure is a running total or a look back, and an act is no single event.
LONG = 60
#: Score from which a pair is one incident. Same town, same day and same kind of act reach 4, of neighbouring days 1.
THRESHOLD = 2.5
#: Score of two claims of one row of a table: more than any that are matched by what they say.
SURE = 9.0
#: Score of the places of two claims of which one has none.
_NOWHERE = -2.0
#: A number from which two reports seldom share it by chance.
_TELLING = 3
#: From this ratio on two numbers are of different orders. By judgement.
_ORDER = 8

_BOMBARDMENT = frozenset(
    {EventType.AIR_STRIKE, EventType.SHELLING, EventType.BOMBING, EventType.CHEMICAL_ATTACK, EventType.DESTRUCTION}
)
_FIGHTING = frozenset({EventType.CLASH, EventType.GROUND_ATTACK, EventType.SHELLING, EventType.AIR_STRIKE})
_KILLING = frozenset({EventType.KILLING, EventType.EXECUTION, EventType.OTHER_VIOLENCE})
_SEIZING = frozenset({EventType.ABDUCTION, EventType.ARREST})
#: Kinds of act that reporters use for one another.
FAMILIES = (_BOMBARDMENT, _FIGHTING, _KILLING, _SEIZING)
#: What people suffer from which acts.
_HARMED_BY = {
    Harm.CAPTURED: _SEIZING | {EventType.GROUND_ATTACK, EventType.CLASH},
    Harm.KILLED: frozenset(EventType) - {EventType.AGREEMENT, EventType.ARREST, EventType.DESTRUCTION},
    Harm.WOUNDED: frozenset(EventType) - {EventType.AGREEMENT, EventType.ARREST, EventType.EXECUTION},
    Harm.MISSING: _SEIZING,
    Harm.DISPLACED: _FIGHTING | {EventType.AGREEMENT},
}


class Told(NamedTuple):
    """A claim of an event or a toll, its id, and what matching needs of it."""

    id: str
    claim: GroundedClaim
    said: EventClaim | TollClaim
    place: Place | None
    when: Interval | None
    by: frozenset[str]
    on: frozenset[str]
    row: TableRow | None = None

    @property
    def long(self) -> bool:
        """Is it told of a long stretch?"""
        return self.when is not None and self.when.days >= LONG


def told_of(claims: Iterable[GroundedClaim], polarity: Polarity = Polarity.AFFIRMED) -> list[Told]:
    """The event and toll claims that are told as fact, affirmed ones by default, by claim id."""
    found = [
        _told(claim, claim.claim)
        for claim in claims
        if isinstance(claim.claim, EventClaim | TollClaim) and is_fact(claim) and claim.claim.polarity is polarity
    ]
    return sorted(found, key=lambda one: one.id)


def _told(claim: GroundedClaim, said: EventClaim | TollClaim) -> Told:
    actors, targets = ("actors", "targets") if isinstance(said, EventClaim) else ("by", "group")
    when = claim.when.interval if claim.when is not None else None
    by, on = camps_in(claim, actors), camps_in(claim, targets)
    return Told(claim.id, claim, said, claim.place, when, by, on, row_of(claim))


def same_number(one: Told, other: Told) -> bool:
    """Do two claims give one number of the same thing, of those that they would hardly share by chance?"""
    first, second = one.said.count, other.said.count
    if first is None or second is None or not _same_thing(one.said, other.said):
        return False
    return figure(first) == figure(second) and (figure(first) or 0) >= _TELLING


@lru_cache(maxsize=None, typed=True)
def akin(one: EventType, other: EventType) -> bool:
    """Are these kinds of act that reporters use for one another?"""
    return any(one in family and other in family for family in FAMILIES)


def _days(one: Told) -> Interval:
    if one.when is None:
        message = f"claim {one.id} has no days and cannot be compared"
        raise ValueError(message)
    return one.when


def score(one: Told, other: Told) -> float:
    """How far two claims that lie near each other tell of one incident; see `THRESHOLD`."""
    if one.row is not None and one.row == other.row:
        return SURE
    return (
        _where(one, other)
        + _when(_days(one), _days(other))
        + _what(_sort(one.said), _sort(other.said))
        + _who(one.by, other.by, agree=0.8, differ=-1.5)
        + _who(one.on, other.on, agree=0.5, differ=-0.7)
        + _how_many(one, other)
        + _near(one, other)
    )


def _where(one: Told, other: Told) -> float:
    if one.place is None or other.place is None:
        return _NOWHERE
    if one.place.id == other.place.id:
        return 1.5 if one.place.level is not Level.PROVINCE else 0.5
    if lies_in(one.place, other.place) or lies_in(other.place, one.place):
        return 1.0
    wide = one.place if one.place.id in other.place.parents else other.place
    return -0.5 if wide.level is Level.PROVINCE else 0.5


def _when(one: Interval, other: Interval) -> float:
    if not one.overlaps(other):
        return -1.5 - 0.5 * one.gap(other)
    longer = max(one.days, other.days)
    return 1.5 if longer <= 3 else 0.8 if longer <= 14 else 0.0 if longer <= 45 else -1.5


@lru_cache(maxsize=None, typed=True)
def _what(one: EventType | Harm, other: EventType | Harm) -> float:
    match one, other:
        case EventType(), EventType():
            if one is other:
                return 1.0
            return 0.3 if akin(one, other) else -2.0
        case Harm(), Harm():
            return 0.5 if one is other else 0.0
        case (EventType() as kind, Harm() as harm) | (Harm() as harm, EventType() as kind):
            return 0.2 if kind in _HARMED_BY[harm] else -2.0
    return 0.0


def _sort(said: EventClaim | TollClaim) -> EventType | Harm:
    return said.type if isinstance(said, EventClaim) else said.harm


def _who(one: frozenset[str], other: frozenset[str], *, agree: float, differ: float) -> float:
    if not one or not other:
        return 0.0
    return agree if one & other else differ


def _how_many(one: Told, other: Told) -> float:
    """Numbers of the same thing: equal ones tie reports together, far ones part them."""
    first, second = one.said.count, other.said.count
    if first is None or second is None or not first.known or not second.known or not _same_thing(one.said, other.said):
        return 0.0
    if same_number(one, other):
        return 1.5
    one_text = one.claim.claim.document == other.claim.claim.document
    if one_text and one.claim.origin.id == other.claim.origin.id and not first.compatible(second):
        return -1.5  # one voice in one text tells two numbers apart
    if first.compatible(second):
        return 0.5
    if first.compatible(second, slack=0.2):
        return 0.0
    return -2.5 if far_off(first, second) else -1.0


def far_off(one: Quantity, other: Quantity) -> bool:
    """Are two numbers of different orders? Partisan counts of one act differ by less: those are mostly two acts."""
    few, many = sorted((figure(one) or 0, figure(other) or 0))
    return few > 0 and many >= _ORDER * few


def figure(count: Quantity) -> int | None:
    """The one number that a count names."""
    return next((number for number in (count.best, count.low, count.high) if number is not None), None)


def _same_thing(one: EventClaim | TollClaim, other: EventClaim | TollClaim) -> bool:
    if isinstance(one, TollClaim) and isinstance(other, TollClaim):
        return one.harm is other.harm and one.status is other.status
    return isinstance(one, EventClaim) and isinstance(other, EventClaim) and one.type is other.type


def _near(one: Told, other: Told) -> float:
    """Sentences that follow each other mostly tell of one thing."""
    if one.claim.claim.document != other.claim.claim.document:
        return 0.0
    distance = max(one.said.start - other.said.end, other.said.start - one.said.end)
    return 1.0 if distance <= 200 else 0.0
