"""Many phrases looked for in one text at once, word by word."""

from collections.abc import Iterable, Iterator, Mapping


class Phrases:
    """Phrases by what they are; as `plain` writes words, parted by one blank."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for what, every in phrases.items():
            for one in every:
                words = tuple(one.split())
                if words:
                    self._by_first.setdefault(words[0], []).append((words, what))

    def first(self, text: str) -> str | None:
        """What the first phrase is that stands in a text; `None` where none does."""
        return next((what for _, _, what in self.found(text.split())), None)

    def found(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Where phrases stand among words, `[first, after)`, and what they are."""
        for at, word in enumerate(words):
            for phrase, what in self._by_first.get(word, ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    yield at, at + len(phrase), what
