"""What a newer edition of a table changes: rows told before are not told twice, those told otherwise are withdrawn.

Two tables are editions of one where they have one layout and are of one source. Rows are told apart by their ids (of
UCDP and ACLED), by place and first day (of control), else by what they say. Nothing is overwritten: the claims of a row
that the newer edition tells otherwise are rejected by a review that says why, and the newer row's claims are added.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from tadmor.datamodel.history import Decision, KeptTable, Review, standing
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.spans import Span
from tadmor.ledger import ClaimFilter, Ledger

if TYPE_CHECKING:  # only importing needs them
    from tadmor.tables import Survey, Table

#: Who withdraws claims of earlier editions: the call of a person, told apart from what a person decided on a claim.
AUTHOR = "tadmor import"


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A table that is imported: its file, when, and the earlier file (name or SHA-256) whose place it takes."""

    name: str
    made: datetime
    replaces: str | None = None


class Changes(msgspec.Struct, kw_only=True):
    """What a newer edition changes.

    `unchanged` are keys of rows that say what the latest earlier edition says; `corrected` of those that are there say
    something else, and `withdrawn` rows of earlier editions it no longer tells. `reviews` reject the claims of both.
    `missing` counts rows of an edition, `edition`, that it does not have and that stand: it may be of another stretch.
    """

    unchanged: set[str] = msgspec.field(default_factory=set)
    corrected: int = 0
    withdrawn: int = 0
    missing: int = 0
    edition: str = ""
    reviews: list[Review] = msgspec.field(default_factory=list)
    issues: list[Issue] = msgspec.field(default_factory=list)


class _Before(msgspec.Struct):
    """What earlier editions tell of one row: what the latest says and tells of, and their claims that stand."""

    content: str
    subject: str
    name: str = ""  # of the latest file that has it
    files: set[str] = msgspec.field(default_factory=set)
    claims: list[str] = msgspec.field(default_factory=list)
    by_hand: str | None = None  # who decided on a claim of it


def changes(ledger: Ledger, earlier: Sequence[tuple[KeptTable, "Table"]], found: "Survey", edition: Edition) -> Changes:
    """Compare a surveyed table with the earlier editions of it.

    Args:
        ledger: the case.
        earlier: the editions that the case holds, in the order of import, each opened again.
        found: what the survey of the table found.
        edition: the table, as it is told of.
    """
    told = Changes()
    subjects = set(found.subjects.values())
    for key, before in _before(ledger, earlier).items():
        content = found.contents.get(key)
        if content == before.content and (before.claims or before.by_hand):
            told.unchanged.add(key)
        elif content is not None:
            told.corrected += bool(before.claims)
            _withdraw(told, before, f"told otherwise in {edition.name}", edition)
        elif before.claims and (before.subject in subjects or edition.replaces in before.files):
            told.withdrawn += 1
            _withdraw(told, before, f"no longer told in {edition.name}", edition)
        elif before.claims:
            told.missing += 1
            told.edition = before.name
    return told


def _withdraw(told: Changes, before: _Before, reason: str, edition: Edition) -> None:
    if before.by_hand is not None:
        about = ", ".join(before.claims)[:80] or "rejected"
        message = f"withdraws a row on which {before.by_hand} had decided ({about}); look at what the row says now"
        told.issues.append(Issue(where=edition.name, rule="table-reviewed", message=message, severity=Severity.WARNING))
    told.reviews.extend(
        Review(subject=claim, decision=Decision.REJECT, author=AUTHOR, made=edition.made, reason=reason)
        for claim in before.claims
    )


def _before(ledger: Ledger, earlier: Sequence[tuple[KeptTable, "Table"]]) -> dict[str, _Before]:
    """By the key of each row, what the earlier editions tell of it; the latest counts."""
    reviews = standing(ledger.reviews()) if earlier else {}
    rows: dict[str, _Before] = {}
    for kept, table in earlier:
        starts, keys = _places(kept, table, rows)
        for at, claim in _claims(ledger, kept):
            before, review = rows.get(keys[bisect_right(starts, at) - 1]), reviews.get(claim)
            if before is None:
                continue
            if review is not None and review.author != AUTHOR:
                before.by_hand = review.author
            if review is None or review.decision is not Decision.REJECT:
                before.claims.append(claim)
    return rows


def _places(kept: KeptTable, table: "Table", rows: dict[str, _Before]) -> tuple[list[int], list[str]]:
    """Where the rows of an earlier edition begin in its text, and their keys; what they say goes into `rows`."""
    from tadmor.tables import told_rows  # noqa: PLC0415 - only importing needs it

    starts, keys = list[int](), list[str]()
    for start, row, _ in told_rows(table):
        before = rows.setdefault(row.key, _Before(row.content, row.subject))
        before.content, before.subject = row.content, row.subject
        before.files |= {kept.name, kept.sha256}
        before.name = kept.name
        starts.append(start)
        keys.append(row.key)
    return starts, keys


def _claims(ledger: Ledger, kept: KeptTable) -> Iterator[tuple[int, str]]:
    """The claims of an edition: where each stands in its text, and its id."""
    begins = {identity: ledger.document(identity).raw_span(Span(0, 0)).start for identity in kept.documents}
    for claim in ledger.claims(ClaimFilter(document=kept.documents), rejected=True):
        yield begins[claim.claim.document] + claim.claim.start, claim.id
