"""Many phrases looked for in one text at once, word by word."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping


def plain(text: str) -> str:
    """A text as it is compared: compatible letters, small, words parted by one blank, nothing else."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))


def worded(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text as `plain` writes them, with where they stand."""
    for match in re.finditer(r"[^\W_]+", text):
        yield match.start(), match.end(), unicodedata.normalize("NFKC", match.group()).casefold()


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
