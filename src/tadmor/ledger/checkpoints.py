"""Checkpoints as rows: made over all revisions there are, and checked against the tree."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from tadmor.datamodel.checkpoints import ORIGIN, Checkpoint, SignedCheckpoint, VerifierKey
from tadmor.datamodel.issues import Issue
from tadmor.errors import UsageError
from tadmor.ledger import chain, tree
from tadmor.ledger.comparing import in_order
from tadmor.ledger.damage import as_bytes, guarded
from tadmor.ledger.encoding import encode
from tadmor.ledger.rows import plain_content
from tadmor.ledger.tables import checkpoints, revisions

#: Signs the head of a history.
Signing = Callable[[Checkpoint], SignedCheckpoint]


def head_of(connection: Connection) -> Checkpoint:
    """The head of the history, to be signed.

    Raises:
        UsageError: nothing was ever written.
    """
    size = tree.size_of(connection)
    first = connection.execute(select(revisions.c.digest).where(revisions.c.number == 1)).scalar()
    if not size or first is None:
        message = "the case holds nothing yet: there is no history to sign"
        raise UsageError(message)
    root, head = tree.root_at(connection, size).hex(), chain.head(connection)
    return Checkpoint(origin=ORIGIN + first, size=size, root=root, head=head, made=datetime.now(UTC))


def add(connection: Connection, sign: Signing) -> SignedCheckpoint:
    """Sign the head of the history and keep that; fails as `head_of` does."""
    signed = sign(head_of(connection))
    row = {"size": signed.checkpoint.size, "value": encode(signed)}
    number = int(connection.execute(select(func.coalesce(func.max(checkpoints.c.number), 0))).scalar_one()) + 1
    connection.execute(insert(checkpoints), {"number": number, **row})
    chain.append(connection, "checkpoint", str(number), plain_content(row))
    return signed


def every(connection: Connection) -> list[SignedCheckpoint]:
    """All checkpoints, in the order made."""
    values = connection.execute(select(checkpoints.c.value).order_by(checkpoints.c.number)).scalars()
    return [msgspec.json.decode(value, type=SignedCheckpoint) for value in values]


def check(connection: Connection) -> Iterator[Issue]:
    """Is each checkpoint the one that was written, signed by its key, and true of the history as it is?"""
    rows = connection.execute(select(checkpoints).order_by(checkpoints.c.number)).all()
    found = [(str(row.number), plain_content({"size": row.size, "value": as_bytes(row.value)})) for row in rows]
    yield from in_order("checkpoint", chain.contents(connection, "checkpoint"), found)
    for row in rows:
        where = f"checkpoint {row.number}"
        yield from guarded(where, "checkpoint-damaged", _one(connection, where, as_bytes(row.value)))


def _one(connection: Connection, where: str, value: bytes) -> Iterator[Issue]:
    signed = msgspec.json.decode(value, type=SignedCheckpoint)
    key = VerifierKey.of(signed.key)
    if not key.signed(signed.note):
        message = f"the signature is not that of the key {key.name} ({key.id})"
        yield Issue(where=where, rule="checkpoint-unsigned", message=message)
    yield from against(connection, where, signed.checkpoint)


def against(connection: Connection, where: str, told: Checkpoint) -> Iterator[Issue]:
    """Does the history begin with the one that a checkpoint was made of?"""
    first = connection.execute(select(revisions.c.digest).where(revisions.c.number == 1)).scalar()
    size = tree.size_of(connection)
    if told.origin != f"{ORIGIN}{first}":
        message = "the checkpoint is of another case, or the history was written anew from its first revision"
        yield Issue(where=where, rule="checkpoint-foreign", message=message)
    elif told.size > size:
        message = f"the history was cut off: there were {told.size} revisions on {told.made:%Y-%m-%d}, there are {size}"
        yield Issue(where=where, rule="history-cut", message=message)
    elif tree.root_at(connection, told.size).hex() != told.root:
        message = f"the first {told.size} revisions are not those that were signed on {told.made:%Y-%m-%d}"
        yield Issue(where=where, rule="history-rewritten", message=message)
