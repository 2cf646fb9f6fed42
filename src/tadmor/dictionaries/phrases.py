"""Known phrases in running text: the longest at each word, with offsets into the text as it stands.

A table of phrases is a trie over folded words. Hyphens separate words ("ISIS-held"), apostrophes do not
("Sana'a"), a final s may be a possessive or a plural ("Russia's", "Assads"), and Arabic articles may stand or fall.
Punctuation that ends a clause is a word of its own, so that no phrase reaches across a comma unless it has one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from tadmor.dictionaries.names import ARTICLES, TIED_ARTICLES, ascii_folded
from tadmor.errors import DictionaryError

Value = TypeVar("Value")
Found = tuple[int, int, Value]

_APOSTROPHE = "'`´‘’ʹʻʼʽʾʿ′＇"
_LETTERS = r"[\w\u0300-\u036f\u064b-\u0652]"  # with combining accents and Arabic vowel signs
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\b(?:Adm|Brig|Capt|Col|Dr|Gen|Gov|Lt|Maj|Mr|Mrs|Ms|Rep|Sen|Sgt|St)\."  # ranks and titles keep their dot
    rf"|{_LETTERS}+(?:[{_APOSTROPHE}]{_LETTERS}+)*"
    r"|[.,;:!?()\[\]…]"
    r"|\n\s*\n"
)
_HYPHENS = "‐‑‒–-"
_JOINED = re.compile(rf"[\s{_HYPHENS}—]+")
_NOT_SPELLING = re.compile(rf"[.{_APOSTROPHE}]")
_ENDING = re.compile(rf"[{_APOSTROPHE}]s$", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
#: Articles that are English words when they stand free.
_ENGLISH = frozenset({"ad", "an", "as", "at", "il", "in"})
#: Initialisms that an all-capitals line may hold as plain words.
_PLAIN_WORDS = frozenset(
    {"am", "an", "as", "at", "do", "he", "if", "in", "is", "it", "me", "no", "on", "or", "so", "us", "we", "who"}
)


class _Node(Generic[Value]):
    """One word on the way: what may follow, and what the phrase ending here means."""

    __slots__ = ("cased", "children", "holds", "value")

    def __init__(self) -> None:
        self.children: dict[str, _Node[Value]] = {}
        self.value: Value | None = None
        self.holds = False
        self.cased: dict[str, Value] | None = None


class PhraseTable(Generic[Value]):
    """Phrases and what they mean.

    Args:
        phrases: each phrase with its value. A leading "the" does not count.
        cased: those of `phrases` that count only as spelled, capitals included ("IS", "SAA", "The Times"); hyphens,
            dots and apostrophes are still free, and a leading "the" or article may be in either case.

    Raises:
        DictionaryError: two phrases fold to the same words and differ in value, or a phrase has no words.
    """

    def __init__(self, phrases: Mapping[str, Value], *, cased: Collection[str] = ()) -> None:
        self._root: _Node[Value] = _Node()
        self._size = 0
        for phrase, value in phrases.items():
            self._add(phrase, value, cased=phrase in cased)

    def __len__(self) -> int:
        """How many phrases, spellings that fold alike counted once."""
        return self._size

    def get(self, name: str) -> Value | None:
        """What a name means when it stands alone; `None` where the whole of it is no phrase."""
        words = _words(name)
        if len(words) > 1 and words[0][0] == "the":
            found = self._longest(name, words, 0) or self._longest(name, words, 1)
        else:
            found = self._longest(name, words, 0) if words else None
        if found is None or found[0] != len(words):
            return None
        return found[2]

    def find(self, text: str) -> list[Found[Value]]:
        """The phrases in a text, `(start, end, value)`, leftmost longest, without overlap.

        A possessive ending stays outside; an Arabic article tied to the first word is inside.
        """
        words = _words(text)
        found: list[Found[Value]] = []
        at, count, children = 0, len(words), self._root.children
        while at < count:
            word = words[at][0]
            if (
                word not in children
                and word not in TIED_ARTICLES
                and not (word.endswith("s") and word[:-1] in children)
            ):
                at += 1
                continue
            match = self._longest(text, words, at)
            if match is None or _shouted(text, words[at], match[1]):
                at += 1
                continue
            found.append((words[at][1], match[1], match[2]))
            at = match[0]
        return found

    def _add(self, phrase: str, value: Value, *, cased: bool) -> None:
        words = [word for word, _, _ in _words(phrase)]
        if not cased and len(words) > 1 and words[0] == "the":
            del words[0]
        words = [word for word, after in zip(words, [*words[1:], ""], strict=True) if not _is_article(word, after)]
        if not words:
            raise DictionaryError(_where(phrase), "has no words")
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        self._put(node, phrase, value, cased=cased)

    def _put(self, node: _Node[Value], phrase: str, value: Value, *, cased: bool) -> None:
        if cased:
            node.cased = {} if node.cased is None else node.cased
            known, old = _spelling(phrase) in node.cased, node.cased.get(_spelling(phrase))
            node.cased[_spelling(phrase)] = value
        else:
            known, old = node.holds, node.value
            node.holds, node.value = True, value
        if known and old != value:
            raise DictionaryError(_where(phrase), f"means both {old!r} and {value!r}")
        self._size += not known

    def _longest(self, text: str, words: list[tuple[str, int, int]], first: int) -> tuple[int, int, Value] | None:
        """The longest phrase from one word on: the word after it, where it ends, and its value."""
        node, at, count = self._root, first, len(words)
        start = words[first][1]
        best: tuple[int, int, Value] | None = None
        while at < count:
            word, _, end = words[at]
            child = node.children.get(word)
            if child is None:
                child = _without_s(node, text, words[at])
            if child is None:
                after = words[at + 1][0] if at + 1 < count else ""
                if not _is_article(word, after) or not _binds(text, word, end, inside=at > first):
                    break
                at += 1
                continue
            node, at = child, at + 1
            hit = _meaning(node, text, start, end)
            if hit is not None:
                best = (at, hit[0], hit[1])
        return best


def _where(phrase: str) -> str:
    return f"phrase {phrase!r}"


def _words(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text with their places."""
    return [(_folded(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    """One word, folded; punctuation and paragraph breaks as they stand."""
    return _NOT_A_WORD.sub("", ascii_folded(word)) or word


def _is_article(word: str, after: str) -> bool:
    return word in TIED_ARTICLES and after[:1].isalpha()


def _binds(text: str, word: str, end: int, *, inside: bool) -> bool:
    """May this article be passed over? Tied by a hyphen always; free only where it can be no English word."""
    if text[end : end + 1] in _HYPHENS and end < len(text):
        return True
    return word in ARTICLES and (word not in _ENGLISH or (inside and text[end + 1 : end + 2].isupper()))


def _without_s(node: _Node[Value], text: str, word: tuple[str, int, int]) -> _Node[Value] | None:
    """The child for a word whose final s is a possessive or plural ending.

    Words of up to three letters need their apostrophe: "his" is no form of "hi".
    """
    folded, start, end = word
    if not folded.endswith("s") or (len(folded) <= 3 and not _ENDING.search(text[start:end])):
        return None
    return node.children.get(folded[:-1])


def _meaning(node: _Node[Value], text: str, start: int, end: int) -> tuple[int, Value] | None:
    """Where the phrase that ends at a node ends in the text, and its value; `None` where none does."""
    if not node.holds and node.cased is None:
        return None
    ending = _ENDING.search(text[start:end])
    end = start + ending.start() if ending else end
    if node.cased is not None:
        for spelled in _spellings_of(text[start:end]):
            if spelled in node.cased:
                return end, node.cased[spelled]
    if not node.holds:
        return None
    return end, node.value  # type: ignore[return-value]  # holds says that there is a value, and it may itself be None


def _spellings_of(words: str) -> Iterator[str]:
    spelled = _spelling(words)
    yield spelled
    if spelled.endswith("s"):
        yield spelled[:-1]


def _spelling(words: str) -> str:
    """Words as compared in capitals and small letters: one space for hyphens, no dots, the article in small letters."""
    spelled = _JOINED.sub(" ", _NOT_SPELLING.sub("", words)).strip()
    first, space, rest = spelled.partition(" ")
    return f"{first.casefold()} {rest}" if space and first.casefold() in ARTICLES | {"the"} else spelled


def _shouted(text: str, word: tuple[str, int, int], end: int) -> bool:
    """Is this an initialism that reads as a plain word in a line of capitals ("WHAT IS NEXT")?"""
    folded, start, stop = word
    if folded not in _PLAIN_WORDS or stop < end or "." in text[start:stop]:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    others = sum(map(str.isalpha, line)) - sum(map(str.isalpha, text[start:end]))
    return line.isupper() and others > 0
