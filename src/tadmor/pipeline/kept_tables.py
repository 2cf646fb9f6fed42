"""Tables that a case holds, opened again as they were read."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import KeptTable, TableInfo
from tadmor.datamodel.spans import Span
from tadmor.dictionaries.actors import ActorTable, load_actors
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.tables import Layout, Table, ToldRow, layouts_of, open_table, told_rows


def open_kept(ledger: Ledger, kept: KeptTable, actors: ActorTable) -> Table | None:
    """A table of the case; `None` where this tadmor reads it no more."""
    text = ledger.document(kept.documents[0]).raw
    table = open_table(kept.name, text, known_layouts(kept.info, actors), kept.info.columns)
    return table if isinstance(table, Table) else None


def known_layouts(info: TableInfo, actors: ActorTable) -> tuple[Layout, ...]:
    """The layout that a table was read by."""
    mapping = info.mapping if info.mapping is not msgspec.UNSET else None
    named = layouts_of(actors, info.holders, mapping)
    return tuple(layout for layout in named if layout.name == info.layout)


class RowTold(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table of the case, with the claims made of it, rejected ones too."""

    layout: str
    row: ToldRow
    claims: tuple[GroundedClaim, ...]


def rows_told(ledger: Ledger, tables: Sequence[KeptTable] | None = None) -> Iterator[RowTold]:
    """The rows of the tables of a case, each with its claims; rows of which nothing was taken are passed over."""
    actors = load_actors()
    for kept in ledger.tables() if tables is None else tables:
        table = open_kept(ledger, kept, actors)
        if table is None:
            continue
        rows = list(told_rows(table))
        made = _made(ledger, kept, [row.start for row in rows])
        for number, row in enumerate(rows):
            if number in made:
                yield RowTold(layout=kept.info.layout, row=row, claims=tuple(made[number]))


def _made(ledger: Ledger, kept: KeptTable, starts: Sequence[int]) -> dict[int, list[GroundedClaim]]:
    """The claims of a table, by the number of the row that they stand in."""
    begins = {identity: ledger.document(identity).raw_span(Span(0, 0)).start for identity in kept.documents}
    made: dict[int, list[GroundedClaim]] = {}
    for claim in ledger.claims(ClaimFilter(document=kept.documents), rejected=True):
        at = begins[claim.claim.document] + claim.claim.start
        made.setdefault(bisect_right(starts, at) - 1, []).append(claim)
    return made
