"""tadmor: reads conflict reporting and keeps a sourced record of it.

The folder listing is the pipeline: documents, extraction, grounding, ledger, record, views. In a notebook:

    import tadmor

    case = tadmor.open("case")
    case.place("Palmyra")                    # its ribbon
    case.control(as_of="2016-12-12").frame()
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nothing is loaded until a case is opened
    from datetime import date
    from pathlib import Path

    from tadmor.notebook import Case

__version__ = "0.1.0"


def open(folder: "Path | str" = "case", *, as_of: "date | str | None" = None) -> "Case":  # noqa: A001 - tadmor.open
    """The case in a folder, to be asked from Python; nothing is written to it.

    Args:
        folder: the case's folder.
        as_of: as it was known at the end of this day, wherever a question names no other; else as known now.

    Raises:
        CaseError: no case there, or none that can be read.
        UsageError: no day.
    """
    from tadmor.notebook import Case  # noqa: PLC0415 - as above

    return Case(folder, as_of=as_of)
