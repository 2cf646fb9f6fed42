"""Packed bytes, unpacked within a bound: a packing can hold a thousand times its size, and thousands of packings."""

import zlib


def unpacked(packed: bytes, coding: str | None, most: int) -> tuple[bytes | None, str | None]:
    """The body of an answer without its packing, or why it stays packed.

    Args:
        packed: as sent.
        coding: its Content-Encoding, if any.
        most: bytes that are taken.
    """
    name = (coding or "identity").strip().lower()
    if name in {"identity", ""}:
        return packed, None
    if name not in {"gzip", "x-gzip", "deflate"}:
        return None, f"packed as {name[:40]!r}, which is not read; kept as it came"
    try:
        return inflated(packed, most, bare=name == "deflate"), None
    except (zlib.error, EOFError):
        return None, f"its {name} packing is damaged; kept as it came"
    except OverflowError:
        return None, f"unpacked it has more than {most:,} bytes; kept as it came"


def inflated(packed: bytes, most: int, *, bare: bool = False) -> bytes:
    """Unpack gzip or zlib, at most so many bytes; `bare` also takes deflate without a head, which some servers send.

    Raises:
        OverflowError: it holds more.
        EOFError: it breaks off.
        zlib.error: it is damaged.
    """
    headless = bare and (len(packed) < 2 or packed[0] & 0x0F != 8 or int.from_bytes(packed[:2], "big") % 31 != 0)
    found, left = bytearray(), packed
    while left:
        part = zlib.decompressobj(-zlib.MAX_WBITS if headless else zlib.MAX_WBITS | 32)
        found += part.decompress(left, most + 1 - len(found))
        if len(found) > most:
            raise OverflowError
        if not part.eof:
            raise EOFError
        left = part.unused_data
        if bare or not left.startswith(b"\x1f\x8b"):  # what some servers write behind the last member
            break
    return bytes(found)
