"""The first paragraph of a body often carries what belongs above it: the headline again, dates, a dateline."""

import re
from collections.abc import Iterator

from tadmor.datamodel.documents import Form
from tadmor.documents import marks
from tadmor.documents.dates import date_at
from tadmor.documents.parts import Part, key

_BEFORE_DATE = re.compile(
    r"(?:(?:date\s+of\s+publication|(?:last\s+|first\s+)?(?:published|updated|posted)|publication\s+date)"
    r"(?:\s+(?:on|at))?\s*:?\s*)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"(?:[A-Z]{2,6}|Reuters|Agencies|[A-Z][a-z]+\s+Agency)\s+(?=\S)")
_AFTER_DATE = re.compile(
    r"\s*(?:[,|]?\s*\d{1,2}[:.]\d{2}(?:\s*(?:GMT|UTC|[ap]\.?m\.?))?|\((?:last\s+)?updated[^()]{0,40}\)|"
    r"get\s+short\s+url(?:\s+\d{1,6}){0,4}(?=\s+\D))",
    re.IGNORECASE,
)
_AFTER_DAY = re.compile(r"\s*(?:[—–:.]|--|-(?=\s))\s*")
_TOKEN = re.compile(r"\w+")
#: A headline of fewer words may open a sentence by chance.
REPEATABLE = 4


def open_body(part: Part, title: str | None) -> tuple[list[Part], Part | None]:
    """Cut the opening of a body paragraph.

    Returns:
        The pieces that stay (datelines, then the rest), and the copy of the headline that goes, if there is one.
    """
    pieces, repeated, at = [], None, 0
    for start, end, form in _openings(part.text, title):
        if form is Form.HEADLINE:
            repeated = part.cut(start, end)
        else:
            pieces.append(part.cut(start, end, form))
        at = end
    at += len(part.text[at:]) - len(part.text[at:].lstrip(" .:;,|"))
    if at >= len(part.text):
        return [part], None
    return [*pieces, part.cut(at, len(part.text))], repeated


def _openings(text: str, title: str | None) -> Iterator[tuple[int, int, Form]]:
    """Stretches at the start that are no body, each at most once."""
    at, todo = 0, [Form.HEADLINE, Form.DATELINE, Form.HEADLINE]
    titled = False
    for form in todo:
        if form is Form.HEADLINE:
            end = None if titled or title is None else _title_end(text, at, title)
            titled = end is not None
        else:
            end = _date_end(text, at)
        if end is not None:
            yield at, end, form
            at = end + len(text[end:]) - len(text[end:].lstrip(" .:|"))
    end = _dateline_end(text, at)
    if end is not None and end < len(text):
        yield at, end, Form.DATELINE


def _title_end(text: str, at: int, title: str) -> int | None:
    """Where the headline ends when it stands here word for word."""
    wanted = key(title).split()
    if len(wanted) < REPEATABLE:
        return None
    for word in wanted:
        token = _TOKEN.search(text, at)
        if token is None or token.group().casefold() != word:
            return None
        at = token.end()
    return at if not text[at : at + 1].strip("\n .:;,!?|") else None


def _dateline_end(text: str, at: int) -> int | None:
    """A dateline, with the day behind it: "DAMASCUS, Syria — 12 March 2016 — "."""
    end = marks.dateline_end(text[at:])
    if end is None:
        return None
    found = date_at(text, at + end)
    after = _AFTER_DAY.match(text, found.end) if found else None
    return after.end() if after else at + end


def _date_end(text: str, at: int) -> int | None:
    """Where a date that opens the text ends, with what goes with it."""
    before = _BEFORE_DATE.match(text, at) or _AGENCY.match(text, at)
    found = date_at(text, before.end() if before else at) or date_at(text, at)
    if found is None or found.year is None:
        return None
    end = found.end
    while (after := _AFTER_DATE.match(text, end)) is not None:
        end = after.end()
    return end
