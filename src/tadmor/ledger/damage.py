"""What a damaged row or file makes fail, told as an issue: verifying goes on, and raises for nothing done to a case."""

from collections.abc import Iterator

import msgspec
from sqlalchemy.exc import DBAPIError

from tadmor.datamodel.issues import Issue

#: The database and its driver; decoding; values of another type than was written.
DAMAGE = (DBAPIError, msgspec.DecodeError, ValueError, LookupError, TypeError, AttributeError)


def guarded(where: str, rule: str, found: Iterator[Issue]) -> Iterator[Issue]:
    """The issues of a check, up to where it can be carried on no further; that is the last of them."""
    try:
        yield from found
    except DAMAGE as error:
        if not _of_a_missing_table(error):  # which is a finding of its own, once for all checks that it ends
            yield Issue(where=where, rule=rule, message=f"cannot be read: {told(error)}")


def told(error: Exception) -> str:
    """What went wrong, in one line."""
    if isinstance(error, DBAPIError):
        return str(error.orig)
    return f"{type(error).__name__}, {error}"


def as_bytes(value: object) -> bytes:
    """A coded value; also where someone's edit made a text or a number of it."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def as_text(value: object, what: str) -> str:
    """A stored text.

    Raises:
        TypeError: it is stored as something else.
    """
    if isinstance(value, str):
        return value
    message = f"{what} is stored as {type(value).__name__}"
    raise TypeError(message)


def _of_a_missing_table(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and "no such table" in str(error.orig)
