"""Texts marked by hand: the gold set beside the repository, and the project's own marks.

A mark is one claim as `docs/formats.md` defines it, with `start` and `end` in the text of its file. Marks of texts that
others published hold offsets and values only; those texts are read from the reference data (`../shared`), the texts
that the project wrote for this from `training/texts`.
"""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from quality.corpus import own_texts

from tadmor.datamodel.documents import Document
from tadmor.datamodel.spans import Span
from tadmor.documents import load

HERE = Path(__file__).parent
#: The day that the encyclopaedia articles were taken.
_ENCYCLOPAEDIA = "2023-09-03"

Row = Mapping[str, Any]


class Mark(NamedTuple):
    """A marked claim: the row, and where its words stand in the cleaned text of the document."""

    row: Row
    start: int
    end: int


class Marked(NamedTuple):
    """A document with its marks."""

    name: str
    document: Document
    marks: tuple[Mark, ...]


def gold(shared: Path, split: str) -> Iterator[Marked]:
    """The texts of a split of the gold set."""
    folder = shared / "gold" / split
    rows = defaultdict(list)
    for line in (shared / "gold" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    for path in sorted(folder.glob("*.txt")):
        raw = path.read_text(encoding="utf-8")
        yield from _marked(path, [(row, *_located(raw, row)) for row in rows[path.name]])


def _located(raw: str, row: Row) -> tuple[int, int]:
    """Where the words of a gold row stand in its file."""
    at = -1
    for _ in range(row.get("occurrence", 1)):
        at = raw.find(row["text"], at + 1)
    return at, at + len(row["text"])


def own(use: str) -> Iterator[Marked]:
    """The texts that the project wrote and marked for a use."""
    rows = _rows(HERE / "marks" / "own.jsonl")
    for path in own_texts(use):
        yield from _marked(path, [(row, row["start"], row["end"]) for row in rows[path.name]])


def public(shared: Path, scratch: Path) -> Iterator[Marked]:
    """Excerpts of published texts that the project marked; each is cut from its corpus into `scratch`."""
    rows = _rows(HERE / "marks" / "public.jsonl")
    for line in (HERE / "marks" / "public_texts.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        path = scratch / one["name"]
        path.write_text(_cut(shared / "corpora", one), encoding="utf-8")
        yield from _marked(path, [(row, row["start"], row["end"]) for row in rows[one["name"]]])


def _cut(corpora: Path, one: Row) -> str:
    """The excerpt as it was marked: its title and outlet, where its file has them elsewhere, and its words."""
    path = corpora / one["file"]
    whole = path.read_text(encoding="utf-8")
    lead = ""
    if "record" in one:
        records = (json.loads(line) for line in whole.splitlines())
        record = next(each for each in records if each["_id"] == one["record"])
        whole, lead = record["text"], f"{record['title']}\n{record['sourceName']}\n\n"
    elif path.parent.name == "war-articles":
        title = path.stem.removeprefix("wiki_").replace("_", " ").strip().title()
        lead = f"{title}\nWikipedia\n{_ENCYCLOPAEDIA}\n\n"
    return f"{lead}{whole[one['start'] : one['end']]}"


def _rows(path: Path) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    return rows


def _marked(path: Path, rows: list[tuple[Row, int, int]]) -> Iterator[Marked]:
    """The documents of a file, each with the marks whose words it holds."""
    for document in load(path).documents:
        back: dict[int, int] = {}
        for at, letter in enumerate(document.text):
            if not letter.isspace():
                back.setdefault(document.raw_span(Span(at, at + 1)).start, at)
        places = sorted(back)
        marks = []
        for row, start, end in rows:
            first, after = bisect_left(places, start), bisect_left(places, end)
            if first < after:
                marks.append(Mark(row, back[places[first]], back[places[after - 1]] + 1))
        yield Marked(path.name, document, tuple(marks))
