"""Who besieged a place and when: a chain of its own beside that of who holds it.

Two states a besieger, *not besieged* and *besieged*; the evidence is what voices say of it, weighed as in `control`. A
siege begins with the first day it is told of and lasts until it is told to be broken or the place changes hands; where
the place goes on being told of for longer than `FORGOTTEN` and its siege does not, that long after the last word on it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tadmor.datamodel.times import DAY, Interval
from tadmor.record.chain import Chain, smoothed
from tadmor.record.evidence import Statement
from tadmor.record.hearing import heard
from tadmor.record.independence import Voices
from tadmor.record.states import Says, Target
from tadmor.record.turning import Landing, is_turning, steps, told_of, turn_of
from tadmor.record.turns import Observation, Turn, held_on

if TYPE_CHECKING:
    from tadmor.record.chain import Array


#: Sieges of cities last from weeks to years and are the news all along; the length is set by judgement.
FORGOTTEN = timedelta(days=365)


class Siege(NamedTuple):
    """One siege: `end` is the last day it held, `None` where no end is told."""

    besieger: str | None  # `None`: nobody says who
    start: date
    end: date | None
    change: Interval | None
    confidence: float
    observations: tuple[Observation, ...]


def sieges_of(statements: Sequence[Statement], voices: Voices) -> list[Siege]:
    """The sieges of one place, in order."""
    told: dict[str | None, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.siege is not None:
            told[one.siege.camp].append(one)
    unnamed = told.pop(None, [])  # told of whoever besieges the place
    if not told:
        told[None] = []
    found = [siege for camp, own in told.items() for siege in _by(camp, [*own, *unnamed], voices)]
    last = max((one.interval.last for one in statements), default=date.min)
    return sorted((_ended(siege, last) for siege in found), key=_first)


def garrisoned(observations: Sequence[Observation], sieges: Sequence[Siege]) -> list[Observation]:
    """The observations, with the part that the besieged hold as the whole: it is all they have, and no contest."""
    return [
        one._replace(target=one.target._replace(says=Says.HELD)) if _is_inside(one, sieges) else one
        for one in observations
    ]


def _is_inside(one: Observation, sieges: Sequence[Siege]) -> bool:
    """Is it of a part that another than the besieger holds during a siege, rather than of taking one?"""
    if one.target.says is not Says.PART or not one.target.holds or one.statement.turns:
        return False
    return any(
        siege.besieger != one.target.camp and siege.start <= one.day and (siege.end is None or one.day <= siege.end)
        for siege in sieges
    )


def _ended(siege: Siege, last: date) -> Siege:
    """A siege with an end where the place was told of long after its last word and nobody spoke of it any more."""
    forgotten = max(one.statement.interval.last for one in siege.observations) + FORGOTTEN
    if forgotten >= last or (siege.end is not None and siege.end <= forgotten):
        return siege
    return siege._replace(end=forgotten)


def _first(siege: Siege) -> tuple[date, float, str, str]:
    """Order of sieges: by day, the surer first; of equals, by words, which stay the same when they are repeated."""
    claims = [one.statement.claim for one in siege.observations]
    words = min(claim.claim.quote for claim in claims)
    return siege.start, -round(siege.confidence, 9), words, min(claim.id for claim in claims)


def _by(camp: str | None, statements: Sequence[Statement], voices: Voices) -> list[Siege]:
    """The sieges by one camp."""
    observations = sorted(
        (each for one in statements for each in _observed(one, camp)),
        key=lambda each: (each.day, each.statement.id),
    )
    turns = [Turn(one.target, one.statement.interval, (one.statement,)) for one in observations if one.statement.turns]
    days = sorted({one.day for one in observations})
    table = _table(days, observations, turns, voices)
    runs: list[list[int]] = []
    for row in range(len(days)):
        if table[row, 1] > 0.5:
            if row and table[row - 1, 1] > 0.5 and days[row] - days[row - 1] <= FORGOTTEN:
                runs[-1].append(row)
            else:
                runs.append([row])
    return [_siege(camp, days, run, table, observations) for run in runs]


def _observed(one: Statement, camp: str | None) -> list[Observation]:
    """What a statement says of which days, for one besieger."""
    if one.siege is None:
        return []
    target = Target(one.siege.says, camp, one.siege.holds)
    if one.turns:
        return [Observation(one.interval.last, target, 1.0, one, True)]
    return [Observation(day, target, share, one, True) for day, share in held_on(one)]


def _table(days: Sequence[date], observations: Sequence[Observation], turns: Sequence[Turn], voices: Voices) -> "Array":
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    evidence = np.zeros((len(days), 2))
    rows, number = {day: row for row, day in enumerate(days)}, turn_of(turns)
    words = heard(observations, turns, voices)
    for word in words:
        one = word.observation
        if not is_turning(word, number):
            evidence[rows[one.day], 1] += word.weight if one.target.holds else -word.weight
    even = np.array([0.5, 0.5])
    stays, draws = steps(days, told_of(words, turns), _landing, even, np.ones(2))
    return smoothed(Chain(evidence=evidence, stays=stays, draws=draws, initial=even))


def _landing(target: Target) -> Landing:
    import numpy as np  # noqa: PLC0415

    return Landing(np.array([float(not target.holds), float(target.holds)]), np.ones(2))


def _siege(
    camp: str | None, days: Sequence[date], run: Sequence[int], table: "Array", observations: Sequence[Observation]
) -> Siege:
    first, last = days[run[0]], days[run[-1]]
    inside = tuple(one for one in observations if first <= one.day <= last)
    told = [one.statement.interval for one in inside if one.day == first and one.statement.turns and one.target.holds]
    change = min(told, key=lambda interval: (interval.days, interval)) if told else None
    start = change.start + (change.last - change.start) // 2 if change is not None else first
    after = days[run[-1] + 1] if run[-1] + 1 < len(days) else None
    confidence = float(table[run[0] : run[-1] + 1, 1].max())
    return Siege(camp, start, after - DAY if after is not None else None, change, confidence, inside)
