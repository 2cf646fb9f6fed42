"""The file of a bundle: a zip of stored members, one after another, and nothing else.

Every byte that is no member's follows from the members' names and bytes, in their order: so each can be checked, and
the same members make the same file. PKWARE's APPNOTE.TXT, 4.3; Zip64 where a number asks for it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

MANIFEST = "manifest.json"
#: Bytes held of a member at a time.
PIECE = 1 << 20
#: Numbers that do not fit stand elsewhere, and this in their place.
_FAR, _MANY = 0xFFFFFFFF, 0xFFFF
#: 1980-01-01 00:00, the first moment that a zip can tell; names are of digits and Latin letters alone.
_NEVER, _FLAGS = (0, 33), 0


class WrongError(Exception):
    """What cannot be checked any further: where, and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")


def local_header(name: str, size: int, crc: int) -> bytes:
    """What stands before a member's bytes."""
    coded = name.encode()
    return struct.pack("<4s5H3I2H", b"PK\3\4", 20, _FLAGS, 0, *_NEVER, crc, size, size, len(coded), 0) + coded


def central_header(name: str, size: int, crc: int, offset: int) -> bytes:
    """The entry of a member in the directory at the end."""
    coded = name.encode()
    far = struct.pack("<2HQ", 1, 8, offset) if offset >= _FAR else b""
    head = (b"PK\1\2", 0x314, 45 if far else 20, _FLAGS, 0, *_NEVER, crc, size, size)
    tail = (len(coded), len(far), 0, 0, 0, 0o100644 << 16, min(offset, _FAR))
    return struct.pack("<4s6H3I5H2I", *head, *tail) + coded + far


def ending(count: int, size: int, offset: int) -> bytes:
    """What stands at the very end, by the number of members, and the size and place of the directory."""
    shown = (min(count, _MANY), min(count, _MANY), min(size, _FAR), min(offset, _FAR), 0)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *shown)
    if count < _MANY and size < _FAR and offset < _FAR:
        return end
    far = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 0x32D, 45, 0, 0, count, count, size, offset)
    return far + struct.pack("<4sIQI", b"PK\6\7", 0, offset + size, 1) + end


class Held(Protocol):
    """A bundle in one form or another: members by name."""

    def close(self) -> None:
        """Let go of it."""

    def names(self) -> set[str]:
        """The members."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes."""

    def layout(self, expected: Sequence[tuple[str, int]]) -> Iterable[str]:
        """What does not follow from the members, which are told with their sizes in order."""


class Zipped:
    """A bundle as one file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._length = self._file.seek(0, 2)
        try:
            self._places = self._placed()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _placed(self) -> dict[str, tuple[int, int]]:
        """Where each member's bytes begin, and how many there are."""
        found: dict[str, tuple[int, int]] = {}
        for name, size, at in self._directory():
            if name in found:
                raise WrongError(name, "stands twice in the zip's directory")
            found[name] = (at + 30 + len(name.encode()), size)
        return found

    def _at(self, offset: int, size: int) -> bytes:
        if offset < 0 or size < 0 or offset + size > self._length:
            raise WrongError("the file", "its directory points outside it: it was cut off, or added to")
        self._file.seek(offset)
        return self._file.read(size)

    def _directory(self) -> Iterator[tuple[str, int, int]]:
        """Names, sizes and places of the members, as the directory tells them."""
        end = self._at(self._length - 22, 22)
        if end[:4] != b"PK\5\6":
            raise WrongError("the file", "does not end as a bundle does: it was cut off, or something was added to it")
        count, size, offset = struct.unpack("<10xH2I2x", end)
        if count == _MANY or _FAR in (size, offset):
            count, size, offset = struct.unpack("<32x3Q", self._at(self._length - 22 - 20 - 56, 56))
        coded, at = self._at(offset, size), 0
        for _ in range(count):
            if len(coded) < at + 46:
                raise WrongError("the file", "its directory is cut off")
            stored, named, extra, place = struct.unpack("<20xI4x2H10xI", coded[at : at + 46])
            if extra == 12 and place == _FAR:
                (place,) = struct.unpack("<Q", coded[at + 50 + named : at + 58 + named])
            yield coded[at + 46 : at + 46 + named].decode("utf-8", "replace"), stored, place
            at += 46 + named + extra

    def names(self) -> set[str]:
        """The members."""
        return set(self._places)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes."""
        at, size = self._places[name]
        for start in range(0, size, PIECE):
            yield self._at(at + start, min(PIECE, size - start))

    def layout(self, expected: Sequence[tuple[str, int]]) -> Iterable[str]:
        """Is all that is no member's bytes as it follows from the members?"""
        if list(self._places) != [name for name, _ in expected]:
            yield f"{MANIFEST}: the members in the zip are not those of the manifest in its order"
            return
        at, directory = 0, bytearray()
        for name, size in expected:
            crc = 0
            for piece in self.pieces(name):
                crc = zlib.crc32(piece, crc)
            head = local_header(name, size, crc)
            if self._places[name] != (at + len(head), size) or self._at(at, len(head)) != head:
                yield f"{name}: what the zip says about it was changed (its name, time, size, checksum or place)"
                return
            directory += central_header(name, size, crc, at)
            at += len(head) + size
        if self._at(at, self._length - at) != bytes(directory) + ending(len(expected), len(directory), at):
            yield "the file: its directory was changed, or something was added to it"


class Unpacked:
    """A bundle in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def close(self) -> None:
        """Nothing is held."""

    def names(self) -> set[str]:
        """The members: every file below the folder."""
        found = (one.relative_to(self._path) for one in self._path.rglob("*") if one.is_symlink() or not one.is_dir())
        return {one.as_posix() for one in found if "__pycache__" not in one.parts}

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes."""
        path = self._path / name
        if ".." in Path(name).parts or Path(name).is_absolute() or path.is_symlink() or not path.is_file():
            raise WrongError(name, "is no plain file of the bundle")
        with path.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")

    def layout(self, expected: Sequence[tuple[str, int]]) -> Iterable[str]:
        """Files beside one another have no layout; what their names and bytes must be is told of each."""
        del expected
        return ()
