"""How many: numbers, number words and vague amounts in running text, each as a range.

The bounds follow the coding guidelines: "at least 12" has no upper bound, "dozens" is 24 to 99, "about 30" 27 to 33.
Numbers that count nothing are left out: dates, clock times, ages, percentages, money, measures, calibres, the numbers
of models, roads and units.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.times import TimeExpression, TimeKind, find_times


class AmountKind(StrEnum):
    """What kind of words."""

    FIGURE = "figure"  # digits
    WORD = "word"  # twenty-one, a dozen, half a million
    VAGUE = "vague"  # dozens, several, a number of
    ARTICLE = "article"  # a, an, another: one of what follows


class Amount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount in a text: `text[start:end]` in code points, its qualifier included ("at least 12").

    `of` is the word that follows ("12 civilians", "dozens of shells"), a hint at what is counted.
    """

    start: int
    end: int
    quantity: Quantity
    kind: AmountKind
    of: str | None = None


_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_FIXED = {"both": 2, "twin": 2, "double": 2, "dual": 2, "triple": 3}
#: Bounds of vague words, from the coding guidelines; `few` and `handful` after the words' common use.
_VAGUE: dict[str, tuple[int | None, int | None]] = {
    "hundreds of thousands": (200_000, 999_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999),
    "dozens": (24, 99),
    "scores": (40, 99),
    "tens": (20, 99),
    "tenths": (20, 99),
    "several": (3, 9),
    "a few": (3, 5),
    "few": (2, 5),
    "a handful": (3, 9),
    "a couple": (2, 3),
    "a pair": (2, 2),
    "multiple": (2, None),
    "numerous": (None, None),
    "many": (None, None),
    "countless": (None, None),
    "a number": (None, None),
    "a large number": (None, None),
    "large numbers": (None, None),
}
_AT_LEAST = (
    "at least", "no fewer than", "no less than", "not less than", "not fewer than", "a minimum of", "more than", "over",
    "upwards of", "upward of", "well over", "in excess of", "exceeding", "well above", "above", "least", "better than",
)  # fmt: skip
_AT_MOST = (
    "at most", "up to", "as many as", "no more than", "not more than", "a maximum of", "fewer than", "less than",
    "under", "below", "at the most",
)  # fmt: skip
_ABOUT = (
    "about", "around", "some", "nearly", "almost", "approximately", "roughly", "an estimated", "estimated", "circa",
    "close to", "approx", "approx.", "just over", "just under", "somewhere around",
)  # fmt: skip
#: "about 30" is 27 to 33 in the coding guidelines: a tenth either way.
_ABOUT_SHARE = 0.1


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(phrases, key=len, reverse=True))


_WORDS = rf"(?:{'|'.join([*_UNITS, *_TENS])})\b(?:[\s-](?:{'|'.join(_UNITS)})\b)?"
_SCALE = "dozen|hundred|thousand|million|billion"
_SPELLED = (
    rf"(?:(?:half\s+(?:of\s+)?an?|an?\s+quarter\s+of\s+an?|an?|{_WORDS}|several|(?:a\s+)?few)\s+(?:{_SCALE})\b"
    rf"(?:\s+(?:{_SCALE})\b)?(?:\s+(?:and\s+)?{_WORDS})?|{_WORDS})"
)
_DIGITS = (
    r"(?:\d{1,3}(?:[,.\u00a0\u202f]\d{3})+|\d{1,3}(?:\s\d{3})+(?=\s[a-z])"
    r"|\d+(?:\.\d{1,2}(?=\s?(?:million|billion)))?)(?!\d)"
)
_NUMBER = rf"(?:{_DIGITS}(?:\s?(?:{_SCALE})\b)?|{_SPELLED})"
_TWO = rf"(?P<low>{_NUMBER})(?:\s?[-–]\s?(?=\d)|\s+(?:to|or)\s+)(?P<high>{_NUMBER})(?![-–/]?\w)"
_CORE = re.compile(
    rf"between\s+(?P<from>{_NUMBER})\s+and\s+(?P<to>{_NUMBER})|{_TWO}"
    rf"|(?P<number>{_NUMBER})(?P<plus>\+|\s+(?:or\s+more|plus)\b)?"
    rf"|(?P<vague>{_any_of(_VAGUE)})\b(?!\s+as\b)|(?P<fixed>{'|'.join(_FIXED)})\b"
    rf"|(?P<article>another\b(?!\s+{_NUMBER})|"
    r"(?:a\s+second|an?)(?=\s+(?!estimated|additional|further|minimum|maximum)\w))",
    re.IGNORECASE,
)
#: Where an amount may begin: a digit that continues no name or figure, or a word of the list.
_STARTS = re.compile(r"(?<![\w.,:/$€£#%–-])\d|[^\W\d_]+")
_FIRST_WORDS = frozenset(
    [*_UNITS, *_TENS, *_FIXED, *(phrase.split()[0] for phrase in _VAGUE), "half", "a", "an", "another", "between"]
)
_HOW = re.compile(
    rf"(?<!\w)(?P<how>{_any_of((*_AT_LEAST, *_AT_MOST, *_ABOUT))})\s+"
    r"(?:(?:another|an\s+additional|a\s+further)\s+)?$",
    re.IGNORECASE,
)
#: A share of what is counted: "a third of the 300 hostages", "half of the population of about 23 million".
_SHARES = {
    "half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "one-third": 1 / 3, "two thirds": 2 / 3, "two-thirds": 2 / 3,
    "a quarter": 1 / 4, "one quarter": 1 / 4, "three quarters": 3 / 4, "three-quarters": 3 / 4,
}  # fmt: skip
_SHARED = re.compile(
    rf"(?<!\w)(?P<share>{_any_of(_SHARES)})\s+of\s+(?!them\b|whom\b)"
    r"(?:(?!(?:and|or|but|who|that|which|in|on|at|by|with|from|were|was|are|is|had|have|has)\b)[^\W\d][\w'’-]*\s+){1,6}$",
    re.IGNORECASE,
)
_SHARE_REACH = 90
_MORE = re.compile(r"\b(?:another|an\s+additional|a\s+further)\s+$", re.IGNORECASE)
#: The longest qualifier with "an additional" after it.
_HOW_REACH = 40
#: What may not follow: a measure, an age, a share, a model's or unit's letters.
_NOT_COUNTED = re.compile(
    r"[-–]?\s?(?:%|percent\b|per\s+cent\b|mm\b|cm\b|km\b|kms\b|kg\b|kilomet\w+|kilogram\w*|met(?:er|re)s?\b|miles?\b|feet\b|ft\b|"
    r"acres?\b|hectares?\b|sq\b|square\b|tons?\b|tonnes?\b|lit(?:er|re)s?\b|barrels?\s+(?:of|per)\b|dollars?\b|euros?\b|pounds?\b|degrees?\b|"
    r"years?[\s-]olds?\b|years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|seconds?\b|am\b|pm\b|a\.m|p\.m|gmt\b|"
    r"(?:st|nd|rd|th)\b|nautical\b|knots?\b|caliber\b|calibre\b|points?\b)",
    re.IGNORECASE,
)
#: What may not stand before digits: names of roads, models, resolutions, units; ages.
_NAMED_BEFORE = re.compile(
    r"(?:(?i:\b(?:aged?|ages|no|number|nos?\.|resolution|article|chapter|route|highway|road|line|brigade|unit|division|"
    r"battalion|phase|page|section|base|type|model|group|channel|flight|point|hill|height))\s*|\b[A-Z]\s?)$"
)
_OF = re.compile(r"\s*(?:of\s+(?:the\s+|his\s+|her\s+|their\s+|its\s+)?)?([^\W\d_][\w'’-]*)")
#: Nouns after an article that are no thing done or suffered.
_NOTHINGS = frozenset(
    {
        "lot",
        "result",
        "bid",
        "part",
        "statement",
        "report",
        "day",
        "week",
        "month",
        "year",
        "number",
        "while",
        "quarter",
    }
)


def find_amounts(text: str, times: tuple[TimeExpression, ...] | None = None) -> tuple[Amount, ...]:
    """All amounts of a text, in order, none overlapping another.

    Args:
        text: running text in English.
        times: the expressions of time in it, where the caller has them already.
    """
    taken = _taken(find_times(text) if times is None else times)
    return tuple(amount for amount in _amounts(text) if not _inside(amount, taken))


def _amounts(text: str) -> Iterator[Amount]:
    """Amounts from left to right; one whose qualifier reaches back over another takes its place."""
    held: Amount | None = None
    done = 0
    for start in _STARTS.finditer(text):
        at = start.start()
        if at < done or not (text[at].isdecimal() or start.group().lower() in _FIRST_WORDS):
            continue
        match = _CORE.match(text, at)
        if match is None:
            continue
        done = match.end()
        amount = _amount(text, match)
        if amount is None:
            continue
        if held is not None and held.end <= amount.start:
            yield held
        held = amount
    if held is not None:
        yield held


def _taken(times: tuple[TimeExpression, ...]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in times if one.kind is not TimeKind.PRESENT]


def _inside(amount: Amount, taken: list[tuple[int, int]]) -> bool:
    return any(start < amount.end and amount.start < end for start, end in taken)


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    end = match.end()
    if match["article"] or match["fixed"]:
        return _single(text, match)
    if _NOT_COUNTED.match(text, end) or _NOT_COUNTED.match(text, _after_of(text, end)):
        return None
    if match["vague"]:
        low, high = _VAGUE[" ".join(match["vague"].lower().split())]
        return _made(text, match, (low, None, high), AmountKind.VAGUE)
    if _is_named(text, match):
        return None
    return _one_number(text, match) if match["number"] else _two_numbers(text, match)


def _is_named(text: str, match: re.Match[str]) -> bool:
    """Is it part of a name, as in "Route 4", "T 72", "30mm"?"""
    at = match.start()
    if text[at].isdecimal() and _NAMED_BEFORE.search(text, max(at - 14, 0), at):
        return True
    return text[match.end() : match.end() + 1].isalpha()


def _after_of(text: str, at: int) -> int:
    return at + 4 if text.startswith(" of ", at) else at


def _single(text: str, match: re.Match[str]) -> Amount | None:
    said = (match["article"] or match["fixed"]).lower()
    of = _of(text, match.end())
    if match["article"] and of in _NOTHINGS:
        return None
    number = _FIXED.get(said, 1)
    kind = AmountKind.ARTICLE if match["article"] else AmountKind.WORD
    return _made(text, match, (number, number, number), kind)


def _one_number(text: str, match: re.Match[str]) -> Amount | None:
    low, high = number_of(match["number"])
    best = low if low == high else None
    if match["plus"]:
        return _made(text, match, (low, best, None), _kind(match["number"], best))
    return _made(text, match, (low, best, high), _kind(match["number"], best))


def _two_numbers(text: str, match: re.Match[str]) -> Amount | None:
    first, last = (match["from"], match["to"]) if match["from"] else (match["low"], match["high"])
    low, high = number_of(first)[0], number_of(last)[1]
    scale = re.search(rf"(?:{_SCALE})\b", last)
    if scale and low < 100 <= high and not re.search(_SCALE, first):
        low *= _SCALES[scale.group()]
    return None if low >= high else _made(text, match, (low, None, high), _kind(first, None))


def _kind(said: str, best: int | None) -> AmountKind:
    if said[:1].isdigit():
        return AmountKind.FIGURE
    return AmountKind.WORD if best is not None else AmountKind.VAGUE


def number_of(said: str) -> tuple[int, int]:
    """Bounds of one number as written: equal, save for "several hundred" and the like.

    "1,900" is 1900, "1.9 million" 1900000, "twenty-one" 21, "half a million" 500000, "several dozen" 36 to 108.
    """
    words = re.split(r"[\s-]+", said.lower())
    if words[0][:1].isdigit():
        return _figure(said)
    if words[0] in ("several", "few") or words[:2] == ["a", "few"]:
        scale = next((_SCALES[word] for word in reversed(words) if word in _SCALES), 1)
        top = 9 * scale if scale == 12 else 10 * scale - 1
        return 3 * scale, top
    value = _spelled(words)
    return value, value


def _figure(said: str) -> tuple[int, int]:
    match = re.match(r"[\d.,\s\u00a0\u202f]+", said)
    digits = match.group().strip(" .,\u00a0\u202f") if match else said
    scale_word = said[len(digits) :].strip().lower()
    scale = 10**6 if scale_word == "m" else _SCALES.get(scale_word, 1)
    grouped = re.fullmatch(r"\d{1,3}(?:[,.\s\u00a0\u202f]\d{3})+", digits)
    plain = re.sub(r"[^\d]", "", digits) if grouped else digits.replace(",", "")
    value = round(float(plain) * scale)
    return value, value


def _spelled(words: list[str]) -> int:
    total, current = 0, 0.0
    for word in words:
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word) or _TENS[word]
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if word in ("thousand", "million", "billion"):
                total, current = total + round(current), 0.0
        elif word == "half":
            current = 0.5
        elif word == "quarter":
            current = 0.25
    return total + round(current)


#: low, best, high
Bounds = tuple[int | None, int | None, int | None]


def _qualified(how: str, low: int | None, best: int | None, high: int | None) -> Bounds:
    """Low, best and high of a number under "at least", "up to", "about"."""
    said = " ".join(how.lower().split())
    if said in _AT_LEAST:
        return low, best, None
    if said in _AT_MOST:
        return None, best, high
    if said in _ABOUT and best is not None:
        return round(best * (1 - _ABOUT_SHARE)), best, round(best * (1 + _ABOUT_SHARE))
    return low, best, high


def _made(text: str, match: re.Match[str], bounds: Bounds, kind: AmountKind) -> Amount:
    start, end = match.span()
    if kind is not AmountKind.ARTICLE:
        start, bounds = _with_qualifier(text, start, bounds)
    share = _SHARED.search(text, max(start - _SHARE_REACH, 0), start)
    low, best, high = _part(share["share"], bounds) if share is not None else bounds
    expression = text[share.start() if share is not None else start : end]
    quantity = Quantity(low=low, best=best, high=high, expression=expression)
    return Amount(start=start, end=end, quantity=quantity, kind=kind, of=_of(text, end))


def _part(share: str, bounds: Bounds) -> Bounds:
    """A share of a number."""
    part = _SHARES[" ".join(share.lower().split())]
    low, best, high = (round(one * part) if one is not None else None for one in bounds)
    return low, best, high


def _with_qualifier(text: str, start: int, bounds: Bounds) -> tuple[int, Bounds]:
    """Where the amount begins with its qualifier, and what that does to the bounds."""
    reach = max(start - _HOW_REACH, 0)
    how = _HOW.search(text, reach, start)
    if how is not None:
        return how.start(), _qualified(how["how"], *bounds)
    more = _MORE.search(text, reach, start)
    return (more.start() if more else start), bounds


def _of(text: str, at: int) -> str | None:
    match = _OF.match(text, at)
    return match[1].lower() if match else None
