"""A table's text cut into rows and cells, each cell with its place in the text (RFC 4180, and what is made of it)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_BETWEEN = (",", ";", "\t")
_MARK = "\ufeff"


class Cell(NamedTuple):
    """What stands in a cell, doubled quotation marks undone, and where: `start` and `end` are code points."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """A row: its first line, from 1, where it stands, and its cells; `None` where it is no row."""

    line: int
    start: int
    end: int
    cells: tuple[Cell, ...] | None


def separator(text: str) -> str:
    """What stands between the cells of a table, to judge by its first line."""
    head = text[: text.find("\n") + 1] or text
    return max(_BETWEEN, key=head.count)


def rows(text: str) -> Iterator[Row]:
    """The rows of a table, its head included; lines without anything are passed over."""
    pattern = _cell(separator(text))
    at, line, counted = len(_MARK) if text.startswith(_MARK) else 0, 1, 0
    while at < len(text):
        start, cells, at = at, *_row(pattern, text, at)
        line += text.count("\n", counted, start)
        counted = start
        if cells is None or any(cell.text for cell in cells):
            yield Row(line, start, len(text[start:at].rstrip("\r\n")) + start, cells)


def _row(pattern: re.Pattern[str], text: str, at: int) -> tuple[tuple[Cell, ...] | None, int]:
    """The cells of the row that begins at a point, and where the next row begins."""
    cells: list[Cell] = []
    whole = True
    while True:
        found = pattern.match(text, at)
        if found is None:  # the pattern matches the empty string: only a broken program comes here
            message = f"no cell at {at}"
            raise AssertionError(message)
        quoted = found["quoted"] is not None
        whole = whole and (quoted or not found["plain"].startswith('"'))
        cells.append(_stripped(text, *found.span("quoted" if quoted else "plain"), quoted=quoted))
        at = found.end()
        if found["after"] in ("\n", "\r\n", "\r", ""):
            return (tuple(cells) if whole else None), at


def _stripped(text: str, start: int, end: int, *, quoted: bool) -> Cell:
    written = text[start:end]
    inner = written.strip()
    if inner != written:
        start += len(written) - len(written.lstrip())
        end = start + len(inner)
    return Cell(inner.replace('""', '"') if quoted else inner, start, end)


@cache
def _cell(between: str) -> re.Pattern[str]:
    """A cell and what follows it. Possessive, so that a quotation mark that is never closed costs one look ahead."""
    part = re.escape(between)
    after = rf"(?P<after>{part}|\r\n|\n|\r|\Z)"
    return re.compile(
        rf'(?:[ ]*+"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"[ ]*+(?={part}|\r|\n|\Z)|(?P<plain>[^{part}\r\n]*+)){after}'
    )
