"""Designations (T-72, Su-24M, BM-21): how else they are written, and what only looks like one."""

import re
from collections.abc import Iterator

from tadmor.dictionaries.phrases import Words

_HYPHENED = re.compile(r"\b([A-Za-z]+)-(?=\d)")
_SPACED = re.compile(r"[^\W\d_]+(?P<gap>\s+)\d")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Letters of designations that are words of English: "An 26-year-old", "At 4 p.m.", "A 10-year-old".
_WORDS = frozenset({"a", "an", "as", "at", "i", "il", "is", "it", "on", "in", "so", "to", "us"})
#: Roads are called A10 and A50 where aircraft are A-10 and A-50.
_ROADS = "A"
#: `PhraseTable` leaves off a plural s only from words longer than this.
_SHORT = 2


def variants(name: str) -> Iterator[tuple[str, bool]]:
    """A name as listed, closed up ("T72"), and each with an s where its last word is too short to be seen as plural.

    The flag says that a variant counts only as spelled: "T-72s" are several, the T-72S is another tank.
    """
    closed = _HYPHENED.sub(r"\1", name)
    written = [name]
    if closed != name and not (name.startswith(f"{_ROADS}-") and " " not in name):
        written.append(closed)
    for one in written:
        yield one, False
        last = Words(one).folded[-1]
        if len(last) <= _SHORT and last[-1].isdigit():
            yield f"{one}s", True


def is_written(words: str) -> bool:
    """Could these words of a text be meant as a designation? Anything without figures is.

    Figures need their capital ("a 10-year-old"), and a gap between letters and figures only where the letters are
    several and no word of English ("Su 24", but not "At 4").
    """
    if not any(map(str.isdigit, words)):
        return True
    if words[:1].islower():
        return False
    spaced = _SPACED.match(words)
    letters = _LETTERS.match(words)
    return spaced is None or letters is None or (len(letters.group()) > 1 and letters.group().lower() not in _WORDS)
