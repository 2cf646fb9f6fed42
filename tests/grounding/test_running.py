"""When running tolls are about: the whole time that they sum up."""

from datetime import date

import pytest
from made_documents import of_blocks

from tadmor.datamodel.claims import Harm, TollClaim
from tadmor.datamodel.documents import Form
from tadmor.datamodel.times import DAY, Basis, Grain, Interval, When
from tadmor.grounding.times import TimeLine

WEDNESDAY = date(2016, 5, 11)


def when(text: str, words: str) -> tuple[str, str]:
    """The first and last day of the toll told in these words of a report published on a Wednesday."""
    published = When(interval=Interval(WEDNESDAY, WEDNESDAY + DAY), grain=Grain.DAY, basis=Basis.STATED)
    document = of_blocks((Form.HEADLINE, "Shells fall on Harna"), (Form.BODY, text), gap="\n\n", published=published)
    start = document.text.index(words)
    claim = TollClaim(document=document.id, start=start, end=start + len(words), quote=words, harm=Harm.KILLED)
    found = TimeLine(document).when(claim)
    assert found is not None
    return found.earliest.isoformat(), found.latest.isoformat()


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
    assert when(text, "80 soldiers") == (first, "2016-05-11")


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
    assert when(text, "80 soldiers") == ("2016-05-10", "2016-05-10")
