"""The ledger of one case: the only door to its database and its archive."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.documents import Copy, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import KeptTable, Review, Revision, RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import Place
from tadmor.errors import UsageError
from tadmor.ledger import chain, queries, reviews, tables, writing
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.filters import ClaimFilter
from tadmor.ledger.place_files import PlaceFiles
from tadmor.ledger.remembered import recall, recall_parts, remember, remember_parts
from tadmor.ledger.store import check_readable, engine_of, reading, transaction, upgrade
from tadmor.ledger.verifying import verify

_EVERYTHING = ClaimFilter()


class Ledger:
    """Append-only store of originals, documents, claims, groundings and decisions.

    Opened for reading by any number of processes, for writing by one at a time. Each question sees the ledger as it was
    when it was asked, also while this process goes on writing; iterators hold a limited number of rows.
    """

    def __init__(self, case: CaseFolder, engine: Engine) -> None:
        self._case = case
        self._engine = engine

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Open the case in a folder for writing, making it if there is none; fails as `open` does."""
        return cls.open(folder, create=True)

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
            CaseError: opened for reading, and no ledger that can be read.
        """
        case = CaseFolder(folder)
        if create:
            case.make()
        else:
            case.find()
        if not (writable or create):
            engine = engine_of(case.ledger, writable=False)
            try:
                check_readable(engine, folder)
            except BaseException:
                engine.dispose()
                raise
            return cls(case, engine)
        return cls._for_writing(case)

    @classmethod
    def _for_writing(cls, case: CaseFolder) -> Self:
        case.lock()
        engine = engine_of(case.ledger, writable=True)
        try:
            upgrade(engine, case.folder)
            case.describe()
            case.tidy()
        except BaseException:
            engine.dispose()
            case.unlock()
            raise
        return cls(case, engine)

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

    @property
    def name(self) -> str:
        """The case's name, from `case.toml`."""
        return self._case.name

    @property
    def places(self) -> PlaceFiles:
        """The files of places that the user brought."""
        return PlaceFiles(self._case)

    # -- writing ------------------------------------------------------------------------------------------------

    def holds(self, sha256: str) -> bool:
        """Has this original been read?"""
        table = tables.originals
        with reading(self._engine) as connection:
            return connection.execute(select(table.c.sha256).where(table.c.sha256 == sha256)).first() is not None

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

        The bytes are in the archive, on the disk, before the transaction ends. Of two claims with one id in a document
        the first is kept; where the second says something else, a warning is among the case's issues.

        Returns:
            False if the case holds these bytes already; then nothing is added.

        Raises:
            UsageError: `data` is not what `original` names, or the documents are not of this one original.
            CaseNotWritableError: opened for reading, or the disk is full; then nothing is added.
        """
        if self.holds(original.sha256):
            return False
        writing.check_bytes(original, data)
        once = [(document, *writing.distinct(document, claims)) for document, claims in read]
        with transaction(self._engine, self.folder) as connection:
            self._case.keep(original.sha256, data)
            writing.add_run(connection, run)
            writing.add_original(connection, run, original)
            writing.add_documents(connection, [document for document, _, _ in once])
            for document, claims, _ in once:
                writing.add_claims(connection, run, document.id, claims)
            writing.add_shingles(connection, shingles or {})
            writing.add_copies(connection, copies)
            writing.add_issues(connection, run, [*issues, *(issue for _, _, found in once for issue in found)])
        return True

    def add_table(
        self,
        run: RunInfo,
        original: Original,
        data: bytes,
        read: Iterable[tuple[Document, Sequence[GroundedClaim]]],
        *,
        issues: Sequence[Issue] = (),
        withdrawn: Sequence[Review] = (),
    ) -> int:
        """Add a table with its documents and claims as they are read, and what it withdraws, in one transaction.

        Args:
            run: the reading of this one table.
            original: its bytes, in words; the case does not hold them.
            data: its bytes.
            read: its documents, of which one is held in memory at a time.
            issues: what was wrong with its rows.
            withdrawn: decisions on claims of earlier editions that it supersedes.

        Returns:
            How many claims were added.

        Raises:
            UsageError: `data` is not what `original` names.
            CaseNotWritableError: opened for reading, or the disk is full; then nothing is added.
        """
        added = 0
        writing.check_bytes(original, data)
        with transaction(self._engine, self.folder) as connection:
            self._case.keep(original.sha256, data)
            writing.add_run(connection, run)
            writing.add_original(connection, run, original)
            for number, (document, claims) in enumerate(read):
                once, repeated = writing.distinct(document, claims)
                if number == 0:
                    writing.add_raw(connection, document)
                writing.add_document(connection, document)
                writing.add_claims(connection, run, document.id, once)
                writing.add_issues(connection, run, repeated)
                added += len(once)
            writing.add_issues(connection, run, issues)
            for review in withdrawn:
                writing.add_review(connection, review)
        return added

    def ground(self, run: RunInfo, document: str, claims: Sequence[GroundedClaim]) -> None:
        """Add a later run's understanding of claims that a document has; readers take the latest of each claim.

        Raises:
            UsageError: a claim that the document does not have.
        """
        with transaction(self._engine, self.folder) as connection:
            writing.add_run(connection, run)
            writing.add_groundings(connection, run, document, claims)

    def add_issues(self, run: RunInfo, issues: Sequence[Issue]) -> None:
        """Note what was wrong with input that gave no document."""
        if issues:
            with transaction(self._engine, self.folder) as connection:
                writing.add_run(connection, run)
                writing.add_issues(connection, run, issues)

    def add_review(self, review: Review, known: Sequence[Place | Actor] = (), *, checked: Review | None = None) -> None:
        """Note a person's decision; the latest on a subject that was not undone counts.

        A correction's `value` gives, of a claim, `modality` or `polarity`, or the id of the place or actor in a role
        (empty: the words name none).

        Args:
            review: the decision.
            known: places and actors that it names and the case may not know yet.
            checked: the correction that is checked as if it were made, where one is noted and none made.

        Raises:
            UsageError: a correction that cannot be applied, or nothing to undo.
        """
        with transaction(self._engine, self.folder) as connection:
            reviews.check_undo(connection, review)
            writing.add_entities(connection, known)
            correction = checked or review
            for claim in queries.claims_with_id(connection, correction.subject):
                reviews.check(claim, correction, queries.entities_in(connection))
            writing.add_review(connection, review)

    def add_claim(self, run: RunInfo, claim: GroundedClaim, review: Review) -> None:
        """Add a claim that a person made, and the decision by which it stands; `UsageError` if the case has it."""
        with transaction(self._engine, self.folder) as connection:
            writing.add_by_hand(connection, run, claim, review)

    # -- reading ------------------------------------------------------------------------------------------------

    def tables(self) -> tuple[KeptTable, ...]:
        """The tables imported, in the order of import."""
        with reading(self._engine) as connection:
            return tuple(queries.tables_in(connection))

    def documents(self) -> Iterator[Document]:
        """All documents with their cleaned text, without the raw text, by id."""
        with reading(self._engine) as connection:
            yield from queries.documents_in(connection)

    def document(self, identity: str) -> Document:
        """One document, whole.

        Raises:
            UsageError: no such document.
        """
        with reading(self._engine) as connection:
            document = queries.document_in(connection, identity)
        if document is None:
            message = f"no document {identity} in {self.folder}"
            raise UsageError(message)
        return document

    def original(self, sha256: str) -> bytes:
        """The bytes of an original as obtained.

        Raises:
            UsageError: the archive has no such original, or cannot give it.
        """
        try:
            return self._case.path_of(sha256).read_bytes()
        except OSError as error:
            message = f"{self.folder}: original {sha256} cannot be read ({error.strerror}); run `tadmor verify`"
            raise UsageError(message) from error

    def claims(self, wanted: ClaimFilter = _EVERYTHING, *, rejected: bool = False) -> Iterator[GroundedClaim]:
        """Claims that fit a filter, in the order read, each as the latest run understood it and reviews left it.

        Actors and places that a person said are one are one in them, and sources have the grades that persons gave.
        The filter asks for what was read and understood, before corrections.

        Args:
            wanted: the conditions.
            rejected: also those that a reviewer rejected.
        """
        with reading(self._engine) as connection:
            yield from queries.claims_in(connection, wanted, rejected=rejected)

    def claim(self, identity: str) -> GroundedClaim:
        """The claim whose id begins so, even if rejected.

        Raises:
            UsageError: none, or more than one.
        """
        with reading(self._engine) as connection:
            found = queries.claims_beginning(connection, identity) if identity else []
        if len(found) != 1:
            message = f"{'several claims begin' if found else 'no claim begins'} with {identity!r}"
            raise UsageError(message)
        return found[0]

    def known_day(self, as_of: date) -> date | None:
        """The earliest day as of which the same is known as of this one; `None` where all is known.

        Between two days on which documents came out nothing becomes known.
        """
        with reading(self._engine) as connection:
            day, later = queries.published_in(connection, as_of)
        if not later:
            return None
        return day or date.min

    def knows(self, kind: str, identity: str) -> bool:
        """Does the case know a place, actor or source of this id?"""
        return self.name_of(kind, identity) is not None

    def name_of(self, kind: str, identity: str) -> str | None:
        """The name of a place, actor or source, as last understood."""
        with reading(self._engine) as connection:
            return queries.name_in(connection, kind, identity)

    def identified(self, kind: str, words: str) -> str | None:
        """The id of the only place, actor or source of the case that has this id or name; `None`: none, or several."""
        with reading(self._engine) as connection:
            return queries.only_id(connection, kind, words)

    def shingles(self) -> Iterator[tuple[str, date | None, bytes]]:
        """By what each document is compared with others: its id, first day of publication, shingles."""
        with reading(self._engine) as connection:
            yield from queries.shingles_in(connection)

    def copies(self) -> tuple[Copy, ...]:
        """Pairs of documents that share words."""
        with reading(self._engine) as connection:
            return tuple(queries.copies_in(connection))

    def issues(self, run: str | None = None) -> tuple[Issue, ...]:
        """What was wrong with the input of a run, or of all, in the order met."""
        with reading(self._engine) as connection:
            return tuple(queries.issues_in(connection, run))

    def reviews(self) -> tuple[Review, ...]:
        """All decisions, in the order made."""
        with reading(self._engine) as connection:
            return tuple(reviews.reviews_in(connection))

    def history(self) -> Iterator[Revision]:
        """The audit chain, first to last. Whoever keeps the last digest elsewhere can prove what stood before it."""
        with reading(self._engine) as connection:
            yield from chain.history(connection)

    def head(self) -> str:
        """The digest of the last revision: another one, once anything was written."""
        with reading(self._engine) as connection:
            return chain.head(connection)

    def recall(self, key: str) -> bytes | None:
        """What was concluded from the case before and remembered under a key, if it is still there."""
        return recall(self._case, key)

    def remember(self, key: str, data: bytes) -> None:
        """Keep what was concluded under a key; where the case cannot be written to, nothing is kept."""
        remember(self._case, key, data)

    def recall_parts(self) -> bytes | None:
        """What was concluded of parts of the case before, if it is still there."""
        return recall_parts(self._case)

    def remember_parts(self, data: bytes) -> None:
        """Keep what was concluded of parts of the case, as `remember` does, in place of what was kept of them."""
        remember_parts(self._case, data)

    def counts(self) -> Mapping[str, int]:
        """Rows by kind of thing."""
        with reading(self._engine) as connection:
            return queries.counts_in(connection)

    def verify(self) -> tuple[Issue, ...]:
        """Check every original, text, quote, look-up and revision; where no error is among the issues, all hold.

        A warning names what the history does not speak of and what takes nothing from it.
        """
        with reading(self._engine) as connection:
            return tuple(verify(connection, self._case))
