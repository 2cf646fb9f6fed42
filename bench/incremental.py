"""One new document into a case of many, then the record: from nothing, and with what is remembered of its parts.

    python -m bench.incremental [--case CASE] [--runs N] [--json]

The case of the 744 reports of the reference data (`quality.reports`), or the one that is there; left out, saying so,
where they are missing. Documents are taken out one at a time: the one that came out last, and the middle one of those
in order of publication. What is remembered of the case without it is then given to conclude from all. Each run in a
process of its own; seconds are of the processor, for other work on the machine shows in the clock's. Both records are
held to be the same, byte for byte.
"""

import argparse
import statistics
from collections.abc import Iterator
from pathlib import Path

from quality.reports import case_of_reports

from bench.speed import Figure, child, show

#: What is remembered, in words.
_PARTS = {
    "incidents": "clusters of claims parted into incidents",
    "links": "documents whose tolls are linked",
    "joins": "pairs of tolls compared",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, metavar="DIR", help="where the case is kept; one that is there is taken")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with case_of_reports("incremental", asked.case) as ledger:
        found = list(figures(ledger.folder, asked.runs)) if ledger is not None else []
    show(found, asked.runs, as_json=asked.json)


def figures(case: Path, runs: int) -> Iterator[Figure]:
    """All measurements of one case."""
    for which in ("last", "middle"):
        rows = [child("bench.incremental_child", case, which) for _ in range(runs)]
        yield Figure(f"the {which} document: claims of it", rows[0]["own"], "")
        yield Figure("  of the case", rows[0]["claims"], "")
        yield Figure("  places that it tells of", rows[0]["touched"], "")
        for part, name in (("load", "loading the claims"), ("nothing", "from nothing"), ("remembered", "remembered")):
            yield Figure(f"  {name}", statistics.median(row[part] for row in rows), "s of processor")
        faster = statistics.median(row["nothing"] / row["remembered"] for row in rows)
        yield Figure("  times as fast as from nothing", faster, "")
        for part, words in _PARTS.items():
            yield Figure(f"  {words} anew, of {rows[0][f'{part} all']:,.0f}", rows[0][part], "")
        for of in ("places", "incidents", "tolls"):
            share = 100 * rows[0][f"{of} otherwise"]
            yield Figure(f"  {of} of which the record says otherwise than before", share, "%")
        yield Figure("  remembered beside the case", rows[0]["bytes"] / 1e6, "MB")


if __name__ == "__main__":
    main()
