"""Web pages: the article's text, and what the page says of it.

No extractor keeps offsets into markup, so `raw` is the extracted text, with the headline above it where the extractor
left it out. The day of publication comes from a ladder of our own: JSON-LD, meta tags, `<time>` inside the article,
the address, the printed dateline; htmldate comes last and is flagged, since it invents dates from related stories.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from tadmor.datamodel.captures import PageDate
from tadmor.datamodel.documents import Document
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.documents.dating import date_document
from tadmor.documents.decoding import decode
from tadmor.documents.page import PUBLISHED_NAMES, Page, iso_day, named, read_page
from tadmor.documents.parts import key
from tadmor.documents.plain import Known, Problem, read_text
from tadmor.documents.publishers import Publishers

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{1,2})[/-]?(\d{1,2})(?=[/_-]|$)")
#: A page whose text has fewer characters is a menu, a cookie wall or an error message.
SHORTEST = 80


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
    markup = _decoded(data)
    page = read_page(markup)
    text = _main_text(markup)
    if text is None or len(text) < SHORTEST:
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
    return _dated(documents, markup), ()


def dates_of(data: bytes) -> tuple[PageDate, ...]:
    """All days that a page gives for itself, the surest first; none where the bytes are no page."""
    if b"<" not in data[:4096]:
        return ()
    found = (PageDate(day=day, said=said) for day, said in _rungs(read_page(_decoded(data))) if day is not None)
    return tuple(dict.fromkeys(found))


def _decoded(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    if match is not None:
        try:
            return data.decode(match.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page may lie about its encoding: look at the bytes themselves
    return decode(data).text


def _main_text(markup: str) -> str | None:
    import trafilatura  # noqa: PLC0415 - takes 0.3-0.5 s to import

    for recall in (False, True):
        text = trafilatura.extract(
            markup, include_comments=False, include_tables=True, favor_recall=recall, deduplicate=False
        )
        if isinstance(text, str) and len(text) >= SHORTEST:
            return text
    return None


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
    for day, reason in _rungs(page):
        if day is not None:
            return _on(day, Basis.STATED, reason)
    return None


def _rungs(page: Page) -> Iterator[tuple[date | None, str]]:
    """Days from the surest place to the least sure, each with where it stood."""
    linked = page.linked.get("datePublished")
    if isinstance(linked, str):
        yield iso_day(linked), f"the page's JSON-LD says {linked}"
    for name in PUBLISHED_NAMES:
        if name in page.meta:
            yield iso_day(page.meta[name]), f"the page's {name} says {page.meta[name]}"
    for words in page.times[:1]:
        yield iso_day(words), f"the article's <time> says {words}"
    match = _ADDRESS_DAY.search(page.address or "")
    if match is not None:
        yield iso_day("{}-{:0>2}-{:0>2}".format(*match.groups())), f"the address has {match.group()}"


def _dated(documents: tuple[Document, ...], markup: str) -> tuple[Document, ...]:
    """Pages without a date of their own: the dateline, then htmldate."""
    dated = []
    for document in documents:
        when = document.published or date_document(document, guess=False) or _guessed(markup)
        dated.append(msgspec.structs.replace(document, published=when))
    return tuple(dated)


def _guessed(markup: str) -> When | None:
    from htmldate import find_date  # noqa: PLC0415 - comes with trafilatura, heavy

    found = find_date(markup, original_date=True, extensive_search=False)
    day = iso_day(found) if isinstance(found, str) else None
    reason = "guessed by htmldate from the markup; it may be a related story's: check it"
    return _on(day, Basis.INFERRED, reason) if day else None


def _on(day: date, basis: Basis, reason: str) -> When:
    return When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=basis, reasons=(reason,))
