"""Simple ways of fusing what sources say, for comparison: shares of votes, Dawid and Skene, a hidden Markov chain.

Each takes answers (tasks by sources, -1 where there is none) and gives chances of the classes by task.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Answers = NDArray[np.int64]
#: Keeps logarithms finite, as crowd-kit's does.
_TINY = 1e-10


def vote(answers: Answers, classes: int) -> Floats:
    """Shares of the answers; an answer beyond the classes counts for all alike, and so does none at all."""
    counts = np.stack([(answers == one).sum(1) for one in range(classes)], 1).astype(np.float64)
    counts += (answers >= classes).sum(1, keepdims=True) / classes
    whole = counts.sum(1, keepdims=True)
    return np.asarray(np.divide(counts, whole, out=np.full_like(counts, 1 / classes), where=whole > 0))


def dawid_skene(answers: Answers, classes: int, rounds: int = 100, tolerance: float = 1e-5) -> Floats:
    """Confusion of each source and chances of each task in turn, from shares of votes (doi:10.2307/2346806).

    As crowd-kit 1.4 does it, without smoothing; tasks with the same answers are taken together.
    """
    kinds, which, times = _kinds(answers)
    task, source = np.nonzero(kinds >= 0)
    listed = Listed(task, source, kinds[task, source], vote(kinds, classes).T, times)
    return np.asarray(confused(listed, rounds, tolerance).T[which])


class Listed(NamedTuple):
    """Answers one by one.

    Args:
        task: of each answer.
        source: of each.
        answer: its class.
        chances: of the classes at the start; classes by tasks.
        times: how often each task counts.
    """

    task: Answers
    source: Answers
    answer: Answers
    chances: Floats
    times: Answers


def confused(listed: Listed, rounds: int = 100, tolerance: float = 1e-5) -> Floats:
    """Dawid and Skene's method on listed answers: work in each round grows with the answers alone; classes by tasks."""
    task, times = listed.task, listed.times
    chances, last = listed.chances, -np.inf
    classes, tasks = chances.shape
    sources = int(listed.source.max(initial=0)) + 1
    code = listed.source * classes + listed.answer
    for _ in range(rounds):
        weighed = chances * times
        logs = np.empty_like(chances)
        for one in range(classes):
            counts = np.bincount(code, weighed[one].take(task), sources * classes).reshape(-1, classes)
            shares = counts / np.maximum(counts.sum(1, keepdims=True), _TINY)
            logs[one] = np.bincount(task, np.log(shares + _TINY).ravel().take(code), tasks)
        logs += np.log(weighed.sum(1) / times.sum() + _TINY)[:, None]
        peak = logs.max(0)
        chances = np.exp(logs - peak)
        whole = chances.sum(0)
        chances /= whole
        gain = float(((np.log(whole) + peak) * times).sum())
        if gain - last < tolerance * abs(gain):
            break
        last = gain
    return chances


def _kinds(answers: Answers) -> tuple[Answers, NDArray[np.int64], NDArray[np.int64]]:
    """Unlike rows of answers, which row each task has, and how many tasks have each."""
    # A sum of products with fixed odd numbers, beyond 64 bits cut off: unlike rows meet with a chance of 1 in 2 ** 63.
    factors = np.random.default_rng(0).integers(0, 2**63, answers.shape[1], np.uint64) * np.uint64(2) + np.uint64(1)
    key = np.zeros(len(answers), np.uint64)
    for column, factor in zip(answers.T, factors, strict=True):
        key += (column + 1).astype(np.uint64) * factor
    _, first, which, times = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    return answers[first], which.ravel(), times


def confusion(said: Answers, chances: Floats, times: NDArray[np.int64], classes: int) -> Floats:
    """Logarithm of how often a source gives each answer by true class; a last row of 0 stands for no answer."""
    counts = np.zeros((classes, chances.shape[1]))
    spoken = said >= 0
    np.add.at(counts, said[spoken], chances[spoken] * times[spoken, None])
    shares = counts / np.maximum(counts.sum(0, keepdims=True), _TINY)
    return np.vstack([np.log(shares + _TINY), np.zeros(chances.shape[1])])


def hidden_markov(
    answers: NDArray[np.int64], classes: int, stay: float = 0.99, rounds: int = 10
) -> tuple[Floats, Floats]:
    """A plain chain for each place: every day's answers are fresh evidence, confusions and stickiness learned by EM.

    Args:
        answers: days by places by sources.
        classes: how many; answers beyond them are no class of their own but may be given.
        stay: chance at first that a place stays with its class from one day to the next.
        rounds: of learning.

    Returns:
        smoothed and filtered chances, days by places by classes.
    """
    days, places, sources = answers.shape
    words = int(answers.max()) + 1
    kinds, which, times = _kinds(answers.reshape(-1, sources))
    chances = vote(kinds, classes)
    for _ in range(rounds):
        logs = np.zeros((len(kinds), classes))
        for source in range(sources):
            logs += confusion(kinds[:, source], chances, times, words)[kinds[:, source]]
        likely = np.exp(logs - logs.max(1, keepdims=True))[which].reshape(days, places, classes)
        prior = (chances * times[:, None]).sum(0) / times.sum()
        smoothed, filtered, stay = _pass(likely, prior, stay)
        flat_chances = smoothed.reshape(-1, classes)
        chances = np.stack([np.bincount(which, flat_chances[:, one]) for one in range(classes)], 1) / times[:, None]
    return smoothed, filtered


def _pass(likely: Floats, prior: Floats, stay: float) -> tuple[Floats, Floats, float]:
    """Forward and backward; and how often places stay."""
    days, places, classes = likely.shape
    move = np.full((classes, classes), (1 - stay) / (classes - 1))
    np.fill_diagonal(move, stay)
    filtered = np.empty_like(likely)
    now = np.tile(prior, (places, 1))
    for day in range(days):
        now = (now @ move if day else now) * likely[day]
        now /= now.sum(1, keepdims=True)
        filtered[day] = now
    smoothed = np.empty_like(likely)
    smoothed[-1] = filtered[-1]
    later, stayed = np.ones((places, classes)), 0.0
    for day in range(days - 1, 0, -1):
        ahead = likely[day] * later
        before = filtered[day - 1]
        whole = (ahead @ move.T) * before
        stayed += float(((before * ahead * stay).sum(1) / whole.sum(1)).sum())
        later = ahead @ move.T
        later /= later.sum(1, keepdims=True)
        smoothed[day - 1] = before * later
        smoothed[day - 1] /= smoothed[day - 1].sum(1, keepdims=True)
    return smoothed, filtered, min(max(stayed / (places * (days - 1)), 0.5), 1 - 1e-6)


def single(answers: Sequence[int] | NDArray[np.int64], classes: int) -> Floats:
    """One source taken at its word; all classes alike where it has none."""
    said = np.asarray(answers)
    chances = np.full((len(said), classes), 1 / classes)
    spoken = (said >= 0) & (said < classes)
    chances[spoken] = np.eye(classes)[said[spoken]]
    return chances
