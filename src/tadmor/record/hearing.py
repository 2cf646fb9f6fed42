"""What is new in what a voice says."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import exp
from typing import NamedTuple

from tadmor.dictionaries.names import fold
from tadmor.record.independence import Voices
from tadmor.record.reliability import weight
from tadmor.record.states import Says, Target
from tadmor.record.turns import Observation, Turn

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
    is taken off, fading with the days since; of several sentences that say so each makes the reading surer (`_Known`).
    What it says of the time before a change is told with the change, and stands beside what it says of later days.
    What another took from it tells nothing that it had not told.
    """
    observations = [one for one in observations if not voices.tells_again(one.statement.claim)]
    epochs, ends, whole = _epochs(turns), _ends(observations, voices), _held_whole(observations)
    last: dict[tuple[str, Target, bool, int], _Known] = {}
    otherwise = _holders_told(observations, voices)
    out: list[Word] = []
    for one in sorted(observations, key=lambda each: (each.day, -each.value, each.statement.id, each.follows)):
        voice = voices.key(one.statement.claim)
        key = (voice, one.target, one.follows, bisect_right(epochs, one.day))
        step = _is_step(one, ends.get((voice, one.day), frozenset())) or _is_part_of(one, whole)
        known = last.get(key, _Known(one.day))
        if _said_otherwise(one, known.day, otherwise.get(voice, ())):
            known = _Known(one.day)  # it tells of a new change, or of the state after it
        known = known.fading(one.day)
        value = one.value * (ON_THE_WAY if step else 1.0)
        now = last[key] = known.hearing(one, value, taken=voices.takes(one.statement.claim))
        if now.weight > known.weight:
            out.append(Word(voice, one, now.weight - known.weight))
    return out


class _Known(NamedTuple):
    """What a voice has said of a state by some day: its weight, and the chance that no sentence of it was read aright.

    A voice that says a thing twice errs the same way twice, but whoever reads it does not: each further sentence makes
    it surer that the voice says so, up to what the voice itself is worth. What others take from it is no such sentence.
    """

    day: date
    weight: float = 0.0
    unread: float = 1.0
    quotes: frozenset[str] = frozenset()

    def fading(self, day: date) -> "_Known":
        left = exp(-(day - self.day).days / MEMORY)
        return _Known(day, self.weight * left, self.unread**left, self.quotes)

    def hearing(self, one: Observation, value: float, *, taken: bool) -> "_Known":
        weighed, quote = one.statement.weighed, fold(one.statement.claim.claim.quote)
        once = weight(weighed.right, weighed.sure)
        if taken or quote in self.quotes or not once:
            return self._replace(weight=max(self.weight, value))
        unread = self.unread * (1 - weighed.sure)
        together = value / once * weight(weighed.right, 1 - unread)
        return _Known(self.day, max(self.weight, value, together), unread, self.quotes | {quote})


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
