"""A case read and served by the program, in processes of their own, as its users start it."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

REPOSITORY = Path(__file__).resolve().parents[2]
TADMOR = [sys.executable, "-m", "tadmor.views.cli"]


def read_into(folder: Path, example: Path) -> None:
    """Read the reports of an example into a case."""
    call = ["read", example / "reports", "--sources", example / "sources.yaml", "--case", folder]
    subprocess.run([*TADMOR, *map(str, call)], check=True, capture_output=True, timeout=300)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """The address at which a case is served meanwhile, once it answers there."""
    # another for each folder, should tests run side by side
    port = 18000 + sum(map(ord, f"{folder}{options}")) % 8000
    call = [*TADMOR, "serve", "--case", str(folder), "--port", str(port), *options]
    # whoever runs the tests is named in no picture
    named = os.environ | {"TADMOR_AUTHOR": "A. Reviewer"}
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=named) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        try:
            _answering(f"http://127.0.0.1:{port}/about")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _answering(address: str, wait: float = 60.0) -> None:
    """Wait until a server answers: its line is printed before it listens."""
    until = time.monotonic() + wait
    while True:
        try:
            with urllib.request.urlopen(address, timeout=wait):  # noqa: S310 - the address just made
                return
        except URLError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)
