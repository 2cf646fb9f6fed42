"""Names of places in running English text.

A name starts with a capital, or with an Arabic article before one ("al-Bab"). The longest known name wins. Numbers are
parts of names of sites only ("Division 17", "17 Tammuz"): dates and counts stand beside towns. Words that
English writes in lower case are no places even where they open a sentence (`words.txt`), nor are names of persons:
after a title, or beside another capitalised word that is neither English nor a place.

Names that only the files of a case have are taken with more care: there may be ten thousands, villages called after
persons among them. They never keep a shipped name from being found.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer.packed import NameFlag
from tadmor.dictionaries.gazetteer.tables import ordinary_words, read_kinds, words_around
from tadmor.dictionaries.names import ARTICLES, FREE_WORDS, TIED_ARTICLES, fold

Found = tuple[int, int, tuple[Place, ...]]
Records = tuple[tuple[int, int], ...]

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W\d_]\w*(?:(?!['’]s\b)['’‘ʼ`]\w*)*|(?<![\w.,:/-])\d+(?:st|nd|rd|th)?(?!\w|[.,:/%-]\w)"
)
_GAP = re.compile(r" ?[-‐‑–]\n?|\s{1,2}|\. ")
_IS_WORD, _INITIALS = int(NameFlag.WORD), int(NameFlag.INITIALS)
#: Longest name in words; GeoNames' longest that reporting prints have six.
_LONGEST = 6
#: A name that stands beside an unknown capitalised word is taken for part of a person's or a company's name, unless the
#: place has more people than this: a guess, so that "Ali Mamlouk" is no place and "Damascus Mufti" is one.
_LARGE = 200_000


class _Word(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str
    plain: str  # casefolded, without its dots
    capital: bool
    number: bool


class _Name(msgspec.Struct, frozen=True):
    """A name found: its words, what it could be, and whether only the files of a case have it."""

    first: int
    last: int
    numbers: tuple[int, ...]
    own: bool


class Scan(NamedTuple):
    """What a text holds: names of places, and how often it uses words formed from the name of each place (by id)."""

    names: tuple[Found, ...]
    words: dict[str, int]


class Finder:
    """Finds names in text, given the records of a key and the place of a record.

    Records numbered from `own` on are of the files of a case.
    """

    def __init__(
        self, records: Callable[[str], Records], place: Callable[[int], Place], own: int = sys.maxsize
    ) -> None:
        self._records = records
        self._place = place
        self._first_own = own
        self._ordinary = ordinary_words()

    def scan(self, text: str) -> Scan:
        """The names in a text, leftmost longest, without overlap, and the words formed from names ("Syrian", "Turks").

        Each name comes with what it could be, most prominent first.
        """
        words = _words(text)
        formed: Counter[str] = Counter()
        for word in words:
            if word.capital:
                formed.update(
                    self._place(number).id for number, flags in self._records(fold(word.text)) if flags & _IS_WORD
                )
        return Scan(tuple(self._names(text, words)), dict(formed))

    def _names(self, text: str, words: list[_Word]) -> Iterator[Found]:
        found: list[_Name] = []
        others: set[str] = set()  # names that are parts of persons' names somewhere in the text
        at = 0
        while at < len(words):
            opens = words[at].capital or words[at].number or words[at].plain in ARTICLES
            name = self._longest(text, words, at) if opens else None
            if name is None:
                at += 1
                continue
            if not self._part_of_another_name(text, words, name):
                found.append(name)
            elif name.own:
                others.add(_text(text, words, name).casefold())
            at = name.last + 1
        lower = {word.plain for word in words if not word.capital} if any(name.own for name in found) else set()
        for name in found:
            written = _text(text, words, name).casefold()
            # the text uses the name of the case's place for a person too, or as a word
            if not (name.own and (written in others or written in lower)):
                yield words[name.first].start, words[name.last].end, tuple(map(self._place, name.numbers))

    def _longest(self, text: str, words: list[_Word], at: int) -> _Name | None:
        if not _starts(text, words, at) and not words[at].number:
            return None
        ends = _chain(text, words, at)
        for last in reversed(ends):
            name = text[words[at].start : words[last].end]
            numbers = self._meant(name, single=last == at)
            if any(word.number for word in words[at : last + 1]):
                numbers = tuple(number for number in numbers if self._place(number).level is Level.SITE)
            if numbers:
                return _Name(at, last, numbers, min(numbers) >= self._first_own)
        return None

    def _meant(self, name: str, *, single: bool) -> tuple[int, ...]:
        key = fold(name)
        if len(key) < 2 or key in ARTICLES:
            return ()
        capitals = name.isupper()
        if single and key in self._ordinary and not (capitals and len(key) <= 3):
            return ()
        return tuple(
            number
            for number, flags in self._records(key)
            if not flags & _IS_WORD and (capitals if flags & _INITIALS else not (capitals and len(key) <= 3))
        )

    def _part_of_another_name(self, text: str, words: list[_Word], name: _Name) -> bool:
        at, last = name.first, name.last
        if (
            at
            and text[words[at - 1].end : words[at].start] in (" ", ". ", "\n")
            and words[at - 1].plain in words_around("titles")
        ):
            return True
        place = self._place(min(name.numbers))  # a shipped one where there is one, the most prominent
        if last > at and self._plain_words(words[at : last + 1], place, own=name.own):
            return True
        if name.own and place.level is not Level.REGION and self._is_word_of_another(text, words, name):
            return True
        known = place.level not in (Level.SETTLEMENT, Level.DISTRICT) and not name.own
        if known or (place.population or 0) >= _LARGE:
            return False
        before = words[at - 1] if at and text[words[at - 1].end : words[at].start] == " " else None
        after = words[last + 1] if last + 1 < len(words) else None
        if after and text[words[last].end : after.start] != " ":
            after = None
        if before and before.capital and before.plain in words_around("first"):
            return True
        if last > at:
            return False
        if after and words[at].plain in words_around("first") and self._goes_on(text, words, last + 1):
            return True
        return any(near is not None and self._unknown(near) for near in (before, after))

    def _is_word_of_another(self, text: str, words: list[_Word], name: _Name) -> bool:
        """Is a name of the case told with "the" and no kind of place, or one word of several that begin so?

        "The Asad regime", "the Baath Party", "Liwa Fursan al-Haq"; but "the Masharqa neighbourhood".
        """
        at, last = name.first, name.last
        before = words[at - 1] if at and text[words[at - 1].end : words[at].start] == " " else None
        goes_on = last + 1 < len(words) and text[words[last].end : words[last + 1].start] == " "
        if before and before.plain == "the":
            kinds = words[last : last + 2] if goes_on else words[last : last + 1]
            if all(word.plain not in read_kinds().levels for word in kinds):
                return True
        if last > at:
            return False
        named = before is not None and before.capital and not self._plain_before(before)
        return named or (goes_on and self._goes_on(text, words, last + 1))

    def _plain_before(self, word: _Word) -> bool:
        """Is it an English word with a capital, as at the head of a sentence, and no part of a name: "Camp Hurriya"?"""
        return word.plain in self._ordinary and word.plain not in read_kinds().levels

    def _plain_words(self, words: list[_Word], place: Place, *, own: bool) -> bool:
        """Are these English words that happen to name some small town: "Old City", "Green Village"?"""
        small = (own or place.level is Level.SETTLEMENT) and (place.population or 0) < _LARGE
        return small and all(word.plain in self._ordinary for word in words)

    def _goes_on(self, text: str, words: list[_Word], at: int) -> bool:
        """Does a longer name go on with a word: "Bab | al-Saghir", "Tal | Sannouf", but not "Bab | Offensive"?"""
        return _starts(text, words, at) and words[at].plain not in self._ordinary

    def _unknown(self, word: _Word) -> bool:
        """Is it a capitalised word that is neither English nor a place: probably a part of a person's name?"""
        if not word.capital or word.plain in self._ordinary or word.text.isupper():
            return False
        return all(number >= self._first_own for number, _ in self._records(fold(word.text)))


def _text(text: str, words: list[_Word], name: _Name) -> str:
    return text[words[name.first].start : words[name.last].end]


def _words(text: str) -> list[_Word]:
    found = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if word[-1] in "'’‘`":
            word = word.rstrip("'’‘`")
        plain = word.replace(".", "").casefold() if word[-1] == "." else word.casefold()
        found.append(_Word(start, start + len(word), word, plain, word[0].isupper(), word[0].isdigit()))
    return found


def _starts(text: str, words: list[_Word], at: int) -> bool:
    word = words[at]
    if word.capital:
        return True
    if word.plain not in ARTICLES or at + 1 == len(words):
        return False
    gap = text[word.end : words[at + 1].start]
    return words[at + 1].capital and (gap in ("-", "‑") or (gap == " " and word.plain not in FREE_WORDS))


def _chain(text: str, words: list[_Word], at: int) -> list[int]:
    """The words that a name from `at` could end at, nearest first."""
    ends = [at] if words[at].capital else []  # a number alone is no name
    for left, right in pairwise(range(at, min(at + _LONGEST, len(words)))):
        gap = text[words[left].end : words[right].start]
        if not _GAP.fullmatch(gap) or (gap == ". " and words[left].plain not in {"st", "mt", "ft"}):
            break
        if words[right].capital or words[right].number:
            ends.append(right)
        elif words[right].plain not in _inside():
            break
    return ends


@cache
def _inside() -> frozenset[str]:
    """Lower-case words that a name may hold: "Deir ez-Zor", "Rostov-on-Don"."""
    return words_around("inside") | TIED_ARTICLES
