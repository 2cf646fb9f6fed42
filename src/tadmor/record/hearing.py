"""What is new in what a voice says, and where a change may be looked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import exp

from tadmor.record.evidence import Observation, Turn
from tadmor.record.independence import Voices
from tadmor.record.states import Target

#: Chance a day that a place's state is drawn afresh, nothing being told: twice a year, so that two reports months apart
#: that name different holders are read as a change rather than an error of one. To be learned from the case.
HAZARD = 1 / 180
#: Chance that the state was drawn afresh in days in which a change is told of, before the telling itself is weighed.
TOLD = 0.7
#: Days after which a voice's repetition of the same state counts as about two thirds of a new report.
MEMORY = 365.0


def heard(
    observations: Sequence[Observation], turns: Sequence[Turn], voices: Voices
) -> list[tuple[Observation, float]]:
    """Each observation with the weight that is new in it.

    What a voice has said of the same state before, with no change told of in between, is taken off, fading with the
    days since; of several on one day the heaviest counts.
    """
    epochs = _epochs(turns)
    last: dict[tuple[str, Target, int], tuple[date, float]] = {}
    out: list[tuple[Observation, float]] = []
    for one in sorted(observations, key=lambda each: (each.day, -each.value, each.statement.id, each.follows)):
        key = (voices.key(one.statement.claim), one.target, bisect_right(epochs, one.day))
        day, known = last.get(key, (one.day, 0.0))
        known *= exp(-(one.day - day).days / MEMORY)
        last[key] = (one.day, max(known, one.value))
        if one.value > known:
            out.append((one, one.value - known))
    return out


def _epochs(turns: Sequence[Turn]) -> list[date]:
    """The days on which the state told of becomes another."""
    days: list[date] = []
    before: Target | None = None
    for turn in sorted(turns, key=lambda one: one.interval.last):
        if turn.target != before:
            days.append(turn.interval.last)
        before = turn.target
    return days


def jumps_between(days: Sequence[date], turns: Sequence[Turn]) -> list[float]:
    """The chance of a change between each day and the one before."""
    jumps = [1 - (1 - HAZARD) ** (day - before).days for before, day in pairwise(days)]
    jumps.insert(0, 0.0)
    index = {day: number for number, day in enumerate(days)}
    for turn in turns:
        first = bisect_left(days, turn.interval.start)
        for number in range(max(first, 1), index[turn.interval.last] + 1):
            start = max(days[number - 1].toordinal(), turn.interval.start.toordinal() - 1)
            share = (days[number].toordinal() - start) / turn.interval.days
            jumps[number] = max(jumps[number], 1 - (1 - TOLD) ** share)
    return jumps
