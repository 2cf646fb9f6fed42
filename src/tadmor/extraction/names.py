"""Names in a document, found once for all readers: actors, sources, places, equipment, times, amounts.

The layers overlap on purpose: "Damascus" is a place and a metonym; the clause decides which is meant.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.equipment import Equipment, load_equipment
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.sources import load_sources
from tadmor.dictionaries.times import TimeExpression, find_times
from tadmor.extraction.amounts import Amount, find_amounts

T = TypeVar("T")


class Hit(msgspec.Struct, Generic[T], frozen=True):
    """A dictionary's value for `text[start:end]`."""

    start: int
    end: int
    value: T


class Layer(Generic[T]):
    """The hits of one dictionary in one document, in text order."""

    def __init__(self, hits: Iterable[tuple[int, int, T]]) -> None:
        self.hits: list[Hit[T]] = [
            Hit(start, end, value) for start, end, value in sorted(hits, key=lambda hit: hit[:2])
        ]
        self._starts = [hit.start for hit in self.hits]

    def within(self, start: int, end: int) -> Iterator[Hit[T]]:
        """Hits that lie wholly inside `[start, end)`."""
        for hit in self.hits[bisect_left(self._starts, start) :]:
            if hit.start >= end:
                return
            if hit.end <= end:
                yield hit

    def before(self, position: int) -> Iterator[Hit[T]]:
        """Hits that start before a position, nearest first."""
        yield from reversed(self.hits[: bisect_left(self._starts, position)])


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """All layers of one document."""

    actors: Layer[Actor]
    sources: Layer[Source]
    places: Layer[tuple[Place, ...]]
    equipment: Layer[Equipment]
    times: Layer[TimeExpression]
    amounts: Layer[Amount]


def find_names(text: str) -> Names:
    """Look the text up in every dictionary and grammar."""
    return Names(
        actors=Layer(load_actors().find(text)),
        sources=Layer(load_sources().find(text)),
        places=Layer(open_gazetteer().find(text)),
        equipment=Layer(load_equipment().find(text)),
        times=Layer((found.start, found.end, found) for found in find_times(text)),
        amounts=Layer((found.start, found.end, found) for found in find_amounts(text)),
    )
