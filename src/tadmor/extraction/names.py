"""Names in a document, found once for all readers: actors, sources, places, equipment, times, amounts.

The layers overlap on purpose: "Damascus" is a place and a metonym; the clause decides which is meant.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.equipment import Equipment, load_equipment
from tadmor.dictionaries.gazetteer import Gazetteer
from tadmor.dictionaries.lexicon import word_class
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sources import SourceTable
from tadmor.dictionaries.times import TimeExpression, find_times
from tadmor.extraction.amounts import Amount, find_amounts
from tadmor.extraction.uncharted import uncharted

T = TypeVar("T")
#: A text that names places of a country so often by their own names is set there, among others.
_SETTLED = 2
#: Hits of one layer that can overlap at a word at most.
_OVERLAPPING = 6


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

    def covering(self, start: int, end: int) -> Iterator[Hit[T]]:
        """Hits that `[start, end)` lies wholly inside."""
        last = bisect_left(self._starts, start + 1)
        for hit in self.hits[max(last - _OVERLAPPING, 0) : last]:
            if hit.end >= end:
                yield hit


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """All layers of one document."""

    actors: Layer[Actor]
    sources: Layer[Source]
    places: Layer[tuple[Place, ...]]
    uncharted: Layer[str]
    equipment: Layer[Equipment]
    times: Layer[TimeExpression]
    amounts: Layer[Amount]


def find_names(text: str, known: SourceTable, gazetteer: Gazetteer) -> Names:
    """Look the text up in every dictionary and grammar; `known` are the sources that may speak in it."""
    actors, sources = load_actors().find(text), known.find(text)
    times, systems = find_times(text), load_equipment().find(text)
    peoples = {actor.country for _, _, actor in actors if actor.country is not None}
    charted = list(_likely(text, list(gazetteer.find(text)), peoples))
    named = [(start, end) for start, end, _ in (*actors, *sources, *systems, *charted)]
    return Names(
        actors=Layer(actors),
        sources=Layer(sources),
        places=Layer(_grounds(text, charted, [*actors, *sources, *systems])),
        uncharted=Layer(uncharted(text, [*named, *((found.start, found.end) for found in times)])),
        equipment=Layer(systems),
        times=Layer((found.start, found.end, found) for found in times),
        amounts=Layer((found.start, found.end, found) for found in find_amounts(text, times)),
    )


def _likely(
    text: str, found: list[tuple[int, int, tuple[Place, ...]]], peoples: set[str]
) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """Places without those that only another spelling makes one of a country that the text names nothing else of.

    As "LURD" might be Lourdes, in a text on Liberia. `peoples` are the countries whose actors it names.
    """
    own = Counter(places[0].country for start, end, places in found if _is_spelt(text[start:end], places[:1]))
    settled = max(own.values(), default=0) >= _SETTLED
    for start, end, places in found:
        known = any(place.country in own or place.country in peoples for place in places)
        if known or not settled or _is_spelt(text[start:end], places):
            yield start, end, places


def _is_spelt(name: str, places: Iterable[Place]) -> bool:
    """Is a name the chief one of a place, or any of a country?"""
    return any(place.level is Level.COUNTRY or fold(name) == fold(place.name) for place in places)


def _grounds(
    text: str,
    places: Iterable[tuple[int, int, tuple[Place, ...]]],
    others: Iterable[tuple[int, int, Actor | Source | Equipment]],
) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """Places that are no part of another's name ("Fatah al-Sham") and do not only say where someone is based.

    Nor is a noun for ground that a headline writes with a capital: "Besieged Towns".
    """
    nouns = word_class("settled") | word_class("town_parts") | word_class("ground_parts")
    spans = sorted((start, end, value) for start, end, value in ((s, e, _own_name(v)) for s, e, v in others))
    starts = [start for start, _, _ in spans]
    for start, end, found in places:
        near = spans[max(bisect_left(starts, start + 1) - 6, 0) : bisect_left(starts, start + 1)]
        inside = any(s <= start and end <= e and (e - s > end - start or own) for s, e, own in near)
        if (
            not inside
            and text[start:end].lower() not in nouns
            and not text.startswith(("-based", "-backed", " based"), end)
        ):
            yield start, end, found


def _own_name(value: Actor | Source | Equipment) -> bool:
    """Is the name never a place's? A state's or a capital's is."""
    return not isinstance(value, Actor) or value.kind not in (ActorKind.STATE, ActorKind.STATE_FORCE)
