"""Counts as ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.quantities import Quantity

COUNTS = st.none() | st.integers(0, 10**7)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = draw(COUNTS), draw(COUNTS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Quantity(low=low, high=high)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_quantity_never_runs_backwards(low: int, high: int) -> None:
    """Low above high is refused."""
    if low <= high:
        assert Quantity(low=low, high=high).known
    else:
        with pytest.raises(ValueError, match="low <= high"):
            Quantity(low=low, high=high)


@given(quantities())
def test_not_stated_is_not_zero(quantity: Quantity) -> None:
    """An unstated bound excludes nothing on its side."""
    low, high = quantity.bounds()
    assert low <= high
    assert quantity.known is (quantity.low is not None or quantity.high is not None)
    assert (high == float("inf")) is (quantity.high is None)


@given(quantities(), quantities())
def test_compatible_means_that_one_number_fits_both(one: Quantity, other: Quantity) -> None:
    """Two counts can be of one number exactly where their ranges meet, whichever asks; slack only widens."""
    (low, high), (other_low, other_high) = one.bounds(), other.bounds()
    meet = max(low, other_low) <= min(high, other_high)
    assert one.compatible(other) is other.compatible(one) is meet
    assert one.compatible(one)
    if meet:
        assert one.compatible(other, slack=0.1)
