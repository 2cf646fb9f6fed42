"""Time stamps (RFC 3161): what a token was made of and when, read out of its DER."""

from __future__ import annotations

from collections.abc import Iterator

#: id-ct-TSTInfo, and the digests that a token may speak of.
_TOLD = bytes.fromhex("060b2a864886f70d0109100104")
_DIGESTS = {
    bytes.fromhex("0609608648016503040201"): "sha256",
    bytes.fromhex("0609608648016503040202"): "sha384",
    bytes.fromhex("0609608648016503040203"): "sha512",
}


def _parts(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The values that stand one after another: tag, content, and all of it."""
    at = 0
    while at + 2 <= len(data):
        tag, length, begin = data[at], data[at + 1], at + 2
        if length & 0x80:
            begin += length & 0x7F
            length = int.from_bytes(data[at + 2 : begin], "big")
        if begin + length > len(data):
            message = "cut off"
            raise ValueError(message)
        yield tag, data[begin : begin + length], data[at : begin + length]
        at = begin + length


def stamped(token: bytes) -> tuple[str, bytes, str]:
    """The digest's name, the digest that was stamped, and the moment ("20261128093000Z").

    Raises:
        ValueError: it is no token of a digest that is known here.
    """
    at = token.find(_TOLD)
    if at < 0:
        message = "it is no time stamp"
        raise ValueError(message)
    wrapped = next(content for tag, content, _ in _parts(token[at + len(_TOLD) :]) if tag == 0xA0)
    info = next(content for _, content, _ in _parts(wrapped))  # an octet string
    fields = list(_parts(next(content for _, content, _ in _parts(info))))
    imprint = list(_parts(fields[2][1]))
    name = _DIGESTS.get(next(whole for _, _, whole in _parts(imprint[0][1])))
    moment = next(content for tag, content, _ in fields if tag == 0x18)
    if name is None:
        message = "it is of a digest that is not known here"
        raise ValueError(message)
    return name, imprint[1][1], moment.decode("ascii", "replace")
