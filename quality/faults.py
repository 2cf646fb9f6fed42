"""What a case survives: kill -9 at random points of what writes to it, a full disk, a clock set back, two writers.

    python -m quality.faults                     200 kills, spread over all works, and every other fault
    python -m quality.faults --kills 14 --seed 3
    python -m quality.faults --kills 60 --works fetch publish

Each work (`quality.fault_works`) runs in a process of its own and tells of what it finished; it is killed at a random
moment of its usual time. Then three things have to hold: the case verifies, what was told as finished is in it, with
all that was signed before, and the same work carried out again ends well. The disk is full in earnest where this
machine lets a process mount one of its own (`unshare -rm`); elsewhere no file may grow beyond some size, and the last
line says so.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, Self

from quality.fault_works import WORKS, Made, Work, left_over, made, read, review, wrong
from tadmor.errors import TadmorError
from tadmor.ledger import Ledger, chain

#: Bytes of the disk that is filled, and the most that is left free of it: a case grows by less than that in any work.
_DISK, _FREE = 64_000_000, 700_000
#: The call that mounts such a disk, in a space of this process's own, and goes on there.
_IN_ITS_OWN = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'


# -- killing -----------------------------------------------------------------------------------------------------------


class Ran(NamedTuple):
    """What a work told of before it ended or was killed, its exit status, and how long it took."""

    told: tuple[str, ...]
    status: int
    seconds: float


def ran(work: Work, case: Path, kill_after: float | None = None, before: Callable[[], None] | None = None) -> Ran:
    """A work in a process of its own, killed after some seconds if it has not ended by then."""
    reading, writing = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _as_child(work, case, writing, before)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode().splitlines()
    _, status = os.waitpid(child, 0)
    return Ran(tuple(told), status, time.monotonic() - begun)


def _as_child(work: Work, case: Path, writing: int, before: Callable[[], None] | None) -> None:
    try:
        if before is not None:
            before()
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            work(case, lambda words: _tell(pipe, words))
    except TadmorError as error:
        print(f"  {error}", file=sys.stderr)
        os._exit(3)
    except BaseException as error:  # noqa: BLE001 - a fault of the program, told by the exit status
        print(f"  {type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def _tell(pipe: IO[bytes], words: str) -> None:
    pipe.write(f"{words}\n".encode())


@contextmanager
def fresh(base: Made, disk: Path | None = None) -> Iterator[Made]:
    """A copy of the case with all beside it, to be damaged."""
    with tempfile.TemporaryDirectory(dir=disk) as folder:
        shutil.copytree(base.case.parent, Path(folder) / "all")
        yield Made(Path(folder) / "all" / "case", base.signed)


def killed(base: Made, name: str, moments: random.Random, usual: float) -> list[str]:
    """What was wrong after one kill of a work, and after the work was carried out again."""
    work = WORKS[name]
    with fresh(base) as (case, signed):
        told = ran(work, case, kill_after=moments.uniform(0, usual * 1.1)).told
        found = wrong(case, told, signed)
        again = ran(work, case)
        found += [f"the same work ended with {again.status}"] if again.status else []
        return [f"{name}: {one}" for one in found + wrong(case, again.told, signed) + left_over(case)]


def kills(base: Made, count: int, seed: int, usual: Mapping[str, float]) -> list[str]:
    """What was wrong after so many kills, spread over works in turn.

    `usual` has the works, with the seconds that each takes.
    """
    moments, names = random.Random(seed), list(usual)  # noqa: S311 - moments, no secrets
    found: list[str] = []
    for number in range(count):
        name = names[number % len(names)]
        found += killed(base, name, moments, usual[name])
    return found


def usual_times(base: Made, names: Sequence[str]) -> dict[str, float]:
    """How long each work takes where nothing befalls it."""
    found = {}
    for name in names:
        with fresh(base) as (case, _):
            found[name] = ran(WORKS[name], case).seconds
    return found


# -- other faults ------------------------------------------------------------------------------------------------------


def no_growth(base: Made, moments: random.Random, count: int) -> list[str]:
    """No file may grow beyond some size: writing fails in one line, nothing kept is lost, and later it goes on."""
    found = []
    for _ in range(count):
        with fresh(base) as (case, signed):
            most = (case / "ledger.db").stat().st_size + moments.randrange(-200_000, 60_000)
            ended = ran(read, case, before=partial(_no_larger, most))
            if ended.status not in (0, 3 << 8):
                found.append(f"no growth: reading ended with {ended.status}")
            found += [f"no growth: {one}" for one in wrong(case, ended.told, signed)]
            again = ran(read, case)
            found += [f"no growth, again: {one}" for one in wrong(case, again.told, signed)]
            found += [f"no growth: the same work ended with {again.status}"] if again.status else []
    return found


def _no_larger(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def full_disks(names: Sequence[str], count: int, seed: int) -> list[str] | None:
    """What was wrong after works whose disk was full, in earnest; `None`: this machine lets nobody mount one here."""
    with tempfile.TemporaryDirectory() as disk:
        call = ["unshare", "-rm", "sh", "-c", _IN_ITS_OWN, "sh", str(_DISK), disk]
        try:
            subprocess.run([*call, "true"], check=True, capture_output=True)  # noqa: S603 - fixed words
        except (OSError, subprocess.CalledProcessError):
            return None
        own = [sys.executable, "-m", "quality.faults", "--disk", disk, "--full", str(count), "--seed", str(seed)]
        done = subprocess.run([*call, *own, "--works", *names], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        found = done.stdout.splitlines()
        return found if done.returncode == 0 else [*found, f"full disk: the measurement ended with {done.returncode}"]


def on_a_full_disk(disk: Path, names: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Works that run out of room: each ends in one line, nothing kept is lost, and with room again it goes on."""
    rooms = random.Random(seed)  # noqa: S311 - sizes, no secrets
    with tempfile.TemporaryDirectory() as folder:
        base = made(Path(folder) / "base")
        for number in range(count):
            name = names[number % len(names)]
            with fresh(base, disk) as (case, signed):
                room = rooms.randrange(_FREE)
                with _filled(disk, room):
                    ended = ran(WORKS[name], case)
                found = [] if ended.status in (0, 3 << 8) else [f"ended with {ended.status}"]
                found += wrong(case, ended.told, signed)
                again = ran(WORKS[name], case)
                found += [f"with room again, it ended with {again.status}"] if again.status else []
                found += wrong(case, again.told, signed) + left_over(case)
                yield from (f"full disk, {name}, {room} bytes free: {one}" for one in found)


@contextmanager
def _filled(disk: Path, room: int) -> Iterator[None]:
    """A disk that has so many bytes free and no more."""
    ballast = disk / "ballast"
    now = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, now.f_bavail * now.f_frsize - room))
    try:
        yield
    finally:
        ballast.unlink()


def clock_set_back(base: Made) -> list[str]:
    """A year back in mid-work: nothing is lost, the case verifies, and a warning names the revision."""

    class Earlier(datetime):
        """A clock that is a year slow."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(datetime.now(tz).timestamp() - 365 * 86_400, tz)

    def set_back() -> None:
        setattr(chain, "datetime", Earlier)  # noqa: B010 - what it imports, which nobody else may

    with fresh(base) as (case, signed):
        ended = ran(review, case, before=set_back)
        found = wrong(case, ended.told, signed)
        with Ledger.open(case) as ledger:
            warned = [issue for issue in ledger.verify() if issue.rule == "clock-set-back"]
    found += [] if len(warned) == 1 else [f"{len(warned)} warnings of the clock"]
    return [f"clock: {one}" for one in found]


def two_writers(base: Made) -> list[str]:
    """Two processes decide at once, while a third reads reports in: all that each told of is kept."""
    with fresh(base) as (case, signed):
        children = []
        for work in (review, review, read):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(reading)
                _as_child(work, case, writing, None)
            os.close(writing)
            children.append((child, reading))
        told: list[str] = []
        found = []
        for child, reading in children:
            with os.fdopen(reading, "rb") as pipe:
                told += pipe.read().decode().splitlines()
            found += [f"a writer ended with {status}" for _, status in [os.waitpid(child, 0)] if status]
        return [f"two writers: {one}" for one in found + wrong(case, tuple(told), signed)]


def main() -> int:
    """Print what was wrong; 1 if anything was."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--full", type=int, default=40, help="works whose disk is full")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--works", nargs="+", choices=list(WORKS), default=list(WORKS))
    asked.add_argument("--disk", type=Path, help=argparse.SUPPRESS)  # where `full_disks` has mounted one
    given = asked.parse_args()
    if given.disk is not None:
        for fault in on_a_full_disk(given.disk, given.works, given.full, given.seed):
            print(fault)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        base = made(Path(folder) / "base")
        faults = kills(base, given.kills, given.seed, usual_times(base, given.works))
        full = full_disks(given.works, given.full, given.seed)
        faults += full or []
        if full is None:
            faults += no_growth(base, random.Random(given.seed), given.full)  # noqa: S311 - sizes, no secrets
        faults += clock_set_back(base) + two_writers(base)
    for fault in faults:
        print(fault)
    disks = (
        f"{given.full} full disks" if full is not None else f"{given.full} limits of file size (no disk can be mounted)"
    )
    print(f"{given.kills} kills, {disks}, a clock set back, three writers: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
