"""The text as a row of word classes, one letter a word: the grammar is a regular expression over such rows."""

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from tadmor.dictionaries.loading import items, read_table

OTHER = "x"
BREAK = "|"

_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)"  # 2016-05-11
    r"|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d])"  # 02/11/2017
    r"|\d{4}/\d{1,2}/\d{1,2}(?!\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?"  # 5:34
    r"|\d{1,2}\.\d{2}(?=\s?[ap]\.?m\b)"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?!,?\s?\d)"  # 12,000
    r"|[^\W\d_]+(?:\d+[^\W\d_]+)+\d*(?!\w)"  # ae20b5, no number and no name of a day
    r"|(?<![^\W\d_])\d+(?:st|nd|rd|th|s)?(?![^\W\d_])"
    r"|\d+(?=[^\W\d_])"  # 30mm, 11May
    r"|[AaPp]\.[Mm]\.?|[Bb]\.[Cc]\.?"
    r"|كانون الأول|كانون الثاني|تشرين الأول|تشرين الثاني"
    r"|[^\W\d_]+"
    r"|\n\s*\n"
    r"|[^\w\s]"
)
_HYPHENS = "-‐‑‒–—"
#: The first and last year that four digits alone may name.
FIRST_YEAR, LAST_YEAR = 1000, 2199


class Word(NamedTuple):
    """One token: its class, what it stands for, and where it is."""

    symbol: str
    value: str
    start: int
    end: int

    @property
    def number(self) -> int:
        """The value of a number, month or weekday."""
        return int(self.value)


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    symbol: str
    value: str
    words: str
    write: str = "any"


def _writings(word: str, write: str) -> tuple[str, ...]:
    if write == "exact":
        return (word,)
    capital = word[:1].upper() + word[1:].lower()
    return (capital, word.upper()) if write == "capital" else (word, capital, word.upper())


@lru_cache(maxsize=1)
def lexicon() -> dict[str, tuple[str, str]]:
    """Word as written -> its class and value."""
    table: dict[str, tuple[str, str]] = {}
    for entry in read_table("times/words.yaml", _Entry):
        for word in items(entry.words):
            for written in _writings(word, entry.write):
                table.setdefault(written, (entry.symbol, entry.value))
    return table


def _classified_digits(token: str) -> tuple[str, str]:
    if token[-1] in "tdhns" and token[-1].isalpha():
        return _ordinal_or_decade(token)
    number = int(token)
    if len(token) <= 2:
        return ("D" if 1 <= number <= 31 else "N"), token
    if len(token) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        return "Y", token
    if len(token) in (5, 6) and token[-4:-2] in ("19", "20") and 1 <= int(token[:-4]) <= 31:
        return "Z", token  # a day and a year that lost their comma: "Nov 022017"
    return "N", token


def _ordinal_or_decade(token: str) -> tuple[str, str]:
    if token.endswith("s"):
        digits = token[:-1]
        return ("V", digits) if digits.endswith("0") and len(digits) in (2, 4) else (OTHER, "")
    number = int(token[:-2])
    return ("O" if number <= 31 else OTHER), str(number)


def classified(token: str) -> tuple[str, str]:
    """The class and value of one token."""
    known = lexicon().get(token)
    if known is not None:
        return known
    head = token[0]
    if head.isdecimal():
        return _classified_number(token)
    if head == "\n":
        return BREAK, ""
    if head in _HYPHENS:
        return "-", ""
    return (head, "") if head in ",.()'’/" and len(token) == 1 else (OTHER, "")


def _classified_number(token: str) -> tuple[str, str]:
    if token.isalnum():
        return _classified_digits(token)
    if ":" in token or (token.count(".") == 1):
        return "K", token
    if "," in token:
        return "N", token.replace(",", "")
    return ("I" if token[4:5] in ("-", "/") else "X"), token


def words_of(text: str) -> tuple[str, list[re.Match[str]]]:
    """The row of class letters, and the token behind each letter."""
    tokens = list(_TOKEN.finditer(text))
    table = lexicon()
    letters = [
        known[0] if (known := table.get(token)) else (OTHER if token.isalpha() else classified(token)[0])
        for token in (match.group() for match in tokens)
    ]
    return "".join(letters), tokens


def word(match: re.Match[str]) -> Word:
    """The token as a classified word."""
    symbol, value = classified(match.group())
    return Word(symbol, value, match.start(), match.end())
