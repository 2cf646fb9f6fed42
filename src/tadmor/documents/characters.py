"""First cleaning step: line ends, spaces, ligatures and invisible characters."""

import re
import unicodedata
from collections.abc import Iterator

from tadmor.datamodel.spans import OffsetMap
from tadmor.documents.tracing import Edit, edited

# In order: Windows line ends; other line ends; page breaks; a soft hyphen that ends a line (a real hyphen there);
# spaces of any kind in a row, or one that is no plain space; characters that print nothing (byte-order mark, zero
# width, direction marks, controls); hyphens that look alike; Latin ligatures.
_ODD = re.compile(
    r"(?P<crlf>\r\n)"
    r"|(?P<line>[\r\x0b\x85\u2028\u2029])"
    r"|(?P<page>\x0c)"
    r"|(?P<break>\xad(?=[ \t]*[\r\n]))"
    r"|(?P<space>[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]{2,}|[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<nothing>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+)"
    r"|(?P<hyphen>[\u2010\u2011])"
    r"|(?P<marks>^#{1,6}[ \t]+(?=\S)|^[*_]{2}(?=\S[^\n]*[*_]{2}[ \t]*\r?$)|(?<=\S)[*_]{2}(?=[ \t]*\r?$))"
    r"|(?P<ligature>[\ufb00-\ufb06])",
    re.MULTILINE,
)
_PLAIN = {
    "crlf": "\n",
    "line": "\n",
    "page": "\n\n",
    "break": "-",
    "space": " ",
    "nothing": "",
    "hyphen": "-",
    "marks": "",
}


def plain_characters(text: str) -> tuple[str, OffsetMap]:
    """Unix line ends, single plain spaces, no invisible characters, ligatures taken apart."""
    return edited(text, _edits(text))


def _edits(text: str) -> Iterator[Edit]:
    for match in _ODD.finditer(text):
        kind = match.lastgroup or ""
        plain = unicodedata.normalize("NFKC", match.group()) if kind == "ligature" else _PLAIN[kind]
        yield Edit(match.start(), match.end(), plain)
