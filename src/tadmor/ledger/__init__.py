"""The append-only store of a case: originals, documents, claims as said and as understood, decisions, history.

    with Ledger.create(folder) as ledger:                    # the one writer; or Ledger.open(folder) to read
        ledger.add(run, original, data, [(document, claims)], copies=..., issues=..., shingles=...) -> bool
        ledger.add_table(run, original, data, read, issues=..., withdrawn=...) -> int
            ledger.keep(run, original, path)                     # a file that holds others
        ledger.capture(run, capture, parts, issues)          # a page, or a member of such a file
        ledger.ground(run, document_id, claims)              # a later understanding of the same claims
        ledger.add_issues(run, issues)
        ledger.add_review(review, known=[place, actor])

    ledger.holds(sha256) -> bool
    ledger.documents() -> Iterator[Document]                 # without raw text
    ledger.document(id) -> Document
    ledger.claims(ClaimFilter(place="Raqqa", kind="control"), rejected=False) -> Iterator[GroundedClaim]
    ledger.claim(id or its beginning) -> GroundedClaim
    ledger.captures(page=None, original=None) -> tuple[Capture, ...]
    ledger.standing() -> Standing                            # what pages said when, and which originals stand
    ledger.copies() -> tuple[Copy, ...]
    ledger.tables() -> tuple[KeptTable, ...]
    ledger.issues(run_id=None) -> tuple[Issue, ...]
    ledger.reviews() -> tuple[Review, ...]
    ledger.history() -> Iterator[Revision]
    ledger.counts() -> Mapping[str, int]
    ledger.verify() -> tuple[Issue, ...]                     # no error among them: everything holds
    ledger.runs                                              # which runs read what, and their issues: `Runs`
    ledger.places                                            # files of places that the user brought: `PlaceFiles`
    ledger.name, ledger.folder

Bad calls raise `UsageError`, unusable cases the `CaseError` classes.
"""

from tadmor.ledger.filters import ClaimFilter
from tadmor.ledger.ledger import Ledger
from tadmor.ledger.writing import Kept

__all__ = ["ClaimFilter", "Kept", "Ledger"]
