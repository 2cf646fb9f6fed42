"""Loaded files and captured pages -> claims -> the ledger: what reading and fetching share.

A file, a page, a member of an archive is one transaction: after an interruption, the same call goes on where it ended.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from tadmor.datamodel.captures import Capture, Outcome
from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents import Loaded
from tadmor.documents.company import Company
from tadmor.documents.copies import CopyIndex, Fingerprint, fingerprint
from tadmor.ledger import Kept, Ledger
from tadmor.pipeline.faults import is_fault
from tadmor.pipeline.machine import Machine, Understand, Understood
from tadmor.pipeline.versions import Changed, changed, placed
from tadmor.settings import Settings

Progress = Callable[[int, int, str], None]


class Summary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one call of `read` or `fetch` did.

    `files` are those named, or pages asked for; `members` were taken out of files that hold others. Of pages that the
    case had captured before, `unchanged` say the same, `changed` say something else, and `withdrawn` are no more.
    """

    files: int
    documents: int
    claims: int
    known: int  # files whose bytes the case held already
    copies: int
    issues: tuple[Issue, ...]
    members: int = 0
    unchanged: int = 0
    changed: int = 0
    withdrawn: int = 0

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
        return sum(issue.rule == "claim-doubtful" for issue in self.issues)


class Tally:
    """Counts of a run in progress."""

    def __init__(self) -> None:
        self.files = self.documents = self.claims = self.known = self.copies = 0
        self.members = self.unchanged = self.changed = self.withdrawn = 0
        self.issues: list[Issue] = []

    def summary(self) -> Summary:
        """As a value."""
        counts = {name: value for name, value in vars(self).items() if name != "issues"}
        return Summary(**counts, issues=tuple(self.issues))


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Something loaded, with how it was captured, and originals that are kept with it (the archive of a page)."""

    loaded: Loaded
    capture: Capture | None = None
    beside: tuple[Kept, ...] = ()


class Desk:
    """Takes pieces into a case: dated, understood, compared, written."""

    def __init__(self, ledger: Ledger, machine: Machine, understand: Understand, settings: Settings) -> None:
        self.ledger, self.machine = ledger, machine
        self.tally = Tally()
        self._understand = understand
        self._settings = settings
        self._copies = CopyIndex(_known_prints(ledger))

    def take(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """Take in what is held in memory together; each piece is given back once it is in."""
        fresh = [self._fresh(piece) for piece in pieces]
        dated = self._dated(fresh)
        understood = self._understand(document for piece in dated for document in piece.loaded.documents)
        for piece in dated:
            own = list(islice(understood, len(piece.loaded.documents)))
            self.tally.issues += piece.loaded.issues
            if piece.capture is None:
                self._file(piece.loaded, own)
            else:
                self._captured(piece, piece.capture, own)
            yield piece

    def _fresh(self, piece: Piece) -> Piece:
        """The piece without its documents if the case holds its bytes, or another capture of its page says the same."""
        one = piece.loaded
        if piece.capture is not None:
            return self._placed(piece, piece.capture)
        if one.original is not None and one.documents and self.ledger.holds(one.original.sha256):
            self.tally.known += 1
            one = msgspec.structs.replace(one, documents=(), data=None, issues=())
        return msgspec.structs.replace(piece, loaded=one)

    def _placed(self, piece: Piece, capture: Capture) -> Piece:
        """The piece with its capture's outcome; without documents where the case has their text already."""
        one = piece.loaded
        capture = placed(self.ledger, capture, one.documents)
        if one.documents and one.original is not None:
            other = capture.stands is not None and capture.stands != one.original.sha256
            if other or self.ledger.holds(one.original.sha256):
                self.tally.known += 1
                one = msgspec.structs.replace(one, documents=())
        return msgspec.structs.replace(piece, capture=capture, loaded=one)

    def _dated(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The batch with its undated documents dated by the company of the batch and of some of the case."""
        batch = [document for piece in pieces for document in piece.loaded.documents]
        if all(document.published is not None for document in batch):
            return list(pieces)
        company = Company([*batch, *islice(self.ledger.documents(), self._settings.company)])

        def dated(document: Document) -> Document:
            found = document.published or company.date(document)
            return msgspec.structs.replace(document, published=found)

        return [
            msgspec.structs.replace(
                piece,
                loaded=msgspec.structs.replace(piece.loaded, documents=tuple(map(dated, piece.loaded.documents))),
            )
            for piece in pieces
        ]

    def _file(self, one: Loaded, understood: Sequence[Understood]) -> None:
        """One file into the ledger, in one transaction."""
        issues = [*one.issues, *self._doubts(understood)]
        if one.original is None or one.data is None or not one.documents or is_fault(tuple(issues)):
            self.ledger.add_issues(self.machine.run, issues)
            return
        prints, found = self._compared(one.documents)
        added = self.ledger.add(
            self.machine.run,
            one.original,
            one.data,
            _with_claims(one.documents, understood),
            copies=found,
            issues=issues,
            shingles={mark.document: mark.shingles for mark in prints},
        )
        self.tally.known += not added
        self._count(one.documents, understood, found, added=added)

    def _captured(self, piece: Piece, capture: Capture, understood: Sequence[Understood]) -> None:
        """One page or member into the ledger, in one transaction, and what it changes."""
        again = self._placed(piece, capture)  # a piece of the same batch may have told the same
        one, capture = again.loaded, again.capture or capture
        understood = understood if one.documents else ()
        said = changed(self.ledger, capture)
        issues = [*one.issues, *self._doubts(understood), *(said.issues if said is not None else ())]
        if is_fault(tuple(issues)):
            self._unread(piece, capture, [issue for issue in issues if said is None or issue not in said.issues])
            return
        prints, found = self._compared(one.documents)
        parts = list(piece.beside)
        if one.original is not None and one.data is not None:
            part = Kept(
                original=one.original,
                data=one.data,
                read=_with_claims(one.documents, understood),
                copies=found,
                shingles={mark.document: mark.shingles for mark in prints},
            )
            parts.append(part)
        self.ledger.capture(self.machine.run, capture, parts, issues)
        self._count(one.documents, understood, found, added=True)
        self._count_page(capture, said)

    def _unread(self, piece: Piece, capture: Capture, issues: Sequence[Issue]) -> None:
        """A page or member that could not be read by a fault of the program's: read again, it is taken in.

        Of a page that was fetched the archive is kept: it may be gone by then.
        """
        if piece.beside:
            capture = msgspec.structs.replace(capture, outcome=Outcome.OTHER, original=None, stands=None)
            self.ledger.capture(self.machine.run, capture, list(piece.beside), issues)
        else:
            self.ledger.add_issues(self.machine.run, issues)

    def _count_page(self, capture: Capture, said: Changed | None) -> None:
        if said is not None:
            self.tally.issues += said.issues
            self.tally.withdrawn += capture.outcome is Outcome.WITHDRAWN
            self.tally.changed += capture.outcome is not Outcome.WITHDRAWN
        else:
            self.tally.unchanged += capture.outcome is Outcome.SAME

    def _doubts(self, understood: Sequence[Understood]) -> list[Issue]:
        found = [issue for _, problems in understood for issue in problems]
        self.tally.issues += found
        return found

    def _compared(self, documents: Sequence[Document]) -> tuple[list[Fingerprint], list[Copy]]:
        prints = [fingerprint(document) for document in documents]
        return prints, [copy for mark in prints for copy in self._copies.add(mark)]

    def _count(
        self, documents: Sequence[Document], understood: Sequence[Understood], found: Sequence[Copy], *, added: bool
    ) -> None:
        self.tally.documents += len(documents) * added
        self.tally.claims += sum(len(claims) for claims, _ in understood) * added
        self.tally.copies += len(found) * added


def _with_claims(
    documents: Sequence[Document], understood: Sequence[Understood]
) -> list[tuple[Document, Sequence[GroundedClaim]]]:
    return [(document, claims) for document, (claims, _) in zip(documents, understood, strict=True)]


def _known_prints(ledger: Ledger) -> Iterator[Fingerprint]:
    for document, published, shingles in ledger.shingles():
        yield Fingerprint(document=document, published=published, shingles=shingles)
