"""Methods of truth discovery that tadmor's is measured against, written from their papers.

* voting: the value most often told.
* TruthFinder: Yin, Han and Yu 2008, doi:10.1109/TKDE.2007.190745.
* CRH: Li et al. 2014, doi:10.1145/2588555.2610509.
* CATD: Li et al. 2014, doi:10.14778/2735496.2735505.
* Dawid-Skene: Dawid and Skene 1979, doi:10.2307/2346806, without any prior.
* ZenCrowd: Demartini et al. 2012, doi:10.1145/2187836.2187900.
"""

from collections.abc import Callable
from functools import cache
from math import exp, lgamma, log, sqrt

import numpy as np

from tadmor.record.estimation.engine import Floats, Ints

_TINY = 1e-9
_ROUNDS = 100


def best(items: Ints, score: Floats, preferred: Floats | None = None) -> Ints:
    """Of each question the candidate with the highest score; of equals the one preferred most, then the first."""
    second = np.zeros(len(items)) if preferred is None else preferred
    order = np.lexsort((-np.arange(len(items)), second, np.round(score, 9), items))
    last: Ints = np.append(np.flatnonzero(np.diff(items[order])), len(order) - 1)
    result: Ints = order[last]
    return result


def votes(facts: Ints, count: int) -> Floats:
    """How many tell each candidate."""
    return np.bincount(facts, minlength=count).astype(float)


def truthfinder(facts: Ints, sources: Ints, implied: tuple[Ints, Ints, Floats], count: int) -> Floats:
    """TruthFinder's confidence of each candidate, with the paper's constants: rho 0.5, gamma 0.3, trust 0.9 at first.

    Args:
        facts: of each claim, the candidate that it tells.
        sources: of each claim, who makes it.
        implied: from which candidate to which other, and how far the one implies the other, -1..1.
        count: how many candidates there are.
    """
    giving, given, how_far = implied
    trust = np.full(int(sources.max()) + 1, 0.9)
    told = np.maximum(np.bincount(sources), 1)
    score = np.zeros(count)
    for _ in range(_ROUNDS):
        own = np.bincount(facts, -np.log(np.maximum(1 - trust[sources], _TINY)), count)
        score = own + 0.5 * np.bincount(given, own[giving] * how_far, count)
        confidence = 1 / (1 + np.exp(-0.3 * score))
        after = np.bincount(sources, confidence[facts]) / told
        alike = float(trust @ after / np.linalg.norm(trust) / np.linalg.norm(after))
        trust = after
        if 1 - alike < 1e-7:
            break
    return score


def weighted_middle(asked: Ints, figures: Floats, weight: Floats) -> Floats:
    """The weighted median of each question, the lower of two."""
    order = np.lexsort((figures, asked))
    reached = np.cumsum(weight[order])
    total = np.bincount(asked, weight)
    beyond = reached - (np.cumsum(total) - total)[asked[order]] >= total[asked[order]] / 2 - _TINY
    result = np.zeros(len(total))
    result[asked[order][beyond][::-1]] = figures[order][beyond][::-1]
    return result


def weighted_mean(asked: Ints, figures: Floats, weight: Floats) -> Floats:
    """The weighted mean of each question."""
    result: Floats = np.bincount(asked, figures * weight) / np.maximum(np.bincount(asked, weight), 1e-300)
    return result


Middle = Callable[[Ints, Floats, Floats], Floats]


def crh(asked: Ints, sources: Ints, figures: Floats, middle: Middle = weighted_middle) -> Floats:
    """CRH on figures: absolute error in standard deviations of the question, weighted median."""
    spread = _spread(asked, figures)
    true = middle(asked, figures, np.ones(len(figures)))
    for _ in range(20):
        error = np.bincount(sources, np.abs(figures - true[asked]) / spread[asked]) + _TINY
        true = middle(asked, figures, -np.log(error / error.sum())[sources])
    return true


def catd(asked: Ints, sources: Ints, figures: Floats, middle: Middle = weighted_mean) -> Floats:
    """CATD on figures: weights are the 97.5 % points of chi-square over the squared error in standard deviations."""
    spread = _spread(asked, figures)
    width = np.array([chi_square(int(n)) for n in np.bincount(sources)])
    true = weighted_middle(asked, figures, np.ones(len(figures)))
    for _ in range(20):
        error = np.bincount(sources, ((figures - true[asked]) / spread[asked]) ** 2) + 1e-6
        true = middle(asked, figures, (width / error)[sources])
    return true


def _spread(asked: Ints, figures: Floats) -> Floats:
    """Standard deviation of each question's figures; 1 where they agree."""
    count = np.bincount(asked)
    mean = np.bincount(asked, figures) / np.maximum(count, 1)
    spread = np.sqrt(np.bincount(asked, (figures - mean[asked]) ** 2) / np.maximum(count, 1))
    return np.where(spread > 0, spread, 1.0)


def voted(facts: Ints, sources: Ints, asked: Ints, items: Ints, *, confident: bool) -> Floats:
    """CRH (or, `confident`, CATD) on candidates: 0-1 loss and a weighted vote."""
    score = votes(facts, len(items))
    width = np.array([chi_square(int(n)) for n in np.bincount(sources)])
    for _ in range(20):
        wrong = np.bincount(sources, (best(items, score)[asked] != facts).astype(float)) + 1e-6
        weight = width / wrong if confident else -np.log(wrong / wrong.sum())
        score = np.bincount(facts, weight[sources], len(items)).astype(float)
    return score


@cache
def chi_square(freedom: int, chance: float = 0.975) -> float:
    """The point below which a chi-square variable lies with a chance."""
    if not freedom:
        return 0.0
    low, high = 0.0, float(freedom + 20 * sqrt(freedom) + 20)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle / 2, freedom / 2) < chance else (low, middle)
    return (low + high) / 2


def _below(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function, by its series."""
    if x <= 0:
        return 0.0
    term = total = 1 / shape
    n = shape
    while term > total * 1e-12:
        n += 1
        term *= x / n
        total += term
    return float(min(total * exp(-x + shape * log(x) - lgamma(shape)), 1.0))


def dawid_skene(asked: Ints, sources: Ints, named: Ints, rounds: int = _ROUNDS) -> Floats:
    """Questions × labels: the probability of each label; full confusion matrices, maximum likelihood."""
    labels, people, questions = int(named.max()) + 1, int(sources.max()) + 1, int(asked.max()) + 1
    told = np.zeros((len(asked), labels))
    told[np.arange(len(asked)), named] = 1.0
    chance = _summed(told, asked, questions)
    chance /= chance.sum(axis=1, keepdims=True)
    for _ in range(rounds):
        # how often each source names each label, by the right label
        named_as = np.stack([_summed(told * chance[asked, right, None], sources, people) for right in range(labels)], 1)
        confused = np.log(np.maximum(named_as / np.maximum(named_as.sum(axis=2, keepdims=True), _TINY), _TINY))
        log_odds = np.log(chance.mean(axis=0)) + _summed(confused[sources, :, named], asked, questions)
        odds = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
        chance = odds / odds.sum(axis=1, keepdims=True)
    return chance


def _summed(rows: Floats, groups: Ints, count: int) -> Floats:
    """Sums of rows by group."""
    return np.stack([np.bincount(groups, column, count) for column in rows.T], axis=1)


def zencrowd(facts: Ints, sources: Ints, asked: Ints, items: Ints) -> Floats:
    """ZenCrowd: one reliability a source, the other candidates of a question alike when it errs."""
    others = np.maximum(np.bincount(items)[asked] - 1, 1).astype(float)
    right = np.full(int(sources.max()) + 1, 0.7)
    told = np.maximum(np.bincount(sources), 1)
    chance = np.zeros(len(items))
    for _ in range(_ROUNDS):
        gain = np.log(right[sources]) - np.log((1 - right[sources]) / others)
        score = np.bincount(facts, gain, len(items)).astype(float)
        odds = np.exp(score - score[best(items, score)][items])
        chance = odds / np.bincount(items, odds)[items]
        right = np.clip(np.bincount(sources, chance[facts]) / told, 0.01, 0.99)
    return chance
