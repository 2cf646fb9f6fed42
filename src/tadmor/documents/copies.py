"""Who copied whom: documents that share words, found without comparing every pair.

A text is cut into shingles of five words, each hashed to 32 bits. Documents that share shingles are found through an
index of a quarter of them, chosen by their value, so that the same shingle is chosen everywhere (Manber, "Finding
similar files in a large file system", 1994); the shares are then counted on all. Shingles that stand in very many
documents are phrases of the trade and lead to nobody.
"""

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from tadmor.datamodel.documents import Block, Copy, CopyKind, Document, Form

#: Words in a shingle: shorter ones recur by chance, longer ones break at each changed word.
SHINGLE = 5
#: One shingle in so many is indexed.
SAMPLED = 4
#: A shingle found in more documents than this is a phrase of the trade ("the Syrian Observatory for Human Rights").
COMMON = 50
#: Shares of the shorter text. A reprint loses its ends; a rewrite keeps over a third of its shingles, since one word
#: changed in ten breaks five shingles of ten.
SAME, REWRITE = 0.85, 0.35
#: A copy of the whole is of about the same length; else one quotes the other.
ALIKE_LENGTH = 0.5
#: Fewest shared shingles of a quotation: a passage of 24 words in a row.
QUOTED = 20

_WORD = re.compile(r"\w+")
_PROSE = frozenset({Form.HEADLINE, Form.STANDFIRST, Form.BODY, Form.COMMENT})


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """A document's shingles: sorted 32-bit hashes, little-endian, four bytes each."""

    document: str  # Document.id
    published: date | None
    shingles: bytes

    def hashes(self) -> frozenset[int]:
        """The shingles as numbers."""
        return _unpacked(self.shingles)


class CopyIndex:
    """Fingerprints seen so far, in the order read; each new one is compared with those that share words with it."""

    def __init__(self, known: Iterable[Fingerprint] = ()) -> None:
        self._prints: list[Fingerprint] = []
        self._holders: dict[int, list[int]] = defaultdict(list)
        for one in known:
            self._keep(one)

    def add(self, one: Fingerprint) -> tuple[Copy, ...]:
        """Take in a document; the copies it makes with earlier ones, in the order those were read."""
        mine = one.hashes()
        shared = Counter(holder for shingle in _sampled(mine) for holder in self._uncommon(shingle))
        close = sorted(holder for holder, count in shared.items() if count * SAMPLED >= QUOTED / 2)
        found = tuple(copy for holder in close if (copy := self._compared(self._prints[holder], one, mine)))
        self._keep(one)
        return found

    def _uncommon(self, shingle: int) -> list[int]:
        holders = self._holders.get(shingle, [])
        return holders if len(holders) <= COMMON else []

    def _keep(self, one: Fingerprint) -> None:
        number = len(self._prints)
        self._prints.append(one)
        for shingle in _sampled(one.hashes()):
            holders = self._holders[shingle]
            if len(holders) <= COMMON:
                holders.append(number)

    @staticmethod
    def _compared(other: Fingerprint, one: Fingerprint, mine: frozenset[int]) -> Copy | None:
        theirs = other.hashes()
        both = len(mine & theirs)
        kind = _kind(both, len(mine), len(theirs))
        if kind is None or other.document == one.document:
            return None
        earlier, later = _in_order(other, one)
        share = both / min(len(mine), len(theirs))
        return Copy(earlier=earlier.document, later=later.document, kind=kind, share=share)


def fingerprint(document: Document) -> Fingerprint:
    """The shingles of a document's prose, without its date lines, captions and biographies."""
    found = {
        shingle for block in document.blocks if block.form in _PROSE for shingle in _shingles(block, document.text)
    }
    published = document.published.earliest if document.published else None
    return Fingerprint(document=document.id, published=published, shingles=_packed(found))


def _shingles(block: Block, text: str) -> Iterator[int]:
    words = _WORD.findall(block.span.of(text).lower())
    for at in range(len(words) - SHINGLE + 1):
        yield zlib.crc32(" ".join(words[at : at + SHINGLE]).encode())


def _kind(both: int, mine: int, theirs: int) -> CopyKind | None:
    shorter, longer = sorted((mine, theirs))
    if not shorter or not both:
        return None
    alike = shorter >= ALIKE_LENGTH * longer
    if alike and both >= SAME * longer:
        return CopyKind.SAME
    if alike and both >= REWRITE * shorter:
        return CopyKind.REWRITE
    return CopyKind.QUOTES if both >= min(QUOTED, SAME * shorter) and both >= SHINGLE else None


def _in_order(other: Fingerprint, one: Fingerprint) -> tuple[Fingerprint, Fingerprint]:
    """By publication where both are dated, else as read."""
    if other.published and one.published and one.published < other.published:
        return one, other
    return other, one


def _sampled(shingles: Iterable[int]) -> Iterator[int]:
    return (shingle for shingle in shingles if shingle % SAMPLED == 0)


def _packed(shingles: Iterable[int]) -> bytes:
    return b"".join(shingle.to_bytes(4, "little") for shingle in sorted(shingles))


def _unpacked(data: bytes) -> frozenset[int]:
    numbers = array("I" if array("I").itemsize == 4 else "L")
    numbers.frombytes(data)
    if _BIG_ENDIAN:
        numbers.byteswap()
    return frozenset(numbers)


_BIG_ENDIAN = array("H", b"\x01\x00")[0] != 1
