"""Where an original was changed: sums over its blocks, kept beside its digest.

The digest says that an original is not as it was obtained; these sums say where it begins to differ. A block of 4,096
bytes has a shortened SHA-256, the sum of its bytes and the sum of its bytes times their positions: where one byte of a
block differs, the two sums give its place and what it was, and the digest says whether that is true. 15 bytes a block.
"""

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from tadmor.datamodel.issues import Issue
from tadmor.ledger.damage import as_bytes
from tadmor.ledger.tables import blocks, originals, revisions

BLOCK = 4096
_DIGEST, _PLAIN, _PLACED = 8, 3, 4
_ROW = _DIGEST + _PLAIN + _PLACED


class Difference(NamedTuple):
    """Where bytes begin to differ from what was written: the first one, or the stretch that it stands in."""

    start: int
    end: int
    was: int | None = None  # the byte as written, where it is known

    def told(self, now: bytes) -> str:
        """In words; `now`: the bytes there."""
        if self.was is not None:
            return f"the first altered byte is byte {self.start} (from 0): {now.hex()} there, {self.was:02x} written"
        if self.start == self.end:
            return f"the bytes are as written up to byte {self.start} (from 0), where they end or go on otherwise"
        return f"the first altered byte is among bytes {self.start} to {self.end - 1} (from 0)"


def sums_of(data: bytes) -> bytes:
    """The sums of all blocks of some bytes."""
    return b"".join(_sums(data[at : at + BLOCK]) for at in range(0, len(data), BLOCK))


def _sums(block: bytes) -> bytes:
    plain, placed = _both(block)
    return hashlib.sha256(block).digest()[:_DIGEST] + plain.to_bytes(_PLAIN, "big") + placed.to_bytes(_PLACED, "big")


def _both(block: bytes) -> tuple[int, int]:
    """The sum of the bytes, and of the bytes times their positions (from 1)."""
    import numpy as np  # noqa: PLC0415 - only where originals are added or compared

    values = np.frombuffer(block, dtype=np.uint8).astype(np.int64)
    return int(values.sum()), int(values @ np.arange(1, len(values) + 1, dtype=np.int64))


def first_difference(sums: bytes, size: int, path: Path) -> Difference | None:
    """Where the bytes of a file begin to differ from those, `size` of them, whose sums these are.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        at = 0
        for number in range(len(sums) // _ROW):
            wanted = sums[number * _ROW : (number + 1) * _ROW]
            block = file.read(min(BLOCK, size - at))
            if _sums(block) != wanted:
                return _within(wanted, block, at, min(BLOCK, size - at))
            at += len(block)
        return Difference(at, at) if file.read(1) else None


def _within(wanted: bytes, block: bytes, at: int, length: int) -> Difference:
    if not block:
        return Difference(at, at)
    plain, placed = _both(block)
    more = plain - int.from_bytes(wanted[_DIGEST : _DIGEST + _PLAIN], "big")
    further = placed - int.from_bytes(wanted[_DIGEST + _PLAIN :], "big")
    if more and len(block) == length and further % more == 0 and 1 <= further // more <= length:
        position = further // more - 1
        was = block[position] - more
        if 0 <= was <= 255 and _sums(block[:position] + bytes([was]) + block[position + 1 :]) == wanted:
            return Difference(at + position, at + position + 1, was)
    return Difference(at, at + len(block))


def add(connection: Connection, original: str, data: bytes) -> None:
    """Keep the sums of an original that is added."""
    connection.execute(insert(blocks), {"original": original, "sums": sums_of(data)})


def add_file(connection: Connection, original: str, path: Path) -> None:
    """Likewise, of an original that is larger than memory may be."""
    connection.execute(insert(blocks), {"original": original, "sums": b"".join(_sums_of_file(path))})


def where_changed(connection: Connection, original: str, size: int, path: Path) -> str:
    """Where an altered original begins to differ, in words; empty where that cannot be known."""
    sums = connection.execute(select(blocks.c.sums).where(blocks.c.original == original)).scalar()
    found = first_difference(as_bytes(sums), size, path) if sums is not None else None
    if found is None:
        return ""
    with path.open("rb") as file:
        file.seek(found.start)
        return f"; {found.told(file.read(1))}"


def check(connection: Connection, original: str, path: Path) -> Iterator[Issue]:
    """Are the sums of an original, whose bytes are as they were, those of its bytes?"""
    sums = connection.execute(select(blocks.c.sums).where(blocks.c.original == original)).scalar()
    if sums is not None and as_bytes(sums) != b"".join(_sums_of_file(path)):
        message = f"the sums of original {original}, by which changes are located, are not those of its bytes"
        yield Issue(where=original, rule="blocks-changed", message=message)


def _sums_of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield _sums(block)


def missing(connection: Connection, withheld: Collection[str]) -> Iterator[Issue]:
    """Sums that are gone: of an original read after one that has them, or by the same run. Older ones may have none."""
    asked = (
        select(revisions.c.subject, blocks.c.original, originals.c.run)
        .outerjoin(blocks, blocks.c.original == revisions.c.subject)
        .outerjoin(originals, originals.c.sha256 == revisions.c.subject)
    )
    told = connection.execute(asked.where(revisions.c.what == "original").order_by(revisions.c.number)).all()
    runs, begun = {row.run for row in told if row.original is not None}, False
    for row in told:
        begun = begun or row.original is not None
        if row.original is None and (begun or row.run in runs) and row.subject not in withheld:
            message = f"the sums of original {row.subject}, by which changes are located, are gone"
            yield Issue(where=row.subject, rule="blocks-missing", message=message)
