"""Tables of texts: CSV or TSV with a column of texts, or JSON Lines with a text in each object."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

import msgspec

from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.documents.decoding import decode
from tadmor.documents.page import iso_day
from tadmor.documents.plain import Known

#: Under which names a table tells what, in small letters.
TEXT = ("text", "body", "content", "full_text", "article")
TITLE = ("title", "headline")
OUTLET = ("outlet", "source", "publisher", "publication")
AUTHOR = ("author", "byline")
DAY = ("date", "published", "publication_date", "day", "created_at", "datetime")
URL = ("url", "link", "permalink")
#: Characters of one field, and bytes of one line: a book.
LONGEST_FIELD = 20_000_000
_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One text of a table, from 1, with what its other columns say of it."""

    number: int
    text: str
    known: Known
    url: str | None = None


def kind_of(start: bytes, name: str) -> str | None:
    """Is it a table of texts: by its ending, and by a column or field of texts?"""
    kind = _SUFFIXES.get(Path(name).suffix.lower())
    first = start.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    if kind == "csv":
        return kind if any(one.strip().lower() in TEXT for one in next(_cells(first), [])) else None
    if kind == "jsonl" and first.lstrip().startswith("{"):
        return kind if any(f'"{name}"' in start.decode("utf-8", "replace") for name in TEXT) else None
    return None


def texts(file: IO[bytes], path: Path) -> Iterator[Row | Issue]:
    """The texts of a table in order; rows that cannot be read are issues, and the rest goes on."""
    read = _of_lines if _SUFFIXES[path.suffix.lower()] == "jsonl" else _of_cells
    for number, found in enumerate(read(file), start=1):
        if isinstance(found, str):
            yield Issue(where=f"{path}#{number}", rule="row", message=found)
            continue
        text = _first(found, TEXT)
        if text is None:
            message = f"has no text under any of {', '.join(TEXT)}; it is passed over"
            yield Issue(where=f"{path}#{number}", rule="row-empty", message=message, severity=Severity.WARNING)
            continue
        yield Row(number=number, text=text, known=_known(found), url=_url(found))


def _of_cells(file: IO[bytes]) -> Iterator[Mapping[str, Any] | str]:
    text = decode(file.read()).text.removeprefix("\ufeff")
    csv.field_size_limit(LONGEST_FIELD)
    lines = _cells(text)
    try:
        names = [name.strip().lower() for name in next(lines, [])]
        for cells in lines:
            if cells:
                yield dict(zip(names, cells, strict=False))
    except csv.Error as error:
        yield f"cannot be read on as CSV ({error}); check its quotes"


def _cells(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _of_lines(file: IO[bytes]) -> Iterator[Mapping[str, Any] | str]:
    while line := file.readline(LONGEST_FIELD + 1):
        if len(line) > LONGEST_FIELD:
            yield f"a line has more than {LONGEST_FIELD:,} bytes; nothing behind it is read"
            return
        if not line.strip():
            continue
        try:
            found = json.loads(line.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError):
            yield "is no JSON object; it is passed over"
            continue
        if isinstance(found, dict):
            yield {str(name).lower(): value for name, value in found.items()}
        else:
            yield "is no JSON object; it is passed over"


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these that says something in words."""
    values = (row.get(name) for name in names)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), None)


def _known(row: Mapping[str, Any]) -> Known:
    day = iso_day(_first(row, DAY) or "")
    return Known(
        title=_first(row, TITLE),
        outlet=_first(row, OUTLET),
        author=_first(row, AUTHOR),
        published=_on(day) if day is not None else None,
    )


def _on(day: date) -> When:
    reasons = ("the table gives this day",)
    return When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=Basis.STATED, reasons=reasons)


def _url(row: Mapping[str, Any]) -> str | None:
    found = _first(row, URL)
    return found if found is not None and found.lower().startswith(("http://", "https://")) else None
