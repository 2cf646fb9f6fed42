"""From tags to stretches: where the network sees claims of a kind, and how sure it is of a stretch."""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from tadmor.datamodel.claims import KINDS
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.labels import BEGIN, INSIDE, OUTSIDE
from tadmor.extraction.learned.network import Array, Read
from tadmor.extraction.parse import Parse, Role
from tadmor.extraction.tokens import Tag, Token

#: So many wordpieces outside a claim do not end it.
_GAP = 2
#: A claim has at least so many words.
_FEWEST = 2


class Stretch(NamedTuple):
    """Words in which the network sees one claim: of a kind, `[start, end)` of the text in the sentence `number`.

    `span` are their wordpieces in the window.
    """

    kind: str
    number: int
    start: int
    end: int
    span: range


def stretches(read: Read, reading: Reading) -> Iterator[Stretch]:
    """The claims that the tags of a window tell of, by kind and in text order: whole words that say something.

    Words that hold no verb and no word for an act, a harm or a change of the kind are remains of a claim, not one.
    """
    best = read.tags.argmax(axis=-1)
    for column, kind in enumerate(KINDS):
        for span in _runs([int(tag) for tag in best[:, column]], read.window.first, read.window.last):
            yield from _whole(read, reading, kind, span)


def _runs(tags: list[int], first: int, last: int) -> Iterator[range]:
    """Wordpieces inside a claim, over small gaps; a beginning opens a new one where the last has come to an end."""
    start = stop = -1
    for at in range(first, last):
        if tags[at] == OUTSIDE:
            continue
        goes_on = start >= 0 and at - stop <= _GAP and (tags[at] == INSIDE or at == stop)
        if tags[at] == BEGIN and start >= 0 and stop - start >= _FEWEST:
            goes_on = False
        if not goes_on:
            if start >= 0:
                yield range(start, stop)
            start = at
        stop = at + 1
    if start >= 0:
        yield range(start, stop)


def _whole(read: Read, reading: Reading, kind: str, span: range) -> Iterator[Stretch]:
    """A run as whole words of one sentence, if they say something."""
    pieces = read.window.pieces
    number = bisect_right(reading.sentences, pieces[span.start].start, key=attrgetter("end"))
    sentence = reading.sentences[number]
    start, end = pieces[span.start].start, min(pieces[span.stop - 1].end, sentence.end)
    words = [token for token in reading.parse(number).tokens if token.start < end and token.end > start]
    if len(words) >= _FEWEST and _says(reading, number, kind, words):
        begin, close = _phrase_start(reading.parse(number), min(start, words[0].start)), max(end, words[-1].end)
        yield Stretch(kind, number, begin, close, read.window.decided(begin, close))


def _phrase_start(parse: Parse, start: int) -> int:
    """Where the noun phrase begins in which some words begin: its number and article belong to the claim."""
    within = (one for one in parse.pieces if one.role is Role.NP and one.start <= start < one.end)
    return next((one.start for one in within), start)


def _says(reading: Reading, number: int, kind: str, words: list[Token]) -> bool:
    """Is there a verb among some words, or a trigger of the kind?"""
    if any(token.tag is Tag.VERB for token in words):
        return True
    tokens = reading.parse(number).tokens
    hits = (tokens[hit.first].start for hit in reading.hits(number, kind))
    return any(words[0].start <= at < words[-1].end for at in hits)


def inside(tags: Array, number: int, span: range) -> tuple[float, float]:
    """How likely the wordpieces of a span belong to a claim of a kind: on average, and at most."""
    odds = 1.0 - tags[span.start : span.stop, number, OUTSIDE]
    return float(odds.mean()), float(odds.max())
