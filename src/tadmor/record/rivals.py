"""Who fights whom in a story: who lost a place that is only said to be taken, who took one that is only said to fall.

"The army captured Harna" names no loser, "Harna was liberated" no gainer; yet the same document tells of the same
weeks who else holds and takes places there. Where that is one camp, it is supposed to be the other side here too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tadmor.record.evidence import Statement
from tadmor.record.states import Says, Target

#: Days before and after within which a story tells of one fight. By judgement, as is the next.
_NEAR = timedelta(days=30)
#: Share of what is told of others that has to be of one camp, and how often it has to be told of.
_MOSTLY, _TWICE = 0.75, 2


class _Named(NamedTuple):
    """A camp that a document tells of on a day, and whether it is said to have taken something."""

    day: date
    camp: str
    gains: bool


class Rivals:
    """The camps that each document tells of.

    Args:
        statements: of all places.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._named: dict[str, list[_Named]] = defaultdict(list)
        for one in statements:
            self._named[one.claim.claim.document].extend(_named(one))

    def of(self, one: Statement, camp: str, *, gaining: bool = False) -> str | None:
        """The only other camp that the story tells of then; with `gaining`, of those that it says to take places."""
        first, last = one.interval.start, one.interval.last
        others = Counter(
            each.camp
            for each in self._named.get(one.claim.claim.document, ())
            if each.camp != camp and (each.gains or not gaining) and _gap(each.day, first, last) <= _NEAR
        )
        if not others:
            return None
        rival, times = min(others.items(), key=lambda pair: (-pair[1], pair[0]))
        return rival if times >= _TWICE and times >= _MOSTLY * others.total() else None

    def supposed(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements, gains of which no loser is named, and losses without a gainer, with the rival in that part."""
        return [self._with_loser(self._with_gainer(one)) for one in statements]

    def _with_gainer(self, one: Statement) -> Statement:
        loss = one.turns and one.dated and one.after is not None and one.after.says is Says.HELD
        if not loss or one.after is None or one.after.holds or one.after.camp is None or one.siege is not None:
            return one
        rival = self.of(one, one.after.camp, gaining=True)
        return one if rival is None else one._replace(after=Target(Says.HELD, rival))

    def _with_loser(self, one: Statement) -> Statement:
        gain = one.turns and one.dated and one.after is not None and one.after.says is Says.HELD and one.after.holds
        if not gain or one.after is None or one.after.camp is None or (one.before is not None and one.before.holds):
            return one
        rival = self.of(one, one.after.camp)
        return one if rival is None else one._replace(before=Target(Says.HELD, rival), supposed=True)


def _named(one: Statement) -> Iterator[_Named]:
    for target in (one.after, one.before, one.siege):
        if target is not None and target.camp is not None and (target.holds or target is not one.before):
            gains = target is one.after and one.turns and target.holds
            yield _Named(one.interval.last, target.camp, gains)


def _gap(day: date, first: date, last: date) -> timedelta:
    return max(first - day, day - last, timedelta())
