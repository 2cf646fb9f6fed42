"""Wordpieces of the encoder's vocabulary: words cut into the longest pieces that it has, from the left.

The uncased cut of BERT (Devlin et al. 2019, doi:10.18653/v1/N19-1423; pieces after Wu et al. 2016, arXiv:1609.08144),
with the place of each piece in the text. Written here because the package that does it brings a downloader of models
and fourteen packages more; texts are cut as by that package, but for control signs, which are left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

#: A word with the marks on its letters, or any other sign by itself.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|\S")
#: Longer words are no words.
_LONGEST = 100
_UNKNOWN = "[UNK]"


class Piece(NamedTuple):
    """A wordpiece and its place in the text."""

    id: int
    start: int
    end: int


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """The wordpieces of a stretch of a text."""
    for word in _WORD.finditer(text, start, end):
        plain, at = _plain(word.group())
        if len(plain) == 1 and unicodedata.category(plain)[0] in "CM":
            continue  # a control sign, or an accent on nothing
        for number, first, last in _cut(plain):
            yield Piece(number, word.start() + at[first], word.start() + at[last - 1] + 1)


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, int]:
    """The number of each piece; pieces that go on with a word begin with "##"."""
    lines = files(__package__).joinpath("model/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


@lru_cache(maxsize=20_000)
def _plain(word: str) -> tuple[str, tuple[int, ...]]:
    """A word in lower case without accents, and the character of the word that each of its characters comes from."""
    if word.isascii():
        return word.lower(), tuple(range(len(word)))
    plain: list[str] = []
    at: list[int] = []
    for number, letter in enumerate(word):
        for each in unicodedata.normalize("NFD", letter.lower()):
            if unicodedata.category(each) != "Mn":
                plain.append(each)
                at.append(number)
    return ("".join(plain), tuple(at)) if plain else (word, tuple(range(len(word))))


@lru_cache(maxsize=20_000)
def _cut(word: str) -> tuple[tuple[int, int, int], ...]:
    """The pieces of a plain word: number, first and last character; all of a word that cannot be cut is unknown."""
    known = vocabulary()
    found: list[tuple[int, int, int]] = []
    first = 0
    while first < len(word) and len(word) <= _LONGEST:
        lead = "##" if first else ""
        last = next((end for end in range(len(word), first, -1) if lead + word[first:end] in known), None)
        if last is None:
            break
        found.append((known[lead + word[first:last]], first, last))
        first = last
    return tuple(found) if first == len(word) else ((known[_UNKNOWN], 0, len(word)),)
