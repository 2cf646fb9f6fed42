"""Files -> documents -> claims -> groundings -> ledger."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from tadmor.datamodel.captures import WITHDRAWN, Capture, Outcome, page_of
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents import Loaded, load, load_bytes, walk
from tadmor.documents.archives.mailbox import attachments
from tadmor.documents.archives.members import READ, Archive, Member, open_archive
from tadmor.documents.html import dates_of
from tadmor.documents.plain import Known
from tadmor.documents.scanned import read_scanned
from tadmor.ledger import Ledger
from tadmor.pipeline.attached import MAIL, attached
from tadmor.pipeline.faults import foreseen, loaded_or_why
from tadmor.pipeline.importing import places_of
from tadmor.pipeline.machine import Machine, understanding
from tadmor.pipeline.taking import Desk, Piece, Progress, Summary
from tadmor.settings import Settings


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller says of all files: the outlet, the publication day."""

    source: str | None = None
    published: date | None = None


def read(
    paths: Sequence[Path],
    ledger: Ledger,
    *,
    settings: Settings,
    source: str | None = None,
    published: date | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read files and folders into a case.

    Args:
        paths: what to read; a path that is missing or cannot be read becomes an issue, and the rest goes on.
        ledger: the case, open for writing; others may write to it between the files.
        settings: limits, workers, the user's own sources.
        source: the outlet of all files, where the caller knows it.
        published: the publication day of all files, where the caller knows it.
        progress: called with (files done, files in all, name) after each file.

    Raises:
        CaseBusyError: another process reads into the case.
    """
    files, places = walk(paths), places_of(ledger, make=True)
    machine = Machine(settings.sources, places, settings.reader, settings.llm)
    with ledger.shared(), understanding(machine, settings, places, len(files)) as understand:
        reading = _Reading(
            Desk(ledger, machine, understand, settings), settings, Given(source=source, published=published)
        )
        for batch in _batches(files, settings):
            for path in reading.take(batch):
                reading.desk.tally.files += 1
                if progress is not None:
                    progress(reading.desk.tally.files, len(files), path.name)
    return reading.desk.tally.summary()


class _Reading:
    """The files of one call, batch by batch; those that hold others member by member."""

    def __init__(self, desk: Desk, settings: Settings, given: Given) -> None:
        self.desk = desk
        self._settings, self._given = settings, given

    def take(self, batch: Sequence[Path]) -> Iterator[Path]:
        """Take the files in; each is given back once it is."""
        waiting: list[Path] = []
        for path in batch:
            archive = open_archive(path)
            if archive is None:
                waiting.append(path)
                continue
            yield from self._files(waiting)
            waiting = []
            if isinstance(archive, Issue):
                self._note([archive])
            else:
                self._archive(archive)
            yield path
        yield from self._files(waiting)

    def _files(self, paths: Sequence[Path]) -> Iterator[Path]:
        pieces = [Piece(loaded=self._loaded(path)) for path in paths]
        for path, _ in zip(paths, self.desk.take(pieces), strict=True):
            yield path
        for path, piece in zip(paths, pieces, strict=True):
            self._attached_to(path, piece.loaded)

    def _attached_to(self, path: Path, loaded: Loaded) -> None:
        """Take in what is attached to a message that is a file; the message is kept then, also where it has no text."""
        ledger, mail, data = self.desk.ledger, loaded.original, loaded.data
        if mail is None or data is None or mail.media_type != MAIL or not attachments(data):
            return
        if not ledger.holds(mail.sha256):
            if loaded.documents:
                return  # it could not be read by a fault, and is read again with all of it
            ledger.keep(self.desk.machine.run, mail, path)
        self._members(list(self._attached(data, path.name, mail.sha256, "", ledger.taken(mail.sha256))))

    def _attached(self, data: bytes, name: str, archive: str, position: str, taken: Collection[str]) -> Iterator[Piece]:
        machine = self.desk.machine
        made = machine.run.started
        return attached(data, name, archive=archive, position=position, made=made, sources=machine.sources, taken=taken)

    def _loaded(self, path: Path) -> Loaded:
        given = self._given
        sources = self.desk.machine.sources

        def read() -> Loaded:
            loaded = load(path, source=given.source, published=given.published, sources=sources)
            if self._settings.ocr is None:
                return loaded
            return read_scanned(
                loaded, path, self._settings.ocr, source=given.source, published=given.published, sources=sources
            )

        return loaded_or_why(str(path), read)

    def _archive(self, archive: Archive) -> None:
        """Keep a file that holds others, then take in what is inside and was not taken before."""
        ledger, sha256 = self.desk.ledger, archive.original.sha256
        known = ledger.holds(sha256)
        ledger.keep(self.desk.machine.run, archive.original, archive.path)
        taken = ledger.taken(sha256)
        batch: list[Piece] = []
        held = 0
        members = archive.members()
        while (member := foreseen(str(archive.path), lambda: next(members, None))) is not None:
            if isinstance(member, Issue):
                if not known:
                    self._note([member])
            elif member.position in taken:
                self.desk.tally.known += 1
            else:
                batch.append(self._piece(member, archive))
                held += len(member.data or b"")
            if isinstance(member, Member) and member.data is not None and _is_mail(member.name):
                batch += self._attached(member.data, member.name, sha256, member.position, taken)
            if batch and (len(batch) >= self._settings.batch or held >= self._settings.batch_bytes):
                self._members(batch)
                batch, held = [], 0
        self._members(batch)

    def _members(self, batch: Sequence[Piece]) -> None:
        self.desk.tally.members += sum(1 for _ in self.desk.take(batch))

    def _piece(self, member: Member, archive: Archive) -> Piece:
        answer, where = member.answer, f"{archive.path}{member.position}"
        if member.data is None:
            loaded = Loaded(original=None, data=None, documents=(), issues=())
        else:
            read = partial(
                load_bytes,
                member.data,
                member.name,
                source=self._given.source,
                published=self._given.published,
                sources=self.desk.machine.sources,
                known=member.known,
                otherwise=otherwise(member.url),
            )
            loaded = loaded_or_why(where, read)
            told = tuple(_of_member(one, where, page=member.url is not None) for one in loaded.issues)
            loaded = msgspec.structs.replace(loaded, issues=told)
        capture = Capture(
            made=member.made or self.desk.machine.run.started,
            archive=archive.original.sha256,
            position=member.position,
            outcome=Outcome.WITHDRAWN if answer is not None and answer.status in WITHDRAWN else Outcome.READ,
            page=page_of(member.url) if member.url is not None else None,
            final=member.url,
            status=answer.status if answer is not None else None,
            headers=answer.headers if answer is not None else (),
            address=member.address,
            original=loaded.original.sha256 if loaded.original is not None else None,
            dates=dates_of(member.data or b"") if member.url is not None else (),
            notes=member.notes,
        )
        return Piece(loaded=loaded, capture=capture)

    def _note(self, issues: Sequence[Issue]) -> None:
        self.desk.tally.issues += issues
        self.desk.ledger.add_issues(self.desk.machine.run, issues)


def _is_mail(name: str) -> bool:
    """Is a member of this name a message?"""
    return name.lower().endswith(READ[MAIL])


def _of_member(issue: Issue, where: str, *, page: bool) -> Issue:
    """An issue of a member; a page of an archive without an article (a menu, a list) is nothing that was not read."""
    mild = page and issue.rule == "no-text"
    return msgspec.structs.replace(issue, where=where, severity=Severity.NOTE if mild else issue.severity)


def otherwise(url: str | None) -> Known:
    """What counts of a page that names no publisher: its host."""
    host = page_of(url).partition("://")[2].partition("/")[0] if url is not None else ""
    return Known(outlet=host.removeprefix("www.") or None)


def _batches(files: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, ...]]:
    """Files that are held in memory together: so many, and of so many bytes, but at least one."""
    batch: list[Path] = []
    held = 0
    for path in files:
        size = _size(path)
        if batch and (len(batch) == settings.batch or held + size > settings.batch_bytes):
            yield tuple(batch)
            batch, held = [], 0
        batch.append(path)
        held += size
    if batch:
        yield tuple(batch)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # `load` says what is wrong with it
