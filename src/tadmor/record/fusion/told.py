"""What is told, laid out for the chains: one row for each place and day of which something is said, and no other.

Rows are in order of day, so that what was known by a day is the first rows; each knows the row before it of its own
column, and how many days ago that was. A column is a place, or several on which all voices say the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.voices import Voice, expanded, utterances, width

Ints = NDArray[np.int64]
Small = NDArray[np.int32]


class Told(NamedTuple):
    """The rows, and what is said in each.

    Args:
        day: of each row.
        column: of each row.
        before: the row before of the same column; -1 for a column's first.
        gap: days since that row; 1 for a column's first.
        rank: how many rows of the column come before.
        order: the rows by rank.
        row: of each word that is said; sorted.
        code: of each word, its number of `voices.utterances` beyond those of all earlier voices.
        offset: of each voice, where its codes begin; one more at the end.
        columns: how many.
    """

    day: Ints
    column: Ints
    before: Ints
    gap: Ints
    rank: Ints
    order: Ints
    row: Ints
    code: Small
    offset: Ints
    columns: int

    def until(self, day: int) -> "Told":
        """What was told before a day."""
        rows = int(np.searchsorted(self.day, day))
        words = int(np.searchsorted(self.row, rows))
        return self._replace(
            day=self.day[:rows],
            column=self.column[:rows],
            before=self.before[:rows],
            gap=self.gap[:rows],
            rank=self.rank[:rows],
            order=self.order[self.order < rows],
            row=self.row[:words],
            code=self.code[:words],
        )

    def latest(self) -> Ints:
        """The last row of each column; -1 where it has none."""
        found = np.full(self.columns, -1)
        # Of an index that comes twice numpy keeps the last value; rows are in order of day.
        found[self.column] = np.arange(len(self.day))
        return found


class Finder(NamedTuple):
    """Finds the last row of a column up to a day.

    Args:
        key: column and day of the rows as one number, sorted.
        row: that each key is of.
        first: first row of each column, -1 where it has none.
        days: more than any day.
    """

    key: Ints
    row: Ints
    first: Ints
    days: int

    def up_to(self, column: Ints, day: Ints) -> Ints:
        """The last row of each column told by the end of each day; -1 where there is none."""
        if not len(self.key):
            return np.full(len(column), -1)
        at = np.searchsorted(self.key, column * self.days + day, side="right") - 1
        known = (at >= 0) & (self.key[np.maximum(at, 0)] // self.days == column)
        return np.where(known, self.row[np.maximum(at, 0)], -1)


def finder(told: Told, days: int) -> Finder:
    """What finds the rows of columns."""
    key = told.column * days + told.day
    order = np.argsort(key, kind="stable")
    first = np.full(told.columns, -1)
    opens = told.before < 0
    first[told.column[opens]] = np.flatnonzero(opens)
    return Finder(key[order], order, first, days)


def tell(voices: Sequence[Voice], picked: Ints, places: int) -> Told:
    """The rows of some places, each of which stands for a column.

    Args:
        voices: what each says.
        picked: the place of each column.
        places: how many there are.
    """
    columns = len(picked)
    column = np.full(places, -1)
    column[picked] = np.arange(columns)
    offset = np.cumsum([0, *(width(voice) for voice in voices)])
    columns_said, days_said, codes = _words(voices, column, offset)
    key = days_said * columns + columns_said
    rows, row = np.unique(key, return_inverse=True)
    order = np.argsort(row, kind="stable")
    day, here = np.divmod(rows, max(columns, 1))
    before, rank = _before(here)
    gap = np.where(before >= 0, day - day[np.maximum(before, 0)], 1)
    by_rank = np.argsort(rank, kind="stable")
    return Told(day, here, before, gap, rank, by_rank, row[order], codes[order], offset, columns)


def _words(voices: Sequence[Voice], column: Ints, offset: Ints) -> tuple[Ints, Ints, Small]:
    """Column, day and code of each word that is said."""
    found: list[tuple[Ints, Ints, Small]] = []
    for voice, start in zip(voices, offset[:-1], strict=True):
        kept = voice.of(np.flatnonzero(column >= 0)) if (column < 0).any() else voice
        said = expanded(kept)
        codes = (utterances(said, len(voice.vocabulary)) + start).astype(np.int32)
        found.append((column[said.place], said.day, codes))
    places, days, codes = zip(*found, strict=True)
    return np.concatenate(places), np.concatenate(days), np.concatenate(codes)


def _before(column: Ints) -> tuple[Ints, Ints]:
    """Row before of the same column, and how many there are before, of rows in order of day."""
    order = np.argsort(column, kind="stable")
    same = column[order][1:] == column[order][:-1]
    before = np.full(len(column), -1)
    before[order[1:][same]] = order[:-1][same]
    opens = np.append(True, ~same) if len(column) else np.zeros(0, bool)
    begins = np.maximum.accumulate(np.where(opens, np.arange(len(column)), 0))
    rank = np.empty(len(column), np.int64)
    rank[order] = np.arange(len(column)) - begins
    return before, rank
