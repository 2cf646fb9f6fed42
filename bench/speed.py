"""Speed and memory of reading, asking and starting.

    python -m bench [--runs N] [--documents N] [--json]

Reads news articles (FA-KES, where the reference data is beside the repository; else the example reports) into cases of
their own; more than there are come again, each with another number in it. Each figure is the median of the runs; the
machine's load is printed beside them, since other work on it shows in all of them.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import isnan
from pathlib import Path
from typing import NamedTuple

from quality.calling import tadmor
from quality.corpus import ROOT, shared

FA_KES = "corpora/fa-kes/articles"
#: What reading spends its time on; the encoder is the floor of what the learned reader costs.
_STAGES = ("load", "extract", "encoder", "ground", "ledger")

#: Names of the files that stand in for articles where there are too few.
_REPEATED = "repeated-"

#: In how many processes, and by which reader.
_WAYS = ((1, "learned"), (2, "learned"), (2, "rules"))


class Figure(NamedTuple):
    """One measurement: what, how much, in which unit."""

    name: str
    value: float
    unit: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        articles = articles_in(Path(scratch), options.documents)
        figures = list(_figures(articles, Path(scratch), options.runs))
    show(figures, options.runs, as_json=options.json)


def show(figures: Sequence[Figure], runs: int, *, as_json: bool) -> None:
    """Print figures, with how they were taken."""
    if as_json:
        print(json.dumps([figure._asdict() for figure in figures]))
        return
    for figure in figures:
        print(f"{figure.name:64} {figure.value:10.2f} {figure.unit}")
    print(f"median of {runs} runs on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


def articles_in(scratch: Path, count: int) -> Path:
    """A folder of so many articles; where there are fewer, they come again, in their order, each with a number."""
    folder = scratch / "articles"
    folder.mkdir()
    data = shared(FA_KES)
    found = sorted((data / FA_KES).glob("*.txt"))[:count] if data is not None else []
    for path in found:
        shutil.copy(path, folder)
    again = found or sorted((ROOT / "examples/palmyra/reports").glob("*.txt"))
    for number in range(count - len(found)):
        text = again[number % len(again)].read_text(encoding="utf-8")
        (folder / f"{_REPEATED}{number:06}.txt").write_text(f"{text}\nCopy number {number}.\n", encoding="utf-8")
    return folder


def _figures(articles: Path, scratch: Path, runs: int) -> Iterator[Figure]:
    count = len(list(articles.iterdir()))
    yield Figure("articles", count, "")
    yield Figure("  of them repeated", len(list(articles.glob(f"{_REPEATED}*"))), "")
    yield Figure("tadmor --help", _median(runs, lambda: _call("--help")), "s")
    one = min(articles.iterdir())
    yield Figure("cold start to the first claims (one article)", _median(runs, lambda: _read(one, scratch)), "s")
    taken = {way: _median(runs, partial(_seconds, articles, scratch, *way)) for way in _WAYS}
    for workers, reader in _WAYS:
        name = f"articles a second, text to ledger, {workers} process(es)"
        yield Figure(name + ", rules alone" * (reader == "rules"), count / taken[workers, reader], "1/s")
    yield Figure("  of the speed of the rules alone, 2 processes", taken[2, "rules"] / taken[2, "learned"], "")
    shares = _stages(articles, scratch, 1, "learned")
    if not isnan(shares["growth"]):
        yield Figure("time of the last hundred articles, of the second hundred's", shares["growth"], "")
    for stage in _STAGES:
        yield Figure(f"  of one process's time: {stage}", 100 * shares[stage] / shares["all"], "%")
    rest = shares["all"] - sum(shares[stage] for stage in _STAGES)
    yield Figure("  of one process's time: starting, tables, copies", 100 * rest / shares["all"], "%")
    yield Figure("peak memory of reading, one process", shares["megabytes"], "MB")
    case = scratch / "kept"
    _call("read", str(articles), "--case", str(case))
    concluded = [child("bench.conclude_child", case) for _ in range(runs)]
    yield Figure("claims in the case", concluded[0]["claims"], "")
    yield Figure("concluding the whole record", statistics.median(one["seconds"] for one in concluded), "s")
    place = _most_told(case)
    yield Figure(
        "brief of the place told of most, the record remembered",
        _median(runs, lambda: _call("brief", place, "--case", str(case))),
        "s",
    )
    yield Figure("export claims", _median(runs, lambda: _call("export", "claims", "--case", str(case))), "s")
    yield Figure("verify", _median(runs, lambda: _call("verify", "--case", str(case))), "s")
    size = sum(path.stat().st_size for path in case.rglob("*") if path.is_file())
    yield Figure("case on disk, an article", size / 1000 / count, "kB")


def _median(runs: int, timed: Callable[[], float]) -> float:
    return statistics.median(timed() for _ in range(runs))


def _call(*words: str) -> float:
    """Seconds that a call of the command line takes."""
    started = time.perf_counter()
    tadmor(*words)
    return time.perf_counter() - started


def _read(path: Path, scratch: Path) -> float:
    case = scratch / "one"
    shutil.rmtree(case, ignore_errors=True)
    return _call("read", str(path), "--case", str(case))


def _most_told(case: Path) -> str:
    return str(json.loads(tadmor("brief", "--json", "--case", case))["places"][0]["id"])


def _seconds(articles: Path, scratch: Path, workers: int, reader: str) -> float:
    return _stages(articles, scratch, workers, reader)["all"]


def _stages(articles: Path, scratch: Path, workers: int, reader: str) -> dict[str, float]:
    """Seconds by stage of one reading, and its peak memory, in a process of its own."""
    case = scratch / "timed"
    shutil.rmtree(case, ignore_errors=True)
    return child("bench.speed_child", articles, case, workers, reader)


def child(module: str, *words: object) -> dict[str, float]:
    """What a module of this folder prints as JSON, in a process of its own."""
    call = [sys.executable, "-m", module, *map(str, words)]
    return dict(json.loads(subprocess.run(call, check=True, capture_output=True, cwd=ROOT).stdout))


def peak_megabytes() -> float:
    """The largest resident set of this process so far; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
