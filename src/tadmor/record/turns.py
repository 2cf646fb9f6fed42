"""What control claims say of single days: changes told of, and who held the place before, in and after them.

A claim that a place changed hands within some days says two things: that the new holder had it when those days ended,
and that somebody else had it before they began. A claim that it was held says one. Claims of the same change are first
brought together, so that "last March" and "27 March" tell of one change on the day that both allow.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tadmor.datamodel.times import DAY, Extent, Interval
from tadmor.record.evidence import Statement, is_loose
from tadmor.record.states import Says, Target

#: What a change says of the day before it, as a share of what it says of the days after: where the loser is named, and
#: where it is only said that the gainer did not have it: a capture misdated by a writer should not undo an earlier one.
#: On the half for choosing of `quality.known` from 0.75 to 2, and from 0.2 to 3, changes and days hardly differ.
BEFORE = 1.0
NOT_YET = 0.4
#: The same where the loser is not named but supposed from the rest of the story. Chosen on one half of the list of
#: `quality.known`, among 0.3 to 0.9, which hardly differ.
SUPPOSED = 0.7
#: Share of the weight left to a change without a day of its own: told as news ("has retaken"), and in passing.
AS_NEWS = 0.8
UNDATED = 0.4
#: Share left to a change told of a stretch of days in which another change is told of: which came last is not said.
UNORDERED = 0.4
#: A place told to be held on some day inside a long stretch may be so on any of them: the information left halves with
#: every tenfold of a week.
_WEEK = 7.0


class Observation(NamedTuple):
    """What one claim says of one day; `share` of the claim's weight is in it."""

    day: date
    target: Target
    share: float
    statement: Statement
    follows: bool  # it says what is so from that day on, rather than what was so until then

    @property
    def value(self) -> float:
        """Weight in log-odds for the proposition."""
        return self.share * self.statement.weighed.value


class Turn(NamedTuple):
    """One change that claims tell of: the days that all of them allow.

    `ordered` is `False` where another change is told to have ended inside its days: which came last is not said.
    """

    target: Target
    interval: Interval
    statements: tuple[Statement, ...]
    ordered: bool = True


def turns_of(statements: Sequence[Statement]) -> list[Turn]:
    """The changes that the statements of one place tell of.

    Statements of the same change are brought together, those with a day of their own first, from the narrowest to the
    widest: each joins the turn with which it shares most days, then the earliest, and the turn keeps the days common to
    both; where it shares no day with any, it opens one.
    """
    turns: list[_Gathering] = []
    by_day: dict[tuple[Target, date], list[_Gathering]] = defaultdict(list)
    changes = [(one, one.after) for one in statements if one.turns and one.siege is None and one.after is not None]
    for one, after in sorted(changes, key=lambda pair: _narrowest(pair[0])):
        days = [one.interval.start + DAY * number for number in range(one.interval.days)]
        if one.claim.when is not None and is_loose(one.claim.when):  # "recently" reaches back further
            days = [one.interval.start - DAY * number for number in range(one.interval.days, 0, -1)] + days
        near = {id(turn): turn for day in days for turn in by_day[after, day]}
        found = [(*_shared(turn.interval, days), turn.number, turn) for turn in near.values()]
        if found:
            *_, turn = min(found, key=lambda each: each[:3])
            turn.interval = turn.interval.intersection(one.interval) or turn.interval
            turn.statements.append(one)
            continue
        turns.append(_Gathering(len(turns), after, one.interval, [one]))
        for day in days:
            by_day[after, day].append(turns[-1])
    done = [Turn(turn.target, turn.interval, tuple(turn.statements)) for turn in turns]
    return sorted(_ordered(done), key=lambda turn: (turn.interval, min(one.id for one in turn.statements)))


def _ordered(turns: Sequence[Turn]) -> Iterator[Turn]:
    """The changes, those in whose days another ends cut off at the last day of the other: there the two compete."""
    ends = sorted((turn.interval.last, number) for number, turn in enumerate(turns))
    days = [day for day, _ in ends]
    for turn in turns:
        inside = ends[bisect_right(days, turn.interval.start) : bisect_left(days, turn.interval.last)]
        rivals = [day for day, number in inside if turns[number].target != turn.target]
        if rivals:
            yield turn._replace(interval=Interval(turn.interval.start, rivals[-1] + DAY), ordered=False)
        else:
            yield turn


class _Gathering(msgspec.Struct):
    """A turn while statements are still joining it; looked up by the days it opened with."""

    number: int
    target: Target
    interval: Interval
    statements: list[Statement]


def _shared(interval: Interval, days: Sequence[date]) -> tuple[int, date]:
    """Order of preference among turns: the most days shared, then the earliest."""
    common = interval.intersection(Interval(days[0], days[-1] + DAY))
    return (-common.days if common is not None else 0), interval.start


def _narrowest(one: Statement) -> tuple[bool, int, Interval, str]:
    return not one.dated, one.interval.days, one.interval, one.id


def observations_of(statements: Sequence[Statement], turns: Sequence[Turn]) -> list[Observation]:
    """What the statements of one place say of which days, in order of day and claim id."""
    out = [each for turn in turns for each in _of_turn(turn)]
    told_in = _by_document(turns)
    for one in statements:
        if one.after is None or (one.turns and one.siege is None):
            continue
        if one.bygone:
            out.append(Observation(one.interval.start - DAY, one.after, BEFORE, one, False))
            continue
        beside = _beside(one, told_in.get(one.claim.claim.document, ()))
        if beside is not None:
            out.append(Observation(beside.interval.start - DAY, one.after, BEFORE, one, False))
            continue
        out.extend(Observation(day, one.after, share, one, True) for day, share in held_on(one))
    return sorted(out, key=lambda each: (each.day, each.statement.id, each.follows))


def _of_turn(turn: Turn) -> Iterator[Observation]:
    for one in turn.statements:
        share = _currency(one) * (1.0 if turn.ordered else UNORDERED)
        yield Observation(turn.interval.last, turn.target, share, one, True)
        if one.before is not None and turn.ordered:
            share = SUPPOSED if one.supposed else BEFORE if one.before.holds else NOT_YET
            yield Observation(turn.interval.start - DAY, one.before, share, one, False)


def _by_document(turns: Iterable[Turn]) -> dict[str, list[Turn]]:
    told_in: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        for document in {one.claim.claim.document for one in turn.statements}:
            told_in[document].append(turn)
    return told_in


def _beside(one: Statement, turns: Sequence[Turn]) -> Turn | None:
    """The change that the same document tells of the same days, and that ends the state this statement speaks of.

    "After seizing the rebel-held town": the rebels held it until then.
    """
    if one.after is None or one.after.says is not Says.HELD or not one.after.holds or one.siege is not None:
        return None
    ending = [
        turn
        for turn in turns
        if turn.target.says is Says.HELD
        and turn.interval.overlaps(one.interval)
        and (turn.target.camp != one.after.camp if turn.target.holds else turn.target.camp == one.after.camp)
    ]
    return min(ending, key=lambda turn: turn.interval) if ending else None


def _currency(one: Statement) -> float:
    """A change told without a day may be long past and undone since; one told as news is not."""
    if one.dated:
        return 1.0
    return UNDATED if one.claim.when is None else AS_NEWS


def held_on(one: Statement) -> list[tuple[date, float]]:
    """The days that a told state is evidence for, each with the share of the weight.

    A state told of a whole stretch counts on its first and last day; one told of some day in it, on the middle one.
    """
    if is_throughout(one):
        return [(one.interval.start, 1.0), (one.interval.last, 1.0)]
    middle = one.interval.start + (one.interval.last - one.interval.start) // 2
    return [(middle, min(1.0, (_WEEK / one.interval.days) ** 0.3))]


def is_throughout(one: Statement) -> bool:
    """Is it told of all of a stretch of days ("since March"), rather than of some day in it?"""
    when = one.claim.when
    return when is not None and when.extent is Extent.THROUGHOUT and one.interval.days > 1
