"""Web pages: the article's text, and what the page says of it.

No extractor keeps offsets into markup, so `raw` is the extracted text, with the headline above it where the extractor
left it out. The day of publication comes from a ladder of our own: JSON-LD, meta tags, `<time>` inside the article,
the address, the printed dateline; htmldate comes last and is flagged, since it invents dates from related stories.
"""

import re
from datetime import date
from functools import cache, lru_cache

import msgspec

from tadmor.datamodel.captures import PageDate
from tadmor.datamodel.documents import Document
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.documents.apart import Apart, GivenUpError
from tadmor.documents.dating import date_document
from tadmor.documents.decoding import decode
from tadmor.documents.page import Page, iso_day, named
from tadmor.documents.pagedates import rungs
from tadmor.documents.pagereader import PageText
from tadmor.documents.parts import key
from tadmor.documents.plain import Known, Problem, read_text
from tadmor.documents.publishers import Publishers

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


def read_html(
    data: bytes, *, original: str, name: str, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents in a page, and what was wrong with it.

    Args:
        data: the page as obtained.
        original: SHA-256 of the bytes.
        name: file name as given.
        known: what the caller knows; goes before what the page says.
        publishers: who may be named in a head.
    """
    found = looked(_decoded(data))
    if isinstance(found, str):
        message = f"its reader {found}; save its text as .txt and read that"
        return (), (("page-given-up", message),)
    page, text = found.page, found.text
    if text is None:
        message = "no article was found in the page; save its text as .txt and read that"
        return (), (("no-text", message),)
    raw = _under_headline(text, _title(page))
    merged = Known(
        title=known.title or _title(page),
        outlet=known.outlet or _outlet(page),
        author=known.author or _author(page),
        published=known.published or _published(page),
        captions=page.captions,
    )
    documents = read_text(raw, original=original, name=name, publishers=publishers, known=merged)
    return _dated(documents, found.guessed), ()


def dates_of(data: bytes) -> tuple[PageDate, ...]:
    """All days that a page gives for itself, the surest first; none where the bytes are no page."""
    if b"<" not in data[:4096]:
        return ()
    found = looked(_decoded(data))
    if isinstance(found, str):
        return ()
    return tuple(dict.fromkeys(PageDate(day=day, said=said) for day, said in rungs(found.page) if day is not None))


@lru_cache(maxsize=1)  # a captured page is looked at twice: for its text, and for all its days
def looked(markup: str) -> PageText | str:
    """What a process apart finds in a page; in words, why it found nothing: it took too long, or was brought down."""
    try:
        told = _apart().ask(markup.encode("utf-8", "replace"))
    except GivenUpError as error:
        return str(error)
    try:
        return msgspec.json.decode(told, type=PageText)
    except (msgspec.DecodeError, RecursionError):
        return "was brought down"


@cache
def _apart() -> Apart:
    return Apart("tadmor.documents.pagereader")


def _decoded(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    if match is not None:
        try:
            return data.decode(match.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page may lie about its encoding: look at the bytes themselves
    return decode(data).text


def _under_headline(text: str, title: str | None) -> str:
    """One paragraph a line, as the extractor gives them, set apart; the headline first."""
    body = re.sub(r"\n+", "\n\n", text.strip())
    if title is None or key(title) in key(body[: 4 * len(title)]):
        return body
    return f"{title}\n\n{body}"


def _title(page: Page) -> str | None:
    return page.headline or page.meta.get("og:title") or named(page.linked.get("headline")) or page.title


def _outlet(page: Page) -> str | None:
    said = page.meta.get("og:site_name") or named(page.linked.get("publisher"))
    return said or page.meta.get("application-name")


def _author(page: Page) -> str | None:
    said = named(page.linked.get("author")) or page.meta.get("author") or page.meta.get("article:author")
    return None if said is None or "://" in said else said


def _published(page: Page) -> When | None:
    for day, reason in rungs(page):
        if day is not None:
            return _on(day, Basis.STATED, reason)
    return None


def _dated(documents: tuple[Document, ...], guess: str | None) -> tuple[Document, ...]:
    """Pages without a date of their own: the dateline, then htmldate."""
    dated = []
    for document in documents:
        when = document.published or date_document(document, guess=False) or _guessed(guess)
        dated.append(msgspec.structs.replace(document, published=when))
    return tuple(dated)


def _guessed(found: str | None) -> When | None:
    day = iso_day(found) if found is not None else None
    reason = "guessed by htmldate from the markup; it may be a related story's: check it"
    return _on(day, Basis.INFERRED, reason) if day else None


def _on(day: date, basis: Basis, reason: str) -> When:
    return When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=basis, reasons=(reason,))
