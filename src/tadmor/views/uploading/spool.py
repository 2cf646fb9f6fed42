"""Uploads as they lie in a case: whole or not at all, and never under a path that a client names."""

import json
import os
import re
import shutil
import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Any

import msgspec

from tadmor.errors import CaseNotWritableError

FOLDER = "uploads"
_STATE = "upload.json"
#: Of an upload that is being received; it gets its name once it is on the disk.
_PASSING = ".part"
#: Seconds without a byte after which what is being received is taken for left behind.
_LEFT_BEHIND = 3600
_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
#: Bytes of a file's name at most: file systems take 255.
_NAME = 180


class State(StrEnum):
    """How far an upload is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A file as sent; `known`: the case held its bytes before, `None` until that was looked at."""

    name: str
    size: int
    sha256: str
    known: bool | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a file: its documents, their claims and copies, and what was wrong with it, as issue rows."""

    documents: tuple[str, ...] = ()
    claims: int = 0
    copies: int = 0
    issues: tuple[dict[str, Any], ...] = ()


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """Files sent together.

    `source` and `published` are of all of them, as `tadmor read` takes them; `words` say how it stands; `done` files
    are read, the last of them `name`; `outcomes` are told once all are; `attempts` counts how often reading began;
    `issues_before` is the number of the case's last issue when it first did.
    """

    id: str
    made: datetime
    files: tuple[Sent, ...]
    source: str | None = None
    published: date | None = None
    state: State = State.WAITING
    words: str = "waiting to be read"
    done: int = 0
    name: str | None = None
    attempts: int = 0
    issues_before: int = 0
    outcomes: tuple[Outcome, ...] = ()

    @property
    def unfinished(self) -> bool:
        """Is it to be read, or being read?"""
        return self.state in (State.WAITING, State.READING)

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(one.size for one in self.files)


class Spool:
    """The uploads of a case."""

    def __init__(self, case: Path) -> None:
        self.case = case.resolve()
        self.folder = self.case / FOLDER

    def begin(self) -> Path:
        """A folder to receive an upload into.

        Raises:
            CaseNotWritableError: it cannot be made.
        """
        made = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(4)}"
        folder = self.folder / f"{made}{_PASSING}"
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise CaseNotWritableError(self.case, error.strerror or str(error)) from error
        return folder

    def take(self, folder: Path, files: tuple[Sent, ...], source: str | None, published: date | None) -> Upload:
        """Keep what was received, whole: it gets its name only once all of it is on the disk."""
        identity = folder.name.removesuffix(_PASSING)
        upload = Upload(id=identity, made=datetime.now(UTC), files=files, source=source, published=published)
        _write(folder / _STATE, upload)
        folder.rename(self.folder / identity)
        _sync(self.folder)
        return upload

    def get(self, identity: str) -> Upload | None:
        """An upload; `None` where there is none of this id."""
        if not _ID.fullmatch(identity):
            return None
        try:
            return msgspec.json.decode((self.folder / identity / _STATE).read_bytes(), type=Upload)
        except (OSError, msgspec.DecodeError):
            return None

    def save(self, upload: Upload) -> None:
        """Note how an upload stands."""
        _write(self.folder / upload.id / _STATE, upload)

    def every(self) -> list[Upload]:
        """All uploads, the latest first."""
        try:
            names = sorted((one.name for one in self.folder.iterdir() if _ID.fullmatch(one.name)), reverse=True)
        except OSError:
            return []
        return [found for name in names if (found := self.get(name)) is not None]

    def unfinished(self) -> list[Upload]:
        """Those that are to be read, the first first."""
        return [one for one in reversed(self.every()) if one.unfinished]

    def path_of(self, upload: Upload, number: int) -> Path:
        """Where a file lies, below the case: the numbers are counted from 1."""
        return Path(FOLDER) / upload.id / str(number) / upload.files[number - 1].name

    def clear(self, upload: Upload) -> None:
        """Remove the files of an upload that has been read: the case keeps the bytes of those that gave documents."""
        for number in range(1, len(upload.files) + 1):
            shutil.rmtree(self.folder / upload.id / str(number), ignore_errors=True)

    def tidy(self) -> None:
        """Remove what was being received when a server ended."""
        with suppress(OSError):
            for folder in self.folder.glob(f"*{_PASSING}"):
                newest = max((one.stat().st_mtime for one in (folder, *folder.rglob("*"))), default=0.0)
                if time() - newest > _LEFT_BEHIND:
                    shutil.rmtree(folder, ignore_errors=True)


def safe_name(told: str) -> str:
    """A file's name of what a client calls it: its last part, without what is not printed; never a path."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", told))[-1]
    name = "".join(one for one in name if one.isprintable()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name.encode()) <= _NAME:
        return name or "unnamed"
    kept, tail = (stem, dot + ending) if stem and len(ending.encode()) < 20 else (name, "")
    return kept.encode()[: _NAME - len(tail.encode())].decode(errors="ignore").strip(". ") + tail


def _write(path: Path, upload: Upload) -> None:
    """Write a state whole or not at all."""
    passing = path.with_name(f".{path.name}{_PASSING}")
    with passing.open("wb") as file:
        file.write(json.dumps(msgspec.to_builtins(upload), ensure_ascii=False).encode())
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)


def _sync(folder: Path) -> None:
    found = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(found)
    finally:
        os.close(found)
