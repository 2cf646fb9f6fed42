"""What nobody foresaw: a fault of the program's own, told in one line that can be reported, while the rest goes on."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tadmor import __version__
from tadmor.datamodel.issues import Issue
from tadmor.documents import Loaded
from tadmor.errors import TadmorError

#: The rule of such an issue.
FAULT = "fault"
#: Characters of what the fault says of itself: a message may hold a whole text.
_LONGEST = 160
_Value = TypeVar("_Value")


def foreseen(where: str, work: Callable[[], _Value]) -> _Value | Issue:
    """What a work on one file gives; where it fails as no work should, an issue of that file.

    Raises:
        TadmorError: what tadmor raises on purpose.
        MemoryError: nothing that follows would do better.
    """
    try:
        return work()
    except (TadmorError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is: one file does not end the reading of others
        return _fault(where, error)


def _fault(where: str, error: Exception) -> Issue:
    said = " ".join(str(error).split())[:_LONGEST]
    message = (
        f"a fault of tadmor {__version__}, not of the file: {type(error).__name__}: {said} ({_place(error)}); nothing"
        " of it was taken in, the rest was. Please report this line to whoever you have tadmor from, with the file if"
        " you may; once that is mended, read it again"
    )
    return Issue(where=where, rule=FAULT, message=message)


def _place(error: Exception) -> str:
    """The innermost line of tadmor's own that it went through."""
    own = Path(__file__).parents[1]
    frames = [one for one in traceback.extract_tb(error.__traceback__) if own in Path(one.filename).parents]
    if not frames:
        return "outside of tadmor"
    return f"{Path(frames[-1].filename).relative_to(own)}, line {frames[-1].lineno}"


def is_fault(issues: tuple[Issue, ...]) -> bool:
    """Does a fault stand among these?"""
    return any(issue.rule == FAULT for issue in issues)


def loaded_or_why(where: str, read: Callable[[], Loaded]) -> Loaded:
    """What was loaded; where that fails as nobody foresaw, nothing and an issue that says so."""
    found = foreseen(where, read)
    if isinstance(found, Issue):
        return Loaded(original=None, data=None, documents=(), issues=(found,))
    return found
