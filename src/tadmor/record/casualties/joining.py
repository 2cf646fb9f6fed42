"""Tallies that turn out to be of the same victims, joined from the most alike down.

What came out first is linked while little is known: "hundreds" and "1,300" of one day start tallies of their own, until
others tell both. Two tallies are joined where, on average, each account of either would fit the other; rather so where
one document counts one of them, and another document the other, right beside a toll that is known to be one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import count, islice
from math import fsum
from typing import Protocol

from tadmor.record.casualties.accounts import RADIUS, Account
from tadmor.record.casualties.likeness import Evidence, added
from tadmor.record.casualties.recalled import Recalled
from tadmor.record.casualties.tally import Tally, joined, of_taken
from tadmor.record.tabled import may_meet

#: Mean log-odds from which two tallies are one: on the choosing incidents 0.5 has precision 0.959 and recall 0.781, 0.0
#: 0.957 and 0.804, -0.5 0.953 and 0.805. And the first accounts by which a tally is known.
_LEAST, _SAMPLE = 0.0, 8
#: Log-odds of the first account below which the rest is not looked at: it saves two thirds of the time, and no toll of
#: FA-KES changes.
_HOPELESS = -2.0


class Compared(Protocol):
    """What compares accounts with tallies."""

    @property
    def weights(self) -> Mapping[str, float]:
        """Of each piece of evidence."""

    @property
    def recalled(self) -> Recalled | None:
        """What was compared before."""

    def near(self, account: Account) -> set[int]:
        """The numbers of the tallies that an account may belong to."""

    def quiet(self, account: Account) -> frozenset[str]:
        """The large towns of an account that had been quiet."""

    def evidence(
        self, account: Account, tally: Tally, beside: Sequence[Account], quiet: frozenset[str] = frozenset()
    ) -> Evidence | None:
        """What speaks for and against an account being of a tally; `None` where it cannot be."""

    def are_parted(self, one: Tally, other: Tally) -> bool:
        """Did a person say that claims of both count different victims?"""


def all_joined(tallies: Sequence[Tally], compared: Compared) -> list[Tally]:
    """The tallies, those of the same victims joined, in the order in which they came up."""
    joins = _Joins(tallies, compared)
    while (pair := joins.next()) is not None:
        joins.join(*pair)
    return [joins.now[number] for number in sorted(joins.now)]


class _Joins:
    """The tallies as they are by now, and which pairs of them may be one, the most alike first."""

    def __init__(self, tallies: Sequence[Tally], compared: Compared) -> None:
        self.now = dict(enumerate(tallies))
        self._compared = compared
        self._beside: dict[int, set[int]] = {number: set() for number in self.now}
        self._waiting: list[tuple[float, int, int, int, Tally, Tally]] = []
        self._turn = count()  # of two entries on one pair that score alike, the earlier goes first
        self._company = _company_of(tallies)
        for number, tally in self.now.items():
            if not tally.accounts[0].long:
                for other in self._before(number, tally):
                    self._beside[number].add(other)
                    self._beside[other].add(number)
                    self._wait(other, number)

    def next(self) -> tuple[int, int] | None:
        """The pair that is most alike; `None` where none is alike enough."""
        while self._waiting:
            _, one, other, _, first, second = heappop(self._waiting)
            if self.now.get(one) is first and self.now.get(other) is second:
                return one, other
        return None

    def join(self, one: int, other: int) -> None:
        """Make one of two, under the number of the first."""
        self.now[one] = joined(self.now[one], self.now.pop(other))
        beside = (self._beside.pop(other) | self._beside[one]) - {one, other}
        self._beside[one] = beside
        for each in sorted(beside):
            self._beside[each] = (self._beside[each] | {one}) - {other}
        brought = self._in_company(one, other)
        for first, second in (*((one, each) for each in sorted(beside)), *brought):
            self._wait(min(first, second), max(first, second))

    def _in_company(self, one: int, other: int) -> list[tuple[int, int]]:
        """Two tallies' company becomes that of one; the pairs of tallies that have it in common by that."""
        mine, theirs = self._company[one] - {other}, self._company.pop(other) - {one}
        self._company[one] = mine | theirs
        for each in mine | theirs:
            self._company[each] = (self._company[each] - {other}) | {one}
        return [(first, second) for first in sorted(mine) for second in sorted(theirs & self._beside[first])]

    def _before(self, number: int, tally: Tally) -> list[int]:
        near = {each for account in tally.accounts[:_SAMPLE] for each in self._compared.near(account)}
        return sorted(each for each in near if each < number and not self.now[each].accounts[0].long)

    def _wait(self, one: int, other: int) -> None:
        first, second = self.now[one], self.now[other]
        score = self._known(first, second)
        if score is None:
            return
        if first.documents.isdisjoint(second.documents) and not self._company[one].isdisjoint(self._company[other]):
            score += self._compared.weights["company"]
        if score > _LEAST:
            heappush(self._waiting, (-score, one, other, next(self._turn), first, second))

    def _known(self, one: Tally, other: Tally) -> float | None:
        """The score of two tallies as it was reckoned before, or now; whom they keep company with apart."""
        recalled = self._compared.recalled
        if recalled is None:
            return self._score(one, other)
        return recalled.score(one, other, lambda: self._score(one, other))

    def _score(self, one: Tally, other: Tally) -> float | None:
        """How well on average the accounts of either fit the other; `None` where the two cannot be one."""
        if not may_meet(one.rows, other.rows) or self._compared.are_parted(one, other) or _told_apart(one, other):
            return None
        scores: list[float] = []
        for first, second in ((one, other), (other, one)):
            for account in first.accounts[:_SAMPLE]:
                evidence = self._compared.evidence(account, second, (), self._compared.quiet(account))
                if evidence is None:
                    return None
                taken = [each for each in second.accounts if each.document == account.document]
                scores.append(added(evidence | of_taken(account, taken, second), self._compared.weights))
                if scores[0] < _HOPELESS:
                    return None
        return fsum(scores) / len(scores)


def _told_apart(one: Tally, other: Tally) -> bool:
    """Does a document count both, by numbers of which none is the other's?"""
    known: dict[str, list[Account]] = defaultdict(list)
    for account in other.accounts:
        known[account.document].append(account)
    return any(
        bool(account.numbers and each.numbers) and account.numbers.isdisjoint(each.numbers)
        for account in one.accounts
        for each in known.get(account.document, ())
    )


def _company_of(tallies: Sequence[Tally]) -> dict[int, set[int]]:
    """Of each tally those that some document, or row of a table, counts right beside it."""
    told: dict[object, list[tuple[int, int, int]]] = defaultdict(list)
    for number, tally in enumerate(tallies):
        for account in tally.accounts:
            own = ((one.said.start, one.said.end, number) for one in account.told)
            told[account.document, account.told[0].row].extend(own)
    found: dict[int, set[int]] = {number: set() for number in range(len(tallies))}
    for mentions in map(sorted, told.values()):
        for at, (_, end, one) in enumerate(mentions):
            for start, _, other in islice(mentions, at + 1, None):
                if start - RADIUS > end:
                    break
                found[one].add(other)
                found[other].add(one)
    return {number: company - {number} for number, company in found.items()}
