"""Speed and memory of the server and of the record page, on a made case of a million claims.

    python -m bench.page [--claims N] [--places N] [--case DIR] [--json]

Each kind of question is asked many times, each time another, and timed at the client; the first is told apart, since
nothing is kept ready for it yet. Requests a second are of one answer asked over and over, by `wrk` where it is
installed, else by four clients in Python, which are slower than the server. The page is opened in a real browser where
one is there: one that has run for two seconds, and one that is only beginning, which itself takes both processors
for most of a second. Server, client and browser share the machine's processors.
"""

import argparse
import http.client
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from bench.made_atlas import COMMON, RARE, made
from bench.speed import Figure, show

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_PORT = 18999
#: Questions of each kind.
_ASKED = 60
#: Openings of the page, of each kind.
_OPENED = 3
_FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=10_000)
    parser.add_argument("--case", type=Path, metavar="DIR", help="where the case is kept; one that is there is taken")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.case or Path(scratch) / "case"
        found = list(_figures(folder, asked.claims, asked.places))
    show(found, 1, as_json=asked.json)


def _figures(folder: Path, claims: int, places: int) -> Iterator[Figure]:
    if not folder.exists():
        begun = time.perf_counter()
        made(folder, claims=claims, places=places)
        yield Figure(f"laying out {claims:,} claims of {places:,} places", time.perf_counter() - begun, "s")
    yield Figure("  on the disk", sum(path.stat().st_size for path in (folder / "atlas").glob("*.db")) / 1e6, "MB")
    with _served(folder) as server:
        random = Random(3)  # noqa: S311 - repeatable on purpose
        for name, paths in _questions(random, places):
            times = [_timed(path) for path in paths]
            yield Figure(f"{name}: the first", times[0] * 1000, "ms")
            yield Figure("  the middle one", statistics.median(times) * 1000, "ms")
            yield Figure("  the slowest but one in twenty", sorted(times)[int(len(times) * 0.95)] * 1000, "ms")
        yield from _load("/api/v1/control?day=2016-06-01&format=geojson", "control by day, kept ready")
        yield from _load("/api/v1/claims?limit=50", "a page of claims, kept ready")
        yield Figure("memory of the server", _memory(server.pid), "MB")
        yield from _browsed()


def _questions(random: Random, places: int) -> Iterator[tuple[str, list[str]]]:
    """Kinds of questions, each with different ones."""

    def day() -> date:
        return date(2012, 1, 1) + timedelta(days=random.randrange(3000))

    def some() -> str:
        return f"p{random.randrange(places)}"

    def word() -> str:
        return random.choice(RARE)

    yield "all spells, in columns", ["/api/v1/control/spells"] * 5
    yield "who held what on a day", [f"/api/v1/control?day={day()}&format=geojson" for _ in range(10)]
    yield "claims of a place", [f"/api/v1/claims?place={some()}" for _ in range(_ASKED)]
    yield (
        "claims of a source and kind",
        [f"/api/v1/claims?source=s{random.randrange(200)}&kind=toll" for _ in range(_ASKED)],
    )
    yield (
        "claims of an actor from a day on",
        [f"/api/v1/claims?actor=a{random.randrange(6)}&from={day()}" for _ in range(_ASKED)],
    )
    yield "a page deep in the list", [f"/api/v1/claims?cursor={random.randrange(900_000)}" for _ in range(_ASKED)]
    yield "a place with its spells and ticks", [f"/api/v1/places/{some()}" for _ in range(_ASKED)]
    yield "search, a rare word", [f"/api/v1/search?q={word()}" for _ in range(_ASKED)]
    pairs = [f"/api/v1/search?q={one}%20{other}" for one, other in combinations(COMMON, 2)]
    yield "search, two common words", random.sample(pairs, _ASKED)
    yield "search, two rare words", [f"/api/v1/search?q={word()}%20{word()}" for _ in range(_ASKED)]
    yield "search, a mistyped word", [f"/api/v1/search?q={word()[:-1]}x" for _ in range(20)]


@contextmanager
def _served(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    call = [sys.executable, "-m", "tadmor.views.cli", "serve", "--case", str(folder), "--port", str(_PORT)]
    server = subprocess.Popen(call, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                _timed("/api/v1/case")
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait()


def _timed(path: str) -> float:
    """Seconds until the whole answer is there."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=120)
    connection.request("GET", path, headers={"accept-encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        message = f"{path}: {answer.status}"
        raise RuntimeError(message)
    return time.perf_counter() - begun


def _load(path: str, name: str) -> Iterator[Figure]:
    """One answer asked over and over by sixteen clients for five seconds."""
    _timed(path)
    if shutil.which("wrk"):
        call = [
            "wrk",
            "-t2",
            "-c16",
            "-d5s",
            "--latency",
            "-H",
            "accept-encoding: gzip",
            f"http://127.0.0.1:{_PORT}{path}",
        ]
        told = subprocess.run(call, capture_output=True, text=True, check=True).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
        slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
        if rate and slow:
            yield Figure(f"{name}: answers a second", float(rate[1]), "")
            yield Figure("  p99", float(slow[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slow[2]], "ms")
        return
    until = time.perf_counter() + 5
    with ThreadPoolExecutor(4) as clients:
        times = [one for found in clients.map(lambda _: _asked_until(path, until), range(4)) for one in found]
    yield Figure(f"{name}: answers a second, by clients in Python", len(times) / 5, "")
    yield Figure("  p99", sorted(times)[int(len(times) * 0.99)] * 1000, "ms")


def _asked_until(path: str, until: float) -> list[float]:
    times = []
    while time.perf_counter() < until:
        times.append(_timed(path))
    return times


def _memory(pid: int) -> float:
    """Resident memory of a process, in MB."""
    told = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    return int(found[1]) / 1000 if found else float("nan")


def _browsed() -> Iterator[Figure]:
    """The page opened and its day changed, in a browser that runs already, as a reader's does."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is there

    with sync_playwright() as playwright:
        running, begun = [], []
        for _ in range(_OPENED):
            running.append(_opened(playwright.chromium.launch(executable_path=chromium, args=_FLAGS), settled_s=2))
            begun.append(_opened(playwright.chromium.launch(executable_path=chromium, args=_FLAGS), settled_s=0))
        yield Figure("the page: list and marks usable", statistics.median(one.usable_s for one in running), "s")
        yield Figure("  the ground drawn too", statistics.median(one.ground_s for one in running), "s")
        days = [day for one in running for day in one.days_ms]
        yield Figure("  another day, from asking to drawn, by its own clock", statistics.median(days), "ms")
        yield Figure(
            "  usable in a browser that is itself only beginning", statistics.median(one.usable_s for one in begun), "s"
        )


class _Opened(NamedTuple):
    """How long one opening of the page took."""

    usable_s: float
    ground_s: float
    days_ms: list[float]


def _opened(browser: "Browser", *, settled_s: float) -> _Opened:
    """The page opened in a browser that began so long ago, which is closed afterwards."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.wait_for_timeout(settled_s * 1000)
    begun = time.perf_counter()
    page.goto(f"http://127.0.0.1:{_PORT}/?day=2016-06-01")
    page.wait_for_selector("table.places tbody tr")
    usable = time.perf_counter() - begun
    page.wait_for_selector("section.map[data-ready=yes]")
    ground = time.perf_counter() - begun
    days = []
    for _ in range(20):
        page.get_by_role("button", name="A day on").click()
        page.wait_for_timeout(150)
        days.append(float(page.locator("section.map").get_attribute("data-answer-ms") or "nan"))
    browser.close()
    return _Opened(usable, ground, days)


if __name__ == "__main__":
    main()
