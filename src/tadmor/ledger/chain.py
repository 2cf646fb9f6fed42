"""The audit chain: each write is a revision whose digest covers the one before it.

Whoever changes, removes or slips in a row must rewrite every later revision; whoever noted the last digest elsewhere
finds out even then.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from tadmor.datamodel.history import Revision
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.proofs import netstrings
from tadmor.ledger import tree
from tadmor.ledger.tables import redacted, revisions

#: What the first revision follows.
GENESIS = "0" * 64
#: A clock that goes back by less was corrected over the network, as clocks are; by more, it was set.
SET_BACK = timedelta(minutes=1)


def content_digest(*parts: bytes) -> str:
    """SHA-256 over length-prefixed parts."""
    return netstrings(parts)


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
    tree.complete(connection, number - len(added), number)


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
    """What the revisions of one sort, or of several, say was written: subjects with digests of content, in order.

    Of rows that a redaction changed, the digests are those that it gave.
    """
    query = select(revisions.c.number, revisions.c.subject, revisions.c.content).where(revisions.c.what.in_(what))
    now = {row.revision: row.content for row in connection.execute(select(redacted).order_by(redacted.c.redaction))}
    found = connection.execute(query.order_by(revisions.c.number))
    return [(row.subject, now.get(row.number, row.content)) for row in found]


def check(connection: Connection) -> Iterator[Issue]:
    """Recompute the chain; name the first revision that does not fit, and where the clock was set back."""
    previous, made = GENESIS, ""
    links = {row.revision: row.link for row in connection.execute(select(redacted).order_by(redacted.c.redaction))}
    for position, row in enumerate(_rows(connection), start=1):
        amiss = _amiss(row, position, previous, links.get(row.number))
        if amiss:
            message = f"the history was changed here ({row.what} {row.subject}): {amiss}"
            yield Issue(where=f"revision {position}", rule="chain-broken", message=message)
            return
        # times are written alike, so that only where one sorts before the last is there anything to reckon
        if row.made < made and datetime.fromisoformat(row.made) < datetime.fromisoformat(made) - SET_BACK:
            message = f"the clock was set back before this was written: {row.made}, after {made}"
            where = f"revision {position}"
            yield Issue(where=where, rule="clock-set-back", message=message, severity=Severity.WARNING)
        previous, made = row.digest, row.made


def _amiss(row: Row[Any], position: int, previous: str, link: str | None) -> str:
    """What is wrong with a revision that should be the one at `position`; empty: nothing.

    Of a revision whose subject a redaction withheld, `link` is the digest that it has now.
    """
    if row.number > position:
        return f"revision {position} is gone; revision {row.number} follows"
    if row.number != position:
        return f"expected revision {position}, found {row.number}"
    if row.previous != previous:
        return f"it does not follow the revision before it, whose digest is {previous}: removed, put in or out of order"
    expected = link_digest(row.number, row.made, row.what, row.subject, row.content, previous)
    if expected != (row.digest if link is None else link):
        return f"its time, subject or content is not what was written: digest {expected}, was {link or row.digest}"
    return ""


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    yield from connection.execution_options(yield_per=1000).execute(select(revisions).order_by(revisions.c.number))
