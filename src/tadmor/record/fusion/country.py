"""The places together: which are read as one, and who lies around whom."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.nearby import neighbours
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.told import Finder, Told, finder, tell
from tadmor.record.fusion.voices import Voice, width

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Mixes numbers so that unlike lists of spells have unlike sums (the odd constants of SplitMix64, Steele and others
#: 2014, doi:10.1145/2660193.2660195).
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Columns(NamedTuple):
    """Which places are read as one: those on which every voice says the same, and always one actor.

    Args:
        column: of each place; -1 where nobody says anything of it.
        picked: a place of each column.
        times: how many places a column stands for.
        settled: the actor whom everybody names, of each column that stands for several places; -1 of the open ones,
            which come first.
    """

    column: Ints
    picked: Ints
    times: Floats
    settled: Ints


class Around(NamedTuple):
    """Who lies around the open columns.

    Args:
        columns: neighbours of each open column; neighbours by columns.
        shares: how much each counts; the same.
        rows: for each row, the neighbour's last row by then, or its first one; neighbours by rows; one more than there
            are rows for none.
    """

    columns: Ints
    shares: Floats
    rows: Ints


class World(NamedTuple):
    """What all voices said of all places.

    Args:
        voices: as heard.
        columns: the places read as one.
        told: what is said.
        around: who lies around whom.
        open_rows: whether each row is of an open column.
        find: finds rows.
        speech: how much each code names each actor; codes by actors.
        days: more than any day told.
    """

    voices: tuple[Voice, ...]
    columns: Columns
    told: Told
    around: Around
    open_rows: NDArray[np.bool_]
    find: Finder
    speech: Floats
    days: int

    def until(self, day: int) -> "World":
        """What was told before a day."""
        told = self.told.until(day)
        rows = self.around.rows[:, : len(told.day)]
        known = np.where(rows < len(told.day), rows, len(told.day))
        return self._replace(
            told=told, around=self.around._replace(rows=known), open_rows=self.open_rows[: len(told.day)]
        )

    def shares_around(self, chances: Floats) -> Floats:
        """Who holds the places around by each row's day; holders by rows."""
        holders = len(chances)
        # Of a place nobody spoke of yet all actors are as likely.
        known = np.concatenate([chances, np.full((holders, 1), 1 / holders)], axis=1)
        found = np.zeros_like(chances)
        left = np.zeros(chances.shape[1])
        for near, shares in zip(self.around.rows, self.around.shares, strict=True):
            share = shares.take(self.told.column)
            left += share
            for holder in range(holders - 1):
                found[holder] += known[holder].take(near) * share
        # The last one's share is what the others leave: gathering costs the most here.
        found[-1] = np.maximum(left - found[:-1].sum(0), 0)
        settled = self.columns.settled[self.told.column]
        for holder in range(holders):
            found[holder] = np.where(self.open_rows, found[holder], settled == holder)
        return found

    def times(self) -> Floats:
        """How many places each row stands for."""
        return self.columns.times[self.told.column]


def world_of(voices: tuple[Voice, ...], actors: Sequence[str], points: Floats, settings: Settings, days: int) -> World:
    """All places of which something is said."""
    columns = _columns(voices, actors, len(points))
    told = tell(voices, columns.picked, len(points))
    find = finder(told, days)
    around = around_of(columns, told, find, points, settings)
    return World(voices, columns, told, around, columns.settled[told.column] < 0, find, spoken(voices, actors), days)


def around_of(columns: Columns, told: Told, find: Finder, points: Floats, settings: Settings) -> Around:
    """The neighbours of the open columns among the places of which something is said."""
    spoken_of = np.flatnonzero(columns.column >= 0)
    open_ones = np.flatnonzero(columns.settled < 0)
    at = np.searchsorted(spoken_of, columns.picked[open_ones])
    who, share = neighbours(points[spoken_of], settings.neighbours, settings.near_km, at)
    shares = np.zeros((who.shape[1], len(columns.picked)))
    near = np.zeros(shares.shape, np.int64)
    shares[:, open_ones], near[:, open_ones] = share.T, columns.column[spoken_of[who]].T
    rows = np.empty((who.shape[1], len(told.day)), np.int64)
    # Column by column: so that one looks for days of one neighbour after another, near each other in memory.
    column, day = told.column[find.row], told.day[find.row]
    for rank in range(who.shape[1]):
        beside = near[rank, column]
        last = find.up_to(beside, day)
        rows[rank, find.row] = np.where(last >= 0, last, find.first[beside])
    return Around(near, shares, rows)


def spoken(voices: Sequence[Voice], actors: Sequence[str]) -> Floats:
    """How much each code names each actor: whole, or a part of each where its word names none; codes by actors.

    Voices that name no actor at all name nobody.
    """
    found = []
    for voice in voices:
        words = len(voice.vocabulary)
        named = np.array([[float(word == actor) for actor in actors] for word in voice.vocabulary])
        vague = named.sum(1) == 0
        if not vague.all():
            named[vague] = 1 / len(actors)
        # After silence come first words, then words after others: each has its word as the remainder.
        found.append(np.concatenate([np.zeros((1, len(actors))), np.tile(named, ((width(voice) - 1) // words, 1))]))
    return np.concatenate(found)


def _columns(voices: Sequence[Voice], actors: Sequence[str], places: int) -> Columns:
    said = np.zeros(places, bool)
    for voice in voices:
        said[voice.place] = True
    agreed = _agreed(voices, actors, places)
    likeness = _likeness(voices, places)
    alike = np.flatnonzero(said & (agreed >= 0))
    _, first, which, times = np.unique(likeness[alike], return_index=True, return_inverse=True, return_counts=True)
    shared = times > 1
    alone = np.isin(np.arange(places), alike[~shared[which]])
    open_ones = np.flatnonzero(said & ((agreed < 0) | alone))
    patterns = alike[first[shared]]
    column = np.full(places, -1)
    column[open_ones] = np.arange(len(open_ones))
    number = len(open_ones) + np.cumsum(shared) - 1
    column[alike[shared[which]]] = number[which[shared[which]]]
    return Columns(
        column,
        np.concatenate([open_ones, patterns]),
        np.concatenate([np.ones(len(open_ones)), times[shared]]),
        np.concatenate([np.full(len(open_ones), -1), agreed[patterns]]),
    )


def _agreed(voices: Sequence[Voice], actors: Sequence[str], places: int) -> Ints:
    """The actor whom all voices name at a place whenever they speak; -1 where they differ, change or say nothing."""
    low, high = np.full(places, len(actors)), np.full(places, -1)
    steady = np.ones(places, bool)
    for voice in voices:
        named = np.array([actors.index(word) if word in actors else len(actors) for word in voice.vocabulary])
        if (named == len(actors)).all():
            least, most = np.full(places, len(voice.vocabulary)), np.full(places, -1)
            np.minimum.at(least, voice.place, voice.word)
            np.maximum.at(most, voice.place, voice.word)
            steady &= (most < 0) | (least == most)
            continue
        np.minimum.at(low, voice.place, named[voice.word])
        np.maximum.at(high, voice.place, named[voice.word])
    return np.where((low == high) & (high < len(actors)) & steady, high, -1)


def _likeness(voices: Sequence[Voice], places: int) -> NDArray[np.uint64]:
    """A number for all that is said of a place: places with the same spells have the same."""
    found = np.zeros(places, np.uint64)
    for index, voice in enumerate(voices):
        mixed = np.full(len(voice.place), index + 1, np.uint64)
        for part in (voice.first, voice.last, voice.word):
            mixed = _mixed(mixed + part.astype(np.uint64))
        np.add.at(found, voice.place, mixed)
    return found


def _mixed(number: NDArray[np.uint64]) -> NDArray[np.uint64]:
    number = number + _MIX[0]
    number = (number ^ (number >> np.uint64(30))) * _MIX[1]
    number = (number ^ (number >> np.uint64(27))) * _MIX[2]
    return np.asarray(number ^ (number >> np.uint64(31)))
