"""What could be known on each day: forward over the days, with what the days before each lesson had taught."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import chain
from tadmor.record.fusion.copying import Echoes
from tadmor.record.fusion.country import World
from tadmor.record.fusion.learning import AFRESH, NOBODY, Belief, Lesson, believed, evidence, learn, named, rate, shares
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.told import Told

Floats = NDArray[np.float64]
#: The filter learns after the first day, and then whenever it has heard some times as many days (`Settings.lessons`),
#: beginning with so many.
_FIRST_LESSONS = (1, 4)
#: Rounds of a lesson that goes on from the one before: it comes soon enough to be continued.
_ROUNDS = 2


class Filtered(NamedTuple):
    """What could be known of each row; holders by rows.

    Args:
        chances: of each holder, by what was told until then.
        leaving: chance a day that the place goes over to each one, by the same.
        shares: the voices' shares, weighed by the same.
    """

    chances: Floats
    leaving: Floats
    shares: Floats


def filtered(world: World, actors: Sequence[str], echoes: Echoes, settings: Settings) -> Filtered:
    """Forward over the rows."""
    found = Filtered(*(np.empty((len(actors), len(world.told.day))) for _ in Filtered._fields))
    # Of a place nobody spoke of yet all actors are as likely.
    now = np.full((len(actors), world.told.columns), 1 / len(actors))
    lesson: Lesson | None = None
    for start, end in pairwise([0, *lessons(world.days, settings), world.days]):
        heard = world.until(start)
        if len(heard.told.day):
            rounds = AFRESH if lesson is None else _ROUNDS
            lesson = learn(heard, actors, echoes, settings, rounds, lesson)
            latest = heard.told.latest()
            now[:, latest >= 0] = lesson.read.forward[:, latest[latest >= 0]]
        belief = _beginner(world, actors, settings, now) if lesson is None else lesson.learned
        _heard(world, actors, belief, (start, end), now, found, settings)
    return found


def _beginner(world: World, actors: Sequence[str], settings: Settings, now: Floats) -> Belief:
    """Before any lesson: voices are believed as they say on their first day, and so are the places around."""
    opening = world.until(int(world.told.day[0]) + 1)
    weight = np.ones(len(world.voices))
    now[:, opening.told.column] = chain.normal(named(opening.told, world.speech, weight) + NOBODY / len(actors))
    return Belief(believed(opening, actors, settings), weight, settings.turning)


def _heard(
    world: World,
    actors: Sequence[str],
    belief: Belief,
    between: tuple[int, int],
    now: Floats,
    found: Filtered,
    settings: Settings,
) -> None:
    """Day by day: the chances of the columns now, and of the rows, are brought forward."""
    told = world.told
    first, last = np.searchsorted(told.day, between)
    some = _some(told, int(first), int(last))
    likely = evidence(some, world.voices, actors, belief)
    found.shares[:, first:last] = shares(some, world.speech, belief.weight)
    cuts = np.flatnonzero(np.diff(told.day[first:last])) + first + 1
    for begin, end in pairwise([first, *cuts, last] if last > first else []):
        part = slice(begin, end)
        columns = told.column[part]
        around = _around(world, now, columns) + settings.afar
        found.leaving[:, part] = rate(belief.turning, around)
        way = chain.steps(found.leaving[:, part], told.gap[part])
        ahead = np.where(told.before[part] < 0, chain.normal(around), now[:, columns] * way.keep + way.drift)
        now[:, columns] = found.chances[:, part] = chain.normal(ahead * likely[:, begin - first : end - first])


def _some(told: Told, first: int, last: int) -> Told:
    """What is said in some rows."""
    words = slice(*np.searchsorted(told.row, (first, last)))
    return told._replace(day=told.day[first:last], row=told.row[words] - first, code=told.code[words])


def _around(world: World, now: Floats, columns: NDArray[np.int64]) -> Floats:
    """Who holds the places around some columns; holders by columns."""
    beside = now[:, world.around.columns[:, columns]]
    found = np.asarray((beside * world.around.shares[:, columns]).sum(1))
    settled = world.columns.settled[columns]
    for holder in range(len(found)):
        found[holder] = np.where(settled < 0, found[holder], settled == holder)
    return found


def lessons(days: int, settings: Settings) -> list[int]:
    """The days after which the filter learns anew."""
    found = [day for day in _FIRST_LESSONS if day < days]
    while found and (following := max(found[-1] + 1, int(found[-1] * settings.lessons))) < days:
        found.append(max(following, _FIRST_LESSONS[-1]))
    return sorted(set(found))
