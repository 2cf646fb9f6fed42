"""A case of many documents: how long checking it takes, making its bundle, and checking that; and in how much memory.

    python -m bench.custody [--documents 10000] [--case DIR] [--json]

The case is of invented reports, twenty claims each (`quality.invented_reports`), or the one that is there. Each step
runs in a process of its own, once; seconds are the clock's, with those of the processor beside them, for other work on
the machine shows in the first.

The bundle is of the whole case, with what was concluded by the day on which one document in fifty had come out: to
conclude from all of 200,000 claims is no matter of custody, and takes longer than all of this (`bench.record`).
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quality.invented_reports import case_of

from bench.speed import Figure, child, show

_STEPS = {
    "verify": "tadmor verify",
    "conclude": "what is concluded by that day",
    "bundle": "tadmor bundle",
    "check": "verify.py on the bundle",
    "place": "tadmor bundle of a place",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--case", type=Path, metavar="DIR", help="where the case is kept; one that is there is taken")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        case = case_of(asked.case or Path(passing) / "case", asked.documents)
        found = list(figures(case, Path(passing) / "bundle.zip"))
    show(found, 1, as_json=asked.json)


def figures(case: Path, bundle: Path) -> Iterator[Figure]:
    """All measurements of one case."""
    shutil.rmtree(case / "concluded", ignore_errors=True)
    for step, words in _STEPS.items():
        told = child("bench.custody_child", step, case, bundle)
        yield Figure(words, told["seconds"], "s")
        yield Figure("  of the processor", told["processor"], "s")
        yield Figure("  at most in memory", told["megabytes"], "MB")
        yield Figure("  things found that do not hold", told["found"], "")
        if step == "bundle":
            yield Figure("  documents", told["documents"], "")
            yield Figure("  claims", told["claims"], "")
            yield Figure("  findings", told["findings"], "")
            yield Figure("  the bundle", bundle.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
