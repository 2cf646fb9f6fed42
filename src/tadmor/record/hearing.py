"""What is new in what a voice says, and where a change may be looked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import exp

from tadmor.record.independence import Voices
from tadmor.record.states import Says, Target
from tadmor.record.turns import Observation, Turn

#: Chance a day that a place's state is drawn afresh, nothing being told: twice a year, so that two reports months apart
#: that name different holders are read as a change rather than an error of one. To be learned from the case.
HAZARD = 1 / 180
#: Chance that the state was drawn afresh in days in which a change is told of, before the telling itself is weighed.
TOLD = 0.7
#: Days after which a voice's repetition of the same state counts as about two thirds of a new report.
MEMORY = 180.0
#: Share left to what a voice tells of the fight for a place whose holder at the end of the same day it also names.
ON_THE_WAY = 0.3


def heard(
    observations: Sequence[Observation], turns: Sequence[Turn], voices: Voices
) -> list[tuple[Observation, float]]:
    """Each observation with the weight that is new in it.

    What a voice has said of the same state before, with no change told of in between, is taken off, fading with the
    days since; of several on one day the heaviest counts. What it says of the time before a change
    is told with the change, and stands beside what it says of later days.
    """
    epochs, ends = _epochs(turns), _ends(observations, voices)
    last: dict[tuple[str, Target, bool, int], tuple[date, float]] = {}
    out: list[tuple[Observation, float]] = []
    for one in sorted(observations, key=lambda each: (each.day, -each.value, each.statement.id, each.follows)):
        voice = voices.key(one.statement.claim)
        key = (voice, one.target, one.follows, bisect_right(epochs, one.day))
        value = one.value * (ON_THE_WAY if _is_step(one, ends.get((voice, one.day), frozenset())) else 1.0)
        day, known = last.get(key, (one.day, 0.0))
        known *= exp(-(one.day - day).days / MEMORY)
        last[key] = (one.day, max(known, value))
        if value > known:
            out.append((one, value - known))
    return out


def _ends(observations: Sequence[Observation], voices: Voices) -> dict[tuple[str, date], frozenset[str | None]]:
    """The camps that each voice says to hold the whole place at the end of a day."""
    ends: dict[tuple[str, date], frozenset[str | None]] = {}
    for one in observations:
        if one.follows and one.target.says is Says.HELD and one.target.holds:
            key = (voices.key(one.statement.claim), one.day)
            ends[key] = ends.get(key, frozenset()) | {one.target.camp}
    return ends


def _is_step(one: Observation, ends: frozenset[str | None]) -> bool:
    """Is it a step on the way to what the same voice says of the end of the same day: the fight, a part, a setback?"""
    if not one.follows or not ends:
        return False
    return one.target.says in (Says.PART, Says.CONTESTED) or (not one.target.holds and one.target.camp in ends)


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
