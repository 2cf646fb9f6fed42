"""The database behind a ledger: opening it, bringing it to the current schema, and what is its dialect's own.

SQLite in WAL mode through pysqlite3 where a wheel exists (its SQLite is past the WAL-reset fix of 3.51.3), else the
standard library's. One process writes at a time; `case.py` holds the lock. Another database takes the place of this
module: everything else in the ledger is SQLAlchemy Core.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    QueuePool,
    Table,
    and_,
    create_engine,
    event,
    false,
    inspect,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, OperationalError

from tadmor.errors import CaseError, CaseNotFoundError, CaseNotWritableError, CaseTooNewError
from tadmor.ledger.tables import FULL_TEXT, claims, metadata

#: Execution option of connections that write: they take the write lock at once, not at their first statement.
_WRITES = "tadmor_writes"
#: Scripts that part words by spaces and write no particles on to them: Latin, Greek, Cyrillic, and punctuation.
_SPACED = re.compile(r"[\u0000-\u052f\u1e00-\u206f]*")
#: FTS5's trigram index finds nothing shorter.
_TRIGRAM = 3
#: The tables in which FTS5 keeps an index.
_PARTS = ("data", "idx", "docsize", "config")


def engine_of(path: Path, *, writable: bool, journal: str = "WAL") -> Engine:
    """An engine on a ledger file. Readers never lock out the writer, nor the writer's own reading its writing.

    With another `journal` than WAL they do, shortly; several processes may write, and each write changes the file's own
    count of changes.
    """
    dbapi = _dbapi()
    address = f"file:{quote(str(path.absolute()))}?{_mode(path, writable=writable)}"

    def connect() -> Any:
        return dbapi.connect(address, uri=True, check_same_thread=False)

    engine = create_engine("sqlite://", module=dbapi, creator=connect, poolclass=QueuePool, max_overflow=-1)
    event.listen(engine, "connect", _configure(journal if writable else None))
    event.listen(engine, "begin", _begin)
    return engine


def _dbapi() -> Any:
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - absent on some platforms
    except ImportError:
        from sqlite3 import dbapi2  # noqa: PLC0415
    return dbapi2


def _mode(path: Path, *, writable: bool) -> str:
    """How the file is opened. SQLite reads a WAL file on a read-only disk only if told that nobody can write to it."""
    if writable:
        return "mode=rwc"
    log = path.with_name(path.name + "-wal")
    frozen = os.statvfs(path.parent).f_flag & os.ST_RDONLY and not (log.exists() and log.stat().st_size)
    return "mode=ro&immutable=1" if frozen else "mode=ro"


def _configure(journal: str | None) -> Callable[[Any, Any], None]:
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" event opens transactions, not the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA busy_timeout = 5000")
        if journal is not None:
            cursor.execute(f"PRAGMA journal_mode = {journal}")
            cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return configure


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


def upgrade(engine: Engine, folder: Path) -> str | None:
    """Bring the schema to the newest revision, in one transaction.

    Returns:
        The revision that it had, where that was an older one.

    Raises:
        CaseTooNewError: the file has a revision that this version does not know.
        CaseNotWritableError: the file is no database, or cannot be written.
    """
    from alembic import command  # noqa: PLC0415 - only where a case is opened for writing
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    from tadmor.ledger.migrations import REVISIONS  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", "tadmor.ledger:migrations")
    config.set_main_option("path_separator", "os")
    try:
        before = _revision(engine, folder)
        if before == REVISIONS[-1]:
            return None
        with engine.execution_options(**{_WRITES: True}).connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DatabaseError as error:
        raise CaseNotWritableError(folder, str(error.orig)) from error
    except CommandError as error:
        raise CaseNotWritableError(folder, str(error)) from error
    return before


def check_readable(engine: Engine, folder: Path) -> None:
    """Refuse a ledger that cannot be read as it is.

    Raises:
        CaseNotFoundError: the case was never finished making; it holds nothing.
        CaseTooNewError: its revision is unknown here.
        CaseError: it is no database, of an older version, or of none that it tells.
    """
    from tadmor.ledger.migrations import REVISIONS  # noqa: PLC0415

    try:
        found = _recovered_revision(engine, folder)
    except DatabaseError as error:
        message = f"{folder}: ledger.db cannot be read ({error.orig}); restore it, or copy the case to another disk"
        raise CaseError(message) from error
    if found is None and not _empty(engine):
        message = f"{folder}: ledger.db has lost the number of its schema (alembic_version); restore it from a copy"
        raise CaseError(message)
    if found is None:
        raise CaseNotFoundError(folder)
    if found != REVISIONS[-1]:
        message = f"{folder}: written by an older tadmor (schema {found}); run tadmor upgrade --case {folder}"
        raise CaseError(message)


def _recovered_revision(engine: Engine, folder: Path) -> str | None:
    """The schema's revision; what a killed writer left half-written is first rolled back, which a reader may not do."""
    try:
        return _revision(engine, folder)
    except DatabaseError as error:
        path = folder / "ledger.db"
        if "readonly" not in str(error.orig) or not os.access(path, os.W_OK):
            raise
    connection = _dbapi().connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except connection.DatabaseError as error:
        message = f"{folder}: ledger.db cannot be recovered ({error}); restore it from a copy"
        raise CaseError(message) from error
    finally:
        connection.close()
    return _revision(engine, folder)


def _empty(engine: Engine) -> bool:
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def _revision(engine: Engine, folder: Path) -> str | None:
    """The schema's revision, `None` where there is no schema yet."""
    from tadmor.ledger.migrations import REVISIONS  # noqa: PLC0415

    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise CaseTooNewError(folder, str(found), REVISIONS[-1])
    return found


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger throughout."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def transaction(engine: Engine, folder: Path) -> Iterator[Connection]:
    """A connection whose writes all stand at the end, or none.

    Raises:
        CaseNotWritableError: the disk is full, gone or broken.
    """
    try:
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            yield connection
    except OperationalError as error:
        raise CaseNotWritableError(folder, str(error.orig)) from error


def vacuum_into(engine: Engine, path: Path) -> None:
    """A copy of the whole database that holds its rows and nothing that was deleted or overwritten."""
    path.unlink(missing_ok=True)
    raw = engine.raw_connection()  # outside of any transaction, as VACUUM must be
    try:
        raw.cursor().execute("VACUUM INTO ?", [str(path)])
    finally:
        raw.close()


def add_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Add the rows whose keys are not there yet."""
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))


def index_quotes(connection: Connection, quotes: Sequence[tuple[int, str]]) -> None:
    """Add claims' words, by `claims.number`, to the full-text index: as words and as trigrams."""
    rows = [{"number": number, "quote": words} for number, words in quotes]
    for table in FULL_TEXT:
        if rows:
            connection.execute(text(f"INSERT INTO {table}(rowid, quote) VALUES (:number, :quote)"), rows)  # noqa: S608 - fixed names


def missing_tables(connection: Connection) -> list[str]:
    """Tables of the schema that the file has no more; of a full-text index that is gone, the index alone."""
    there = set(inspect(connection).get_table_names())
    parts = {f"{name}_{part}" for name in FULL_TEXT if name in there for part in _PARTS}
    return sorted({*metadata.tables, *FULL_TEXT, *parts} - there)


def dangling_rows(connection: Connection) -> list[tuple[str, int, str]]:
    """Rows that refer to a row which is not there: their table, their number in it, and the table referred to."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return sorted((str(row[0]), int(row[1] or 0), str(row[2])) for row in found)


def unfaithful_indexes(connection: Connection) -> list[str]:
    """The full-text indexes that do not hold exactly the words of all quotes, each at its place.

    The comparison is SQLite's own, which cuts every quote into words anew (30,000 quotes: 0.5 s). It counts as a write
    and so is made on copies in the connection's temporary database, which end with its transaction: the case may be
    open for reading only, or lie on a disk that refuses writes.
    """
    connection.execute(select(claims.c.number, claims.c.quote).limit(1)).first()  # fails in clearer words than a copy
    connection.exec_driver_sql("CREATE TEMP VIEW quoted AS SELECT number, quote FROM main.claims")
    return [name for name in FULL_TEXT if not _faithful(connection, name)]


def _faithful(connection: Connection, name: str) -> bool:
    copy = f"copied_{name}"
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE temp.{copy}"
        f" USING fts5(quote, content='quoted', content_rowid='number', {FULL_TEXT[name]})"
    )
    for part in _PARTS:
        connection.exec_driver_sql(f"DELETE FROM temp.{copy}_{part}")  # noqa: S608 - fixed names
        connection.exec_driver_sql(f"INSERT INTO temp.{copy}_{part} SELECT * FROM main.{name}_{part}")  # noqa: S608
    try:
        connection.exec_driver_sql(f"INSERT INTO temp.{copy}({copy}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except OperationalError:  # no room for the copy, say: that is no answer
        raise
    except DatabaseError:
        return False
    return True


def matching_claims(words: str) -> ColumnElement[bool]:
    """Claims whose quote holds all the words, in any order; without a letter or digit, none.

    Words of scripts that part them by spaces are matched whole, whatever their case and accents, or by their beginning
    where they end with an asterisk; others by their letters (Arabic particles are
    written on to a word, Chinese parts none).
    """
    asked = [word for word in words.split() if any(character.isalnum() for character in word)]
    if not asked:
        return false()
    if _SPACED.fullmatch(words):
        return _in_index("quotes_words", asked)
    long = [word for word in asked if len(word) >= _TRIGRAM]
    short = [claims.c.quote.contains(word, autoescape=True) for word in asked if len(word) < _TRIGRAM]
    return and_(*short, *([_in_index("quotes_trigrams", long)] if long else []))


def phrase(word: str) -> str:
    """A word in FTS5's language, whatever is in it; one that ends with an asterisk stands for all that begin so."""
    bare, star = (word[:-1], "*") if word.endswith("*") else (word, "")
    return '"' + bare.replace('"', '""') + '"' + star


def _in_index(table: str, words: Sequence[str]) -> ColumnElement[bool]:
    # a subselect, not a join: FTS5 beside an indexed condition can pick a plan a thousand times slower
    question = " ".join(map(phrase, words))
    condition = text(f"{table} MATCH :question").bindparams(question=question)
    return claims.c.number.in_(select(literal_column("rowid")).select_from(text(table)).where(condition))
