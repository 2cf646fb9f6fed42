"""The stable rows that leave tadmor, as JSON Lines, CSV or GeoJSON; here those of claims and issues.

Fields are defined in `docs/formats.md`. Days are inclusive ISO days; offsets are code points into the input file.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import (
    ControlClaim,
    EventClaim,
    Mention,
    MovementClaim,
    PresenceClaim,
    TollClaim,
    mentions,
)
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import When

Row = dict[str, Any]


class Names:
    """Names of the places, actors and claims that findings refer to by id."""

    def __init__(self, claims: Iterable[GroundedClaim]) -> None:
        self.claims = {claim.id: claim for claim in claims}
        self.places = {place.id: place for claim in self.claims.values() for place in claim.places.values()}
        self._actors = {
            actor.id: actor.name
            for claim in self.claims.values()
            for actors in claim.actors.values()
            for actor in actors
        }

    def actor(self, identity: str | None) -> Row | None:
        """An actor by id."""
        return {"name": self.actor_name(identity), "id": identity} if identity is not None else None

    def actor_name(self, identity: str | None) -> str | None:
        """An actor's name; a camp that no claim names is looked up, else spelled out of its id."""
        if identity is None:
            return None
        return self._actors.get(identity) or _camp_name(identity)

    def place_name(self, identity: str | None) -> str:
        """A place's name."""
        found = self.places.get(identity or "")
        return found.name if found is not None else identity or "somewhere"

    def place(self, identity: str | None) -> Row | None:
        """A place by id."""
        if identity is None:
            return None
        found = self.places.get(identity)
        return _place(found, None) if found is not None else {"name": identity, "id": identity}


def _camp_name(identity: str) -> str:
    from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - only where a camp was never named itself

    found = load_actors().get(identity)
    return found.name if found is not None else identity.removeprefix("name:").replace("_", " ")


def claim_row(claim: GroundedClaim, document: Document) -> Row:
    """One claim by the contract; `document` is the one it stands in, with its raw text."""
    said = claim.claim
    span = document.raw_span(said.span)
    words = document.raw[span.start : span.end]
    return {
        "id": claim.id,
        "doc": document.name,
        "start": span.start,
        "end": span.end,
        "quote": words,
        "text_quote": said.quote if said.quote != words else None,
        **said_row(claim),
    }


def said_row(claim: GroundedClaim) -> Row:
    """What a claim says, without its words and where they stand."""
    said = claim.claim
    return {
        "kind": claim.kind,
        "modality": said.modality.value,
        "polarity": said.polarity.value,
        "attribution": _attribution(claim),
        "place": _role_place(claim, "place"),
        "when": _when(claim.when),
        **_own(claim),
        "score": round(said.score, 4),
        "reader": said.reader,
    }


def _own(claim: GroundedClaim) -> Row:
    """The fields of the claim's kind."""
    match claim.claim:
        case ControlClaim() as said:
            return {
                "holder": _first(claim, "holder"),
                "from": _first(claim, "loser"),
                "change": said.change.value,
                "degree": said.degree.value,
                "count": _count(said.count),
            }
        case EventClaim() as said:
            return {
                "type": said.type.value,
                "actors": _actors(claim, "actors"),
                "targets": _actors(claim, "targets"),
                "count": _count(said.count),
            }
        case PresenceClaim() as said:
            return {
                "actor": _first(claim, "actor"),
                "what": _words(said.what),
                "equipment": _equipment(said.equipment),
                "count": _count(said.count),
            }
        case MovementClaim() as said:
            return {
                "actor": _first(claim, "actor"),
                "what": _words(said.what),
                "from": _role_place(claim, "origin"),
                "to": _role_place(claim, "destination"),
                "count": _count(said.count),
            }
        case TollClaim() as said:
            return {
                "harm": said.harm.value,
                "count": _count(said.count),
                "group": _first(claim, "group"),
                "status": said.status.value,
                "by": _first(claim, "by"),
            }


def _attribution(claim: GroundedClaim) -> list[Row]:
    """Publisher first, then whom it cites with the words it uses, the origin last."""
    expressions: dict[str, str] = {}
    for link in claim.links:
        if link.role == "source" and link.chosen is not None:
            expressions.setdefault(link.chosen, link.expression)
    return [
        {"name": source.name, "id": source.id}
        | ({"expression": expressions[source.id]} if number and source.id in expressions else {})
        for number, source in enumerate(claim.voices)
    ]


def _first(claim: GroundedClaim, role: str) -> Row | None:
    found = _actors(claim, role)
    return found[0] if found else None


def _actors(claim: GroundedClaim, role: str) -> list[Row]:
    """The actors of a role, one for each mention; a mention of several gives their names together.

    Those that a person put there, and no words name, have no expression.
    """
    said = mentions(claim.claim, role)
    resolved = claim.actors.get(role, ())
    if not said:
        return [{"name": actor.name, "id": actor.id, "expression": None} for actor in resolved]
    if len(said) == 1:
        return [_actor(said[0], resolved)]
    return [_actor(one, resolved[number : number + 1]) for number, one in enumerate(said)]


def _actor(mention: Mention, actors: Sequence[Actor]) -> Row:
    name = " and ".join(actor.name for actor in actors) or mention.expression
    return {"name": name, "id": actors[0].id if actors else None, "expression": mention.expression}


def _role_place(claim: GroundedClaim, role: str) -> Row | None:
    said, place = mentions(claim.claim, role), claim.places.get(role)
    if not said and place is None:
        return None
    return _place(place, said[0].expression if said else None)


def _place(place: Place | None, expression: str | None) -> Row:
    if place is None:
        return {
            "name": expression,
            "id": None,
            "lat": None,
            "lon": None,
            "radius_m": None,
            "level": None,
            "expression": expression,
        }
    return {
        "name": place.name,
        "id": place.id,
        "lat": place.lat,
        "lon": place.lon,
        "radius_m": place.radius_m,
        "level": place.level.value,
        "expression": expression,
    }


def _when(when: When | None) -> Row | None:
    if when is None:
        return None
    return {
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
        "extent": when.extent.value,
        "basis": when.basis.value,
        "expression": when.expression,
    }


def _count(count: Quantity | None) -> Row | None:
    if count is None:
        return None
    return {"low": count.low, "best": count.best, "high": count.high, "expression": count.expression}


def _words(mention: Mention | None) -> Row | None:
    return {"name": mention.expression, "expression": mention.expression} if mention is not None else None


def _equipment(identity: str | None) -> Row | None:
    if identity is None:
        return None
    from tadmor.dictionaries.equipment import load_equipment  # noqa: PLC0415 - only where a claim names a system

    found = load_equipment().get(identity)
    return {"id": identity, "name": found.name if found is not None else identity}


def issue_row(issue: Issue) -> Row:
    """Something that was wrong with the input, or too doubtful to be taken as a claim."""
    return {
        "where": issue.where,
        "rule": issue.rule,
        "severity": issue.severity.value,
        "message": issue.message,
        "start": issue.start,
        "end": issue.end,
    }


def as_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """A table with nested fields as dotted columns; lists are joined by "; ".

    Rows are gone through twice, first for the columns; what can be gone through but once is kept meanwhile.
    """
    rows = list(rows) if isinstance(rows, Iterator) else rows
    columns = list(dict.fromkeys(key for row in rows for key in flat(row)))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(flat(row))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def flat(row: Mapping[str, Any], prefix: str = "") -> Row:
    """A row with nested fields as dotted ones, and lists as words."""
    out: Row = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            out |= flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            out[f"{prefix}{key}"] = "; ".join(_cell(item) for item in value)
        else:
            out[f"{prefix}{key}"] = value
    return out


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("value") or json.dumps(value, ensure_ascii=False))
    return str(value)


def as_geojson(rows: Iterable[Row]) -> Iterator[str]:
    """A FeatureCollection of points (RFC 7946, WGS 84); rows without a point have a null geometry."""
    between = ""
    yield '{"type": "FeatureCollection", "features": ['
    for row in rows:
        yield between + json.dumps(feature(row), ensure_ascii=False)
        between = ", "
    yield "]}\n"


def feature(row: Row) -> Row:
    """A row as a GeoJSON feature."""
    return {"type": "Feature", "id": row.get("id"), "geometry": point(row.get("place")), "properties": row}


def point(place: Mapping[str, Any] | None) -> Row | None:
    """A place as a GeoJSON point; `None` where it has none."""
    if place is None or place.get("lat") is None or place.get("lon") is None:
        return None
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}


FORMATS = {"jsonl": as_jsonl, "csv": as_csv, "geojson": as_geojson}
