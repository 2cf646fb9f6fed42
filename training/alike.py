"""Which names of a text a mark means: the same words, or the same actor or place of the tables."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.places import Place
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.names import fold

#: Words that tell no name from another.
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        "a ad al an and ar as ash at az city countryside district el fighters forces governorate group in military "
        "militants neighborhood neighbourhood of province soldiers the town troops village",
    )
)


def told_names(value: Any) -> list[str]:
    """The names that a field of a mark holds: one, several, or those of a place with its usual spellings."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [value["name"], *value.get("also", ())]
    return [name for one in value if isinstance(one, str | Mapping) for name in told_names(one)]


def means_actor(names: Iterable[str], words: str, actors: Sequence[Actor]) -> bool:
    """Is one of the names of a mark what some words of the text name, in which these actors were found?"""
    ids = {actor.id for actor in actors}
    return any(_alike(name, words) or not ids.isdisjoint(_actors(name)) for name in names)


def means_place(names: Iterable[str], words: str, places: Iterable[Place]) -> bool:
    """Is one of the names of a mark the place found in the text as some words?"""
    first = next(iter(places), None)
    return any(_alike(name, words) or (first is not None and first.id in _places(name)) for name in names)


def _alike(one: str, other: str) -> bool:
    """Do two names share all words of one, fillers aside?"""
    left, right = _words(one), _words(other)
    return bool(left and right) and (left <= right or right <= left)


@lru_cache(maxsize=50_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split()) - _FILLERS


@lru_cache(maxsize=50_000)
def _actors(name: str) -> frozenset[str]:
    """The actors of the tables that a name names, and what they belong to."""
    found = [actor for _, _, actor in load_actors().find(name)]
    return frozenset(each for actor in found[-1:] for each in (actor.id, *actor.parents[:1]))


@lru_cache(maxsize=50_000)
def _places(name: str) -> frozenset[str]:
    return frozenset(place.id for place in open_gazetteer().lookup(name)[:1])
