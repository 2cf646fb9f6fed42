"""Which files to read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

#: What editors and file managers leave beside documents.
_LEFT_BEHIND = ("~$", ".~lock.")
_LEFT_BEHIND_ENDS = ("~", ".lock", ".swp", ".tmp", ".part", ".crdownload")
_FOLDER_FILES = frozenset({"thumbs.db", "desktop.ini"})


def walk(paths: Iterable[Path | str]) -> list[Path]:
    """The files named, and those in the folders named, each once, sorted within a folder.

    Hidden and lock files in folders are skipped. What cannot be followed (a path that is missing, a folder that holds
    no file or cannot be opened) stays in the list, so that `load` says so in an `Issue`.
    """
    seen: set[Path] = set()
    found = []
    for path in paths:
        for file in _files(Path(path)):
            place = file.absolute()
            if place not in seen:
                seen.add(place)
                found.append(file)
    return found


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    unreadable: list[OSError] = []
    empty = True
    for folder, folders, names in os.walk(path, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not _is_left_behind(name):
                empty = False
                yield Path(folder) / name
    closed = [Path(str(error.filename)) for error in unreadable]
    yield from closed
    if empty and not closed:
        yield path


def _is_left_behind(name: str) -> bool:
    low = name.lower()
    return name.startswith((".", *_LEFT_BEHIND)) or low.endswith(_LEFT_BEHIND_ENDS) or low in _FOLDER_FILES
