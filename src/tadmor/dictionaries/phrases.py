"""Known phrases in running text: the longest at each word, with offsets into the text as it stands.

A table of phrases is a trie over folded words. Hyphens separate words ("ISIS-held"), apostrophes do not
("Sana'a"), a final s may be a possessive or a plural ("Russia's", "Assads"), and Arabic articles may stand or fall.
Punctuation that ends a clause is a word of its own, so that no phrase reaches across a comma unless it has one.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar, cast

from tadmor.dictionaries.names import ARTICLES, FREE_WORDS, PLAIN, TIED_ARTICLES, ascii_folded
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
HYPHENS = "‐‑‒–-"
_JOINED = re.compile(rf"[\s—{HYPHENS}]+")
_NOT_SPELLING = re.compile(rf"[.{_APOSTROPHE}]")
_ENDING = re.compile(rf"[{_APOSTROPHE}]s$", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
#: Initialisms that an all-capitals line may hold as plain words.
_PLAIN_WORDS = frozenset(
    {"am", "an", "as", "at", "do", "he", "if", "in", "is", "it", "me", "no", "on", "or", "so", "us", "we", "who"}
)


class Words:
    """A text cut into folded words with their places, so that several tables can read it once.

    `folded[i]` stands at `text[starts[i]:ends[i]]`. Punctuation that ends a clause is a word of its own.
    """

    __slots__ = ("ends", "folded", "starts", "text")

    def __init__(self, text: str) -> None:
        found = [(_folded(match.group()), *match.span()) for match in _WORD.finditer(text)]
        self.text = text
        self.folded = [word for word, _, _ in found]
        self.starts = [start for _, start, _ in found]
        self.ends = [end for _, _, end in found]

    def __len__(self) -> int:
        """How many words."""
        return len(self.folded)

    def word(self, index: int) -> str:
        """The folded word at an index; nothing before the first and after the last."""
        return self.folded[index] if 0 <= index < len(self.folded) else ""

    def written(self, index: int) -> str:
        """The word as it stands."""
        return self.text[self.starts[index] : self.ends[index]]


class Match(NamedTuple, Generic[Value]):
    """A phrase found: its words `[first, after)`, its place `[start, end)` in the text, and what it means.

    `inflected` says that its last word carries an s that the phrase has not: a possessive or a plural.
    """

    first: int
    after: int
    start: int
    end: int
    value: Value
    inflected: bool


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
        words = Words(name)
        for first in (0, 1) if words.word(0) == "the" else (0,):
            found = self.longest(words, first)
            if found is not None and found.after == len(words):
                return found.value
        return None

    def find(self, text: str) -> list[Found[Value]]:
        """The phrases in a text, `(start, end, value)`, leftmost longest, without overlap.

        A possessive ending stays outside; an Arabic article tied to the first word is inside.
        """
        return [(match.start, match.end, match.value) for match in self.matches(Words(text))]

    def matches(self, words: Words) -> list[Match[Value]]:
        """The same, over a text already cut into words, with the words that each match takes."""
        found: list[Match[Value]] = []
        children, at = self._root.children, 0
        for index, word in enumerate(words.folded):
            if index < at or not (
                word in children or word in TIED_ARTICLES or (word[-1:] == "s" and word[:-1] in children)
            ):
                continue
            match = self.longest(words, index)
            if match is not None and not _shouted(words, match):
                found.append(match)
                at = match.after
        return found

    def longest(self, words: Words, first: int) -> Match[Value] | None:
        """The longest phrase that begins at one word; `None` where none does."""
        best: Match[Value] | None = None
        paths = [(self._root, first)]
        while paths:
            node, at = paths.pop()
            for child, inflected in _steps(node, words, at):
                paths.append((child, at + 1))
                if (child.holds or child.cased is not None) and (best is None or at >= best.after):
                    best = _meaning(child, words, first, at + 1, inflected=inflected) or best
            word = words.word(at)
            if word in TIED_ARTICLES and word not in node.children and _passes(words, at, inside=at > first):
                paths.append((node, at + 1))
        return best

    def _add(self, phrase: str, value: Value, *, cased: bool) -> None:
        words = _plain_words(phrase)
        if not cased and len(words) > 1 and words[0] == "the":
            del words[0]
        if not words:
            raise DictionaryError(_where(phrase), "has no words")
        node = self._root
        for word in words:
            child = node.children.get(word)
            if child is None:
                child = node.children[word] = _Node()
            node = child
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


def _plain_words(phrase: str) -> list[str]:
    """The folded words of a phrase without its articles."""
    if PLAIN.fullmatch(phrase) and TIED_ARTICLES.isdisjoint(found := phrase.lower().split(" ")):
        return found
    words = Words(phrase)
    return [word for at, word in enumerate(words.folded) if not _passes(words, at, inside=True)]


def _where(phrase: str) -> str:
    return f"phrase {phrase!r}"


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    """One word, folded; punctuation and paragraph breaks as they stand."""
    return _NOT_A_WORD.sub("", ascii_folded(word)) or word


def _is_article(word: str, after: str) -> bool:
    return word in TIED_ARTICLES and after[:1].isalpha()


def _passes(words: Words, at: int, *, inside: bool) -> bool:
    """Is this an article to pass over? Tied by a hyphen always; free only where it can be no English word."""
    word = words.folded[at]
    if not _is_article(word, words.word(at + 1)):
        return False
    end = words.ends[at]
    if words.text[end] in HYPHENS:
        return True
    return word in ARTICLES and (word not in FREE_WORDS or (inside and words.text[end + 1 : end + 2].isupper()))


def _steps(node: _Node[Value], words: Words, at: int) -> Iterator[tuple[_Node[Value], bool]]:
    """Where one word leads: as it stands, and without a final s that may be a possessive or plural ending (`True`).

    Words of up to three letters need their apostrophe: "his" is no form of "hi".
    """
    folded = words.word(at)
    child = node.children.get(folded)
    if child is not None:
        yield child, False
    if folded[-1:] == "s" and (len(folded) > 3 or _ENDING.search(words.written(at))):
        child = node.children.get(folded[:-1])
        if child is not None:
            yield child, True


def _meaning(node: _Node[Value], words: Words, first: int, after: int, *, inflected: bool) -> Match[Value] | None:
    """The phrase that ends at a node; `None` where none does in this spelling."""
    start, end = words.starts[first], words.ends[after - 1]
    ending = _ENDING.search(words.text[start:end])
    end = start + ending.start() if ending else end
    if node.cased is not None:
        for spelled in _spellings_of(words.text[start:end]):
            if spelled in node.cased:
                return Match(first, after, start, end, node.cased[spelled], inflected)
    if not node.holds:
        return None
    return Match(first, after, start, end, cast("Value", node.value), inflected)


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


def _shouted(words: Words, match: Match[Value]) -> bool:
    """Is this an initialism that reads as a plain word in a line of capitals ("WHAT IS NEXT")?"""
    text, start, end = words.text, match.start, match.end
    if words.folded[match.first] not in _PLAIN_WORDS or match.after > match.first + 1 or "." in text[start:end]:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    others = sum(map(str.isalpha, line)) - sum(map(str.isalpha, text[start:end]))
    return line.isupper() and others > 0
