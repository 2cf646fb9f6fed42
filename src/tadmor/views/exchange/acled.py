"""ACLED's event table: 31 columns, CSV. Codes: ACLED Codebook (doi:10.1057/s41599-023-01559-4)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Change, Degree, EventType
from tadmor.datamodel.entries import Entry, Party
from tadmor.datamodel.findings import State
from tadmor.datamodel.places import Level
from tadmor.dictionaries.countries import load_countries
from tadmor.views.exchange import events
from tadmor.views.exchange.formats import DataSet, as_obtained, named, number, outer, table
from tadmor.views.exchange.losses import Tally

_COLUMNS = """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
    actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude
    longitude geo_precision source source_scale notes fatalities tags timestamp
"""
COLUMNS = tuple(_COLUMNS.split())
#: Columns that no claim tells: of a row of ACLED's own they stay as they were.
CODED = frozenset({
    "event_id_cnty", "disorder_type", "assoc_actor_1", "inter1", "assoc_actor_2", "inter2", "interaction", "iso",
    "region", "admin1", "admin2", "admin3", "source_scale", "tags", "timestamp",
})  # fmt: skip
_CARRIES = frozenset({
    "type", "days", "place", "place.point", "place.within", "actors", "targets", "killed", "quote", "chain", "holder",
    "loser", "change", "degree", "place.level", "place.words",
})  # fmt: skip
_REMOTE, _BATTLES, _CIVILIANS = "Explosions/Remote violence", "Battles", "Violence against civilians"
_STRATEGIC = "Strategic developments"
#: Event type and sub-event type of each act.
_KINDS: dict[EventType, tuple[str, str]] = {
    EventType.CLASH: (_BATTLES, "Armed clash"),
    EventType.GROUND_ATTACK: (_BATTLES, "Armed clash"),
    EventType.AIR_STRIKE: (_REMOTE, "Air/drone strike"),
    EventType.SHELLING: (_REMOTE, "Shelling/artillery/missile attack"),
    EventType.BOMBING: (_REMOTE, "Remote explosive/landmine/IED"),
    EventType.CHEMICAL_ATTACK: (_REMOTE, "Chemical weapon"),
    EventType.EXECUTION: (_CIVILIANS, "Attack"),
    EventType.KILLING: (_CIVILIANS, "Attack"),
    EventType.ABDUCTION: (_CIVILIANS, "Abduction/forced disappearance"),
    EventType.ARREST: (_STRATEGIC, "Arrests"),
    EventType.DESTRUCTION: (_STRATEGIC, "Looting/property destruction"),
    EventType.AGREEMENT: (_STRATEGIC, "Agreement"),
    EventType.OTHER_VIOLENCE: (_CIVILIANS, "Attack"),
}
_REGAINED = (_BATTLES, "Government regains territory")
_OVERTAKEN = (_BATTLES, "Non-state actor overtakes territory")
_HANDED = (_STRATEGIC, "Non-violent transfer of territory")
_DISORDER = {_STRATEGIC: _STRATEGIC}
_UNKNOWN = "Unidentified Armed Group"
#: ACLED's numbers for kinds of actors; a militia and a rebel group are not told apart here.
_INTER = {
    ActorKind.STATE: 1,
    ActorKind.STATE_FORCE: 1,
    ActorKind.ARMED_GROUP: 2,
    ActorKind.CIVILIANS: 7,
    ActorKind.COALITION: 8,
    ActorKind.ORGANISATION: 8,
    ActorKind.PERSON: 7,
}


class Acled:
    """A row an event, and a row a change of control that no event tells."""

    name = "acled"
    suffix = ".csv"
    about = "ACLED's event table (31 columns)"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The table."""
        yield from table(COLUMNS, self._rows(entries, data, tally), data, tally)

    def _rows(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[dict[str, Any]]:
        for entry in events.once_told(entries, tally):
            why = _left_out(entry)
            if why is not None:
                tally.leave_out(entry, why)
                continue
            tally.carry(entry, _carried(entry))
            yield as_obtained(entry, "acled", row(entry, data, tally), CODED)


def _carried(entry: Entry) -> frozenset[str]:
    own = entry.row is not None and entry.row.layout == "acled" and entry.row.stands
    return _CARRIES | {"row"} if own else _CARRIES


def _left_out(entry: Entry) -> str | None:
    if entry.kind in ("presence", "movement"):
        return "the format has no rows for forces seen or moving"
    if entry.kind == "toll" or (entry.type is None and entry.holder is None and entry.kind == "event"):
        return "a number of victims without a known act has no type of event"
    if entry.kind == "control" and not _changes_hands(entry):
        return "only a change of control with a known day and holder is an event"
    return events.out_of_place(entry)


def _changes_hands(entry: Entry) -> bool:
    if entry.holder is None or entry.open_start:
        return False
    return entry.change is Change.GAINED if entry.state is None else entry.state is State.HELD


def row(entry: Entry, data: DataSet, tally: Tally) -> dict[str, Any]:
    """The 31 cells of an entry."""
    one, other = events.sides(entry)
    kind, sub = _kind(entry, tally)
    day, precision = _day(entry, tally)
    point = entry.ground.point
    country = load_countries().get(entry.ground.country or "")
    dead = events.killed(entry)
    _note(entry, one, other, tally)
    return {
        "event_id_cnty": f"{country.alpha3 if country is not None else 'XXX'}{number(entry.id)}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": precision,
        "disorder_type": _DISORDER.get(kind, "Political violence"),
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": named(one[0]) if one else _UNKNOWN,
        "assoc_actor_1": events.joined(one[1:]),
        "inter1": _inter(one[0] if one else None, unknown=3),
        "actor2": named(other[0]) if other else "",
        "assoc_actor_2": events.joined(other[1:]),
        "inter2": _inter(other[0] if other else None),
        "interaction": _interaction(one, other),
        "civilian_targeting": "Civilian targeting" if any(map(events.is_civilians, entry.targets)) else "",
        "iso": country.numeric if country is not None else None,
        "region": "",
        "country": country.name if country is not None else "",
        "admin1": outer(entry, "adm1:", 0),
        "admin2": outer(entry, "adm2:", 1),
        "admin3": "",
        "location": entry.ground.words or entry.ground.name,
        "latitude": point[0] if point is not None else None,
        "longitude": point[1] if point is not None else None,
        "geo_precision": _geo_precision(entry, tally),
        "source": "; ".join(events.origins(entry)),
        "source_scale": "",
        "notes": events.notes(entry),
        "fatalities": (events.one_number(dead) or 0) if dead is not None else 0,
        "tags": "",
        "timestamp": int(data.made.timestamp()),
    }


def _kind(entry: Entry, tally: Tally) -> tuple[str, str]:
    if entry.type is None:
        if entry.state is not None:
            tally.lose("change", entry, "whether it was fought over is not told: it goes out as a non-violent transfer")
        return _HANDED
    taken = entry.change is Change.GAINED and entry.holder is not None
    first = entry.actors[0] if entry.actors else None
    if taken and entry.type is EventType.CLASH and entry.degree is Degree.FULL and _same(first, entry.holder):
        return _REGAINED if events.is_state(entry.holder) else _OVERTAKEN
    if taken:
        tally.lose("holder", entry, "a change of control goes out only with fighting that its winner is named first of")
    if entry.type in (EventType.GROUND_ATTACK, EventType.EXECUTION) or not _comes_back(entry):
        tally.lose("type", entry, f"{entry.type.value} goes out as {_KINDS[entry.type][1]}")
    return _KINDS[entry.type]


def _same(one: Party | None, other: Party | None) -> bool:
    return one is not None and other is not None and one.id == other.id


def _comes_back(entry: Entry) -> bool:
    """Does ACLED's "Attack" tell the type? With dead it is a killing, without none."""
    dead = events.killed(entry)
    deadly = dead is not None and bool(events.one_number(dead))
    return entry.type not in (EventType.KILLING, EventType.OTHER_VIOLENCE) or deadly is (
        entry.type is EventType.KILLING
    )


def _day(entry: Entry, tally: Tally) -> tuple[date, int]:
    """The day of a row and its precision: 1 the day, 2 the week around it, 3 its month."""
    assert entry.when is not None  # noqa: S101 - entries without a day are left out
    interval = entry.when.interval
    if entry.kind == "control" and entry.state is not None:
        if interval.days > 1:
            tally.lose("days", entry, "only the day on which a state began goes out")
        return interval.start, 1
    if interval.days == 1:
        return interval.start, 1
    middle = interval.start + timedelta(days=(interval.days - 1) // 2)
    if events.is_month(entry):
        return interval.start, 3
    if interval.days != 7:
        tally.lose("days", entry, "only a day, a week or a month can be told")
    return middle, 2 if interval.days <= 10 else 3


def _geo_precision(entry: Entry, tally: Tally) -> int:
    level = events.level(entry)
    if level not in (Level.SETTLEMENT, Level.PROVINCE):
        tally.lose("place.level", entry, "only a town, near a town, and a larger region can be told")
    if events.near(entry):
        return 2
    if level in (Level.SITE, Level.SETTLEMENT):
        return 1
    return 2 if level is Level.DISTRICT else 3


def _note(entry: Entry, one: tuple[Party, ...], other: tuple[Party, ...], tally: Tally) -> None:
    """Count what the columns tell less finely."""
    if len(one) > 1 or len(other) > 1:
        tally.lose("actors", entry, "further actors stand together in one cell")
    if entry.type is None and entry.actors:
        tally.lose("actors", entry, "of a change of control only holder and loser go out")
    events.note_sources(entry, tally)
    events.note_merged(entry, tally)
    if entry.kind == "control" and entry.state is not None:
        tally.lose("state", entry, "a row tells a change, not how long it lasted")
    if entry.degree is not None and entry.degree is not Degree.FULL:
        tally.lose("degree", entry, "a place changes hands as a whole")


def _inter(party: Party | None, unknown: int = 0) -> int:
    return _INTER.get(party.kind, 3) if party is not None else unknown


def _interaction(one: tuple[Party, ...], other: tuple[Party, ...]) -> int:
    """Both numbers, the smaller first; 10, 20, ... for one side alone."""
    first, second = _inter(one[0] if one else None, unknown=3), _inter(other[0] if other else None)
    low, high = sorted((first, second)) if second else (first, 0)
    return low * 10 + high
