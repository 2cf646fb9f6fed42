"""Does the ledger still say what it said? Originals, texts, quotes, and the audit chain."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from tadmor.datamodel.documents import Document
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.spans import Span
from tadmor.ledger import chain, tables
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.encoding import claim_decoder, document_decoder, text_digest


def verify(connection: Connection, case: CaseFolder) -> Iterator[Issue]:
    """Everything that does not hold, the most basic first."""
    yield from chain.check(connection)
    yield from _originals(connection, case)
    yield from _documents(connection)
    yield from _claims(connection)
    yield from _entities(connection)


def _originals(connection: Connection, case: CaseFolder) -> Iterator[Issue]:
    revised = _contents(connection, "original")
    for row in connection.execute(select(tables.originals).order_by(tables.originals.c.sha256)):
        if row.sha256 not in revised:
            yield _issue(row.name, "original-unrevised", f"original {row.sha256} stands in no revision")
        data = case.read(row.sha256)
        if isinstance(data, Issue):
            yield _issue(
                row.name, "original-missing", f"the archived original {row.sha256} is missing or cannot be read"
            )
            continue
        found = hashlib.sha256(data).hexdigest()
        if found != row.sha256:
            yield _issue(
                row.name, "original-changed", f"the archived original was changed: SHA-256 {found}, was {row.sha256}"
            )


def _contents(connection: Connection, what: str) -> dict[str, str]:
    table = tables.revisions
    rows = connection.execute(select(table.c.subject, table.c.content).where(table.c.what == what))
    return {row.subject: row.content for row in rows}


def _documents(connection: Connection) -> Iterator[Issue]:
    revised = _contents(connection, "document")
    query = select(tables.documents, tables.raws.c.text.label("raw"), tables.raws.c.sha256.label("raw_sha256")).join(
        tables.raws, tables.raws.c.original == tables.documents.c.original
    )
    found: set[str] = set()
    for row in connection.execution_options(yield_per=100).execute(query):
        found.add(row.id)
        document = document_decoder.decode(row.value)
        content = chain.content_digest(_bytes(row.value), text_digest(row.raw).encode(), text_digest(row.text).encode())
        if revised.get(row.id) != content or text_digest(row.raw) != row.raw_sha256:
            yield _issue(document.name, "document-changed", f"the text of document {row.id} is not what was written")
    for identity in sorted(set(revised) - found):
        yield _issue(identity, "document-missing", "a document that the history tells of is gone")


def _claims(connection: Connection) -> Iterator[Issue]:
    revised = _contents(connection, "claims")
    documents = connection.execute(select(tables.documents.c.id).order_by(tables.documents.c.id)).scalars().all()
    for identity in documents:
        document, text, raw = _texts(connection, identity)
        parts: list[bytes] = []
        for row in connection.execute(_rows_of(identity)):
            claim = claim_decoder.decode(row.claim)
            parts += [row.claim, row.understanding]
            if (row.quote, row.start, row.end) != (claim.quote, claim.start, claim.end):
                yield _issue(document.name, "claim-changed", f"claim {row.id} does not agree with its own row")
            if text[claim.start : claim.end] != claim.quote:
                yield _issue(document.name, "quote-unfaithful", f"claim {row.id} quotes words that are not in the text")
            if not _leads_back(document, raw, claim.start, claim.end):
                yield _issue(document.name, "quote-adrift", f"claim {row.id} leads to no words of the original")
        if revised.get(identity) != (chain.content_digest(*map(_bytes, parts)) if parts else None):
            yield _issue(document.name, "claims-changed", f"the claims of document {identity} are not what was written")


def _rows_of(identity: str) -> Select[Any]:
    first = select(tables.groundings.c.claim, tables.groundings.c.value, tables.groundings.c.run).subquery()
    return (
        select(
            tables.claims.c.id,
            tables.claims.c.quote,
            tables.claims.c.start,
            tables.claims.c.end,
            tables.claims.c.value.label("claim"),
            first.c.value.label("understanding"),
        )
        .join(first, (first.c.claim == tables.claims.c.id) & (first.c.run == tables.claims.c.run))
        .where(tables.claims.c.document == identity)
        .order_by(tables.claims.c.number)
    )


def _texts(connection: Connection, identity: str) -> tuple[Document, str, str]:
    query = select(tables.documents.c.value, tables.documents.c.text, tables.raws.c.text.label("raw")).join(
        tables.raws, tables.raws.c.original == tables.documents.c.original
    )
    row = connection.execute(query.where(tables.documents.c.id == identity)).one()
    return document_decoder.decode(row.value), row.text, row.raw


def _leads_back(document: Document, raw: str, start: int, end: int) -> bool:
    try:
        span = document.offsets.span(Span(start, end))
    except IndexError:
        return False
    return 0 <= span.start < span.end <= len(raw)


def _entities(connection: Connection) -> Iterator[Issue]:
    for row in connection.execute(select(tables.entities)):
        if not hashlib.sha256(_bytes(row.value)).hexdigest().startswith(row.digest):
            yield _issue(row.id, "entity-changed", f"the {row.type} {row.id} is not what claims were linked to")


def _bytes(value: bytes | str) -> bytes:
    """A column's bytes, also where someone's edit made a text of them."""
    return value if isinstance(value, bytes) else value.encode()


def _issue(where: str, rule: str, message: str) -> Issue:
    return Issue(where=where, rule=rule, message=message)
