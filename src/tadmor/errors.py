"""The exceptions of tadmor: one class a failure, each with its message built in.

TadmorError
├── CaseError            the case folder cannot be used
│   ├── CaseNotFoundError
│   ├── CaseNotWritableError
│   ├── CaseTooNewError
│   ├── CaseDamagedError
│   └── CaseBusyError
├── UsageError           the call itself cannot be carried out
├── EndpointError        an address on the network gave no usable answer
│   ├── ForbiddenError       it may not be asked
│   └── UnreachableError     nobody answers there, or not as expected; later it may
├── ProblemError         a server of tadmor's answered that something is wrong
└── DictionaryError      a table that ships with tadmor, or that the user gave, is malformed

Problems *in the data* are no exceptions: they are `datamodel.issues.Issue` values, and the rest of a batch goes on.
"""

from pathlib import Path


class TadmorError(Exception):
    """Base of all that tadmor raises on purpose; its text is one line for the user."""


class CaseError(TadmorError):
    """A case cannot be used."""


class CaseNotFoundError(CaseError):
    """The folder holds no case."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: no case here; make one with `tadmor read PATH --case {folder}`")


class CaseNotWritableError(CaseError):
    """The case folder or its ledger cannot be written."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"{folder}: the case cannot be written ({why}); check its permissions or choose another --case"
        )


class CaseTooNewError(CaseError):
    """The case was written by a later version of tadmor."""

    def __init__(self, folder: Path, found: str, known: str) -> None:
        super().__init__(
            f"{folder}: written by a newer tadmor (schema {found}, this one knows {known}); update tadmor to open it"
        )


class CaseDamagedError(CaseError):
    """A file of the case is not as tadmor wrote it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: cannot be read ({why}); restore it from a copy")


class CaseBusyError(CaseError):
    """Another process is writing to the case."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: another tadmor is writing to this case; wait for it to end and run again")


class UsageError(TadmorError):
    """The call names something that does not exist or cannot be read."""


class EndpointError(TadmorError):
    """An address on the network gave no usable answer; the work goes on without it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what = what


class ForbiddenError(EndpointError):
    """An address that may not be asked: not of the web, of this machine or network, or closed by its robots.txt."""


class UnreachableError(EndpointError):
    """No whole answer came; the same request may have one later."""


class ProblemError(TadmorError):
    """A server of tadmor's answered that something is wrong with a call (RFC 9457); `status` as of HTTP."""

    def __init__(self, status: int, title: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(f"{title} ({status}): {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.retry_after = retry_after


class DictionaryError(TadmorError):
    """A table is malformed."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
