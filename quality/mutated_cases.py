"""Single changes of a case, done behind tadmor's back: of an original's bytes, of a row, of the history."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from tadmor.ledger.tables import FULL_TEXT, metadata

Row = tuple[object, ...]
#: Tables whose rows are changed: all, but those of which the full-text index consists.
_TABLES = sorted(set(metadata.tables) - set(FULL_TEXT))


def changed(kind: str, draw: random.Random, case: Path) -> str:
    """One change of a kind, in words."""
    return KINDS[kind](draw, case)


# -- originals ------------------------------------------------------------------------------------------------------


def _original(draw: random.Random, case: Path) -> Path:
    path = draw.choice(sorted(one for one in (case / "originals").rglob("*") if one.is_file()))
    path.chmod(0o644)
    return path


def _flipped(draw: random.Random, case: Path) -> str:
    path = _original(draw, case)
    data = bytearray(path.read_bytes())
    at = draw.randrange(len(data))
    data[at] ^= 1 << draw.randrange(8)
    path.write_bytes(data)
    return f"a bit of byte {at} of {path.name}"


def _cut_off(draw: random.Random, case: Path) -> str:
    path = _original(draw, case)
    data = path.read_bytes()
    path.write_bytes(data[: draw.randrange(len(data))])
    return f"{path.name} cut off"


def _removed(draw: random.Random, case: Path) -> str:
    path = _original(draw, case)
    path.unlink()
    return f"{path.name} removed"


def _exchanged(draw: random.Random, case: Path) -> str:
    one, other = _original(draw, case), _original(draw, case)
    while one == other:
        other = _original(draw, case)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    return f"{one.name} and {other.name} exchanged"


# -- rows -----------------------------------------------------------------------------------------------------------


def _opened(case: Path) -> sqlite3.Connection:
    """The ledger, without what refuses changes."""
    connection = sqlite3.connect(case / "ledger.db")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def _rows_of(connection: sqlite3.Connection, draw: random.Random) -> tuple[str, list[str], list[Row]]:
    """A table that has rows, its columns, and its rows with `rowid` first."""
    while True:
        table = draw.choice(_TABLES)
        found = connection.execute(f"SELECT rowid, * FROM {table}")  # noqa: S608 - a name of the schema
        rows = found.fetchall()
        if rows:
            return table, [one[0] for one in found.description[1:]], rows


def _edited(draw: random.Random, case: Path) -> str:
    """One value of one row."""
    with closing(_opened(case)) as connection, connection:
        table, columns, rows = _rows_of(connection, draw)
        row, at = draw.choice(rows), draw.randrange(len(columns))
        was = row[1 + at]
        new = other_value(draw, was)
        try:
            connection.execute(f"UPDATE {table} SET {_quoted(columns[at])} = ? WHERE rowid = ?", (new, row[0]))  # noqa: S608
        except sqlite3.IntegrityError:  # another row has that key
            connection.rollback()
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row[0],))  # noqa: S608
    return f"{table}.{columns[at]} of row {row[0]}: {str(was)[:40]!r} to {str(new)[:40]!r}"


def other_value(draw: random.Random, was: object) -> object:
    """A value of the same type that is another."""
    if was is None:
        return "2000-01-01"
    if isinstance(was, int | float):
        return was + draw.choice([1, -1, 7])
    if not was:
        return b"x" if isinstance(was, bytes) else "x"
    at = draw.randrange(len(was))  # type: ignore[arg-type]
    if isinstance(was, bytes):
        return was[:at] + bytes([was[at] ^ (1 << draw.randrange(8))]) + was[at + 1 :]
    text = str(was)
    return text[:at] + draw.choice([one for one in "abcxyz0189 ا" if one != text[at]]) + text[at + 1 :]


def _dropped(draw: random.Random, case: Path) -> str:
    with closing(_opened(case)) as connection, connection:
        table, _, rows = _rows_of(connection, draw)
        row = draw.choice(rows)
        connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row[0],))  # noqa: S608
    return f"row {row[0]} of {table} dropped"


def _doubled(draw: random.Random, case: Path) -> str:
    """A row once more, with keys of its own."""
    with closing(_opened(case)) as connection, connection:
        while True:
            table, columns, rows = _rows_of(connection, draw)
            row = list(draw.choice(rows)[1:])
            keys = [at for at, one in enumerate(metadata.tables[table].columns) if one.primary_key or one.unique]
            for at in keys:
                top = max(int(one[1 + at]) for one in rows) if isinstance(row[at], int) else 0  # type: ignore[call-overload]
                row[at] = top + 1 if isinstance(row[at], int) else other_value(draw, row[at])
            marks = ", ".join("?" * len(columns))
            try:
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
            except sqlite3.IntegrityError:
                continue
            return f"a row of {table} doubled"


# -- history --------------------------------------------------------------------------------------------------------


def _revisions(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT max(number) FROM revisions").fetchone()[0])


def _revision_dropped(draw: random.Random, case: Path) -> str:
    with closing(_opened(case)) as connection, connection:
        number = draw.randint(1, _revisions(connection))
        connection.execute("DELETE FROM revisions WHERE number = ?", (number,))
    return f"revision {number} dropped"


def _history_cut_off(draw: random.Random, case: Path) -> str:
    with closing(_opened(case)) as connection, connection:
        number = draw.randint(1, _revisions(connection))
        connection.execute("DELETE FROM revisions WHERE number >= ?", (number,))
    return f"the history cut off before revision {number}"


def _revision_doubled(draw: random.Random, case: Path) -> str:
    """Once more at its place, those behind it one further; or at the end."""
    with closing(_opened(case)) as connection, connection:
        last = _revisions(connection)
        number = draw.randint(1, last)
        row = connection.execute("SELECT * FROM revisions WHERE number = ?", (number,)).fetchone()
        if draw.random() < 0.5:
            connection.execute("UPDATE revisions SET number = -number - 1 WHERE number > ?", (number,))
            connection.execute("UPDATE revisions SET number = -number WHERE number < 0")
            connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?)", (number + 1, *row[1:]))
        else:
            connection.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?)", (last + 1, *row[1:]))
    return f"revision {number} doubled"


def _revisions_swapped(draw: random.Random, case: Path) -> str:
    with closing(_opened(case)) as connection, connection:
        one, other = draw.sample(range(1, _revisions(connection) + 1), 2)
        connection.execute("UPDATE revisions SET number = -1 WHERE number = ?", (one,))
        connection.execute("UPDATE revisions SET number = ? WHERE number = ?", (one, other))
        connection.execute("UPDATE revisions SET number = ? WHERE number = -1", (other,))
    return f"revisions {one} and {other} swapped"


def _revision_dated(draw: random.Random, case: Path) -> str:
    with closing(_opened(case)) as connection, connection:
        number = draw.randint(1, _revisions(connection))
        (made,) = connection.execute("SELECT made FROM revisions WHERE number = ?", (number,)).fetchone()
        moved = datetime.fromisoformat(made) + timedelta(microseconds=draw.choice([-1, 1]) * draw.randrange(1, 10**12))
        new = moved.isoformat(timespec="microseconds")
        connection.execute("UPDATE revisions SET made = ? WHERE number = ?", (new, number))
    return f"revision {number} dated {new}"


def _exchanged_values(table: str) -> Callable[[random.Random, Path], str]:
    """A checkpoint or a token in the place of another, both as they were made."""

    def exchange(draw: random.Random, case: Path) -> str:
        with closing(_opened(case)) as connection, connection:
            rows = connection.execute(f"SELECT number, value FROM {table}").fetchall()  # noqa: S608 - a fixed name
            (one, first), (other, second) = draw.sample(rows, 2)
            for number, value in (one, second), (other, first) if draw.random() < 0.5 else (one, second):
                connection.execute(f"UPDATE {table} SET value = ? WHERE number = ?", (value, number))  # noqa: S608
        return f"{table} {one} replaced by {other}"

    return exchange


def _quoted(name: str) -> str:
    return f'"{name}"'


#: Kinds of change.
KINDS: dict[str, Callable[[random.Random, Path], str]] = {
    "flipped byte of an original": _flipped,
    "original cut off": _cut_off,
    "original removed": _removed,
    "originals exchanged": _exchanged,
    "edited row": _edited,
    "dropped row": _dropped,
    "doubled row": _doubled,
    "dropped revision": _revision_dropped,
    "history cut off": _history_cut_off,
    "doubled revision": _revision_doubled,
    "swapped revisions": _revisions_swapped,
    "re-dated revision": _revision_dated,
    "replaced checkpoint": _exchanged_values("checkpoints"),
    "replaced token": _exchanged_values("tokens"),
}
