"""When running tolls are about: the whole time that they sum up."""

import pytest
from made_tolls import when_of


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The monitor says 80 soldiers have been killed since mid-April.", "2016-04-11"),
        ("The monitor says 80 soldiers have been killed since the offensive started in mid-April.", "2016-04-11"),
        ("Casualties since the assault began on Monday: at least 80 soldiers and five gunmen.", "2016-05-09"),
        ("Since the siege began in March, 80 soldiers have been killed.", "2016-03-01"),
        ("The war that began last March has cost the lives of 80 soldiers.", "2016-03-01"),
        ("The attack began on Saturday. At least 80 soldiers have died since then.", "2016-05-07"),
        ("The monitor says that 80 soldiers have been killed since the start of May.", "2016-05-01"),
    ],
)
def test_a_running_toll_is_of_all_the_time_that_it_sums_up(text: str, first: str) -> None:
    """From the day on which the fighting began to the day on which the toll is told."""
    assert when_of(text, "80 soldiers") == (first, "2016-05-11")


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday 80 soldiers were killed, the deadliest day since the war began in March.",
        "The army lost 80 soldiers on Tuesday, and has shelled the town since Friday.",
        "It is the worst raid since jets killed 80 soldiers in the town on Tuesday.",
    ],
)
def test_a_day_of_its_own_comes_before_a_span(text: str) -> None:
    """What "since" tells of a superlative or of another clause is not the toll's time."""
    assert when_of(text, "80 soldiers") == ("2016-05-10", "2016-05-10")
