"""Where the marked texts lie, and that they are the ones the floors were pinned on."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from tadmor.datamodel.documents import Block, Document
from tadmor.datamodel.spans import OffsetMap
from tadmor.datamodel.times import When

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
