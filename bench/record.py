"""Speed and memory of the engine for control (`record/fusion`).

    python -m bench.record [--runs N] [--claims 100000,1000000] [--peer PYTHON] [--json]

`window A`: the maps of `../shared/corpora/control-window-a`, three layers that name holders and three of claims, from
the files to chances by day; left out, saying so, where they are missing. `claims`: an invented case of so many claims
of 200 sources about 10,000 places over 3,000 days (`bench.invented`); making it is not counted. Each in a process of
its own. `Dawid-Skene`: ten rounds on invented answers, by `quality.rivals` and by crowd-kit, which is looked for in
this Python or in the one that `--peer` names; beside them the published steps in loops over the sources. Medians of the
runs; seconds of the processor stand beside those of the clock, since other work shows in the latter.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence

from quality.corpus import ROOT, shared

from bench.speed import Figure, show

WINDOW = "corpora/control-window-a"
_CASE = ("10,000 places", "3,000 days", "200 sources")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--claims", default="100000,1000000", metavar="N,...")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="one that has crowd-kit")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.claims.split(",") if size]
    found = list(figures(asked.runs, sizes, asked.peer))
    show(found, asked.runs, as_json=asked.json)


def figures(runs: int, sizes: Sequence[int], peer: str) -> Iterator[Figure]:
    """All measurements."""
    folder = shared(WINDOW)
    if folder is None:
        print(f"bench.record: window A left out, {WINDOW} is missing", file=sys.stderr)
    else:
        yield from _timed("control of window A, 5,305 places, 242 days, 6 layers", runs, "window", folder / WINDOW)
    for size in sizes:
        # The largest cases once: their spread is small beside their length.
        repeated = runs if size <= 1_000_000 else 1
        yield from _timed(f"control, {size:,} claims, {', '.join(_CASE)}", repeated, "case", size)
    yield from _dawid_skene(runs, peer)


def _timed(name: str, runs: int, *words: object) -> Iterator[Figure]:
    rows = [_child(sys.executable, *words) for _ in range(runs)]
    for part, unit in (("seconds", "s"), ("processor", "s of processor"), ("megabytes", "MB")):
        yield Figure(name if part == "seconds" else f"  {part}", statistics.median(row[part] for row in rows), unit)


def _dawid_skene(runs: int, peer: str) -> Iterator[Figure]:
    ways = {"tadmor": sys.executable, "loops": sys.executable, "crowd-kit": peer}
    found = {}
    for way, python in ways.items():
        rows = [_child(python, "dawid_skene", way) for _ in range(runs)]
        if "seconds" in rows[0]:
            found[way] = statistics.median(row["processor"] for row in rows)
            yield Figure(f"Dawid-Skene, 10 rounds, 500,000 answers: {way}", found[way], "s of processor")
        else:
            print(f"bench.record: crowd-kit left out, {peer} lacks it", file=sys.stderr)
    yield from (Figure(f"  times as fast as {way}", found[way] / found["tadmor"], "") for way in list(found)[1:])


def _child(python: str, *words: object) -> dict[str, float]:
    call = [python, "-m", "bench.record_child", *map(str, words)]
    place = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return dict(json.loads(subprocess.run(call, check=True, capture_output=True, cwd=ROOT, env=place).stdout))


if __name__ == "__main__":
    main()
