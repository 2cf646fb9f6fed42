"""The chain's probabilities are those of summing over all histories."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tadmor.record.chain import Chain, filtered, smoothed, smoothed_together

numbers = st.floats(-3, 3)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    days, states = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    evidence = np.array([[draw(numbers) for _ in range(states)] for _ in range(days)])
    initial, resting = (np.array([draw(st.floats(0.1, 1)) for _ in range(states)]) for _ in range(2))
    jumps = [draw(st.floats(0, 1)) for _ in range(days)]
    return Chain(evidence=evidence, jumps=jumps, initial=initial / initial.sum(), resting=resting / resting.sum())


def histories(chain: Chain, days: int) -> np.ndarray:
    """P(state on a day | evidence of the first `days` days), by enumeration."""
    states = chain.evidence.shape[1]
    out = np.zeros((days, states))
    for path in product(range(states), repeat=days):
        weight = chain.initial[path[0]]
        for day in range(1, days):
            stay = (1 - chain.jumps[day]) * (path[day] == path[day - 1])
            weight *= stay + chain.jumps[day] * chain.resting[path[day]]
        weight *= np.exp(sum(chain.evidence[day, path[day]] for day in range(days)))
        for day in range(days):
            out[day, path[day]] += weight
    return out / out.sum(axis=1, keepdims=True)


@settings(max_examples=60, deadline=None)
@given(chains())
def test_smoothing_is_the_sum_over_histories(chain):
    """Forward and backward passes give what enumeration gives."""
    assert np.allclose(smoothed(chain), histories(chain, len(chain.evidence)))


@settings(max_examples=60, deadline=None)
@given(chains())
def test_filtering_uses_no_later_day(chain):
    """Each day's filtered belief is that of the histories up to it."""
    for days in range(1, len(chain.evidence) + 1):
        assert np.allclose(filtered(chain)[days - 1], histories(chain, days)[-1])


@settings(max_examples=40, deadline=None)
@given(st.lists(chains(), max_size=5))
def test_chains_smoothed_together_are_as_smoothed_alone(several):
    """Filling chains up to one size changes none of them."""
    together = smoothed_together(several)
    assert len(together) == len(several)
    for chain, table in zip(several, together, strict=True):
        np.testing.assert_allclose(table, smoothed(chain), atol=1e-9)
