"""The chain's probabilities are those of summing over all histories."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tadmor.record.chain import Chain, carried, filtered, smoothed, smoothed_together

numbers = st.floats(-3, 3)


def shares(draw: st.DrawFn, states: int) -> list[float]:
    drawn = [draw(st.floats(0.1, 1)) for _ in range(states)]
    return [one / sum(drawn) for one in drawn]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    days, states = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    evidence = np.array([[draw(numbers) for _ in range(states)] for _ in range(days)])
    stays = np.array([[draw(st.floats(0, 1)) for _ in range(states)] for _ in range(days)])
    draws = np.array([shares(draw, states) for _ in range(days)])
    return Chain(evidence=evidence, stays=stays, draws=draws, initial=np.array(shares(draw, states)))


def passing(chain: Chain, day: int, before: int, after: int) -> float:
    """P(state on a day | state before it)."""
    stay = chain.stays[day, before]
    return float(stay * (before == after) + (1 - stay) * chain.draws[day, after])


def histories(chain: Chain, days: int) -> np.ndarray:
    """P(state on a day | evidence of the first `days` days), by enumeration; the first state is that before them."""
    states = chain.evidence.shape[1]
    out = np.zeros((days, states))
    for path in product(range(states), repeat=days + 1):
        weight = chain.initial[path[0]]
        for day in range(days):
            weight *= passing(chain, day, path[day], path[day + 1]) * np.exp(chain.evidence[day, path[day + 1]])
        for day in range(days):
            out[day, path[day + 1]] += weight
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
    for chain, found in zip(several, together, strict=True):
        np.testing.assert_allclose(found.table, smoothed(chain), atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(chains(), st.integers(0, 3))
def test_what_is_carried_on_and_what_comes_after_make_what_is_known(chain, day):
    """Beliefs taken on from the start to a day, with how far the days after speak for each, are the smoothed ones."""
    day = min(day, len(chain.evidence) - 1)
    known = carried(chain, -1, day, chain.initial) * smoothed_together([chain])[0].after[day]
    np.testing.assert_allclose(known / known.sum(), smoothed(chain)[day], atol=1e-9)
