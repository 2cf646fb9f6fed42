"""What sources say of places by day, as spells: memory grows with what is said, not with days times places."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int8]
Ints = NDArray[np.int64]
#: Nothing was said of a place on a day: no evidence.
SILENT = -1
#: A voice that says another word after so many days of silence looked anew: no habit of changing its word shows in it.
ANEW = 8
#: Days since a voice began to say its present word, from which its habits are counted apart.
AGES = (0, 1, 3, 8, 21, 60)


class Voice(NamedTuple):
    """One source: its words, and which it said of which place from which day to which.

    Made by `from_spells`, `from_arrays` or `from_grid`, which sort the spells by place and first day and leave no two
    of one place overlapping.

    Args:
        name: for the explanations only.
        vocabulary: its words; an actor's name says that he holds the place, what other words mean is learned.
        place: of each spell.
        first: first day of each.
        last: last day of each, included: the word was said again on every day.
        word: index into `vocabulary`.
    """

    name: str
    vocabulary: tuple[str, ...]
    place: Ints
    first: Ints
    last: Ints
    word: Words

    def grid(self, days: int, places: int) -> Words:
        """Days by places: index into `vocabulary`, or `SILENT`. For views of few places; costs days times places."""
        said = np.full((days, places), SILENT, np.int8)
        each = expanded(self)
        said[each.day, each.place] = each.word
        return said

    def days_said(self) -> int:
        """Place-days on which it says something."""
        return int((self.last - self.first + 1).sum())

    def of(self, places: Ints) -> "Voice":
        """What it says of some places."""
        return _picked(self, np.isin(self.place, places))

    def and_more(self, other: "Voice") -> "Voice":
        """With what it said besides, which overwrites where both speak of one day.

        Raises:
            ValueError: the vocabularies differ in more than words added at the end.
        """
        longer = max(self.vocabulary, other.vocabulary, key=len)
        if longer[: len(self.vocabulary)] != self.vocabulary or longer[: len(other.vocabulary)] != other.vocabulary:
            message = f"{self.name}: {other.vocabulary} does not go on from {self.vocabulary}"
            raise ValueError(message)
        return from_arrays(
            self.name,
            longer,
            np.concatenate([self.place, other.place]),
            np.concatenate([self.first, other.first]),
            np.concatenate([self.last, other.last]),
            np.concatenate([self.word, other.word]),
        )


class Spell(NamedTuple):
    """One word for a place from a first to a last day, as indices, both included."""

    place: int
    word: str
    first: int
    last: int


class Said(NamedTuple):
    """What one voice says day by day; sorted by place and day.

    Args:
        place: of each word.
        day: on which it is said.
        word: index into the voice's vocabulary.
    """

    place: Ints
    day: Ints
    word: Words


def from_spells(name: str, spells: Iterable[Spell], vocabulary: Sequence[str]) -> Voice:
    """A voice from the spells of its words; a later spell overwrites an earlier one where they overlap.

    Claims are spells too: one that holds of a single day is a spell of one day.

    Raises:
        KeyError: a word is not in the vocabulary.
    """
    number = {word: index for index, word in enumerate(vocabulary)}
    rows = [(spell.place, spell.first, spell.last, number[spell.word]) for spell in spells]
    place, first, last, word = np.array(rows, np.int64).reshape(-1, 4).T
    return from_arrays(name, vocabulary, place, first, last, word)


def from_arrays(
    name: str,
    vocabulary: Sequence[str],
    place: NDArray[np.integer],
    first: NDArray[np.integer],
    last: NDArray[np.integer],
    word: NDArray[np.integer],
) -> Voice:
    """A voice from columns of spells, in any order of places; of one place a later row overwrites an earlier one.

    Raises:
        ValueError: a spell that ends before it begins, begins before day 0, or says a word not in the vocabulary; or
            more words than a byte numbers.
    """
    if len(vocabulary) > np.iinfo(np.int8).max:
        message = f"{name}: {len(vocabulary)} words, of which {np.iinfo(np.int8).max} can be told apart"
        raise ValueError(message)
    if ((first < 0) | (last < first) | (word < 0) | (word >= len(vocabulary)) | (place < 0)).any():
        message = f"{name}: a spell must begin on day 0 or later, not end before it begins, and say a word of its own"
        raise ValueError(message)
    order = np.lexsort((first, place))
    found = Voice(
        name,
        tuple(vocabulary),
        place[order].astype(np.int64),
        first[order].astype(np.int64),
        last[order].astype(np.int64),
        word[order].astype(np.int8),
    )
    return _painted(found, order)


def from_grid(name: str, vocabulary: Sequence[str], said: Words) -> Voice:
    """A voice from the word, or `SILENT`, for each day and place; days by places."""
    days, places = said.shape
    edge = np.ones((1, places), bool)
    turned = said[1:] != said[:-1]
    place, first = np.nonzero(np.concatenate([edge, turned]).T) if days else (np.zeros(0, np.int64),) * 2
    _, last = np.nonzero(np.concatenate([turned, edge]).T) if days else (place, first)
    spoken = said[first, place] != SILENT
    return Voice(
        name, tuple(vocabulary), place[spoken], first[spoken], last[spoken], said[first, place][spoken].astype(np.int8)
    )


def _painted(voice: Voice, order: Ints) -> Voice:
    """With spells that overlap at a place painted over one another in the order in which they came."""
    meets = voice.first[1:] <= _latest_before(voice)
    if not meets.any():
        return voice
    met = np.isin(voice.place, np.unique(voice.place[1:][meets]))
    painted = [_repainted(voice, rows, order) for rows in _by_place(voice, met)]
    kept = _picked(voice, ~met)
    parts = [np.concatenate([mine, *theirs]) for mine, *theirs in zip(kept[2:], *painted, strict=True)]
    again = np.lexsort((parts[1], parts[0]))
    place, first, last, word = (part[again] for part in parts)
    return Voice(voice.name, voice.vocabulary, place, first, last, word.astype(np.int8))


def _latest_before(voice: Voice) -> Ints:
    """For each spell but the first: the latest last day of the earlier spells of its place; -1 where there is none."""
    if not len(voice.place):
        return voice.last
    # Places apart by more than any day, so that one running maximum serves them all.
    apart = voice.place * (int(voice.last.max()) + 2)
    running = np.maximum.accumulate(apart + voice.last)[:-1] - apart[1:]
    return np.asarray(np.where(voice.place[1:] == voice.place[:-1], running, -1))


def _by_place(voice: Voice, met: NDArray[np.bool_]) -> list[Ints]:
    rows = np.flatnonzero(met)
    return np.split(rows, np.flatnonzero(np.diff(voice.place[rows])) + 1)


def _repainted(voice: Voice, rows: Ints, order: Ints) -> tuple[Ints, Ints, Ints, Words]:
    """The spells of one place without overlap: place, first, last, word."""
    start = int(voice.first[rows].min())
    days = np.full((int(voice.last[rows].max()) - start + 1, 1), SILENT, np.int8)
    for row in rows[np.argsort(order[rows], kind="stable")]:
        days[voice.first[row] - start : voice.last[row] - start + 1, 0] = voice.word[row]
    found = from_grid(voice.name, voice.vocabulary, days)
    return np.full(len(found.first), voice.place[rows[0]]), found.first + start, found.last + start, found.word


def _picked(voice: Voice, which: NDArray[np.bool_]) -> Voice:
    return voice._replace(
        place=voice.place[which], first=voice.first[which], last=voice.last[which], word=voice.word[which]
    )


def carried(said: Words, days: int) -> Words:
    """The words with gaps filled by the last word said, for at most some days."""
    filled = said.copy()
    last, age = filled[0].copy(), np.zeros(filled.shape[1], np.int64)
    for today in filled:
        heard = today != SILENT
        age = np.where(heard, 0, age + 1)
        last = np.where(heard, today, last)
        today[:] = np.where(age <= days, last, SILENT)
    return filled


def expanded(voice: Voice) -> Said:
    """Its words day by day."""
    length = voice.last - voice.first + 1
    row = np.repeat(np.arange(len(length)), length)
    within = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
    return Said(voice.place[row], voice.first[row] + within, voice.word[row])


def utterances(said: Said, words: int) -> NDArray[np.int32]:
    """What each word is beside the one before it: a number that says first word, or age, word before and word.

    Args:
        said: of one voice.
        words: how many it has.

    Returns:
        1 + word for a first word and for another word after `ANEW` days of silence; then by age, word before, word (see
        `width` for how many there are; 0 stands for silence).
    """
    if not len(said.day):
        return np.zeros(0, np.int32)
    place, day, word = said.place, said.day, said.word.astype(np.int64)
    follows = np.append(False, place[1:] == place[:-1])
    before = np.roll(word, 1)
    begins = ~follows | (word != before)
    # The day on which the word that stood before each one began to be said.
    since = np.roll(day[np.maximum.accumulate(np.where(begins, np.arange(len(day)), 0))], 1)
    known = follows & ((word == before) | (day - np.roll(day, 1) < ANEW))
    age = np.searchsorted(AGES, np.where(known, day - since, 0), side="right") - 1
    moved = 1 + words + (age * words + before) * words + word
    return np.where(known, moved, 1 + word).astype(np.int32)


def width(voice: Voice) -> int:
    """How many different numbers `utterances` gives."""
    words = len(voice.vocabulary)
    return 1 + words + len(AGES) * words * words
