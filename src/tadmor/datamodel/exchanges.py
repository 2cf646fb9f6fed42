"""What was asked of a web server and what it answered, byte for byte."""

from datetime import datetime

import msgspec


class Exchange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request and its answer: `asked` and `answered` are the bytes as sent, `body` the answer's, unpacked.

    `body` is `None` where it could not be unpacked; `notes` says why, and which certificate answered.
    """

    url: str
    made: datetime
    address: str
    asked: bytes
    answered: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Fetched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page's answer with all exchanges that led to it, the last of which gave it."""

    exchanges: tuple[Exchange, ...]
    notes: tuple[str, ...] = ()

    @property
    def answer(self) -> Exchange:
        """The last."""
        return self.exchanges[-1]
