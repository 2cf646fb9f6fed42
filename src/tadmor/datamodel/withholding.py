"""Names that are to be withheld: found however they are written, and masked without moving any other letter."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

#: Stands for a letter that is withheld.
MASK = "\u2588"
#: What may stand between two words of a name: a space, a hyphen, an underscore of an id, an apostrophe, a line's end.
_BETWEEN = r"[\W_]{1,3}"
#: What may stand between two letters: a soft hyphen, or a hyphen at the end of a line.
_BROKEN = r"(?:\u00ad|-[^\S\n]*\n\s*)?"
#: The Arabic article as it is written before a name; ids leave it out.
_ARTICLES = frozenset({"al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az"})
#: A name of fewer letters stands in too many words to be looked for.
_LEAST = 3


class Redaction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tombstone of what was taken out of a case: when, by whom, why, from how much; never what.

    `originals` are the digests of files that are no longer kept.
    """

    made: datetime
    author: str
    reason: str
    revisions: int
    originals: tuple[str, ...]


class Withheld:
    """Finds and masks names, without regard to case, accents, and what stands between their words.

    Raises:
        ValueError: there is no name, or one of fewer than three letters.
    """

    def __init__(self, names: Iterable[str]) -> None:
        words = [[word for word in re.split(r"[\W_]+", _folded(name)[0]) if word] for name in names]
        if not words or any(sum(map(len, one)) < _LEAST for one in words):
            message = f"give names of {_LEAST} letters or more"
            raise ValueError(message)
        # the longer first: a name that begins with another is masked whole
        patterns = [_pattern(one) for one in sorted(words, key=lambda one: -sum(map(len, one)))]
        self._pattern = re.compile("|".join(patterns))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where names stand, in code points of the text."""
        folded, places = _folded(text)
        return [(places[at.start()], places[at.end() - 1] + 1) for at in self._pattern.finditer(folded)]

    def within(self, text: str) -> bool:
        """Does a name stand in the text?"""
        return self._pattern.search(_folded(text)[0]) is not None

    def masked(self, text: str) -> str:
        """The text with each letter of a name masked."""
        return masked(text, self.spans(text))


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with all but the white space of some stretches masked, and as long as before."""
    if not spans:
        return text
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [one if one.isspace() else MASK for one in letters[start:end]]
    return "".join(letters)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, and where each of its letters stood."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, one in enumerate(text):
        for part in unicodedata.normalize("NFKD", one.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _pattern(words: list[str]) -> str:
    *first, last = [(word, _BROKEN.join(map(re.escape, word))) for word in words]
    joined = "".join(f"(?:{one}{_BETWEEN})?" if word in _ARTICLES else one + _BETWEEN for word, one in first) + last[1]
    # Arabic writes particles on to a word, Chinese parts none: there a name may stand within a word
    before = r"(?<![^\W_])" if words[0][0] < "\u0530" else ""
    after = r"(?![^\W_])" if words[-1][-1] < "\u0530" else ""
    return f"{before}{joined}{after}"
