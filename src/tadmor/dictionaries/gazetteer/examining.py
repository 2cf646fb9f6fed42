"""A file of places before it is imported: which layout it has, how much of it can be read, and what is wrong."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import PlaceFile
from tadmor.dictionaries.gazetteer.layouts import LAYOUTS, LeftOut, PlaceRow, Unread, layout_of, read_rows

#: Bytes of places that a case takes in all: compiling takes about 15 bytes of memory for each.
LARGEST = 60_000_000
_NAMES = ", ".join(layout.name for layout in LAYOUTS)


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `layout` is `None` where nothing of the file can be read; `data` are its bytes."""

    sha256: str = ""
    data: bytes = b""
    layout: str | None = None
    places: int = 0
    left_out: int = 0
    issues: tuple[Issue, ...] = ()


def examine(path: Path, layout: str | None, kept: Sequence[PlaceFile]) -> Examined:
    """Read a file of places through.

    Args:
        path: the file.
        layout: its layout; `None` to tell by its first line.
        kept: the files that the case has.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            return _refused(path, "folder", "is a folder; name the files in it")
        if size > LARGEST:
            return _refused(path, "too-big", _too_big(size, LARGEST))
        data = path.read_bytes()
    except OSError as error:
        return _refused(path, "missing", f"cannot be read ({error.strerror}); check its name and permissions")
    sha256, room = hashlib.sha256(data).hexdigest(), LARGEST - sum(file.size for file in kept)
    if size > room and all(file.sha256 != sha256 for file in kept):
        return _refused(path, "too-big", _too_big(size, room))
    if data.startswith(b"PK\x03\x04"):
        return _refused(path, "packed", "is a ZIP archive; unpack it and import the file in it")
    found = layout or layout_of(data)
    if found is None:
        return _refused(path, "layout", f"its first line shows no known layout; name it by --layout ({_NAMES})")
    return _read(path.name, data, sha256, found)


def _read(name: str, data: bytes, sha256: str, layout: str) -> Examined:
    counts: Counter[type] = Counter()
    issues = list(_issues(name, data, layout, counts))
    if not counts[PlaceRow]:
        if not issues:
            message = "tells of no place; check that it is the right file"
            issues = [Issue(where=name, rule="empty", message=message)]
        return Examined(issues=tuple(issues))
    return Examined(
        sha256=sha256,
        data=data,
        layout=layout,
        places=counts[PlaceRow],
        left_out=counts[LeftOut],
        issues=tuple(issues),
    )


def _issues(name: str, data: bytes, layout: str, counts: Counter[type]) -> Iterator[Issue]:
    for row in read_rows(data, layout):
        counts[type(row)] += 1
        if isinstance(row, Unread):
            line = f"line {row.line}: " if row.line else ""
            yield Issue(where=name, rule="place-row", message=f"{line}{row.message}")


def _too_big(size: int, room: int) -> str:
    return (
        f"has {size / 1e6:.0f} MB, and the case takes {max(room, 0) / 1e6:.0f} MB of places more;"
        " import a country's file, or only the rows that you need"
    )


def _refused(path: Path, rule: str, message: str) -> Examined:
    return Examined(issues=(Issue(where=path.name or str(path), rule=rule, message=message),))
