"""Questions to the ledger, as functions of a connection."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, func, select
from sqlalchemy.exc import DatabaseError

from tadmor.datamodel.documents import Copy, CopyKind, Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import KeptTable, Review, RunInfo
from tadmor.datamodel.history import standing as last_words
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.uncollected import uncollected
from tadmor.ledger import reviews, tables
from tadmor.ledger.captures import Unsaid, standing_in
from tadmor.ledger.correcting import ids_given
from tadmor.ledger.encoding import ENTITY_TYPES, Entities, document_decoder, ids_in
from tadmor.ledger.filters import ClaimFilter, conditions, ids_asked
from tadmor.ledger.seeing import Seen, named_in

#: Rows held in memory at a time.
_DOCUMENTS, _CLAIMS = 200, 1000


def holds(connection: Connection, sha256: str) -> bool:
    """Has this original been read?"""
    table = tables.originals
    return connection.execute(select(table.c.sha256).where(table.c.sha256 == sha256)).first() is not None


def documents_in(connection: Connection) -> Iterator[Document]:
    """All documents without their raw text, by id."""
    table = tables.documents
    query = select(table.c.value, table.c.text).order_by(table.c.id)
    for value, text in connection.execution_options(yield_per=_DOCUMENTS).execute(query):
        yield msgspec.structs.replace(document_decoder.decode(value), text=text)


def documents_of(connection: Connection, original: str) -> Iterator[Document]:
    """The documents of an original without their raw text, in order."""
    table = tables.documents
    query = select(table.c.value, table.c.text).where(table.c.original == original).order_by(table.c.position)
    for value, text in connection.execute(query):
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


def published_in(connection: Connection, by: date) -> tuple[date | None, bool]:
    """The last day up to `by` on which a document surely had come out or a page changed, and whether others follow."""
    last = func.max(tables.documents.c.published_to)
    day = connection.execute(select(last).where(tables.documents.c.published_to <= by.isoformat())).scalar()
    latest = connection.execute(select(last)).scalar()
    told = [date.fromisoformat(one) for one in (day, latest) if one is not None]
    told += standing_in(connection).days()
    return max((one for one in told if one <= by), default=None), any(one > by for one in told)


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


def claims_in(
    connection: Connection,
    wanted: ClaimFilter,
    *,
    rejected: bool,
    standing: date | None,
    by: datetime | None = None,
) -> Iterator[GroundedClaim]:
    """Claims that fit, in the order read, as the latest run understood them and reviews left them.

    `by`: leave out the decisions that were made at this moment or later.
    """
    unsaid = Unsaid(connection, standing)
    made = (one for one in reviews.reviews_in(connection) if by is None or one.made < by)
    views = [one for one in reviews.views_in(connection) if by is None or one.made < by]
    entities, decided = entities_in(connection), last_words(made)
    seen = Seen(views, entities)
    query = _claims().where(*conditions(_widened(connection, wanted, seen))).order_by(tables.claims.c.number)
    for part in connection.execution_options(yield_per=_CLAIMS).execute(query).partitions():
        with uncollected():
            ready = [(row, entities.rebuild(row.claim, row.understanding)) for row in part]
        for row, claim in ready:
            word = decided.get(row.id)
            reviewed = None if unsaid(row.original, word) else reviews.apply(claim, word, entities)
            if reviewed is not None or rejected:
                yield seen(reviewed or claim)


def _widened(connection: Connection, wanted: ClaimFilter, seen: Seen) -> ClaimFilter:
    """The filter, which asks for an actor or place by all that are one with it."""
    asked = {kind: value for kind in ("place", "actor") if (value := getattr(wanted, kind)) is not None}
    if not asked or not seen.merges:
        return wanted
    wider = {kind: tuple(seen.within(kind, ids_asked(connection, kind, value))) for kind, value in asked.items()}
    return msgspec.structs.replace(wanted, **wider)


def claims_beginning(connection: Connection, prefix: str) -> list[GroundedClaim]:
    """Up to two claims whose id begins so, rejected ones too, as reviews left them."""
    column = tables.claims.c.id
    # a range, as the index knows no LIKE; ids are hexadecimal, below any "g"
    rows = connection.execute(_claims().where(column >= prefix, column < prefix + "g").limit(2)).all()
    decided = last_words(reviews.reviews_in(connection, {row.id for row in rows}))
    return [_reviewed(connection, row, decided.get(row.id)) for row in rows]


def claims_with_id(connection: Connection, identity: str) -> list[GroundedClaim]:
    """The claim of that id as read and understood; none where it is the id of something else."""
    rows = connection.execute(_claims().where(tables.claims.c.id == identity)).all()
    return [_reviewed(connection, row, None) for row in rows]


def _reviewed(connection: Connection, row: Row[Any], review: Review | None) -> GroundedClaim:
    views = reviews.views_in(connection)
    wanted = ids_in(row.understanding) | (ids_given(review.value) if review is not None else set()) | named_in(views)
    entities = entities_in(connection, wanted)
    claim = entities.rebuild(row.claim, row.understanding)
    return Seen(views, entities)(reviews.apply(claim, review, entities) or claim)


def _claims() -> Select[Any]:
    claims, groundings = tables.claims, tables.groundings
    later = groundings.alias()
    latest = select(func.max(later.c.number)).where(later.c.claim == claims.c.id).scalar_subquery()
    return (
        select(
            claims.c.id,
            claims.c.value.label("claim"),
            groundings.c.value.label("understanding"),
            tables.documents.c.original,
        )
        .join(groundings, groundings.c.claim == claims.c.id)
        .join(tables.documents, tables.documents.c.id == claims.c.document)
        .where(groundings.c.number == latest)
    )


def entities_in(connection: Connection, ids: Collection[str] | None = None) -> Entities:
    """Places, actors and sources of the case: all, or those of some ids."""
    table = tables.entities
    query = select(table.c.type, table.c.id, table.c.digest, table.c.value).order_by(table.c.number)
    if ids is not None:
        query = query.where(table.c.id.in_(ids))
    return Entities([(row.type, row.id, row.digest, row.value) for row in connection.execute(query)])


def name_in(connection: Connection, kind: str, identity: str) -> str | None:
    """The name of a place, actor or source, as last understood; `None` where there is none of this id."""
    table = tables.entities
    query = select(table.c.value).where(table.c.type == kind, table.c.id == identity).order_by(table.c.number.desc())
    value = connection.execute(query.limit(1)).scalar()
    return msgspec.json.decode(value, type=ENTITY_TYPES[kind]).name if value is not None else None


def only_id(connection: Connection, kind: str, words: str) -> str | None:
    """The id of the only place, actor or source of the case that has this id or name; `None`: none, or several."""
    table = tables.entities
    asked = ids_asked(connection, kind, words)
    query = select(table.c.id).where(table.c.type == kind, table.c.id.in_(asked))
    found = set(connection.execute(query).scalars())
    return words if words in found else found.pop() if len(found) == 1 else None


def tables_in(connection: Connection) -> Iterator[KeptTable]:
    """The originals that were read as tables, in the order read, each with its documents."""
    originals, documents, runs = tables.originals, tables.documents, tables.runs
    query = select(originals.c.sha256, originals.c.name, runs.c.value).join(runs, runs.c.id == originals.c.run)
    kept = [(row.sha256, row.name, msgspec.json.decode(row.value, type=RunInfo)) for row in connection.execute(query)]
    for sha256, name, run in sorted(kept, key=lambda one: (one[2].started, one[0])):
        if run.table is not None:
            own = select(documents.c.id).where(documents.c.original == sha256).order_by(documents.c.position)
            found = tuple(connection.execute(own).scalars())
            yield KeptTable(sha256=sha256, name=name, info=run.table, imported=run.started, documents=found)


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
    """Rows by kind of thing; of a table that cannot be read, which `verify` names, none."""
    counted = (
        tables.originals,
        tables.documents,
        tables.claims,
        tables.copies,
        tables.issues,
        tables.reviews,
        tables.revisions,
    )
    return {table.name: _count(connection, table) for table in counted}


def _count(connection: Connection, table: Table) -> int:
    try:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    except DatabaseError:
        return 0
