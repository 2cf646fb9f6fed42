"""What the tree over a case's history costs: writing with it, the root over all revisions, a proof, checking it.

python -m bench.revisions [--revisions 1000000]
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tadmor.ledger import Ledger, chain, tree
from tadmor.ledger.store import engine_of, reading, transaction

#: Revisions written in one transaction, as of a document with many claims.
_TOGETHER = 1000


def timed(what: str, call: Callable[[], object]) -> None:
    """Print how long a call takes."""
    begun = time.perf_counter()
    call()
    print(f"{what}: {(time.perf_counter() - begun) * 1000:,.1f} ms")


def write(folder: Path, count: int) -> float:
    """Add revisions, a thousand a transaction; milliseconds that the tree took of it."""
    engine = engine_of(folder / "ledger.db", writable=True)
    of_the_tree = 0.0
    whole = tree.complete

    def complete(*given: object) -> None:
        nonlocal of_the_tree
        begun = time.perf_counter()
        whole(*given)  # type: ignore[arg-type]
        of_the_tree += time.perf_counter() - begun

    setattr(tree, "complete", complete)  # noqa: B010 - what the chain calls is measured where it is called
    for first in range(0, count, _TOGETHER):
        told = [(f"subject {number}", "0" * 64) for number in range(first, first + _TOGETHER)]
        with transaction(engine, folder) as connection:
            chain.append_all(connection, "review", told)
    engine.dispose()
    return of_the_tree * 1000


def main() -> None:
    """Print all figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--revisions", type=int, default=1_000_000)
    count = asked.parse_args().revisions
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        Ledger.create(folder).close()
        begun = time.perf_counter()
        of_the_tree = write(folder, count)
        print(f"{count:,} revisions: {time.perf_counter() - begun:.1f} s, of which the tree {of_the_tree:,.0f} ms")
        engine = engine_of(folder / "ledger.db", writable=False)
        with Ledger.open(folder) as ledger, reading(engine) as connection:
            timed("root over all", ledger.custody.head)
            timed("a proof", lambda: ledger.custody.prove(str(count // 3)))
            timed("checking the chain", lambda: list(chain.check(connection)))
            timed("checking the tree", lambda: list(tree.check(connection)))
        engine.dispose()


if __name__ == "__main__":
    main()
