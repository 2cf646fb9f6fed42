"""WARC files (ISO 28500), read record by record within bounds, and written as the `warcio` package writes them.

Reading is our own: the package gathers a line of any length, and gives up on a file that is cut off.
"""

import io
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import IO, Any

import msgspec

from tadmor.datamodel.exchanges import Exchange

#: Bytes of a record's head: those of honest files have 1,000.
LONGEST_HEAD = 64_000
#: Bytes of a record's block that are kept in memory: a page as sent, with its head.
LARGEST_BLOCK = 110_000_000
#: Bytes of a whole archive, unpacked: a gzip bomb of 4 GB is passed over in 10 s.
LARGEST_PLAIN = 4_000_000_000
_PIECE = 65_536
_GZIP = b"\x1f\x8b"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record: its number in the file from 1, its headers, and its block.

    `block` is `None` where it is too large; `whole` is false where the file ends before it does.
    """

    number: int
    headers: Mapping[str, str]  # by name in small letters, the first of each
    block: bytes | None
    whole: bool = True

    @property
    def type(self) -> str:
        """The sort of record, as "response"."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str | None:
        """Of which address."""
        return self.headers.get("warc-target-uri", "").strip("<> ") or None

    @property
    def made(self) -> datetime | None:
        """When, in UTC; `None` where that cannot be read."""
        try:
            found = datetime.fromisoformat(self.headers.get("warc-date", ""))
        except ValueError:
            return None
        return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)


class BrokenArchiveError(Exception):
    """An archive that cannot be read on from here; what was read before it holds."""


def is_warc(start: bytes) -> bool:
    """Do these first bytes begin a WARC file, packed or not?"""
    if start.startswith(_GZIP):
        try:
            start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 16)
        except zlib.error:
            return False
    return start.startswith(b"WARC/")


def records(file: IO[bytes], wanted: frozenset[str] = frozenset({"response", "resource"})) -> Iterator[Record]:
    """The records of a file in order, packed or not; of sorts that are not wanted, without their blocks.

    Raises:
        BrokenArchiveError: it is damaged, or holds more than is taken.
    """
    stream = _Stream(file)
    number = 0
    while (head := _head(stream)) is not None:
        number += 1
        length = head.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 18):
            message = f"record {number} does not say how long it is"
            raise BrokenArchiveError(message)
        size = int(length)
        kept = head.get("warc-type", "").lower() in wanted and size <= LARGEST_BLOCK
        block = stream.read(size) if kept else None
        whole = len(block) == size if block is not None else stream.skip(size)
        yield Record(number=number, headers=head, block=block, whole=whole)
        if not whole:
            message = f"the file breaks off in record {number}"
            raise BrokenArchiveError(message)


def _head(stream: "_Stream") -> dict[str, str] | None:
    """The named lines of the next record; `None` at the end."""
    first = b"\r\n"
    while first in {b"\r\n", b"\n"}:
        first = stream.line(LONGEST_HEAD)
    if not first:
        return None
    if not first.startswith(b"WARC/"):
        message = "what follows is no record"
        raise BrokenArchiveError(message)
    found: dict[str, str] = {}
    left = LONGEST_HEAD
    while (line := stream.line(left)) not in {b"\r\n", b"\n"}:
        left -= len(line)
        if not line.endswith(b"\n") or left <= 0:
            message = "the head of a record has no end"
            raise BrokenArchiveError(message)
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


class _Stream:
    """Bytes of a file, unpacked where it is gzip: members one behind the other, each piece bounded."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = LARGEST_PLAIN
        self._ready = memoryview(b"")
        start = file.read(2)
        self._packed = start if start == _GZIP else b""
        self._part = zlib.decompressobj(zlib.MAX_WBITS | 16) if start == _GZIP else None
        if self._part is None:
            self._ready = memoryview(start)

    def line(self, most: int) -> bytes:
        """Up to the end of the line, at most so many bytes."""
        found = bytearray()
        while len(found) < most and self._fill():
            at = bytes(self._ready[: most - len(found)]).find(b"\n")
            end = at + 1 if at >= 0 else min(len(self._ready), most - len(found))
            found += self._ready[:end]
            self._ready = self._ready[end:]
            if at >= 0:
                break
        return bytes(found)

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end."""
        found = bytearray()
        while len(found) < size and self._fill():
            end = min(size - len(found), len(self._ready))
            found += self._ready[:end]
            self._ready = self._ready[end:]
        return bytes(found)

    def skip(self, size: int) -> bool:
        """Pass over so many bytes; false where there are fewer."""
        while size and self._fill():
            end = min(size, len(self._ready))
            self._ready = self._ready[end:]
            size -= end
        return size == 0

    def _fill(self) -> bool:
        """Have at least one byte ready, if there is one."""
        while not self._ready:
            piece = self._next()
            if piece is None:
                return False
            self._left -= len(piece)
            if self._left < 0:
                message = f"it holds more than {LARGEST_PLAIN:,} bytes"
                raise BrokenArchiveError(message)
            self._ready = memoryview(piece)
        return True

    def _next(self) -> bytes | None:
        if self._part is None:
            return self._file.read(_PIECE) or None
        if self._part.eof:
            self._packed = self._part.unused_data or self._file.read(_PIECE)
            if not self._packed.startswith(b"\x1f"):
                return None
            self._part = zlib.decompressobj(zlib.MAX_WBITS | 16)
        packed = self._part.unconsumed_tail or self._packed or self._file.read(_PIECE)
        self._packed = b""
        if not packed:
            message = "the file breaks off"
            raise BrokenArchiveError(message)
        try:
            return self._part.decompress(packed, 1 << 20)
        except zlib.error as error:
            message = f"its packing is damaged ({error})"
            raise BrokenArchiveError(message) from error


# -- writing --------------------------------------------------------------------------------------------------------


def written(exchanges: Sequence[Exchange], told: Mapping[str, str], software: str) -> bytes:
    """Exchanges as a WARC file, each record a gzip member; `told` of the last as a metadata record.

    The same exchanges give the same bytes.
    """
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - only where something is captured

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    fields = {"software": software, "format": "WARC File Format 1.1"}
    writer.write_record(_record("warcinfo", None, exchanges[0].made, _fields(fields), {}))
    for exchange in exchanges:
        answer = _record(
            "response", exchange.url, exchange.made, exchange.answered, {"WARC-IP-Address": exchange.address}
        )
        concurrent = {"WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
        writer.write_record(answer)
        writer.write_record(_record("request", exchange.url, exchange.made, exchange.asked, concurrent))
    last = exchanges[-1]
    writer.write_record(_record("metadata", last.url, last.made, _fields(told), concurrent))
    return out.getvalue()


_CONTENT = {
    "warcinfo": "application/warc-fields",
    "metadata": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
}


def _record(kind: str, url: str | None, made: datetime, block: bytes, more: Mapping[str, str]) -> Any:
    from warcio.recordloader import ArcWarcRecord  # noqa: PLC0415
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415
    from warcio.utils import Digester  # noqa: PLC0415

    def digest(data: bytes) -> str:
        digester = Digester("sha256")
        digester.update(data)
        return str(digester)

    day = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url} {day} {digest(block)}")
    headers = [("WARC-Type", kind), ("WARC-Record-ID", f"<urn:uuid:{identity}>"), ("WARC-Date", day)]
    if url is not None:
        headers.append(("WARC-Target-URI", url))
    headers += more.items()
    payload = block.partition(b"\r\n\r\n")[2] if kind in {"response", "request"} else block
    headers.append(("WARC-Payload-Digest", digest(payload)))
    headers.append(("WARC-Block-Digest", digest(block)))
    record = ArcWarcRecord(
        "warc",
        kind,
        StatusAndHeaders("", headers, protocol="WARC/1.1"),
        io.BytesIO(block),
        None,  # headers that are parsed would be written anew, not as they came
        _CONTENT[kind],
        len(block),
    )
    record.payload_length = len(block)
    return record


def _fields(told: Mapping[str, str]) -> bytes:
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in told.items())
    return "".join(lines).encode("utf-8", "replace")
