"""Writing a bundle's file: members in order, each with its digest in the manifest, which comes last."""

import hashlib
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tadmor.errors import UsageError
from tadmor.views.bundling.verifier.layout import MANIFEST, central_header, ending, local_header
from tadmor.views.bundling.verifier.members import canonical, seal_of
from tadmor.views.outfile import is_replaceable

#: A member's size stands in four bytes.
LARGEST = 0xFFFFFFFE


class Packing:
    """A bundle being written: beside its place until it is whole.

    Used as a context: what fails inside leaves nothing behind.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._passing = path.with_name(f".{path.name}.part")
        self._directory = bytearray()
        self.members: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        if not is_replaceable(self._path):
            message = f"{self._path}: is no file; choose another"
            raise UsageError(message)
        try:
            self._file = self._passing.open("wb")
        except OSError as error:
            raise self._unwritable(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
        except OSError as full:  # what was written last is only now found to have no room
            error = error or full
        self._passing.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"{self._path}: cannot be written ({error.strerror}); choose another file")

    def add(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Add a member, of whose bytes those of one piece are held at a time.

        Raises:
            UsageError: it has 4 GiB or more.
        """
        size, sha256 = self._write(name, [data] if isinstance(data, bytes) else data)
        self.members.append({"path": name, "size": size, "sha256": sha256})

    def _write(self, name: str, pieces: Iterable[bytes]) -> tuple[int, str]:
        begin, hasher, crc, size = self._file.tell(), hashlib.sha256(), 0, 0
        self._file.write(local_header(name, 0, 0))
        for piece in pieces:
            self._file.write(piece)
            hasher.update(piece)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
        if size > LARGEST:
            message = f"{name}: has {size} bytes; a bundle's members have less than 4 GiB"
            raise UsageError(message)
        self._file.seek(begin + 14)
        self._file.write(struct.pack("<3I", crc, size, size))
        self._file.seek(0, os.SEEK_END)
        self._directory += central_header(name, size, crc, begin)
        return size, hasher.hexdigest()

    def finish(self, told: Mapping[str, Any]) -> str:
        """Write the manifest with what is told of the bundle, and put the file in its place; its seal is returned."""
        manifest = {**told, "members": self.members}
        manifest["seal"] = seal_of(manifest)
        self._write(MANIFEST, [canonical(manifest)])
        begin = self._file.tell()
        self._file.write(self._directory + ending(len(self.members) + 1, len(self._directory), begin))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._passing.replace(self._path)
        return str(manifest["seal"])
