"""Figures: which is right, when some are copied exactly, some are off a little, and some by orders of magnitude.

The right figure is one of those told. A source tells it exactly or errs; errors, in ratios, are near or far, upwards or
downwards, and how often and how far is learned from all sources together: partisan counts err upwards, and few sources
are heard often enough to learn it of each. CATD (Li et al. 2014, doi:10.14778/2735496.2735505) keeps sources that are
heard rarely from counting much by the width of a confidence interval; here such a source counts as its kind does.
"""

from typing import NamedTuple

import numpy as np

from tadmor.record.estimation.engine import Estimate, Floats, Ints, Model, Pairs, learn, pairs_of

_EXACT, _OFF = 0, 1
#: Chance that a source is exact before anything is learned.
_RIGHT = 0.6
#: Claims that the profile of a kind counts for; 1 to 8 score alike on the populations of towns.
_STRENGTH = 2.0
#: Errors within a tenth of an e-fold that are as good as one: how far two wrong figures must lie apart to count as two
#: chances. 0.05 to 0.15 score alike on the populations of towns; from 0.3 on agreement counts for too little.
_WIDTH = 0.1
#: Mean size of errors, in e-folds, before anything is learned: near and far, upwards and downwards.
_SIZES = (0.1, 0.1, 2.0, 2.0)


class Figures(NamedTuple):
    """The figures that may be right, what was learned, and how errors are spread.

    `shares` and `sizes` are of near errors upwards and downwards, then far ones: how often, and mean size in e-folds.
    """

    candidates: Floats
    estimate: Estimate
    shares: Floats
    sizes: Floats

    def best(self) -> Floats:
        """The most probable figure of every question."""
        return self.candidates[self.estimate.best()]


def numbers(asked: Ints, sources: Ints, told: Floats, *, kinds: Ints | None = None) -> Figures:
    """The right figure of each question, among those that were told.

    Args:
        asked: of each claim, the question: 0, 1, ... without gaps.
        sources: of each claim, who makes it.
        told: of each claim, the figure; not negative.
        kinds: of each source, its kind; `None`: all are of one.
    """
    unique = np.unique(np.stack([asked.astype(float), told], axis=1), axis=0)
    items, candidates = unique[:, 0].astype(np.int64), unique[:, 1]
    claims, against = pairs_of(asked, items)
    errors = _Errors(np.log1p(told[claims]) - np.log1p(candidates[against]))
    outcomes = np.where(errors.exact, _EXACT, _OFF)
    pairs = Pairs(claims, against, outcomes, errors.densities())
    model = Model((_RIGHT, 1 - _RIGHT), (0, 0), _STRENGTH, leave_out=True)
    estimate = learn(items, sources, pairs, model, kinds=kinds, densities=errors.learn)
    return Figures(candidates, estimate, errors.shares, errors.sizes)


class _Errors:
    """How errors are spread: a mixture of four exponentials, two upwards and two downwards."""

    def __init__(self, errors: Floats) -> None:
        self.exact = errors == 0.0
        self._far = np.abs(errors)
        self._way = np.stack([errors > 0, errors < 0, errors > 0, errors < 0]).astype(float)
        self.shares, self.sizes = np.full(4, 0.25), np.array(_SIZES)

    def densities(self) -> Floats:
        """Log-densities of the errors; 0 where there is none."""
        spread = self._parts().sum(axis=0)
        return np.where(self.exact, 0.0, np.log(np.maximum(spread, 1e-300) * _WIDTH))

    def learn(self, weight: Floats) -> Floats:
        """Learn how errors are spread from how probable each is, and give the new log-densities."""
        parts = self._parts()
        parts *= weight / np.maximum(parts.sum(axis=0), 1e-300)
        total = parts.sum(axis=1)
        self.shares = (total + 1) / (total.sum() + 4)
        self.sizes = (parts @ self._far + _SIZES) / (total + 1)
        return self.densities()

    def _parts(self) -> Floats:
        size = self.sizes[:, None]
        result: Floats = self.shares[:, None] / size * np.exp(-self._far / size) * self._way
        return result
