"""One timed run of the engine for control, in a process of its own; see `bench.record`."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
#: Of the answers, for the comparison of Dawid and Skene's method.
_TASKS, _SOURCES, _CLASSES, _EACH, _ROUNDS = 100_000, 200, 4, 5, 10
_INPUTS = ["isw_assessed", "lum_nzz", "wiki"]
_CLAIMS = ["isw_ruclaim", "isw_advance", "isw_uaclaim"]


def main() -> None:
    """Run what is asked for, and print what it took as JSON."""
    what, *words = sys.argv[1:]
    prepared = {"window": _window, "case": _case, "dawid_skene": _dawid_skene}[what](*words)
    print(json.dumps({} if prepared is None else _taken(prepared)))


def _taken(done: Callable[[], Any]) -> dict[str, float]:
    clock, processor = time.perf_counter(), time.process_time()
    done()
    return {
        "seconds": time.perf_counter() - clock,
        "processor": time.process_time() - processor,
        # Linux counts in kilobytes. `bench.speed` knows this too, but the peer's Python lacks what that needs.
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def _window(folder: str) -> Callable[[], Any]:
    """The chances of all places and days, from the files."""
    from quality import maps  # noqa: PLC0415  # what one run needs counts as its memory, and no more
    from tadmor.record.fusion import fuse  # noqa: PLC0415

    def done() -> object:
        seen = maps.read(Path(folder), [*_INPUTS, *_CLAIMS])
        fused = fuse(seen.voices([*_INPUTS, *_CLAIMS]), seen.actors(_INPUTS), seen.points, days=seen.days())
        return fused.smoothed

    return done


def _case(claims: str) -> Callable[[], Any]:
    from bench.invented import ACTORS, case  # noqa: PLC0415
    from tadmor.record.fusion import fuse  # noqa: PLC0415

    made = case(int(claims))
    return lambda: fuse(made.voices, ACTORS, made.points)


def _dawid_skene(way: str) -> Callable[[], Any] | None:
    """None where crowd-kit is asked for and not there."""
    task, source, answer = _answers()
    if way == "tadmor":
        from quality.rivals import Listed, confused  # noqa: PLC0415

        return lambda: confused(
            Listed(task, source, answer, _votes(task, answer).T, np.ones(_TASKS, np.int64)), _ROUNDS, -1.0
        )
    if way == "loops":
        return lambda: _loops(task, source, answer)
    try:
        from crowdkit.aggregation.classification.dawid_skene import DawidSkene  # noqa: PLC0415
        from pandas import DataFrame  # noqa: PLC0415
    except ImportError:
        return None
    table = DataFrame({"task": task, "worker": source, "label": answer})
    return lambda: DawidSkene(n_iter=_ROUNDS, tol=0.0).fit_predict_proba(table)


def _answers() -> tuple[Ints, Ints, Ints]:
    """Task, source and answer: each task has an answer from five sources, more or less often right."""
    draw = np.random.default_rng(0)
    truth = draw.integers(0, _CLASSES, _TASKS)
    source = draw.random((_TASKS, _SOURCES)).argpartition(_EACH, axis=1)[:, :_EACH]
    right = draw.random(source.shape) < draw.uniform(0.4, 0.95, _SOURCES)[source]
    said = np.where(right, truth[:, None], draw.integers(0, _CLASSES, source.shape))
    return np.repeat(np.arange(_TASKS), _EACH), source.ravel(), said.ravel()


def _votes(task: Ints, answer: Ints) -> NDArray[np.float64]:
    """Shares of the answers; tasks by classes."""
    return np.bincount(task * _CLASSES + answer, minlength=_TASKS * _CLASSES).reshape(-1, _CLASSES) / _EACH


def _loops(task: Ints, source: Ints, answer: Ints) -> NDArray[np.float64]:
    """Dawid and Skene's rounds as published: over all tasks, one source after another (doi:10.2307/2346806)."""
    chances = _votes(task, answer)
    mine = [np.flatnonzero(source == one) for one in range(_SOURCES)]
    for _ in range(_ROUNDS):
        logs = np.tile(np.log(chances.mean(0)), (_TASKS, 1))
        for answers in mine:
            counts = np.zeros((_CLASSES, _CLASSES))
            np.add.at(counts, answer[answers], chances[task[answers]])
            logs[task[answers]] += np.log(counts / counts.sum(0) + 1e-10)[answer[answers]]
        chances = np.exp(logs - logs.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
    return np.asarray(chances)


if __name__ == "__main__":
    main()
