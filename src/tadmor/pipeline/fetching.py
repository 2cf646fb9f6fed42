"""Pages on the web -> captures -> documents -> claims -> ledger.

Each page is one transaction, with all exchanges that led to it as a WARC file; after an interruption nothing that was
told of is lost.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial

import msgspec

from tadmor import __version__
from tadmor.datamodel.captures import WITHDRAWN, Capture, Outcome, page_of
from tadmor.datamodel.documents import Original
from tadmor.datamodel.exchanges import Exchange, Fetched
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.documents import Loaded, load_bytes
from tadmor.documents.archives.answers import Answer
from tadmor.documents.archives.members import media_of, name_of
from tadmor.documents.archives.warc import written
from tadmor.documents.html import dates_of
from tadmor.errors import ForbiddenError, UnreachableError
from tadmor.ledger import Kept, Ledger
from tadmor.network import Fetcher
from tadmor.pipeline.faults import loaded_or_why
from tadmor.pipeline.importing import places_of
from tadmor.pipeline.machine import Machine, understanding
from tadmor.pipeline.reading import otherwise
from tadmor.pipeline.taking import Desk, Piece, Progress, Summary
from tadmor.settings import Settings

#: What writes the archives, as they name it.
SOFTWARE = f"tadmor/{__version__}"
#: An answer and its request are two records of a WARC file, behind the one on the file itself.
_ANSWER_AT = 2


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page to fetch, and the day that a feed gives for it."""

    url: str
    day: date | None = None
    told_by: str | None = None


class FetchCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the caller says of the pages of one call.

    `since`: a page that was captured at that time or later is passed over. `anew`: ask for the whole page, also where
    the last capture's ETag or day would let the server say that nothing changed.
    """

    source: str | None = None
    published: date | None = None
    since: datetime | None = None
    anew: bool = False


def fetch(
    wanted: Sequence[Wanted],
    ledger: Ledger,
    fetcher: Fetcher,
    *,
    settings: Settings,
    call: FetchCall = FetchCall(),  # noqa: B008 - frozen
    progress: Progress | None = None,
) -> Summary:
    """Fetch pages into a case.

    Args:
        wanted: the pages; one that cannot be had becomes an issue, and the rest goes on.
        ledger: the case, open for writing; others may write to it between the pages.
        fetcher: what asks.
        settings: limits, the user's own sources.
        call: what the caller says of all pages.
        progress: called with (pages done, pages in all, address) after each page.

    Raises:
        CaseBusyError: another process reads into the case.
    """
    with opened_desk(ledger, settings) as desk:
        guest = Guest(desk, fetcher, call)
        for done, page in enumerate(wanted, start=1):
            guest.page(page)
            if progress is not None:
                progress(done, len(wanted), page.url)
        return desk.tally.summary()


@contextmanager
def opened_desk(ledger: Ledger, settings: Settings) -> Iterator[Desk]:
    """A desk at which pages are taken in one at a time, while others may write to the case in between."""
    places = places_of(ledger, make=True)
    machine = Machine(settings.sources, places, settings.reader, settings.llm)
    with ledger.shared(), understanding(machine, settings, places, 1) as understand:
        yield Desk(ledger, machine, understand, settings)


class Guest:
    """Asks for pages and takes them in."""

    def __init__(self, desk: Desk, fetcher: Fetcher, call: FetchCall) -> None:
        self._desk, self._fetcher, self._call = desk, fetcher, call

    def page(self, wanted: Wanted) -> None:
        """Fetch one page and take it in; what goes wrong is an issue."""
        tally, page = self._desk.tally, page_of(wanted.url)
        tally.files += 1
        before = self._desk.ledger.captures(page)
        if self._call.since is not None and any(one.made >= self._call.since for one in before):
            tally.known += 1
            return
        fetched = self._asked(wanted.url, None if self._call.anew else _validated(before))
        if fetched is not None:
            piece = self._piece(page, fetched, self._loaded(fetched.answer, wanted))
            for _ in self._desk.take([piece]):
                pass  # one piece, which is in once it is given back

    def listing(self, url: str) -> bytes | None:
        """The bytes of a feed or another list of pages, kept in the case; `None`: not to be had."""
        page = page_of(url)
        before = self._desk.ledger.captures(page)
        kept = next((one for one in reversed(before) if one.status == 200 and one.original is not None), None)
        fetched = self._asked(url, kept)
        if fetched is None:
            return None
        if fetched.answer.status == 304 and kept is not None and kept.original is not None:
            return self._desk.ledger.original(kept.original)  # what an earlier round left of it is still to be fetched
        answer = fetched.answer
        if answer.status != 200 or answer.body is None:
            self._note(url, "fetch-status", f"answers with status {answer.status}; nothing is read from it")
            return None
        media = media_of(_as_answer(answer)) or "application/octet-stream"
        original = _original(answer.body, name_of(url, media), media)
        capture = self._capture(page, fetched, original.sha256)
        self._desk.ledger.capture(
            self._desk.machine.run,
            capture,
            [*self._archive(fetched, capture), Kept(original=original, data=answer.body)],
        )
        return answer.body

    def _asked(self, url: str, last: Capture | None) -> Fetched | None:
        tag = last.header("ETag") if last is not None else None
        since = last.header("Last-Modified") if last is not None else None
        try:
            return self._fetcher.fetch(url, tag=tag, since=since)
        except ForbiddenError as error:
            self._note(url, "fetch-forbidden", error.what)
        except UnreachableError as error:
            self._note(url, "fetch-failed", f"{error.what}; try again later")
        return None

    def _loaded(self, answer: Exchange, wanted: Wanted) -> Loaded:
        """The page read, or why it is not."""
        if answer.status == 304 or answer.status in WITHDRAWN:
            return Loaded(original=None, data=None, documents=(), issues=())
        if answer.status != 200 or answer.body is None:
            why = answer.notes[-1] if answer.status == 200 and answer.notes else f"answers with status {answer.status}"
            issue = _issue(wanted.url, "fetch-status", f"{why}; the answer is kept, nothing is read from it")
            return Loaded(original=None, data=None, documents=(), issues=(issue,))
        read = partial(
            load_bytes,
            answer.body,
            name_of(answer.url, media_of(_as_answer(answer))),
            source=self._call.source,
            published=self._call.published,
            sources=self._desk.machine.sources,
            otherwise=msgspec.structs.replace(otherwise(answer.url), published=_by_feed(wanted)),
        )
        loaded = loaded_or_why(wanted.url, read)
        issues = tuple(msgspec.structs.replace(one, where=wanted.url) for one in loaded.issues)
        return msgspec.structs.replace(loaded, issues=issues)

    def _piece(self, page: str, fetched: Fetched, loaded: Loaded) -> Piece:
        original = loaded.original.sha256 if loaded.original is not None else None
        capture = self._capture(page, fetched, original)
        unseen = capture.status in WITHDRAWN and not self._desk.ledger.standing().versions.get(page)
        if unseen:
            issue = _issue(page, "fetch-status", f"there is no such page (status {capture.status}); check the address")
            loaded = msgspec.structs.replace(loaded, issues=(issue,))
        return Piece(loaded=loaded, capture=capture, beside=tuple(self._archive(fetched, capture)))

    def _capture(self, page: str, fetched: Fetched, original: str | None) -> Capture:
        """What is noted of an answer; its outcome is told once it is compared with what the case holds."""
        answer = fetched.answer
        hops = tuple(one.url for one in fetched.exchanges[:-1])
        capture = Capture(
            made=answer.made,
            archive="",
            position=f"#{_ANSWER_AT * len(fetched.exchanges)}",
            outcome=Outcome.OTHER,
            page=page,
            final=answer.url,
            hops=hops,
            status=answer.status,
            headers=answer.headers,
            address=answer.address,
            original=original,
            dates=dates_of(answer.body) if answer.status == 200 and answer.body is not None else (),
            tool=SOFTWARE,
            notes=(*fetched.notes, *answer.notes),
        )
        data = _warc(fetched, capture)
        return msgspec.structs.replace(capture, archive=hashlib.sha256(data).hexdigest())

    def _archive(self, fetched: Fetched, capture: Capture) -> Iterator[Kept]:
        """All that went over the wire, as a file of its own."""
        data = _warc(fetched, capture)
        host = name_of(fetched.answer.url, "")[:60]
        name = f"{capture.made:%Y%m%dT%H%M%S}-{host}.warc.gz"
        yield Kept(original=_original(data, name, "application/warc"), data=data)

    def _note(self, url: str, rule: str, message: str) -> None:
        issue = _issue(url, rule, message)
        self._desk.tally.issues.append(issue)
        self._desk.ledger.add_issues(self._desk.machine.run, [issue])


def _warc(fetched: Fetched, capture: Capture) -> bytes:
    told = {
        "requested": capture.page or "",
        "final": capture.final or "",
        "redirects": " ".join(capture.hops),
        "resolved": capture.address or "",
        "dates": "; ".join(f"{one.day.isoformat()} ({one.said})" for one in capture.dates),
        "notes": "; ".join(capture.notes),
    }
    return written(fetched.exchanges, {name: value for name, value in told.items() if value}, SOFTWARE)


def _validated(captures: Sequence[Capture]) -> Capture | None:
    """The capture whose ETag and day tell whether a page changed; `None` where it was no more, or never read."""
    told = sorted((one for one in captures if one.outcome is not Outcome.OTHER), key=lambda one: one.made)
    if not told or told[-1].outcome is Outcome.WITHDRAWN:
        return None
    return next((one for one in reversed(told) if one.status == 200), None)


def _by_feed(wanted: Wanted) -> When | None:
    """The day that a feed gives for a page, which counts where the page gives none."""
    if wanted.day is None:
        return None
    reasons = (f"the feed {wanted.told_by or ''} gives this day".replace("  ", " "),)
    interval = Interval.of_days(wanted.day, wanted.day)
    return When(interval=interval, grain=Grain.DAY, basis=Basis.STATED, reasons=reasons)


def _as_answer(exchange: Exchange) -> Answer:
    return Answer(status=exchange.status, headers=exchange.headers, body=exchange.body)


def _original(data: bytes, name: str, media: str) -> Original:
    return Original(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type=media, size=len(data))


def _issue(url: str, rule: str, message: str) -> Issue:
    return Issue(where=url, rule=rule, message=message)
