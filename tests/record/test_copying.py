"""Who repeats whom, learned from changes of word."""

import pytest
from made_war import grid, later, mapmaker, war

from tadmor.record.fusion import copying, from_grid

WAR = war(4)
FIRST, SECOND = mapmaker("first", WAR, 4, seed=1), mapmaker("second", WAR, 3, seed=2)


def test_who_speaks_for_himself_is_no_copier() -> None:
    """Two map makers learn of the same changes, each on his own day."""
    assert all(one.strength < 0.5 for one in copying([FIRST, SECOND]))


@pytest.mark.parametrize("lag", [1, 3, 5])
@pytest.mark.parametrize("wrong", [0.0, 0.03])
def test_a_late_copy_is_named_with_its_lag_and_source(lag: int, wrong: float) -> None:
    """Direction: who speaks later copies."""
    (found,) = [one for one in copying([later(FIRST, "echo", lag, wrong), SECOND, FIRST]) if one.strength > 0.9]
    assert (found.copier, found.origin, found.lag, found.either) == (0, 2, lag, False)


def test_a_copy_on_the_same_day_may_be_either() -> None:
    """Word for word at once: the pair is named, and that it cannot be told who was first."""
    found = copying([FIRST, later(FIRST, "echo", 0)])
    assert [(one.copier, one.origin, one.either) for one in found] == [(0, 1, True)]


def test_of_two_alike_on_the_same_day_the_one_with_errors_of_its_own_copies() -> None:
    """The source has none of the copy's errors, the copy has all of the source's changes."""
    (found,) = copying([later(FIRST, "echo", 0, wrong=0.03), FIRST])
    assert (found.copier, found.origin, found.either) == (0, 1, False)


def test_a_copy_of_a_copy_leads_to_somebody_of_the_family() -> None:
    """Each but the first is named."""
    echo = later(FIRST, "echo", 2)
    found = copying([FIRST, echo, later(echo, "echo of the echo", 2)])
    assert {one.copier for one in found} == {1, 2}


def test_a_voice_that_never_changes_copies_nobody() -> None:
    """There is nothing to learn from."""
    still = from_grid("still", FIRST.vocabulary, grid(FIRST)[:1].repeat(len(grid(FIRST)), 0))
    assert not copying([still, still._replace(name="still too")])
