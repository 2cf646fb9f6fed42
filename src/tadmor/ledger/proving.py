"""Proofs that something stands in the history, made of the tree over it."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from tadmor.datamodel.checkpoints import Checkpoint, SignedCheckpoint
from tadmor.datamodel.merkle import consistency_proof, inclusion_proof
from tadmor.datamodel.proofs import Growth, Proof, ProvenRevision, netstrings
from tadmor.errors import UsageError
from tadmor.ledger import checkpoints, rows, tables, tree
from tadmor.ledger.encoding import text_digest

#: What ids are written in; behind all of these stands "g".
_HEX = frozenset("0123456789abcdef")


def prove(connection: Connection, what: str) -> Proof:
    """That a revision stands in the history; see `Custody.prove`."""
    row = _revision(connection, what.strip())
    size, signed = _covering(connection, row.number)
    ranges = tree.ranges_in(connection)
    path = inclusion_proof(row.number - 1, size, ranges)
    return Proof(
        revision=ProvenRevision(**row._asdict(), parts=_parts(connection, row)),
        size=size,
        root=ranges(0, size).hex(),
        path=tuple(one.hex() for one in path),
        signed=signed,
    )


def prove_growth(connection: Connection, old: Checkpoint) -> Growth:
    """That the history begins with that of a checkpoint; see `Custody.prove_growth`."""
    for issue in checkpoints.against(connection, "the checkpoint", old):
        raise UsageError(issue.line())
    ranges, size = tree.ranges_in(connection), tree.size_of(connection)
    last = next(iter(reversed(checkpoints.every(connection))), None)
    signed = last if last is not None and last.checkpoint.size >= old.size else None
    size = signed.checkpoint.size if signed is not None else size
    path = consistency_proof(old.size, size, ranges)
    return Growth(
        old_size=old.size,
        old_root=old.root,
        size=size,
        root=ranges(0, size).hex(),
        path=tuple(one.hex() for one in path),
        signed=signed,
    )


def _covering(connection: Connection, number: int) -> tuple[int, SignedCheckpoint | None]:
    """The earliest checkpoint over a revision, and how many revisions it is over; else all there are."""
    table = tables.checkpoints
    value = connection.execute(
        select(table.c.value).where(table.c.size >= number).order_by(table.c.number).limit(1)
    ).scalar()
    if value is None:
        return tree.size_of(connection), None
    signed = msgspec.json.decode(value, type=SignedCheckpoint)
    return signed.checkpoint.size, signed


def _revision(connection: Connection, what: str) -> Row[Any]:
    """The revision that somebody means."""
    table = tables.revisions
    if what.isdecimal() and len(what) < 10:  # ids are longer; so is their beginning, if it is to name one
        row = connection.execute(select(table).where(table.c.number == int(what))).first()
    else:
        kind, subject = _named(connection, what)
        row = connection.execute(
            select(table).where(table.c.what == kind, table.c.subject == subject).order_by(table.c.number).limit(1)
        ).first()
    if row is None:
        message = f"the history has no revision of {what!r}"
        raise UsageError(message)
    return row


def original_named(connection: Connection, what: str) -> str:
    """The SHA-256 of the original that begins so; see `Custody.original`."""
    sha256s = _originals(connection, what)
    if len(sha256s) != 1:
        message = f"{'several originals begin' if sha256s else 'no original begins'} with {what!r}"
        raise UsageError(message)
    return sha256s[0]


def _originals(connection: Connection, what: str) -> list[str]:
    """Up to two originals whose SHA-256 begins so."""
    if not what or not set(what) <= _HEX:
        return []
    column = tables.originals.c.sha256
    return list(connection.execute(select(column).where(column >= what, column < what + "g").limit(2)).scalars())


def _named(connection: Connection, what: str) -> tuple[str, str]:
    """What an id names, as the history calls it: an original, or the claims of a document that a claim is among."""
    claims = tables.claims
    if what and set(what) <= _HEX:
        past = what + "g"
        found = [("original", sha256) for sha256 in _originals(connection, what)]
        found += [
            ("claims", document)
            for document in connection.execute(
                select(claims.c.document).where(claims.c.id >= what, claims.c.id < past).limit(2)
            ).scalars()
        ]
        if len(found) == 1:
            return found[0]
        if found:
            message = f"several originals and claims begin with {what!r}"
            raise UsageError(message)
    message = f"{what!r} is neither a revision's number nor the beginning of the id of an original or a claim"
    raise UsageError(message)


def _parts(connection: Connection, row: Row[Any]) -> tuple[str, ...]:
    """What a revision's content is the digest of, where the rows still give it and it is text."""
    found = _TOLD[row.what](connection, row.subject) if row.what in _TOLD else ()
    return tuple(part.decode() for part in found) if netstrings(found) == row.content else ()


def _original(connection: Connection, subject: str) -> tuple[bytes, ...]:
    table = tables.originals
    row = connection.execute(select(table).where(table.c.sha256 == subject)).mappings().first()
    return rows.plain_parts(dict(row)) if row is not None else ()


def _document(connection: Connection, subject: str) -> tuple[bytes, ...]:
    documents, raws = tables.documents, tables.raws
    row = connection.execute(select(documents).where(documents.c.id == subject)).mappings().first()
    if row is None:
        return ()
    raw = connection.execute(select(raws.c.text).where(raws.c.original == row["original"])).scalar_one()
    return rows.plain_parts({**row, "text": text_digest(row["text"]), "raw": text_digest(raw)})


def _claims(connection: Connection, subject: str) -> tuple[bytes, ...]:
    """The claims of a document as first read, with how they were understood then."""
    claims, groundings = tables.claims, tables.groundings
    query = (
        select(claims.c.run, claims.c.value, groundings.c.value.label("how"))
        .join(groundings, (groundings.c.claim == claims.c.id) & (groundings.c.run == claims.c.run))
        .where(claims.c.document == subject)
        .order_by(groundings.c.number)
    )
    found = connection.execute(query).all()
    first = found[0].run if found else ""
    said = [part for row in found if row.run == first for part in (row.value, row.how)]
    return (first.encode(), *said) if found else ()


_TOLD = {"original": _original, "document": _document, "claims": _claims}
