"""Claims of events and tolls by incident: pairs that match are joined from the best down.

Two groups are joined only where their members agree with each other on average, so that a chain of days of strikes on
one city does not become one incident. Everything is ordered by score and claim id: the order of claims changes nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from tadmor.datamodel.claims import EventClaim, EventType, Harm, TollClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Basis, Interval
from tadmor.record.judged import NOBODY, Judged
from tadmor.record.matching import APART, THRESHOLD, Told, akin, far_off, same_number
from tadmor.record.pairing import Pair, scored
from tadmor.record.people import People, people_of
from tadmor.record.tabled import TableRow, may_meet

#: Mean score that the pairs between two groups need to be joined.
_COHERENT = 0.75
#: Score of a pair that blocking never brought together.
_STRANGERS = -2.0
#: Groups larger than this are compared by their first members only: the mean is settled by then.
_SAMPLE = 12


def incidents_of(
    told: Sequence[Told], judged: Judged = NOBODY, scores: Mapping[Pair, float] | None = None
) -> list[list[Told]]:
    """The claims by incident, each group and all groups ordered by claim id. Claims that match none stand alone.

    Args:
        told: the claims.
        judged: a person's word on pairs of them, which goes before any score.
        scores: of every pair that may match, where they are known (`scored`).
    """
    known = scores if scores is not None else scored(told)
    group = _begun(told, judged)
    matching = ((pair, value) for pair, value in known.items() if value >= THRESHOLD)
    for (first, second), _ in sorted(matching, key=lambda item: (-item[1], item[0])):
        one, other = group[first], group[second]
        if one is other or other in one.strangers or not judged.may_meet(one.members, other.members):
            continue
        if not may_be_one(one, other) or not _coherent(one, other, known):
            one.strangers.add(other)
            other.strangers.add(one)
        else:
            merged = Group(sorted([*one.members, *other.members], key=lambda each: each.id))
            group.update((each.id, merged) for each in merged.members)
    found = {id(one): one.members for one in group.values()}.values()
    return sorted(found, key=lambda members: members[0].id)


def _begun(told: Sequence[Told], judged: Judged) -> dict[str, "Group"]:
    """The groups to begin with, by claim id."""
    linked = judged.groups(told)
    groups = {id(members): Group(members) for members in linked.values()}
    return {claim: groups[id(members)] for claim, members in linked.items()}


class Group:
    """Claims that may be of one incident, and what decides whether others may be of it too.

    Args:
        members: the claims, by id.
    """

    def __init__(self, members: list[Told]) -> None:
        self.members = members
        self.sample = members[:_SAMPLE]
        self.strangers: set[Group] = set()  # groups that were found not to be of the same incident

    @cached_property
    def rows(self) -> frozenset[TableRow]:
        """The rows of tables among them."""
        return frozenset(one.row for one in self.members if one.row is not None)

    @cached_property
    def kinds(self) -> frozenset[EventType]:
        """The kinds of act that they tell of."""
        return frozenset(one.said.type for one in self.members if isinstance(one.said, EventClaim))

    @cached_property
    def days(self) -> frozenset[Interval]:
        """The days of those claims that give an act a day or a few, rather than being dated by their report."""
        return frozenset(one.when for one in self.members if one.when is not None and _gives_days(one))

    @cached_property
    def counts(self) -> Mapping[tuple[Harm, People], list[Quantity]]:
        """The numbers of victims that they give, by harm and by whom they count."""
        counted: dict[tuple[Harm, People], list[Quantity]] = defaultdict(list)
        for one in self.sample:
            if isinstance(one.said, TollClaim) and one.said.count is not None:
                counted[one.said.harm, people_of(one.claim)].append(one.said.count)
        return counted


def _gives_days(one: Told) -> bool:
    when = one.claim.when
    short = one.when is not None and one.when.days <= APART
    return short and when is not None and when.basis is not Basis.PUBLICATION


def may_be_one(one: Group, other: Group) -> bool:
    """May two groups tell of one act, by its kind, its days, its dead, and the rows of tables among them?"""
    rows = not one.rows or not other.rows or may_meet(one.rows, other.rows)
    return rows and _of_one_kind(one, other) and _of_one_time(one, other) and _of_one_order(one, other)


def _of_one_kind(one: Group, other: Group) -> bool:
    """May one act be told of by both? Deaths may come of an execution or of a strike, but no execution is a strike."""
    return all(a is b or akin(a, b) for a in one.kinds for b in other.kinds)


def _of_one_time(one: Group, other: Group) -> bool:
    """May one act be told of by both, by the days that they give? Reports of two days are of two acts.

    Unless they share a number that two acts would hardly share: then one of them errs in the day.
    """
    if not one.days or not other.days or not one.days.isdisjoint(other.days):
        return True
    if any(a.overlaps(b) for a in one.days for b in other.days):
        return True
    return any(same_number(a, b) for a in one.sample for b in other.sample)


def _of_one_order(one: Group, other: Group) -> bool:
    """May one act be told of by both, by the numbers of the same people that they give?"""
    shared = one.counts.keys() & other.counts.keys()
    return not any(far_off(a, b) for people in shared for a in one.counts[people] for b in other.counts[people])


def _coherent(one: Group, other: Group, scores: Mapping[Pair, float]) -> bool:
    """Do the members of two groups match on average?"""
    ids = [each.id for each in other.sample]
    pairs = [scores.get((a.id, b) if a.id < b else (b, a.id), _STRANGERS) for a in one.sample for b in ids]
    return sum(pairs) / len(pairs) >= _COHERENT
