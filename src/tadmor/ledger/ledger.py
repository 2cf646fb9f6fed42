"""The ledger of one case: the only door to its database and its archive."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.captures import Capture
from tadmor.datamodel.documents import Copy, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review, RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import Place
from tadmor.ledger import blocks, captures, queries, redactions, reviews, writing
from tadmor.ledger.case import PATIENCE, CaseFolder
from tadmor.ledger.custody import Custody
from tadmor.ledger.place_files import PlaceFiles
from tadmor.ledger.questions import Questions
from tadmor.ledger.remembered import Remembered
from tadmor.ledger.runs import Runs
from tadmor.ledger.store import check_readable, engine_of, reading, transaction, upgrade
from tadmor.ledger.verifying import verify
from tadmor.ledger.writing import Kept


class Ledger(Questions):
    """Append-only store of originals, documents, claims, groundings and decisions.

    Opened for reading by any number of processes, for writing by one at a time (`shared` lets others in between).
    Opened for reading it shows one state of the case, that of the first question, until it is closed; opened for
    writing each question sees what stands when it is asked. Iterators hold a limited number of rows.
    """

    def __init__(self, case: CaseFolder, engine: Engine, *, writable: bool, upgraded_from: str | None = None) -> None:
        super().__init__(case, engine, lasting=not writable)
        #: The schema that an older tadmor had left, where opening the case brought it up to date.
        self.upgraded_from = upgraded_from

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Open the case in a folder for writing, making it if there is none; fails as `open` does."""
        return cls.open(folder, create=True)

    @classmethod
    def open(cls, folder: Path, *, writable: bool = False, create: bool = False, patience: float = PATIENCE) -> Self:
        """Open the case in a folder.

        Args:
            folder: the case's folder.
            writable: become its one writer.
            create: make the case if there is none (implies `writable`).
            patience: seconds for which another writer is waited for.

        Raises:
            CaseNotFoundError: no case there, and `create` is not set.
            CaseNotWritableError: the folder or the file cannot be written.
            CaseTooNewError: written by a later version.
            CaseBusyError: another process goes on writing to it.
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
            return cls(case, engine, writable=False)
        return cls._for_writing(case, patience)

    @classmethod
    def _for_writing(cls, case: CaseFolder, patience: float) -> Self:
        case.lock(patience)
        engine = engine_of(case.ledger, writable=True)
        try:
            before = upgrade(engine, case.folder)
            case.describe()
            case.tidy()
            with reading(engine) as connection:
                case.forget(redactions.originals_withheld(connection))
        except BaseException:
            engine.dispose()
            case.unlock()
            raise
        return cls(case, engine, writable=True, upgraded_from=before)

    def close(self) -> None:
        """Let go of the files."""
        self._done()
        self._engine.dispose()
        self._case.unlock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def shared(self) -> AbstractContextManager[None]:
        """Meanwhile let others write between this ledger's own writes, each of which waits for theirs.

        Raises:
            CaseBusyError: another process shares the case: one at a time reads reports in.
            CaseNotWritableError: the case cannot be written.
        """
        return self._case.shared()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A connection whose writes all stand at the end, or none, while nobody else writes.

        Raises:
            CaseNotWritableError: opened for reading, or the disk is full, gone or broken.
        """
        with self._case.held(), transaction(self._engine, self.folder) as connection:
            yield connection

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

    @property
    def custody(self) -> Custody:
        """Checkpoints of the history, tokens on them, and proofs."""
        return Custody(self._engine, self._writing)

    @property
    def remembered(self) -> Remembered:
        """What was concluded from the case before."""
        return Remembered(self._case)

    @property
    def runs(self) -> Runs:
        """Which runs read what, and what was wrong with it."""
        return Runs(self._engine)

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
        writing.check_bytes(original, data)
        with self._writing() as connection:
            if queries.holds(connection, original.sha256):
                return False
            self._case.keep(original.sha256, data)
            writing.add_run(connection, run)
            writing.add_original(connection, run, original)
            blocks.add(connection, original.sha256, data)
            repeated = writing.add_read(connection, run, read, shingles or {}, copies)
            writing.add_issues(connection, run, [*issues, *repeated])
        return True

    def keep(self, run: RunInfo, original: Original, path: Path) -> None:
        """Archive a file that holds others (a web archive, a mailbox, a table of texts), read in pieces.

        Raises:
            CaseNotWritableError: opened for reading, the disk is full, or the file is not what `original` names.
        """
        with self._writing() as connection:
            if not queries.holds(connection, original.sha256):
                self._case.keep_file(original.sha256, path)
                writing.add_run(connection, run)
                writing.add_original(connection, run, original)
                blocks.add_file(connection, original.sha256, self._case.path_of(original.sha256))

    def capture(self, run: RunInfo, capture: Capture, parts: Sequence[Kept], issues: Sequence[Issue] = ()) -> None:
        """Note a capture with what it brought, in one transaction; an original that the case holds is not added again.

        Args:
            run: the fetching or reading.
            capture: what was captured; the case holds its originals, or they are among the parts.
            parts: originals with their bytes, and of the one that is read its documents with their claims.
            issues: what was wrong.

        Raises:
            UsageError: bytes that are not what their original names.
            CaseNotWritableError: opened for reading, or the disk is full; then nothing is added.
        """
        for part in parts:
            writing.check_bytes(part.original, part.data)
        with self._writing() as connection:
            writing.add_run(connection, run)
            repeated = [issue for part in parts for issue in self._take(connection, run, part)]
            captures.add_capture(connection, run.id, capture)
            writing.add_issues(connection, run, [*issues, *repeated])

    def _take(self, connection: Connection, run: RunInfo, part: Kept) -> list[Issue]:
        """An original and what was read from it, where the case does not hold it; claims that stand twice in it."""
        if queries.holds(connection, part.original.sha256):
            return []
        self._case.keep(part.original.sha256, part.data)
        writing.add_original(connection, run, part.original)
        blocks.add(connection, part.original.sha256, part.data)
        return writing.add_read(connection, run, part.read, part.shingles, part.copies)

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
        with self._writing() as connection:
            self._case.keep(original.sha256, data)
            writing.add_run(connection, run)
            writing.add_original(connection, run, original)
            blocks.add(connection, original.sha256, data)
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
        with self._writing() as connection:
            writing.add_run(connection, run)
            writing.add_groundings(connection, run, document, claims)

    def add_issues(self, run: RunInfo, issues: Sequence[Issue]) -> None:
        """Note what was wrong with input that gave no document."""
        if issues:
            with self._writing() as connection:
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
        with self._writing() as connection:
            reviews.check_undo(connection, review)
            writing.add_entities(connection, known)
            correction = checked or review
            for claim in queries.claims_with_id(connection, correction.subject):
                reviews.check(claim, correction, queries.entities_in(connection))
            writing.add_review(connection, review)

    def add_claim(self, run: RunInfo, claim: GroundedClaim, review: Review) -> None:
        """Add a claim that a person made, and the decision by which it stands; `UsageError` if the case has it."""
        with self._writing() as connection:
            writing.add_by_hand(connection, run, claim, review)

    def verify(self) -> tuple[Issue, ...]:
        """Check every original, text, quote, look-up and revision; where no error is among the issues, all hold.

        A warning names what the history does not speak of and what takes nothing from it.
        """
        with reading(self._engine) as connection:
            return tuple(verify(connection, self._case))
