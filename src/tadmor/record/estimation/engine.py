"""The model that labels, sets and numbers share: outcomes, profiles of sources, and the rounds that learn them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
#: New log-densities of the pairs from how probable each pair's candidate is.
Densities = Callable[[Floats], Floats]

#: Rounds after which the learning stops, and the change of a probability below which it has settled.
ROUNDS, SETTLED = 300, 1e-4
_TINY = 1e-9


class Pairs(NamedTuple):
    """Every claim against every value that may be true of what it speaks of; sorted by claim.

    `outcomes` says how the claim stands to the candidate, `densities` how much of that outcome falls on just this claim
    (log; 0 where an outcome is one thing).
    """

    claims: Ints
    candidates: Ints
    outcomes: Ints
    densities: Floats


class Model(NamedTuple):
    """What is assumed before anything is learned.

    Attributes:
        start: chance of each outcome.
        given: outcomes of which one must happen carry one number: their chances sum to 1.
        strength: how many claims the profile of a source's kind counts for.
        leave_out: weigh a claim by what its source said elsewhere, so that nobody vouches for himself. Right where many
            sources are heard a few times; where each is heard often it changes nothing and costs a third of the time.
    """

    start: tuple[float, ...]
    given: tuple[int, ...]
    strength: float
    leave_out: bool


class Estimate(NamedTuple):
    """What was learned.

    Attributes:
        items: of each candidate, the question it answers; ascending.
        probability: of each candidate, 0..1; those of one question sum to 1.
        profiles: sources × outcomes, chances.
        kinds: kinds × outcomes, chances.
        rounds: of learning.
    """

    items: Ints
    probability: Floats
    profiles: Floats
    kinds: Floats
    rounds: int

    def best(self) -> Ints:
        """The most probable candidate of every question, the first of equals."""
        order = np.lexsort((-np.arange(len(self.items)), self.probability, self.items))
        last = np.append(np.flatnonzero(np.diff(self.items[order])), len(order) - 1)
        result: Ints = order[last]
        return result


def pairs_of(asked: Ints, items: Ints) -> tuple[Ints, Ints]:
    """Each claim with each candidate of its question, as two rows of numbers; `items` ascending and without gaps."""
    count = np.bincount(items)
    first = np.cumsum(count) - count
    times = count[asked]
    claims = np.repeat(np.arange(len(asked)), times)
    within = np.arange(len(claims)) - np.repeat(np.cumsum(times) - times, times)
    return claims, first[asked[claims]] + within


def learn(
    items: Ints,
    sources: Ints,
    pairs: Pairs,
    model: Model,
    *,
    kinds: Ints | None = None,
    labelled: Ints | None = None,
    densities: Densities | None = None,
) -> Estimate:
    """What is true, and what each source is worth.

    Args:
        items: of each candidate, the question; ascending.
        sources: of each claim, who makes it.
        pairs: claims against candidates.
        model: what is assumed.
        kinds: of each source, its kind; `None`: all are of one.
        labelled: of each candidate, its label, where the same labels answer every question: their shares are learned.
        densities: learns the densities anew in each round.
    """
    count = _Counting(sources, kinds, pairs, model)
    log_chance, density, prior = count.opening(), pairs.densities, np.zeros(len(items))
    before = np.zeros(len(items))
    rounds = 0
    for rounds in range(1, ROUNDS + 1):  # noqa: B007 - how many it took is told
        probability = _normal(items, np.bincount(pairs.candidates, log_chance + density, len(items)) + prior)
        if np.abs(probability - before).max(initial=0.0) < SETTLED:
            break
        before = probability
        weight = probability[pairs.candidates]
        log_chance = count.chances(weight)
        density = densities(weight) if densities is not None else density
        if labelled is not None:
            share = np.bincount(labelled, probability) + _TINY
            prior = np.log(share / share.sum())[labelled]
    return Estimate(items, before, count.profiles(before[pairs.candidates]), count.kind_profiles, rounds)


def _normal(items: Ints, log_odds: Floats) -> Floats:
    """Probabilities of candidates that sum to 1 for each question."""
    first = np.flatnonzero(np.diff(items, prepend=-1))
    odds = np.exp(log_odds - np.maximum.reduceat(log_odds, first)[items])
    result: Floats = odds / np.add.reduceat(odds, first)[items]
    return result


class _Counting:
    """How often each outcome happened, by source and by kind; the indices that counting needs are made once."""

    def __init__(self, sources: Ints, kinds: Ints | None, pairs: Pairs, model: Model) -> None:
        self._model, self._start = model, np.array(model.start)
        self._given = np.array(model.given)
        self._outcomes, self._sources = len(self._start), int(sources.max()) + 1
        self._kinds = np.zeros(self._sources, dtype=np.int64) if kinds is None else kinds
        speaker = sources[pairs.claims]
        self._slot = speaker * self._outcomes + pairs.outcomes
        self._kind_slot = self._kinds[speaker] * self._outcomes + pairs.outcomes
        self._claim_slot = pairs.claims * self._outcomes + pairs.outcomes
        self._claims = len(sources)
        self._same = (self._given[:, None] == self._given[None, :]).astype(float)
        self.kind_profiles = np.tile(self._start, (int(self._kinds.max()) + 1, 1))

    def opening(self) -> Floats:
        """Log-chances of the pairs before anything is learned."""
        chances: Floats = np.log(self.kind_profiles).ravel()
        return np.take(chances, self._kind_slot)

    def chances(self, weight: Floats) -> Floats:
        """Log-chances of the pairs, given how probable each pair's candidate is."""
        counted = self._counted(weight)
        self._learn_kinds(counted)
        strength = self._model.strength
        if not self._model.leave_out:
            usual: Floats = np.log(np.maximum(self._shrunk(counted), _TINY)).ravel()
            return np.take(usual, self._slot)
        own = np.bincount(self._claim_slot, weight, self._claims * self._outcomes).reshape(-1, self._outcomes)
        happened = counted.ravel()[self._slot] - own.ravel()[self._claim_slot]
        tried = (counted @ self._same).ravel()[self._slot] - (own @ self._same).ravel()[self._claim_slot]
        expected = strength * self.kind_profiles.ravel()[self._kind_slot]
        result: Floats = np.log(np.maximum((happened + expected) / (tried + strength), _TINY))
        return result

    def profiles(self, weight: Floats) -> Floats:
        """Chances of the outcomes by source."""
        return self._shrunk(self._counted(weight))

    def _counted(self, weight: Floats) -> Floats:
        counted: Floats = np.bincount(self._slot, weight, self._sources * self._outcomes).astype(float)
        return counted.reshape(-1, self._outcomes)

    def _learn_kinds(self, counted: Floats) -> None:
        total = np.zeros_like(self.kind_profiles) + self._start
        np.add.at(total, self._kinds, counted)
        self.kind_profiles = total / (total @ self._same)

    def _shrunk(self, counted: Floats) -> Floats:
        strength = self._model.strength
        result: Floats = (counted + strength * self.kind_profiles[self._kinds]) / (counted @ self._same + strength)
        return result
