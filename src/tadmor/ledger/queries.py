"""Questions to the ledger, as functions of a connection."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Row, Select, func, select

from tadmor.datamodel.documents import Copy, CopyKind, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.sources import Source
from tadmor.ledger import reviews, tables
from tadmor.ledger.encoding import Entities, document_decoder
from tadmor.ledger.filters import ClaimFilter, conditions

#: Rows held in memory at a time.
_DOCUMENTS, _CLAIMS = 200, 1000


class Heard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often a source speaks in a case: claims that carry it, claims that begin with it, documents it stands in."""

    source: Source
    claims: int
    as_origin: int
    documents: int


def documents_in(connection: Connection) -> Iterator[Document]:
    """All documents without their raw text, by id."""
    table = tables.documents
    query = select(table.c.value, table.c.text).order_by(table.c.id)
    for value, text in connection.execution_options(yield_per=_DOCUMENTS).execute(query):
        yield msgspec.structs.replace(document_decoder.decode(value), text=text)


def document_in(connection: Connection, identity: str) -> Document | None:
    """One document, whole."""
    table = tables.documents
    query = select(table.c.value, table.c.text, tables.raws.c.text.label("raw")).join(
        tables.raws, tables.raws.c.original == table.c.original
    )
    row = connection.execute(query.where(table.c.id == identity)).first()
    if row is None:
        return None
    return msgspec.structs.replace(document_decoder.decode(row.value), text=row.text, raw=row.raw)


def shingles_in(connection: Connection) -> Iterator[tuple[str, date | None, bytes]]:
    """By what each document is compared with others: its id, first day of publication, shingles."""
    query = (
        select(tables.shingles.c.document, tables.documents.c.published_from, tables.shingles.c.value)
        .join(tables.documents, tables.documents.c.id == tables.shingles.c.document)
        .order_by(tables.shingles.c.document)
    )
    for row in connection.execution_options(yield_per=_CLAIMS).execute(query):
        day = date.fromisoformat(row.published_from) if row.published_from else None
        yield row.document, day, row.value


def claims_in(connection: Connection, wanted: ClaimFilter, *, rejected: bool) -> Iterator[GroundedClaim]:
    """Claims that fit, in the order read, as the latest run understood them and reviews left them."""
    entities, standing = entities_in(connection), reviews.standing(reviews.reviews_in(connection))
    query = _claims().where(*conditions(wanted)).order_by(tables.claims.c.number)
    for row in connection.execution_options(yield_per=_CLAIMS).execute(query):
        claim = entities.rebuild(row.claim, row.understanding)
        reviewed = reviews.apply(claim, standing.get(row.id), entities)
        if reviewed is not None:
            yield reviewed
        elif rejected:
            yield claim


def claims_beginning(connection: Connection, prefix: str) -> list[GroundedClaim]:
    """Up to two claims whose id begins so, rejected ones too."""
    rows = connection.execute(_claims().where(tables.claims.c.id.startswith(prefix, autoescape=True)).limit(2)).all()
    entities, standing = entities_in(connection), reviews.standing(reviews.reviews_in(connection))
    return [_reviewed(row, standing.get(row.id), entities) for row in rows]


def claims_with_id(connection: Connection, identity: str) -> list[GroundedClaim]:
    """The claim of that id as read and understood; none where it is the id of something else."""
    rows = connection.execute(_claims().where(tables.claims.c.id == identity)).all()
    return [entities_in(connection).rebuild(row.claim, row.understanding) for row in rows]


def _reviewed(row: Row[Any], review: Review | None, entities: Entities) -> GroundedClaim:
    claim = entities.rebuild(row.claim, row.understanding)
    return reviews.apply(claim, review, entities) or claim


def _claims() -> Select[Any]:
    claims, groundings = tables.claims, tables.groundings
    later = groundings.alias()
    latest = select(func.max(later.c.number)).where(later.c.claim == claims.c.id).scalar_subquery()
    return (
        select(claims.c.id, claims.c.value.label("claim"), groundings.c.value.label("understanding"))
        .join(groundings, groundings.c.claim == claims.c.id)
        .join(tables.documents, tables.documents.c.id == claims.c.document)
        .where(groundings.c.number == latest)
    )


def entities_in(connection: Connection) -> Entities:
    """All places, actors and sources of the case."""
    table = tables.entities
    query = select(table.c.type, table.c.id, table.c.digest, table.c.value).order_by(table.c.type, table.c.id)
    return Entities([(row.type, row.id, row.digest, row.value) for row in connection.execute(query)])


def heard_in(connection: Connection) -> Iterator[Heard]:
    """Sources by how many claims carry them, most first."""
    claims, documents, origins = _voices(connection)
    entities = entities_in(connection)
    for identity in sorted(claims, key=lambda one: (-claims[one], one)):
        key = entities.latest("source", identity)
        if key is not None:
            source = entities.source(key)
            yield Heard(
                source=source,
                claims=claims[identity],
                as_origin=origins.get(identity, 0),
                documents=documents[identity],
            )


def _voices(connection: Connection) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Claims and documents by source, and claims by origin, over the latest groundings."""
    namings, groundings, claims = tables.namings, tables.groundings, tables.claims
    later = groundings.alias()
    latest = select(func.max(later.c.number)).where(later.c.claim == groundings.c.claim).scalar_subquery()
    voices = (
        select(namings.c.grounding, namings.c.entity, namings.c.role, claims.c.document)
        .join(groundings, groundings.c.number == namings.c.grounding)
        .join(claims, claims.c.id == groundings.c.claim)
        .where(namings.c.type == "source", groundings.c.number == latest)
        .subquery()
    )
    counted = connection.execute(
        select(
            voices.c.entity,
            func.count(voices.c.grounding.distinct()).label("claims"),
            func.count(voices.c.document.distinct()).label("documents"),
        ).group_by(voices.c.entity)
    ).all()
    # positions are texts of one digit or two: as numbers, so that the tenth voice comes after the second
    position = voices.c.role.cast(Integer)
    rank = func.row_number().over(partition_by=voices.c.grounding, order_by=position.desc()).label("rank")
    ranked = select(voices.c.entity, rank).subquery()
    last = select(ranked.c.entity, func.count().label("claims")).where(ranked.c.rank == 1).group_by(ranked.c.entity)
    return (
        {row.entity: row.claims for row in counted},
        {row.entity: row.documents for row in counted},
        {row.entity: row.claims for row in connection.execute(last)},
    )


def originals_in(connection: Connection) -> Iterator[Original]:
    """All originals, by digest."""
    table = tables.originals
    for row in connection.execute(select(table).order_by(table.c.sha256)):
        yield Original(sha256=row.sha256, name=row.name, media_type=row.media_type, size=row.size)


def copies_in(connection: Connection) -> Iterator[Copy]:
    """Pairs of documents that share words."""
    table = tables.copies
    for row in connection.execute(select(table).order_by(table.c.earlier, table.c.later, table.c.kind)):
        yield Copy(earlier=row.earlier, later=row.later, kind=CopyKind(row.kind), share=row.share)


def issues_in(connection: Connection, run: str | None) -> Iterator[Issue]:
    """What was wrong with the input, in the order met; of one run or of all."""
    table = tables.issues
    query = select(table.c.value).order_by(table.c.number)
    if run is not None:
        query = query.where(table.c.run == run)
    for value in connection.execute(query).scalars():
        yield msgspec.json.decode(value, type=Issue)


def counts_in(connection: Connection) -> dict[str, int]:
    """Rows by kind of thing."""
    counted = (
        tables.originals,
        tables.documents,
        tables.claims,
        tables.copies,
        tables.issues,
        tables.reviews,
        tables.revisions,
    )
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in counted
    }
