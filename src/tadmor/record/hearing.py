"""What is new in what a voice says, and where a change may be looked for."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import exp
from typing import NamedTuple

from tadmor.record.independence import Voices
from tadmor.record.states import Says, Target
from tadmor.record.turns import Observation, Turn

#: Chance a day that a place's state is drawn afresh, nothing being told: once in two years. Towns that are fought over
#: change hands more seldom than that (once in eight years of the spells in `quality/known.toml`), but claims of a state
#: stand for changes that nobody told. Chosen on one half of that list, among twice a year to once in four years.
HAZARD = 1 / 720
#: Chance that the state was drawn afresh in days in which a change is told of, before the telling itself is weighed.
#: Chosen as the hazard was, among 0.5 to 0.97; that it should hang on who tells of the change found no more, on
#: the list of forty and on that of 146.
TOLD = 0.9
#: A change that is told with less weight than this (r = 0.59) is no more likely than one that nobody tells of. Of 183
#: days of the half for choosing 94 were right with it, 91 without, and one change more was found.
RUMOUR = 0.35
#: Days after which a voice's repetition of the same state counts as about two thirds of a new report.
MEMORY = 180.0
#: Share left to what a voice tells of the fight for a place whose holder at the end of the same day it also names.
ON_THE_WAY = 0.3


class Word(NamedTuple):
    """What is new in what one voice says of a day, in log-odds."""

    voice: str
    observation: Observation
    weight: float


def heard(observations: Sequence[Observation], turns: Sequence[Turn], voices: Voices) -> list[Word]:
    """Each observation with the weight that is new in it.

    What a voice has said of the same state before, with no change told of and no other holder named by it in between,
    is taken off, fading with the days since; of several on one day the heaviest counts. What it says of the time before
    a change is told with the change, and stands beside what it says of later days.
    """
    epochs, ends, whole = _epochs(turns), _ends(observations, voices), _held_whole(observations)
    last: dict[tuple[str, Target, bool, int], tuple[date, float]] = {}
    otherwise = _holders_told(observations, voices)
    out: list[Word] = []
    for one in sorted(observations, key=lambda each: (each.day, -each.value, each.statement.id, each.follows)):
        voice = voices.key(one.statement.claim)
        key = (voice, one.target, one.follows, bisect_right(epochs, one.day))
        step = _is_step(one, ends.get((voice, one.day), frozenset())) or _is_part_of(one, whole)
        value = one.value * (ON_THE_WAY if step else 1.0)
        day, known = last.get(key, (one.day, 0.0))
        if _said_otherwise(one, day, otherwise.get(voice, ())):
            known = 0.0  # it tells of a new change, or of the state after it
        known *= exp(-(one.day - day).days / MEMORY)
        last[key] = (one.day, max(known, value))
        if value > known:
            out.append(Word(voice, one, value - known))
    return out


def _holders_told(observations: Sequence[Observation], voices: Voices) -> dict[str, list[tuple[date, str | None]]]:
    """The days on which each voice says that a camp holds the whole place, and the camp, in order of day.

    From whom a place was taken is told as well; what is only supposed of it is not.
    """
    told: dict[str, set[tuple[date, str | None]]] = defaultdict(set)
    for one in observations:
        said = one.follows or not one.statement.supposed
        if said and one.target.says is Says.HELD and one.target.holds:
            told[voices.key(one.statement.claim)].add((one.day, one.target.camp))
    return {voice: sorted(days, key=lambda each: each[0]) for voice, days in told.items()}


def _said_otherwise(one: Observation, since: date, told: Sequence[tuple[date, str | None]]) -> bool:
    """Has the voice told of another holder between its last word for this one and now?"""
    if one.target.says is not Says.HELD or not one.target.holds or since == one.day:
        return False
    first, after = bisect_right(told, since, key=_day), bisect_left(told, one.day, key=_day)
    return any(camp != one.target.camp for _, camp in told[first:after])


def _day(told: tuple[date, str | None]) -> date:
    return told[0]


def _held_whole(observations: Sequence[Observation]) -> frozenset[tuple[date, str | None]]:
    """The days on which any voice tells of a camp's taking the whole place, and the camp."""
    return frozenset(
        (one.day, one.target.camp)
        for one in observations
        if one.follows and one.statement.turns and one.target.says is Says.HELD and one.target.holds
    )


def _is_part_of(one: Observation, whole: frozenset[tuple[date, str | None]]) -> bool:
    """Is it a part that a camp took on the day on which it is told to have taken the whole?"""
    return one.target.says is Says.PART and one.target.holds and (one.day, one.target.camp) in whole


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


def jumps_between(days: Sequence[date], turns: Sequence[Turn], voices: Voices) -> list[float]:
    """The chance of a change between each day and the one before."""
    jumps = untold(days)
    for turn in turns:
        if _weight(turn, voices) < RUMOUR:
            continue
        for number, share in _within(days, turn):
            jumps[number] = max(jumps[number], 1 - (1 - TOLD) ** share)
    return jumps


def _weight(turn: Turn, voices: Voices) -> float:
    """What the voices that tell of a change weigh together, in log-odds."""
    heaviest: dict[str, float] = {}
    for one in turn.statements:
        voice = voices.key(one.claim)
        heaviest[voice] = max(heaviest.get(voice, 0.0), one.weighed.value)
    return sum(heaviest.values())


def untold(days: Sequence[date]) -> list[float]:
    """The chance of a change between each day and the one before, of which nothing is told."""
    return [0.0, *(1 - (1 - HAZARD) ** (day - before).days for before, day in pairwise(days))]


def _within(days: Sequence[date], turn: Turn) -> Iterator[tuple[int, float]]:
    """Numbers of the days that lie in those of a change, each with the share of the change's days since the last."""
    first, last = max(bisect_left(days, turn.interval.start), 1), bisect_left(days, turn.interval.last)
    for number in range(first, last + 1):
        start = max(days[number - 1].toordinal(), turn.interval.start.toordinal() - 1)
        yield number, (days[number].toordinal() - start) / turn.interval.days
