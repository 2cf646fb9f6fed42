"""PLOVER's events (manual 2.0), as JSON lines and as POLECAT's table of 40 columns."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import EventType, Harm
from tadmor.datamodel.entries import Account, Entry, Party
from tadmor.datamodel.places import Level
from tadmor.dictionaries.countries import load_countries
from tadmor.views.exchange import events
from tadmor.views.exchange.formats import DataSet, as_obtained, named, outer, table
from tadmor.views.exchange.losses import Tally

#: Type and mode of each act, and whether they tell it in full.
_KINDS: dict[EventType, tuple[str, str, bool]] = {
    EventType.CLASH: ("ASSAULT", "firearms", False),
    EventType.GROUND_ATTACK: ("ASSAULT", "firearms", True),
    EventType.AIR_STRIKE: ("ASSAULT", "heavy-weapons", False),
    EventType.SHELLING: ("ASSAULT", "heavy-weapons", False),
    EventType.BOMBING: ("ASSAULT", "explosives", True),
    EventType.CHEMICAL_ATTACK: ("ASSAULT", "", False),
    EventType.EXECUTION: ("ASSAULT", "execute", True),
    EventType.KILLING: ("ASSAULT", "", False),
    EventType.ABDUCTION: ("ASSAULT", "abduct", True),
    EventType.ARREST: ("COERCE", "arrest", True),
    EventType.DESTRUCTION: ("ASSAULT", "", False),
    EventType.AGREEMENT: ("AGREE", "", True),
    EventType.OTHER_VIOLENCE: ("ASSAULT", "", True),
}
_QUADS = {"AGREE": ("VERBAL COOPERATION", 1), "COERCE": ("MATERIAL CONFLICT", 4), "ASSAULT": ("MATERIAL CONFLICT", 4)}
_SECTORS = {
    ActorKind.STATE: "GOV",
    ActorKind.STATE_FORCE: "MIL",
    ActorKind.ARMED_GROUP: "REB",
    ActorKind.CIVILIANS: "CVL",
    ActorKind.COALITION: "UAF",
    ActorKind.GENERIC: "UAF",
}
_RESOLUTIONS = {Level.SITE: 5, Level.SETTLEMENT: 4, Level.DISTRICT: 3, Level.PROVINCE: 2, Level.COUNTRY: 1}
_FEATURES = {Level.PROVINCE: "ADM1", Level.DISTRICT: "ADM2", Level.COUNTRY: "PCLI"}
_SHARED = frozenset({
    "type", "days", "place", "place.words", "place.point", "place.within", "place.level", "actors", "targets", "chain",
    "publisher", "published",
})  # fmt: skip
_POLECAT = _SHARED - {"publisher", "place.words"}
_PLOVER = _SHARED | {"quote", "killed", "wounded", "place.id", "claims", "actors.id", "targets.id"}
_GEONAMES = "gn:"


class Plover:
    """An object an event; the dead and the hurt are the size of the first recipient."""

    name = "plover"
    suffix = ".jsonl"
    about = "PLOVER's events as JSON lines"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The lines."""
        for entry in _events(entries, tally):
            tally.carry(entry, _PLOVER)
            _note(entry, tally)
            _note_size(entry, tally)
            yield (json.dumps(_object(entry, data), ensure_ascii=False) + "\n").encode()


class Polecat:
    """A row an event."""

    name = "polecat"
    suffix = ".tsv"
    about = "POLECAT's table of events (40 columns)"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The table, with the columns' names as POLECAT has them."""
        yield from table(tuple(COLUMNS.values()), self._rows(entries, data, tally), data, tally, between="\t")

    def _rows(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[dict[str, Any]]:
        for entry in _events(entries, tally):
            own = entry.row is not None and entry.row.layout == "polecat" and entry.row.stands
            tally.carry(entry, _POLECAT | {"row"} if own else _POLECAT)
            _note(entry, tally)
            row = as_obtained(entry, "polecat", _cells(entry, data), _CODED)
            yield {COLUMNS[name]: cell for name, cell in row.items()}


def _events(entries: Sequence[Entry], tally: Tally) -> Iterator[Entry]:
    for entry in entries:
        why = (
            "the format has rows for acts alone"
            if entry.type is None
            else events.out_of_place(entry)
        )  # fmt: skip
        if why is None:
            yield entry
        else:
            tally.leave_out(entry, why)


def _note(entry: Entry, tally: Tally) -> None:
    assert entry.type is not None  # noqa: S101 - others are left out
    kind, mode, full = _KINDS[entry.type]
    if not full:
        tally.lose("type", entry, f"{entry.type.value} goes out as {kind}{' ' + mode if mode else ''}")
    if entry.when is not None and entry.when.interval.days > 1:
        tally.lose("days", entry, "an event has one day, its first")
    if events.level(entry) in (Level.SITE, Level.REGION) or events.near(entry):
        tally.lose("place.level", entry, "a site, a region and the ground near a town are not told apart from a town")
    events.note_sources(entry, tally)
    if len({account.quote for account in entry.accounts}) > 1:
        tally.lose("quote", entry, "of several sources the words of the first go out")
    if len(entry.actors) > 1 or len(entry.targets) > 1:
        tally.lose("actors", entry, "several actors stand together")
    if entry.type in events.MUTUAL and not entry.targets:
        tally.lose(
            "targets", entry, "the first party of fighting or a deal goes out as the actor, the others as recipients"
        )


def _note_size(entry: Entry, tally: Tally) -> None:
    if entry.harmed and not events.sides(entry)[1]:
        for harm in (Harm.KILLED, Harm.WOUNDED):
            if entry.of_harm(harm) is not None:
                tally.lose(harm.value, entry, "no recipient is told whose size it would be")


def _object(entry: Entry, data: DataSet) -> dict[str, Any]:
    assert entry.type is not None  # noqa: S101 - others are left out
    assert entry.when is not None  # noqa: S101
    kind, mode, _ = _KINDS[entry.type]
    one, other = events.sides(entry)
    first = entry.accounts[0] if entry.accounts else None
    recipients = [_entity(party) for party in other]
    if recipients:
        recipients[0] |= {"size": size} if (size := _size(entry)) else {}
    found: dict[str, Any] = {
        "id": entry.id,
        "has_event": True,
        "date": entry.when.earliest.isoformat(),
        "enddate": entry.when.latest.isoformat(),
        "actor": [_entity(party) for party in one],
        "recipient": recipients,
        "event": [kind],
        "mode": [mode] if mode else [],
        "quad_code": _QUADS[kind][1],
        "event_loc": _location(entry),
        "event_text": first.quote if first is not None else "",
        "text": [_text(account) for account in entry.accounts[:1]],
        "cite_info": [_citation(account, data) for account in entry.accounts],
        "coder": "tadmor",
        "coded_date": data.made.date().isoformat(),
        "comment": " ".join(entry.claims),
    }
    return {name: value for name, value in found.items() if value not in (None, [], "")}


def _entity(party: Party) -> dict[str, Any]:
    country = load_countries().get(party.country or "")
    return {
        "code": country.alpha3 if country is not None else "",
        "sector": _SECTORS.get(party.kind, ""),
        "entity_text": named(party),
        "identifier_id": party.id,
        "identifier_text": party.name,
    }


def _size(entry: Entry) -> dict[str, int]:
    found = {}
    for name, harm in (("dead", Harm.KILLED), ("injured", Harm.WOUNDED), ("arrested", Harm.CAPTURED)):
        told = entry.of_harm(harm)
        figure = events.one_number(told) if told is not None else None
        if figure is not None:
            found[name] = figure
    return found


def _location(entry: Entry) -> dict[str, Any]:
    country = load_countries().get(entry.ground.country or "")
    point, place = entry.ground.point, entry.ground.place
    return {
        "extracted_place": entry.ground.words or entry.ground.name,
        "resolved_place": place.name if place is not None else None,
        "geonameid": _geonames(entry),
        "lat": point[0] if point is not None else None,
        "lon": point[1] if point is not None else None,
        "district": outer(entry, "adm2:", 1),
        "province": outer(entry, "adm1:", 0),
        "country": country.name if country is not None else "",
        "country_code": country.alpha3 if country is not None else "",
        "feature_code": _FEATURES.get(events.level(entry), "PPL"),
        "resolution": _RESOLUTIONS.get(events.level(entry), 1),
    }


def _geonames(entry: Entry) -> str | None:
    place = entry.ground.place
    return place.id.removeprefix(_GEONAMES) if place is not None and place.id.startswith(_GEONAMES) else None


def _text(account: Account) -> dict[str, Any]:
    return {"sequence": 1, "start": account.start, "end": account.end, "text_story": account.quote}


def _citation(account: Account, data: DataSet) -> dict[str, Any]:
    return {
        "corpus": data.case,
        "citation": f"sha256:{account.original}",
        "title": account.title or account.file,
        "publication": " > ".join(voice.name for voice in account.voices),
        "codebook": "PLOVER",
        "version": "2.0",
    }


_NAMES = """
    event_id=Event ID|event_date=Event Date|event_type=Event Type|event_mode=Event Mode|intensity=Intensity
    |quad_code=Quad Code|contexts=Contexts|actor_name=Actor Name|actor_country=Actor Country|actor_cow=Actor COW
    |primary_actor_sector=Primary Actor Sector|actor_sectors=Actor Sectors|actor_title=Actor Title
    |actor_name_raw=Actor Name Raw|wikipedia_actor_id=Wikipedia Actor ID|recipient_name=Recipient Name
    |recipient_country=Recipient Country|recipient_cow=Recipient COW|primary_recipient_sector=Primary Recipient Sector
    |recipient_sectors=Recipient Sectors|recipient_title=Recipient Title|recipient_name_raw=Recipient Name Raw
    |wikipedia_recipient_id=Wikipedia Recipient ID|placename=Placename|city=City|district=District|province=Province
    |country=Country|latitude=Latitude|longitude=Longitude|geonames_id=GeoNames ID|raw_placename=Raw Placename
    |feature_type=Feature Type|source=Source|publication_date=Publication Date|story_people=Story People
    |story_organizations=Story Organizations|story_locations=Story Locations|language=Language|version=Version
"""
#: POLECAT's columns, by their names as compared.
COLUMNS = dict(one.strip().split("=") for one in _NAMES.split("|"))
#: Columns that no claim tells.
_CODED = frozenset({
    "event_id", "intensity", "quad_code", "contexts", "actor_country", "actor_cow", "primary_actor_sector",
    "actor_sectors", "actor_title", "wikipedia_actor_id", "recipient_country", "recipient_cow",
    "primary_recipient_sector", "recipient_sectors", "recipient_title", "wikipedia_recipient_id", "story_people",
    "story_organizations", "story_locations", "language", "version", "publication_date", "city", "district", "province",
})  # fmt: skip


def _cells(entry: Entry, data: DataSet) -> dict[str, Any]:
    assert entry.type is not None  # noqa: S101 - others are left out
    assert entry.when is not None  # noqa: S101
    kind, mode, _ = _KINDS[entry.type]
    one, other = events.sides(entry)
    where = _location(entry)
    first = entry.accounts[0] if entry.accounts else None
    published = first.published.latest.isoformat() if first is not None and first.published is not None else ""
    point = entry.ground.point
    return {
        **dict.fromkeys(COLUMNS, ""),
        "event_id": entry.row.key if entry.row is not None and entry.row.layout == "polecat" else entry.id,
        "event_date": entry.when.earliest.isoformat(),
        "event_type": kind,
        "event_mode": mode,
        "quad_code": _QUADS[kind][0],
        **_party_cells("actor", one),
        **_party_cells("recipient", other),
        "placename": entry.ground.words or entry.ground.name or "",
        "city": entry.ground.name if events.level(entry) in (Level.SITE, Level.SETTLEMENT) else "",
        "district": where["district"],
        "province": where["province"],
        "country": where["country_code"],
        "latitude": point[0] if point is not None else "",
        "longitude": point[1] if point is not None else "",
        "geonames_id": where["geonameid"] or "",
        "raw_placename": entry.ground.words or "",
        "feature_type": where["feature_code"],
        "source": "; ".join(events.origins(entry)),
        "publication_date": published,
        "language": "en",
        "version": f"tadmor {data.made.date()}",
    }


def _party_cells(role: str, parties: tuple[Party, ...]) -> dict[str, Any]:
    if not parties:
        return {}
    entities = [_entity(party) for party in parties]
    return {
        f"{role}_name": ", ".join(party.name for party in parties),
        f"{role}_country": entities[0]["code"],
        f"primary_{role}_sector": entities[0]["sector"],
        f"{role}_sectors": "; ".join(dict.fromkeys(one["sector"] for one in entities if one["sector"])),
        f"{role}_name_raw": ", ".join(map(named, parties)),
    }
