"""A document's text cut where claims begin and end, so that each stretch can be marked."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Stretch(NamedTuple):
    """A stretch of text, the claims that it belongs to, and those that begin with it."""

    text: str
    claims: tuple[str, ...]
    begins: tuple[str, ...]


def stretches(text: str, spans: Iterable[tuple[str, int, int]]) -> Sequence[Stretch]:
    """The text in stretches: joined they are the text; no claim begins or ends inside one.

    Args:
        text: the cleaned text of a document.
        spans: id, start and end of each claim, in code points.
    """
    known = sorted((start, end, claim) for claim, start, end in spans if 0 <= start < end <= len(text))
    cuts = sorted({0, len(text), *(cut for start, end, _ in known for cut in (start, end))})
    found: list[Stretch] = []
    open_now: list[tuple[int, int, str]] = []
    ahead = 0
    for start, end in pairwise(cuts):
        begins = []
        while ahead < len(known) and known[ahead][0] == start:
            open_now.append(known[ahead])
            begins.append(known[ahead][2])
            ahead += 1
        open_now = [one for one in open_now if one[1] > start]
        found.append(Stretch(text[start:end], tuple(one[2] for one in open_now), tuple(begins)))
    return found
