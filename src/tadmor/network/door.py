"""One request to one address: the only module of tadmor that speaks HTTP.

What is sent goes to the host that was named and nowhere else: redirects are not followed, no proxy is used, and
certificates are checked.
"""

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from time import monotonic
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from tadmor.errors import EndpointError, UsageError

#: The longest answer that is taken: no list of claims comes near it, and a broken server may send without end.
MOST_BYTES = 8_000_000
_PIECE = 65_536


class Address(NamedTuple):
    """Where a request goes. `query` is sent, but not shown: it may hold what is nobody else's business."""

    secure: bool
    host: str
    port: int | None
    path: str
    query: str = ""

    def __str__(self) -> str:
        """For messages."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port is not None else ""
        return f"{'https' if self.secure else 'http'}://{host}{port}{self.path}"

    @property
    def here(self) -> bool:
        """Is it this machine?"""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


class Reply(NamedTuple):
    """What came back: the status, the body and its media type; in how many seconds to ask again, where that is said."""

    status: int
    body: bytes
    retry_after: float | None = None
    media: str = ""


class Sending(Protocol):
    """A body that is read as it is sent: a file."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""


def address_of(url: str) -> Address:
    """A web address as a user wrote it.

    Raises:
        UsageError: it is none, or holds a password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        host is None
        or parts.scheme not in ("http", "https")
        or not url.isascii()
        or not url.isprintable()
        or " " in url
    ):
        message = "the address of the endpoint is none; write it as http://localhost:8000/v1"
        raise UsageError(message)
    if parts.username is not None or parts.password is not None:
        message = "the address of the endpoint holds a name or a password; leave them out"
        raise UsageError(message)
    return Address(secure=parts.scheme == "https", host=host, port=port, path=parts.path, query=parts.query)


def post(to: Address, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
    """Send a body and take what comes back, whatever its status.

    Args:
        to: where to.
        body: what is sent.
        headers: with it; their values are never part of a message.
        timeout: seconds to connect, to begin to answer, and in all until the answer is whole.

    Raises:
        EndpointError: nobody answers there, not in time, or not in HTTP.
    """
    return ask("POST", to, headers, timeout, body=body)


def ask(
    method: str,
    to: Address,
    headers: Mapping[str, str],
    timeout: float,
    *,
    body: bytes | Sending | None = None,
    most: int | None = None,
) -> Reply:
    """Send a request and take what comes back, whatever its status; arguments and errors are those of `post`.

    Args:
        method: GET or POST.
        to: where to.
        headers: with it; a body that is read as it is sent needs its Content-Length.
        timeout: as of `post`.
        body: what is sent, if anything.
        most: bytes of the answer that are taken; `MOST_BYTES`, if none are named.
    """
    until = monotonic() + timeout
    connection = _connection(to, timeout)
    try:
        connection.request(method, f"{to.path}?{to.query}" if to.query else to.path, body, dict(headers))
        response = connection.getresponse()
        found = _all_of(response, connection, until, MOST_BYTES if most is None else most)
        media = response.getheader("Content-Type") or ""
        return Reply(response.status, found, _seconds(response.getheader("Retry-After")), media)
    except TimeoutError:
        raise EndpointError(str(to), f"no answer within {timeout:g} seconds") from None
    except (OSError, HTTPException) as error:
        raise EndpointError(str(to), f"no answer ({_why(error)})") from None
    finally:
        connection.close()


def _connection(to: Address, timeout: float) -> HTTPConnection:
    if to.secure:
        return HTTPSConnection(to.host, to.port, timeout=timeout, context=ssl.create_default_context())
    return HTTPConnection(to.host, to.port, timeout=timeout)


def _all_of(response: HTTPResponse, connection: HTTPConnection, until: float, most: int) -> bytes:
    """The body, if it comes in time: a socket's own limit begins anew with every piece."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        if size > most:
            message = f"the answer is longer than {most:,} bytes"
            raise HTTPException(message)
        if connection.sock is not None:  # gone once the server has said that it closes
            connection.sock.settimeout(left)
    if response.length:
        message = "the answer breaks off"
        raise HTTPException(message)
    return b"".join(pieces)


def _seconds(said: str | None) -> float | None:
    """A Retry-After in seconds; one that gives a date is left aside."""
    return float(said) if said is not None and said.isascii() and said.isdigit() else None


def _why(error: OSError | HTTPException) -> str:
    """In few words: what the system says of it, else what it is."""
    told = getattr(error, "verify_message", None) or getattr(error, "strerror", None) or str(error)
    return " ".join(str(told).split()).lower() or type(error).__name__
