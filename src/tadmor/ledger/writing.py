"""Adding an original with all that was read from it: rows, look-ups and revisions, in the caller's transaction."""

import hashlib
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, Table, func, insert, select

from tadmor.datamodel.claims import claim_id
from tadmor.datamodel.documents import Copy, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review, RunInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.errors import UsageError
from tadmor.ledger import chain, rows, tables
from tadmor.ledger.encoding import Entity, text_digest
from tadmor.ledger.store import add_missing, index_quotes


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An original with its bytes, and what was read from it: its documents, each with its claims."""

    original: Original
    data: bytes
    read: Sequence[tuple[Document, Sequence[GroundedClaim]]] = ()
    copies: Sequence[Copy] = ()
    shingles: Mapping[str, bytes] = {}


def add_run(connection: Connection, run: RunInfo) -> None:
    """Note a run; the same run twice is noted once."""
    if connection.execute(select(tables.runs.c.id).where(tables.runs.c.id == run.id)).first() is None:
        row = rows.run_row(run)
        connection.execute(insert(tables.runs), row)
        chain.append(connection, "run", run.id, rows.plain_content(row))


def add_original(connection: Connection, run: RunInfo, original: Original) -> None:
    """The original's row and its revision."""
    row = rows.original_row(run.id, original)
    connection.execute(insert(tables.originals), row)
    chain.append(connection, "original", original.sha256, rows.plain_content(row))


def check_bytes(original: Original, data: bytes) -> None:
    """Are these the bytes that an original names?

    Raises:
        UsageError: they are not.
    """
    found = hashlib.sha256(data).hexdigest()
    if found != original.sha256:
        message = f"{original.name}: the bytes have SHA-256 {found}, the original is named {original.sha256}"
        raise UsageError(message)


def add_documents(connection: Connection, documents: Sequence[Document]) -> None:
    """Documents of one original, and the raw text they share.

    Raises:
        UsageError: they do not share one.
    """
    if not documents:
        return
    first = documents[0]
    if any((document.original, document.raw) != (first.original, first.raw) for document in documents):
        message = f"{first.name}: documents added together must share one original and its raw text"
        raise UsageError(message)
    add_raw(connection, first)
    for document in documents:
        add_document(connection, document)


def add_read(
    connection: Connection,
    run: RunInfo,
    read: Sequence[tuple[Document, Sequence[GroundedClaim]]],
    shingles: Mapping[str, bytes],
    copies: Sequence[Copy],
) -> list[Issue]:
    """The documents of one original with their claims; returns which claims stand twice in one."""
    once = [(document, *distinct(document, claims)) for document, claims in read]
    add_documents(connection, [document for document, _, _ in once])
    for document, claims, _ in once:
        add_claims(connection, run, document.id, claims)
    add_shingles(connection, shingles)
    add_copies(connection, copies)
    return [issue for _, _, found in once for issue in found]


def add_raw(connection: Connection, document: Document) -> None:
    """The raw text that a document shares with the others of its original."""
    values = {"original": document.original, "sha256": text_digest(document.raw), "text": document.raw}
    connection.execute(insert(tables.raws), values)


def add_document(connection: Connection, document: Document) -> None:
    """A document's row and its revision; its raw text is there."""
    row = rows.document_row(document)
    connection.execute(insert(tables.documents), row)
    chain.append(connection, "document", document.id, rows.document_content(row, document.raw))


def distinct(document: Document, claims: Sequence[GroundedClaim]) -> tuple[list[GroundedClaim], list[Issue]]:
    """One claim an id, the first; a later one that says something else is signalled, an equal one is no loss."""
    kept: dict[str, GroundedClaim] = {}
    issues = []
    for claim in claims:
        first = kept.setdefault(claim_id(claim.claim), claim)
        if first.claim != claim.claim:
            issues.append(
                Issue(
                    where=document.name,
                    rule="claim-repeated",
                    message=f"two readings of the same words as one kind; the first is kept: {claim.claim.quote!r}",
                    severity=Severity.WARNING,
                    start=claim.claim.start,
                    end=claim.claim.end,
                )
            )
    return list(kept.values()), issues


def add_claims(connection: Connection, run: RunInfo, document: str, claims: Sequence[GroundedClaim]) -> None:
    """Distinct claims of one document with how this run understood them."""
    if not claims:
        return
    number = _next(connection, tables.claims)
    said = [{"number": at, **rows.claim_row(run.id, claim)} for at, claim in enumerate(claims, start=number)]
    connection.execute(insert(tables.claims), said)
    index_quotes(connection, [(row["number"], row["quote"]) for row in said])
    understood = _add_groundings(connection, run, claims)
    pairs = [(row["value"], how) for row, how in zip(said, understood, strict=True)]
    chain.append(connection, "claims", document, rows.claims_content(run.id, pairs))


def add_by_hand(connection: Connection, run: RunInfo, claim: GroundedClaim, review: Review) -> None:
    """A claim that a person made, with the decision by which it stands.

    Raises:
        UsageError: the case has this claim.
    """
    if connection.execute(select(tables.claims.c.id).where(tables.claims.c.id == claim.id)).first() is not None:
        message = f"the case has this claim already: {claim.id}; decide on that one"
        raise UsageError(message)
    add_run(connection, run)
    add_claims(connection, run, claim.claim.document, [claim])
    add_review(connection, review)


def add_groundings(connection: Connection, run: RunInfo, document: str, claims: Sequence[GroundedClaim]) -> None:
    """How a later run understands claims of a document that are there already.

    Raises:
        UsageError: a claim that the document does not have, or a run that has understood the document already.
    """
    table, groundings = tables.claims, tables.groundings
    before = (
        select(groundings.c.number).join(table, table.c.id == groundings.c.claim).where(table.c.document == document)
    )
    if connection.execute(before.where(groundings.c.run == run.id).limit(1)).first() is not None:
        message = f"run {run.id} has understood document {document} already; a new grounding is a run of its own"
        raise UsageError(message)
    stored = {
        row.id: row.value
        for row in connection.execute(select(table.c.id, table.c.value).where(table.c.document == document))
    }
    for claim in claims:
        if claim_id(claim.claim) not in stored:
            message = f"document {document} has no claim {claim_id(claim.claim)}; a new grounding needs a claim as said"
            raise UsageError(message)
    if claims:
        understood = _add_groundings(connection, run, claims)
        pairs = [(stored[claim_id(claim.claim)], how) for claim, how in zip(claims, understood, strict=True)]
        chain.append(connection, "groundings", document, rows.claims_content(run.id, pairs))


def _add_groundings(connection: Connection, run: RunInfo, claims: Sequence[GroundedClaim]) -> list[bytes]:
    """The rows of groundings and all that they name; returns what each row's value is."""
    number = _next(connection, tables.groundings)
    understood = [{"number": at, **rows.grounding_row(run.id, claim)} for at, claim in enumerate(claims, start=number)]
    connection.execute(insert(tables.groundings), understood)
    namings = [row for at, claim in enumerate(claims, start=number) for row in rows.naming_rows(at, claim)]
    if namings:
        connection.execute(insert(tables.namings), namings)
    add_entities(connection, [value for claim in claims for _, value in rows.named(claim)])
    return [row["value"] for row in understood]


def add_entities(connection: Connection, values: Sequence[Entity]) -> None:
    """Snapshots of places, actors and sources, with the names they go by."""
    # by digest, not by id: one place can be understood in two ways within a document
    fresh = {(row["type"], row["id"], row["digest"]): (row, value) for row, value in _snapshots(values)}
    known = select(tables.entities.c.type, tables.entities.c.id, tables.entities.c.digest)
    for key in connection.execute(known.where(tables.entities.c.id.in_({key[1] for key in fresh}))):
        fresh.pop(tuple(key), None)
    added = [row for row, _ in fresh.values()]
    if not added:
        return
    connection.execute(insert(tables.entities), added)
    chain.append_all(connection, "entity", [(rows.entity_subject(row), rows.plain_content(row)) for row in added])
    add_missing(connection, tables.names, [row for _, value in fresh.values() for row in rows.name_rows(value)])


def _snapshots(values: Sequence[Entity]) -> list[tuple[rows.Row, Entity]]:
    once = {id(value): value for value in values}.values()  # groundings of a document share most of what they name
    return [(rows.entity_row(value), value) for value in once]


def add_shingles(connection: Connection, shingles: Mapping[str, bytes]) -> None:
    """What documents are compared by."""
    for document, value in shingles.items():
        row = rows.shingles_row(document, value)
        connection.execute(insert(tables.shingles), row)
        chain.append(connection, "shingles", document, rows.plain_content(row))


def add_copies(connection: Connection, copies: Sequence[Copy]) -> None:
    """Pairs of documents that share words, each once."""
    for row in {(copy.earlier, copy.later, copy.kind): rows.copy_row(copy) for copy in copies}.values():
        connection.execute(insert(tables.copies), row)
        chain.append(connection, "copy", f"{row['earlier']} {row['later']} {row['kind']}", rows.plain_content(row))


def add_issues(connection: Connection, run: RunInfo, issues: Sequence[Issue]) -> None:
    """What was wrong with the input."""
    for issue in issues:
        row = rows.issue_row(run.id, issue)
        connection.execute(insert(tables.issues), row)
        chain.append(connection, "issue", issue.where, rows.plain_content(row))


def add_review(connection: Connection, review: Review) -> None:
    """A person's decision."""
    row = rows.review_row(review)
    connection.execute(insert(tables.reviews), row)
    chain.append(connection, "review", review.subject, rows.plain_content(row))


def _next(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()) + 1
