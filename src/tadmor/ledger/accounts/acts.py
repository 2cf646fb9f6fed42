"""What was done, by whom, from where: rows that are only added, each with a digest that covers the one before."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from tadmor.datamodel.issues import Issue
from tadmor.datamodel.people import Act, Doer, Known
from tadmor.ledger.accounts.tables import acts
from tadmor.ledger.chain import GENESIS, content_digest

#: Characters of a field at most: who sends long names does not fill the disk.
_MOST = 500
_COVERED = ("number", "made", "who", "known", "address", "what", "about", "outcome", "previous")


def append(connection: Connection, now: datetime, by: Doer, what: str, about: str, outcome: str) -> None:
    """Add an act in the running transaction."""
    last = connection.execute(select(acts.c.number, acts.c.digest).order_by(acts.c.number.desc()).limit(1)).first()
    number, previous = (last.number, last.digest) if last is not None else (0, GENESIS)
    row = {
        "number": number + 1,
        "made": now.isoformat(timespec="microseconds"),
        "who": _short(by.name),
        "known": by.known.value,
        "address": by.address,
        "what": _short(what),
        "about": _short(about),
        "outcome": _short(outcome),
        "previous": previous,
    }
    connection.execute(insert(acts), {**row, "digest": _digest(row)})


def latest(connection: Connection, limit: int, before: int | None) -> tuple[Act, ...]:
    """Acts, the latest first; those with numbers below `before`, where it is given."""
    wanted = select(acts).order_by(acts.c.number.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(acts.c.number < before)
    return tuple(_act(row) for row in connection.execute(wanted))


def broken(connection: Connection) -> Iterator[Issue]:
    """Where the acts are not as they were written: the first place, after which nothing can be said."""
    previous = GENESIS
    rows = connection.execution_options(yield_per=1000).execute(select(acts).order_by(acts.c.number))
    for position, row in enumerate(rows, start=1):
        kept = row._asdict()
        if (row.number, row.previous, row.digest) != (position, previous, _digest(kept)):
            message = f"the audit was changed here: expected act {position} after {previous}, found {row.number}"
            yield Issue(where=f"act {position}", rule="audit-broken", message=message)
            return
        previous = row.digest


def rewritten(connection: Connection, told: Callable[[str], str]) -> int:
    """Have every act say what `told` makes of its words, with new digests from the first that changes; how many did.

    Only a redaction does so; the acts before the first that changes keep their digests.
    """
    previous, changed = GENESIS, 0
    for row in connection.execute(select(acts).order_by(acts.c.number)).all():
        kept = row._asdict()
        fresh = {**kept, **{one: told(kept[one]) for one in ("who", "what", "about", "outcome")}, "previous": previous}
        changed += any(kept[one] != fresh[one] for one in ("who", "what", "about", "outcome"))
        fresh["digest"] = _digest(fresh) if changed else kept["digest"]
        if changed:
            connection.execute(update(acts).where(acts.c.number == row.number).values(fresh))
        previous = fresh["digest"]
    return changed


def _digest(row: dict[str, object]) -> str:
    # an address that is not known is told apart from an empty one
    return content_digest(*(b"-" if row[one] is None else b"=" + str(row[one]).encode() for one in _COVERED))


def _short(words: str) -> str:
    """A line of bounded length, which can be stored whatever it holds."""
    line = " ".join(words.replace("\x00", " ").split())
    return line.encode("utf-8", "replace").decode()[:_MOST]


def _act(row: Row[tuple[object, ...]]) -> Act:
    return Act(
        number=row.number,
        made=datetime.fromisoformat(row.made),
        who=row.who,
        known=Known(row.known),
        address=row.address,
        what=row.what,
        about=row.about,
        outcome=row.outcome,
        digest=row.digest,
    )
