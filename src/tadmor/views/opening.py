"""A case opened for a question, and answers for programs: what the commands share."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tadmor.settings import case_folder

if TYPE_CHECKING:  # the store and the stages are loaded only where a case is opened
    from tadmor.datamodel.findings import Record
    from tadmor.datamodel.grounded import GroundedClaim
    from tadmor.ledger import Ledger


def opened(case: Path | None, *, writable: bool = False) -> "Ledger":
    """The case that a call means, to be closed by the caller."""
    from tadmor.ledger import Ledger  # noqa: PLC0415

    return Ledger.open(case_folder(case), writable=writable)


def record_of(
    ledger: "Ledger", as_of: date | None = None, without: Sequence[str] | None = None
) -> "tuple[Record, tuple[GroundedClaim, ...]]":
    """What the case concludes, with its claims."""
    from tadmor import pipeline  # noqa: PLC0415

    return pipeline.record(ledger, as_of=as_of, without=without or ())


def print_json(value: Any) -> None:
    """An answer for programs: one line of JSON."""
    import msgspec  # noqa: PLC0415 - only for --json

    sys.stdout.write(msgspec.json.encode(value, order="deterministic").decode() + "\n")


def print_rows(ledger: "Ledger", found: "Iterable[GroundedClaim]") -> None:
    """Claims for programs, as `tadmor export claims` gives them."""
    from tadmor.views.exporting import rows_of  # noqa: PLC0415

    print_json(list(rows_of(ledger, found)))
