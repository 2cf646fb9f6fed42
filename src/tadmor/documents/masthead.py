"""Lines above an article that name who prints it and when: mastheads, publishers' names, numbers of bulletins.

"Lake Courier, 3 May 2014"; "By Vera Molnar" with the paper below it; "LAKE MONITOR" above "Bulletin no. 7". Such
lines are neither headline nor body.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from tadmor.datamodel.documents import Form
from tadmor.documents import marks
from tadmor.documents.datedlines import AROUND_NAME, LONGEST_LINE, dated_line, is_issue, without_number
from tadmor.documents.dates import printed_dates
from tadmor.documents.parts import Part
from tadmor.documents.publishers import Publishers

#: A head of more lines is a list.
LONGEST_HEAD = 8
#: What may stand before a date on its line, in words.
BEFORE_DATE = 4
#: Longest masthead of an unknown publisher, in words.
LONGEST_MASTHEAD = 5
#: Longest motto below a name, in words.
LONGEST_MOTTO = 10
#: A part of so many words that ends as a sentence is body.
SENTENCE = 8


class Masthead(msgspec.Struct, frozen=True, kw_only=True):
    """An article's parts, those of its masthead marked as date lines, and the publisher it names."""

    parts: tuple[Part, ...]
    outlet: str | None


def read_masthead(parts: Sequence[Part], publishers: Publishers) -> Masthead:
    """Mark the lines of the head that name the publisher, the day or the number."""
    zone = head_zone(parts)
    marked, outlet = list(parts), None
    for index in range(zone):
        if parts[index].form not in {None, Form.DATELINE} or len(parts[index].text) > LONGEST_LINE:
            continue
        named = _publisher(parts, index, publishers)
        outlet = outlet or named
        if named or _belongs(parts, index, zone):
            marked[index] = parts[index].as_form(Form.DATELINE)
    if outlet is None and _is_unknown_masthead(marked, zone):
        outlet = parts[0].text
        marked[0] = parts[0].as_form(Form.DATELINE)
    _mark_motto(marked, outlet)
    return Masthead(parts=tuple(marked), outlet=outlet)


def publisher_of(line: str, publishers: Publishers) -> str | None:
    """The publisher that a line with a date or a number names: a known one, or any that prints its number."""
    dated = dated_line(line)
    if dated is not None:
        known = publishers.known(dated.name)
        unknown = dated.numbered and not dated.leads and marks.looks_like_outlet(dated.name)
        return dated.name if known or (unknown and marks.words_in(dated.name) <= LONGEST_MASTHEAD) else None
    names = (line.strip(AROUND_NAME), without_number(line), line.strip(AROUND_NAME + "0123456789"))
    return next((name for name in names if publishers.known(name)), None)


def head_zone(parts: Sequence[Part]) -> int:
    """How many parts may be head: up to the first that is a sentence, a dateline or long."""
    for index, part in enumerate(parts[:LONGEST_HEAD]):
        if part.form is Form.BIOGRAPHY or part.drop_cap or marks.dateline_end(part.text) is not None:
            return index
        sentence = marks.ends_sentence(part.text) and part.words >= SENTENCE and index > 0
        if part.form is None and (sentence or part.words > 60):
            return index
    return min(len(parts), LONGEST_HEAD)


def _publisher(parts: Sequence[Part], index: int, publishers: Publishers) -> str | None:
    """The publisher that one line of the head names; a name below a picture is its credit."""
    text = parts[index].text
    if index and parts[index - 1].form is Form.CAPTION:
        return None
    who = marks.byline(text)
    if who is not None:
        return next((name for name in (who, who.rpartition(",")[2].strip()) if publishers.known(name)), None)
    return publisher_of(text, publishers)


def _belongs(parts: Sequence[Part], index: int, zone: int) -> bool:
    """Is it a line with a date or a number, beside something else that can be the headline?"""
    text = parts[index].text
    if is_issue(text):
        return True
    dated = dated_line(text)
    if dated is None or dated.leads or not (dated.apart or dated.numbered or marks.looks_like_outlet(dated.name)):
        return False
    alone = any(marks.date_line(part.text) for part in parts[:zone])
    others = (part for at, part in enumerate(parts[:zone]) if at != index and not is_issue(part.text))
    another = any(part.form is None and not marks.ends_sentence(part.text) for part in others)
    return not alone and another and (marks.words_in(dated.name) <= BEFORE_DATE or dated.numbered)


def _is_unknown_masthead(parts: Sequence[Part], zone: int) -> bool:
    """Is the first line the name of an unknown paper?

    In capitals with the number or the day of an issue below, or above a motto, the day and a headline; and the story
    does not take it up.
    """
    first = parts[0] if zone >= 2 else None
    if first is None or first.form is not None or first.words > LONGEST_MASTHEAD or marks.ends_sentence(first.text):
        return False
    if first.text.isupper() and any(is_issue(part.text) for part in parts[1:3]):
        return True
    at = next((at for at, part in enumerate(parts[1:3], start=1) if _is_dated(part)), None)
    if at is None or _told_of(first, parts[at + 1 :]):
        return False
    headed = at + 1 < zone and parts[at + 1].form is None and not marks.ends_sentence(parts[at + 1].text)
    return first.text.isupper() or (at == 2 and headed and _is_motto(parts[1]))


def _is_dated(part: Part) -> bool:
    return part.form is Form.DATELINE and next(printed_dates(part.text), None) is not None


def _is_motto(part: Part) -> bool:
    """Small letters directly below a name."""
    small = part.form is None and part.gap == 0 and part.text[0].islower()
    return small and part.words <= LONGEST_MOTTO and not marks.ends_sentence(part.text)


def _told_of(line: Part, body: Sequence[Part]) -> bool:
    """Does a text speak of what a line names? "The Courier" is a paper that speaks of itself."""
    words = {word for word in line.key.split() if len(word) > 3}
    return any(word in words and before != "the" for part in body for before, word in pairwise(["", *part.key.split()]))


def _mark_motto(parts: list[Part], outlet: str | None) -> None:
    """What stands in small letters directly below a masthead is its motto."""
    if outlet is None or len(parts) < 3 or parts[0].text != outlet:
        return
    if _is_motto(parts[1]):
        parts[1] = parts[1].as_form(Form.DATELINE)
