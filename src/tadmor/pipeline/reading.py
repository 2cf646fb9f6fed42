"""Files -> documents -> claims -> groundings -> ledger.

A file is one transaction: after an interruption, the same call goes on where it ended.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec

from tadmor.datamodel.documents import Copy
from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents import Loaded, load, walk
from tadmor.documents.company import Company
from tadmor.documents.copies import CopyIndex, Fingerprint, fingerprint
from tadmor.ledger import Ledger
from tadmor.pipeline.importing import places_of
from tadmor.pipeline.machine import Machine, Understood, understanding
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

    @property
    def amiss(self) -> tuple[Issue, ...]:
        """What was wrong with the input."""
        return tuple(issue for issue in self.issues if issue.severity is not Severity.NOTE)

    @property
    def doubtful(self) -> int:
        """Passages that the reader was too unsure of to take a claim from."""
        return len(self.issues) - len(self.amiss)


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
    files, tally, places = walk(paths), _Tally(), places_of(ledger, make=True)
    machine = Machine(settings.sources, places, settings.reader, settings.llm)
    copies = CopyIndex(_known_prints(ledger))
    with ledger.shared(), understanding(machine, settings, places, len(files)) as understand:
        for batch in _batches(files, settings):
            found = (load(path, source=source, published=published, sources=machine.sources) for path in batch)
            loaded = [_fresh(ledger, one, tally) for one in found]
            dated = _dated(ledger, loaded, settings)
            understood = understand(document for one in dated for document in one.documents)
            for path, one in zip(batch, dated, strict=True):
                _take_in(ledger, machine.run, copies, tally, one, list(islice(understood, len(one.documents))))
                tally.files += 1
                if progress is not None:
                    progress(tally.files, len(files), path.name)
    return tally.summary()


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


def _known_prints(ledger: Ledger) -> Iterator[Fingerprint]:
    for document, published, shingles in ledger.shingles():
        yield Fingerprint(document=document, published=published, shingles=shingles)


def _fresh(ledger: Ledger, one: Loaded, tally: _Tally) -> Loaded:
    """The file as loaded, or without its documents if the case holds its bytes."""
    if one.original is not None and one.documents and ledger.holds(one.original.sha256):
        tally.known += 1
        return msgspec.structs.replace(one, documents=(), data=None, issues=())
    return one


def _dated(ledger: Ledger, loaded: Sequence[Loaded], settings: Settings) -> list[Loaded]:
    """The batch with its undated documents dated by the company of the batch and of some of the case."""
    batch = [document for one in loaded for document in one.documents]
    if all(document.published is not None for document in batch):
        return list(loaded)
    company = Company([*batch, *islice(ledger.documents(), settings.company)])
    return [
        msgspec.structs.replace(
            one,
            documents=tuple(
                document
                if document.published is not None
                else msgspec.structs.replace(document, published=company.date(document))
                for document in one.documents
            ),
        )
        for one in loaded
    ]


def _take_in(
    ledger: Ledger, run: RunInfo, copies: CopyIndex, tally: _Tally, one: Loaded, understood: Sequence[Understood]
) -> None:
    """One file into the ledger, in one transaction."""
    issues = [*one.issues, *(issue for _, problems in understood for issue in problems)]
    tally.issues.extend(issues)
    if one.original is None or one.data is None or not one.documents:
        ledger.add_issues(run, issues)
        return
    prints = [fingerprint(document) for document in one.documents]
    found: list[Copy] = [copy for mark in prints for copy in copies.add(mark)]
    added = ledger.add(
        run,
        one.original,
        one.data,
        [(document, claims) for document, (claims, _) in zip(one.documents, understood, strict=True)],
        copies=found,
        issues=issues,
        shingles={mark.document: mark.shingles for mark in prints},
    )
    tally.known += not added
    tally.documents += len(one.documents) * added
    tally.claims += sum(len(claims) for claims, _ in understood) * added
    tally.copies += len(found) * added
