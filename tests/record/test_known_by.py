"""What a record as of a day may rest on."""

from claims_builder import control, day, outlet, when

A = outlet("A")


def test_an_undated_document_counts_from_the_last_day_it_may_be_of():
    """What was written between the 1st and the 9th had surely been said on the 9th, and not before."""
    claim = control(A, "syrian_government", when("2016-12-01"), published=when("2016-12-01", "2016-12-09"))
    assert [claim.known_by(day(f"2016-12-0{number}")) for number in (1, 8, 9)] == [False, False, True]


def test_a_dated_document_counts_on_its_day():
    """What was published on a day had been said by its end."""
    claim = control(A, "syrian_government", when("2016-12-01"), published="2016-12-02")
    assert [claim.known_by(day(f"2016-12-0{number}")) for number in (1, 2)] == [False, True]
