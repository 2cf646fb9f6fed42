"""One timed conclusion, in a process of its own: `python -m bench.conclude_child CASE`."""

import json
import sys
import time
from pathlib import Path

from bench.speed import peak_megabytes
from tadmor.ledger import Ledger
from tadmor.record import conclude


def main() -> None:
    """Conclude from a case's claims, and print the seconds it took and the peak memory as JSON."""
    with Ledger.open(Path(sys.argv[1])) as ledger:
        claims, copies = tuple(ledger.claims()), tuple(ledger.copies())
    started = time.perf_counter()
    found = conclude(claims, copies=copies)
    seconds = time.perf_counter() - started
    print(
        json.dumps(
            {"seconds": seconds, "claims": len(claims), "spells": len(found.spells), "megabytes": peak_megabytes()}
        )
    )


if __name__ == "__main__":
    main()
