"""Does the ledger still say what it said? Archive, texts, quotes, look-ups, and the audit chain behind them all."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Table, func, select

from tadmor.datamodel.captures import Capture
from tadmor.datamodel.documents import Copy, CopyKind, Document, Original
from tadmor.datamodel.history import Review, RunInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.ledger import blocks, chain, checkpoints, redactions, rows, tables, timestamps, tree
from tadmor.ledger.case import CaseFolder, digest_of
from tadmor.ledger.comparing import NO_CONTENT, compared, in_order
from tadmor.ledger.damage import DAMAGE, as_bytes, as_text, guarded
from tadmor.ledger.encoding import ENTITY_TYPES, Entity, snapshot_digest, text_digest
from tadmor.ledger.place_files import check_places
from tadmor.ledger.store import dangling_rows, missing_tables, unfaithful_indexes
from tadmor.ledger.verifying_claims import Contents, claims_of

#: Documents, each with the raw text that it leads back to.
_WITH_RAW = select(
    tables.documents, tables.raws.c.text.label("raw"), tables.raws.c.sha256.label("raw_sha256")
).outerjoin(tables.raws, tables.raws.c.original == tables.documents.c.original)


def verify(connection: Connection, case: CaseFolder) -> Iterator[Issue]:
    """Everything that does not hold, the most basic first.

    Whatever a damaged row or table makes fail is an issue too: nothing here raises for what was done to the file.
    """
    kept = case.kept()  # before the first row is read: what is read in meanwhile then has its row
    yield from guarded("ledger.db", "ledger-damaged", _tables(connection))
    yield from guarded("history", "history-damaged", chain.check(connection))
    yield from guarded("tree", "tree-damaged", tree.check(connection))
    yield from guarded("checkpoints", "checkpoints-damaged", checkpoints.check(connection))
    yield from guarded("redactions", "redactions-damaged", redactions.check(connection, case))
    yield from guarded("tokens", "tokens-damaged", timestamps.check(connection))
    rows_alone = (_runs, _entities, _names, _shingles, _copies, _issues, _reviews, _captures)
    for check in (_references, _numbers, _sums, *rows_alone, _index):
        what = check.__name__.strip("_")
        yield from guarded(what, f"{what}-damaged", check(connection))
    yield from guarded("originals", "originals-damaged", _originals(connection, case, kept))
    yield from check_places(case)
    yield from guarded("documents", "documents-damaged", _documents(connection))


def _tables(connection: Connection) -> Iterator[Issue]:
    for name in missing_tables(connection):
        yield _issue("ledger.db", "table-missing", f"the table {name} is gone, and what rests on it cannot be checked")


def _references(connection: Connection) -> Iterator[Issue]:
    """Rows that belong to none: what goes through documents and their claims never meets them."""
    for table, number, parent in dangling_rows(connection):
        message = (
            f"row {number} of the table {table} refers to a row of {parent} that is not there: slipped in, or left"
        )
        yield _issue(f"{table} {number}", "row-unowned", message)


def _numbers(connection: Connection) -> Iterator[Issue]:
    """Rows are numbered from 1 in the order written, which tells the last of several: no number is missing."""
    for table in (tables.claims, tables.groundings, tables.entities, tables.issues, tables.reviews, tables.captures):
        column = table.c.number
        asked = select(func.count(column), func.coalesce(func.min(column), 1), func.coalesce(func.max(column), 0))
        count, first, last = connection.execute(asked).one()
        if (first, last) != (1, count):
            message = (
                f"the {count} rows of {table.name} are numbered {first} to {last}: a row was renumbered or is gone"
            )
            yield _issue(table.name, "numbers-changed", message)


def _sums(connection: Connection) -> Iterator[Issue]:
    """The sums over the blocks of originals are there."""
    yield from blocks.missing(connection, redactions.originals_withheld(connection))


# -- rows that stand for themselves ---------------------------------------------------------------------------------


def _runs(connection: Connection) -> Iterator[Issue]:
    found = {}
    for row in _all(connection, tables.runs, tables.runs.c.id):
        found[row["id"]] = rows.plain_content(row)
        yield from _own(row, rows.run_row(msgspec.json.decode(row["value"], type=RunInfo)), "run")
    yield from compared("run", chain.contents(connection, "run"), found)


def _copies(connection: Connection) -> Iterator[Issue]:
    table, found = tables.copies, {}
    for row in _all(connection, table, table.c.earlier):
        copy = Copy(earlier=row["earlier"], later=row["later"], kind=CopyKind(row["kind"]), share=row["share"])
        found[f"{row['earlier']} {row['later']} {row['kind']}"] = rows.plain_content(rows.copy_row(copy))
    yield from compared("copy", chain.contents(connection, "copy"), found)


def _issues(connection: Connection) -> Iterator[Issue]:
    table = tables.issues
    found = [
        (msgspec.json.decode(row["value"], type=Issue).where, rows.plain_content(_without_number(row)))
        for row in _all(connection, table, table.c.number)
    ]
    yield from in_order("issue", chain.contents(connection, "issue"), found)


def _reviews(connection: Connection) -> Iterator[Issue]:
    table, found = tables.reviews, []
    for row in _all(connection, table, table.c.number):
        review = msgspec.json.decode(row["value"], type=Review)
        yield from _own(_without_number(row), rows.review_row(review), "review")
        found.append((review.subject, rows.plain_content(_without_number(row))))
    yield from in_order("review", chain.contents(connection, "review"), found)


def _captures(connection: Connection) -> Iterator[Issue]:
    table, found = tables.captures, []
    for row in _all(connection, table, table.c.number):
        capture = msgspec.json.decode(row["value"], type=Capture)
        yield from _own(_without_number(row), rows.capture_row(row["run"], capture), "capture")
        found.append((rows.capture_subject(row), rows.plain_content(_without_number(row))))
    yield from in_order("capture", chain.contents(connection, "capture"), found)


def _entities(connection: Connection) -> Iterator[Issue]:
    found = {}
    for row in _all(connection, tables.entities, tables.entities.c.number):
        subject = rows.entity_subject(row)
        found[subject] = rows.plain_content(_without_number(row))
        yield from guarded(subject, "entity-damaged", _snapshot(row))
    yield from compared("entity", chain.contents(connection, "entity"), found)


def _snapshot(row: rows.Row) -> Iterator[Issue]:
    """By what a snapshot is looked up; where its value is another than its digest's, the history says so."""
    if snapshot_digest(row["value"]) == row["digest"]:
        yield from _own(row, rows.entity_row(_entity(row)), row["type"])


def _names(connection: Connection) -> Iterator[Issue]:
    table, wanted = tables.entities, set()
    for row in _all(connection, table, table.c.number):
        with suppress(*DAMAGE):  # a snapshot that cannot be read is named as such
            wanted |= {tuple(name.values()) for name in rows.name_rows(_entity(row))}
    found = {tuple(row.values()) for row in _all(connection, tables.names, tables.names.c.name)}
    for kind, name, entity in sorted(wanted ^ found)[:1]:
        message = f"the names that places, actors and sources are found by were changed: {kind} {name!r}"
        yield _issue(entity, "names-changed", message)


def _entity(row: rows.Row) -> Entity:
    return msgspec.json.decode(row["value"], type=ENTITY_TYPES[row["type"]])


def _shingles(connection: Connection) -> Iterator[Issue]:
    table = tables.shingles
    found = {row["document"]: rows.plain_content(row) for row in _all(connection, table, table.c.document)}
    yield from compared("shingles", chain.contents(connection, "shingles"), found)


def _index(connection: Connection) -> Iterator[Issue]:
    """Do the full-text indexes lead from each word of a quote to that quote, and from no other word?"""
    for name in unfaithful_indexes(connection):
        yield _issue(f"full-text index {name}", "index-changed", "its words are not those of the quotes")


# -- originals and documents ----------------------------------------------------------------------------------------


def _originals(connection: Connection, case: CaseFolder, kept: set[str]) -> Iterator[Issue]:
    table, found, withheld = tables.originals, {}, redactions.originals_withheld(connection)
    for row in _all(connection, table, table.c.sha256):
        original = Original(sha256=row["sha256"], name=row["name"], media_type=row["media_type"], size=row["size"])
        found[row["sha256"]] = rows.plain_content(rows.original_row(row["run"], original))
        if row["sha256"] not in withheld:
            yield from guarded(original.name, "original-damaged", _archived(connection, case, original))
    yield from compared("original", chain.contents(connection, "original"), found)
    yield from _unknown(kept - {case.place_of(sha256) for sha256 in found})


def _unknown(strays: set[str]) -> Iterator[Issue]:
    message = (
        "the ledger knows no such original: a writer ended before it noted the file or is about to note it,"
        " or the file was put here"
    )
    for place in sorted(strays):
        yield Issue(where=f"originals/{place}", rule="original-unknown", message=message, severity=Severity.WARNING)


def _archived(connection: Connection, case: CaseFolder, original: Original) -> Iterator[Issue]:
    path = case.path_of(original.sha256)
    try:
        found = digest_of(path)
    except OSError as error:
        message = f"the archived original {original.sha256} cannot be read ({error.strerror}); restore it from a copy"
        yield _issue(original.name, "original-missing", message)
        return
    if found == original.sha256:
        yield from blocks.check(connection, original.sha256, path)
        return
    where = blocks.where_changed(connection, original.sha256, original.size, path)
    message = f"the archived original was changed: SHA-256 {found}, was {original.sha256}{where}"
    yield _issue(original.name, "original-changed", message)


def _documents(connection: Connection) -> Iterator[Issue]:
    table = tables.documents
    contents, claims = dict(chain.contents(connection, "document")), Contents.of(connection)
    met = set(connection.execute(select(table.c.id)).scalars())
    for identity in sorted(met):
        expected = contents.get(identity, NO_CONTENT)
        yield from guarded(identity, "document-damaged", _document(connection, identity, expected, claims))
    for identity in sorted(contents.keys() - met):
        yield _issue(identity, "document-missing", "a document that the history tells of is gone")
    yield from claims.left(met)


def _document(connection: Connection, identity: str, expected: str, claims: Contents) -> Iterator[Issue]:
    found = connection.execute(_WITH_RAW.where(tables.documents.c.id == identity)).mappings().one()
    row = _plain(found)
    raw, raw_sha256 = row.pop("raw"), row.pop("raw_sha256")
    if raw is None:
        yield _issue(identity, "document-missing", "the raw text of a document is gone")
        return
    document = _whole(row, raw)
    yield from _own(row, rows.document_row(document), "document")
    yield from _text(document, row, expected, raw_sha256)
    yield from claims_of(connection, document, claims)


def _whole(row: Mapping[str, Any], raw: object) -> Document:
    document = msgspec.json.decode(row["value"], type=Document)
    return msgspec.structs.replace(
        document, text=as_text(row["text"], "the cleaned text"), raw=as_text(raw, "the raw text")
    )


def _text(document: Document, row: rows.Row, expected: str, raw_sha256: str) -> Iterator[Issue]:
    """The texts as written, and each stretch of the cleaned one copied from the raw one."""
    digest = text_digest(document.raw)
    if digest != raw_sha256:
        message = f"the raw text of document {document.id} was changed: SHA-256 {digest}, was {raw_sha256}"
        yield _issue(document.name, "raw-changed", message)
    found = rows.document_content(row, document.raw)
    if found != expected:
        message = f"document {document.id} is not what was written: digest {found}, was {expected}"
        yield _issue(document.name, "document-changed", message)
    if document.offsets.length != len(document.text):
        message = (
            f"document {document.id}: the map of {document.offsets.length} does not fit {len(document.text)} characters"
        )
        yield _issue(document.name, "map-unfaithful", message)
    for run in document.offsets.runs:
        here = document.text[run.target : run.target + run.length]
        there = document.raw[run.source : run.source + run.source_length]
        if run.copied and here != there:
            message = f"document {document.id}: characters {run.target} to {run.target + run.length} do not lead back"
            yield _issue(document.name, "map-unfaithful", message)
            return


# -- comparing ------------------------------------------------------------------------------------------------------


def _own(row: Mapping[str, Any], expected: rows.Row, what: str) -> Iterator[Issue]:
    """Columns that are looked things up by, against the value beside them."""
    for name, value in expected.items():
        if row[name] != value:
            identity = row.get("id", row.get("subject"))
            message = (
                f"{what} {identity}: column {name} has {str(row[name])[:60]!r}, its value says {str(value)[:60]!r}"
            )
            yield _issue(str(identity), f"{what}-column", message)


def _all(connection: Connection, table: Table, order: Any) -> Iterator[rows.Row]:
    query = select(table).order_by(order)
    for row in connection.execution_options(yield_per=1000).execute(query).mappings():
        yield _plain(row)


def _plain(row: RowMapping) -> rows.Row:
    """A row as compared."""
    values = dict(row)
    return {**values, "value": as_bytes(values["value"])} if "value" in values else values


def _without_number(row: rows.Row) -> rows.Row:
    return {name: value for name, value in row.items() if name != "number"}


def _issue(where: str, rule: str, message: str) -> Issue:
    return Issue(where=where, rule=rule, message=message)
