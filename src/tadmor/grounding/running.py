"""When a running toll is about: all the time since the fighting that it sums up began."""

import re
from collections.abc import Iterable
from typing import Protocol

from tadmor.datamodel.times import Grain, Interval, When
from tadmor.dictionaries.times import TimeExpression

_THEN = re.compile(r"\bsince (?:then|that (?:day|date|time))\b", re.IGNORECASE)
#: What leads to the time at which a span began: "since the offensive started in", "the war that began in".
_SINCE = re.compile(r"\bsince\b[^,;:.]{0,120}$", re.IGNORECASE)
_BEGAN = re.compile(
    r"\b(?:war|conflict|uprising|offensive|battle|operation|siege|campaign|attack|assault),? (?:that|which) "
    r"(?:began|started|erupted|broke out)\b[^,;:.]{0,60}$"
)
#: What ends the reach of a span, and what has a "since" of its own: "the deadliest attack since".
_BREAK = re.compile(r"[;:]|,\s+(?:and|but|while|which|who|with|as)\b|\b(?:while|but)\b")
_SUPERLATIVE = re.compile(r"\b(?:first|worst|most|heaviest|biggest|largest|highest|bloodiest|deadliest|\w+iest)\b")
#: Characters before "since then" in which its time must have been told: two sentences, roughly.
_BACK = 300


class Dated(Protocol):
    """An expression of time with what it was resolved to."""

    @property
    def expression(self) -> TimeExpression:
        """The words."""

    @property
    def when(self) -> When | None:
        """Their days."""


def running(
    text: str, told: tuple[int, int], sentence: tuple[int, int], times: Iterable[Dated], until: Interval | None
) -> When | None:
    """The span of a toll, if its sentence tells one.

    Args:
        text: the document's.
        told: the bounds of the toll's own words.
        sentence: the bounds of its sentence.
        times: the document's expressions of time, in order.
        until: the day or days at which the toll is told; the span ends with them.

    Returns:
        `None` where no words tell that the toll runs, or where they belong to something else.
    """
    dated = [(one.expression, one.when) for one in times if one.when is not None]
    if until is None:
        return None
    then = _THEN.search(text, *sentence)
    if then is not None and _belongs(text, told, sentence[0], then.span(), [one for one, _ in dated]):
        near = [when for one, when in dated if then.start() - _BACK <= one.start and one.end <= then.start()]
        return _from(near[-1], until, then.group()) if near else None
    for one, when in dated:
        start = _start(text, sentence[0], one) if sentence[0] <= one.start < sentence[1] else None
        if start is None or not _belongs(text, told, sentence[0], (start, one.end), [other for other, _ in dated]):
            continue
        return _from(when, until, text[start : one.end])
    return None


def _start(text: str, sentence: int, one: TimeExpression) -> int | None:
    """Where the words begin that make an expression the start of a span."""
    lead = (_SINCE.search(text, sentence, one.start), _BEGAN.search(text, sentence, one.start))
    return next((match.start() for match in lead if match is not None), None)


def _belongs(
    text: str, told: tuple[int, int], sentence: int, span: tuple[int, int], times: list[TimeExpression]
) -> bool:
    """Do the words of a span tell of the toll: in the same clause, with no other time between them?

    What stands inside them tells how the span began: "the worst since gas killed twenty in May 2012".
    """
    if span[0] < told[0] and told[1] <= span[1]:
        return False
    first, last = (told[0], span[0]) if span[0] >= told[0] else (span[1], told[0])
    if any(first <= one.start and one.end <= last for one in times):
        return False
    between = text[min(told[1], last) : last] if span[0] >= told[0] else text[first:last]
    heads = span[0] < told[0] and (":" in between or not text[sentence : span[0]].strip(" \"“'‘("))
    return _SUPERLATIVE.search(text[first:last]) is None and (heads or _BREAK.search(between) is None)


def _from(first: When, until: Interval, words: str) -> When | None:
    """From the first day of one time to the last of another."""
    if until.end <= first.interval.start:
        return None
    interval = Interval(first.interval.start, until.end)
    return When(interval=interval, grain=Grain.SPAN, basis=first.basis, expression=" ".join(words.split()))
