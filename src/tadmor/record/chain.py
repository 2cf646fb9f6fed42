"""The hidden chain: probabilities of a place's states on the days that anything is told of, forward and backward.

A hidden Markov model (Rabiner 1989, doi:10.1109/5.18626) whose transition over a stretch of days is *stay* with a
probability of each state's own, else a fresh draw: T = diag(s) + (1 - s) d'. A silence of a thousand days costs one
step, and a step costs as much as there are states.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


#: Chains reckoned at once: some thousand cells of a few states are a few megabytes.
_TOGETHER = 512


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """One place's chain; all but `initial`, which has one entry a state, are days x states.

    `evidence` is log-likelihood up to a constant; `stays` the probability of each state to last from the day before to
    a day, and `draws` what follows where it does not; `initial` the probabilities before the first day.
    """

    evidence: "Array"
    stays: "Array"
    draws: "Array"
    initial: "Array"


def filtered(chain: Chain) -> "Array":
    """P(state on a day | evidence up to that day), days x states: what could be known then."""
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    out = np.empty_like(chain.evidence)
    likelihood = _likelihood(chain)
    belief = chain.initial
    for index in range(len(out)):
        belief = _moved(chain, index, belief) * likelihood[index]
        belief = belief / belief.sum()
        out[index] = belief
    return out


def carried(chain: Chain, first: int, last: int, belief: "Array") -> "Array":
    """P(state on day `last` | what is told from the day after `first` to it), were it `belief` on day `first`."""
    likelihood = _likelihood(chain)
    for index in range(first + 1, last + 1):
        belief = _moved(chain, index, belief) * likelihood[index]
        belief = belief / belief.sum()
    return belief


def _moved(chain: Chain, index: int, belief: "Array") -> "Array":
    kept: Array = chain.stays[index] * belief
    moved: Array = kept + chain.draws[index] * float((belief - kept).sum())
    return moved


def smoothed(chain: Chain) -> "Array":
    """P(state on a day | all evidence), days x states: what is known now of that day."""
    import numpy as np  # noqa: PLC0415

    out = filtered(chain)
    likelihood = _likelihood(chain)
    after = np.ones_like(chain.initial)
    for index in range(len(out) - 2, -1, -1):
        stay = chain.stays[index + 1]
        told = likelihood[index + 1] * after
        after = stay * told + (1 - stay) * float(chain.draws[index + 1] @ told)
        after = after / after.max()
        belief = out[index] * after
        out[index] = belief / belief.sum()
    return out


class Smoothed(NamedTuple):
    """What is known of a chain's days, days x states.

    `table` is as `smoothed` gives it; `after` the likelihood of the evidence of later days, up to a factor a day.
    """

    table: "Array"
    after: "Array"


def smoothed_together(chains: Sequence[Chain]) -> list[Smoothed]:
    """`smoothed` of many chains at once, in their order: short chains cost more in calls than in numbers."""
    out: list[Smoothed | None] = [None] * len(chains)
    order = sorted(range(len(chains)), key=lambda at: len(chains[at].evidence))
    for first in range(0, len(order), _TOGETHER):
        taken = order[first : first + _TOGETHER]
        for at, found in zip(taken, _smoothed([chains[at] for at in taken]), strict=True):
            out[at] = found
    return [found for found in out if found is not None]


def _smoothed(chains: Sequence[Chain]) -> Iterator[Smoothed]:
    """As `smoothed`, filled up to the most days and states of any: a day more changes nothing, a state has none."""
    import numpy as np  # noqa: PLC0415

    size = (len(chains), max(len(one.evidence) for one in chains), max(len(one.initial) for one in chains))
    likelihood, stay, draws = np.zeros(size), np.ones(size), np.zeros(size)
    initial = np.zeros((size[0], size[2]))
    for at, one in enumerate(chains):
        days, states = one.evidence.shape
        likelihood[at, :days, :states], likelihood[at, days:, :states] = _likelihood(one), 1.0
        stay[at, :days, :states], draws[at, :days, :states] = one.stays, one.draws
        initial[at, :states] = one.initial
    table = np.empty(size)
    belief = initial
    for day in range(size[1]):
        kept = stay[:, day] * belief
        belief = kept + draws[:, day] * (belief - kept).sum(axis=1, keepdims=True)
        belief = belief * likelihood[:, day]
        belief = belief / belief.sum(axis=1, keepdims=True)
        table[:, day] = belief
    after = np.ones(size)
    for day in range(size[1] - 2, -1, -1):
        told = likelihood[:, day + 1] * after[:, day + 1]
        kept, drawn = stay[:, day + 1], (draws[:, day + 1] * told).sum(axis=1, keepdims=True)
        ahead = kept * told + (1 - kept) * drawn
        after[:, day] = ahead / ahead.max(axis=1, keepdims=True)
    table *= after
    table /= table.sum(axis=2, keepdims=True)
    for at, one in enumerate(chains):
        days, states = one.evidence.shape
        yield Smoothed(table[at, :days, :states], after[at, :days, :states])


def _likelihood(chain: Chain) -> "Array":
    """Evidence as factors, each day scaled so that its largest is 1."""
    import numpy as np  # noqa: PLC0415

    scaled: Array = np.exp(chain.evidence - chain.evidence.max(axis=1, keepdims=True))
    return scaled
