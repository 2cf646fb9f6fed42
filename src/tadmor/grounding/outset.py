"""Times reckoned from the outset of an operation: "on the first day of the offensive", "hours after its launch".

They are known where the text dates its outset: "on 24 August the army launched an offensive", "on Sunday, the fifth
day of the offensive". The last such day told before counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from tadmor.datamodel.claims import Claim
from tadmor.datamodel.times import DAY, Basis, Extent, Grain, Interval, When
from tadmor.grounding.running import Dated

_WORDS = r"(?:[\w'’-]+\s+)"
_WHICH = rf"(?:the|an?|its|their|this)\s+{_WORDS}{{0,2}}"
_OPERATION = r"(?:offensive|counter-?offensive|operation|incursion|invasion|campaign|assault|intervention)\b"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
#: As in "the third day of the offensive".
_DAY_OF = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+day\s+of\s+{_WHICH}{_OPERATION}",
    re.IGNORECASE,
)
#: As in "hours after the beginning of the offensive".
_HOURS = re.compile(
    rf"\bhours\s+(?:after|into)\s+(?:the\s+(?:beginning|start|launch|outset)\s+of\s+)?{_WHICH}{_OPERATION}",
    re.IGNORECASE,
)
_BEGINNING = r"(?:launch(?:ed|ing)?|began|begun|start(?:ed|ing))"
#: As in "launched an offensive"; what happened "since launching" it was on another day.
_BEGAN = re.compile(
    rf"(?<!since )(?<!after )(?<!before )\b{_BEGINNING}\s+{_WORDS}{{0,6}}{_OPERATION}"
    rf"|\b{_OPERATION}\s+{_WORDS}{{0,3}}{_BEGINNING}\b",
    re.IGNORECASE,
)
#: "The fifth day" stands this close behind the day that it is; what is reckoned, beside its words ("by the").
_BEHIND, _BESIDE = 6, 10

_Sentences = Callable[[int], tuple[int, int]]


def since_outset(claim: Claim, text: str, sentence: _Sentences, told: Iterable[Dated]) -> When | None:
    """The day of what a claim tells to lie so far from an outset; `None` where it does not, or no outset is dated.

    Args:
        claim: what is told.
        text: that of the document.
        sentence: where the sentence at a position begins and ends.
        told: the document's times.
    """
    start, end = sentence(claim.start)
    found = [*_DAY_OF.finditer(text, start, end), *_HOURS.finditer(text, start, end)]
    beside = (one for one in found if one.start() <= claim.end + _BESIDE and claim.start <= one.end() + _BESIDE)
    words = next(beside, None)
    if words is None:
        return None
    before = [one for one in told if one.expression.end <= words.start()]
    first = next(_outsets(text, sentence, reversed(before)), None)
    if first is None:
        return None
    day = first.start + DAY * (_number(words) - 1)
    days = Interval(day, day + DAY)
    return When(interval=days, grain=Grain.DAY, basis=Basis.RELATIVE, extent=Extent.WITHIN, expression=words.group())


def _outsets(text: str, sentence: _Sentences, told: Iterable[Dated]) -> Iterator[Interval]:
    """The days on which operations are told to have begun."""
    for one in told:
        if one.when is None or one.when.interval.days > 1:
            continue
        start, end = sentence(one.expression.start)
        counted = _DAY_OF.search(text, one.expression.end, end)
        if counted is not None and counted.start() <= one.expression.end + _BEHIND:
            day = one.when.interval.start - DAY * (_number(counted) - 1)
            yield Interval(day, day + DAY)
        elif counted is None and _BEGAN.search(text, start, end):
            yield one.when.interval


def _number(found: re.Match[str]) -> int:
    """The number of a day of an operation; its first hours lie in the first."""
    if found.re is _HOURS:
        return 1
    word = found.group(1).lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])
