"""What sources say of places by day, as numbers."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.int8]
#: Nothing was said of a place on a day: no evidence.
SILENT = -1
#: A voice that says another word after so many days of silence looked anew: no habit of changing its word shows in it.
ANEW = 8
#: Days since a voice began to say its present word, from which its habits are counted apart.
AGES = (0, 1, 3, 8, 21, 60)


class Voice(NamedTuple):
    """One source: its words, and which it said of each place on each day.

    Args:
        name: for the explanations only.
        vocabulary: its words; an actor's name says that he holds the place, what other words mean is learned.
        said: index into `vocabulary`, or `SILENT`; days by places.
    """

    name: str
    vocabulary: tuple[str, ...]
    said: Words


class Spell(NamedTuple):
    """One word for a place from a first to a last day, as indices, both included."""

    place: int
    word: str
    first: int
    last: int


def from_spells(name: str, spells: Iterable[Spell], vocabulary: Sequence[str], days: int, places: int) -> Voice:
    """A voice from the spells of its words; a later spell overwrites an earlier one where they overlap.

    Claims are spells too: one that holds of a single day is a spell of one day.

    Raises:
        KeyError: a word is not in the vocabulary.
    """
    number = {word: index for index, word in enumerate(vocabulary)}
    said = np.full((days, places), SILENT, np.int8)
    for spell in spells:
        said[spell.first : spell.last + 1, spell.place] = number[spell.word]
    return Voice(name, tuple(vocabulary), said)


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


def utterances(voice: Voice) -> NDArray[np.int32]:
    """What each word is beside the one before it: a number that says first word, or age, word before and word.

    Returns:
        days by places: 0 where the voice is silent; 1 + word for a first word and for another word after `ANEW` days of
        silence; then by age, word before, word (see
        `width` for how many there are).
    """
    days, places = voice.said.shape
    words = len(voice.vocabulary)
    found = np.zeros((days, places), np.int32)
    before = np.full(places, SILENT, np.int32)
    since = np.zeros(places, np.int32)
    spoke = np.zeros(places, np.int32)
    for day in range(days):
        word = voice.said[day].astype(np.int32)
        heard = word != SILENT
        known = (before != SILENT) & ((word == before) | (day - spoke < ANEW))
        age = np.searchsorted(AGES, day - since, side="right") - 1
        moved = 1 + words + (age * words + before) * words + word
        found[day] = np.where(heard, np.where(known, moved, 1 + word), 0)
        since = np.where(heard & (word != before), day, since)
        before = np.where(heard, word, before)
        spoke = np.where(heard, day, spoke)
    return found


def width(voice: Voice) -> int:
    """How many different numbers `utterances` gives."""
    words = len(voice.vocabulary)
    return 1 + words + len(AGES) * words * words
