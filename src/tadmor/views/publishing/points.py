"""Coordinates as people write them into texts: degrees in any notation, grid references, plus codes."""

import re
from collections.abc import Iterator

_DEGREES = r"\d{1,3}(?:[.,]\d+)?\s?[°º˚]"
_MINUTES = r"(?:\s?\d{1,2}(?:[.,]\d+)?\s?['’′ʹ](?!['’′]))"
_SECONDS = r"(?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:[\"”″]|['’′]{2}))"
#: Degrees with their sign and minutes, fractions or a quarter of the sky; with a quarter alone if they have decimals;
#: two numbers with three decimals or more; MGRS; Open Location Code.
_POINT = re.compile(
    rf"{_DEGREES}(?:{_MINUTES}{_SECONDS}?\s?[NSEW]?\b|\s?[NSEW]\b)"
    r"|(?<![\d.])\d{1,3}[.,]\d{2,}\s?[NSEW]\b"
    r"|\b[NSEW]\s?\d{1,3}(?:[.,]\d{2,}|[°º˚ ]\s?\d{1,2}[.'’′]\s?\d+)"
    r"|(?<![\d.,])-?\d{1,3}\.\d{3,}°?\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}(?![\d.])"
    r"|\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{2}\s?\d{2}|\d{3}\s?\d{3}|\d{4}\s?\d{4}|\d{5}\s?\d{5})\b"
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
)
_BARE = re.compile(r"-?\d{1,3}\.\d{3,}")


def points(text: str) -> Iterator[tuple[int, int]]:
    """Where coordinates stand in a text."""
    return (match.span() for match in _POINT.finditer(text))


def told_points(text: str) -> Iterator[str]:
    """Coordinates in a text in a notation that only texts use: data and pages have degrees as decimal numbers alone."""
    for match in _POINT.finditer(text):
        if not all(_BARE.fullmatch(one) for one in re.split(r"\s*[,;/ ]\s*", match.group()) if one):
            yield match.group()
