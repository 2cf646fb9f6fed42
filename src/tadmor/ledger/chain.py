"""The audit chain: each write is a revision whose digest covers the one before it.

Whoever changes, removes or slips in a row must rewrite every later revision; whoever noted the last digest elsewhere
finds out even then.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, insert, select

from tadmor.datamodel.history import Revision
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
    append_all(connection, what, [(subject, content)])


def append_all(connection: Connection, what: str, told: Sequence[tuple[str, str]]) -> None:
    """Add revisions of one sort in the running transaction: subjects with digests of content, in order."""
    if not told:
        return
    last = connection.execute(
        select(revisions.c.number, revisions.c.digest).order_by(revisions.c.number.desc()).limit(1)
    ).first()
    number, previous = (last.number, last.digest) if last is not None else (0, GENESIS)
    made = datetime.now(UTC).isoformat(timespec="microseconds")
    added = []
    for subject, content in told:
        number += 1
        digest = link_digest(number, made, what, subject, content, previous)
        row = {"number": number, "made": made, "what": what, "subject": subject, "content": content}
        added.append({**row, "previous": previous, "digest": digest})
        previous = digest
    connection.execute(insert(revisions), added)


def history(connection: Connection) -> Iterator[Revision]:
    """All revisions, first to last."""
    for row in _rows(connection):
        yield Revision(
            number=row.number,
            made=datetime.fromisoformat(row.made),
            what=row.what,
            subject=row.subject,
            previous=row.previous,
            digest=row.digest,
        )


def head(connection: Connection) -> str:
    """The digest of the last revision: of all that was ever written."""
    last = select(revisions.c.digest).order_by(revisions.c.number.desc()).limit(1)
    return connection.execute(last).scalar() or GENESIS


def contents(connection: Connection, *what: str) -> list[tuple[str, str]]:
    """What the revisions of one sort, or of several, say was written: subjects with digests of content, in order."""
    query = select(revisions.c.subject, revisions.c.content).where(revisions.c.what.in_(what))
    return [(row.subject, row.content) for row in connection.execute(query.order_by(revisions.c.number))]


def check(connection: Connection) -> Iterator[Issue]:
    """Recompute the chain; name the first revision that does not fit."""
    previous = GENESIS
    for position, row in enumerate(_rows(connection), start=1):
        expected = link_digest(row.number, row.made, row.what, row.subject, row.content, previous)
        if row.number != position or row.previous != previous or row.digest != expected:
            message = (
                f"the history was changed here ({row.what} {row.subject}): "
                f"expected revision {position} with digest {expected}, found {row.number} with {row.digest}"
            )
            yield Issue(where=f"revision {position}", rule="chain-broken", message=message)
            return
        previous = row.digest


def _rows(connection: Connection) -> Iterator[Row[tuple[object, ...]]]:
    yield from connection.execution_options(yield_per=1000).execute(select(revisions).order_by(revisions.c.number))
