"""A table's text cut into rows and cells, each cell with its place in the text (RFC 4180, and what is made of it)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_BETWEEN = (",", ";", "\t")
_MARK = "\ufeff"
#: What a spreadsheet takes for the begin of a formula; who writes for one puts an apostrophe before it, which is no
#: part of the cell.
FORMULA = ("=", "+", "-", "@")
ESCAPE = "'"


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
    match = pattern.match
    while True:
        found = match(text, at)
        if found is None:  # the pattern matches the empty string: only a broken program comes here
            message = f"no cell at {at}"
            raise AssertionError(message)
        quoted, plain, after = found.groups()
        if quoted is not None:
            cells.append(_stripped(quoted, found.start(1), quoted=True))
        else:
            whole = whole and not plain.startswith('"')
            cells.append(_stripped(plain, at, quoted=False))
        at = found.end()
        if after not in _BETWEEN:
            return (tuple(cells) if whole else None), at


def _stripped(written: str, start: int, *, quoted: bool) -> Cell:
    inner = written.strip()
    if inner != written:
        start += len(written) - len(written.lstrip())
    if inner[:1] == ESCAPE and inner[1:2] in FORMULA:
        inner, start = inner[1:], start + 1
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
