"""Days, counts and confidence as pages write them."""

from datetime import date

import pytest
from claims_builder import control, outlet

from tadmor.datamodel.claims import Change, Degree
from tadmor.datamodel.quantities import Quantity
from tadmor.views.words import gist, people, persons, sure, written, written_days


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2016-03-27", "2016-03-27", "27 March 2016"),
        ("2016-03-25", "2016-03-27", "25 to 27 March 2016"),
        ("2016-11-29", "2016-12-02", "29 November to 2 December 2016"),
        ("2016-12-29", "2017-01-02", "29 December 2016 to 2 January 2017"),
        ("2015-05-01", "2015-05-31", "May 2015"),
        ("2016-02-01", "2016-02-29", "February 2016"),
        ("2015-02-01", "2016-02-29", "1 February 2015 to 29 February 2016"),
        ("2015-01-01", "2015-12-31", "2015"),
        ("2014-01-01", "2015-12-31", "1 January 2014 to 31 December 2015"),
    ],
)
def test_days_are_written_out_with_nothing_said_twice(first, last, words):
    assert written_days(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_iso_days_inside_words_are_written_out_and_what_is_no_day_stays():
    told = "held by Islamic State, 2015-05-21 to 2016-03-26, over 99%"
    assert written(told) == "held by Islamic State, 21 May 2015 to 26 March 2016, over 99%"
    assert written("2016-12-11 only") == "11 December 2016 only"
    assert written("2016-03-27 to now") == "27 March 2016 to now"
    assert written("since when is not told, 2016-13-45, 12016-01-011") == (
        "since when is not told, 2016-13-45, 12016-01-011"
    )


def test_nothing_concluded_is_certain_however_it_is_rounded():
    assert [sure(one) for one in (0.0, 0.34, 0.996, 1.0)] == ["under 1%", "34%", "over 99%", "over 99%"]


def test_a_count_that_nobody_gives_is_said_to_be_unstated():
    assert persons(None) == "an unstated number"
    assert persons(1200) == "1,200"
    assert people(None) == "an unstated number"
    assert people(Quantity(low=12, best=12, high=12, expression="12")) == "12"


@pytest.mark.parametrize(
    ("change", "degree", "holder", "loser", "words"),
    [
        (Change.GAINED, Degree.FULL, "syrian_army", None, "Syrian army gained"),
        (
            Change.GAINED,
            Degree.PARTIAL,
            "syrian_army",
            "islamic_state",
            "Syrian army gained in part from Islamic State",
        ),
        (Change.HELD, Degree.CONTESTED, None, None, "contested"),
        (Change.HELD, Degree.CONTESTED, "iraq", None, "contested, Iraq inside"),
        (Change.HELD, Degree.BESIEGED, "islamic_state", "syrian_army", "siege by Islamic State of Syrian army"),
        (Change.LOST, Degree.BESIEGED, None, "islamic_state", "siege by Islamic State broken"),
        (Change.HELD, Degree.PARTIAL, None, None, "forces not named held in part"),
    ],
)
def test_who_holds_a_place_is_said_in_words_for_each_degree(change, degree, holder, loser, words):
    told = control(outlet("wire"), holder, None, loser=loser, change=change, degree=degree)
    assert gist(told) == words
