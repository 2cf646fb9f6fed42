"""Text for a sheet that draws glyphs from left to right: Arabic letters in their shapes, lines in visual order.

A subset of the Unicode Bidirectional Algorithm (UAX 9: W1 to W7, N1, N2, I1, I2, L1 to L4, without explicit
embeddings and pairs of brackets), and joining by the presentation forms that Unicode has for the letters of Arabic,
Persian, Urdu, Kurdish and Pashto.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

_FORMS = ("isolated", "final", "initial", "medial")
#: Joins on both sides, and has one shape.
_TATWEEL = "\u0640"
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
#: Signs that steer direction or joining and have no shape of their own.
_UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


#: Letters that run from right to left, with their numbers and marks, and what stands between two such words.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LEFTWARD = re.compile(f"[{_LETTERS}](?:[^A-Za-z\n]*[{_LETTERS}])?")


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Letters, and lam with alef, by the shape they have: "final", say -> the character of that shape."""
    found: dict[str, dict[str, str]] = {}
    for number in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(number)).split()
        word = "".join(chr(int(letter, 16)) for letter in letters)
        if len(word) == 1 or (len(word) == 2 and word[0] == "\u0644"):
            found.setdefault(word, {})[form.strip("<>")] = chr(number)
    return found


def shaped(text: str) -> str:
    """A text, still in the order of reading, with Arabic letters in the shapes that they take beside each other."""
    if not any("\u0600" <= character <= "\u08ff" for character in text):
        return text.translate(_UNSEEN)
    units = list(_units(text))
    out = []
    for number, unit in enumerate(units):
        forms = _shapes().get(unit)
        if forms is None:
            out.append(unit)
            continue
        before = _joins_on(_near(units, number, -1)) and "final" in forms
        after = "initial" in forms and _joins_back(_near(units, number, 1))
        form = _FORMS[before + 2 * after]
        out.append(forms.get(form) or forms.get("isolated", unit))
    return "".join(out).translate(_UNSEEN)


def _units(text: str) -> Iterator[str]:
    """Characters; lam and alef, which are written as one, together."""
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        size = 2 if len(pair) == 2 and pair in _shapes() else 1
        yield text[at : at + size]
        at += size


def _near(units: Sequence[str], number: int, step: int) -> str:
    """The unit before or after, over the marks above and below letters."""
    number += step
    while 0 <= number < len(units) and unicodedata.combining(units[number][0]):
        number += step
    return units[number] if 0 <= number < len(units) else " "


def _joins_on(unit: str) -> bool:
    return unit in {_TATWEEL, "\u200d"} or "initial" in _shapes().get(unit, {})


def _joins_back(unit: str) -> bool:
    return unit in {_TATWEEL, "\u200d"} or "final" in _shapes().get(unit, {})


def right_to_left(text: str) -> bool:
    """Does a text begin in a script that runs from right to left?"""
    return next((one in {"R", "AL"} for one in map(unicodedata.bidirectional, text) if one in {"L", "R", "AL"}), False)


def visual(line: str, *, leftward: bool) -> str:
    """A line in the order in which its glyphs stand from left to right.

    One that does not run leftward itself keeps the order of its parts; those in other scripts turn within themselves.
    """
    return _turned(line) if leftward else LEFTWARD.sub(lambda found: _turned(found[0]), line)


def _turned(line: str) -> str:
    """A line that runs from right to left, in visual order."""
    levels = _levels(line)
    mirrored = [one.translate(_MIRRORED) if level % 2 else one for one, level in zip(line, levels, strict=True)]
    clusters = list(_clusters(mirrored, levels))
    for level in range(max(levels), 0, -1):
        at = 0
        while at < len(clusters):
            end = at
            while end < len(clusters) and clusters[end][1] >= level:
                end += 1
            clusters[at:end] = reversed(clusters[at:end])
            at = max(end, at + 1)
    return "".join(letters for letters, _ in clusters)


def _clusters(letters: Sequence[str], levels: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Letters with the marks that stand on them, which stay behind them."""
    held, level = "", 0
    for letter, own in zip(letters, levels, strict=True):
        if held and unicodedata.combining(letter):
            held += letter
            continue
        if held:
            yield held, level
        held, level = letter, own
    if held:
        yield held, level


def _levels(line: str) -> list[int]:
    """1 for what runs from right to left, 2 for numbers and words within that run the other way."""
    kinds = _resolved([unicodedata.bidirectional(one) or "L" for one in line])
    return [1 if kind == "R" else 2 for kind in kinds]


def _resolved(kinds: list[str]) -> list[str]:
    """The rules for numbers and marks (W1 to W7), then those for what has no direction (N1, N2)."""
    strong = before = "R"
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = before
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        if kind in {"L", "R", "AL"}:
            strong = kind
        before = kinds[at]
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        one, other = kinds[at - 1], kinds[at + 1]
        if kinds[at] in {"CS", "ES"} and one == other and one in ({"EN", "AN"} if kinds[at] == "CS" else {"EN"}):
            kinds[at] = one
    for step in (1, -1):
        for at in range(len(kinds))[::step]:
            if kinds[at] == "ET" and 0 <= at - step < len(kinds) and kinds[at - step] == "EN":
                kinds[at] = "EN"
    strong = "R"
    for at, kind in enumerate(kinds):
        strong = kind if kind in {"L", "R"} else strong
        if kind == "EN" and strong == "L":
            kinds[at] = "L"
    return _neutral(kinds)


def _neutral(kinds: list[str]) -> list[str]:
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] not in {"L", "R", "EN", "AN"}:
            end += 1
        if end > at:
            both = at > 0 and end < len(kinds) and kinds[at - 1] == kinds[end] == "L"
            kinds[at:end] = ["L" if both else "R"] * (end - at)
        at = max(end, at + 1)
    return kinds
