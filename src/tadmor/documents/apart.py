"""A process beside this one that parses markup: what hangs it or takes all memory ends it, and nothing else.

It is started with the first page, kept for the next, and started anew after it was ended.
"""

import atexit
import os
import select
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from time import monotonic

#: Seconds for one page: the slowest of honest ones take 1 s.
TIME_LIMIT = 30.0
#: Bytes of the length before each message.
LENGTH = 8
_PIECE = 1 << 20


class GivenUpError(Exception):
    """The process took too long, or was brought down."""


class Apart:
    """The process, and the way to it; one question at a time."""

    def __init__(self, module: str, seconds: float = TIME_LIMIT) -> None:
        self._command = [sys.executable, "-m", module]
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        atexit.register(self.end)

    def ask(self, question: bytes) -> bytes:
        """What it answers.

        Raises:
            GivenUpError: it does not answer in time, or not at all; the next question finds it anew.
        """
        with self._lock:
            process = self._started()
            until = monotonic() + self._seconds
            try:
                assert process.stdin is not None, "opened as a pipe"  # noqa: S101 - the constructor's promise
                process.stdin.write(len(question).to_bytes(LENGTH, "big") + question)
                process.stdin.flush()
                size = int.from_bytes(self._read(process, LENGTH, until), "big")
                return self._read(process, size, until)
            except (OSError, GivenUpError) as error:
                self.end()
                message = str(error) if isinstance(error, GivenUpError) else "was brought down"
                raise GivenUpError(message) from None
            except BaseException:
                self.end()  # stopped half-way: its answer belongs to no later question
                raise

    def end(self) -> None:
        """End the process, if it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    @staticmethod
    def _read(process: subprocess.Popen[bytes], size: int, until: float) -> bytes:
        assert process.stdout is not None, "opened as a pipe"  # noqa: S101 - the constructor's promise
        handle, found = process.stdout.fileno(), bytearray()
        while len(found) < size:
            ready, _, _ = select.select([handle], [], [], max(until - monotonic(), 0.0))
            if not ready:
                message = "took too long"
                raise GivenUpError(message)
            piece = os.read(handle, min(size - len(found), _PIECE))
            if not piece:
                message = "was brought down"
                raise GivenUpError(message)
            found += piece
        return bytes(found)
