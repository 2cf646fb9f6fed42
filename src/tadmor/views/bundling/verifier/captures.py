"""Captures: how pages came into the case, each against the archive of what went over the wire (WARC 1.1, gzip).

Archives that tadmor wrote itself are looked into; of those that it only read, it is not known who filled them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from tadmor.views.bundling.verifier.members import Bundle
from tadmor.views.bundling.verifier.rows import ROWS

#: Bytes of one record: what tadmor takes of an answer is 100 MB as sent and as many unpacked.
_MOST = 120_000_000
_COLUMNS = ("page", "archive", "position", "original")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\n]{0,200}\r?\n")


def check_captures(bundle: Bundle) -> Iterator[str]:
    """Each capture's columns against what it says, and what it says against its archive, where that is here."""
    members = bundle.originals()
    for number, row in enumerate(bundle.lines(ROWS["capture"]), start=1):
        where, told = f"{ROWS['capture']}, line {number}", json.loads(row["value"])
        for name in _COLUMNS:
            if row[name] != told.get(name):
                yield f"{where}: is found by {name} {row[name]}, and tells of {told.get(name)}"
        if told.get("tool") and told["archive"] in members:
            yield from _exchanged(bundle.read(members[told["archive"]]), told, where)


def _exchanged(archive: bytes, told: dict[str, Any], where: str) -> Iterator[str]:
    """An archive's records, and the one that a capture is of."""
    found = list(_records(archive))
    for number, (head, block) in enumerate(found, start=1):
        if head.get("warc-block-digest") != _digest(block):
            yield f"{where}: record {number} of its archive is not what its digest was made of"
    number = int(told["position"].lstrip("#"))
    if not 1 <= number <= len(found) or found[number - 1][0].get("warc-type") != "response":
        yield f"{where}: its archive has no answer at {told['position']}"
        return
    head, block = found[number - 1]
    says = {"final": head.get("warc-target-uri"), "address": head.get("warc-ip-address"), "made": head["warc-date"]}
    for name, value in says.items():
        if _same_moment(told.get(name)) != _same_moment(value):
            yield f"{where}: tells of {name} {told.get(name)}, and its archive of {value}"
    yield from _answered(block, told, where)


def _answered(block: bytes, told: dict[str, Any], where: str) -> Iterator[str]:
    """The status and the page's bytes, which were unpacked when the page was kept."""
    status, (head, _, sent) = _STATUS.match(block), block.partition(b"\r\n\r\n")
    if status is None or int(status[1]) != told.get("status"):
        yield f"{where}: tells of status {told.get('status')}, which its archive does not"
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    body = _joined(sent) if "chunked" in headers.get("transfer-encoding", "").lower() else sent
    body = _unpacked(body, headers.get("content-encoding", "").strip().lower())
    if told.get("original") is not None and hashlib.sha256(body).hexdigest() != told["original"]:
        yield f"{where}: the page in its archive is not the original {told['original']}"


def _records(archive: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Head and block of each record, which is a gzip member of its own."""
    while archive:
        part = zlib.decompressobj(zlib.MAX_WBITS | 16)
        record = part.decompress(archive, _MOST)
        if not part.eof:
            message = f"a record of an archive is cut off, or has more than {_MOST} bytes"
            raise ValueError(message)
        archive = part.unused_data
        head, _, rest = record.partition(b"\r\n\r\n")
        lines = (line.partition(": ") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
        headers = {name.lower(): value for name, _, value in lines}
        yield headers, rest[: int(headers["content-length"])]


def _digest(block: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(block).digest()).decode()


def _same_moment(told: Any) -> Any:
    """A moment without the noughts at its end, which are written or not; other values as they are."""
    return re.sub(r"(\.\d*?)0*(Z|\+00:00)$", r"\1Z", told).replace(".Z", "Z") if isinstance(told, str) else told


def _joined(sent: bytes) -> bytes:
    """A body sent in chunks, as one."""
    found, at = bytearray(), 0
    match = _CHUNK.match(sent, at)
    while match and int(match[1], 16):
        end = match.end() + int(match[1], 16)
        found += sent[match.end() : end]
        at = end + 2 if sent[end : end + 2] == b"\r\n" else end + 1
        match = _CHUNK.match(sent, at)
    return bytes(found)


def _unpacked(sent: bytes, coding: str) -> bytes:
    """A body without its packing; one of another packing was kept as it came."""
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return sent
    bare = coding == "deflate" and (len(sent) < 2 or sent[0] & 0x0F != 8 or int.from_bytes(sent[:2], "big") % 31 != 0)
    found, left = bytearray(), sent
    while left:
        part = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
        found += part.decompress(left, _MOST - len(found))
        left = part.unused_data if part.eof else b""
        if coding == "deflate" or not left.startswith(b"\x1f\x8b"):
            break
    return bytes(found)
