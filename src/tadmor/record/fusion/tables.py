"""How a voice words what it sees: what is believed at first, and what its words teach."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.voices import AGES, Voice

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


def expected(voice: Voice, actors: Sequence[str], heard: Floats, settings: Settings) -> Table:
    """The table before learning: a voice knows more often than not, and else says what it usually says.

    So a rare word weighs more than a usual one: who marks nothing says the usual word without knowing. Of words that
    are no actor's name nothing is believed: each is as likely whoever holds.

    Args:
        voice: whose.
        actors: who may hold.
        heard: how often it used each number of `utterances`.
        settings: what is believed.
    """
    words = len(voice.vocabulary)
    used = _usage(heard, words)
    first = np.tile(used, (len(actors), 1))
    following = np.zeros((len(actors), len(AGES), words, words))
    speaks = meanings(voice, actors)
    if (speaks < 0).all():
        following[:] = _habit(heard, words)
        return Table(first, following)
    for holder, right in enumerate(speaks):
        if right >= 0:
            first[holder] *= 1 - settings.known
            first[holder, right] += settings.known
        following[holder] = _moves(used, int(right), settings)
    return Table(first, following)


def learned(prior: Table, counts: Floats, speaks: NDArray[np.int64], settings: Settings) -> Table:
    """The table after hearing: the prior and the expected counts of utterances by holder, together.

    Args:
        prior: what was believed.
        counts: holder by number of utterance (silence first).
        speaks: the word for each holder, see `meanings`.
        settings: how much the prior weighs.
    """
    words = prior.first.shape[1]
    first = settings.known_strength * prior.first + counts[:, 1 : 1 + words]
    heard = counts[:, 1 + words :].reshape(prior.next.shape)
    if settings.tied <= 0 or (speaks < 0).all():
        following = settings.moving_strength * prior.next + heard
        following /= following.sum(3, keepdims=True)
    else:
        following = _tied(prior.next, heard, speaks, settings)
    return Table(first / first.sum(1, keepdims=True), following)


def _tied(prior: Floats, heard: Floats, speaks: NDArray[np.int64], settings: Settings) -> Floats:
    """Age by age: correcting is believed to be as much quicker or slower than expected as it was at the last age."""
    found = np.empty_like(prior)
    words = np.arange(prior.shape[2])
    corrects = (words[:, None] != words) & (words == speaks[:, None, None]) & (speaks[:, None, None] >= 0)
    changed = np.ones_like(prior[:, 0])
    for age in range(prior.shape[1]):
        believed = np.where(corrects, np.minimum(prior[:, age] * changed, 0.5), prior[:, age])
        stays = believed[:, words, words] + prior[:, age].sum(2) - believed.sum(2)
        believed[:, words, words] = stays
        counts = settings.moving_strength * believed + heard[:, age]
        found[:, age] = counts / counts.sum(2, keepdims=True)
        changed = (found[:, age] / prior[:, age]) ** settings.tied
    return found


def never_against(table: Table, speaks: NDArray[np.int64]) -> Table:
    """The table with no word speaking against the actor whom it names: a voice is weak at worst, not a liar by rule."""
    first, following = table.first.copy(), table.next.copy()
    for holder, word in enumerate(speaks):
        if word >= 0:
            first[:, word] = np.minimum(first[:, word], first[holder, word])
            following[..., word] = np.minimum(following[..., word], following[holder, ..., word])
    return Table(first, following)


def _usage(heard: Floats, words: int) -> Floats:
    """How often the voice uses each word; words not used yet count once."""
    counts = heard[1:].reshape(-1, words).sum(0) + 1.0
    return np.asarray(counts / counts.sum())


def _habit(heard: Floats, words: int) -> Floats:
    """How often each word follows each, whoever holds: word before by word."""
    # Ten repetitions of each word and a hundredth of each change stand for what was not heard yet.
    counts = heard[1 + words :].reshape(-1, words, words).sum(0) + 10 * np.eye(words) + 0.01
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
