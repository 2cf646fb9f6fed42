"""What readers of a written file get of it, piece by piece: a block of a page, a tag, a cell, a string.

All pieces of a file together are all of it. Words of two pieces are not words that anybody said one after the other.
"""

import base64
import binascii
import csv
import html
import io
import json
import re
import sys
from collections.abc import Iterator
from urllib.parse import unquote

#: Elements that begin a new line or cell on a page; all others stand within a line, so that words go on through them.
_BLOCKS = (
    "address|article|aside|blockquote|body|button|caption|dd|defs|desc|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|g|h[1-6]|head|header|hr|html|input|legend|li|line|link|main|meta|nav|ol|option|p|path|pattern|pre|rect|"
    "script|section|select|style|summary|svg|table|tbody|td|text|textarea|tfoot|th|thead|title|tr|ul"
)
_BLOCK = re.compile(rf"(</?(?:{_BLOCKS})(?=[\s/>])[^>]*>)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
#: A string of JSON with its quotes; outside of strings there are but numbers, brackets, true, false and null.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)", re.DOTALL)
_PACKED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"[0-9a-f]+")
#: A word that goes on in the next line, or after letters that nobody sees.
_PARTED = re.compile(r"(?<=[^\W_])[-\u2010\u2011\u00ad]\s*\n\s*(?=[^\W_])|[\u00ad\u200b-\u200f\u2060\ufeff]")
JSON = frozenset({".json", ".geojson", ".jsonl"})


def pieces(suffix: str, text: str) -> Iterator[str]:
    """The pieces of a file's text, as written.

    Args:
        suffix: the file's, which tells its kind.
        text: all of it.

    Raises:
        csv.Error, ValueError: it cannot be read as what it is.
    """
    if suffix == ".html":
        yield from _BLOCK.split(text)
    elif suffix == ".csv":
        for row in cells(text):
            yield from row
    elif suffix in JSON:
        for one in _STRING.findall(text):
            yield json.loads(one, strict=False) if "\\" in one else one[1:-1]
    else:
        yield text


def cells(text: str) -> Iterator[list[str]]:
    """The rows of a table.

    Raises:
        csv.Error: it is none.
    """
    csv.field_size_limit(sys.maxsize)  # a cell may list all claims that a finding rests on
    return csv.reader(io.StringIO(text, newline=""))


def forms(text: str) -> Iterator[str]:
    """A piece as written and as each reader of such files would read it: entities, escapes, addresses, packed words."""
    yield text
    unescaped = html.unescape(text) if "&" in text else text
    yield unescaped
    if "<" in text:
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))
    plainly = _ESCAPE.sub(_unescaped, text) if "\\" in text else text
    yield plainly
    yield html.unescape(plainly)
    if "%" in plainly or "~" in plainly:
        yield unquote(unquote(plainly.replace("~", "%").replace("+", " ")))
        yield unquote(unquote(unescaped))
    if _PARTED.search(unescaped):
        yield _PARTED.sub("", unescaped)
    packed = " ".join(_unpacked(text))
    if packed:
        yield packed


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code is not None:
        return chr(int(code, 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(match.group(3), match.group(3))


def _unpacked(text: str) -> Iterator[str]:
    """Words that base64 hides."""
    for match in dict.fromkeys(one for one in _PACKED.findall(text) if not _HEX.fullmatch(one)):
        try:
            found = base64.b64decode(match.replace("-", "+").replace("_", "/") + "=" * (-len(match.rstrip("=")) % 4))
            yield found.decode("utf-8")
        except (binascii.Error, ValueError):
            continue


def spoken(piece: str) -> Iterator[str]:
    """What of a piece are words to people: between tags, and in attributes; a piece without tags is all words."""
    if "<" not in piece:
        yield html.unescape(piece) if "&" in piece else piece
        return
    for one in _TAG.split(piece):
        yield html.unescape(one).strip()
    for double, single in _VALUE.findall(piece):
        yield html.unescape(double or single)
