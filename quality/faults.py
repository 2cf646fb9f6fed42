"""What a case survives: kill -9 at random points of what writes to it, a full disk, a clock set back, two writers.

    python -m quality.faults                     200 kills, spread over all works, and every other fault
    python -m quality.faults --kills 14 --seed 3

Each work runs in a process of its own and tells of what it finished; it is killed at a random moment of its usual time.
Then three things have to hold: the case verifies, what was told as finished is in it, with all that was signed before,
and the same work carried out again ends well. The works are functions of this module: another one is a line in `WORKS`.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, Self

from tadmor import pipeline
from tadmor.datamodel.checkpoints import Checkpoint
from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.issues import Severity
from tadmor.errors import CaseError
from tadmor.ledger import Ledger, chain
from tadmor.ledger.keys import Keys
from tadmor.ledger.sealing import lock, sealed_path, unlock
from tadmor.pipeline.redacting import redact
from tadmor.settings import Settings

Tell = Callable[[str], None]
Work = Callable[[Path, Tell], None]

_NAME, _TOWNS = "Colonel Nadim Khoury", ("Palmyra", "Raqqa", "Aleppo", "Homs", "Hama", "Idlib", "Daraa", "Manbij")
_PASSPHRASE = "as long as four words"  # noqa: S105 - of cases made here
_SETTINGS = Settings(reader="rules", workers=1)


def reports(folder: Path, count: int) -> Path:
    """Short invented reports, each with a few claims and a name that can be withheld."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        town, day = _TOWNS[number % len(_TOWNS)], 1 + number % 28
        words = (
            f"Army takes {town}\nReuters\n2016-03-{day:02}\n\nThe Syrian army captured {town} from Islamic State on "
            f"Sunday, {_NAME} said. At least {number + 3} soldiers were killed in the city.\n"
        )
        (folder / f"{number}.txt").write_text(words, "utf-8")
    return folder


# -- works -------------------------------------------------------------------------------------------------------------


def read(case: Path, tell: Tell) -> None:
    """More reports are read in."""
    more = case.with_name("more")
    with Ledger.open(case, create=True) as ledger:
        pipeline.read([more], ledger, settings=_SETTINGS, progress=lambda _done, _all, name: tell(f"file {name}"))


def review(case: Path, tell: Tell) -> None:
    """Claims are decided on, one after another."""
    with Ledger.open(case) as ledger:
        claims = [claim.id for claim in ledger.claims(rejected=True)]
    for number in range(60):
        word = Review(
            subject=claims[number % len(claims)],
            decision=Decision.REJECT if number % 2 else Decision.ACCEPT,
            author="reviewer",
            made=datetime.now(UTC),
            reason=f"{os.getpid()} {number}",
        )
        with Ledger.open(case, writable=True, patience=60) as ledger:
            ledger.add_review(word)
        tell(f"review {word.reason}")


def sign(case: Path, tell: Tell) -> None:
    """Checkpoints are signed."""
    keys = Keys(case.with_name("keys"))
    signing = keys.signing(keys.only(), str)
    for _ in range(20):
        with Ledger.open(case, writable=True) as ledger:
            signed = ledger.custody.sign(signing)
        tell(f"size {signed.checkpoint.size}")


def withhold(case: Path, tell: Tell) -> None:
    """A name is taken out."""
    with Ledger.open(case) as ledger:
        if any("Khoury" in document.text for document in ledger.documents()):
            ledger.close()
            redact(case, [_NAME, "Nadim Khoury"], author="reviewer", reason="asked")
    tell("withheld")


def seal(case: Path, tell: Tell) -> None:
    """The case is locked and unlocked."""
    if not sealed_path(case).exists():
        lock(case, (), lambda: _PASSPHRASE)
    tell("locked")
    unlock(case, (), lambda: _PASSPHRASE)
    tell("unlocked")


#: What writes to a case. What fetches and publishes is a line each.
WORKS: dict[str, Work] = {"read": read, "review": review, "sign": sign, "withhold": withhold, "seal": seal}


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
    except CaseError as error:
        print(f"  {error}", file=sys.stderr)
        os._exit(3)
    except BaseException as error:  # noqa: BLE001 - a fault of the program, told by the exit status
        print(f"  {type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def _tell(pipe: IO[bytes], words: str) -> None:
    pipe.write(f"{words}\n".encode())


def wrong(case: Path, told: tuple[str, ...], signed: Checkpoint) -> list[str]:
    """What does not hold of a case that a work told of; a case that is locked is unlocked first."""
    if not case.exists():
        unlock(case, (), lambda: _PASSPHRASE)
    with Ledger.open(case) as ledger:
        issues = [*ledger.verify(), *ledger.custody.compare([("the checkpoint before", signed)])]
        names = {document.name for document in ledger.documents()}
        reasons = {review.reason for review in ledger.reviews()}
        sizes = {one.checkpoint.size for one in ledger.custody.checkpoints()}
        texts = [document.text for document in ledger.documents()] if "withheld" in told else []
    kept = {f"file {one}" for one in names} | {f"review {one}" for one in reasons} | {f"size {one}" for one in sizes}
    found = [issue.line() for issue in issues if issue.severity is Severity.ERROR]
    found += [f"lost: {one}" for one in told if one.split()[0] in {"file", "review", "size"} and one not in kept]
    return found + [f"not withheld: {one[:60]}" for one in texts if "Khoury" in one]


class Made(NamedTuple):
    """A case with what the works need beside it, and the checkpoint signed in it."""

    case: Path
    signed: Checkpoint


def made(folder: Path) -> Made:
    """The case that every work begins with."""
    reports(folder / "more", 12)
    case = folder / "case"
    with Ledger.create(case) as ledger:
        pipeline.read([reports(folder / "first", 6)], ledger, settings=_SETTINGS)
        keys = Keys(folder / "keys")
        keys.new("quality", None)
        return Made(case, ledger.custody.sign(keys.signing("quality", str)).checkpoint)


@contextmanager
def fresh(base: Made) -> Iterator[Made]:
    """A copy of all that, to be damaged."""
    with tempfile.TemporaryDirectory() as folder:
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
        return [f"{name}: {one}" for one in found + wrong(case, again.told, signed)]


def kills(base: Made, count: int, seed: int, usual: Mapping[str, float]) -> list[str]:
    """What was wrong after so many kills, spread over all works in turn; `usual`: seconds that each takes."""
    moments, names = random.Random(seed), list(WORKS)  # noqa: S311 - moments, no secrets
    found: list[str] = []
    for number in range(count):
        name = names[number % len(names)]
        found += killed(base, name, moments, usual[name])
    return found


def usual_times(base: Made) -> dict[str, float]:
    """How long each work takes where nothing befalls it."""
    found = {}
    for name, work in WORKS.items():
        with fresh(base) as (case, _):
            found[name] = ran(work, case).seconds
    return found


# -- other faults ------------------------------------------------------------------------------------------------------


def full_disk(base: Made, moments: random.Random, count: int) -> list[str]:
    """No file may grow beyond some size: writing fails in one line, nothing kept is lost, and later it goes on."""
    found = []
    for _ in range(count):
        with fresh(base) as (case, signed):
            most = (case / "ledger.db").stat().st_size + moments.randrange(-200_000, 60_000)
            ended = ran(read, case, before=partial(_no_larger, most))
            if ended.status not in (0, 3 << 8):
                found.append(f"full disk: reading ended with {ended.status}")
            found += [f"full disk: {one}" for one in wrong(case, ended.told, signed)]
            again = ran(read, case)
            found += [f"full disk, again: {one}" for one in wrong(case, again.told, signed)]
            found += [f"full disk: the same work ended with {again.status}"] if again.status else []
    return found


def _no_larger(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


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
    asked.add_argument("--full", type=int, default=20, help="sizes at which no file may grow further")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = made(Path(folder) / "base")
        faults = kills(base, given.kills, given.seed, usual_times(base))
        faults += full_disk(base, random.Random(given.seed), given.full)  # noqa: S311 - sizes, no secrets
        faults += clock_set_back(base) + two_writers(base)
    for fault in faults:
        print(fault)
    print(f"{given.kills} kills, {given.full} full disks, a clock set back, three writers: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
