"""How many fighters of one side were at a place, to voices whose numbers do not meet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import MovementClaim, Polarity, PresenceClaim
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Interval
from tadmor.record.camps import camp_of, is_vague
from tadmor.record.contradiction import Found, contradiction, hanging, several
from tadmor.record.independence import Voices
from tadmor.record.naming import Names
from tadmor.record.reliability import is_fact
from tadmor.record.toll import SLACK

#: Told of a longer stretch, two counts may be of different days of it.
_NARROW = 31
#: Fewer than so many are a party seen somewhere rather than the strength of a side. By judgement.
_FORCE = 50

_Counted = tuple[Interval, GroundedClaim, Quantity]


def strengths(claims: Iterable[GroundedClaim], voices: Voices, names: Names) -> Iterator[Found]:
    """Counts of one side's fighters at one place on the same days that no one number meets."""
    for (place, side), told in sorted(_by_side(claims).items()):
        for group, days in _sharing_days(told):
            found = _numbers(group, days, place, side, voices, names)
            if found is not None:
                yield Found(found, hanging(found, ()))


def _by_side(claims: Iterable[GroundedClaim]) -> dict[tuple[str, str], list[_Counted]]:
    """The counts of fighters, of a few days each, by place and camp."""
    counted: dict[tuple[str, str], list[_Counted]] = defaultdict(list)
    for claim in claims:
        side, count = _side(claim), claim.claim.count
        if claim.place is None or claim.when is None or side is None or count is None or not _is_force(claim):
            continue
        if claim.when.interval.days <= _NARROW:
            counted[claim.place.id, side].append((claim.when.interval, claim, count))
    return counted


def _is_force(claim: GroundedClaim) -> bool:
    """Does it count people who are at a place or come to it?"""
    said = claim.claim
    if not isinstance(said, PresenceClaim | MovementClaim) or said.polarity is not Polarity.AFFIRMED:
        return False
    leaves = "origin" in claim.places and claim.places["origin"] == claim.place
    is_things = isinstance(said, PresenceClaim) and said.equipment is not None
    return is_fact(claim) and not leaves and not is_things and _largest(said.count) >= _FORCE


def _largest(count: Quantity | None) -> int:
    named = (count.low, count.best, count.high) if count is not None else ()
    return max((number for number in named if number is not None), default=0)


def _side(claim: GroundedClaim) -> str | None:
    actor = claim.actor("actor")
    if actor is None or actor.kind is ActorKind.CIVILIANS or is_vague(actor) or actor.id.startswith("name:"):
        return None
    return camp_of(actor)


def _sharing_days(told: Sequence[_Counted]) -> Iterator[tuple[list[_Counted], Interval]]:
    """Counts that all share days, by the order of their days."""
    group: list[_Counted] = []
    common: Interval | None = None
    for one in sorted(told, key=lambda each: (each[0], each[1].id)):
        shared = common.intersection(one[0]) if common is not None else one[0]
        if shared is None and common is not None:
            yield group, common
            group, shared = [], one[0]
        group.append(one)
        common = shared
    if common is not None:
        yield group, common


def _numbers(
    group: Sequence[_Counted], days: Interval, place: str, side: str, voices: Voices, names: Names
) -> Contradiction | None:
    by_bounds: dict[tuple[float, float], list[_Counted]] = defaultdict(list)
    for one in group:
        by_bounds[one[2].bounds()].append(one)
    counts = {bounds: same[0][2] for bounds, same in sorted(by_bounds.items())}
    apart = [
        bounds
        for bounds, count in counts.items()
        if any(not count.compatible(other, slack=SLACK) for other in counts.values())
    ]
    sides = [
        (counts[bounds].expression or str(counts[bounds].best), [claim for _, claim, _ in by_bounds[bounds]])
        for bounds in apart
    ]
    if not apart or not several(voices, sides):
        return None
    return contradiction(
        Nature.NUMBER,
        f"how many fighters of {names.of(side)} were at {names.of(place)}",
        sides,
        place=place,
        when=days,
        explanation="the counts may be of different forces",
        quantities=tuple(counts[bounds] for bounds in apart),
    )
