"""Bytes of a request into files of the spool, as they come: none are held in memory, no more are taken than may be."""

import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from errno import EDQUOT, ENOSPC
from typing import IO, Any

import msgspec
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from tadmor.documents.loading import LARGEST_PDF
from tadmor.views.uploading.spool import Sent, Spool, Upload, safe_name

#: Bytes of a field of a form, and how many fields.
_FIELD, _FIELDS = 2_000, 20


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How much is taken: bytes of a file (no reader takes larger ones), of an upload, of all that waits; and files."""

    file: int = LARGEST_PDF
    upload: int = 500_000_000
    waiting: int = 2_000_000_000
    files: int = 1_000


class RefusedError(Exception):
    """What was sent is not taken: why, in words, and as which HTTP status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Receiver:
    """Takes files one after another; in the end they are kept together, or none is."""

    def __init__(self, spool: Spool, bounds: Bounds) -> None:
        self._spool, self._bounds = spool, bounds
        if sum(one.size for one in spool.unfinished()) > bounds.waiting:
            raise RefusedError(503, "too much is waiting to be read; send more once some of it has been")
        self._folder = spool.begin()
        self._files: list[Sent] = []
        self._open: IO[bytes] | None = None
        self._name, self._size, self._all = "", 0, 0
        self._sum = hashlib.sha256()

    def file(self, name: str) -> None:
        """A file begins."""
        if len(self._files) == self._bounds.files:
            raise RefusedError(413, f"more than {self._bounds.files:,} files; send them in several uploads")
        self._name, self._size, self._sum = safe_name(name), 0, hashlib.sha256()
        with _disk():
            below = self._folder / str(len(self._files) + 1)
            below.mkdir()
            self._open = (below / self._name).open("xb")

    def data(self, piece: bytes) -> None:
        """Bytes of it."""
        assert self._open is not None, "a file is begun before its bytes"  # noqa: S101
        self._size += len(piece)
        self._all += len(piece)
        if self._size > self._bounds.file:
            raise RefusedError(413, f"{self._name} is larger than {_megabytes(self._bounds.file)}; split it")
        if self._all > self._bounds.upload:
            raise RefusedError(413, f"more than {_megabytes(self._bounds.upload)} at once; send it in several uploads")
        self._sum.update(piece)
        with _disk():
            self._open.write(piece)

    def end(self) -> None:
        """The file ends."""
        assert self._open is not None, "a file is begun before it ends"  # noqa: S101
        with _disk(), self._open as file:
            file.flush()
            os.fsync(file.fileno())
        self._open = None
        self._files.append(Sent(name=self._name, size=self._size, sha256=self._sum.hexdigest()))

    def take(self, source: str | None, published: date | None) -> Upload:
        """Keep the files."""
        if not self._files:
            raise RefusedError(422, "no file was sent")
        with _disk():
            return self._spool.take(self._folder, tuple(self._files), source, published)

    def discard(self) -> None:
        """Leave nothing of it."""
        if self._open is not None:
            with suppress(OSError):
                self._open.close()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def _disk() -> Iterator[None]:
    """Says in words what a full disk means."""
    try:
        yield
    except OSError as error:
        why = "the disk is full" if error.errno in (ENOSPC, EDQUOT) else error.strerror or str(error)
        raise RefusedError(507, f"the files cannot be kept: {why}; none of them was") from error


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1_000_000 else f"{size:,} bytes"


class Form:
    """A form with files (RFC 7578), taken apart as it comes; `check` sees its fields before the first file is kept."""

    def __init__(self, boundary: bytes, receiver: Receiver, check: Callable[[Mapping[str, str]], None]) -> None:
        self.fields: dict[str, str] = {}
        self._receiver, self._check, self._checked = receiver, check, False
        self._header, self._value = b"", b""
        self._told: dict[bytes, bytes] = {}
        self._field: str | None = None
        self._held = b""
        self._begun = self._ended = False
        self._filename: str | None = None
        called: dict[str, Any] = {
            "on_part_begin": self._part,
            "on_header_field": self._name_piece,
            "on_header_value": self._value_piece,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers,
            "on_part_data": self._piece,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }
        self._parser = MultipartParser(boundary, called)  # type: ignore[arg-type]

    def write(self, chunk: bytes) -> None:
        """The next bytes of the body."""
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise RefusedError(422, f"the form cannot be read: {error}") from error

    def finish(self) -> None:
        """The body ends."""
        if not self._ended:
            raise RefusedError(422, "the form breaks off; nothing of it was kept")
        self.approve()

    def approve(self) -> None:
        """Have the fields checked, once."""
        if not self._checked:
            self._check(self.fields)
            self._checked = True

    def _part(self) -> None:
        self._header, self._value, self._told, self._held = b"", b"", {}, b""
        self._field, self._filename, self._begun = None, None, False

    def _name_piece(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _value_piece(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._told[self._header.lower()] = self._value
        self._header, self._value = b"", b""

    def _headers(self) -> None:
        _, options = parse_options_header(self._told.get(b"content-disposition", b""))
        if b"name" not in options:
            raise RefusedError(422, "a part of the form has no name")
        self._field = options[b"name"].decode("utf-8", "replace")
        if b"filename" in options:
            self._filename = options[b"filename"].decode("utf-8", "replace")
            if self._filename:
                self._begin()

    def _begin(self) -> None:
        self.approve()
        self._receiver.file(self._filename or "unnamed")
        self._begun = True

    def _piece(self, data: bytes, start: int, end: int) -> None:
        if self._filename is not None:
            if not self._begun:  # a file without a name, but with bytes; one with neither is an empty field of a form
                self._begin()
            self._receiver.data(data[start:end])
            return
        self._held += data[start:end]
        if len(self._held) > _FIELD:
            raise RefusedError(413, f"the field {self._field} is longer than {_FIELD:,} bytes")

    def _part_end(self) -> None:
        if self._begun:
            self._receiver.end()
        elif self._filename is None:
            if len(self.fields) == _FIELDS:
                raise RefusedError(413, f"more than {_FIELDS} fields")
            self.fields[self._field or ""] = self._held.decode("utf-8", "replace").replace("\x00", " ")

    def _end(self) -> None:
        self._ended = True


async def received(
    stream: AsyncIterator[bytes],
    media: str,
    name: str | None,
    receiver: Receiver,
    check: Callable[[Mapping[str, str]], None] = lambda _: None,
) -> Mapping[str, str]:
    """Take a body in, and give the fields of its form.

    Args:
        stream: the body's pieces.
        media: its Content-Type: a form with files, else the bytes of one file.
        name: of a file that is sent as it is.
        receiver: where the files go.
        check: is called with the fields that stand before the first file; what it raises ends all.

    Raises:
        RefusedError: it is not taken, in words.
    """
    kind, options = parse_options_header(media)
    if kind != b"multipart/form-data":
        if name is None:
            raise RefusedError(422, "name: what the file is called is missing")
        check({})
        await run_in_threadpool(receiver.file, name)
        async for chunk in stream:
            await run_in_threadpool(receiver.data, chunk)
        await run_in_threadpool(receiver.end)
        return {}
    if not options.get(b"boundary"):
        raise RefusedError(422, "the form names no boundary")
    form = Form(options[b"boundary"], receiver, check)
    async for chunk in stream:
        await run_in_threadpool(form.write, chunk)
    form.finish()
    return form.fields


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the address says of files: what the one is called that is sent as it is; of all, their outlet and day."""

    name: str | None = None
    source: str | None = None
    published: date | None = None


async def kept(
    spool: Spool,
    bounds: Bounds,
    request: Request,
    told: Told,
    check: Callable[[Mapping[str, str]], None] = lambda _: None,
) -> Upload:
    """What a request sends, kept whole; or nothing of it, however that ends.

    Args:
        spool: where to.
        bounds: how much.
        request: a form with files, which may have the fields `source` and `published`; or the bytes of one file.
        told: what the address says of them.
        check: is called with the fields that stand before the first file; what it raises ends all.

    Raises:
        RefusedError: it is not taken, in words.
        CaseNotWritableError: nothing can be written to the case.
    """
    receiver = await run_in_threadpool(Receiver, spool, bounds)
    stream = request.stream()
    try:
        fields = await received(stream, request.headers.get("content-type", ""), told.name, receiver, check)
        outlet = " ".join((fields.get("source") or told.source or "").split()) or None
        day = _day(fields["published"]) if fields.get("published", "").strip() else told.published
        return await run_in_threadpool(receiver.take, outlet, day)
    except RefusedError:
        receiver.discard()
        await _heard_out(stream, bounds.upload)
        raise
    except BaseException:  # also where the client is gone
        receiver.discard()
        raise


async def _heard_out(stream: AsyncIterator[bytes], most: int) -> None:
    """Let a sender end, within bounds: browsers show no answer that comes before they have sent all."""
    size = 0
    async for chunk in stream:
        size += len(chunk)
        if size > most:
            return


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told.strip())
    except ValueError:
        raise RefusedError(422, f"published: {told.strip()!r} is no day; write it as 2016-12-11") from None
