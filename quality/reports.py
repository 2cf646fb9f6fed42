"""The 744 reports of the reference data in one case, for whatever is measured of a case of many."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quality.corpus import shared
from tadmor.ledger import Ledger
from tadmor.pipeline import read
from tadmor.settings import Settings

NEEDED = ("corpora/war-articles", "corpora/fa-kes/articles")


def case_parser(name: str, told: str | None) -> argparse.ArgumentParser:
    """The options that all such measurements have: where the case is kept, and the form of the figures."""
    parser = argparse.ArgumentParser(
        prog=f"quality.{name}", description=told, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--case", type=Path, metavar="DIR", help="where the case is kept; one that is there is taken")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON (the default)")
    form.add_argument("--markdown", action="store_true", help="tables instead of JSON")
    return parser


@contextmanager
def case_of_reports(name: str, kept: Path | None) -> Iterator[Ledger | None]:
    """The case, open for reading: the one kept, else read now (some minutes), and thrown away where none is to be kept.

    Yields:
        `None` where the reports are missing, which is said on standard error.
    """
    folder = shared(*NEEDED)
    if folder is None:
        print(f"quality.{name}: skipped, {' or '.join(NEEDED)} is missing in the reference data", file=sys.stderr)
        yield None
        return
    with tempfile.TemporaryDirectory() as passing:
        case = kept or Path(passing) / "case"
        if not case.exists():
            with Ledger.create(case) as ledger:
                read([folder / needed for needed in NEEDED], ledger, settings=Settings())
        with Ledger.open(case) as ledger:
            yield ledger
