"""tadmor as its users call it: by its command line, in a process of its own."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any


def tadmor(*words: str | Path) -> str:
    """What a call of the command line prints.

    Raises:
        RuntimeError: it ended with another code than 0.
    """
    call = [sys.executable, "-m", "tadmor.views.cli", *map(str, words)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    if done.returncode:
        message = f"tadmor {' '.join(map(str, words))}: code {done.returncode}\n{done.stderr}"
        raise RuntimeError(message)
    return done.stdout


def exported(what: str, case: Path, *words: str) -> list[dict[str, Any]]:
    """The rows of an export."""
    lines = tadmor("export", what, "--case", case, *words).splitlines()
    return [json.loads(line) for line in lines]


def peak_of_children() -> float:
    """The largest memory, MB, that any process called so far has held; Linux counts it in kilobytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
