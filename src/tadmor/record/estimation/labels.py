"""Questions with the same few answers: which is right, when each source mixes them up in its own way."""

import numpy as np

from tadmor.record.estimation.engine import Estimate, Ints, Model, Pairs, learn, pairs_of

#: Chance that a source names the right label before anything is learned; the rest goes to the others alike.
_RIGHT = 0.7
#: Claims that the profile of a kind counts for: little, since sources that label are mostly heard often.
#: 0.01..0.5 score alike on D_Product (93.96 to 93.98 % right), 2 scores 93.76.
_STRENGTH = 0.1


def labels(asked: Ints, sources: Ints, named: Ints, *, count: int | None = None, kinds: Ints | None = None) -> Estimate:
    """The right label of each question; candidates stand by question and label.

    The full model of Dawid and Skene (1979, doi:10.2307/2346806): each source has a chance of naming each label where
    each label is right, here shrunk towards the source's kind.

    Args:
        asked: of each claim, the question: 0, 1, ... without gaps.
        sources: of each claim, who makes it.
        named: of each claim, the label: 0, 1, ...
        count: how many labels there are; `None`: the highest named and one.
        kinds: of each source, its kind; `None`: all are of one.
    """
    size = int(named.max()) + 1 if count is None else count
    questions = int(asked.max()) + 1
    items = np.repeat(np.arange(questions), size)
    claims, candidates = pairs_of(asked, items)
    right = np.arange(size)
    start = np.full((size, size), (1 - _RIGHT) / max(size - 1, 1))
    np.fill_diagonal(start, _RIGHT)
    outcomes = (candidates % size) * size + named[claims]
    pairs = Pairs(claims, candidates, outcomes, np.zeros(len(claims)))
    model = Model(tuple(start.ravel()), tuple(np.repeat(right, size)), _STRENGTH, leave_out=False)
    return learn(items, sources, pairs, model, kinds=kinds, labelled=np.tile(right, questions))
