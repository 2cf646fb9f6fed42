"""A case on disk: one folder with its ledger, its archive of originals, and a lock for its one writer.

case/
  case.toml          its name and the version of this layout
  ledger.db          claims, groundings, decisions: rows that are only added
  originals/ab/ab..  the bytes as obtained, named by their SHA-256, read-only
  places/            files of places that the user brought, and what is compiled from them; see `place_files`
  .lock              held by the process that writes, while it writes
  .turn              held by the process that writes next, while it waits for that
  .reading           held by the process that reads reports in, which lets others write between its files
"""

import fcntl
import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copyfileobj
from time import monotonic, sleep
from typing import IO

from tadmor.errors import CaseBusyError, CaseNotFoundError, CaseNotWritableError

#: Version of the layout of the folder; the ledger's schema has revisions of its own.
LAYOUT = 1
#: Seconds for which another writer is waited for: longer than a decision or one report takes, shorter than a table.
PATIENCE = 3.0
#: Seconds between two tries.
_AGAIN = 0.02
#: Bytes copied at a time.
_PIECE = 1 << 20
#: Ledgers that a redaction builds beside the ledger; whichever is left was not put in its place.
BUILT = (".redacting.db", ".redacting.db-journal", ".redacted.db", ".redacted.db-journal")
#: Below `originals`, files that are not yet whole.
_PASSING = "??/.*.part"


class CaseFolder:
    """Paths of a case, and what is done to its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / "ledger.db"
        self.originals = folder / "originals"
        self.concluded = folder / "concluded"
        self.description = folder / "case.toml"
        self._lock: IO[str] | None = None
        self._reading: IO[str] | None = None

    @property
    def name(self) -> str:
        """The name in `case.toml`; the folder's where that is missing or was edited into something else."""
        try:
            found = tomllib.loads(self.description.read_text("utf-8")).get("name")
        except (OSError, ValueError):
            found = None
        return found if isinstance(found, str) and found else self.folder.absolute().name

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

    def describe(self) -> None:
        """Write `case.toml` where there is none; only the writer calls this."""
        if not self.description.exists():
            # a JSON string is a TOML basic string
            lines = f"name = {json.dumps(self.name, ensure_ascii=False)}\nlayout = {LAYOUT}\n"
            self.write(self.description, lines.encode(errors="replace"), mode=0o644)

    def lock(self, patience: float) -> None:
        """Become the one writer; the operating system lets go of the lock however the process ends.

        Raises:
            CaseBusyError: another process goes on writing for `patience` seconds.
            CaseNotWritableError: the lock cannot be made.
        """
        self._lock = self._in_turn(patience)

    @contextmanager
    def alone(self, patience: float) -> Iterator[None]:
        """Be the one writer meanwhile, with nobody reading reports in between: files are put in others' place.

        Raises:
            CaseBusyError: another process writes, or reads reports in.
            CaseNotWritableError: the locks cannot be made.
        """
        self.lock(patience)
        try:
            reading = self._locked(".reading", 0.0)
            try:
                yield
            finally:
                reading.close()
        finally:
            self.unlock()

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Be the one that reads reports in, and meanwhile the writer only while writing (`held`).

        Raises:
            CaseBusyError: another process reads reports in.
            CaseNotWritableError: the lock cannot be made.
        """
        self._reading = self._locked(".reading", 0.0)
        self._let_go()
        try:
            yield
        finally:
            self._reading.close()
            self._reading = None
            self._lock = self._in_turn(None)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one writer meanwhile; where the case is shared, another that writes is waited for.

        Raises:
            CaseNotWritableError: the lock cannot be made.
        """
        if self._reading is None or self._lock is not None:
            yield
            return
        self._lock = self._in_turn(None)
        try:
            yield
        finally:
            self._let_go()

    def unlock(self) -> None:
        """Let another write."""
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _in_turn(self, patience: float | None) -> IO[str]:
        """The writer's lock, which goes to whoever waits: one who writes file after file lets others in between."""
        turn = self._locked(".turn", patience)
        try:
            return self._locked(".lock", patience)
        finally:
            turn.close()

    def _locked(self, name: str, patience: float | None) -> IO[str]:
        """A locked file; `None` waits for as long as it takes."""
        try:
            found = (self.folder / name).open("w")
        except OSError as error:
            raise CaseNotWritableError(self.folder, error.strerror or str(error)) from error
        if not _flock(found, patience):
            found.close()
            raise CaseBusyError(self.folder)
        return found

    def tidy(self) -> None:
        """Remove what a writer killed half-way through a file has left; only the writer calls this."""
        for passing in (*self.originals.glob(_PASSING), *(self.folder / name for name in BUILT)):
            passing.unlink(missing_ok=True)

    def forget(self, originals: Iterable[str]) -> None:
        """Remove originals that a redaction withholds; only the writer calls this."""
        for sha256 in originals:
            self.path_of(sha256).unlink(missing_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Where an original lies."""
        return self.originals / self.place_of(sha256)

    @staticmethod
    def place_of(sha256: str) -> str:
        """Where an original lies, below `originals`."""
        return f"{sha256[:2]}/{sha256}"

    def kept(self) -> set[str]:
        """Files of the archive, as paths below `originals`, whatever they are; without what `tidy` removes."""
        walked = ((Path(folder).relative_to(self.originals), names) for folder, _, names in os.walk(self.originals))
        found = {below / name for below, names in walked for name in names}
        return {path.as_posix() for path in found if not path.match(_PASSING)}

    def keep(self, sha256: str, data: bytes) -> None:
        """Write an original for good: whole or not at all, on the disk before anything refers to it.

        A file that is there under the name already is kept only if it holds these bytes.

        Raises:
            CaseNotWritableError: it cannot be written (a full disk, say).
        """
        path = self.path_of(sha256)
        if path.is_file() and path.stat().st_size == len(data) and digest_of(path) == sha256:
            return
        self.write(path, data, mode=0o444)

    def keep_file(self, sha256: str, source: Path) -> None:
        """Archive a file as `keep` does, in pieces: it may be larger than memory.

        Raises:
            CaseNotWritableError: it cannot be written, or it is no longer what its digest says.
        """
        path = self.path_of(sha256)
        if path.is_file() and digest_of(path) == sha256:
            return
        with source.open("rb") as file:
            self._written(path, lambda passing: copyfileobj(file, passing, _PIECE), mode=0o444, sha256=sha256)

    def write(self, path: Path, data: bytes, *, mode: int) -> None:
        """Write a file whole or not at all, and on the disk before this returns.

        Raises:
            CaseNotWritableError: it cannot be written (a full disk, say).
        """
        self._written(path, lambda passing: passing.write(data), mode=mode)

    def _written(
        self, path: Path, fill: Callable[[IO[bytes]], object], *, mode: int, sha256: str | None = None
    ) -> None:
        passing = path.with_name(f".{path.name}.part")
        try:
            fresh = not path.parent.is_dir()
            path.parent.mkdir(parents=True, exist_ok=True)
            with passing.open("wb") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
            if sha256 is not None and digest_of(passing) != sha256:
                message = f"the file changed while it was read; {sha256} is not its digest"
                raise OSError(message)  # noqa: TRY301 - what went wrong on the disk is told in one place
            passing.chmod(mode)
            passing.replace(path)
            sync(path.parent)
            if fresh:
                sync(path.parent.parent)
        except OSError as error:
            with suppress(OSError):
                passing.unlink()
            raise CaseNotWritableError(self.folder, error.strerror or str(error)) from error


def _flock(file: IO[str], patience: float | None) -> bool:
    """Lock a file, if nobody else has it longer than that."""
    if patience is None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return True
    until = monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if monotonic() >= until:
                return False
            sleep(_AGAIN)
        else:
            return True


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Have a file or folder written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
