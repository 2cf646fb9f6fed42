"""One step of `bench.custody`, in a process of its own: `python -m bench.custody_child STEP CASE BUNDLE`."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from bench.speed import peak_megabytes
from tadmor import pipeline
from tadmor.datamodel.issues import Severity
from tadmor.ledger import Ledger
from tadmor.views.bundling.bundle import write
from tadmor.views.bundling.verifier.checking import found_in

Counts = dict[str, int]


def main() -> None:
    """Do one step; print what it took, as JSON."""
    step, case, bundle = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    steps: dict[str, Callable[[Path, Path], Counts]] = {
        "verify": _verified,
        "conclude": _concluded,
        "bundle": _bundled,
        "check": _checked,
        "place": _of_a_place,
    }
    began = time.monotonic()
    told = steps[step](case, bundle)
    spent = {"seconds": time.monotonic() - began, "processor": time.process_time(), "megabytes": peak_megabytes()}
    print(json.dumps(told | spent))


def _verified(case: Path, _: Path) -> Counts:
    with Ledger.open(case) as ledger:
        return {"found": sum(issue.severity is Severity.ERROR for issue in ledger.verify())}


def _concluded(case: Path, _: Path) -> Counts:
    with Ledger.open(case) as ledger:
        pipeline.record(ledger, as_of=_early(ledger))
    return {"found": 0}


def _early(ledger: Ledger) -> date:
    """The day by which one document in fifty had come out."""
    days = sorted(document.published.latest for document in ledger.documents() if document.published is not None)
    return days[len(days) // 50]


def _bundled(case: Path, bundle: Path, what: str | None = None) -> Counts:
    with Ledger.open(case) as ledger:
        told = msgspec.structs.asdict(write(what, ledger, bundle, as_of=_early(ledger)))
    return {"found": 0, **{name: told[name] for name in ("documents", "claims", "findings")}}


def _of_a_place(case: Path, bundle: Path) -> Counts:
    """Of the place that most is told of."""
    with Ledger.open(case) as ledger:
        counts = Counter(claim.place.name for claim in ledger.claims() if claim.place is not None)
    return _bundled(case, bundle.with_name("place.zip"), counts.most_common(1)[0][0])


def _checked(_: Path, bundle: Path) -> Counts:
    return {"found": len(found_in(bundle)[2])}


if __name__ == "__main__":
    main()
