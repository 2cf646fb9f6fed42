"""The database behind a ledger: opening it, bringing it to the current schema, and its full-text index.

SQLite in WAL mode through pysqlite3 where a wheel exists (its SQLite is past the WAL-reset fix of 3.51.3), else the
standard library's. One process writes at a time; `case.py` holds the lock.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

from tadmor.errors import CaseNotWritableError, CaseTooNewError


def engine_of(path: Path, *, writable: bool) -> Engine:
    """An engine on a ledger file. Readers never lock out the writer."""
    mode = "rwc" if writable else "ro"
    engine = create_engine(f"sqlite:///file:{path}?mode={mode}&uri=true", module=_dbapi())
    event.listen(engine, "connect", _configure(writable=writable))
    event.listen(engine, "begin", _begin(writable=writable))
    return engine


def _dbapi() -> Any:
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - absent on some platforms
    except ImportError:
        from sqlite3 import dbapi2  # noqa: PLC0415
    return dbapi2


def _configure(*, writable: bool) -> Any:
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" event opens transactions, not the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA busy_timeout = 5000")
        if writable:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return configure


def _begin(*, writable: bool) -> Any:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writable else "BEGIN")

    return begin


def upgrade(engine: Engine, folder: Path) -> None:
    """Bring the schema to the newest revision.

    Raises:
        CaseTooNewError: the file has a revision that this version does not know.
        CaseNotWritableError: the file is no database, or cannot be written.
    """
    from alembic import command  # noqa: PLC0415 - only where a case is opened for writing
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", "tadmor.ledger:migrations")
    config.set_main_option("path_separator", "os")
    try:
        check_known(engine, folder)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DatabaseError as error:
        raise CaseNotWritableError(folder, str(error.orig)) from error
    except CommandError as error:
        raise CaseNotWritableError(folder, str(error)) from error


def check_known(engine: Engine, folder: Path) -> None:
    """Refuse a ledger of a later version.

    Raises:
        CaseTooNewError: its revision is unknown here.
    """
    from tadmor.ledger.migrations import REVISIONS  # noqa: PLC0415

    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise CaseTooNewError(folder, str(found), REVISIONS[-1])


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger throughout."""
    with engine.connect() as connection:
        yield connection


def index_quote(connection: Connection, number: int, quote: str) -> None:
    """Add a claim's words to the full-text index: by words, and by trigrams for scripts with prefixed particles."""
    for table in ("quotes_words", "quotes_trigrams"):
        connection.execute(text(f"INSERT INTO {table}(rowid, quote) VALUES (:n, :q)"), {"n": number, "q": quote})  # noqa: S608 - fixed names


def matching_claims(words: str) -> tuple[str, dict[str, str]]:
    """A condition on `claims.number`, with its parameters, for a full-text question.

    Latin words are matched whole, others by their letters (Arabic particles are written on to a word).
    """
    table = "quotes_words" if words.isascii() else "quotes_trigrams"
    question = " ".join(f'"{word}"' for word in words.replace('"', " ").split())
    return f"claims.number IN (SELECT rowid FROM {table} WHERE {table} MATCH :question)", {"question": question}  # noqa: S608
