"""The stages composed: files -> documents -> claims -> groundings -> ledger -> record.

Nothing else imports two stages. A file is one transaction: after an interruption, the same call goes on where it ended.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tadmor import __version__
from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import RunInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.places import PlaceFile
from tadmor.documents import Loaded, load, walk
from tadmor.documents.company import Company
from tadmor.documents.copies import CopyIndex, Fingerprint, fingerprint
from tadmor.ledger import Ledger
from tadmor.record import conclude
from tadmor.settings import Settings

if TYPE_CHECKING:  # only importing places needs them
    from tadmor.dictionaries.gazetteer.examining import Examined
    from tadmor.dictionaries.gazetteer.joining import Joined

Progress = Callable[[int, int, str], None]
Understood = tuple[tuple[GroundedClaim, ...], tuple[Issue, ...]]
Understand = Callable[[Iterable[Document]], Iterator[Understood]]


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


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one file of places brought.

    Of the `places` that it tells of, `added` are new and `known` only gave a place that was known their names;
    `left_out` rows are of features that no report tells of. A file that was `imported` before adds nothing.
    """

    file: str
    layout: str
    places: int
    left_out: int
    imported: bool
    added: int = 0
    known: int = 0


class Imports(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one call of `import_places` did."""

    files: tuple[ImportedFile, ...]
    issues: tuple[Issue, ...]

    @property
    def complete(self) -> bool:
        """Was every row of every file read?"""
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
    """Readers and tables of one run, opened once.

    `sources` is a user's own table of sources, `places` where the compiled places of a case lie.
    """

    def __init__(self, sources: Path | None = None, places: Path | None = None) -> None:
        from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - tables are read only where text is
        from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
        from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415
        from tadmor.extraction import READERS, extract  # noqa: PLC0415
        from tadmor.grounding import Grounder  # noqa: PLC0415

        self._gazetteer = gazetteer = open_gazetteer(case=places) if places is not None else open_gazetteer()
        self._extract = extract
        self.sources = load_sources(sources)
        self._grounder = Grounder(gazetteer, load_actors(), self.sources)
        self.run = RunInfo(
            id=secrets.token_hex(8),
            started=datetime.now(UTC),
            tadmor=__version__,
            reader=", ".join(reader.name for reader in READERS),
            gazetteer=gazetteer.version,
        )

    def understand(self, document: Document) -> Understood:
        """A document's claims, grounded."""
        read = self._extract(document, sources=self.sources, gazetteer=self._gazetteer)
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
        settings: limits, workers, the user's own sources.
        source: the outlet of all files, where the caller knows it.
        published: the publication day of all files, where the caller knows it.
        progress: called with (files done, files in all, name) after each file.
    """
    files, tally, places = walk(paths), _Tally(), places_of(ledger, make=True)
    machine, copies = Machine(settings.sources, places), CopyIndex(_known_prints(ledger))
    with _readers(machine, settings, places, len(files)) as understand:
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


def record(ledger: Ledger, *, as_of: date | None = None) -> tuple[Record, tuple[GroundedClaim, ...]]:
    """What the case concludes, with the claims it rests on."""
    claims = tuple(ledger.claims())
    return conclude(claims, copies=ledger.copies(), as_of=as_of), claims


def import_places(
    paths: Sequence[Path], ledger: Ledger, *, layout: str | None = None, licence: str | None = None
) -> Imports:
    """Bring files of places into a case: of each all that can be read, of all together everything or nothing.

    Args:
        paths: the files; one that is missing or cannot be read becomes an issue, and the rest goes on.
        ledger: the case, open for writing.
        layout: of all files, where it does not show in them.
        licence: what the caller says of the right to use them.
    """
    from tadmor.dictionaries.gazetteer.examining import Examined, examine  # noqa: PLC0415 - only importing needs it

    files, told, issues = list(ledger.places.kept()), list[tuple[str, bool, Examined]](), list[Issue]()
    before = len(files)
    for path in paths:
        found = examine(path, layout, files)
        issues.extend(found.issues)
        if found.layout is None:
            continue
        imported = any(file.sha256 == found.sha256 for file in files)
        ledger.places.keep(found.sha256, found.data)
        told.append((path.name, imported, found))
        if not imported:
            files.append(_place_file(path, found.layout, found, licence))
    joined: dict[str, Joined] = {}
    if len(files) > before:
        _, joined = _compile(ledger, files)
        ledger.places.note(files[before:])
    issues.extend(issue for file in files[before:] for issue in _lost(file.name, joined[file.sha256]))
    return Imports(
        files=tuple(_imported(name, found, None if known else joined[found.sha256]) for name, known, found in told),
        issues=tuple(issues),
    )


def places_of(ledger: Ledger, *, make: bool = False) -> Path | None:
    """Where the compiled places of a case lie; `None` where it has none.

    Args:
        ledger: the case.
        make: it is open for writing: compile them where they are missing, or were compiled for another gazetteer.
    """
    kept = ledger.places.kept()
    if not kept:
        return None
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
    from tadmor.dictionaries.gazetteer.joining import name_of  # noqa: PLC0415

    found = ledger.places.compiled(name_of(kept, open_gazetteer()))
    return _compile(ledger, kept)[0] if found is None and make else found


def _compile(ledger: Ledger, files: Sequence[PlaceFile]) -> "tuple[Path, dict[str, Joined]]":
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415
    from tadmor.dictionaries.gazetteer.joining import compile_files, name_of  # noqa: PLC0415

    shipped, tables = open_gazetteer(), [(file, ledger.places.held(file)) for file in files]
    joined: dict[str, Joined] = {}
    folder = ledger.places.compile(
        name_of(files, shipped), lambda passing: joined.update(compile_files(tables, shipped, passing))
    )
    return folder, joined


def _place_file(path: Path, layout: str, found: "Examined", licence: str | None) -> PlaceFile:
    return PlaceFile(
        sha256=found.sha256,
        name=path.name,
        layout=layout,
        size=len(found.data),
        places=found.places,
        imported=datetime.now(UTC),
        licence=licence,
    )


def _imported(name: str, found: "Examined", joined: "Joined | None") -> ImportedFile:
    return ImportedFile(
        file=name,
        layout=found.layout or "",
        places=found.places,
        left_out=found.left_out,
        imported=joined is None,
        added=joined.added if joined is not None else 0,
        known=joined.enriched if joined is not None else 0,
    )


def _lost(name: str, joined: "Joined") -> Iterator[Issue]:
    """Parents that were not found."""
    for line, parent in joined.lost:
        message = (
            f"line {line}: imported, but no place near it has the id or name of its parent {parent!r};"
            " write one that the gazetteer or a line before has"
        )
        yield Issue(where=name, rule="place-parent", message=message, severity=Severity.WARNING)


@contextmanager
def _readers(machine: Machine, settings: Settings, places: Path | None, files: int) -> Iterator[Understand]:
    """What understands documents, in their order: this process, or several where there is much to read."""
    if settings.workers < 2 or files < settings.few:
        yield lambda documents: map(machine.understand, documents)
        return
    # A fresh process each: a forked one would share the ledger's open files.
    with ProcessPoolExecutor(
        settings.workers,
        mp_context=get_context("spawn"),
        initializer=_start_worker,
        initargs=(settings.sources, places),
    ) as pool:
        yield lambda documents: pool.map(_understand, documents, chunksize=4)


_worker: Machine | None = None


def _start_worker(sources: Path | None, places: Path | None) -> None:
    """Open the tables of a worker process, once."""
    global _worker  # noqa: PLW0603 - a worker process has no other place for what all its calls share
    _worker = Machine(sources, places)


def _understand(document: Document) -> Understood:
    assert _worker is not None, "the pool starts its workers"  # noqa: S101 - the executor's promise
    return _worker.understand(document)


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
