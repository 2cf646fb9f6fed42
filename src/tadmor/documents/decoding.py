"""Bytes to text: which encoding, and what was lost.

UTF-8 is decoded exactly as it stands, byte-order mark and line ends included, since offsets are exported against that.
"""

import re

import msgspec

from tadmor.documents.sniffing import wide_order

#: Below this share of all letters, letters outside ASCII are the accents and quotes of a Western text.
WESTERN_SHARE = 0.3
#: A text with more broken sequences than this share of its multi-byte ones was never UTF-8.
BROKEN_SHARE = 0.2
#: Bytes looked at to tell two encodings apart.
TASTED = 200_000

# The letters that make up most of running text in Russian and Ukrainian, and in Arabic, by frequency.
_FREQUENT = {"cp1251": frozenset("оеаинтсрвлкдмпу"), "cp1256": frozenset("اليمونرتبةعدسفهك")}
_NAMES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1256": "Windows-1256 (Arabic)",
    "latin-1": "ISO 8859-1",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-8": "UTF-8",
}
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTERS = re.compile(rb"[A-Za-z]")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A text, the encoding it was read with, and one line on what was doubtful."""

    text: str
    encoding: str
    doubt: str | None = None


def decode(data: bytes) -> Decoded:
    """Text of bytes in UTF-8, UTF-16, UTF-32 or a single-byte encoding of Western, Cyrillic or Arabic."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lossy(data, encoding)
    if (order := wide_order(data[:65_536])) is not None:
        return _lossy(data, order)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text=text, encoding=encoding, doubt=_lost(text.count("\ufffd"), encoding))


def _lost(count: int, encoding: str) -> str | None:
    if not count:
        return None
    what = "1 character" if count == 1 else f"{count} characters"
    return f"{what} could not be decoded as {encoding.upper()} and stand as \ufffd; check the file's encoding"


def _not_utf8(data: bytes) -> Decoded:
    broken = data.decode("utf-8", errors="replace")
    lost = broken.count("\ufffd")
    if lost <= BROKEN_SHARE * len(_MULTIBYTE.findall(data)):
        return Decoded(text=broken, encoding="utf-8", doubt=_lost(lost, "utf-8"))
    encoding = _single_byte(data)
    doubt = f"not UTF-8; read as {_NAMES[encoding]}, which was guessed: save the file as UTF-8 if names look wrong"
    return Decoded(text=data.decode(encoding), encoding=encoding, doubt=doubt)


def _single_byte(data: bytes) -> str:
    high = len(_HIGH.findall(data))
    if high > WESTERN_SHARE * (high + len(_LETTERS.findall(data))):
        scores = {encoding: _frequent(data[:TASTED], encoding) for encoding in _FREQUENT if _decodes(data, encoding)}
        best = max(scores, key=lambda encoding: scores[encoding], default="")
        if best and scores[best] > 0.5:
            return best
    return "cp1252" if _decodes(data, "cp1252") else "latin-1"


def _frequent(data: bytes, encoding: str) -> float:
    """Share of frequent letters among those outside ASCII."""
    letters = [letter for letter in data.decode(encoding).lower() if letter > "\x7f" and letter.isalpha()]
    return sum(letter in _FREQUENT[encoding] for letter in letters) / len(letters) if letters else 0.0


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
