"""Feeds, sitemaps and lists of feeds -> the pages that they name, captured where they are new.

A page that the case has captured is not asked for again, unless the list says that it changed or the call asks to look
again at pages of the last days; so the same call goes on where it was stopped, and may be made on a schedule.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tadmor.datamodel.captures import Outcome, page_of
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents.listings import Entry, Listing, ListKind, read_listing
from tadmor.ledger import Ledger
from tadmor.network import Fetcher
from tadmor.pipeline.fetching import FetchCall, Guest, Wanted, opened_desk
from tadmor.pipeline.taking import Desk, Progress, Summary
from tadmor.settings import Settings

#: How deep lists of lists are followed: an OPML file, an index of sitemaps, a sitemap.
DEEPEST = 3
#: Lists that are asked for in one round.
MOST_LISTS = 1_000


class WatchCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the caller says: the outlet of all, how many new pages of each list, and looking again.

    `again` days back, pages that the case captured are asked for once more, to see whether they changed or are gone.
    """

    source: str | None = None
    most: int = 100
    again: int = 0


def watch(
    lists: Sequence[str],
    ledger: Ledger,
    fetcher: Fetcher,
    *,
    settings: Settings,
    call: WatchCall = WatchCall(),  # noqa: B008 - frozen
    progress: Progress | None = None,
) -> Summary:
    """One round: read the lists, fetch what is new in them.

    Args:
        lists: addresses, or files on this machine, of feeds, sitemaps and OPML files.
        ledger: the case, open for writing; others may write to it between the pages.
        fetcher: what asks.
        settings: limits, the user's own sources.
        call: what the caller says of all pages.
        progress: called with (pages done, pages in all, address) after each page.

    Raises:
        CaseBusyError: another process reads into the case.
    """
    with opened_desk(ledger, settings) as desk:
        guest = Guest(desk, fetcher, FetchCall(source=call.source))
        wanted = _Lists(desk, guest, call).pages(lists)
        wanted += _looked_at_again(ledger, call, {page_of(page.url) for page in wanted})
        for done, page in enumerate(wanted, start=1):
            guest.page(page)
            if progress is not None:
                progress(done, len(wanted), page.url)
        return desk.tally.summary()


class _Lists:
    """The lists of one round, each read once however many name it."""

    def __init__(self, desk: Desk, guest: Guest, call: WatchCall) -> None:
        self._desk, self._guest, self._call = desk, guest, call
        self._seen: set[str] = set()
        self._pages: dict[str, Wanted] = {}

    def pages(self, lists: Sequence[str]) -> list[Wanted]:
        """The pages that are to be fetched, those first that stand first."""
        for one in lists:
            self._follow(one, 0)
        return list(self._pages.values())

    def _follow(self, one: str, depth: int) -> None:
        if one in self._seen:
            return
        self._seen.add(one)
        if len(self._seen) > MOST_LISTS or depth > DEEPEST:
            self._say(one, f"is not read: more than {MOST_LISTS:,} lists, or lists in lists more than {DEEPEST} deep")
            return
        data = self._read(one)
        if data is None:
            return
        listing = read_listing(data, one)
        if listing.problem is not None:
            self._say(one, listing.problem)
        if listing.kind is ListKind.LISTS:
            for entry in listing.entries:
                self._follow(entry.url, depth + 1)
        else:
            self._gather(listing, one)

    def _read(self, one: str) -> bytes | None:
        if one.lower().startswith(("http://", "https://")):
            return self._guest.listing(one)
        try:
            return Path(one).read_bytes()
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self._say(one, f"cannot be read ({why}); name a feed, a sitemap or an OPML file", Severity.ERROR)
            return None

    def _gather(self, listing: Listing, one: str) -> None:
        """What is new in a list, at most so many pages."""
        fresh = [entry for entry in listing.entries if self._is_new(entry)]
        for entry in fresh[: self._call.most]:
            told = None if entry.changed else entry.day
            wanted = Wanted(url=entry.url, day=told, told_by=one if told is not None else None)
            self._pages.setdefault(page_of(entry.url), wanted)
        if len(fresh) > self._call.most:
            message = f"names {len(fresh):,} new pages, of which {self._call.most:,} come now; call again"
            self._say(one, message)

    def _is_new(self, entry: Entry) -> bool:
        """Was the page never captured, or changed since as the list says?"""
        made = [
            capture.made
            for capture in self._desk.ledger.captures(page_of(entry.url))
            if capture.status is not None and capture.status < 500
        ]
        if not made:
            return True
        return entry.changed and entry.day is not None and entry.day > max(made).date()

    def _say(self, where: str, message: str, severity: Severity = Severity.WARNING) -> None:
        issue = Issue(where=where, rule="list", message=message, severity=severity)
        self._desk.tally.issues.append(issue)
        self._desk.ledger.add_issues(self._desk.machine.run, [issue])


def _looked_at_again(ledger: Ledger, call: WatchCall, named: set[str]) -> Iterator[Wanted]:
    """Pages that were first captured in the last days, to see whether they changed."""
    if not call.again:
        return
    since = datetime.now(UTC) - timedelta(days=call.again)
    first: dict[str, datetime] = {}
    for capture in ledger.captures():
        if capture.page is not None and capture.outcome is not Outcome.OTHER:
            first[capture.page] = min(first.get(capture.page, capture.made), capture.made)
    for page, made in first.items():
        if made >= since and page not in named:
            yield Wanted(url=page)
