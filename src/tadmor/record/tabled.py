"""Rows of tables in matching: a table tells its events apart, so two of its rows are never one incident."""

from collections.abc import Iterable
from typing import NamedTuple

from tadmor.datamodel.claims import from_table
from tadmor.datamodel.grounded import GroundedClaim


class TableRow(NamedTuple):
    """Which row of which table: tables of one layout and publisher count as one, being editions or parts of it."""

    table: tuple[str, str]
    document: str
    place: int  # where the row names its place


def row_of(claim: GroundedClaim) -> TableRow | None:
    """The row that a claim was taken from; `None` of a claim from a text."""
    said = claim.claim
    if not from_table(said) or said.place is None:
        return None
    return TableRow((claim.publisher.id, said.reader), said.document, said.place.start)


def of_two_rows(one: TableRow | None, other: TableRow | None) -> bool:
    """Are both of one table, and not of one row of it?"""
    return one is not None and other is not None and one.table == other.table and one != other


def may_meet(one: Iterable[TableRow | None], other: Iterable[TableRow | None]) -> bool:
    """May two groups be of one incident, each having at most one row of a table?"""
    rows = {row.table: row for row in one if row is not None}
    return not any(row is not None and of_two_rows(row, rows.get(row.table)) for row in other)
