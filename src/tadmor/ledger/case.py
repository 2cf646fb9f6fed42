"""A case on disk: one folder with its ledger, its archive of originals, and a lock for its one writer.

case/
  ledger.db          claims, groundings, decisions: rows that are only added
  originals/ab/ab..  the bytes as obtained, named by their SHA-256, read-only
  lock               held by the process that writes
"""

import fcntl
import os
from pathlib import Path
from typing import IO

from tadmor.datamodel.issues import Issue
from tadmor.errors import CaseBusyError, CaseNotFoundError, CaseNotWritableError


class CaseFolder:
    """Paths of a case, and what is done to its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "ledger.db"
        self.originals = folder / "originals"
        self._lock: IO[str] | None = None

    def find(self) -> None:
        """Check that a case is here.

        Raises:
            CaseNotFoundError: it is not.
        """
        if not self.ledger.is_file():
            raise CaseNotFoundError(self.folder)

    def make(self) -> None:
        """Make the folders.

        Raises:
            CaseNotWritableError: they cannot be made.
        """
        try:
            self.originals.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CaseNotWritableError(self.folder, error.strerror or str(error)) from error

    def lock(self) -> None:
        """Become the one writer; the operating system lets go of the lock however the process ends.

        Raises:
            CaseBusyError: another process writes.
            CaseNotWritableError: the lock cannot be made.
        """
        try:
            self._lock = (self.folder / "lock").open("w")
        except OSError as error:
            raise CaseNotWritableError(self.folder, error.strerror or str(error)) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise CaseBusyError(self.folder) from error

    def unlock(self) -> None:
        """Let another write."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def path_of(self, sha256: str) -> Path:
        """Where an original lies."""
        return self.originals / sha256[:2] / sha256

    def keep(self, sha256: str, data: bytes) -> None:
        """Write an original for good: whole or not at all, on the disk before anything refers to it.

        Raises:
            CaseNotWritableError: it cannot be written (a full disk, say).
        """
        path = self.path_of(sha256)
        if path.exists():
            return
        passing = path.with_name(f".{sha256}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with passing.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            passing.chmod(0o444)
            passing.replace(path)
            _sync(path.parent)
        except OSError as error:
            passing.unlink(missing_ok=True)
            raise CaseNotWritableError(self.folder, error.strerror or str(error)) from error

    def read(self, sha256: str) -> bytes | Issue:
        """An original's bytes, or what is wrong."""
        try:
            return self.path_of(sha256).read_bytes()
        except OSError as error:
            return Issue(
                where=sha256, rule="original-missing", message=f"the original cannot be read ({error.strerror})"
            )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
