"""Problems in data, as values."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """Does the batch's exit code change?"""

    ERROR = "error"  # something was not read
    WARNING = "warning"  # read, but something in it was doubtful or left out
    NOTE = "note"  # nothing is amiss: what a reader was too unsure of to say


class Issue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One problem: where, which rule noticed it, and what to do, in one line."""

    where: str
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    start: int | None = None
    end: int | None = None

    def line(self) -> str:
        """For the terminal."""
        return f"{self.where}: {self.message}"
