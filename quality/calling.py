"""tadmor as its users call it: by its command line, in a process of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def tadmor(*words: str | Path, columns: int = 100) -> str:
    """What a call of the command line prints, `columns` wide.

    Raises:
        RuntimeError: it ended with another code than 0.
    """
    place = {**os.environ, "COLUMNS": str(columns)}
    done = subprocess.run(_call(words), capture_output=True, text=True, check=False, env=place)  # noqa: S603  # our own program
    if done.returncode:
        message = f"{_failed(words, done.returncode)}\n{done.stderr}"
        raise RuntimeError(message)
    return done.stdout


def exported(what: str, case: Path, *words: str) -> list[dict[str, Any]]:
    """The rows of an export."""
    lines = tadmor("export", what, "--case", case, *words).splitlines()
    return [json.loads(line) for line in lines]


def measured(*words: str | Path) -> tuple[float, float]:
    """Seconds that a call takes from a cold start, and the most memory, MB, that its process held.

    Raises:
        RuntimeError: it ended with another code than 0.
    """
    started = time.perf_counter()
    with subprocess.Popen(_call(words), stdout=subprocess.DEVNULL) as process:  # noqa: S603  # our own program
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(_failed(words, process.returncode))
    return time.perf_counter() - started, usage.ru_maxrss / 1000  # Linux counts in kilobytes


def _call(words: tuple[str | Path, ...]) -> list[str]:
    return [sys.executable, "-m", "tadmor.views.cli", *map(str, words)]


def _failed(words: tuple[str | Path, ...], code: int) -> str:
    return f"tadmor {' '.join(map(str, words))}: code {code}"
