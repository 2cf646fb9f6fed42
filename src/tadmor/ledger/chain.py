"""The audit chain: each write is a revision whose digest covers the one before it."""

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from tadmor.datamodel.issues import Issue
from tadmor.ledger.tables import revisions

#: What the first revision follows.
GENESIS = "0" * 64


def content_digest(*parts: bytes) -> str:
    """SHA-256 over length-prefixed parts."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(b"%d:" % len(part))
        hasher.update(part)
    return hasher.hexdigest()


def link_digest(number: int, made: str, what: str, subject: str, content: str, previous: str) -> str:
    """The digest of one revision."""
    return content_digest(*(str(part).encode() for part in (number, made, what, subject, content, previous)))


def append(connection: Connection, what: str, subject: str, content: str) -> None:
    """Add a revision in the running transaction."""
    last = connection.execute(
        select(revisions.c.number, revisions.c.digest).order_by(revisions.c.number.desc()).limit(1)
    ).first()
    number, previous = (last.number + 1, last.digest) if last is not None else (1, GENESIS)
    made = datetime.now(UTC).isoformat(timespec="microseconds")
    connection.execute(
        insert(revisions).values(
            number=number,
            made=made,
            what=what,
            subject=subject,
            content=content,
            previous=previous,
            digest=link_digest(number, made, what, subject, content, previous),
        )
    )


def check(connection: Connection) -> list[Issue]:
    """Recompute the chain; name the first revision that does not fit."""
    previous = GENESIS
    for position, row in enumerate(connection.execute(select(revisions).order_by(revisions.c.number)), start=1):
        expected = link_digest(row.number, row.made, row.what, row.subject, row.content, previous)
        if row.number != position or row.previous != previous or row.digest != expected:
            return [
                Issue(
                    where=f"revision {position}",
                    rule="chain-broken",
                    message=f"the history was changed here ({row.what} {row.subject}): its digest does not follow",
                )
            ]
        previous = row.digest
    return []


def count(connection: Connection) -> int:
    """Revisions so far."""
    return connection.execute(select(func.count()).select_from(revisions)).scalar_one()
