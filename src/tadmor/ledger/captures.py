"""Captures: how originals came into a case, written with them and asked of them."""

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlalchemy import Connection, insert, select

from tadmor.datamodel.captures import Capture, Standing
from tadmor.datamodel.history import Decision, Review
from tadmor.ledger import chain, rows, tables


def add_capture(connection: Connection, run: str, capture: Capture) -> None:
    """A capture's row and its revision; the originals that it names are there."""
    row = rows.capture_row(run, capture)
    connection.execute(insert(tables.captures), row)
    chain.append(connection, "capture", rows.capture_subject(row), rows.plain_content(row))


def captures_in(connection: Connection, page: str | None = None, original: str | None = None) -> Iterator[Capture]:
    """All captures in the order noted; those of one page, or those that an original was taken from."""
    table = tables.captures
    query = select(table.c.value).order_by(table.c.number)
    if page is not None:
        query = query.where(table.c.page == page)
    if original is not None:
        query = query.where(table.c.original == original)
    for value in connection.execute(query).scalars():
        yield msgspec.json.decode(value, type=Capture)


def standing_in(connection: Connection) -> Standing:
    """Which originals stand on which days."""
    return Standing(captures_in(connection))


def taken_in(connection: Connection, archive: str) -> set[str]:
    """The positions in an archive of what was taken out of it already."""
    table = tables.captures
    return set(connection.execute(select(table.c.position).where(table.c.archive == archive)).scalars())


def texts_in(connection: Connection, original: str) -> tuple[str, ...]:
    """The cleaned texts of an original's documents, in order."""
    table = tables.documents
    query = select(table.c.text).where(table.c.original == original).order_by(table.c.position)
    return tuple(connection.execute(query).scalars())


class Unsaid:
    """Does a claim no longer count, as its page said something else, or nothing, at the end of a day?

    What a person accepted or corrected after the page had changed counts on: they knew, and say why.
    """

    def __init__(self, connection: Connection, day: date | None) -> None:
        self._standing = standing_in(connection)
        self._replaced = self._standing.replaced(day)

    def __call__(self, original: str, word: Review | None) -> bool:
        """Of a claim of this original, with the decision that stands on it."""
        if original not in self._replaced:
            return False
        until = self._standing.until(original)
        kept = word is not None and word.decision in {Decision.ACCEPT, Decision.CORRECT}
        return not (kept and until is not None and word is not None and word.made >= until)
