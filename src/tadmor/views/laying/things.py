"""Entries of places, actors and sources."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.names import fold
from tadmor.ledger.atlas import NamedEntry, PlaceEntry
from tadmor.views.exports import Names, Row
from tadmor.views.findings_rows import standing_row
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.known import Known
from tadmor.views.laying.local import local_row, place_keys
from tadmor.views.speaking import Speaking, fared_in_words, speaking


def place_entries(known: Known) -> Iterator[PlaceEntry]:
    """Places, with the ground that each covers."""
    documents = defaultdict[str, set[str]](set)
    for claim in known.claims:
        for one in claim.places.values():
            documents[one.id].add(claim.claim.document)
    for key, place in known.places.items():
        row = place_row(place) | {"claims": known.of_place[key], "documents": len(documents[key])}
        yield PlaceEntry(
            id=key,
            name=place.name,
            names=place_keys(place),
            level=place.level.value,
            claims=known.of_place[key],
            ground=known.grounds[key],
            value=encoded(row),
        )


def place_row(place: Place) -> Row:
    """A place."""
    return {
        "id": place.id,
        "name": place.name,
        **local_row(place),
        "aliases": list(place.aliases),
        "level": place.level.value,
        "lat": place.lat,
        "lon": place.lon,
        "radius_m": place.radius_m,
        "country": place.country,
        "parents": list(place.parents),
    }


def actor_entries(known: Known) -> Iterator[NamedEntry]:
    """Actors that claims name, camps that findings do, and what each of them belongs to."""
    listed = load_actors()
    holders = {key for one in known.record.spells for key in (one.holder, one.besieger) if key is not None}
    sides = {side for one in known.sources.values() for side in one.sides}
    belonging = {
        key for one in known.actors.values() for key in (*one.parents, *([one.side] if one.side is not None else []))
    }
    for key in sorted({*known.actors, *holders, *sides, *belonging}):
        actor = known.actors.get(key) or listed.get(key)
        name = known.names.actor_name(key) or key
        yield NamedEntry(
            id=key,
            name=name,
            names=_folded(name, actor.aliases if actor is not None else ()),
            claims=known.of_actor[key],
            value=encoded(_actor(key, name, actor, known)),
        )


def _actor(key: str, name: str, actor: Actor | None, known: Known) -> Row:
    return {
        "id": key,
        "name": name,
        "kind": actor.kind.value if actor is not None else None,
        "aliases": list(actor.aliases) if actor is not None else [],
        "parents": [_named(one, known.names) for one in (actor.parents if actor is not None else ())],
        "side": _named(actor.side, known.names) if actor is not None and actor.side else None,
        "claims": known.of_actor[key],
    }


def source_entries(known: Known) -> Iterator[NamedEntry]:
    """Everybody who makes or carries a claim, with what the case teaches of them."""
    record = known.record
    told = {one.id: one for one in speaking(known.claims, record.standings, record.copying)}
    moved = _moved(told.values())
    for key, source in known.sources.items():
        row = _source(source, told.get(key), known) | {"moved": moved.get(key, [])}
        yield NamedEntry(
            id=key,
            name=source.name,
            names=_folded(source.name, source.aliases),
            claims=known.of_source[key],
            value=encoded(row),
        )


def _source(source: Source, told: Speaking | None, known: Known) -> Row:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "sides": [_named(one, known.names) for one in source.sides],
        "country": source.country,
        "owner": _name_of(source.owner, known.sources) if source.owner else None,
        "claims": known.of_source[source.id],
        "said": told.claims if told is not None else 0,
        "through": list(told.through) if told is not None else [],
        "standings": [
            standing_row(one) | {"words": fared_in_words(one)} for one in (told.standings if told is not None else ())
        ],
        "repeats": _repeats(told, known.sources),
    }


def _repeats(told: Speaking | None, sources: Mapping[str, Source]) -> Row | None:
    if told is None or told.repeats is None:
        return None
    return dict(msgspec.to_builtins(told.repeats)) | {"origin": _name_of(told.repeats.origin, sources)}


def _name_of(key: str, sources: Mapping[str, Source]) -> Row:
    return {"id": key, "name": sources[key].name if key in sources else key}


def _moved(told: Iterable[Speaking]) -> Mapping[str, list[Row]]:
    """The claims that moved a source's standing, those first that moved it most."""
    found: dict[str, list[Row]] = {}
    for one in told:
        every = Counter({each.claim: each.by for standing in one.standings for each in standing.moved})
        found[one.id] = [
            {"claim": claim, "by": round(by, 4)} for claim, by in sorted(every.items(), key=lambda pair: -abs(pair[1]))
        ][:20]
    return found


def _named(key: str, names: Names) -> Row:
    return {"id": key, "name": names.actor_name(key)}


def _folded(name: str, aliases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(one) for one in (name, *aliases)))
