"""The stages composed: files -> documents -> claims -> groundings -> ledger -> record.

Nothing else imports two stages. A file is one transaction: after an interruption, the same call goes on where it ended.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import msgspec

from tadmor import __version__
from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents import Loaded, load, walk
from tadmor.documents.company import date_by_company
from tadmor.documents.copies import CopyIndex, Fingerprint, fingerprint
from tadmor.ledger import Ledger
from tadmor.record import conclude
from tadmor.settings import Settings

Progress = Callable[[int, int, str], None]


class Summary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one call of `read` did."""

    files: int
    documents: int
    claims: int
    known: int  # files whose bytes the case held already
    copies: int
    issues: tuple[Issue, ...]

    @property
    def complete(self) -> bool:
        """Was everything named read?"""
        return all(issue.severity is not Severity.ERROR for issue in self.issues)


class _Tally:
    """Counts of a run in progress."""

    def __init__(self) -> None:
        self.files = self.documents = self.claims = self.known = self.copies = 0
        self.issues: list[Issue] = []

    def summary(self) -> Summary:
        """As a value."""
        return Summary(
            files=self.files,
            documents=self.documents,
            claims=self.claims,
            known=self.known,
            copies=self.copies,
            issues=tuple(self.issues),
        )


class Machine:
    """Readers and tables of one run, opened once; `sources` is a user's own table of sources."""

    def __init__(self, sources: Path | None = None) -> None:
        from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - tables are read only where text is
        from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
        from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415
        from tadmor.extraction import READERS, extract  # noqa: PLC0415
        from tadmor.grounding import Grounder  # noqa: PLC0415

        gazetteer = open_gazetteer()
        self._extract = extract
        self._sources = load_sources(sources)
        self._grounder = Grounder(gazetteer, load_actors(), self._sources)
        self.run = RunInfo(
            id=secrets.token_hex(8),
            started=datetime.now(UTC),
            tadmor=__version__,
            reader=", ".join(reader.name for reader in READERS),
            gazetteer=gazetteer.version,
        )

    def understand(self, document: Document) -> tuple[tuple[GroundedClaim, ...], tuple[Issue, ...]]:
        """A document's claims, grounded."""
        read = self._extract(document, sources=self._sources)
        return self._grounder.ground(document, read.claims), read.issues


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
        ledger: the case, open for writing.
        settings: limits.
        source: the outlet of all files, where the caller knows it.
        published: the publication day of all files, where the caller knows it.
        progress: called with (files done, files in all, name) after each file.
    """
    files, tally, machine = walk(paths), _Tally(), Machine(settings.sources)
    copies = CopyIndex(_known_prints(ledger))
    for batch in _batches(files, settings.batch):
        loaded = [_fresh(ledger, load(path, source=source, published=published), tally) for path in batch]
        company = _company(ledger, loaded)
        for path, one in zip(batch, loaded, strict=True):
            _take_in(ledger, machine, copies, tally, _dated(one, company))
            tally.files += 1
            if progress is not None:
                progress(tally.files, len(files), path.name)
    return tally.summary()


def record(ledger: Ledger, *, as_of: date | None = None) -> tuple[Record, tuple[GroundedClaim, ...]]:
    """What the case concludes, with the claims it rests on."""
    claims = tuple(ledger.claims())
    return conclude(claims, copies=ledger.copies(), as_of=as_of), claims


def _batches(files: Sequence[Path], size: int) -> Iterator[tuple[Path, ...]]:
    left = iter(files)
    while batch := tuple(islice(left, size)):
        yield batch


def _known_prints(ledger: Ledger) -> Iterator[Fingerprint]:
    for document, published, shingles in ledger.shingles():
        yield Fingerprint(document=document, published=published, shingles=shingles)


def _fresh(ledger: Ledger, one: Loaded, tally: _Tally) -> Loaded:
    """The file as loaded, or without its documents if the case holds its bytes."""
    if one.original is not None and one.documents and ledger.holds(one.original.sha256):
        tally.known += 1
        return msgspec.structs.replace(one, documents=(), data=None, issues=())
    return one


def _company(ledger: Ledger, loaded: Sequence[Loaded]) -> tuple[Document, ...]:
    """Documents that may date an undated one: those of the batch and of the case; none where all are dated."""
    batch = tuple(document for one in loaded for document in one.documents)
    if all(document.published is not None for document in batch):
        return ()
    return batch + tuple(ledger.documents())


def _dated(one: Loaded, company: tuple[Document, ...]) -> Loaded:
    documents = tuple(
        document
        if document.published is not None
        else msgspec.structs.replace(document, published=date_by_company(document, company))
        for document in one.documents
    )
    return msgspec.structs.replace(one, documents=documents)


def _take_in(ledger: Ledger, machine: Machine, copies: CopyIndex, tally: _Tally, one: Loaded) -> None:
    """One file into the ledger, in one transaction."""
    if one.original is None or one.data is None or not one.documents:
        tally.issues.extend(one.issues)
        ledger.add_issues(machine.run, one.issues)
        return
    issues, read_in, found = list(one.issues), [], list[Copy]()
    prints = [fingerprint(document) for document in one.documents]
    for document, mark in zip(one.documents, prints, strict=True):
        claims, problems = machine.understand(document)
        read_in.append((document, claims))
        issues.extend(problems)
        found.extend(copies.add(mark))
    added = ledger.add(
        machine.run,
        one.original,
        one.data,
        read_in,
        copies=found,
        issues=issues,
        shingles={mark.document: mark.shingles for mark in prints},
    )
    tally.known += not added
    tally.documents += len(read_in) * added
    tally.claims += sum(len(claims) for _, claims in read_in) * added
    tally.copies += len(found) * added
    tally.issues.extend(issues)
