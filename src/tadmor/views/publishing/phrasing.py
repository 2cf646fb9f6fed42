"""Many phrases looked for in one text at once, word by word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

#: A word: letters and digits, with accents and letters that nobody sees in between.
_WORD = re.compile(r"[^\W_](?:[\u0300-\u036f\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]*[^\W_])*")
#: Letters of names run together that are no everyday word.
_A_WORD = 8
_PLAIN_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """A text as it is compared: compatible letters without accents, small, words parted by one blank, nothing else."""
    if text.isascii():
        return " ".join(_PLAIN_WORD.findall(text.lower()))
    return " ".join(_compared(one) for one in _WORD.findall(text))


def worded(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text as `plain` writes them, with where they stand."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _compared(match.group())


def spellings(name: str) -> Iterator[str]:
    """A name as `plain` writes it, and run together as in addresses and accounts where that makes a word of its own."""
    told = plain(name)
    if told:
        yield told
    joined = told.replace(" ", "")
    if " " in told and len(joined) >= _A_WORD:
        yield joined


def _compared(word: str) -> str:
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(one for one in unicodedata.normalize("NFKD", letters) if one.isalnum())


class Phrases:
    """Phrases by what they are; as `plain` writes words, parted by one blank.

    Each is looked for by the one of its words that the fewest phrases have: most texts hold none of these.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        every = [(tuple(one.split()), what) for what, own in phrases.items() for one in own]
        counts = Counter(word for words, _ in every for word in words)
        self._by_word: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        for words, what in every:
            if words:
                at = min(range(len(words)), key=lambda place: (counts[words[place]], -len(words[place])))
                self._by_word.setdefault(words[at], []).append((at, words, what))

    def first(self, text: str) -> str | None:
        """What a phrase is that stands in a text; `None` where none does."""
        return next((what for _, _, what in self.found(text.split())), None)

    def found(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Where phrases stand among words, `[first, after)`, and what they are."""
        telling = self._by_word.keys() & set(words)
        if not telling:
            return
        for at, word in enumerate(words):
            if word not in telling:
                continue
            for before, phrase, what in self._by_word[word]:
                first = at - before
                if first >= 0 and tuple(words[first : first + len(phrase)]) == phrase:
                    yield first, first + len(phrase), what
