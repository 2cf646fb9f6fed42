"""Sessions of people who logged in: an id in the browser, its digest here."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from tadmor.ledger.accounts.secrets import digest_of, fresh
from tadmor.ledger.accounts.tables import sessions

#: A session ends when nothing was asked for so long: a browser left open over a meal.
IDLE = timedelta(hours=2)
#: And in any case after so long: a working day.
ABSOLUTE = timedelta(hours=12)
#: What was asked is noted no more often than this, so that reading does not write each time.
_NOTED = timedelta(minutes=1)


def begin(connection: Connection, account: str, now: datetime) -> str:
    """A new session of an account (its folded name); gives its id. Those that have ended are forgotten."""
    connection.execute(delete(sessions).where(sessions.c.made < _iso(now - ABSOLUTE)))
    connection.execute(delete(sessions).where(sessions.c.seen < _iso(now - IDLE)))
    identity = fresh()
    row = {"digest": digest_of(identity), "account": account, "made": _iso(now), "seen": _iso(now)}
    connection.execute(insert(sessions), row)
    return identity


def account_of(connection: Connection, identity: str, now: datetime) -> tuple[str, bool] | None:
    """The account of a session that has not ended, and whether it is time to note that it is in use."""
    asked = select(sessions).where(sessions.c.digest == digest_of(identity))
    row = connection.execute(asked).first()
    if row is None:
        return None
    made, seen = datetime.fromisoformat(row.made), datetime.fromisoformat(row.seen)
    if now - made >= ABSOLUTE or now - seen >= IDLE:
        return None
    return row.account, now - seen >= _NOTED


def note_use(connection: Connection, identity: str, now: datetime) -> None:
    """A session is in use now."""
    connection.execute(update(sessions).where(sessions.c.digest == digest_of(identity)).values(seen=_iso(now)))


def end(connection: Connection, identity: str) -> None:
    """The session is over."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest_of(identity)))


def end_all(connection: Connection, account: str) -> None:
    """All sessions of an account are over."""
    connection.execute(delete(sessions).where(sessions.c.account == account))


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="microseconds")
