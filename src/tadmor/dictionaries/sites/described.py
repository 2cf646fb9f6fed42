"""Sites that a text calls by their kind alone: what "the military airport" can mean, and whose airport it is."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import cos, hypot, radians

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.loading import items, read_yaml
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sites import load_sites

#: How far off a town's own airport or dam may lie, in kilometres from the town's middle; known from reports of one war.
_NEAR_KM = 15.0
_KM_PER_DEGREE = 111.32
#: A town of so many people has several sites of a kind.
_LARGE = 1_000_000
#: Words in the longest noun ("oil and gas field").
_LONGEST = 4
#: What may be any of a town's barracks and camps: it means a site told of, and by itself none.
_ANY = frozenset({"base", "military base"})
#: What a site can be said to belong to.
_OWNERS = (Level.SETTLEMENT, Level.DISTRICT)


def noun_called(words: Sequence[str]) -> str | None:
    """The longest noun for a kind of site that ends a description."""
    ends = (" ".join(words[at:]).lower() for at in range(max(len(words) - _LONGEST, 0), len(words)))
    return next((end for end in ends if end in _nouns()), None)


def kinds_called(words: Sequence[str]) -> frozenset[str]:
    """The kinds of site that a description can mean, by the noun that ends it; empty for other descriptions."""
    noun = noun_called(words)
    return _nouns()[noun] if noun is not None else frozenset()


def site_called(description: str, place: Place) -> Place | None:
    """The site of a town that a description means there: the one that has the town's name, else its only one.

    A site is a town's that is said to be of it or, where none is, that lies near. A large town has more prisons and
    bridges than the tables: there only the town's name tells.
    """
    noun = noun_called(description.split())
    if place.level not in _OWNERS or noun is None or noun in _ANY:
        return None
    sites = [site for site in load_sites() if site.country == place.country and site.site_kind in _nouns()[noun]]
    named = [site for site in sites if _bears(site, f"{place.name} {noun}")]
    large = (place.population or 0) >= _LARGE
    own = [site for site in sites if place.id in site.parents and not large]
    near = [site for site in sites if _kilometres(site, place) <= _NEAR_KM and not large]
    found = next((few for few in (named, own, near) if few), [])
    return found[0] if len(found) == 1 else None


def other_names(name: str) -> Iterator[str]:
    """What a named site may be called by other words for its kind: "Hayyan gas field" for "Hayyan plant"."""
    words = name.split()
    noun = noun_called(words)
    if noun is None:
        return
    stem = " ".join(words[: len(words) - len(noun.split())]).removesuffix("’s").removesuffix("'s")
    for kind in sorted(_nouns()[noun]) if stem else ():
        yield from (word.replace("{}", stem) if "{}" in word else f"{stem} {word}" for word in _words()[kind])


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {kind: items(cell) for kind, cell in read_yaml("sites/kinds.yaml").items()}


@cache
def _nouns() -> dict[str, frozenset[str]]:
    return {noun: frozenset(items(cell)) for noun, cell in read_yaml("sites/nouns.yaml").items()}


def _bears(site: Place, name: str) -> bool:
    return fold(name) in {fold(known) for known in (site.name, *site.aliases)}


def _kilometres(one: Place, other: Place) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return _KM_PER_DEGREE * hypot(one.lat - other.lat, east)
