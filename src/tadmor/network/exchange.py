"""One request and its answer, byte for byte as they went over the wire, within limits.

HTTP is spoken by the standard library; what it sends and reads passes a recorder, which counts bytes and time.
"""

import io
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import Any
from urllib.parse import SplitResult

import msgspec

from tadmor.datamodel.exchanges import Exchange
from tadmor.datamodel.packing import unpacked
from tadmor.errors import UnreachableError
from tadmor.network.guard import Look, looked_up, of_name

_PIECE = 65_536
Now = Callable[[], datetime]


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one answer may take.

    `wire` bytes as sent, head and all, and `plain` bytes once unpacked: the largest files that are read have 100 MB.
    `seconds` for name service, connection, request and answer together; `idle` between two pieces of it.
    """

    wire: int = 100_000_000
    plain: int = 100_000_000
    seconds: float = 120.0
    idle: float = 30.0


def exchange(
    to: SplitResult,
    headers: Mapping[str, str],
    limits: Limits,
    *,
    private: bool = False,
    look: Look = of_name,
    now: Now = lambda: datetime.now(UTC),
) -> Exchange:
    """Ask once; follow nothing.

    Args:
        to: an address as `address_to_ask` gives it.
        headers: sent besides Host and Connection.
        limits: what the answer may take.
        private: are this machine and private networks allowed?
        look: gives the addresses of a name.
        now: the clock.

    Raises:
        ForbiddenError: the host is where nobody may be asked.
        UnreachableError: no whole answer within the limits.
    """
    url, until = to.geturl(), monotonic() + limits.seconds
    secure = to.scheme == "https"
    port = to.port or (443 if secure else 80)
    host = to.hostname or ""
    found = looked_up(url, host, port, private=private, seconds=limits.seconds, look=look)
    made = now()
    try:
        raw, address = _connected(found, port, limits, until)
        with raw, _secured(raw, host) if secure else nullcontext(raw) as under:
            wire = _Wire(under, limits, until)
            return _asked(to, wire, headers, limits, made=made, address=address)
    except TimeoutError:
        raise UnreachableError(url, f"no whole answer within {limits.seconds:g} seconds") from None
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachableError(url, f"no answer ({_why(error)})") from None


def _connected(found: tuple[str, ...], port: int, limits: Limits, until: float) -> tuple[socket.socket, str]:
    """A connection to the first of the judged addresses that takes one: to the address, never to the name again."""
    last: OSError = OSError("no address")
    for address in found:
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return socket.create_connection((address, port), min(left, limits.idle)), address
        except OSError as error:
            last = error
    raise last


def _secured(raw: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(raw, server_hostname=host)


class _Wire:
    """A socket as the standard library's client uses one, that keeps what passes and ends it at the limits."""

    def __init__(self, under: socket.socket, limits: Limits, until: float) -> None:
        self.under = under
        self.asked, self.answered = bytearray(), bytearray()
        self._limits, self._until = limits, until

    def sendall(self, data: bytes) -> None:
        """Send, and keep."""
        self.under.settimeout(self._left())
        self.asked += data
        self.under.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What the answer is read from."""
        return _Bounded(_Answer(self), self._limits.wire)

    def receive(self, size: int) -> bytes:
        """The next bytes.

        Raises:
            TimeoutError: time is up.
            HTTPException: the answer is too long.
        """
        self.under.settimeout(self._left())
        data = self.under.recv(min(size, _PIECE))
        self.answered += data
        if len(self.answered) > self._limits.wire:
            message = f"the answer is longer than {self._limits.wire:,} bytes"
            raise HTTPException(message)
        return data

    def close(self) -> None:
        """The connection is closed by whoever opened it."""

    def _left(self) -> float:
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self._limits.idle)


class _Bounded(io.BufferedReader):
    """Refuses to make room for more than is taken: a chunk may announce any size."""

    def __init__(self, raw: io.RawIOBase, most: int) -> None:
        super().__init__(raw)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        """As of a file.

        Raises:
            HTTPException: more is asked for than may come.
        """
        if size is not None and size > self._most:
            message = f"a piece of {size:,} bytes is announced, more than the {self._most:,} that are taken"
            raise HTTPException(message)
        return super().read(size)


class _Answer(io.RawIOBase):
    def __init__(self, wire: _Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._wire.receive(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _asked(
    to: SplitResult, wire: _Wire, headers: Mapping[str, str], limits: Limits, *, made: datetime, address: str
) -> Exchange:
    connection = HTTPConnection(to.hostname or "")
    connection.sock = wire
    target = f"{to.path}?{to.query}" if to.query else to.path
    connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": to.netloc, **headers, "Connection": "close"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    announced = response.length
    if announced is not None and announced > limits.wire:
        message = f"it announces {announced:,} bytes, more than the {limits.wire:,} that are taken"
        raise HTTPException(message)
    packed = response.read()
    body, doubt = unpacked(packed, response.getheader("Content-Encoding"), limits.plain)
    notes = [*_certificate(wire.under), *([doubt] if doubt else [])]
    return Exchange(
        url=to.geturl(),
        made=made,
        address=address,
        asked=bytes(wire.asked),
        answered=bytes(wire.answered),
        status=response.status,
        headers=tuple(response.getheaders()),
        body=body,
        notes=tuple(notes),
    )


def _certificate(under: socket.socket) -> list[str]:
    """Which certificate answered, by its digest."""
    if not isinstance(under, ssl.SSLSocket):
        return []
    import hashlib  # noqa: PLC0415 - only for https

    told = under.getpeercert(binary_form=True) or b""
    return [f"{under.version()}, certificate SHA-256 {hashlib.sha256(told).hexdigest()}"]


def _why(error: Exception) -> str:
    told = getattr(error, "verify_message", None) or getattr(error, "strerror", None) or str(error)
    return " ".join(str(told).split()).lower()[:200] or type(error).__name__
