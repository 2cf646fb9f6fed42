"""Words without names of places: what may be said of forces whose place is told by the province."""

from functools import lru_cache

from tadmor.datamodel.places import Level
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.equipment import load_equipment
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.people import load_roles, ordinary_words
from tadmor.views.publishing.wording import words_of

#: Stands for what may tell a place.
SOMEWHERE = "[…]"
_WIDE = (Level.PROVINCE, Level.COUNTRY)


@lru_cache(maxsize=4096)
def placeless(words: str) -> str:
    """Words with all capitalised ones taken out that name no listed actor or weapon, and with names of places.

    What is left are everyday words, numbers, and names of armies and weapons.
    """
    known = [(start, end) for start, end, one in load_actors().find(words) if one.kind.value != "person"]
    known += [(start, end) for start, end, _ in load_equipment().find(words)]
    found = open_gazetteer().find(words)
    places = [(start, end) for start, end, could in found if could and could[0].level not in _WIDE]
    roles, ordinary = load_roles(), ordinary_words()
    parts, at = [], 0
    for one in words_of(words, roles):
        named = any(start <= one.start and one.end <= end for start, end in known)
        placed = any(start <= one.start and one.end <= end for start, end in places if not _within(start, end, known))
        unknown = not one.text.islower() and not one.numeric and not (one.first and one.low in ordinary)
        if not placed and (named or not (unknown or one.foreign)):
            continue
        parts += [words[at : one.start], SOMEWHERE]
        at = one.end
    return "".join([*parts, words[at:]])


def _within(start: int, end: int, known: list[tuple[int, int]]) -> bool:
    """Is a place's name but a part of an army's or a weapon's?"""
    return any(one <= start and end <= other and other - one > end - start for one, other in known)
