"""How an original came into a case other than as a file of its own, and which text of a page stands on a day.

A page that is captured again with another text is a new version: the older text and its claims stay, and stand for what
the page said until then. A page that is gone is a version without text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

import msgspec

#: The ports that an address need not name.
_USUAL = {"http": 80, "https": 443}
#: By these statuses a server says that a page is no more: not found, gone, withheld for legal reasons (RFC 9110, 7725).
WITHDRAWN = frozenset({404, 410, 451})


class Outcome(StrEnum):
    """What a capture says of the text."""

    READ = "read"  # it has a text: `stands` names the original whose documents hold it
    SAME = "same"  # the text is that of the capture before
    WITHDRAWN = "withdrawn"  # the page is no more
    OTHER = "other"  # nothing: a feed, a picture, an error of the server, a page without an article


class PageDate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day that a page gives for itself, and where it says so."""

    day: date
    said: str


class Capture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer of a page, or one member of a web archive, mailbox or table of texts.

    `archive` is the SHA-256 of the original in which the exchange, the message or the row stands, at `position`;
    `original` that of what was taken out of it (the page, the message), `stands` that of the original whose documents
    are its text. `tool` is what asked the page, where tadmor did; who filled an archive that was read is not known.
    `made` is when the page answered (of a member without a day of its own: when it was read), in UTC.
    """

    made: datetime
    archive: str
    position: str
    outcome: Outcome
    page: str | None = None  # the address asked for, by which pages are told apart (`page_of`)
    final: str | None = None  # the address that answered, after redirects
    hops: tuple[str, ...] = ()  # the addresses in between
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()  # of the answer
    address: str | None = None  # the internet address that answered
    original: str | None = None
    stands: str | None = None
    dates: tuple[PageDate, ...] = ()  # the surest first
    tool: str = ""
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of a header of the answer."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page said from one capture to another; `original` is `None` where it was no more."""

    page: str
    original: str | None
    seen: datetime  # first so
    last_seen: datetime
    until: datetime | None  # when something else was seen
    captures: int


def page_of(url: str) -> str:
    """An address as pages are told apart by: scheme and host in small letters, no usual port, no fragment.

    An address that is none is its own page.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    if not host:
        return url
    host = f"[{host}]" if ":" in host else host
    place = host if port is None or port == _USUAL.get(parts.scheme.lower()) else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))


def versions_of(captures: Iterable[Capture]) -> dict[str, tuple[Version, ...]]:
    """By page, what it said over time; captures in any order, those that say nothing of the text left out."""
    pages = defaultdict[str, list[Capture]](list)
    for capture in captures:
        if capture.page is not None and capture.outcome is not Outcome.OTHER:
            pages[capture.page].append(capture)
    return {page: _versions(page, sorted(own, key=lambda one: one.made)) for page, own in sorted(pages.items())}


def _versions(page: str, captures: Sequence[Capture]) -> tuple[Version, ...]:
    found: list[Version] = []
    for capture in captures:
        said = None if capture.outcome is Outcome.WITHDRAWN else capture.stands
        last = found[-1] if found else None
        if last is not None and last.original == said:
            found[-1] = msgspec.structs.replace(last, last_seen=capture.made, captures=last.captures + 1)
            continue
        if last is not None:
            found[-1] = msgspec.structs.replace(last, until=capture.made)
        found.append(
            Version(page=page, original=said, seen=capture.made, last_seen=capture.made, until=None, captures=1)
        )
    return tuple(found)


class Standing:
    """Which originals stand on a day: those that some page still said at its end, and those of no page.

    What a page said when it was first captured stood before that too; nothing is known of another wording.
    """

    def __init__(self, captures: Iterable[Capture]) -> None:
        self._spells = defaultdict[str, list[tuple[date | None, date | None]]](list)
        self.versions = versions_of(captures)
        for versions in self.versions.values():
            for number, version in enumerate(versions):
                if version.original is not None:
                    since = version.seen.date() if number else None
                    until = version.until.date() if version.until is not None else None
                    self._spells[version.original].append((since, until))

    def replaced(self, day: date | None) -> frozenset[str]:
        """The originals that no longer stand at the end of a day, or do not stand yet; `None`: today."""
        return frozenset(
            original
            for original, spells in self._spells.items()
            if not any(_holds(since, until, day) for since, until in spells)
        )

    def until(self, original: str) -> datetime | None:
        """When an original was first seen to stand no more; `None` where it stands, or is of no page."""
        if original not in self.replaced(None):
            return None
        ends = [one.until for own in self.versions.values() for one in own if one.original == original]
        return max((end for end in ends if end is not None), default=None)

    def days(self) -> tuple[date, ...]:
        """The days on which what stands changed."""
        return tuple(sorted({one.seen.date() for own in self.versions.values() for one in own[1:]}))


def _holds(since: date | None, until: date | None, day: date | None) -> bool:
    if day is None:
        return until is None
    return (since is None or since <= day) and (until is None or day < until)
