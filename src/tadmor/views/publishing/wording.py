"""Words of a text with what is needed to find names among them."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from tadmor.dictionaries.people import Roles

#: A word may hold apostrophes and hyphens; a digit makes it no name's.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`\-‐‑][^\W_]+)*")
_APOSTROPHES = "'’ʼ`"
_ENDS = frozenset(".!?:;…|•")
_OPENING = frozenset("\"'“‘«(–—-*>[")
#: What may stand between two words of one name: blanks, a line's end, a hyphen of a line's end.
_JOINING = re.compile(r"\.?[ \t\u00a0]*(?:\r?\n)?[ \t\u00a0]*")


class Word(msgspec.Struct, frozen=True):
    """A word: where it stands, as written and small, without a genitive; whether a sentence begins with it."""

    start: int
    end: int
    text: str
    low: str
    first: bool
    genitive: bool

    @property
    def capital(self) -> bool:
        """Is it written as names are, a small particle before a hyphen aside ("al-Hassan")?"""
        head, _, rest = self.text.replace("‐", "-").replace("‑", "-").partition("-")
        return self.text[0].isupper() or (len(head) <= 3 and rest[:1].isupper())

    @property
    def shouted(self) -> bool:
        """Is it in capitals only?"""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def foreign(self) -> bool:
        """Is it in another than the Latin alphabet?"""
        return any(
            letter.isalpha() and letter > "\u024f" and not "\u1e00" <= letter <= "\u1eff" for letter in self.text
        )

    @property
    def initial(self) -> bool:
        """Is it one capital letter?"""
        return len(self.text) == 1 and self.text.isupper()

    @property
    def numeric(self) -> bool:
        """Does it hold a digit?"""
        return any(letter.isdigit() for letter in self.text)


def words_of(text: str, roles: Roles) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        found.append(_word(match, text, found[-1] if found else None, roles))
    return found


def _word(match: re.Match[str], text: str, before: Word | None, roles: Roles) -> Word:
    written, end = match.group(), match.end()
    genitive = len(written) > 2 and written[-1] in "sS" and written[-2] in _APOSTROPHES
    if genitive:
        written, end = written[:-2], end - 2
    first = before is None or _begins(text[before.end : match.start()], before, roles)
    return Word(match.start(), end, written, written.lower(), first, genitive)


def _begins(between: str, before: Word, roles: Roles) -> bool:
    """Does a sentence or a line begin after what stands between two words?"""
    if "\n\n" in between or "\n\r\n" in between:
        return True
    marks = [letter for letter in between if not letter.isspace()]
    if any(mark in _ENDS for mark in marks):
        abbreviated = marks == ["."] and (before.low in roles.abbreviations or before.initial)
        return not abbreviated
    return any(mark in _OPENING and mark not in "-'" for mark in marks)


def joined(one: Word, other: Word, text: str, roles: Roles) -> bool:
    """May two neighbouring words be of one name?"""
    between = text[one.end : other.start]
    if one.genitive or not _JOINING.fullmatch(between):
        return False
    return "." not in between or one.low in roles.abbreviations or one.initial


def sequences(words: Sequence[Word], text: str, roles: Roles) -> Iterator[tuple[int, int]]:
    """Stretches of words `[first, after)` that are written as names, with small particles between capitals."""
    at = 0
    while at < len(words):
        if not _may_begin(words, at, text, roles):
            at += 1
            continue
        after = at + 1
        while after < len(words) and joined(words[after - 1], words[after], text, roles):
            following = (
                after + 1 < len(words)
                and words[after + 1].capital
                and joined(words[after], words[after + 1], text, roles)
            )
            if not (words[after].capital or (words[after].low in roles.particles and following)):
                break
            after += 1
        yield at, after
        at = after


def _may_begin(words: Sequence[Word], at: int, text: str, roles: Roles) -> bool:
    one = words[at]
    if one.capital and not one.text[0].isdigit():
        return True
    kunya = one.low in roles.particles - {"y", "e", "as", "at", "an", "la", "le", "da", "a", "st", "den", "der"}
    return kunya and at + 1 < len(words) and words[at + 1].capital and joined(one, words[at + 1], text, roles)
