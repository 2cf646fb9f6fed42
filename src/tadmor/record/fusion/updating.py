"""New claims come in: only the places of which they speak are read anew, by what was learned before.

What voices are worth and who holds the places around stay as at the last lesson, so that a place's chances rest on its
own claims alone; all is learned anew when the claims have doubled. Right after a lesson everything is as if all claims
had come at once.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import chain, learning, tables
from tadmor.record.fusion.country import spoken
from tadmor.record.fusion.fusing import Fused, fuse
from tadmor.record.fusion.learning import Belief
from tadmor.record.fusion.nearby import neighbours
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.tables import Table
from tadmor.record.fusion.told import Told, tell
from tadmor.record.fusion.voices import Voice, width

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Words said are this many times those of the last lesson when all is learned anew: what is done over all lessons
#: together is then no more than twice the last one.
_DOUBLED = 2


class Place(NamedTuple):
    """A place on the days of which something is said of it.

    Args:
        day: of each row.
        smoothed: chance of each actor, as known after the last of them; rows by actors.
    """

    day: Ints
    smoothed: Floats


class Standing(NamedTuple):
    """A record that is kept up.

    Args:
        voices: all that was said.
        taught: the record at the last lesson.
        words: how many words had been said by then, days of spells counted one by one.
        anew: places read since, by number.
    """

    voices: tuple[Voice, ...]
    taught: Fused
    words: int
    anew: dict[int, Place]

    def place(self, number: int) -> Place:
        """A place as it stands; without rows where nothing is said of it."""
        return self.anew[number] if number in self.anew else _taught(self.taught, number)


def begun(voices: Sequence[Voice], actors: Sequence[str], points: Floats, settings: Settings | None = None) -> Standing:
    """A record of all that is said so far.

    Raises:
        ValueError: as `fuse` does.
    """
    taught = fuse(voices, actors, points, settings)
    return Standing(tuple(voices), taught, _words(voices), {})


def told(standing: Standing, more: Sequence[Voice]) -> Standing:
    """The record with more said: words of voices known by name, which overwrite theirs of the same days, or new ones.

    Raises:
        ValueError: a voice's vocabulary is not its former one, with words added at the end or left off; or it speaks of
            places that are none.
    """
    voices = _joined(standing.voices, more)
    taught = standing.taught
    if _words(voices) >= _DOUBLED * standing.words:
        return begun(voices, taught.actors, taught.points, taught.settings)
    touched = np.unique(np.concatenate([voice.place for voice in more])) if more else np.zeros(0, np.int64)
    if len(touched) and touched[-1] >= len(taught.points):
        message = f"place {touched[-1]} is none of the {len(taught.points)}"
        raise ValueError(message)
    return standing._replace(voices=voices, anew={**standing.anew, **_read(voices, taught, touched)})


def _words(voices: Sequence[Voice]) -> int:
    return sum(voice.days_said() for voice in voices)


def _joined(voices: tuple[Voice, ...], more: Sequence[Voice]) -> tuple[Voice, ...]:
    found = {voice.name: voice for voice in voices}
    for voice in more:
        found[voice.name] = found[voice.name].and_more(voice) if voice.name in found else voice
    return tuple(found.values())


def _taught(taught: Fused, number: int) -> Place:
    column = taught.world.columns.column[number]
    rows = np.flatnonzero(taught.world.told.column == column) if column >= 0 else np.zeros(0, np.int64)
    return Place(taught.world.told.day[rows], _doubted(taught, rows, taught.lesson.read.smoothed[:, rows]))


def _doubted(taught: Fused, rows: Ints, smoothed: Floats) -> Floats:
    shares = learning.shares(taught.world.told, taught.world.speech, taught.weight)[:, rows]
    return np.asarray(((1 - taught.settings.doubt) * smoothed + taught.settings.doubt * shares).T)


def _read(voices: tuple[Voice, ...], taught: Fused, places: Ints) -> dict[int, Place]:
    """Some places, by the tables and the surroundings of the last lesson."""
    if not len(places):
        return {}
    rows = tell(voices, places, len(taught.points))
    belief = _belief(voices, taught)
    around = _around(taught, places, rows) + taught.settings.afar
    way = chain.steps(learning.rate(belief.turning, around), rows.gap)
    likely = learning.evidence(rows, voices, taught.actors, belief)
    read = chain.read(likely, chain.normal(around), way, rows.before, rows.order, rows.rank)
    shares = learning.shares(rows, spoken(voices, taught.actors), belief.weight)
    chances = (1 - taught.settings.doubt) * read.smoothed + taught.settings.doubt * shares
    return {
        int(place): Place(rows.day[mine], chances[:, mine].T)
        for column, place in enumerate(places)
        if len(mine := np.flatnonzero(rows.column == column))
    }


def _belief(voices: tuple[Voice, ...], taught: Fused) -> Belief:
    """What was believed in the last reading; of a voice or a vocabulary that is new since, what is believed of any."""
    before = {voice.name: index for index, voice in enumerate(taught.world.voices)}
    used = taught.lesson.used
    found: list[tuple[Table, float]] = []
    for voice in voices:
        index = before.get(voice.name)
        if index is not None and taught.world.voices[index].vocabulary == voice.vocabulary:
            found.append((used.tables[index], float(used.weight[index])))
        else:
            unheard = np.zeros(width(voice))
            found.append((tables.expected(voice, taught.actors, unheard, taught.settings), 1.0))
    return Belief(tuple(one for one, _ in found), np.array([own for _, own in found]), used.turning)


def _around(taught: Fused, places: Ints, rows: Told) -> Floats:
    """Who held the places around by the last lesson, as `World.shares_around` tells; holders by rows."""
    world, field = taught.world, taught.lesson.field
    spoken_of = np.flatnonzero(world.columns.column >= 0)
    who, share = _near(taught, places, spoken_of)
    beside = world.columns.column[spoken_of[who]][rows.column]
    last = world.find.up_to(beside.ravel(), np.repeat(rows.day, beside.shape[1])).reshape(beside.shape)
    last = np.where(last >= 0, last, world.find.first[beside])
    found = np.asarray((field[:, last] * share[rows.column]).sum(2))
    settled = world.columns.settled[world.columns.column[places]]
    settled = np.where(world.columns.column[places] >= 0, settled, -1)[rows.column]
    for holder in range(len(found)):
        found[holder] = np.where(settled < 0, found[holder], settled == holder)
    return found


def _near(taught: Fused, places: Ints, spoken_of: Ints) -> tuple[Ints, Floats]:
    """The neighbours of some places among those told of at the last lesson, as numbers into these; and their shares."""
    count, near = taught.settings.neighbours, taught.settings.near_km
    # Where there are fewer others, the rest count for nothing.
    who, shares = np.zeros((len(places), count), np.int64), np.zeros((len(places), count))
    for row, place in enumerate(places):
        others = spoken_of[spoken_of != place]
        points = taught.points[np.append(others, place)]
        found, share = neighbours(points, count, near, np.array([len(others)]))
        who[row, : found.shape[1]] = np.searchsorted(spoken_of, others[found[0]])
        shares[row, : found.shape[1]] = share[0]
    return who, shares
