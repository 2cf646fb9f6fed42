"""The hidden chain: probabilities of a place's states on the days that anything is told of, forward and backward.

A hidden Markov model (Rabiner 1989, doi:10.1109/5.18626) whose transition over a stretch of days is *stay* with
probability 1 - j, else a fresh draw from `resting`: T = (1 - j) I + j 1 pi'. Such transitions compose in closed form:
a silence of a thousand days costs one step, and a step costs as much as there are states. States that are left sooner
than others have a rate: they stay with probability (1 - j) ** rate, and such a step is one draw at most.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """One place's chain.

    `evidence` is log-likelihood up to a constant, days x states; `jumps[i]` the probability that the state is drawn
    afresh between day i - 1 and day i (`jumps[0]` is not used); `initial` the probabilities on the first day before its
    evidence, and `resting` pi, one entry a state each; `rates` how many times as soon each state is left.
    """

    evidence: "Array"
    jumps: Sequence[float]
    initial: "Array"
    resting: "Array"
    rates: "Array | float" = 1.0

    def staying(self, index: int) -> "Array | float":
        """The probability of each state to stay as it is from day index - 1 to day index."""
        stays: Array | float = (1 - self.jumps[index]) ** self.rates
        return stays


def filtered(chain: Chain) -> "Array":
    """P(state on a day | evidence up to that day), days x states: what could be known then."""
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    out = np.empty_like(chain.evidence)
    likelihood = _likelihood(chain)
    belief = chain.initial
    for index in range(len(out)):
        if index:
            stay = chain.staying(index)
            belief = stay * belief + chain.resting * float(((1 - stay) * belief).sum())
        belief = belief * likelihood[index]
        belief = belief / belief.sum()
        out[index] = belief
    return out


def smoothed(chain: Chain) -> "Array":
    """P(state on a day | all evidence), days x states: what is known now of that day."""
    import numpy as np  # noqa: PLC0415

    out = filtered(chain)
    likelihood = _likelihood(chain)
    after = np.ones_like(chain.resting)
    for index in range(len(out) - 2, -1, -1):
        stay = chain.staying(index + 1)
        told = likelihood[index + 1] * after
        after = stay * told + (1 - stay) * float(chain.resting @ told)
        after = after / after.max()
        belief = out[index] * after
        out[index] = belief / belief.sum()
    return out


def _likelihood(chain: Chain) -> "Array":
    """Evidence as factors, each day scaled so that its largest is 1."""
    import numpy as np  # noqa: PLC0415

    scaled: Array = np.exp(chain.evidence - chain.evidence.max(axis=1, keepdims=True))
    return scaled
