"""How a voice words what it sees: what is believed at first, and what its words teach."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.voices import AGES, SILENT, Voice

Floats = NDArray[np.float64]
#: How old, in days, a word's error is taken to be for each span of `AGES`: younger than the word, which may have been
#: right for long.
_ERRORS = (0.5, 2.0, 5.0, 10.0, 15.0, 20.0)


class Table(NamedTuple):
    """Chances of a voice's words, given who holds the place.

    Args:
        first: holder by word.
        next: holder by age by word before by word.
    """

    first: Floats
    next: Floats

    def by_utterance(self) -> Floats:
        """Chance of each number of `utterances` by holder; 1 for silence, which tells nothing."""
        holders = len(self.first)
        parts = (np.ones((1, holders)), self.first.T, self.next.reshape(holders, -1).T)
        return np.concatenate(parts)


def meanings(voice: Voice, actors: Sequence[str]) -> NDArray[np.int64]:
    """Which word of the voice says that each actor holds a place; -1 where it has none."""
    return np.array([voice.vocabulary.index(actor) if actor in voice.vocabulary else -1 for actor in actors])


def expected(voice: Voice, actors: Sequence[str], settings: Settings) -> Table:
    """The table before learning: a voice knows more often than not, and else says what it usually says.

    So a rare word weighs more than a usual one: who marks nothing says the usual word without knowing. Of words that
    are no actor's name nothing is believed: each is as likely whoever holds.
    """
    words, used = len(voice.vocabulary), _usage(voice)
    first = np.tile(used, (len(actors), 1))
    following = np.zeros((len(actors), len(AGES), words, words))
    speaks = meanings(voice, actors)
    if (speaks < 0).all():
        following[:] = _habit(voice)
        return Table(first, following)
    for holder, right in enumerate(speaks):
        if right >= 0:
            first[holder] *= 1 - settings.known
            first[holder, right] += settings.known
        following[holder] = _moves(used, int(right), settings)
    return Table(first, following)


def learned(prior: Table, counts: Floats, settings: Settings) -> Table:
    """The table after hearing: the prior and the expected counts of utterances by holder, together.

    Args:
        prior: what was believed.
        counts: holder by number of utterance (silence first).
        settings: how much the prior weighs.
    """
    words = prior.first.shape[1]
    first = settings.known_strength * prior.first + counts[:, 1 : 1 + words]
    following = settings.moving_strength * prior.next + counts[:, 1 + words :].reshape(prior.next.shape)
    return Table(first / first.sum(1, keepdims=True), following / following.sum(3, keepdims=True))


def never_against(table: Table, speaks: NDArray[np.int64]) -> Table:
    """The table with no word speaking against the actor whom it names: a voice is weak at worst, not a liar by rule."""
    first, following = table.first.copy(), table.next.copy()
    for holder, word in enumerate(speaks):
        if word >= 0:
            first[:, word] = np.minimum(first[:, word], first[holder, word])
            following[..., word] = np.minimum(following[..., word], following[holder, ..., word])
    return Table(first, following)


def _usage(voice: Voice) -> Floats:
    """How often the voice uses each word; words not used yet count once."""
    said = voice.said[voice.said != SILENT]
    counts = np.bincount(said, minlength=len(voice.vocabulary)) + 1.0
    return np.asarray(counts / counts.sum())


def _habit(voice: Voice) -> Floats:
    """How often each word follows each, whoever holds: word before by word."""
    before, after = voice.said[:-1], voice.said[1:]
    words = len(voice.vocabulary)
    both = (before != SILENT) & (after != SILENT)
    pairs = before[both].astype(np.int64) * words + after[both]
    # Ten repetitions of each word and a hundredth of each change stand for what was not heard yet.
    counts = np.bincount(pairs, minlength=words * words).reshape(words, words) + 10 * np.eye(words) + 0.01
    return np.asarray(counts / counts.sum(1, keepdims=True))


def _moves(used: Floats, right: int, settings: Settings) -> Floats:
    """Age by word before by word, where `right` is the word for who holds: wrong words are left, right ones kept."""
    words = len(used)
    table = np.empty((len(AGES), words, words))
    for age, days in enumerate(_ERRORS):
        table[age] = settings.straying * used
        if right >= 0:
            # Errors live unequally long (a rate drawn from a gamma distribution): the older, the likelier to stay.
            table[age, :, right] = 1 / (1 / settings.correcting + days)
            table[age, right] = settings.straying * used
        np.fill_diagonal(table[age], 0.0)
        np.fill_diagonal(table[age], 1 - table[age].sum(1))
    return table
