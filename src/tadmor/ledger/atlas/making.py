"""Writing an atlas, and where it lies: one file a state of the case and day as of which it is known."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from time import time
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from tadmor.errors import CaseNotWritableError
from tadmor.ledger.atlas import tables
from tadmor.ledger.atlas.asking import Atlas, day_number
from tadmor.ledger.atlas.entries import (
    ClaimEntry,
    DocumentEntry,
    FindingEntry,
    NamedEntry,
    PlaceEntry,
    RestsEntry,
)
from tadmor.ledger.atlas.tallying import packed
from tadmor.ledger.store import engine_of

#: Rows written at a time.
_BATCH = 2000
#: Atlases kept: of now and of the days as of which somebody asked lately.
KEPT = 6
#: Seconds after which nobody is taken to be writing a file any more that is not whole.
_ABANDONED = 3600.0

Rows = list[dict[str, Any]]
Entry = TypeVar("Entry")


def atlas_at(path: Path) -> Atlas | None:
    """The atlas at a path; `None` where there is none, or none that can be read."""
    if not path.is_file():
        return None
    atlas = Atlas(engine_of(path, writable=False))
    try:
        atlas.sheet("case")
    except DatabaseError:  # cut off by a full disk, say: it is made anew
        atlas.close()
        return None
    return atlas


def forget(folder: Path, *, keep: Path) -> None:
    """Remove the atlases that were made longest ago, and what a maker that was killed has left."""
    old = sorted((path for path in folder.glob("*.db") if path != keep), key=_age)[KEPT - 1 :]
    left = [path for path in folder.glob(".*.part*") if _age(path) > _ABANDONED]
    for path in (*old, *left):
        with suppress(OSError):  # another process may forget the same
            path.unlink()


def _age(path: Path) -> float:
    """Seconds since a file was written; of one that another process has just removed, none."""
    try:
        return time() - path.stat().st_mtime
    except OSError:
        return 0.0


class AtlasWriter:
    """Writes an atlas, whole or not at all: claims first, by their days; then findings, which rest on them.

    Raises:
        CaseNotWritableError: the file cannot be written (a full disk, say).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._passing = path.with_name(f".{path.stem}.part")
        self._numbers: dict[str, int] = {}
        self._findings = 0

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._passing.unlink(missing_ok=True)
            self._engine = engine_of(self._passing, writable=True)
            self._connection = self._engine.connect()
            for line in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF"):
                self._connection.exec_driver_sql("COMMIT")  # pragmas of the journal take effect outside a transaction
                self._connection.exec_driver_sql(f"PRAGMA {line}")
                self._connection.exec_driver_sql("BEGIN")
            _lay(self._connection)
        except (OSError, DatabaseError) as error:
            raise CaseNotWritableError(self._path.parent, str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                _finish(self._connection)
                self._connection.commit()
        except DatabaseError as failed:
            raise CaseNotWritableError(self._path.parent, str(failed.orig)) from failed
        finally:
            self._connection.close()
            self._engine.dispose()
            if error is not None:
                self._passing.unlink(missing_ok=True)
        if isinstance(error, OperationalError):  # the disk is full, gone or broken
            raise CaseNotWritableError(self._path.parent, str(error.orig)) from error
        if error is None:
            self._passing.replace(self._path)

    def sheet(self, name: str, value: bytes) -> None:
        """Add an answer about the whole case."""
        self._connection.execute(tables.sheets.insert(), [{"name": name, "value": value}])

    def places(self, entries: Iterable[PlaceEntry]) -> None:
        """Add places."""
        for batch in _batches(entries):
            self._add(tables.places, [_columns(one, tables.places) for one in batch])
            self._add(tables.grounds, [{"place": one.id, "ground": ground} for one in batch for ground in one.ground])
            self._name("place", batch)

    def actors(self, entries: Iterable[NamedEntry]) -> None:
        """Add actors."""
        self._named("actor", tables.actors, entries)

    def sources(self, entries: Iterable[NamedEntry]) -> None:
        """Add sources."""
        self._named("source", tables.sources, entries)

    def _named(self, kind: str, table: Table, entries: Iterable[NamedEntry]) -> None:
        for batch in _batches(entries):
            self._add(table, [_columns(one, table) for one in batch])
            self._name(kind, batch)

    def documents(self, entries: Iterable[DocumentEntry]) -> None:
        """Add documents, with their words to the full-text indexes."""
        number = 0
        for batch in _batches(entries):
            self._add(tables.documents, [_columns(one, tables.documents) for one in batch])
            words = [(number + place, f"{one.title or ''}\n{one.text}") for place, one in enumerate(batch, start=1)]
            number += len(batch)
            self._index("documents", words, {"id": [one.id for one in batch]})

    def claims(self, entries: Iterable[ClaimEntry]) -> None:
        """Add claims in the order of the days that they speak of."""
        for batch in _batches(entries):
            first = len(self._numbers) + 1
            self._numbers |= {one.id: first + place for place, one in enumerate(batch)}
            self._add(
                tables.claims,
                [_columns(one, tables.claims) | {"number": first + place} for place, one in enumerate(batch)],
            )
            numbered = list(enumerate(batch, start=first))
            self._add(tables.answers, [{"number": number, "value": one.value} for number, one in numbered])
            self._add(
                tables.carried,
                [
                    {"number": number, "packed": packed((*one.tags, ("kind", one.kind), ("modality", one.modality)))}
                    for number, one in numbered
                ],
            )
            self._span(batch)
            self._add(
                tables.tags,
                [
                    {"type": kind, "entity": entity, "claim": self._numbers[one.id]}
                    for one in batch
                    for kind, entity in dict.fromkeys(one.tags)
                ],
            )
            self._index("claims", [(self._numbers[one.id], one.words) for one in batch])

    def findings(self, entries: Iterable[tuple[FindingEntry, Iterable[RestsEntry]]]) -> None:
        """Add findings of one kind, the heaviest first, each with the claims that it rests on."""
        for batch in _batches(entries):
            rows: Rows = []
            named: Rows = []
            rests: Rows = []
            for entry, resting in batch:
                self._findings += 1
                number = self._findings
                rows.append(_columns(entry, tables.findings) | {"number": number})
                named.extend({"actor": actor, "finding": number} for actor in dict.fromkeys(entry.actors))
                known = {one.claim: one.way for one in resting if one.claim in self._numbers}
                rests.extend({"claim": self._numbers[one], "finding": number, "way": known[one]} for one in known)
            self._add(tables.findings, rows)
            self._add(tables.named, named)
            self._add(tables.rests, rests)

    def _span(self, claims: Iterable[ClaimEntry]) -> None:
        rows = [
            {"number": self._numbers[one.id], "earliest": day_number(one.earliest), "latest": day_number(one.latest)}
            for one in claims
            if one.earliest is not None and one.latest is not None
        ]
        if rows:
            self._connection.execute(text(f"INSERT INTO {tables.SPANS} VALUES (:number, :earliest, :latest)"), rows)  # noqa: S608

    def _name(self, kind: str, entries: Iterable[PlaceEntry | NamedEntry]) -> None:
        self._add(
            tables.names,
            [
                {"name": name, "type": kind, "id": one.id, "claims": one.claims}
                for one in entries
                for name in dict.fromkeys(one.names)
                if name
            ],
        )

    def _add(self, table: Table, rows: Rows) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)

    def _index(self, what: str, words: list[tuple[int, str]], extra: Mapping[str, list[str]] | None = None) -> None:
        for cut in ("words", "trigrams"):
            rows = [{"number": number, "words": one} for number, one in words]
            self._connection.execute(
                text(f"INSERT INTO {what}_{cut}(rowid, words) VALUES (:number, :words)"),  # noqa: S608 - fixed names
                rows,
            )
        if extra is not None:
            self._add(
                tables.indexed,
                [{"number": number, "id": one} for (number, _), one in zip(words, extra["id"], strict=True)],
            )


def _columns(entry: msgspec.Struct, table: Table) -> dict[str, Any]:
    """The fields of an entry that its table has columns for."""
    return {column.name: getattr(entry, column.name) for column in table.columns if hasattr(entry, column.name)}


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _lay(connection: Connection) -> None:
    """The tables, without their indexes, which are quicker made at the end."""
    for table in tables.metadata.sorted_tables:
        connection.execute(CreateTable(table))
    for name, cut in tables.FULL_TEXT.items():
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', tokenize='{cut}')")
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {tables.SPANS} USING rtree_i32(number, earliest, latest)")
    for name, index in tables.VOCABULARY.items():
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING fts5vocab({index}, 'row')")


def _finish(connection: Connection) -> None:
    for table in tables.metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))
    for name in tables.FULL_TEXT:
        connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 - fixed names
    connection.exec_driver_sql("ANALYZE")
