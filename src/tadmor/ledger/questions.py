"""What can be asked of a case: the half of the ledger that only reads."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine

from tadmor.datamodel.captures import Capture, Standing
from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import KeptTable, Review, Revision
from tadmor.datamodel.issues import Issue
from tadmor.errors import UsageError
from tadmor.ledger import chain, queries, reviews
from tadmor.ledger.captures import captures_in, standing_in, taken_in, texts_in
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.evidence import Evidence
from tadmor.ledger.filters import ClaimFilter
from tadmor.ledger.store import reading

_EVERYTHING = ClaimFilter()
#: Bytes of an original held at a time.
_PIECE = 1 << 20


class Questions:
    """Questions to a case, each answered from one state of it; `lasting`: all from one, that of the first."""

    def __init__(self, case: CaseFolder, engine: Engine, *, lasting: bool) -> None:
        self._case = case
        self._engine = engine
        self._lasting = lasting
        self._standing: Connection | None = None

    def _done(self) -> None:
        """Let go of the state that was asked."""
        if self._standing is not None:
            self._standing.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if not self._lasting:
            with reading(self._engine) as connection:
                yield connection
            return
        if self._standing is None:
            self._standing = self._engine.connect()
        yield self._standing

    def holds(self, sha256: str) -> bool:
        """Has this original been read?"""
        with self._reading() as connection:
            return queries.holds(connection, sha256)

    def tables(self) -> tuple[KeptTable, ...]:
        """The tables imported, in the order of import."""
        with self._reading() as connection:
            return tuple(queries.tables_in(connection))

    def documents(self) -> Iterator[Document]:
        """All documents with their cleaned text, without the raw text, by id."""
        with self._reading() as connection:
            yield from queries.documents_in(connection)

    def document(self, identity: str) -> Document:
        """One document, whole.

        Raises:
            UsageError: no such document.
        """
        with self._reading() as connection:
            document = queries.document_in(connection, identity)
        if document is None:
            message = f"no document {identity} in {self._case.folder}"
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
            message = f"{self._case.folder}: original {sha256} cannot be read ({error.strerror}); run `tadmor verify`"
            raise UsageError(message) from error

    def claims(
        self, wanted: ClaimFilter = _EVERYTHING, *, rejected: bool = False, standing: date | None = None
    ) -> Iterator[GroundedClaim]:
        """Claims that fit a filter, in the order read, each as the latest run understood it and reviews left it.

        Actors and places that a person said are one are one in them, and sources have the grades that persons gave.
        The filter asks for what was read and understood, before corrections. Of a page that was captured again with
        another text, and of one that is gone, what it no longer said is left out, save what a person accepted since.

        Args:
            wanted: the conditions.
            rejected: also those that a reviewer rejected, and those that pages no longer say.
            standing: what pages said at the end of this day; else the filter's `as_of`; else what they say now.
        """
        with self._reading() as connection:
            yield from queries.claims_in(connection, wanted, rejected=rejected, standing=standing or wanted.as_of)

    def captures(self, page: str | None = None, *, original: str | None = None) -> tuple[Capture, ...]:
        """How originals came into the case, in the order noted: all, those of a page, those that gave an original."""
        with self._reading() as connection:
            return tuple(captures_in(connection, page, original))

    def standing(self) -> Standing:
        """What the captured pages said over time, and which originals stand."""
        with self._reading() as connection:
            return standing_in(connection)

    def taken(self, archive: str) -> set[str]:
        """The positions in an archive of what was taken out of it."""
        with self._reading() as connection:
            return taken_in(connection, archive)

    def of_original(self, original: str) -> tuple[Document, ...]:
        """The documents of an original, in order, without their raw text; none where it gave none."""
        with self._reading() as connection:
            return tuple(queries.documents_of(connection, original))

    def texts(self, original: str) -> tuple[str, ...]:
        """The cleaned texts of an original's documents, in order; none where it gave none."""
        with self._reading() as connection:
            return texts_in(connection, original)

    def claims_then(self, moment: datetime) -> Iterator[GroundedClaim]:
        """Claims as decisions made before a moment (UTC) left them, of documents that had been read by then.

        Each is as the latest run understood it: what a name means is not asked of the past.
        """
        read = {one.subject for one in self.history() if one.what == "document" and one.made < moment}
        before = (moment - timedelta.resolution).date()  # the day of which pages are asked what they said
        with self._reading() as connection:
            for claim in queries.claims_in(connection, _EVERYTHING, rejected=False, standing=before, by=moment):
                if claim.claim.document in read:
                    yield claim

    def claim(self, identity: str) -> GroundedClaim:
        """The claim whose id begins so, even if rejected.

        Raises:
            UsageError: none, or more than one.
        """
        with self._reading() as connection:
            found = queries.claims_beginning(connection, identity) if identity else []
        if len(found) != 1:
            message = f"{'several claims begin' if found else 'no claim begins'} with {identity!r}"
            raise UsageError(message)
        return found[0]

    def known_day(self, as_of: date) -> date | None:
        """The earliest day as of which the same is known as of this one; `None` where all is known.

        Between two days on which documents came out nothing becomes known.
        """
        with self._reading() as connection:
            day, later = queries.published_in(connection, as_of)
        if not later:
            return None
        return day or date.min

    def knows(self, kind: str, identity: str) -> bool:
        """Does the case know a place, actor or source of this id?"""
        return self.name_of(kind, identity) is not None

    def name_of(self, kind: str, identity: str) -> str | None:
        """The name of a place, actor or source, as last understood."""
        with self._reading() as connection:
            return queries.name_in(connection, kind, identity)

    def identified(self, kind: str, words: str) -> str | None:
        """The id of the only place, actor or source of the case that has this id or name; `None`: none, or several."""
        with self._reading() as connection:
            return queries.only_id(connection, kind, words)

    def shingles(self) -> Iterator[tuple[str, date | None, bytes]]:
        """By what each document is compared with others: its id, first day of publication, shingles."""
        with self._reading() as connection:
            yield from queries.shingles_in(connection)

    def copies(self) -> tuple[Copy, ...]:
        """Pairs of documents that share words."""
        with self._reading() as connection:
            return tuple(queries.copies_in(connection))

    def issues(self, run: str | None = None) -> tuple[Issue, ...]:
        """What was wrong with the input of a run, or of all, in the order met."""
        with self._reading() as connection:
            return tuple(queries.issues_in(connection, run))

    def reviews(self) -> tuple[Review, ...]:
        """All decisions, in the order made."""
        with self._reading() as connection:
            return tuple(reviews.reviews_in(connection))

    def history(self) -> Iterator[Revision]:
        """The audit chain, first to last. Whoever keeps the last digest elsewhere can prove what stood before it."""
        with self._reading() as connection:
            yield from chain.history(connection)

    @property
    def evidence(self) -> Evidence:
        """Rows as they stand, and the revisions that tell of them."""
        return Evidence(self._reading)

    def original_pieces(self, sha256: str) -> Iterator[bytes]:
        """The same bytes as `original`, in pieces; fails as that does, before or amid them."""
        try:
            with self._case.path_of(sha256).open("rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
        except OSError as error:
            message = f"{self._case.folder}: original {sha256} cannot be read ({error.strerror}); run `tadmor verify`"
            raise UsageError(message) from error

    def head(self) -> str:
        """The digest of the last revision: another one, once anything was written."""
        with self._reading() as connection:
            return chain.head(connection)

    def counts(self) -> Mapping[str, int]:
        """Rows by kind of thing."""
        with self._reading() as connection:
            return queries.counts_in(connection)
