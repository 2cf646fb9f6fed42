"""The uploads of a case that is being served: rows for whoever asks, and a process that reads them."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import msgspec

from tadmor.errors import UsageError
from tadmor.views.answers import Upload as UploadAnswer
from tadmor.views.answers import UploadedFile
from tadmor.views.uploading.receiving import Bounds
from tadmor.views.uploading.spool import Outcome, Spool, State, Upload

#: Seconds between two starts of a reader: another server's may be at it.
_AGAIN = 2.0


class Uploads:
    """Any number of threads may ask; what is unfinished when a server starts is gone on with."""

    def __init__(
        self,
        case: Path,
        start: Callable[[Path], "subprocess.Popen[bytes]"] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.spool, self.bounds = Spool(case), bounds or Bounds()
        self._start = start or _reader
        self._reader: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._lock = threading.Lock()
        self.spool.tidy()
        self.go_on()

    def go_on(self) -> None:
        """See to it that a process reads what is unfinished."""
        with self._lock:
            busy = self._reader is not None and self._reader.poll() is None
            if not busy and monotonic() - self._started > _AGAIN and self.spool.unfinished():
                self._started = monotonic()
                self._reader = self._start(self.spool.case)

    def get(self, identity: str) -> UploadAnswer | None:
        """How an upload stands."""
        found = self.spool.get(identity)
        if found is None:
            return None
        if found.unfinished:
            self.go_on()
            found = self.spool.get(identity) or found
        return row(found)

    def every(self, limit: int, after: int) -> tuple[list[UploadAnswer], int | None]:
        """A page of them, the latest first, and the cursor of the next."""
        found = self.spool.every()
        return [row(one) for one in found[after : after + limit]], after + limit if len(found) > after + limit else None

    def again(self, identity: str) -> UploadAnswer | None:
        """Have a failed upload read again.

        Raises:
            UsageError: it did not fail.
        """
        found = self.spool.get(identity)
        if found is None:
            return None
        if found.state is not State.FAILED:
            message = f"it is {found.state.value}; only what failed is read again"
            raise UsageError(message)
        waiting = "waiting to be read again"
        self.spool.save(msgspec.structs.replace(found, state=State.WAITING, words=waiting, attempts=0))
        self.begin()
        return self.get(identity)

    def begin(self) -> None:
        """Something new waits."""
        with self._lock:
            self._started = 0.0
        self.go_on()


def row(upload: Upload) -> UploadAnswer:
    """An upload for programs (`docs/formats.md`)."""
    outcomes = upload.outcomes or (Outcome(),) * len(upload.files)
    read: list[UploadedFile] = [
        {
            "name": sent.name,
            "size": sent.size,
            "sha256": sent.sha256,
            "known": bool(sent.known),
            "documents": list(one.documents),
            "claims": one.claims,
            "copies": one.copies,
            "issues": list(one.issues),
        }
        for sent, one in zip(upload.files, outcomes, strict=True)
    ]
    fresh = [one for one in read if not one["known"]]
    return {
        "id": upload.id,
        "made": upload.made.isoformat(),
        "state": upload.state.value,
        "words": upload.words,
        "source": upload.source,
        "published": upload.published.isoformat() if upload.published is not None else None,
        "done": upload.done,
        "files": len(upload.files),
        "name": upload.name,
        "documents": sum(len(one["documents"]) for one in fresh),
        "claims": sum(one["claims"] for one in fresh),
        "known": len(read) - len(fresh),
        "copies": sum(one["copies"] for one in fresh),
        "issues": sum(len(one["issues"]) for one in read),
        "read": read,
    }


def _reader(case: Path) -> "subprocess.Popen[bytes]":
    """A process that reads: the server stays small, and goes on answering."""
    call = [sys.executable, "-m", "tadmor.views.uploading", str(case)]
    # own interpreter, own module, a folder as argument: nothing of it is a shell's
    return subprocess.Popen(call, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
