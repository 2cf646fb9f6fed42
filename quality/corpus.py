"""Where the marked texts lie, and that they are the ones the floors were pinned on."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).parents[1]


def shared() -> Path | None:
    """The folder of reference data: TADMOR_SHARED, else `shared` beside the repository; `None` where there is none."""
    folder = Path(os.environ.get("TADMOR_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def fingerprint(texts: Path, gold: Path) -> str:
    """SHA-256 over the names and bytes of all texts and of the marks, in order of name."""
    hasher = hashlib.sha256()
    for path in (*sorted(texts.glob("*.txt")), gold):
        data = path.read_bytes()
        hasher.update(f"{path.name}:{len(data)}:".encode())
        hasher.update(data)
    return hasher.hexdigest()
