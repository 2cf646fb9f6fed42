"""The process of `quality.hostile` that reads: files into a case, lists watched; what it did on standard output."""

import resource
import sys
import time
from pathlib import Path

from tadmor import pipeline
from tadmor.datamodel.issues import Severity
from tadmor.ledger import Ledger
from tadmor.network import Fetcher, Manners
from tadmor.pipeline.faults import FAULT
from tadmor.settings import Settings


def main(given: Path, named: Path, case: Path) -> None:
    """Read, watch, verify."""
    last = time.monotonic()

    def told(_done: int, _of: int, name: str) -> None:
        nonlocal last
        now = time.monotonic()
        print(f"file\t{now - last:.3f}\t{name}", flush=True)
        last = now

    settings = Settings(workers=1, batch=1)
    with Ledger.open(case, create=True) as ledger:
        done = pipeline.read([given], ledger, settings=settings, progress=told)
        guest = Fetcher(Manners(delay=0, waits=()))
        pipeline.watch([str(one) for one in sorted(named.iterdir())], ledger, guest, settings=settings)
        faults = [issue for issue in ledger.verify() if issue.severity is Severity.ERROR]
    for issue in done.issues:
        if issue.rule == FAULT:
            print(f"Traceback: {issue.line()}", file=sys.stderr)
    print(f"verified\t{not faults}")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak\t{peak // 1024}")


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:]))
