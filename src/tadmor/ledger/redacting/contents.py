"""What the rows themselves say of their content, in an order that a redaction does not change: before it, and after."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, select

from tadmor.datamodel.issues import Issue
from tadmor.ledger import rows, tables
from tadmor.ledger.encoding import text_digest


class Told(NamedTuple):
    """What a revision of one sort (`claims` stands for groundings too) says of a row, or of a document's claims."""

    what: str
    subject: str
    content: str


def told_by_rows(connection: Connection) -> list[Told]:
    """Of everything that a redaction may change."""
    return [one for every in (_plain, _documents, _claims) for one in every(connection)]


def _plain(connection: Connection) -> Iterator[Told]:
    for row in _rows(connection, tables.runs, tables.runs.c.id):
        yield Told("run", row["id"], rows.plain_content(row))
    for row in _rows(connection, tables.originals, tables.originals.c.sha256):
        yield Told("original", row["sha256"], rows.plain_content(row))
    for row in _rows(connection, tables.entities, tables.entities.c.number):
        yield Told("entity", rows.entity_subject(row), rows.plain_content(_unnumbered(row)))
    for row in _rows(connection, tables.shingles, tables.shingles.c.document):
        yield Told("shingles", row["document"], rows.plain_content(row))
    for row in _rows(connection, tables.issues, tables.issues.c.number):
        where = msgspec.json.decode(row["value"], type=Issue).where
        yield Told("issue", where, rows.plain_content(_unnumbered(row)))
    for row in _rows(connection, tables.reviews, tables.reviews.c.number):
        yield Told("review", row["subject"], rows.plain_content(_unnumbered(row)))
    for row in _rows(connection, tables.captures, tables.captures.c.number):
        yield Told("capture", rows.capture_subject(row), rows.plain_content(_unnumbered(row)))


def _documents(connection: Connection) -> Iterator[Told]:
    raws = tables.raws
    digests = {row.original: text_digest(row.text) for row in connection.execute(select(raws.c.original, raws.c.text))}
    for row in _rows(connection, tables.documents, tables.documents.c.id):
        content = {**row, "text": text_digest(row["text"]), "raw": digests[row["original"]]}
        yield Told("document", row["id"], rows.plain_content(content))


def _claims(connection: Connection) -> Iterator[Told]:
    claims, groundings = tables.claims, tables.groundings
    query = select(claims.c.document, groundings.c.run, claims.c.value, groundings.c.value.label("how"))
    query = query.join(groundings, groundings.c.claim == claims.c.id)
    query = query.order_by(claims.c.document, groundings.c.number)
    for (document, run), group in groupby(connection.execute(query), key=lambda row: (row.document, row.run)):
        yield Told("claims", document, rows.claims_content(run, [(row.value, row.how) for row in group]))


def _rows(connection: Connection, table: Table, order: Any) -> Iterator[rows.Row]:
    for row in connection.execute(select(table).order_by(order)).mappings():
        yield dict(row)


def _unnumbered(row: rows.Row) -> rows.Row:
    return {name: value for name, value in row.items() if name != "number"}
