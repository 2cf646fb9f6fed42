"""The atlases of a case that is being served, made anew as the case changes."""

import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic
from typing import IO, NamedTuple

from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas, atlas_at
from tadmor.views.laying import atlas_path

#: Seconds for which the case is taken to be as it was last found: an editor sees a decision at once, and a thousand
#: requests a second do not ask the ledger a thousand times.
_FRESH = 0.25
#: Atlases held open at a time.
_OPEN = 6
#: Seconds after which an atlas reads what searches need: whoever opened it is looking at the first page by then.
_AFTER = 3.0
#: Records concluded at a time: each takes a processor, and the memory of the case.
_AT_ONCE = 2
#: Seconds that a request waits for an atlas of a day that nobody asked for before.
WAIT = 20.0


class NotReadyError(Exception):
    """The record of this day is still being concluded; ask again."""


class FailedError(Exception):
    """The record could not be concluded; the message says why."""


class _Maker(NamedTuple):
    """A process that lays out the record of a day, and when it was begun."""

    process: "subprocess.Popen[bytes]"
    as_of: date | None
    begun: float


class _Made(NamedTuple):
    """How long a record took to lay out, and when that was done."""

    took: float
    ended: float


class Opened(NamedTuple):
    """An open atlas, its key, whether a newer one is being made, and the day as of which it was asked for."""

    atlas: Atlas
    key: str
    concluding: bool
    as_of: date | None


class Shelf:
    """Gives the atlas of a day as of which the record is wanted; any number of threads may ask.

    While the record of a changed case is concluded, by a process of its own, the last one is given. Of a case that goes
    on changing, since reports are read into it, one record after another is concluded, with as long a pause between
    them as each took: half of a processor is the reading's own. A decision made here is followed without a pause.
    """

    def __init__(
        self, folder: Path, laying: Callable[[Path, date | None], "subprocess.Popen[bytes]"] | None = None
    ) -> None:
        self.folder = folder
        self._start = laying or _laying
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Atlas] = OrderedDict()
        self._latest: dict[date | None, str] = {}
        self._makers: dict[str, _Maker] = {}
        self._made: dict[date | None, _Made] = {}
        self._failed: dict[str, str] = {}
        self._paths: dict[date | None, tuple[float, Path]] = {}

    def atlas(self, as_of: date | None = None) -> Opened:
        """The atlas as of a day (`None`: of all that is known now).

        Raises:
            NotReadyError: it is not made yet, and no earlier one can stand in for it.
            FailedError: it could not be made.
        """
        until = monotonic() + WAIT
        while True:
            with self._lock:
                found = self._standing(as_of)
                if found is not None:
                    return found
                # where its own is not begun, since others are being made, one of those has to end first
                maker = self._makers.get(self._path(as_of).stem) or next(iter(self._makers.values()), None)
            if maker is None or monotonic() >= until:
                raise NotReadyError
            try:
                maker.process.wait(timeout=max(until - monotonic(), 0.01))
            except subprocess.TimeoutExpired:
                raise NotReadyError from None

    def ready(self, as_of: date | None = None) -> Opened | None:
        """The atlas as of a day where it is open and the case was looked at just now, without waiting for anything."""
        known = self._paths.get(as_of)
        if known is None or monotonic() - known[0] > _FRESH:
            return None
        atlas = self._open.get(known[1].stem)
        return Opened(atlas, known[1].stem, concluding=False, as_of=as_of) if atlas is not None else None

    def look_again(self) -> None:
        """Have the case looked at anew by whoever asks next: something was just written to it."""
        with self._lock:
            self._paths.clear()
            self._made.clear()

    def close(self) -> None:
        """Let go of all files, and stop what is being made."""
        with self._lock:
            for maker in self._makers.values():
                maker.process.terminate()
                maker.process.wait()
                _last_words(maker.process)
            for atlas in self._open.values():
                atlas.close()
            self._open.clear()

    def _standing(self, as_of: date | None) -> Opened | None:
        """The atlas of the case as it stands, else the last one made of this day; what is missing is begun."""
        path = self._path(as_of)
        self._reap()
        atlas = self._opened(path)
        if atlas is not None:
            self._latest[as_of] = path.stem
            return Opened(atlas, path.stem, concluding=False, as_of=as_of)
        if path.stem in self._failed:
            raise FailedError(self._failed[path.stem])
        if self._due(as_of) and len(self._makers) < _AT_ONCE:
            begun = monotonic()
            maker = _Maker(self._start(self.folder, as_of), as_of, begun)
            self._makers[path.stem] = maker
            return self._standing(as_of) if maker.process.poll() is not None else self._earlier(as_of, path)
        return self._earlier(as_of, path)

    def _due(self, as_of: date | None) -> bool:
        """Is it time to conclude the record of this day anew?"""
        if any(maker.as_of == as_of for maker in self._makers.values()):
            return False  # one state after another: of many decisions in a row not each needs a record of its own
        last = self._made.get(as_of)
        return last is None or as_of not in self._latest or monotonic() - last.ended >= last.took

    def _earlier(self, as_of: date | None, path: Path) -> Opened | None:
        """The last atlas made of this day, which stands in for the one that is being made."""
        earlier = self._latest.get(as_of)
        old = self._opened(path.with_name(f"{earlier}.db")) if earlier is not None else None
        return Opened(old, earlier or "", concluding=True, as_of=as_of) if old is not None else None

    def _path(self, as_of: date | None) -> Path:
        known = self._paths.get(as_of)
        if known is None or monotonic() - known[0] > _FRESH:
            with Ledger.open(self.folder) as ledger:
                known = (monotonic(), atlas_path(ledger, as_of))
            self._paths[as_of] = known
            while len(self._paths) > 64:
                self._paths.pop(next(iter(self._paths)))
        return known[1]

    def _opened(self, path: Path) -> Atlas | None:
        found = self._open.get(path.stem)
        if found is None:
            found = atlas_at(path)
            if found is None:
                return None
            self._open[path.stem] = found
            preparing = threading.Timer(_AFTER, found.prepare)
            preparing.daemon = True
            preparing.start()
            while len(self._open) > _OPEN:
                # not closed here: another thread may be asking it; its file goes when nobody holds it
                self._open.popitem(last=False)
        self._open.move_to_end(path.stem)
        return found

    def _reap(self) -> None:
        """Note how the makers that have ended ended."""
        for key, maker in list(self._makers.items()):
            if maker.process.poll() is not None:
                del self._makers[key]
                self._made[maker.as_of] = _Made(monotonic() - maker.begun, monotonic())
                self._ended(key, maker)

    def _ended(self, key: str, maker: _Maker) -> None:
        """Take what a maker has made, which may be of a later state of the case than it was begun for."""
        made, words = _last_words(maker.process)
        if maker.process.returncode:
            self._failed[key] = words or f"ended with {maker.process.returncode}"
            return
        if self._there(key):
            return
        if made and self._there(made):
            self._latest[maker.as_of] = made
        self._paths.pop(maker.as_of, None)
        if self._path(maker.as_of).stem == key:
            # the case is as it was, and yet the record was laid out elsewhere: by another program
            self._failed[key] = "tadmor was changed since the server was started; start it again"

    def _there(self, key: str) -> bool:
        return (self.folder / "atlas" / f"{key}.db").is_file()


def _last_words(maker: "subprocess.Popen[bytes]") -> tuple[str, str]:
    """The last lines that a process that has ended wrote: on standard output and on standard error."""
    return _last_line(maker.stdout), _last_line(maker.stderr)


def _last_line(stream: IO[bytes] | None) -> str:
    if stream is None:
        return ""
    with stream as told:
        return told.read().decode(errors="replace").strip().rpartition("\n")[2]


def _laying(folder: Path, as_of: date | None) -> "subprocess.Popen[bytes]":
    """A process that concludes a case and lays its record out: the server stays small, and goes on answering."""
    call = [
        sys.executable,
        "-m",
        "tadmor.views.laying",
        str(folder),
        *([as_of.isoformat()] if as_of is not None else []),
    ]
    # own interpreter, own module, a folder and a day as arguments: nothing of it is a shell's
    return subprocess.Popen(call, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
