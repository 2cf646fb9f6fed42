"""All voices together: what they say of the places teaches how to believe them, and the reverse (EM)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import chain, tables
from tadmor.record.fusion.copying import Copying, copying, own_weight
from tadmor.record.fusion.nearby import neighbours
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.tables import Table
from tadmor.record.fusion.voices import SILENT, Voice, utterances, width

Floats = NDArray[np.float64]
#: The filter learns anew after each of these days and at each doubling of the last.
_FIRST_LESSONS = (1, 4)
#: Rounds of learning in the filter: it learns often.
_QUICK_ROUNDS = 5
#: Keeps shares defined where nobody speaks.
_TINY = 1e-9
#: Voices' weight spread over the actors where learning starts, so that no word is final and silence is no word.
_NOBODY = 0.6


class Fused(NamedTuple):
    """Who holds what.

    Args:
        smoothed: chance that each actor holds, as known after the last day; days by places by actors.
        filtered: the same as could be known on the day: by its words and earlier ones, and by what these had taught.
        tables: what was learned of each voice.
        weight: what of each voice counts as its own.
        copies: who repeats whom.
        turning: chance a day that a place goes over to an actor who holds all places around.
    """

    smoothed: Floats
    filtered: Floats
    tables: tuple[Table, ...]
    weight: Floats
    copies: tuple[Copying, ...]
    turning: float


class _World(NamedTuple):
    """The voices, with places on which all voices always agree in the same way taken together.

    Args:
        voices: as heard, all places.
        codes: utterances of each voice; days by columns.
        times: how many places a column stands for.
        around: columns of the neighbours of each open column; columns by neighbours.
        near: their shares.
        settled: the actor whom everybody names, for each column after the open ones; columns by actors.
        column: of each place.
        picked: a place of each column.
    """

    voices: tuple[Voice, ...]
    codes: tuple[NDArray[np.intp], ...]
    times: Floats
    around: NDArray[np.int64]
    near: Floats
    settled: Floats
    column: NDArray[np.int64]
    picked: NDArray[np.int64]

    def until(self, days: int) -> "_World":
        """What was heard in the first days."""
        voices = tuple(voice._replace(said=voice.said[:days]) for voice in self.voices)
        return self._replace(voices=voices, codes=tuple(codes[:days] for codes in self.codes))

    def shares_around(self, chances: Floats) -> Floats:
        """Who holds the places around, by column; of one or of many days (last axes columns by holders)."""
        found = np.empty_like(chances)
        open_ones = len(self.around)
        found[..., open_ones:, :] = self.settled
        inner = np.zeros_like(chances[..., :open_ones, :])
        for rank in range(self.around.shape[1]):
            beside = np.take(chances, self.around[:, rank], axis=-2)
            beside *= self.near[:, rank, None]
            inner += beside
        found[..., :open_ones, :] = inner
        return found


class _Lesson(NamedTuple):
    """What was learned: of voices, of changes of hands, of the places."""

    tables: tuple[Table, ...]
    turning: float
    weight: Floats
    copies: tuple[Copying, ...]
    read: chain.Read


def fuse(voices: Sequence[Voice], actors: Sequence[str], points: Floats, settings: Settings | None = None) -> Fused:
    """Who holds which place on which day, from what all voices say.

    Args:
        voices: what each says, of the same days and places.
        actors: who may hold a place: the words of voices that name holders.
        points: latitude and longitude of the places, degrees; `nan` where unknown.
        settings: what is believed before.

    Raises:
        ValueError: no voice, fewer than two actors, or voices of unlike shape.
    """
    settings = settings or Settings()
    _check(voices, actors, points)
    world = _prepared(tuple(voices), actors, points, settings)
    lesson = _learn(world, actors, settings, settings.rounds)
    forward = _filtered(world, actors, settings)
    shares = chain.normal(_named(world, actors, lesson.weight) + _TINY)
    smoothed = (1 - settings.doubt) * lesson.read.smoothed + settings.doubt * shares
    filtered = (1 - settings.doubt) * forward + settings.doubt * shares
    place = world.column
    return Fused(smoothed[:, place], filtered[:, place], lesson.tables, lesson.weight, lesson.copies, lesson.turning)


def _check(voices: Sequence[Voice], actors: Sequence[str], points: Floats) -> None:
    if not voices or len(actors) < 2:
        message = "fusing needs a voice and two actors"
        raise ValueError(message)
    if any(voice.said.shape != (len(voices[0].said), len(points)) for voice in voices):
        message = "each voice must speak of the same days and places, one point each"
        raise ValueError(message)


def _prepared(voices: tuple[Voice, ...], actors: Sequence[str], points: Floats, settings: Settings) -> _World:
    agreed = _agreed(voices, actors)
    codes = [utterances(voice) for voice in voices]
    open_ones, settled = np.flatnonzero(agreed < 0), np.flatnonzero(agreed >= 0)
    patterns, column = np.zeros(0, np.int64), np.zeros(len(points), np.int64)
    column[open_ones] = np.arange(len(open_ones))
    times = np.ones(len(open_ones))
    if len(settled):
        columns = np.ascontiguousarray(np.concatenate([code[:, settled] for code in codes]).T)
        keys = columns.view(np.dtype((np.void, columns.dtype.itemsize * columns.shape[1]))).ravel()
        _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
        patterns, column[settled] = settled[first], len(open_ones) + inverse.ravel()
        times = np.concatenate([times, counts.astype(float)])
    picked = np.concatenate([open_ones, patterns])
    who, near = neighbours(points, settings.neighbours, settings.near_km)
    return _World(
        voices=voices,
        codes=tuple(code[:, picked].astype(np.intp) for code in codes),
        times=times,
        around=column[who[open_ones]],
        near=near[open_ones],
        settled=np.eye(len(actors))[agreed[patterns]],
        column=column,
        picked=picked,
    )


def _agreed(voices: Sequence[Voice], actors: Sequence[str]) -> NDArray[np.int64]:
    """The actor whom all voices name at a place whenever they speak; -1 where they differ, change or say nothing."""
    low = np.full(voices[0].said.shape[1], len(actors))
    high = np.full(voices[0].said.shape[1], -1)
    steady = np.ones(len(low), bool)
    for voice in voices:
        speaks = tables.meanings(voice, actors)
        if (speaks < 0).all():
            steady &= (voice.said == voice.said[0]).all(0)
            continue
        # A word that names no actor counts beyond all of them, so that it never agrees with one.
        named = np.full(len(voice.vocabulary) + 1, len(actors))
        named[speaks[speaks >= 0]] = np.flatnonzero(speaks >= 0)
        spoken = named[voice.said]
        silent = voice.said == SILENT
        low = np.minimum(low, np.where(silent, len(actors), spoken).min(0))
        high = np.maximum(high, np.where(silent, -1, spoken).max(0))
    return np.where((low == high) & (high < len(actors)) & steady, high, -1)


def _named(world: _World, actors: Sequence[str], weight: Floats) -> Floats:
    """How many voices name each actor; a word that names none counts for all alike."""
    days, columns = world.codes[0].shape
    named = np.zeros((days, columns, len(actors)))
    for voice, own in zip(world.voices, weight, strict=True):
        speaks = tables.meanings(voice, actors)
        if own <= 0 or (speaks < 0).all():
            continue
        said = voice.said[:, world.picked]
        for holder, word in enumerate(speaks):
            named[..., holder] += own * (said == word) if word >= 0 else 0.0
        vague = (said != SILENT) & ~np.isin(said, speaks[speaks >= 0])
        named += own * vague[..., None] / len(actors)
    return named


def _learn(world: _World, actors: Sequence[str], settings: Settings, rounds: int) -> _Lesson:
    """Tables and places in turn; starts from the shares of the voices."""
    copies = copying(world.voices)
    weight = own_weight(world.voices, copies)
    priors = [tables.expected(voice, actors, settings) for voice in world.voices]
    now, turning = list(priors), settings.turning
    chances = chain.normal(_named(world, actors, weight) + _NOBODY / len(actors))
    for _ in range(rounds):
        around = world.shares_around(chances) + settings.afar
        found = chain.read(
            _evidence(world, actors, now, weight), chain.normal(around[0]), np.minimum(turning * around, 0.5)
        )
        chances = found.smoothed
        exposed = ((1 - chances) * around).sum((0, 2)) @ world.times
        turns = settings.turning * settings.turning_strength + found.turns @ world.times
        turning = turns / (settings.turning_strength + exposed)
        now = _taught(world, priors, chances, settings)
    return _Lesson(tuple(now), float(turning), weight, copies, found)


def _evidence(world: _World, actors: Sequence[str], now: Sequence[Table], weight: Floats) -> Floats:
    """How likely the words of each day are by holder, up to a factor."""
    days, columns = world.codes[0].shape
    total = np.zeros((days, columns, len(actors)))
    for voice, codes, table, own in zip(world.voices, world.codes, now, weight, strict=True):
        if own > 0:
            fair = tables.never_against(table, tables.meanings(voice, actors))
            total += np.take(own * np.log(fair.by_utterance()), codes, axis=0)
    return np.asarray(np.exp(total - total.max(2, keepdims=True)))


def _taught(world: _World, priors: Sequence[Table], chances: Floats, settings: Settings) -> list[Table]:
    weighed = [np.ascontiguousarray(chances[..., holder] * world.times) for holder in range(chances.shape[2])]
    found = []
    for voice, codes, prior in zip(world.voices, world.codes, priors, strict=True):
        flat = codes.ravel()
        counts = np.stack([np.bincount(flat, one.ravel(), width(voice)) for one in weighed]).astype(np.float64)
        found.append(tables.learned(prior, counts, settings))
    return found


def _filtered(world: _World, actors: Sequence[str], settings: Settings) -> Floats:
    """Forward over the days, with what the days before each lesson had taught."""
    days, columns = world.codes[0].shape
    forward = np.empty((days, columns, len(actors)))
    lessons = [0, *_lessons(days), days]
    for start, end in pairwise(lessons):
        if start == 0:
            today = world.until(1)
            now: Sequence[Table] = [tables.expected(voice, actors, settings) for voice in today.voices]
            weight, turning = np.ones(len(world.voices)), settings.turning
            chances = chain.normal(_named(today, actors, weight) + _NOBODY / len(actors))[0]
        else:
            lesson = _learn(world.until(start), actors, settings, _QUICK_ROUNDS)
            now, weight, turning = lesson.tables, lesson.weight, lesson.turning
            chances = lesson.read.forward[-1]
        evidence = _evidence(world.until(end), actors, now, weight)
        for day in range(start, end):
            around = world.shares_around(chances) + settings.afar
            ahead = chain.step(chances, np.minimum(turning * around, 0.5)) if day else chain.normal(around)
            chances = chain.normal(ahead * evidence[day])
            forward[day] = chances
    return forward


def _lessons(days: int) -> list[int]:
    """The days after which the filter learns anew."""
    found = [day for day in _FIRST_LESSONS if day < days]
    while found and found[-1] * 2 < days:
        found.append(max(found[-1] * 2, _FIRST_LESSONS[-1]))
    return sorted(set(found))
