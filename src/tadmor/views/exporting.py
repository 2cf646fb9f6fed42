"""What can be exported, from the ledger to rows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from tadmor import pipeline
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.views.exports import Names, Row, claim_row, issue_row
from tadmor.views.findings_rows import contradiction_row, incident_row, spell_row, standing_row, toll_row
from tadmor.views.reviewed import reviewed


def rows_of(ledger: Ledger, claims: Iterable[GroundedClaim]) -> Iterator[Row]:
    """Claims as export rows; the document of neighbouring claims is read once."""
    document: Document | None = None
    for claim in claims:
        if document is None or document.id != claim.claim.document:
            document = ledger.document(claim.claim.document)
        yield claim_row(claim, document)


def _claims(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    yield from rows_of(ledger, ledger.claims(ClaimFilter(as_of=as_of)))


def _control(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, claims = pipeline.record(ledger, as_of=as_of)
    names = Names(claims)
    for spell in record.spells:
        yield spell_row(spell, names, as_of.isoformat() if as_of else None)


def _contradictions(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, claims = pipeline.record(ledger, as_of=as_of)
    names = Names(claims)
    for found in record.contradictions:
        yield contradiction_row(found, names)


def _tolls(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, claims = pipeline.record(ledger, as_of=as_of)
    names = Names(claims)
    for toll in record.tolls:
        yield toll_row(toll, names)


def _incidents(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, claims = pipeline.record(ledger, as_of=as_of)
    names = Names(claims)
    for found in record.incidents:
        if found.type is not None:
            yield incident_row(found, names)


def _sources(ledger: Ledger, as_of: date | None) -> Iterator[Row]:
    record, _ = pipeline.record(ledger, as_of=as_of)
    yield from map(standing_row, record.standings)


def _issues(ledger: Ledger, _: date | None) -> Iterator[Row]:
    yield from map(issue_row, ledger.issues())


EXPORTS: dict[str, Callable[[Ledger, date | None], Iterator[Row]]] = {
    "claims": _claims,
    "control": _control,
    "contradictions": _contradictions,
    "tolls": _tolls,
    "incidents": _incidents,
    "sources": _sources,
    "issues": _issues,
    "reviewed": reviewed,
}
