"""What the voices say of the places teaches how to believe them, and the reverse.

Expectation and maximization in turn (Dempster and others 1977, doi:10.1111/j.2517-6161.1977.tb01600.x).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import chain, tables
from tadmor.record.fusion.copying import Copying, Echoes, own_weight
from tadmor.record.fusion.country import World
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.tables import Table
from tadmor.record.fusion.told import Told
from tadmor.record.fusion.voices import Voice

Floats = NDArray[np.float64]
#: Voices' weight spread over the actors where learning starts, so that no word is final and silence is no word.
NOBODY = 0.6
#: Keeps shares defined where nobody speaks.
_TINY = 1e-9
#: What of a voice counts as its own may change so much before all is learned afresh: what was learned with a copy taken
#: for a witness is forgotten, not gone on from.
_SAME = 0.1
#: Rounds of learning afresh, at least.
AFRESH = 5
#: A place goes over to an actor on one day with no more than this chance.
_AT_MOST = 0.5


class Belief(NamedTuple):
    """How the voices are believed, and how often places change hands.

    Args:
        tables: of each voice.
        weight: what of each voice counts as its own.
        turning: chance a day that a place goes over to an actor who holds all places around.
    """

    tables: tuple[Table, ...]
    weight: Floats
    turning: float


class Lesson(NamedTuple):
    """What was learned: of voices, of changes of hands, of the places.

    Args:
        learned: what the last reading of the rows taught.
        used: what was believed in that reading.
        copies: who repeats whom.
        field: chance of each holder in each row, by which the places around were judged; holders by rows.
        around: that judgement: who holds the places around, and what the afar count; holders by rows.
        read: of the rows.
    """

    learned: Belief
    used: Belief
    copies: tuple[Copying, ...]
    field: Floats
    around: Floats
    read: chain.Read


def learn(
    world: World, actors: Sequence[str], echoes: Echoes, settings: Settings, rounds: int, after: Lesson | None = None
) -> Lesson:
    """Tables and places in turn; starts from the shares of the voices, or goes on from an earlier lesson.

    Args:
        world: what was told.
        actors: who may hold.
        echoes: who says again what another said, by the last day told.
        settings: what is believed before.
        rounds: how often in turn; at least one.
        after: a lesson on the first rows of the same world.
    """
    copies = echoes.copying(world.told)
    weight = own_weight(len(world.voices), copies)
    priors = believed(world, actors, settings)
    if after is not None and np.abs(after.learned.weight - weight).max() > _SAME:
        after, rounds = None, max(rounds, AFRESH)
    now = Belief(priors, weight, settings.turning)
    chances = chain.normal(named(world.told, world.speech, weight) + NOBODY / len(actors))
    if after is not None:
        now = after.learned._replace(weight=weight)
        chances[:, : after.read.smoothed.shape[1]] = after.read.smoothed
    for _ in range(rounds):
        used, field, around = now, chances, world.shares_around(chances) + settings.afar
        found = walked(world, around, used.turning, evidence(world.told, world.voices, actors, used))
        chances = found.smoothed
        taught = _taught(world, actors, priors, chances, settings)
        now = Belief(taught, weight, _turning(world, around, found, settings))
    return Lesson(now, used, copies, field, around, found)


def believed(world: World, actors: Sequence[str], settings: Settings) -> tuple[Table, ...]:
    """The tables before learning."""
    heard = np.bincount(world.told.code, world.times()[world.told.row], world.told.offset[-1]).astype(np.float64)
    parts = np.split(heard, world.told.offset[1:-1])
    return tuple(
        tables.expected(voice, actors, part, settings) for voice, part in zip(world.voices, parts, strict=True)
    )


def walked(world: World, around: Floats, turning: float, likely: Floats) -> chain.Read:
    """A pass over all rows."""
    told = world.told
    way = chain.steps(rate(turning, around), told.gap)
    return chain.read(likely, chain.normal(around), way, told.before, told.order, told.rank)


def rate(turning: float, around: Floats) -> Floats:
    """Chance a day of going over to each holder."""
    return np.minimum(turning * around, _AT_MOST)


def evidence(told: Told, voices: Sequence[Voice], actors: Sequence[str], belief: Belief) -> Floats:
    """How likely the words of each row are by holder, up to a factor; holders by rows."""
    logs = by_code(voices, actors, belief)
    total = np.stack([np.bincount(told.row, one[told.code], len(told.day)) for one in logs.T])
    return np.asarray(np.exp(total - total.max(0)))


def by_code(voices: Sequence[Voice], actors: Sequence[str], belief: Belief) -> Floats:
    """How strongly each code speaks for each holder, as logarithms; codes by holders."""
    found = []
    for voice, table, own in zip(voices, belief.tables, belief.weight, strict=True):
        fair = tables.never_against(table, tables.meanings(voice, actors))
        logs = np.log(fair.by_utterance())
        found.append(own * logs if own > 0 else np.zeros_like(logs))
    return np.concatenate(found)


def named(told: Told, speech: Floats, weight: Floats) -> Floats:
    """How many voices name each actor; a word that names none counts for all alike; holders by rows."""
    shares = speech * np.repeat(weight, np.diff(told.offset))[:, None]
    return np.stack([np.bincount(told.row, one[told.code], len(told.day)) for one in shares.T])


def shares(told: Told, speech: Floats, weight: Floats) -> Floats:
    """The voices' shares; holders by rows."""
    return chain.normal(named(told, speech, weight) + _TINY)


def _turning(world: World, around: Floats, found: chain.Read, settings: Settings) -> float:
    times = world.times()
    # Sums, not products of vectors: these would wake all threads of the library of linear algebra for nothing.
    exposed = (((1 - found.smoothed) * around).sum(0) * world.told.gap * times).sum()
    turns = settings.turning * settings.turning_strength + (found.turns * times).sum()
    return float(turns / (settings.turning_strength + exposed))


def _taught(
    world: World, actors: Sequence[str], priors: Sequence[Table], chances: Floats, settings: Settings
) -> tuple[Table, ...]:
    told, times = world.told, world.times()
    counts = np.stack([np.bincount(told.code, (one * times)[told.row], told.offset[-1]) for one in chances])
    parts = np.split(counts.astype(np.float64), told.offset[1:-1], axis=1)
    return tuple(
        tables.learned(prior, part, tables.meanings(voice, actors), settings)
        for voice, prior, part in zip(world.voices, priors, parts, strict=True)
    )
