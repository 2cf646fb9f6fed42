"""Intervals of days and the times understood from words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.times import DAY, Basis, Grain, Interval, When

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = draw(DAYS)
    return Interval(start, start + timedelta(days=draw(st.integers(1, 4000))))


@given(DAYS, DAYS)
def test_an_interval_never_runs_backwards(one: date, other: date) -> None:
    """Start before end, or no interval."""
    if one < other:
        assert Interval(one, other).days == (other - one).days
    else:
        with pytest.raises(ValueError, match="start < end"):
            Interval(one, other)


@given(intervals())
def test_inclusive_days_and_half_open_days_agree(interval: Interval) -> None:
    """The edges' inclusive days lead back to the same interval."""
    assert Interval.of_days(interval.start, interval.last) == interval
    assert interval.contains(interval.start)
    assert interval.contains(interval.last)
    assert not interval.contains(interval.end)


@given(intervals(), intervals())
def test_overlap_gap_and_intersection_agree(one: Interval, other: Interval) -> None:
    """Two intervals share a day exactly where they have an intersection; apart they have a gap or touch."""
    shared = one.intersection(other)
    assert one.overlaps(other) is other.overlaps(one) is (shared is not None)
    assert one.gap(other) == other.gap(one) >= 0
    if shared is not None:
        assert one.gap(other) == 0
        assert shared.hull(one) == one
        assert shared.hull(other) == other


@given(intervals(), intervals())
def test_the_hull_holds_both(one: Interval, other: Interval) -> None:
    """The hull is the same from either side, and its length is that of both with the gap, less what they share."""
    hull = one.hull(other)
    shared = one.intersection(other)
    assert hull == other.hull(one)
    assert hull.days == one.days + other.days + one.gap(other) - (shared.days if shared else 0)


@given(intervals())
def test_a_when_shows_inclusive_days(interval: Interval) -> None:
    """The days at the edges are the first and last inside."""
    when = When(interval=interval, grain=Grain.SPAN, basis=Basis.STATED)
    assert (when.earliest, when.latest + DAY) == (interval.start, interval.end)
