"""Files of places that a user brought into a case, kept as obtained; and where what is compiled from them lies.

places/
  imports.jsonl      what was imported, a line a file, in order: only ever added to
  ab12..             the files as obtained, named by their SHA-256, read-only
  compiled/12ab..    made from them, and made anew where it is missing
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import PlaceFile
from tadmor.errors import CaseDamagedError, CaseNotWritableError
from tadmor.ledger.case import CaseFolder, digest_of, sync


class PlaceFiles:
    """What lies under `places`; whoever writes there has the case's lock."""

    def __init__(self, case: CaseFolder) -> None:
        self._case = case
        self._folder = case.folder / "places"
        self._index = self._folder / "imports.jsonl"

    def kept(self) -> tuple[PlaceFile, ...]:
        """The files, in the order imported.

        Raises:
            CaseDamagedError: the list of them cannot be read.
        """
        try:
            return tuple(msgspec.json.decode(line, type=PlaceFile) for line in self._index.read_bytes().splitlines())
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError) as error:
            raise CaseDamagedError(self._index, str(error)) from error

    def path_of(self, sha256: str) -> Path:
        """Where a file lies."""
        return self._folder / sha256

    def held(self, file: PlaceFile) -> Path:
        """Where a file lies that is to be read.

        Raises:
            CaseDamagedError: it is gone.
        """
        path = self.path_of(file.sha256)
        if not path.is_file():
            raise CaseDamagedError(path, f"the imported file {file.name} is gone")
        return path

    def keep(self, sha256: str, data: bytes) -> None:
        """Write a file's bytes; it counts only when it is noted."""
        path = self.path_of(sha256)
        if not (path.is_file() and digest_of(path) == sha256):
            self._case.write(path, data, mode=0o444)

    def note(self, files: Sequence[PlaceFile]) -> None:
        """Add files to the list: all of them or none."""
        lines = [msgspec.json.encode(file, order="deterministic") + b"\n" for file in (*self.kept(), *files)]
        self._case.write(self._index, b"".join(lines), mode=0o644)

    def compiled(self, name: str) -> Path | None:
        """The folder of what was compiled under a name, if it is there."""
        folder = self._folder / "compiled" / name
        return folder if folder.is_dir() else None

    def compile(self, name: str, make: Callable[[Path], object]) -> Path:
        """Have a folder made, whole or not at all; those of other names are removed.

        Raises:
            CaseNotWritableError: it cannot be written.
        """
        folder = self._folder / "compiled" / name
        passing = folder.with_name(f".{name}.part")
        try:
            shutil.rmtree(passing, ignore_errors=True)
            passing.mkdir(parents=True)
            make(passing)
            for path in (*passing.iterdir(), passing):
                sync(path)
            shutil.rmtree(folder, ignore_errors=True)
            passing.replace(folder)
            sync(folder.parent)
            for other in folder.parent.iterdir():
                if other != folder:
                    shutil.rmtree(other)
        except OSError as error:
            raise CaseNotWritableError(self._case.folder, error.strerror or str(error)) from error
        return folder


def check_places(case: CaseFolder) -> Iterator[Issue]:
    """Files of places that are not as they were imported."""
    files = PlaceFiles(case)
    try:
        kept = files.kept()
    except CaseDamagedError as error:
        yield Issue(where="places/imports.jsonl", rule="places-damaged", message=str(error))
        return
    for file in kept:
        try:
            found = digest_of(files.path_of(file.sha256))
        except OSError as error:
            message = f"the imported file {file.sha256} cannot be read ({error.strerror}); import it again"
            yield Issue(where=file.name, rule="places-missing", message=message)
            continue
        if found != file.sha256:
            message = f"the imported file was changed: SHA-256 {found}, was {file.sha256}"
            yield Issue(where=file.name, rule="places-changed", message=message)
