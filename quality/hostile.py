"""Hostile input: what hundreds of files made to harm do to a run.

    python -m quality.hostile [--count 300] [--seed 1]

They are read into one case, and lists that name forbidden addresses are watched, in a process that notes each file it
opens for writing and each address it connects to. Measured: does the run end, in what time and memory, is anything
written outside the case or asked of an address, and does the case verify.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from quality.hostile_files import files, lists

#: Seconds for one file, and megabytes of a process: the limits of a page apart and a PDF's reader, with room.
SECONDS, MEGABYTES = 150.0, 3_500
_NOTING = """
import os, sys
_OUT = os.open(os.environ["TADMOR_NOTED"], os.O_WRONLY | os.O_APPEND)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def _note(event, args):
    if event in ("socket.connect", "socket.sendto"):
        os.write(_OUT, f"asked {args[1]!r}\\n".encode())
    elif event == "open" and isinstance(args[0], (str, bytes)) and isinstance(args[2], int) and args[2] & _WRITES:
        os.write(_OUT, f"wrote {os.path.abspath(os.fsdecode(args[0]))}\\n".encode())
    elif event in ("os.symlink", "os.link", "os.rename", "os.system", "os.exec"):
        os.write(_OUT, f"{event} {args!r}\\n".encode())

sys.addaudithook(_note)
"""


class Result(NamedTuple):
    """What a run did; the lists are what must be empty."""

    files: int
    ended: bool
    seconds: float
    slowest: tuple[float, str]
    megabytes: int
    asked: list[str]
    outside: list[str]
    verified: bool
    traces: list[str]

    @property
    def holds(self) -> bool:
        """Is all as it must be?"""
        harmless = not (self.asked or self.outside or self.traces)
        return self.ended and self.verified and harmless and self.slowest[0] <= SECONDS and self.megabytes <= MEGABYTES


def measure(folder: Path, chosen: Iterable[tuple[str, bytes]]) -> Result:
    """Write the files below a folder, read them, and look at what came of it."""
    given, named, case = folder / "in", folder / "lists", folder / "case"
    made = _made(given, chosen)
    _made(named, lists())
    noted = folder / "noted"
    noted.touch()
    hook = folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(_NOTING, "utf-8")
    before = _all(folder)
    path = os.pathsep.join([str(hook), *(one for one in sys.path if one)])
    fresh = {"PYTHONPATH": path, "TADMOR_NOTED": str(noted), "PYTHONDONTWRITEBYTECODE": "1"}
    began = time.monotonic()
    command = [sys.executable, "-m", "quality.hostile_child", str(given), str(named), str(case)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **fresh}, check=False)  # noqa: S603
    seconds = time.monotonic() - began
    told = [line.split("\t") for line in done.stdout.splitlines() if line.startswith("file\t")]
    times = [(float(one[1]), one[2]) for one in told]
    peak = [int(line.split("\t")[1]) for line in done.stdout.splitlines() if line.startswith("peak\t")]
    asked, wrote = _noted(noted)
    outside = [one for one in wrote if not _allowed(one, case)]
    outside += sorted(str(one) for one in _all(folder) - before if case not in (one, *one.parents))
    return Result(
        files=made,
        ended=done.returncode == 0 and len(times) == made,
        seconds=seconds,
        slowest=max(times, default=(0.0, "")),
        megabytes=peak[0] if peak else 0,
        asked=asked,
        outside=outside,
        verified="verified\tTrue" in done.stdout,
        traces=[line for line in done.stderr.splitlines() if line.startswith(("Traceback", "Fatal"))],
    )


def _made(folder: Path, found: Iterable[tuple[str, bytes]]) -> int:
    folder.mkdir()
    number = 0
    for name, data in found:
        (folder / name).write_bytes(data)
        number += 1
    return number


def _all(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def _noted(noted: Path) -> tuple[list[str], list[str]]:
    """What was asked, and what was written or linked."""
    lines = noted.read_text("utf-8", "replace").splitlines()
    asked = [line for line in lines if line.startswith("asked ")]
    return asked, [line for line in lines if not line.startswith("asked ")]


def _allowed(line: str, case: Path) -> bool:
    """In the case, to nowhere, a passing file that has no name or is gone, or a file of the case put in its place."""
    what, _, rest = line.partition(" ")
    if what == "wrote":
        passing = Path(tempfile.gettempdir())
        gone = passing in (Path(rest), Path(rest).parent) and (Path(rest) == passing or not Path(rest).exists())
        return gone or rest == "/dev/null" or rest.startswith(f"{case}{os.sep}")
    return what == "os.rename" and rest.count(str(case)) == 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and tell; 1 where something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder).resolve(), files(asked.count, asked.seed))
    print(f"{found.files} files read to the end: {found.ended}, in {found.seconds:.0f} s")
    print(f"slowest {found.slowest[0]:.1f} s ({found.slowest[1]}); at most {found.megabytes} MB in a process")
    print(f"addresses asked: {len(found.asked)} {found.asked[:3]}")
    print(f"written outside the case: {len(found.outside)} {found.outside[:3]}")
    print(f"the case verifies: {found.verified}; traces: {found.traces[:3]}")
    return 0 if found.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
