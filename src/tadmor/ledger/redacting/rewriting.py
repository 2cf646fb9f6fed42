"""Rows without the names: each value decoded, masked and coded again; ids made of a name give way to others."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, text, update

from tadmor.datamodel.captures import Capture
from tadmor.datamodel.claims import claim_id
from tadmor.datamodel.documents import Document
from tadmor.datamodel.history import Review, coded, coding_id, grade_id, link_id
from tadmor.datamodel.identities import identity_id
from tadmor.datamodel.spans import Span
from tadmor.datamodel.withholding import Withheld, masked
from tadmor.ledger import rows, tables
from tadmor.ledger.encoding import ENTITY_TYPES, claim_decoder, encode, snapshot_digest, text_digest
from tadmor.ledger.queries import document_in, entities_in
from tadmor.ledger.store import add_missing, index_quotes

#: The shingles of a document, worked out from its text.
Shingling = Callable[[Document], bytes]


class Rewriting:
    """Takes names out of all rows of one ledger, in the transaction of a connection.

    Args:
        connection: in which changes are allowed.
        names: what is withheld.
        number: the redaction's, which its new ids bear.
        shingling: by what documents are compared.
    """

    def __init__(self, connection: Connection, names: Withheld, number: int, shingling: Shingling) -> None:
        self._connection = connection
        self._names = names
        self._number = number
        self._shingling = shingling
        self._ids: dict[str, str] = {}  # ids of places, actors, sources and claims, and keys of snapshots: old to new
        self._claims: set[str] = set()  # claims with a changed value, by their new id

    def rewrite(self) -> list[str]:
        """Rewrite everything; the originals, by SHA-256, in whose text a name stood."""
        self._entities()
        originals = self._texts()
        self._groundings()
        self._namings()
        self._values()
        self._indexes()
        return originals

    # -- what claims name -------------------------------------------------------------------------------------------

    def _entities(self) -> None:
        table = tables.entities
        found = self._connection.execute(select(table).order_by(table.c.number)).all()
        for identity in dict.fromkeys(row.id for row in found if self._names.within(row.id)):
            self._ids[identity] = f"withheld:{self._number}.{len(self._ids) + 1}"
        taken = {(row.type, row.id, row.digest) for row in found}
        for row in found:
            value = msgspec.json.decode(row.value, type=ENTITY_TYPES[row.type])
            told = msgspec.convert(self._walked(msgspec.to_builtins(value)), type(value))
            again = 1
            while told != value and (row.type, told.id, snapshot_digest(encode(told))) in taken:
                again += 1  # two snapshots that only a withheld name told apart
                told = msgspec.structs.replace(told, name=f"{self._names.masked(value.name)} ({again})")
            if told == value:
                continue
            fresh = rows.entity_row(told)
            taken.add((row.type, told.id, fresh["digest"]))
            self._ids[f"{row.id}@{row.digest}"] = f"{told.id}@{fresh['digest']}"
            self._connection.execute(update(table).where(table.c.number == row.number).values(fresh))
        names = tables.names
        self._connection.execute(delete(names))
        values = self._connection.execute(select(table.c.type, table.c.value).order_by(table.c.number))
        known = [msgspec.json.decode(row.value, type=ENTITY_TYPES[row.type]) for row in values]
        add_missing(self._connection, names, [row for one in known for row in rows.name_rows(one)])

    # -- texts and what is quoted from them -------------------------------------------------------------------------

    def _texts(self) -> list[str]:
        documents = tables.documents
        listed = self._connection.execute(select(documents.c.id, documents.c.original).order_by(documents.c.id)).all()
        by_original: dict[str, list[str]] = {}
        for row in listed:
            by_original.setdefault(row.original, []).append(row.id)
        return [original for original, ids in by_original.items() if self._original(original, ids)]

    def _original(self, original: str, ids: list[str]) -> bool:
        """Mask the texts of one original; whether a name stood in them."""
        whole = [one for identity in ids if (one := document_in(self._connection, identity)) is not None]
        spans = self._names.spans(whole[0].raw) if whole else []
        for document in whole:
            spans += [_raw(document, start, end) for start, end in self._names.spans(document.text)]
        raw = masked(whole[0].raw, spans) if whole else ""
        if spans:
            values = {"text": raw, "sha256": text_digest(raw)}
            self._connection.execute(update(tables.raws).where(tables.raws.c.original == original).values(values))
        for document in whole:
            self._document(document, raw)
        return bool(spans)

    def _document(self, document: Document, raw: str) -> None:
        letters = list(self._names.masked(document.text))
        for run in document.offsets.runs:
            if run.copied:
                letters[run.target : run.target + run.length] = raw[run.source : run.source + run.source_length]
        fresh = msgspec.structs.replace(document, raw="", text="")
        fresh = msgspec.convert(self._walked(msgspec.to_builtins(fresh)), Document)
        fresh = msgspec.structs.replace(fresh, raw=raw, text="".join(letters))
        if fresh == document:
            return
        documents, shingles = tables.documents, tables.shingles
        row = rows.document_row(fresh)
        self._connection.execute(update(documents).where(documents.c.id == document.id).values(row))
        if fresh.text != document.text:
            mark = {"value": self._shingling(fresh)}
            self._connection.execute(update(shingles).where(shingles.c.document == document.id).values(mark))
            self._quoted(document, fresh)

    def _quoted(self, old: Document, new: Document) -> None:
        """Claims of a document: what they quote, and every word with its place."""
        claims, groundings = tables.claims, tables.groundings
        query = select(claims.c.number, claims.c.id, claims.c.run, claims.c.value).where(claims.c.document == old.id)
        for row in self._connection.execute(query.order_by(claims.c.number)).all():
            value = claim_decoder.decode(row.value)
            told = msgspec.convert(_requoted(self._walked(msgspec.to_builtins(value)), old.text, new.text), type(value))
            if told == value:
                continue
            identity = claim_id(told)
            columns = {"id": identity, "quote": told.quote, "value": encode(told)}
            self._connection.execute(update(claims).where(claims.c.number == row.number).values(columns))
            self._claims.add(identity)
            if identity != row.id:
                self._ids[row.id] = identity
                moved = update(groundings).where(groundings.c.claim == row.id).values(claim=identity)
                self._connection.execute(moved)

    def _groundings(self) -> None:
        table = tables.groundings
        for row in self._connection.execute(select(table.c.number, table.c.claim, table.c.value)).all():
            value = self._coded(row.value)
            if value != row.value:
                self._connection.execute(update(table).where(table.c.number == row.number).values(value=value))
                self._claims.add(row.claim)

    def _namings(self) -> None:
        claims, groundings, namings = tables.claims, tables.groundings, tables.namings
        entities = entities_in(self._connection)
        query = select(groundings.c.number, claims.c.value, groundings.c.value.label("how"))
        query = query.join(claims, claims.c.id == groundings.c.claim)
        for claim in sorted(self._claims):
            for row in self._connection.execute(query.where(claims.c.id == claim)).all():
                self._connection.execute(delete(namings).where(namings.c.grounding == row.number))
                found = rows.naming_rows(row.number, entities.rebuild(row.value, row.how))
                if found:
                    self._connection.execute(insert(namings), found)

    # -- everything else --------------------------------------------------------------------------------------------

    def _values(self) -> None:
        for table, key in (
            (tables.runs, tables.runs.c.id),
            (tables.issues, tables.issues.c.number),
        ):
            for identity, value in self._connection.execute(select(key, table.c.value)).all():
                told = self._coded(value)
                if told != value:
                    self._connection.execute(update(table).where(key == identity).values(value=told))
        originals = tables.originals
        for sha256, name in self._connection.execute(select(originals.c.sha256, originals.c.name)).all():
            shown = self._names.masked(name)
            if shown != name:
                self._connection.execute(update(originals).where(originals.c.sha256 == sha256).values(name=shown))
        self._captures()
        self._reviews()

    def _captures(self) -> None:
        table = tables.captures
        for number, run, value in self._connection.execute(select(table.c.number, table.c.run, table.c.value)).all():
            capture = msgspec.json.decode(value, type=Capture)
            told = msgspec.convert(self._walked(msgspec.to_builtins(capture)), Capture)
            if told != capture:
                row = rows.capture_row(run, told)
                self._connection.execute(update(table).where(table.c.number == number).values(row))

    def _reviews(self) -> None:
        table = tables.reviews
        for number, value in self._connection.execute(select(table.c.number, table.c.value)).all():
            review = msgspec.json.decode(value, type=Review)
            told = msgspec.convert(self._walked(msgspec.to_builtins(review)), Review)
            told = msgspec.structs.replace(told, subject=_subject(review, told))
            if told != review:
                row = rows.review_row(told)
                self._connection.execute(update(table).where(table.c.number == number).values(row))

    def _indexes(self) -> None:
        """The full-text indexes are made anew: they keep no text from which a word could be taken out."""
        claims = tables.claims
        for name, tokenizer in tables.FULL_TEXT.items():
            self._connection.execute(text(f"DROP TABLE {name}"))
            self._connection.execute(text(f"CREATE VIRTUAL TABLE {name} USING fts5(quote, content='', {tokenizer})"))
        quotes = self._connection.execute(select(claims.c.number, claims.c.quote).order_by(claims.c.number)).all()
        index_quotes(self._connection, [(row.number, row.quote) for row in quotes])

    # -- words ------------------------------------------------------------------------------------------------------

    def _coded(self, value: bytes) -> bytes:
        """A coded value without the names; the same bytes where none stands in it."""
        before = msgspec.json.decode(value)
        after = self._walked(before)
        return value if after == before else msgspec.json.encode(after)

    def _walked(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._ids.get(value) or self._words(value)
        if isinstance(value, Mapping):
            return {key: self._walked(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._walked(one) for one in value]
        return value

    def _words(self, value: str) -> str:
        """Words masked; of several ids in a line each is exchanged."""
        if " " in value and any(part in self._ids for part in value.split(" ")):
            value = " ".join(self._ids.get(part, part) for part in value.split(" "))
        return self._names.masked(value)


def _subject(old: Review, new: Review) -> str:
    """The subject of a decision whose value names what its subject is the digest of."""
    if (coding := coded(old)) is not None:
        fresh = msgspec.structs.replace(coding, claims=tuple(new.value["coding"].split()))
        return coding_id(new.author, fresh.subject)
    one, other = new.value.get("one", ""), new.value.get("other", "")
    was, of = old.value.get("one", ""), old.value.get("other", "")
    if old.subject == grade_id(old.value.get("source", "")):
        return grade_id(new.value["source"])
    if was and of and old.subject == link_id(was, of):
        return link_id(one, other)
    if was and of and old.subject == identity_id(old.value.get("identity", ""), was, of):
        return identity_id(new.value["identity"], one, other)
    return new.subject


def _raw(document: Document, start: int, end: int) -> tuple[int, int]:
    span = document.raw_span(Span(start, end))
    return span.start, span.end


def _requoted(value: Any, old: str, new: str) -> Any:
    """Words that stand at a place of the text, as they stand there now: also those that are but part of a name."""
    if isinstance(value, list):
        return [_requoted(one, old, new) for one in value]
    if not isinstance(value, dict):
        return value
    value = {key: _requoted(one, old, new) for key, one in value.items()}
    start, end = value.get("start"), value.get("end")
    if isinstance(start, int) and isinstance(end, int) and old[start:end] != new[start:end]:
        for key in ("quote", "expression", "name"):
            if isinstance(value.get(key), str) and len(value[key]) == end - start:
                value[key] = new[start:end]
    return value
