"""When tolls are about whose words point to another time: "a day after raids killed 80", "the attack"."""

import pytest
from made_tolls import when_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Rockets hit Harna on Tuesday, a day after raids on a market killed 80 soldiers.", "2016-05-09"),
        ("Rockets hit Harna on Tuesday just two days after a raid left 80 soldiers dead.", "2016-05-08"),
        ("The shelling comes two days after a raid killed 80 soldiers.", "2016-05-09"),
    ],
)
def test_what_comes_before_the_day_told_lies_so_much_earlier(text: str, day: str) -> None:
    """The toll of the clause after "a day after" is of the day before the one that the sentence tells, or of today."""
    assert when_of(text, "80 soldiers") == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit Harna a day after the monitor reported that 80 soldiers had been killed on Tuesday.",
        "Rockets hit Harna a day after a raid that killed 80 soldiers on Tuesday.",
        "On Tuesday, a day after the truce ended, 80 soldiers were killed.",
        "A day after the buses left 80 soldiers were killed on Tuesday.",
    ],
)
def test_a_day_of_its_own_comes_before_the_length_of_time(text: str) -> None:
    """A later day in its clause is the toll's; what is said after a pause or of a report is no part of the clause."""
    assert when_of(text, "80 soldiers") == ("2016-05-10", "2016-05-10")


def test_the_attack_is_of_the_day_just_told() -> None:
    """What an attack killed that the sentence before has dated was killed on that day, long before publication."""
    told = (
        "Inspectors asked about a raid on Harna on March 3. The capital blames the rebels for the attack which it says"
    )
    assert when_of(f"{told} killed 80 soldiers.", "80 soldiers") == ("2016-03-03", "2016-03-03")


@pytest.mark.parametrize(
    "text",
    [
        "Inspectors asked about a raid on March 3. The attack on Harna killed 80 soldiers.",
        "Inspectors asked about a raid on March 3. They went home. The attack killed 80 soldiers.",
        "Inspectors came on March 3. Gunmen killed 80 soldiers.",
        "Inspectors came on Monday. Gas was used in the north in 2014. The attack killed 80 soldiers.",
    ],
)
def test_another_act_is_news(text: str) -> None:
    """An act that is named anew, or dated to the year or nowhere near, is of the days before publication."""
    assert when_of(text, "80 soldiers") == ("2016-05-09", "2016-05-11")


def test_that_attack_may_be_of_a_year() -> None:
    """A demonstrative goes back to an act of which only the year is told."""
    text = (
        "Inspectors came on Monday. Gas was used in the north in 2014. "
        "The capital was accused of that attack which killed 80 soldiers."
    )
    assert when_of(text, "80 soldiers") == ("2014-01-01", "2014-12-31")


def test_due_to_an_act_is_no_look_ahead() -> None:
    """The words "due to" give a cause before a noun, and look ahead before a verb."""
    assert when_of("Due to a car bomb on Friday 80 soldiers were killed.", "80 soldiers") == (
        "2016-05-06",
        "2016-05-06",
    )
    assert when_of("Talks on 80 soldiers are due to resume on Friday.", "80 soldiers") == ("2016-05-13", "2016-05-13")
