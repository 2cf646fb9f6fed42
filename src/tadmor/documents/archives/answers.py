"""The answer of a web server as archives keep it: its status, its headers and its body."""

import re

import msgspec

from tadmor.datamodel.packing import unpacked

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
#: Bytes of the head of an answer: what browsers take.
LONGEST_HEAD = 256_000


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server sent; `body` is without packing, `None` where that cannot be undone, which `doubt` tells."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    doubt: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def read_answer(block: bytes, most: int) -> Answer | None:
    """The answer in a record's block, its body unpacked to at most so many bytes; `None` where it is none."""
    end = re.search(rb"\r?\n\r?\n", block[:LONGEST_HEAD])
    status = _STATUS.match(block)
    if end is None or status is None:
        return None
    lines = re.split(rb"\r?\n", block[: end.start()])[1:]
    pairs = (line.decode("latin-1").partition(":") for line in lines)
    headers = tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon)
    sent = block[end.end() :]
    bare = Answer(status=int(status[1]), headers=headers, body=None)
    if "chunked" in (bare.header("Transfer-Encoding") or "").lower():
        sent = _dechunked(sent)
    body, doubt = unpacked(sent, bare.header("Content-Encoding"), most)
    return msgspec.structs.replace(bare, body=body, doubt=doubt)


def _dechunked(sent: bytes) -> bytes:
    """A body sent in chunks, as one; some archives keep the header of what they have joined already."""
    found, at = bytearray(), 0
    while match := re.compile(rb"([0-9A-Fa-f]{1,8})[^\n]{0,200}\r?\n").match(sent, at):
        size = int(match[1], 16)
        found += sent[match.end() : match.end() + size]
        at = match.end() + size
        if size == 0:
            return bytes(found)
        at += 2 if sent[at : at + 2] == b"\r\n" else sent[at : at + 1] == b"\n"
    return bytes(found) if found else sent
