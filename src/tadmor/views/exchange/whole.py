"""All that an entry says, as nested JSON and as flat columns: for formats that take properties of one's own."""

from typing import Any

from tadmor.datamodel.entries import Account, Entry, Ground, Harmed, Party
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import When
from tadmor.views.exchange.edtf import entry_edtf
from tadmor.views.exchange.losses import FIELDS

#: Fields that properties of one's own carry: all but the cells of a row that are no field of the record.
WHOLE = frozenset(FIELDS) - {"row"}


def whole(entry: Entry) -> dict[str, Any]:
    """An entry as JSON; what is not stated is `None` or empty."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "type": entry.type,
        "state": entry.state,
        "change": entry.change,
        "degree": entry.degree,
        "edtf": entry_edtf(entry),
        "when": _when(entry.when),
        "open_start": entry.open_start,
        "open_end": entry.open_end,
        "began": [entry.began.start.isoformat(), entry.began.last.isoformat()] if entry.began is not None else None,
        "place": ground(entry.ground),
        "actors": [_party(one) for one in entry.actors],
        "targets": [_party(one) for one in entry.targets],
        "holder": _party(entry.holder),
        "loser": _party(entry.loser),
        "tolls": [_harmed(one) for one in entry.harmed],
        "what": entry.what,
        "equipment": entry.equipment,
        "count": _count(entry.count),
        "from": ground(entry.origin),
        "to": ground(entry.destination),
        "modality": entry.modality,
        "polarity": entry.polarity,
        "score": entry.score,
        "confidence": entry.confidence,
        "verdict": entry.verdict,
        "independent_sources": entry.independent_sources,
        "opposed_by": list(entry.opposed),
        "accounts": [account(one) for one in entry.accounts],
    }


def ground(place: Ground | None) -> dict[str, Any] | None:
    """A place with all that is known of where it is."""
    if place is None:
        return None
    known = place.place
    return {
        "name": place.name,
        "words": place.words,
        "id": known.id if known is not None else None,
        "lat": place.point[0] if place.point is not None else None,
        "lon": place.point[1] if place.point is not None else None,
        "radius_m": known.radius_m if known is not None else None,
        "level": known.level if known is not None else None,
        "within": [{"name": name, "id": identity} for name, identity in place.within],
        "country": place.country,
    }


def account(one: Account) -> dict[str, Any]:
    """The words of one source, with where they stand and who says so."""
    return {
        "quote": one.quote,
        "text_quote": one.text_quote,
        "doc": one.file,
        "document": one.document,
        "sha256": one.original,
        "start": one.start,
        "end": one.end,
        "title": one.title,
        "published": _when(one.published),
        "attribution": [{"name": voice.name, "id": voice.id} for voice in one.voices],
        "claims": list(one.claims),
    }


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
        "extent": when.extent,
        "basis": when.basis,
        "grain": when.grain,
        "expression": when.expression,
    }


def _party(one: Party | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"name": one.name, "id": one.id, "kind": one.kind, "country": one.country, "expression": one.words}


def _harmed(one: Harmed) -> dict[str, Any]:
    return {
        "harm": one.harm,
        "low": one.low,
        "best": one.best,
        "high": one.high,
        "status": one.status,
        "group": _party(one.group),
        "by": _party(one.by),
    }


def _count(count: Quantity | None) -> dict[str, Any] | None:
    return {"low": count.low, "best": count.best, "high": count.high} if count is not None else None


#: The columns of a flat table, with the type of each.
COLUMNS: dict[str, str] = {
    "id": "text", "kind": "text", "type": "text", "state": "text", "change": "text", "degree": "text", "edtf": "text",
    "first_day": "day", "last_day": "day", "extent": "text", "basis": "text", "open_start": "flag", "open_end": "flag",
    "began_first": "day", "began_last": "day", "place": "text", "place_words": "text", "place_id": "text",
    "place_level": "text", "latitude": "number", "longitude": "number", "radius_m": "number", "within": "text",
    "country": "text", "actors": "text", "actor_ids": "text", "targets": "text", "target_ids": "text", "holder": "text",
    "holder_id": "text", "loser": "text", "killed_low": "count", "killed": "count", "killed_high": "count",
    "killed_status": "text", "wounded_low": "count", "wounded": "count", "wounded_high": "count", "captured": "count",
    "missing": "count", "displaced": "count", "what": "text", "equipment": "text", "count": "count", "origin": "text",
    "destination": "text", "modality": "text", "polarity": "text", "score": "number", "confidence": "number",
    "verdict": "text", "independent_sources": "count", "publishers": "text", "sources": "text", "published": "day",
    "quote": "text", "quotes": "count", "file": "text", "sha256": "text", "start": "count", "end": "count",
    "claims": "text",
}  # fmt: skip
#: What the columns carry in full.
FLAT = WHOLE - {
    "toll.parts", "toll.group", "toll.by", "quote.more", "opposed", "chain", "offsets",
}  # fmt: skip


def flat(entry: Entry) -> dict[str, Any]:
    """An entry in the flat columns: of several sources the words of the first; days are dates."""
    when, began, known = entry.when, entry.began, entry.ground.place
    point = entry.ground.point
    first = entry.accounts[0] if entry.accounts else None
    told: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "type": entry.type,
        "state": entry.state,
        "change": entry.change,
        "degree": entry.degree,
        "edtf": entry_edtf(entry),
        "first_day": when.earliest if when is not None and not entry.open_start else None,
        "last_day": when.latest if when is not None and not entry.open_end else None,
        "extent": when.extent if when is not None else None,
        "basis": when.basis if when is not None else None,
        "open_start": entry.open_start,
        "open_end": entry.open_end,
        "began_first": began.start if began is not None else None,
        "began_last": began.last if began is not None else None,
        "place": entry.ground.name,
        "place_words": entry.ground.words,
        "place_id": known.id if known is not None else None,
        "place_level": known.level if known is not None else None,
        "latitude": point[0] if point is not None else None,
        "longitude": point[1] if point is not None else None,
        "radius_m": known.radius_m if known is not None else None,
        "within": "; ".join(name for name, _ in entry.ground.within) or None,
        "country": entry.ground.country,
        **_flat_parties(entry),
        **_flat_tolls(entry),
        "what": entry.what,
        "equipment": entry.equipment,
        "count": entry.count.best if entry.count is not None else None,
        "origin": entry.origin.name if entry.origin is not None else None,
        "destination": entry.destination.name if entry.destination is not None else None,
        "modality": entry.modality,
        "polarity": entry.polarity,
        "score": entry.score,
        "confidence": entry.confidence,
        "verdict": entry.verdict,
        "independent_sources": entry.independent_sources,
        "publishers": _names({one.voices[0].name: None for one in entry.accounts if one.voices}),
        "sources": _names({one.voices[-1].name: None for one in entry.accounts if one.voices}),
        "published": first.published.latest if first is not None and first.published is not None else None,
        "quote": first.quote if first is not None else None,
        "quotes": len(entry.accounts),
        "file": first.file if first is not None else None,
        "sha256": first.original if first is not None else None,
        "start": first.start if first is not None else None,
        "end": first.end if first is not None else None,
        "claims": " ".join(entry.claims) or None,
    }
    return {
        name: str(value) if COLUMNS[name] == "text" and value is not None else value for name, value in told.items()
    }


def _flat_parties(entry: Entry) -> dict[str, Any]:
    return {
        "actors": _names({one.name: None for one in entry.actors}),
        "actor_ids": _names({one.id: None for one in entry.actors}),
        "targets": _names({one.name: None for one in entry.targets}),
        "target_ids": _names({one.id: None for one in entry.targets}),
        "holder": entry.holder.name if entry.holder is not None else None,
        "holder_id": entry.holder.id if entry.holder is not None else None,
        "loser": entry.loser.name if entry.loser is not None else None,
    }


def _flat_tolls(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in reversed(entry.harmed):
        harm = one.harm.value
        found[harm] = one.best
        if harm in ("killed", "wounded"):
            found |= {f"{harm}_low": one.low, f"{harm}_high": one.high}
        if harm == "killed":
            found["killed_status"] = one.status
    return found


def _names(names: dict[str, None]) -> str | None:
    return "; ".join(names) or None
