"""Reading while serving: reports are read into a case that people look at and decide on meanwhile.

    python -m bench.together [--documents N] [--readers N] [--reviewers N] [--port N] [--json]

`tadmor serve` and `tadmor read` run on one case as their users start them. Readers ask for the case, claims, who held
what, and documents, over and over; reviewers decide on claims as fast as they are answered. Whatever does not fit is
printed and ends the call with 1: an answer that is no answer, a quote that is not in its document's text at its place
(a torn read), a decision that is gone (a lost write), a document that is missing, a history that does not hold.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from quality.calling import tadmor

from bench.speed import Figure, articles_in, show
from tadmor.ledger import Ledger

_TADMOR = [sys.executable, "-m", "tadmor.views.cli"]
_JSON = {"content-type": "application/json"}
#: Documents that the case holds before, so that there is something to look at and to decide on.
_FIRST = 10
#: Seconds between two questions of a reader, and two decisions of a reviewer: a quick person's.
_PAUSE = 0.5


class Together:
    """What everybody did, and what did not fit."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.faults: list[str] = []
        self.took: list[float] = []
        self.decided: list[tuple[str, int]] = []  # author, number of the decision
        self.heads: set[str] = set()
        self._texts: dict[str, str] = {}
        self._ended = threading.Event()

    def end(self) -> None:
        """Have everybody stop after what they are doing."""
        self._ended.set()

    def reader(self, number: int) -> None:
        """Look at the record until the end."""
        random, seen = Random(number), 0  # noqa: S311 - repeatable on purpose
        looks: tuple[Callable[[Random], None], ...] = (self._held, self._quoted, self._found)
        while not self._ended.wait(random.uniform(0, 2 * _PAUSE)):
            case = self._ask("GET", "/api/v1/case")
            if case is None:
                continue
            self.heads.add(case["head"])
            if case["claims"] < seen:
                self.faults.append(f"a reader saw {seen} claims, and then {case['claims']}")
            seen = case["claims"]
            random.choice(looks)(random)

    def reviewer(self, number: int) -> None:
        """Decide on one claim after another until the end."""
        author = f"Reviewer {number}"
        for turn in count():
            if self._ended.wait(_PAUSE):
                return
            listed = self._ask("GET", f"/api/v1/claims?limit=1&cursor={(turn * 2 + number) % 60}")
            if not listed or not listed["claims"]:
                continue
            wish = {
                "claim": listed["claims"][0]["id"],
                "decision": "accept",
                "author": author,
                "reason": f"turn {turn}",
            }
            noted = self._ask("POST", "/api/v1/reviews", wish)
            if noted is not None:
                self.decided.append((author, noted["number"]))

    def _held(self, random: Random) -> None:
        spells = self._ask("GET", f"/api/v1/control?day=20{random.randrange(12, 18)}-06-01&format=geojson")
        if spells is not None and spells["type"] != "FeatureCollection":
            self.faults.append("who held what: no collection")

    def _found(self, random: Random) -> None:
        self._ask("GET", f"/api/v1/search?q={random.choice(('army', 'killed', 'air', 'city'))}")

    def _quoted(self, random: Random) -> None:
        """Claims of some page: each has its words at its place in its document."""
        listed = self._ask("GET", f"/api/v1/claims?limit=5&cursor={random.randrange(200)}")
        for claim in (listed or {"claims": []})["claims"]:
            identity = claim["document"]["id"]
            if identity not in self._texts:
                told = self._ask("GET", f"/api/v1/documents/{identity}")
                if told is None:
                    continue
                self._texts[identity] = told["text"]
            if (claim["text_quote"] or claim["quote"]) not in self._texts[identity]:
                self.faults.append(f"claim {claim['id']}: its words are not in its document")

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        begun = time.perf_counter()
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request(method, path, json.dumps(body) if body else None, _JSON if body else {})
            answer = connection.getresponse()
            told = answer.read()
            connection.close()
        except OSError as error:
            self.faults.append(f"{method} {path}: {error}")
            return None
        self.took.append(time.perf_counter() - begun)
        if answer.status not in (200, 201):
            self.faults.append(f"{method} {path}: {answer.status} {told[:200].decode()}")
            return None
        return json.loads(told)


def together(articles: Path, case: Path, readers: int, reviewers: int, *, port: int) -> Iterator[Figure]:
    """Read all articles into a case that is served, looked at and decided on; what does not fit is raised at the end.

    Raises:
        AssertionError: something was lost, torn, or not answered.
    """
    files = sorted(articles.iterdir())
    tadmor("read", *files[:_FIRST], "--case", case)
    with _served(case, port), ThreadPoolExecutor(readers + reviewers) as people:
        all_of_them = Together(port)
        working = [people.submit(all_of_them.reader, number) for number in range(readers)]
        working += [people.submit(all_of_them.reviewer, number) for number in range(reviewers)]
        begun = time.perf_counter()
        read = subprocess.run([*_TADMOR, "read", str(articles), "--case", str(case)], capture_output=True, check=False)
        took = time.perf_counter() - begun
        all_of_them.end()
        for one in working:
            one.result()
    _check(all_of_them, read, case, len(files))
    asked = sorted(all_of_them.took)
    yield Figure("documents read meanwhile", len(files) - _FIRST, "")
    yield Figure("  in", took, "s")
    yield Figure("questions answered", len(asked), "")
    yield Figure("  the middle one", statistics.median(asked) * 1000, "ms")
    yield Figure("  the slowest but one in a hundred", asked[int(len(asked) * 0.99)] * 1000, "ms")
    yield Figure("decisions noted, none lost", len(all_of_them.decided), "")
    yield Figure("states of the case that readers saw", len(all_of_them.heads), "")


def _check(done: Together, read: "subprocess.CompletedProcess[bytes]", case: Path, documents: int) -> None:
    faults = done.faults
    if read.returncode:
        faults.append(f"read ended with {read.returncode}: {read.stderr[-300:].decode(errors='replace')}")
    noted = {one["number"]: one["author"] for one in json.loads(tadmor("review", "list", "--json", "--case", case))}
    faults += [
        f"decision {number} of {author} is gone" for author, number in done.decided if noted.get(number) != author
    ]
    if len(noted) != len(done.decided):
        faults.append(f"{len(done.decided)} decisions were noted, {len(noted)} are there")
    tadmor("verify", "--case", case)  # raises where the history does not hold
    with Ledger.open(case) as ledger:
        originals = ledger.counts()["originals"]
    if originals != documents:
        faults.append(f"{documents} documents were read, {originals} are there")
    if faults:
        message = f"{len(faults)} faults: " + "; ".join(faults[:10])
        raise AssertionError(message)


@contextmanager
def _served(case: Path, port: int) -> Iterator[None]:
    call = [*_TADMOR, "serve", "--case", str(case), "--port", str(port)]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL) as server:
        try:
            _answering(port)
            yield
        finally:
            server.terminate()


def _answering(port: int) -> None:
    for _ in range(600):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/api/v1/case")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = f"nobody answers at port {port}"
    raise TimeoutError(message)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--reviewers", type=int, default=2)
    parser.add_argument("--port", type=int, default=18_997)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        articles = articles_in(Path(scratch), asked.documents + _FIRST)
        found = list(together(articles, Path(scratch) / "case", asked.readers, asked.reviewers, port=asked.port))
    show(found, 1, as_json=asked.json)


if __name__ == "__main__":
    main()
