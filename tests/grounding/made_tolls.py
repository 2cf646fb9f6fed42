"""Tolls told in a report, and when they are about."""

from datetime import date

from made_documents import of_blocks

from tadmor.datamodel.claims import Harm, TollClaim
from tadmor.datamodel.documents import Form
from tadmor.datamodel.times import DAY, Basis, Grain, Interval, When
from tadmor.grounding.times import TimeLine

WEDNESDAY = date(2016, 5, 11)


def when_of(text: str, words: str) -> tuple[str, str]:
    """The first and last day of the toll told in these words of a report published on Wednesday, 11 May 2016."""
    published = When(interval=Interval(WEDNESDAY, WEDNESDAY + DAY), grain=Grain.DAY, basis=Basis.STATED)
    document = of_blocks((Form.HEADLINE, "Shells fall on Harna"), (Form.BODY, text), gap="\n\n", published=published)
    start = document.text.index(words)
    claim = TollClaim(document=document.id, start=start, end=start + len(words), quote=words, harm=Harm.KILLED)
    found = TimeLine(document).when(claim)
    assert found is not None
    return found.earliest.isoformat(), found.latest.isoformat()
