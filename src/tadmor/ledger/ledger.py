"""The ledger of one case: the only door to its database and its archive."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Connection, Engine, Select, func, insert, select

from tadmor.datamodel.documents import Copy, CopyKind, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, Review, RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.errors import UsageError
from tadmor.ledger import chain, tables, writing
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.encoding import Entities, document_decoder, encode
from tadmor.ledger.filters import ClaimFilter, conditions
from tadmor.ledger.store import check_known, engine_of, reading, upgrade
from tadmor.ledger.verifying import verify

_EVERYTHING = ClaimFilter()


class Ledger:
    """Append-only store of originals, documents, claims, groundings and decisions.

    Opened for reading by any number of processes, for writing by one at a time.
    """

    def __init__(self, case: CaseFolder, engine: Engine, *, writable: bool) -> None:
        self._case = case
        self._engine = engine
        self._writable = writable

    @classmethod
    def open(cls, folder: Path, *, writable: bool = False, create: bool = False) -> Self:
        """Open the case in a folder.

        Args:
            folder: the case's folder.
            writable: become its one writer.
            create: make the case if there is none (implies `writable`).

        Raises:
            CaseNotFoundError: no case there, and `create` is not set.
            CaseNotWritableError: the folder or the file cannot be written.
            CaseTooNewError: written by a later version.
            CaseBusyError: another process writes to it.
        """
        case = CaseFolder(folder)
        if create:
            case.make()
        else:
            case.find()
        if not (writable or create):
            engine = engine_of(case.ledger, writable=False)
            check_known(engine, folder)
            return cls(case, engine, writable=False)
        case.lock()
        engine = engine_of(case.ledger, writable=True)
        try:
            upgrade(engine, folder)
        except BaseException:
            engine.dispose()
            case.unlock()
            raise
        return cls(case, engine, writable=True)

    def close(self) -> None:
        """Let go of the files."""
        self._engine.dispose()
        self._case.unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """The case's folder."""
        return self._case.folder

    # -- writing ------------------------------------------------------------------------------------------------

    def holds(self, sha256: str) -> bool:
        """Has this original been read?"""
        with reading(self._engine) as connection:
            return _has(connection, sha256)

    def add(
        self,
        run: RunInfo,
        original: Original,
        data: bytes,
        read: Sequence[tuple[Document, Sequence[GroundedClaim]]],
        *,
        copies: Sequence[Copy] = (),
        issues: Sequence[Issue] = (),
        shingles: Mapping[str, bytes] | None = None,
    ) -> bool:
        """Add an original with its documents and claims, in one transaction.

        Returns:
            False if the case holds these bytes already; then nothing is added.
        """
        if self.holds(original.sha256):
            return False
        self._case.keep(original.sha256, data)
        with self._engine.begin() as connection:
            writing.add_run(connection, run)
            writing.add_original(connection, run, original)
            writing.add_documents(connection, [document for document, _ in read])
            for document, claims in read:
                writing.add_claims(connection, run, document.id, claims)
            writing.add_shingles(connection, shingles or {})
            writing.add_copies(connection, copies)
            writing.add_issues(connection, run, issues)
        return True

    def add_issues(self, run: RunInfo, issues: Sequence[Issue]) -> None:
        """Note what was wrong with input that gave no document."""
        if issues:
            with self._engine.begin() as connection:
                writing.add_run(connection, run)
                writing.add_issues(connection, run, issues)

    def add_review(self, review: Review) -> None:
        """Note a person's decision; the latest on a subject counts."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(tables.reviews).values(
                    subject=review.subject, made=review.made.isoformat(), value=encode(review)
                )
            )
            chain.append(connection, "review", review.subject, chain.content_digest(encode(review)))

    # -- reading ------------------------------------------------------------------------------------------------

    def documents(self) -> Iterator[Document]:
        """All documents with their cleaned text, without the raw text, in the order added."""
        query = select(tables.documents.c.value, tables.documents.c.text).order_by(tables.documents.c.id)
        with reading(self._engine) as connection:
            for value, text in connection.execution_options(yield_per=200).execute(query):
                yield msgspec.structs.replace(document_decoder.decode(value), text=text)

    def document(self, identity: str) -> Document:
        """One document, whole.

        Raises:
            UsageError: no such document.
        """
        table = tables.documents
        query = select(table.c.value, table.c.text, tables.raws.c.text.label("raw")).join(
            tables.raws, tables.raws.c.original == table.c.original
        )
        with reading(self._engine) as connection:
            row = connection.execute(query.where(table.c.id == identity)).first()
        if row is None:
            message = f"no document {identity} in {self.folder}"
            raise UsageError(message)
        return msgspec.structs.replace(document_decoder.decode(row.value), text=row.text, raw=row.raw)

    def claims(self, wanted: ClaimFilter = _EVERYTHING, *, rejected: bool = False) -> Iterator[GroundedClaim]:
        """Claims that fit a filter, in the order read, each as the latest run understood it.

        Args:
            wanted: the conditions.
            rejected: also those that a reviewer rejected.
        """
        out = set() if rejected else self._rejected()
        with reading(self._engine) as connection:
            entities = _entities(connection)
            query = _claims_query().where(*conditions(wanted)).order_by(tables.claims.c.number)
            for row in connection.execution_options(yield_per=1000).execute(query):
                if row.id not in out:
                    yield entities.rebuild(row.claim, row.understanding)

    def claim(self, identity: str) -> GroundedClaim:
        """The claim whose id begins so.

        Raises:
            UsageError: none, or more than one.
        """
        prefix = identity.replace("%", "").replace("_", "")
        query = _claims_query().where(tables.claims.c.id.like(f"{prefix}%")).limit(2)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            if len(rows) != 1 or not prefix:
                message = f"{'several claims begin' if rows else 'no claim begins'} with {identity!r}"
                raise UsageError(message)
            return _entities(connection).rebuild(rows[0].claim, rows[0].understanding)

    def originals(self) -> tuple[Original, ...]:
        """All originals, by digest."""
        table = tables.originals
        with reading(self._engine) as connection:
            rows = connection.execute(select(table).order_by(table.c.sha256)).all()
        return tuple(
            Original(sha256=row.sha256, name=row.name, media_type=row.media_type, size=row.size) for row in rows
        )

    def original_bytes(self, sha256: str) -> bytes | Issue:
        """An original's bytes from the archive, or what is wrong with it."""
        return self._case.read(sha256)

    def shingles(self) -> Iterator[tuple[str, date | None, bytes]]:
        """By what each document is compared with others: its id, first day of publication, shingles."""
        query = (
            select(tables.shingles.c.document, tables.documents.c.published_from, tables.shingles.c.value)
            .join(tables.documents, tables.documents.c.id == tables.shingles.c.document)
            .order_by(tables.shingles.c.document)
        )
        with reading(self._engine) as connection:
            for row in connection.execution_options(yield_per=1000).execute(query):
                day = date.fromisoformat(row.published_from) if row.published_from else None
                yield row.document, day, row.value

    def copies(self) -> tuple[Copy, ...]:
        """Pairs of documents that share words."""
        table = tables.copies
        with reading(self._engine) as connection:
            rows = connection.execute(select(table).order_by(table.c.earlier, table.c.later, table.c.kind)).all()
        return tuple(
            Copy(earlier=row.earlier, later=row.later, kind=CopyKind(row.kind), share=row.share) for row in rows
        )

    def issues(self) -> tuple[Issue, ...]:
        """What was wrong with the input, in the order met."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.issues.c.value).order_by(tables.issues.c.number)).scalars().all()
        return tuple(msgspec.json.decode(value, type=Issue) for value in rows)

    def reviews(self) -> tuple[Review, ...]:
        """All decisions, in the order made."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.reviews.c.value).order_by(tables.reviews.c.number)).scalars().all()
        return tuple(msgspec.json.decode(value, type=Review) for value in rows)

    def counts(self) -> Mapping[str, int]:
        """Rows by kind of thing."""
        counted = (
            tables.originals,
            tables.documents,
            tables.claims,
            tables.copies,
            tables.issues,
            tables.reviews,
            tables.revisions,
        )
        with reading(self._engine) as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in counted
            }

    def verify(self) -> tuple[Issue, ...]:
        """Check every original, quote and revision; empty means that all hold."""
        with reading(self._engine) as connection:
            return tuple(verify(connection, self._case))

    def _rejected(self) -> set[str]:
        latest = {review.subject: review.decision for review in self.reviews()}
        return {subject for subject, decision in latest.items() if decision is Decision.REJECT}


def _has(connection: Connection, sha256: str) -> bool:
    return (
        connection.execute(select(tables.originals.c.sha256).where(tables.originals.c.sha256 == sha256)).first()
        is not None
    )


def _entities(connection: Connection) -> Entities:
    table = tables.entities
    rows = connection.execute(select(table.c.type, table.c.id, table.c.digest, table.c.value)).all()
    return Entities([(row.type, row.id, row.digest, row.value) for row in rows])


def _claims_query() -> Select[Any]:
    latest = select(func.max(tables.groundings.c.number).label("number")).group_by(tables.groundings.c.claim).subquery()
    return (
        select(
            tables.claims.c.id, tables.claims.c.value.label("claim"), tables.groundings.c.value.label("understanding")
        )
        .join(tables.groundings, tables.groundings.c.claim == tables.claims.c.id)
        .join(latest, latest.c.number == tables.groundings.c.number)
        .join(tables.documents, tables.documents.c.id == tables.claims.c.document)
    )
