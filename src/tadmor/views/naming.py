"""Which place, actor or source a person means, who names one by id or by name."""

from collections.abc import Sequence
from typing import TypeVar

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.errors import UsageError
from tadmor.ledger import Ledger

Named = TypeVar("Named", Place, Actor, Source)


def place_meant(words: str, ledger: Ledger) -> Place:
    """The place of an id or a name: one of the case, else of the gazetteer.

    Raises:
        UsageError: no place, or several that the case does not tell of.
    """
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415 - a large table
    from tadmor.pipeline import places_of  # noqa: PLC0415
    from tadmor.views.brief import find_place  # noqa: PLC0415

    gazetteer = open_gazetteer(case=places_of(ledger))
    known = gazetteer.get(words)
    if known is not None:
        return known
    try:
        return find_place(words, tuple(ledger.claims()), ledger)
    except UsageError:
        return _only(words, gazetteer.lookup(words), "place")


def actor_meant(words: str, ledger: Ledger) -> Actor:
    """The actor of an id or a name: one that is known, else one that the case names.

    Raises:
        UsageError: no actor, or several.
    """
    from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - a table

    table = load_actors()
    known = table.get(words)
    if known is not None:
        return known
    named = {
        actor.id: actor
        for claim in ledger.claims()
        for actors in claim.actors.values()
        for actor in actors
        if words in (actor.id, actor.name)
    }
    return _only(words, tuple(named.values()) or table.lookup(words), "actor")


def source_meant(words: str, ledger: Ledger) -> Source:
    """The source of a name: one that is known, else one that the case alone has.

    Raises:
        UsageError: no source, or several.
    """
    from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415 - a table

    named = {
        source.id: source for claim in ledger.claims() for source in claim.voices if words in (source.id, source.name)
    }
    table = load_sources()
    known = table.get(words) or (table.lookup(words) if not named else None)
    return known if known is not None else _only(words, tuple(named.values()), "source")


def _only(words: str, found: Sequence[Named], kind: str) -> Named:
    if len(found) == 1:
        return found[0]
    if not found:
        message = f"no {kind} is known by {words!r}; give its id"
        raise UsageError(message)
    could = ", ".join(f"{one.name} ({one.id})" for one in found[:5])
    message = f"{words!r} could be several: {could}; give the id"
    raise UsageError(message)
