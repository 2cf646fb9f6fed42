"""Tables with a head: commas, semicolons or tabs between cells, names of columns in any case."""

import csv
from collections.abc import Iterator, Mapping

_BETWEEN = (",", ";", "\t")
#: A cell as long as this is a quote that was never closed.
_LONGEST = 1_000_000


def columns(head: str) -> dict[str, int]:
    """The columns that the first line of a table names, in lower case, each with its position."""
    cells = next(csv.reader([head], delimiter=separator(head)), [])
    return {cell.strip().casefold(): at for at, cell in reversed(list(enumerate(cells))) if cell.strip()}


def separator(head: str) -> str:
    """What stands between the cells of a table with this first line."""
    return max(_BETWEEN, key=head.count)


def rows(head: str, text: Iterator[str]) -> Iterator[tuple[int, list[str] | None]]:
    """The rows below the head, each with its (last) line; `None` for one that is no row."""
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(text, delimiter=separator(head))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num + 1, None
            continue
        if any(cell.strip() for cell in cells):
            yield reader.line_num + 1, cells


def cell(row: list[str], at: Mapping[str, int], *names: str) -> str:
    """The first of some columns that the table has and the row fills; else nothing."""
    for name in names:
        if name in at and at[name] < len(row) and row[at[name]].strip():
            return row[at[name]].strip()
    return ""
