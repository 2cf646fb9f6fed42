"""The head of an article: headline, standfirst, outlet, author, date; and what every later paragraph is."""

from collections.abc import Sequence

import msgspec

from tadmor.datamodel.documents import Form
from tadmor.documents import marks
from tadmor.documents.articles import looks_like_headline
from tadmor.documents.masthead import LONGEST_HEAD, read_masthead
from tadmor.documents.parts import Part
from tadmor.documents.publishers import Publishers

#: A first paragraph of at most so many words that ends as a sentence is still taken for a headline where longer ones
#: follow (blogs end theirs with a full stop).
SENTENCE_HEADLINE = 14
#: Longest standfirst in words.
LONGEST_STANDFIRST = 60
#: Longest subheading in words.
LONGEST_SUBHEADING = 8


class Headed(msgspec.Struct, frozen=True, kw_only=True):
    """An article's parts with their forms, and what its head says of it."""

    parts: tuple[Part, ...]
    title: str | None
    outlet: str | None
    author: str | None


def read_header(parts: Sequence[Part], publishers: Publishers) -> Headed:
    """Find the head of an article and give every part a form."""
    masthead = read_masthead(parts, publishers)
    parts = masthead.parts
    at = _headline_at(parts)
    head = _head_end(parts, at)
    outlet = _outlet_at(parts, at, head)
    named = masthead.outlet or (parts[outlet].text if outlet is not None else None)
    formed = list(parts)
    for index in range(head):
        formed[index] = parts[index].as_form(_form_in_head(parts, index, at, outlet))
    body = [
        part if part.form else part.as_form(_form_in_body(formed, head + index))
        for index, part in enumerate(formed[head:])
    ]
    return Headed(
        parts=tuple(formed[:head] + _with_comment(body)),
        title=main_title(parts[at].text, named) if at is not None else None,
        outlet=named,
        author=next((who for part in parts[: head + 1] if (who := marks.byline(part.text))), None),
    )


def main_title(text: str, outlet: str | None = None) -> str:
    """A headline without the name of the site behind it ("... | The Jordan Times")."""
    for mark in (" | ", " – ", " — ", " - "):
        head, _, tail = text.rpartition(mark)
        named = outlet is not None and (tail.casefold() in outlet.casefold() or outlet.casefold() in tail.casefold())
        if head and (mark == " | " or named) and marks.words_in(tail) <= 5:
            return head.strip()
    return text


def _headline_at(parts: Sequence[Part]) -> int | None:
    """The first part that is no date line, where it is short and others follow."""
    at = next((index for index, part in enumerate(parts[:LONGEST_HEAD]) if part.form is not Form.DATELINE), None)
    if at is None or at + 1 >= len(parts) or parts[at].form is not None or parts[at].drop_cap:
        return None
    part = parts[at]
    if marks.dateline_end(part.text) is not None:
        return None
    if looks_like_headline(part) or (part.words < 3 and not marks.ends_sentence(part.text)):
        return at
    longer = any(other.words > part.words for other in parts[at + 1 :])
    return at if longer and part.words <= SENTENCE_HEADLINE else None


def _head_end(parts: Sequence[Part], at: int | None) -> int:
    """Where the body begins: after the last line that belongs to the head."""
    if at is None:
        return next((index for index, part in enumerate(parts) if part.form is not Form.DATELINE), len(parts))
    end = at + 1
    while end < len(parts) and _in_head(parts, at, end):
        end += 1
    return end


def _in_head(parts: Sequence[Part], at: int, index: int) -> bool:
    part = parts[index]
    if part.form in {Form.DATELINE, Form.CAPTION}:
        return True
    if part.form is not None or part.drop_cap or marks.dateline_end(part.text) is not None:
        return False
    if part.gap == 0 and index == at + 1 and marks.looks_like_outlet(part.text):
        return index + 1 < len(parts)
    if _dated_below(parts, index) or (part.words <= 3 and not marks.ends_sentence(part.text)):
        return index + 1 < len(parts)
    return index == at + 1 and _is_standfirst(parts, index)


def _dated_below(parts: Sequence[Part], index: int) -> bool:
    """Does a date line or byline of the same head stand just below?"""
    below = parts[index + 1 : index + 3]
    return parts[index].words <= LONGEST_STANDFIRST and any(
        one.form is Form.DATELINE and all(other.words <= LONGEST_STANDFIRST for other in below[:place])
        for place, one in enumerate(below)
    )


def _is_standfirst(parts: Sequence[Part], index: int) -> bool:
    """An unended sentence between the headline and a longer text."""
    part = parts[index]
    return (
        8 <= part.words <= LONGEST_STANDFIRST
        and not marks.ends_sentence(part.text)
        and part.text[-1] not in ":;,"
        and sum(other.words for other in parts[index + 1 :]) > part.words
    )


def _outlet_at(parts: Sequence[Part], at: int | None, head: int) -> int | None:
    """A publisher's name directly below the headline, with a date or the article below it."""
    if at is None:
        return None
    index = at + 1
    if index >= head or parts[index].form is not None or parts[index].gap:
        return None
    ends_group = index + 1 >= len(parts) or parts[index + 1].gap > 0
    dated = index + 1 < len(parts) and parts[index + 1].form is Form.DATELINE
    return index if marks.looks_like_outlet(parts[index].text) and (ends_group or dated) else None


def _form_in_head(parts: Sequence[Part], index: int, at: int | None, outlet: int | None) -> Form:
    part = parts[index]
    if part.form is not None:
        return part.form
    if index == at:
        return Form.HEADLINE
    return Form.DATELINE if index == outlet or part.words <= 3 else Form.STANDFIRST


def _form_in_body(parts: Sequence[Part], index: int) -> Form:
    """A subheading is a short unended line with text below it."""
    part = parts[index]
    short = part.words <= LONGEST_SUBHEADING and part.text[0] not in "•*-–—\"“‘'("
    heads = index + 1 < len(parts) and parts[index + 1].words > LONGEST_SUBHEADING
    ended = marks.ends_sentence(part.text) or part.text[-1] in ':;,"”'
    return Form.HEADLINE if short and heads and not ended and not part.drop_cap else Form.BODY


def _with_comment(body: Sequence[Part]) -> list[Part]:
    """From "My Comment:" on, the words are the blogger's."""
    start = next((index for index, part in enumerate(body) if marks.opens_comment(part.text)), len(body))
    spoken = {Form.BODY, Form.HEADLINE}
    return [
        part.as_form(Form.COMMENT) if index >= start and part.form in spoken else part
        for index, part in enumerate(body)
    ]
