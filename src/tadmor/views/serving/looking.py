"""Answers that are put together from several of an atlas: a place with all that is known of it, a search."""

import json
from datetime import date
from typing import Any

import msgspec
from msgspec import structs

from tadmor.dictionaries.arabic import asked_keys, is_arabic
from tadmor.dictionaries.names import fold
from tadmor.ledger.atlas import Atlas, FindingKind, Wanted
from tadmor.views.exports import Row
from tadmor.views.laying.columns import day_number

#: Most spells of one place that are shown, and most of what else is told of it.
_SPELLS, _MORE = 2000, 200
#: A day after all others: what holds on it lasts.
_LAST = "9999-12-31"


def place_answer(atlas: Atlas, identity: str) -> Row | None:
    """A place: its spells with the voices for and against, a tick a claim, and what is told of it and inside it."""
    place = atlas.place(identity)
    if place is None:
        return None
    row = msgspec.json.decode(place)
    spells = rows(atlas.findings(FindingKind.SPELL, place=identity, limit=_SPELLS).values)
    within = rows(atlas.findings(FindingKind.SPELL, place=identity, ground=True, day=_LAST, limit=_MORE).values)
    return {
        "place": row,
        "claims": row["claims"],
        "documents": row["documents"],
        "spells": spells,
        "ticks": _ticks(atlas, identity, {one["id"]: number for number, one in enumerate(spells)}),
        "inside": [_inside(one) for one in within if one["place"]["id"] != identity and one["state"] != "unknown"],
        "contradictions": [
            {"id": one["id"], "about": one["about"], "nature": one["nature"], "hangs": one["hangs"]}
            for one in of_place(atlas, FindingKind.CONTRADICTION, identity)
        ],
        "tolls": [_short(one) for one in of_place(atlas, FindingKind.TOLL, identity)],
        "incidents": [_short(one) for one in of_place(atlas, FindingKind.INCIDENT, identity)],
    }


def of_place(atlas: Atlas, kind: FindingKind, identity: str) -> list[Row]:
    """The findings of a kind on a place and what lies inside it."""
    return rows(atlas.findings(kind, place=identity, ground=True, limit=_MORE).values)


def rows(values: tuple[bytes, ...]) -> list[Row]:
    """Answers, read."""
    return [msgspec.json.decode(one) for one in values]


def _inside(spell: Row) -> Row:
    return {
        "place": spell["place"]["id"],
        "name": spell["place"]["name"],
        "words": spell["words"],
        "from": spell["from"],
        "confidence": spell["confidence"],
        "verdict": spell["verdict"],
    }


def _short(one: Row) -> Row:
    first, last = one["when"] or (None, None)
    place = one["place"]
    return {
        "id": one["id"],
        "words": one["words"],
        "from": first,
        "to": last,
        "independent_sources": one["independent_sources"],
        "place": {"id": place["id"], "name": place["name"]} if place is not None else None,
    }


def _ticks(atlas: Atlas, place: str, spells: dict[str, int]) -> dict[str, list[Any]]:
    """Claims of who held it, one mark for each spell that they bear on, in columns."""
    found = [(msgspec.json.decode(one.value), one) for one in atlas.ticks(place)]
    return {
        "claim": [row["id"] for row, _ in found],
        "spell": [spells.get(one.finding or "", -1) for _, one in found],
        "way": [one.way for _, one in found],
        "first": [_day(row["when"], "earliest") for row, _ in found],
        "last": [_day(row["when"], "latest") for row, _ in found],
        "holder": [row["holder"]["name"] if row["holder"] else None for row, _ in found],
        "words": [" ".join((row["text_quote"] or row["quote"]).split()) for row, _ in found],
        "source": [row["speaker"] for row, _ in found],
    }


def _day(when: Row | None, end: str) -> int | None:
    return day_number(date.fromisoformat(when[end])) if when is not None else None


def found(atlas: Atlas, words: str, wanted: Wanted, limit: int, after: int = 0) -> Row:
    """What a search finds: claims by day, documents by how much they tell of it, places, actors and sources by name.

    `meant` are the words as they were put right, where the ones given stand nowhere in the case.
    """
    asked = words.replace("\x00", " ")
    page = atlas.claims(_of(wanted, asked), limit=limit, after=after)
    documents = atlas.found_documents(asked, limit=limit)
    meant = None
    if not page.values and not documents:
        meant = atlas.corrected(asked)
        if meant is not None:
            asked = meant
            page = atlas.claims(_of(wanted, asked), limit=limit, after=after)
            documents = atlas.found_documents(asked, limit=limit)
    return {
        "claims": rows(page.values),
        "next": page.after,
        "kinds": atlas.facets(_of(wanted, asked)),
        "documents": rows(documents),
        "meant": meant,
        **_names(atlas, words, limit, meant, guessing=meant is not None or not (page.values or documents)),
    }


def facets(atlas: Atlas, wanted: Wanted) -> Row:
    """Claims that fit, counted by what they have; the things that most of them have come first."""
    told = atlas.tallies(wanted)
    types = ("kind", "modality", "place", "actor", "source", "side")
    return {"counted": told.counted, "all": told.all} | {
        type_: [one._asdict() for one in told.by.get(type_, ())] for type_ in types
    }


def meaning(wanted: Wanted, words: str | None) -> Wanted:
    """The same, with words put right; `None` leaves them."""
    return _of(wanted, words) if words is not None else wanted


def of_kind(wanted: Wanted, kind: str) -> Wanted:
    """The same, of a kind."""
    return structs.replace(wanted, kind=kind)


def _of(wanted: Wanted, words: str) -> Wanted:
    return structs.replace(wanted, words=words)


def _names(atlas: Atlas, words: str, limit: int, meant: str | None, *, guessing: bool) -> Row:
    """Places, actors and sources of such a name; where there is none, of the words as put right, else of the likest."""
    folded = fold(words)
    keys = asked_keys(words) if is_arabic(words) else (folded,)
    if meant is not None:
        keys = (*keys, fold(meant))
    # the first way to read the words that is a name: a letter may be a particle or the name's own
    named = next(filter(None, (atlas.names(key, limit=limit) for key in keys)), ())
    if not named and folded and guessing:
        likest = atlas.likest(folded)
        named = atlas.names(likest, limit=limit) if likest is not None else ()
    return {f"{kind}s": [json.loads(value) for value in values] for kind, values in atlas.named(named).items()}
