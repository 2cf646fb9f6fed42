"""The columns of a table by name, and the cells of a row by column."""

import re
from collections.abc import Iterable, Mapping, Sequence

from tadmor.tables.cells import Cell, Row

_APART = re.compile(r"[\s._-]+")


class BadRowError(ValueError):
    """A row that cannot be read; its text says what to do."""


class Columns:
    """Where each column stands. Names are compared without case; spaces, points and hyphens count as underscores.

    Args:
        names: as the head of the table has them.
        called: what the user says that columns of other names are ("place" -> "Nom de la ville").
    """

    def __init__(self, names: Iterable[str], called: Mapping[str, str] | None = None) -> None:
        self.names = tuple(plain(name) for name in names)
        self._at = {name: at for at, name in reversed(list(enumerate(self.names))) if name}
        self.missing = tuple(name for name in (called or {}).values() if plain(name) not in self._at)
        for role, name in (called or {}).items():
            if plain(name) in self._at:
                self._at[plain(role)] = self._at[plain(name)]

    def __contains__(self, name: object) -> bool:
        """Has the table such a column?"""
        return name in self._at

    def has(self, *names: str) -> bool:
        """Has the table one of some columns?"""
        return any(name in self._at for name in names)

    def at(self, name: str) -> int:
        """The position of a column that is there."""
        return self._at[name]


def plain(name: str) -> str:
    """A column's name as compared."""
    return _APART.sub("_", name.strip().casefold()).strip("_")


class Cells:
    """One row under its columns."""

    def __init__(self, row: Row, cells: Sequence[Cell], columns: Columns) -> None:
        self.line, self.start, self.end = row.line, row.start, row.end
        self.row, self.cells, self.columns = row, cells, columns

    def cell(self, *names: str) -> Cell | None:
        """The first of some columns that the table has and the row fills."""
        for name in names:
            if name in self.columns:
                found = self.cells[self.columns.at(name)]
                if found.text:
                    return found
        return None

    def by_column(self) -> dict[str, str]:
        """All cells, by the names of their columns as compared."""
        return {name: cell.text for name, cell in zip(self.columns.names, self.cells, strict=False) if name}

    def text(self, *names: str) -> str:
        """What stands there; nothing where it is empty."""
        found = self.cell(*names)
        return found.text if found is not None else ""


def cells_of(row: Row, columns: Columns) -> Cells:
    """The row under its columns; cells that are missing at its end count as empty.

    Raises:
        BadRowError: it is no row, or has not the cells of the head: then none of them is sure.
    """
    if row.cells is None:
        message = "a quotation mark is not closed; check the quotation marks of this line"
        raise BadRowError(message)
    wanted, cells = len(columns.names), list(row.cells)
    while len(cells) > wanted and not cells[-1].text:
        cells.pop()
    if len(cells) != wanted:
        message = f"has {len(cells)} cells where the head has {wanted}; check its commas and quotation marks"
        raise BadRowError(message)
    return Cells(row, cells, columns)
