"""Rows as they stand, and the revisions that tell of them: what is handed over so that others can check it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from tadmor.datamodel.documents import Document
from tadmor.ledger import rows, tables
from tadmor.ledger.damage import as_bytes
from tadmor.ledger.encoding import document_decoder, ids_in, understanding_decoder
from tadmor.ledger.rows import Row

#: Sorts of rows that stand for themselves: the word of the history, the table, its order, and a row's subject.
_PLAIN: dict[str, tuple[Table, str, Callable[[Row], str]]] = {
    "capture": (tables.captures, "number", rows.capture_subject),
    "original": (tables.originals, "sha256", lambda row: str(row["sha256"])),
    "run": (tables.runs, "id", lambda row: str(row["id"])),
    "entity": (tables.entities, "number", rows.entity_subject),
    "review": (tables.reviews, "number", lambda row: str(row["subject"])),
    "copy": (tables.copies, "earlier", lambda row: f"{row['earlier']} {row['later']} {row['kind']}"),
    "issue": (tables.issues, "number", lambda row: str(msgspec.json.decode(row["value"])["where"])),
    "checkpoint": (tables.checkpoints, "number", lambda row: str(row["number"])),
    "token": (tables.tokens, "number", lambda row: str(row["number"])),
}
PLAIN = tuple(_PLAIN)
#: Rows held in memory at a time.
_HELD = 1000


class PlainRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that stands for itself, and what the history says of it. Its number is no part of what was written."""

    what: str
    subject: str
    content: str
    row: Row


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with how one run understood it, coded as they were written."""

    id: str
    run: str
    claim: bytes
    grounding: bytes


class DocumentRows(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it stands: its columns without the texts, the document itself, and its claims in order written."""

    row: Row
    document: Document
    claims: tuple[ClaimRow, ...]

    @property
    def runs(self) -> set[str]:
        """The runs that read it."""
        return {one.run for one in self.claims}

    @property
    def keys(self) -> set[str]:
        """`id@digest` of all places, actors and sources that its claims name."""
        found: set[str] = set()
        for one in self.claims:
            how = understanding_decoder.decode(one.grounding)
            found.update(how.voices, how.places.values(), *how.actors.values())
        return found

    @property
    def ids(self) -> set[str]:
        """The ids of the same."""
        return {identity for one in self.claims for identity in ids_in(one.grounding)}


class Evidence:
    """Asks a ledger for its rows as they stand; `opened` gives the connection of each question."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._opened = opened

    def revisions(self) -> Iterator[Row]:
        """The history, first to last; what a redaction changed with the digests that it has now (`redacted`)."""
        now = {row["revision"]: row for row in self._all(tables.redacted, "redaction")}
        for row in self._all(tables.revisions, "number"):
            changed = now.get(row["number"])
            told = {"redacted": {name: changed[name] for name in ("content", "link")}} if changed is not None else {}
            yield row | told

    def plain(self, what: str) -> Iterator[PlainRow]:
        """All rows of one of the sorts in `PLAIN`, in the order of their table."""
        table, order, subject = _PLAIN[what]
        for row in self._all(table, order):
            written = {name: value for name, value in row.items() if name != "number"}
            yield PlainRow(what=what, subject=subject(row), content=rows.plain_content(written), row=row)

    def name_of_original(self, sha256: str) -> str:
        """What an original was called when it came in; its digest, where there is none."""
        with self._opened() as connection:
            table = tables.originals
            found = connection.execute(select(table.c.name).where(table.c.sha256 == sha256)).scalar()
        return str(found or sha256)

    def redactions(self) -> Iterator[Row]:
        """What was taken out of the case: tombstones, each with the digests that count since."""
        since: dict[int, list[list[str]]] = defaultdict(list)
        for row in sorted(self._all(tables.redacted, "revision"), key=lambda one: int(one["revision"])):
            since[row["redaction"]].append([str(row["revision"]), row["content"], row["link"]])
        for row in self._all(tables.redactions, "number"):
            yield row | {"since": since[row["number"]]}

    def documents(self) -> list[str]:
        """The ids of all documents."""
        with self._opened() as connection:
            return list(connection.execute(select(tables.documents.c.id).order_by(tables.documents.c.id)).scalars())

    def document(self, identity: str) -> DocumentRows:
        """One document with its claims.

        Raises:
            sqlalchemy.exc.NoResultFound: there is none of this id.
        """
        documents, raws = tables.documents, tables.raws
        asked = select(documents, raws.c.text.label("raw")).join(raws, raws.c.original == documents.c.original)
        with self._opened() as connection:
            row: Row = dict(connection.execute(asked.where(documents.c.id == identity)).mappings().one())
            claims = tuple(_claims(connection, identity))
        text, raw = row.pop("text"), row.pop("raw")
        document = msgspec.structs.replace(document_decoder.decode(row["value"]), text=text, raw=raw)
        return DocumentRows(row=row, document=document, claims=claims)

    def _all(self, table: Table, order: str) -> Iterator[Row]:
        with self._opened() as connection:
            asked = select(table).order_by(table.c[order])
            for row in connection.execution_options(yield_per=_HELD).execute(asked).mappings():
                yield dict(row)


def _claims(connection: Connection, document: str) -> Iterator[ClaimRow]:
    claims, groundings = tables.claims, tables.groundings
    asked: Any = (
        select(claims.c.id, groundings.c.run, claims.c.value, groundings.c.value)
        .join(groundings, groundings.c.claim == claims.c.id)
        .where(claims.c.document == document)
        .order_by(groundings.c.number)
    )
    for identity, run, claim, grounding in connection.execute(asked):
        yield ClaimRow(id=identity, run=run, claim=as_bytes(claim), grounding=as_bytes(grounding))
