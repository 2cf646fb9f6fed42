"""How a place's state may have changed between two days: of itself, and by the changes that are told of.

Nothing being told, a state is drawn afresh once in a long while. A change that is told of carries whoever held the
place over to what it tells, as surely as it is told; with the rest of the chance nothing happened. So a change told
again, or of a place that is so already, unsettles nothing, and an idle word does not undo what many said.

In odds: what several say of one step adds up, each with the odds q / (1 - q) that its change came about.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from tadmor.record.hearing import Word
from tadmor.record.odds import probability
from tadmor.record.states import Target
from tadmor.record.turns import Turn

if TYPE_CHECKING:
    from tadmor.record.chain import Array

#: Chance a day that a place's state is drawn afresh, nothing being told: once in two years. Towns that are fought over
#: change hands more seldom than that (once in eight years of the spells in `quality/known.toml`), but claims of a state
#: stand for changes that nobody told. Chosen on one half of that list, among twice a year to once in four years.
HAZARD = 1 / 720
#: What is left of a doubt, at least: for numbers that can be reckoned with.
_LEAST = 1e-12
#: A change that is told may have come about though not every word of it is right: the power to which the chance that
#: they are is taken. Chosen on the half for choosing of `quality.known`, among 0.6 to 1.
TRUST = 0.8


class Landing(NamedTuple):
    """What a change leads to: probabilities of the states after it, and how far it takes each state before it along."""

    draw: "Array"
    leaving: "Array"


class Told(NamedTuple):
    """A change by all who tell of it: the days in which it came about, and the chance that all of them err."""

    turn: Turn
    untrue: float


def told_of(words: Iterable[Word], turns: Sequence[Turn]) -> list[Told]:
    """The changes that words tell of, each by all its voices, in the order of `turns`."""
    number = turn_of(turns)
    said: dict[int, dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    for word in words:
        if is_turning(word, number):
            said[number[word.observation.statement.id]][word.voice].append(word)
    return [Told(turns[at], _untrue(said[at].values())) for at in sorted(said)]


def turn_of(turns: Sequence[Turn]) -> dict[str, int]:
    """The number of the change that each statement tells of, by statement id."""
    return {one.id: number for number, turn in enumerate(turns) for one in turn.statements}


def is_turning(word: Word, number: Mapping[str, int]) -> bool:
    """Does a word tell of one of these changes, rather than of what was before it or of a state?"""
    return word.observation.follows and word.observation.statement.id in number


def _untrue(voices: Iterable[Sequence[Word]]) -> float:
    """The chance that every voice that tells of a change errs."""
    untrue = 1.0
    for true in sorted(map(_true, voices)):
        untrue *= 1 - true**TRUST
    return max(untrue, _LEAST)


def _true(words: Sequence[Word]) -> float:
    """The chance that what a voice says is true and was read aright; its weight tells how much of it is new."""
    right = max(word.observation.statement.weighed.right for word in words)
    information = probability(fsum(word.weight for word in words)) - 0.5
    return right * min(max(information / (right - 0.5), 0.0), 1.0) if right > 0.5 else 0.0


def steps(
    days: Sequence[date], told: Iterable[Told], landing: Callable[[Target], Landing], resting: "Array", rates: "Array"
) -> "tuple[Array, Array]":
    """The chance of each state to last from the day before to each day, and what follows where it does not.

    Args:
        days: in order.
        told: changes told of.
        landing: what a change leads to.
        resting: probabilities of the states after a change that nobody tells of.
        rates: how many times as soon as others each state is left when nothing is told.

    Returns:
        Both days x states; in the first row only what is told of that day.
    """
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    silent = np.array([0.0, *(1 - (1 - HAZARD) ** (day - before).days for before, day in pairwise(days))])
    silent = np.minimum(silent, 1 - _LEAST)
    leaving = (1 - silent)[:, None] ** -rates - 1
    drawn = (1 / (1 - silent) - 1)[:, None] * resting
    for one in told:
        lands = landing(one.turn.target)
        for number, share in within(days, one.turn):
            odds = one.untrue**-share - 1
            leaving[number] += odds * lands.leaving
            drawn[number] += odds * lands.draw
    total = drawn.sum(axis=1, keepdims=True)
    draws = np.where(total > 0, drawn / np.where(total > 0, total, 1.0), resting)
    return 1 / (1 + leaving), draws


def within(days: Sequence[date], turn: Turn) -> Iterator[tuple[int, float]]:
    """Numbers of the days that lie in those of a change, each with the share of the change's days since the last."""
    first, last = bisect_left(days, turn.interval.start), bisect_left(days, turn.interval.last)
    for number in range(first, last + 1):
        start = turn.interval.start.toordinal() - 1
        start = max(days[number - 1].toordinal(), start) if number else start
        yield number, (days[number].toordinal() - start) / turn.interval.days
