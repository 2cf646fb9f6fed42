"""Occupation told as an act and as a state."""

import pytest

from tadmor.datamodel.claims import Change, ControlClaim


def change(read, text: str) -> Change:
    return next(one.change for one in read(text) if isinstance(one, ControlClaim))


@pytest.mark.parametrize(
    "text",
    [
        "Harasta was occupied by rebel forces from 27 February 2014 to 10 September 2014.",
        "Most of the Russian troops occupying the city of Izium had withdrawn.",
    ],
)
def test_an_occupation_with_its_days_or_as_who_they_are_is_a_state(read, text):
    assert change(read, text) is Change.HELD


@pytest.mark.parametrize(
    "text",
    [
        "Harasta was occupied by rebel forces on 27 February 2014.",
        "The army advanced, occupying the town of Harasta on Monday.",
        "The rebels captured Harasta and Douma from 5 May 2014 to 9 May 2014.",
    ],
)
def test_an_occupation_on_a_day_or_by_an_advance_is_a_gain(read, text):
    assert change(read, text) is Change.GAINED
