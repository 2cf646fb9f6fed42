"""Where the marked texts lie, and that they are the ones the floors were pinned on."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tadmor.datamodel.documents import Block, Document
from tadmor.datamodel.spans import OffsetMap
from tadmor.datamodel.times import When

#: What the project's own texts are used for: those with these numbers as written, all others to train on.
TRAINING, CHOOSING, MEASURING = "training", "choosing", "measuring"
_USES = {"12": CHOOSING, "13": MEASURING}

ROOT = Path(__file__).parents[1]


def shared(*needed: str) -> Path | None:
    """The folder of reference data: TADMOR_SHARED, else `shared` beside the repository.

    Args:
        needed: files and folders, relative to it, that the caller reads.

    Returns:
        `None` where the folder or anything needed of it is missing.
    """
    folder = Path(os.environ.get("TADMOR_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() and all((folder / name).exists() for name in needed) else None


def document(name: str, text: str, blocks: Iterable[Block], published: When | None) -> Document:
    """A text as a document whose file is the text itself."""
    return Document(
        original=hashlib.sha256(text.encode()).hexdigest(),
        name=name,
        index=0,
        raw=text,
        text=text,
        offsets=OffsetMap.identity(len(text)),
        blocks=tuple(blocks),
        published=published,
    )


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of files, in order of name."""
    hasher = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        data = path.read_bytes()
        hasher.update(f"{path.name}:{len(data)}:".encode())
        hasher.update(data)
    return hasher.hexdigest()


def own_texts(use: str) -> list[Path]:
    """The texts that the project wrote for a use."""
    found = (ROOT / "training" / "texts").glob("*.txt")
    return sorted(path for path in found if _USES.get(path.stem[-2:], TRAINING) == use)


def own_marks(use: str) -> Iterator[dict[str, Any]]:
    """Their marks, with the words that they stand on, as the scorer of the gold set reads them."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in own_texts(use)}
    for line in (ROOT / "training" / "marks" / "own.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["doc"] in texts:
            yield with_words(row, texts[row["doc"]])


def with_words(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A mark of offsets with its words, and the number of their place among equal ones in the text."""
    words, at, number = text[row["start"] : row["end"]], -1, 0
    while at < row["start"]:
        at = text.find(words, at + 1)
        number += 1
    return {**row, "text": words, "occurrence": number}


def passages(use: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The short passages for a use: texts by name, and their marks as the scorer of the gold set reads them."""
    lines = (ROOT / "quality" / "marks" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    texts = {row["doc"]: row["text"] for row in rows if row["kind"] == "passage" and row["use"] == use}
    return texts, [row for row in rows if row["kind"] != "passage" and row["doc"] in texts]
