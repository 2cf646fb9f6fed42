"""Where the marked texts lie, and that they are the ones the floors were pinned on."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]


def shared() -> Path | None:
    """The folder of reference data: TADMOR_SHARED, else `shared` beside the repository; `None` where there is none."""
    folder = Path(os.environ.get("TADMOR_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of files, in order of name."""
    hasher = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        data = path.read_bytes()
        hasher.update(f"{path.name}:{len(data)}:".encode())
        hasher.update(data)
    return hasher.hexdigest()
