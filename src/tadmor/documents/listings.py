"""Lists of pages: feeds (RSS, Atom), sitemaps, and lists of feeds (OPML); bytes in, addresses with their days out.

Nothing in a list is followed here. XML is read without entities; broken feeds as far as they can be.
"""

import calendar
import io
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import msgspec

from tadmor.datamodel.packing import inflated
from tadmor.documents.page import iso_day

#: Entries that are taken of one list: what a sitemap may hold.
MOST = 50_000
#: Bytes of a list, unpacked: what a sitemap may have.
LARGEST = 52_428_800
#: Letters of an address.
_LONGEST = 8_000


class ListKind(StrEnum):
    """What a list names."""

    PAGES = "pages"
    LISTS = "lists"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An address in a list, with the day that the list gives for it and whether that is of a change."""

    url: str
    day: date | None = None
    changed: bool = False


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What a list names, in its order; `problem` where it cannot be read."""

    kind: ListKind = ListKind.PAGES
    entries: tuple[Entry, ...] = ()
    problem: str | None = None


def read_listing(data: bytes, url: str) -> Listing:
    """The addresses in a feed, a sitemap or an OPML file.

    Args:
        data: the list, also packed with gzip.
        url: where it lies, which its addresses may be told from.
    """
    try:
        plain = inflated(data, LARGEST) if data.startswith(b"\x1f\x8b") else data
    except (OverflowError, EOFError, zlib.error):
        return Listing(problem="its packing is damaged, or it holds more than is taken")
    if len(plain) > LARGEST:
        return Listing(problem=f"is larger than the {LARGEST // 1_048_576} MB that are taken")
    root = _root(plain)
    if root in {"urlset", "sitemapindex", "opml"}:
        return _marked(plain, root, url)
    if root in {"rss", "feed", "rdf"}:
        return _feed(plain, url)
    return Listing(problem="is no feed, sitemap or OPML file")


def _root(data: bytes) -> str:
    """The name of the first element, as far as that can be told."""
    import re  # noqa: PLC0415 - only here

    match = re.search(rb"<(?![?!])(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)", data[:20_000])
    return match[1].decode("ascii").lower() if match is not None else ""


# -- sitemaps and OPML ----------------------------------------------------------------------------------------------


class _EnoughError(Exception):
    """So many entries as are taken."""


class _Marked(ContentHandler):
    """Gathers the addresses of a sitemap or an OPML file."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._url = url
        self._told: dict[str, str] = {}
        self._tag = ""

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the interface's
        self._tag = name.rpartition(":")[2]
        if self._tag in {"url", "sitemap"}:
            self._told = {}
        elif self._tag == "outline":
            self._take(next((attrs[key] for key in attrs.getNames() if key.lower() == "xmlurl"), ""), "")

    def endElement(self, name: str) -> None:  # noqa: N802 - the interface's
        self._tag = ""
        if name.rpartition(":")[2] in {"url", "sitemap"}:
            self._take(self._told.get("loc", ""), self._told.get("lastmod", ""))

    def characters(self, content: str) -> None:
        if self._tag in {"loc", "lastmod"} and len(self._told.get(self._tag, "")) < _LONGEST:
            self._told[self._tag] = self._told.get(self._tag, "") + content

    def _take(self, address: str, day: str) -> None:
        found = _address(self._url, address)
        if found is not None:
            self.entries.append(Entry(url=found, day=iso_day(day), changed=True))
        if len(self.entries) >= MOST:
            raise _EnoughError


def _marked(data: bytes, root: str, url: str) -> Listing:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only where there is XML
    from defusedxml.sax import parse  # noqa: PLC0415

    handler = _Marked(url)
    kind = ListKind.PAGES if root == "urlset" else ListKind.LISTS
    problem = None
    try:
        parse(io.BytesIO(data), handler, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except _EnoughError:
        pass
    except DefusedXmlException:
        problem = "declares entities, which no list needs; nothing behind them is read"
    except (SAXException, ValueError, LookupError) as error:
        problem = f"breaks off or is broken ({' '.join(str(error).split())[:80]})"
    return Listing(kind=kind, entries=tuple(handler.entries), problem=problem)


# -- feeds ----------------------------------------------------------------------------------------------------------


def _feed(data: bytes, url: str) -> Listing:
    import feedparser  # noqa: PLC0415 - only where there is a feed

    if b"<!ENTITY" in data[:100_000]:
        return Listing(problem="declares entities, which no feed needs; it is not read")
    # a stream: bytes alone would be tried as an address, then as the name of a file
    found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    entries = [entry for one in found.entries[:MOST] if (entry := _entry(one, url)) is not None]
    problem = "names no page" if not entries and found.bozo else None
    return Listing(entries=tuple(entries), problem=problem)


def _entry(one: Mapping[str, Any], url: str) -> Entry | None:
    address = one.get("link") or (one.get("id") if str(one.get("id", "")).startswith("http") else "")
    found = _address(url, str(address or ""))
    return Entry(url=found, day=_day(one)) if found is not None else None


def _day(one: Mapping[str, Any]) -> date | None:
    """The day in UTC on which an entry came out, as its feed says; that of its last change says less."""
    for name in ("published_parsed", "created_parsed"):
        told = one.get(name)
        if told is not None:
            try:
                return datetime.fromtimestamp(calendar.timegm(told), UTC).date()
            except (ValueError, OverflowError, OSError, TypeError):
                return None
    return None


def _address(base: str, told: str) -> str | None:
    told = told.strip()
    if not told or len(told) > _LONGEST:
        return None
    try:
        found = urljoin(base, told)
    except ValueError:
        return None
    return found if found.lower().startswith(("http://", "https://")) else None
