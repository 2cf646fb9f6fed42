"""When a toll happened whose words point to another time: "Thursday, a day after strikes killed 35", "that attack"."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from msgspec import structs

from tadmor.datamodel.times import Interval, When
from tadmor.dictionaries.lexicon import said
from tadmor.dictionaries.times import Lead, Reference, TimeExpression
from tadmor.grounding.moments import resolve

#: An act that was told of before, and what kills in it is of its day; "the strike on X" names one of its own.
_THE_ACT = re.compile(
    r"\b(?P<which>the|that|this)(?:\s+[\w-]+){0,3}?\s+(?:attack|strike|airstrike|raid|bombing|shelling|explosion|blast|"
    r"massacre|assault|incident|ambush|bombardment)\b"
    r"(?!\s+(?:campaign|offensive|of|on|at|against|near|in(?! which))\b)",
    re.IGNORECASE,
)
#: What parts the words after "a day after" from the clause that they lead.
_PARTED = re.compile(r"[;:.]|,\s|\b(?:and|but|while|who|which|where)\b")
#: At the head of a sentence, in characters, "two days after" leads a clause that the toll need not be in.
_HEAD = 10
#: Characters behind a toll in which a day is its own.
_BESIDE = 40
#: "The attack" is one that was dated to the month at least; "that attack" may be of a year.
_MONTH = 31


class Dated(Protocol):
    """An expression of time with what it was resolved to."""

    @property
    def expression(self) -> TimeExpression:
        """The words."""

    @property
    def when(self) -> When | None:
        """Their days."""


class Stretch(NamedTuple):
    """A toll's words in a text, its sentence, and where the one before it begins."""

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    before: int


def before_another(toll: Stretch, times: Sequence[Dated], told_on: Interval | None) -> When | None:
    """As in "Thursday, a day after strikes killed 35": the toll lies that long before the Thursday.

    Args:
        toll: where it stands.
        times: the document's expressions of time, in order.
        told_on: the publication, which is meant where the sentence names no day.
    """
    beside = min(toll.end + _BESIDE, toll.sentence[1])
    for told in times:
        one = told.expression
        after = one.reference is Reference.EVENT and one.forward
        if not after or not toll.sentence[0] + _HEAD < one.start < one.end <= toll.start:
            continue
        if _PARTED.search(toll.text, one.end, toll.start) or _dated(times, one.end, beside):
            continue
        if not said().isdisjoint(toll.text[one.end : toll.start].lower().split()):
            continue  # "a day after the monitor reported that": told a day after
        main = _dated(times, toll.sentence[0], one.start)
        story = main[-1].interval if main else told_on
        if story is not None:
            return resolve(structs.replace(one, forward=not one.forward, reference=Reference.STORY), None, story=story)
    return None


def of_the_act(toll: Stretch, times: Iterable[Dated]) -> When | None:
    """As in "a raid on 21 August. The raid killed 30": the day of the act that the toll's sentence goes back to.

    Args:
        toll: where it stands; its own sentence tells no time.
        times: the document's expressions of time, in order.
    """
    act = _THE_ACT.search(toll.text, toll.sentence[0], toll.end)
    told = _dated(times, toll.before, toll.sentence[0], leads=frozenset({Lead.SINCE, Lead.BEFORE})) if act else []
    if act is None or not told or (act["which"].lower() == "the" and told[-1].interval.days > _MONTH):
        return None
    return told[-1]


def _dated(times: Iterable[Dated], first: int, last: int, leads: frozenset[Lead] = frozenset()) -> list[When]:
    """The days told between two places in the text, those with some leads aside."""
    return [
        one.when
        for one in times
        if one.when is not None and first <= one.expression.start < last and one.expression.lead not in leads
    ]
