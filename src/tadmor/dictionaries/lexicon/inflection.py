"""Inflected forms of English verbs and nouns, by rule; irregular verbs are given in `words.yaml`."""

from collections.abc import Iterator
from enum import StrEnum

VOWELS = "aeiou"


class Form(StrEnum):
    """Which form of a verb a word is."""

    BASE = "base"
    S = "s"
    PAST = "past"  # simple past and past participle where they are one
    PARTICIPLE = "participle"  # past participle that differs from the past
    ING = "ing"


#: Verbs of more syllables that are stressed on the last, and so double their consonant too.
_STRESSED_LAST = frozenset(
    [
        "admit",
        "commit",
        "compel",
        "control",
        "deter",
        "equip",
        "expel",
        "occur",
        "patrol",
        "permit",
        "prefer",
        "refer",
        "regret",
        "repel",
        "submit",
        "transfer",
    ]
)


def _doubles(base: str) -> bool:
    """Does the last consonant double (stop, ship)? One syllable, consonant-vowel-consonant, last not w, x, y."""
    if base in _STRESSED_LAST:
        return True
    if len(base) < 3 or base[-1] in VOWELS + "wxy" or base[-2] not in VOWELS or base[-3] in VOWELS:
        return False
    return sum(letter in VOWELS for letter in base) == 1


def third_person(base: str) -> str:
    """Plays, launches, carries; also the plural of a noun."""
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def past(base: str) -> str:
    """Played, launched, carried, stopped."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if _doubles(base) else base + "ed"


def ing(base: str) -> str:
    """Playing, seizing, stopping, lying."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if _doubles(base) else base + "ing"


def forms(base: str, irregular: tuple[str, ...] = ()) -> Iterator[tuple[str, Form]]:
    """All forms of a verb.

    `irregular` lists third person, past, participle (where it differs) and -ing, in that order.
    """
    yield base, Form.BASE
    if not irregular:
        yield third_person(base), Form.S
        yield past(base), Form.PAST
        yield ing(base), Form.ING
        return
    yield irregular[0], Form.S
    yield irregular[-1], Form.ING
    pasts = irregular[1:-1]
    if not pasts:  # cut, hit, set: the past is the base
        return
    yield pasts[0], Form.PAST
    for extra in pasts[1:]:
        yield extra, Form.PARTICIPLE
