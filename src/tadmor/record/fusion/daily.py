"""Day by day at some places: the days between those on which something is told, worked out when asked."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import chain, learning
from tadmor.record.fusion.country import World
from tadmor.record.fusion.nearby import neighbours

if TYPE_CHECKING:
    from tadmor.record.fusion.fusing import Fused

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Daily(NamedTuple):
    """Who holds some places; days by places by actors.

    Args:
        smoothed: as known after the last day.
        filtered: as could be known on the day.
        entered: chance that the actor took over on the day from another one, as known after the last day, by the bare
            chain.
    """

    smoothed: Floats
    filtered: Floats
    entered: Floats


def daily(fused: "Fused", places: Ints) -> Daily:
    """All days at some places."""
    column = fused.world.columns.column[places]
    known, which = np.unique(column[column >= 0], return_inverse=True)
    found = Daily(*(np.zeros((fused.world.days, len(places), len(fused.actors))) for _ in Daily._fields))
    for ours, told in zip(found, _columns(fused, known), strict=True):
        ours[:, column >= 0] = told[:, which]
    for ours, told in zip(found, _untold(fused, places[column < 0]), strict=False):
        ours[:, column < 0] = told
    return found


def _columns(fused: "Fused", columns: Ints) -> Daily:
    """Places of which something is said, by their columns."""
    world, lesson, doubt = fused.world, fused.lesson, fused.settings.doubt
    day = np.repeat(np.arange(world.days), len(columns))
    column = np.tile(columns, world.days)
    row = world.find.up_to(column, day)
    told = (row >= 0) & (world.told.day[row] == day)
    evidence = np.where(told, learning.evidence(world.told, world.voices, fused.actors, lesson.used)[:, row], 1.0)
    around = lesson.around[:, _following(world, column, row, told)]
    way = chain.steps(learning.rate(lesson.used.turning, around), np.ones(len(day), np.int64))
    before = np.arange(len(day)) - len(columns)
    read = chain.read(evidence, chain.normal(around), way, np.maximum(before, -1), np.arange(len(day)), day)
    forward = _forward(fused, (column, day), row)
    by_now = learning.shares(world.told, world.speech, lesson.used.weight)
    parts = [
        (1 - doubt) * chances + doubt * np.where(told, shares[:, row], 1 / len(fused.actors))
        for chances, shares in ((read.smoothed, by_now), (forward, fused.heard.shares))
    ]
    parts.append(_entered(read, way, before))
    return Daily(*(np.moveaxis(part.reshape(len(part), world.days, len(columns)), 0, 2) for part in parts))


def _following(world: World, column: Ints, row: Ints, told: NDArray[np.bool_]) -> Ints:
    """The row to which each day leads: that of the day itself, else the next one of the column, else its last."""
    after = np.arange(len(world.told.day))
    later = world.told.before >= 0
    after[world.told.before[later]] = np.flatnonzero(later)
    return np.where(row < 0, world.find.first[column], np.where(told, row, after[row]))


def _forward(fused: "Fused", when: tuple[Ints, Ints], row: Ints) -> Floats:
    """As could be known on the day: of a place told of what was known then, grown older; else who is around."""
    world, (column, day) = fused.world, when
    way = chain.steps(fused.heard.leaving[:, row], np.maximum(day - world.told.day[row], 1))
    then = fused.heard.chances[:, row]
    grown = np.asarray(np.where(day > world.told.day[row], then * way.keep + way.drift, then))
    new = np.flatnonzero(row < 0)
    if len(new):
        grown[:, new] = _beside(fused, fused.heard.chances, _near(fused, column[new]), day[new])
    return grown


def _near(fused: "Fused", column: Ints) -> tuple[Ints, Floats]:
    return fused.world.around.columns[:, column].T, fused.world.around.shares[:, column].T


def _beside(fused: "Fused", chances: Floats, near: tuple[Ints, Floats], day: Ints) -> Floats:
    """Who may hold a place of which nothing is known but who holds the places around; holders by cases."""
    known = np.concatenate([chances, np.full((len(chances), 1), 1 / len(chances))], axis=1)
    row = fused.world.find.up_to(near[0].ravel(), np.repeat(day, near[0].shape[1])).reshape(near[0].shape)
    return chain.normal((known[:, row] * near[1]).sum(2) + fused.settings.afar)


def _entered(read: chain.Read, way: chain.Steps, before: Ints) -> Floats:
    """Chance that each actor took over since the row before: that it holds, and did not then."""
    held = read.forward[:, np.maximum(before, 0)]
    came = way.drift * (1 - held) / (way.keep * held + way.drift)
    return np.where(before < 0, 0.0, read.smoothed * came)


def _untold(fused: "Fused", places: Ints) -> tuple[Floats, Floats]:
    """Places of which nothing is said: who may hold them by the places around; smoothed and filtered."""
    days, doubt = fused.world.days, fused.settings.doubt
    found = [np.empty((days, len(places), len(fused.actors))) for _ in range(2)]
    spoken_of = np.flatnonzero(fused.world.columns.column >= 0)
    for index, place in enumerate(places):
        points = fused.points[np.append(spoken_of, place)]
        who, share = neighbours(points, fused.settings.neighbours, fused.settings.near_km, np.array([len(spoken_of)]))
        near = (
            np.tile(fused.world.columns.column[spoken_of[who]], (days, 1)),
            np.tile(share, (days, 1)),
        )
        for part, chances in zip(found, (fused.lesson.read.smoothed, fused.heard.chances), strict=True):
            beside = _beside(fused, chances, near, np.arange(days))
            part[:, index] = ((1 - doubt) * beside + doubt / len(fused.actors)).T
    return found[0], found[1]
