"""Lists of names: who is really on it, when sources leave out more than they invent.

A claim that names a part of the true list is silent on the rest, which is a lesser fault than naming somebody who is
not on it. Sources differ in both, and how common each is is learned.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from tadmor.record.estimation.engine import Estimate, Ints, Model, Pairs, learn, pairs_of

#: Chances that a claim is the true list, a part of it, more than it, or another, before anything is learned. Starts of
#: 0.5 to 0.6, 0.2 to 0.3, 0.05 to 0.1 and 0.1 to 0.2 all end at one place on the book authors.
_START = (0.6, 0.25, 0.05, 0.1)
#: Claims that the profile of a kind counts for; 1 to 20 score alike on the book authors.
_STRENGTH = 2.0


class Lists(NamedTuple):
    """The lists that may be true, each with its question, and what was learned of them."""

    candidates: tuple[frozenset[Hashable], ...]
    estimate: Estimate

    def best(self) -> list[frozenset[Hashable]]:
        """The most probable list of every question."""
        return [self.candidates[index] for index in self.estimate.best()]


def sets(asked: Ints, sources: Ints, told: Sequence[frozenset[Hashable]], *, kinds: Ints | None = None) -> Lists:
    """The true list of each question, among those that were told.

    Args:
        asked: of each claim, the question: 0, 1, ... without gaps.
        sources: of each claim, who makes it.
        told: of each claim, the names.
        kinds: of each source, its kind; `None`: all are of one.
    """
    unique = sorted(
        {(int(item), names) for item, names in zip(asked, told, strict=True)},
        key=lambda one: (one[0], len(one[1]), sorted(map(str, one[1]))),
    )
    items = np.array([item for item, _ in unique], dtype=np.int64)
    candidates = tuple(names for _, names in unique)
    claims, against = pairs_of(asked, items)
    outcomes = np.array(
        [_outcome(told[claim], candidates[one]) for claim, one in zip(claims, against, strict=True)], dtype=np.int64
    )
    pairs = Pairs(claims, against, outcomes, np.zeros(len(claims)))
    model = Model(_START, (0, 0, 0, 0), _STRENGTH, leave_out=True)
    return Lists(candidates, learn(items, sources, pairs, model, kinds=kinds))


def _outcome(told: frozenset[Hashable], true: frozenset[Hashable]) -> int:
    if told == true:
        return 0
    return 1 if told < true else 2 if told > true else 3
