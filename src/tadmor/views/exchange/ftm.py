"""FollowTheMoney 4: entities as JSON lines, and statements as CSV (14 columns), where each value is some source's word.

An entry is an Event, its actors are Organizations, its place an Address, a document a Document. What one source says
(the words, the document, who prints it) are statements of a data set of that source; what the record concludes are of
one called by the case.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence

import msgspec

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Harm
from tadmor.datamodel.entries import Account, Entry, Ground, Party
from tadmor.datamodel.keys import digest
from tadmor.datamodel.times import When
from tadmor.views.exchange import events
from tadmor.views.exchange.edtf import edtf
from tadmor.views.exchange.formats import DataSet, unreal
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.titles import title

COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
_CARRIES = frozenset({
    "type", "days", "days.open", "place", "place.point", "place.within", "place.id", "actors", "actors.id", "targets",
    "targets.id", "holder", "holder.id", "state", "quote", "quote.more", "publisher", "published", "original",
})  # fmt: skip
#: Types of the properties written, as the model has them.
_TYPES = {
    "name": "name", "date": "date", "startDate": "date", "endDate": "date", "summary": "text", "description": "text",
    "keywords": "string", "involved": "entity", "addressEntity": "entity", "proof": "entity", "location": "address",
    "country": "country", "publisher": "string", "recordId": "string", "latitude": "number", "longitude": "number",
    "full": "address", "region": "string", "fileName": "string", "title": "string",
    "publishedAt": "date", "notes": "text", "id": "entity",
}  # fmt: skip
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one property of an entity, and whose word it is."""

    entity: str
    schema: str
    prop: str
    value: str
    dataset: str


class FtmEntities:
    """An entity a line."""

    name = "ftm"
    suffix = ".json"
    about = "FollowTheMoney entities, a JSON object a line"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The entities, in the order first told."""
        schemas, values, sets = dict[str, str](), dict[str, dict[str, list[str]]](), dict[str, list[str]]()
        for one in _statements(entries, data, tally):
            schemas[one.entity] = one.schema
            held = values.setdefault(one.entity, {}).setdefault(one.prop, [])
            if one.value not in held:
                held.append(one.value)
            known = sets.setdefault(one.entity, [])
            if one.dataset not in known:
                known.append(one.dataset)
        for identity, properties in values.items():
            body = {
                "id": identity,
                "schema": schemas[identity],
                "properties": properties,
                "datasets": sets[identity],
            }
            yield (json.dumps(body, ensure_ascii=False) + "\n").encode()


class FtmStatements:
    """A statement a row."""

    name = "ftm-statements"
    suffix = ".csv"
    about = "FollowTheMoney statements (14 columns): each value with whose word it is"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The statements, each once, and the one that makes each entity known to each data set."""
        yield _row(COLUMNS)
        made, seen = dict[tuple[str, str], list[Said]](), set[str]()
        for one in _statements(entries, data, tally):
            key = _key(one)
            made.setdefault((one.entity, one.dataset), [])
            if key not in seen:
                seen.add(key)
                made[one.entity, one.dataset].append(one)
                yield _row(_cells(one, key, data))
        for (identity, dataset), said in made.items():
            if said:
                checksum = hashlib.sha1("".join(sorted(map(_key, said))).encode(), usedforsecurity=False).hexdigest()
                own = Said(entity=identity, schema=said[0].schema, prop="id", value=checksum, dataset=dataset)
                yield _row(_cells(own, _key(own), data))


def _key(one: Said) -> str:
    """The id of a statement, as FollowTheMoney makes it."""
    return hashlib.sha1(
        f"{one.dataset}.{one.entity}.{one.prop}.{one.value}".encode(), usedforsecurity=False
    ).hexdigest()


def _cells(one: Said, key: str, data: DataSet) -> tuple[str, ...]:
    day = data.made.date().isoformat()
    return (
        one.entity, one.entity, one.prop, _TYPES[one.prop], one.schema, one.value, one.dataset, "tadmor", "", "", "f",
        day, day, key,
    )  # fmt: skip


def _row(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, dialect=csv.unix_dialect).writerow(cells)
    return buffer.getvalue().encode()


def _statements(entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[Said]:
    """All that goes out, value by value."""
    whole = slug(data.case)
    for entry in entries:
        if (why := unreal(entry)) is not None:
            tally.leave_out(entry, why)
            continue
        tally.carry(entry, _CARRIES)
        _note(entry, tally)
        yield from _event(entry, whole)
        for party in _parties(entry):
            yield from _party(party, whole)
        if entry.ground.name is not None:
            yield from _address(entry.ground, whole)
        for account in entry.accounts:
            yield from _account(entry, account)


def _note(entry: Entry, tally: Tally) -> None:
    if entry.actors and entry.targets:
        tally.lose("targets", entry, "an Event has those involved, not who hit whom: that stands in its name")
    for harm in Harm:
        if entry.of_harm(harm) is not None:
            tally.lose(harm.value, entry, "an Event has no numbers of victims: they stand in its summary")
    if entry.when is not None and entry.when.interval.days > 1 and entry.when.extent.value == "within":
        tally.lose("days", entry, "startDate and endDate read as lasting from the one to the other")


def _event(entry: Entry, dataset: str) -> Iterator[Said]:
    own = f"entry-{entry.id}"
    values = [
        ("name", title(entry)),
        ("keywords", entry.kind),
        ("keywords", entry.type or entry.state or ""),
        ("summary", _tolls(entry)),
        ("location", entry.ground.name or ""),
        ("country", (entry.ground.country or "").lower()),
        ("addressEntity", address_id(entry.ground) if entry.ground.name is not None else ""),
        *_dates(entry),
        *(("involved", party_id(party)) for party in _parties(entry)),
    ]
    for prop, value in values:
        if value:
            yield Said(entity=own, schema="Event", prop=prop, value=str(value), dataset=dataset)


def _dates(entry: Entry) -> Iterator[tuple[str, str]]:
    when = entry.when
    if when is None:
        return
    written = edtf(when).rstrip("?~%")
    if _DATE.fullmatch(written) and not (entry.open_start or entry.open_end):
        yield "date", written
        return
    if not entry.open_start:
        yield "startDate", when.earliest.isoformat()
    if not entry.open_end:
        yield "endDate", when.latest.isoformat()


def _tolls(entry: Entry) -> str:
    told = []
    for one in entry.harmed:
        figure = events.one_number(one)
        span = f" ({one.low if one.low is not None else '?'} to {one.high if one.high is not None else '?'})"
        group = f" of {one.group.name}" if one.group is not None else ""
        told.append(f"{one.harm.value}{group}: {figure}{span if one.low != one.high else ''}")
    return "; ".join(told)


def _parties(entry: Entry) -> tuple[Party, ...]:
    held = tuple(one for one in (entry.holder, entry.loser) if one is not None)
    return tuple({one.id: one for one in (*entry.actors, *entry.targets, *held)}.values())


def party_id(party: Party) -> str:
    """The id of an actor's entity."""
    return f"actor-{digest('actor', party.id)}"


def _party(party: Party, dataset: str) -> Iterator[Said]:
    schema = "Person" if party.kind is ActorKind.PERSON else "Organization"
    for prop, value in (("name", party.name), ("country", (party.country or "").lower()), ("notes", party.id)):
        if value:
            yield Said(entity=party_id(party), schema=schema, prop=prop, value=value, dataset=dataset)


def address_id(ground: Ground) -> str:
    """The id of a place's entity."""
    return f"place-{digest('place', ground.place.id if ground.place is not None else ground.words)}"


def _address(ground: Ground, dataset: str) -> Iterator[Said]:
    outer = [name for name, _ in ground.within]
    point = ground.point
    values = [
        ("full", ", ".join([ground.name or "", *outer])),
        ("name", ground.name or ""),
        ("region", outer[0] if outer else ""),
        ("country", (ground.country or "").lower()),
        ("latitude", str(point[0]) if point is not None else ""),
        ("longitude", str(point[1]) if point is not None else ""),
        ("notes", ground.place.id if ground.place is not None else ""),
    ]
    for prop, value in values:
        if value:
            yield Said(entity=address_id(ground), schema="Address", prop=prop, value=value, dataset=dataset)


def _account(entry: Entry, account: Account) -> Iterator[Said]:
    """What one source says: the words, and the document that they stand in."""
    publisher = account.voices[0].name if account.voices else account.file
    dataset, own, document = slug(publisher), f"entry-{entry.id}", f"doc-{account.document}"
    for prop, value in (("description", account.quote), ("proof", document), ("publisher", publisher)):
        yield Said(entity=own, schema="Event", prop=prop, value=value, dataset=dataset)
    values = [
        ("fileName", account.file),
        ("title", account.title or account.file),
        ("notes", f"sha256:{account.original}"),
        ("publisher", publisher),
        ("publishedAt", _day(account.published)),
    ]
    for prop, value in values:
        if value:
            yield Said(entity=document, schema="Document", prop=prop, value=value, dataset=dataset)


def _day(when: When | None) -> str:
    if when is None:
        return ""
    written = edtf(when).rstrip("?~%")
    return written if _DATE.fullmatch(written) else when.latest.isoformat()


def slug(name: str) -> str:
    """A name as data sets are called: small letters, digits, underscores."""
    from tadmor.dictionaries.names import fold  # noqa: PLC0415 - shared with the names of places

    found = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    return found or f"source_{digest('source', name)[:8]}"
