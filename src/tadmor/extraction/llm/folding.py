"""Where words stand in a text, whatever white space, quotation marks or composed letters they are repeated with.

A model that copies a sentence breaks its lines elsewhere, makes curled quotation marks straight and splits ligatures.
Both sides are folded alike; what is found leads back to the exact stretch of the text, by construction.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from unicodedata import category, combining, normalize

from tadmor.datamodel.spans import Span

#: Marks that stand for one another.
_PLAIN = str.maketrans(
    {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`", "'"), **dict.fromkeys("‐‑‒–—―−", "-")}
)


class Folded:
    """A text as it is compared, each character with the stretch that it stands for; `loose` leaves case aside."""

    def __init__(self, text: str, *, loose: bool = False) -> None:
        self._loose = loose
        self._text, self._starts, self._ends = _spaced(text, loose=loose)

    def find(self, words: str, within: Span | None = None) -> Iterator[Span]:
        """Where the words stand, whole words only, in order; words without a letter or digit stand nowhere."""
        asked = _spaced(words, loose=self._loose)[0].strip()
        if not any(letter.isalnum() for letter in asked):
            return
        first = bisect_left(self._starts, within.start) if within is not None else 0
        last = bisect_right(self._ends, within.end) if within is not None else len(self._text)
        at = self._text.find(asked, first, last)
        while at >= 0:
            end = at + len(asked)
            if not (self._inside_a_word(at) or self._inside_a_word(end)):
                yield Span(self._starts[at], self._ends[end - 1])
            at = self._text.find(asked, at + 1, last)

    def _inside_a_word(self, at: int) -> bool:
        return self._text[max(at - 1, 0) : at].isalnum() and self._text[at : at + 1].isalnum()


def _spaced(text: str, *, loose: bool) -> tuple[str, list[int], list[int]]:
    """The letters of a text with one space where white space runs, and where each begins and ends."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for shown, start, end in _folded(text):
        for letter in shown.casefold() if loose else shown:
            if letter == " " and letters[-1:] == [" "]:
                ends[-1] = end
                continue
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return "".join(letters), starts, ends


def _folded(text: str) -> Iterator[tuple[str, int, int]]:
    """Each letter with its accents, composed and plain, and where it stands; marks that are not seen are left out."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and combining(text[end]):
            end += 1
        letter = text[at:end]
        if letter.isspace():
            yield " ", at, end
        elif end > at + 1 or not letter.isascii():
            shown = normalize("NFKC", letter).translate(_PLAIN)
            yield "".join(" " if one.isspace() else one for one in shown if category(one) != "Cf"), at, end
        else:
            yield letter.translate(_PLAIN), at, end
        at = end
