"""Where names stand in a case: in its rows, its originals, and every other byte of its folder."""

import html
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
from sqlalchemy import Connection, select

from tadmor.datamodel.captures import Capture
from tadmor.datamodel.withholding import Withheld
from tadmor.ledger import tables
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.store import engine_of, reading

#: Bytes of a file that are looked through at a time, and how many of them again with the next.
_PIECE, _AGAIN = 4_000_000, 2_000


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a redaction would touch."""

    documents: tuple[str, ...]  # ids of those in whose text a name stands
    passages: int  # how often, in all texts
    originals: tuple[str, ...]  # SHA-256 of those that would no longer be kept
    entities: tuple[str, ...]  # names of places, actors and sources that are, or hold, a name


def found(folder: Path, names: Withheld) -> Found:
    """Where names stand; nothing is changed.

    Raises:
        CaseNotFoundError: no case is there.
    """
    case = CaseFolder(folder)
    case.find()
    engine = engine_of(case.ledger, writable=False)
    try:
        with reading(engine) as connection:
            documents = list(_documents(connection, names))
            return Found(
                documents=tuple(identity for identity, _ in documents),
                passages=sum(count for _, count in documents),
                originals=tuple(originals_with(connection, case, names)),
                entities=tuple(_entities(connection, names)),
            )
    finally:
        engine.dispose()


def _documents(connection: Connection, names: Withheld) -> Iterator[tuple[str, int]]:
    table = tables.documents
    for identity, text in connection.execute(select(table.c.id, table.c.text).order_by(table.c.id)):
        if count := len(names.spans(text)):
            yield identity, count


def _entities(connection: Connection, names: Withheld) -> Iterator[str]:
    values = connection.execute(select(tables.entities.c.value).order_by(tables.entities.c.number)).scalars()
    yield from dict.fromkeys(
        one["name"] for value in values if names.within(value.decode()) for one in [msgspec.json.decode(value)]
    )


def originals_with(connection: Connection, case: CaseFolder, names: Withheld) -> Iterator[str]:
    """Originals with a name in the text read from them, or in their bytes as they stand there.

    So are the archives that such a one was taken out of: there it may stand compressed.
    """
    originals, raws, documents = tables.originals, tables.raws, tables.documents
    texts = {row.original for row in connection.execute(select(raws.c.original, raws.c.text)) if names.within(row.text)}
    cleaned = connection.execute(select(documents.c.original, documents.c.text))
    texts |= {row.original for row in cleaned if names.within(row.text)}
    kept = connection.execute(select(originals.c.sha256).order_by(originals.c.sha256)).scalars().all()
    kept = [sha256 for sha256 in kept if case.path_of(sha256).is_file()]
    named = {sha256 for sha256 in kept if sha256 in texts or holds(case.path_of(sha256), names)}
    for value in connection.execute(select(tables.captures.c.value)).scalars():
        capture = msgspec.json.decode(value, type=Capture)
        if names.within(value.decode()) or {capture.original, capture.stands} & (named | texts):
            named.add(capture.archive)
    yield from (sha256 for sha256 in kept if sha256 in named)


def holds(path: Path, names: Withheld) -> bool:
    """Does a name stand in a file's bytes, in UTF-8 or UTF-16, also as HTML or an address writes it?

    Not where they are compressed, as in a PDF or a zip.
    """
    with path.open("rb") as file:
        kept = b""
        while piece := file.read(_PIECE):
            text = (kept + piece).decode("utf-8", "ignore")
            wide = [(kept + piece)[at:].decode("utf-16-le", "ignore") for at in (0, 1)] if b"\x00" in piece else []
            for one in (text, html.unescape(text), unquote(text), *wide):
                if names.within(one):
                    return True
            kept = piece[-_AGAIN:]
    return False


def left_in(case: CaseFolder, names: Withheld) -> list[str]:
    """Files of the case, as paths below it, in which a name still stands, or whose own name is one."""
    every = (path for path in sorted(case.folder.rglob("*")) if path.is_file())
    return [path.relative_to(case.folder).as_posix() for path in every if names.within(path.name) or holds(path, names)]
