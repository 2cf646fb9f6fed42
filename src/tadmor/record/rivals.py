"""Who fights whom in a story: who lost a place that is only said to be taken, who took one that is only said to fall.

"The army captured Harna" names no loser, "Harna was liberated" no gainer; yet the same document tells of the same
weeks who else holds and takes places there. Where that is one camp, it is supposed to be the other side here too. What
is first told of a place is that somebody else than the country's state took it: then that had held it, as states hold
their ground until told otherwise.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tadmor.datamodel.actors import ActorKind
from tadmor.record.camps import camp_of
from tadmor.record.evidence import Statement
from tadmor.record.states import Says, Target

#: Days before and after within which a story tells of one fight. By judgement, as is the next; on the half for choosing
#: of `quality.known` half or twice the days, and shares of 0.6 to 0.9, do as well.
_NEAR = timedelta(days=30)
#: Share of what is told of others that has to be of one camp, and how often it has to be told of.
_MOSTLY, _TWICE = 0.75, 2
#: Reports of a first capture differ by so much. By judgement.
_AT_FIRST = timedelta(days=3)


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

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._homes = _homes_of(statements)
        self._named: dict[str, list[_Named]] = defaultdict(list)
        for one in statements:
            self._named[one.claim.claim.document].extend(_named(one))

    def taking(self, one: Statement, loser: str) -> str | None:
        """The only other camp that the story tells then to take places, else the only other that it tells of at all."""
        return self._most(one, loser, gains=True)

    def holding(self, one: Statement, gainer: str) -> str | None:
        """The only other camp told then to hold places or to lose them, else the only other told of at all."""
        return self._most(one, gainer, gains=False)

    def _most(self, one: Statement, camp: str, *, gains: bool) -> str | None:
        told = [each for each in self._named.get(one.claim.claim.document, ()) if each.camp != camp]
        near = [each for each in told if each.gains is gains and _gap(each.day, one) <= _NEAR]
        others = Counter(each.camp for each in near or told)
        if not others:
            return None
        rival, times = min(others.items(), key=lambda pair: (-pair[1], pair[0]))
        return rival if times >= _TWICE and times >= _MOSTLY * others.total() else None

    def supposed(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements; where they name no loser of a gain, or no gainer of a loss, the rival stands for him."""
        first = _first_days(statements)
        return [self._with_loser(self._with_gainer(one), first[one.place.id]) for one in statements]

    def _with_gainer(self, one: Statement) -> Statement:
        loss = one.turns and one.dated and one.after is not None and one.after.says is Says.HELD
        loss = loss and one.before is not None  # of a withdrawal nobody says that who left had held it
        if not loss or one.after is None or one.after.holds or one.after.camp is None or one.siege is not None:
            return one
        rival = self.taking(one, one.after.camp)
        return one if rival is None else one._replace(after=Target(Says.HELD, rival))

    def _with_loser(self, one: Statement, first: date) -> Statement:
        gain = one.turns and one.dated and one.after is not None and one.after.says is Says.HELD and one.after.holds
        if not gain or one.after is None or one.after.camp is None or (one.before is not None and one.before.holds):
            return one
        is_first = one.interval.start - first <= _AT_FIRST and one.place.relative_to is None
        home = self._homes.get(one.place.country) if is_first else None
        rival = home if home not in (None, one.after.camp) else self.holding(one, one.after.camp)
        return one if rival is None else one._replace(before=Target(Says.HELD, rival), supposed=True)


def _first_days(statements: Iterable[Statement]) -> dict[str, date]:
    """The first day that anything is told of each place."""
    first: dict[str, date] = {}
    for one in statements:
        first[one.place.id] = min(first.get(one.place.id, one.interval.start), one.interval.start)
    return first


def _homes_of(statements: Iterable[Statement]) -> dict[str | None, str]:
    """The state of each country, where the claims name it."""
    named = (actor for one in statements for actors in one.claim.actors.values() for actor in actors)
    return {actor.country: actor.id for actor in named if actor.kind is ActorKind.STATE and camp_of(actor) == actor.id}


def _named(one: Statement) -> Iterator[_Named]:
    for target in (one.after, one.before, one.siege):
        if target is not None and target.camp is not None and (target.holds or target is not one.before):
            gains = target is one.after and one.turns and target.holds
            yield _Named(one.interval.last, target.camp, gains)


def _gap(day: date, one: Statement) -> timedelta:
    return max(one.interval.start - day, day - one.interval.last, timedelta())
