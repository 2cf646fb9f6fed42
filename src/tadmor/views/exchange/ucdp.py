"""UCDP's Georeferenced Event Dataset: 49 columns, CSV. Codes: UCDP GED Codebook (doi:10.1177/0022343313484347)."""

from collections.abc import Iterator, Sequence
from typing import Any

from tadmor.datamodel.claims import EventType, Harm, Status
from tadmor.datamodel.entries import Account, Entry, Harmed, Party
from tadmor.datamodel.places import Level
from tadmor.dictionaries.countries import load_countries
from tadmor.views.exchange import events
from tadmor.views.exchange.formats import DataSet, as_obtained, named, number, outer, table
from tadmor.views.exchange.losses import Tally

_COLUMNS = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
    dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
    source_article source_office source_date source_headline source_original where_prec where_coordinates
    where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
    date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
"""
COLUMNS = tuple(_COLUMNS.split())
#: Columns that a row here tells from its claims; the others are codes of UCDP's own.
FROM_CLAIMS = frozenset({
    "id", "year", "type_of_violence", "side_a", "side_b", "source_office", "source_headline", "source_original",
    "where_prec", "where_coordinates", "latitude", "longitude", "geom_wkt", "priogrid_gid", "date_prec", "date_start",
    "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "country", "adm_1",
    "adm_2",
})  # fmt: skip
_CODED = frozenset(COLUMNS) - (FROM_CLAIMS - {"id"})
_CARRIES = frozenset({
    "type", "days", "place", "place.point", "place.within", "place.level", "actors", "targets", "killed", "toll.range",
    "toll.parts", "toll.status", "toll.group", "toll.by", "quote", "chain", "place.words",
})  # fmt: skip
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_PRECISIONS = {Level.DISTRICT: 3, Level.PROVINCE: 4, Level.REGION: 5, Level.COUNTRY: 6}
#: Acts in which the side that is hit has no part.
_AGAINST = frozenset({EventType.KILLING, EventType.EXECUTION, EventType.ABDUCTION, EventType.ARREST})
#: Degrees in a cell of PRIO-GRID, and its cells in a row around the earth.
_CELL, _AROUND = 0.5, 720


class Ucdp:
    """A row an event with at least one dead."""

    name = "ucdp"
    suffix = ".csv"
    about = "UCDP's Georeferenced Event Dataset (49 columns)"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The table."""
        yield from table(COLUMNS, self._rows(entries, tally), data, tally)

    def _rows(self, entries: Sequence[Entry], tally: Tally) -> Iterator[dict[str, Any]]:
        for entry in entries:
            own = entry.row is not None and entry.row.layout == "ucdp"
            why = None if own and entry.type is not None else _left_out(entry)
            if why is not None:
                tally.leave_out(entry, why)
                continue
            stands = own and entry.row is not None and entry.row.stands
            tally.carry(entry, _CARRIES | {"row"} if stands else _CARRIES)
            yield as_obtained(entry, "ucdp", row(entry, tally), _CODED)


def _left_out(entry: Entry) -> str | None:
    if entry.kind in ("presence", "movement"):
        return "the format has no rows for forces seen or moving"
    if entry.kind == "control":
        return "the format has no rows for who holds a place"
    if entry.type is None:
        return "a number of victims without a known act has no kind of violence"
    dead = events.killed(entry)
    if dead is None or not (events.one_number(dead) or dead.high):
        return "the format counts events with at least one dead"
    return events.out_of_place(entry)


def row(entry: Entry, tally: Tally) -> dict[str, Any]:
    """The 49 cells of an entry, from what its claims tell."""
    assert entry.when is not None  # noqa: S101 - entries without a day are left out
    first, last, point = entry.when.earliest, entry.when.latest, entry.ground.point
    violence, one, other = _violence(entry, tally)
    country = load_countries().get(entry.ground.country or "")
    _note(entry, tally)
    return {
        **dict.fromkeys(COLUMNS, ""),
        "id": entry.row.key if entry.row is not None and entry.row.layout == "ucdp" else number(entry.id),
        "year": first.year,
        "type_of_violence": violence,
        "dyad_name": f"{_names(one)} - {_names(other)}",
        "side_a": _names(one),
        "side_b": _names(other),
        **_sources(entry),
        **_where(entry, tally),
        "country": country.name if country is not None else "",
        "latitude": point[0] if point is not None else None,
        "longitude": point[1] if point is not None else None,
        "geom_wkt": f"POINT ({point[1]} {point[0]})" if point is not None else "",
        "priogrid_gid": grid_cell(*point) if point is not None else None,
        "date_prec": _date_precision(entry, tally),
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
        **_deaths(entry, one, other, tally),
    }


def grid_cell(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID at a point: from 1, the south-western first, row by row to the north."""
    up = min(int((lat + 90) / _CELL), int(180 / _CELL) - 1)
    along = min(int((lon + 180) / _CELL), _AROUND - 1)
    return up * _AROUND + along + 1


def _violence(entry: Entry, tally: Tally) -> tuple[int, tuple[Party, ...], tuple[Party, ...]]:
    """State-based, non-state or one-sided; and both sides, of which a state is the first."""
    one, other = events.sides(entry)
    against = entry.type in _AGAINST and not (entry.targets and not any(map(events.is_civilians, entry.targets)))
    if against or any(map(events.is_civilians, other)) or _row_kind(entry) == _ONE_SIDED:
        if entry.type is not EventType.KILLING:
            _lose_type(entry, "one-sided violence", tally)
        return _ONE_SIDED, one, other
    if entry.type is not EventType.CLASH:
        _lose_type(entry, "fighting", tally)
    state = any(map(events.is_state, (*one, *other)))
    kind = _row_kind(entry) or (_STATE_BASED if state else _NON_STATE)
    return kind, one, other


def _row_kind(entry: Entry) -> int | None:
    """What UCDP itself says of its row, as far as the claims agree: fighting stays fighting, whoever is a state."""
    if entry.row is None or entry.row.layout != "ucdp":
        return None
    written = entry.row.cells.get("type_of_violence", "").removesuffix(".0")
    return int(written) if written.isdecimal() and (written == "3") is (entry.type is EventType.KILLING) else None


def _lose_type(entry: Entry, told: str, tally: Tally) -> None:
    tally.lose("type", entry, f"{entry.type.value if entry.type is not None else 'an act'} goes out as {told}")


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(map(named, parties))


def _sources(entry: Entry) -> dict[str, Any]:
    offices, firsts, heads, days, articles = [], [], [], [], []
    for account in entry.accounts:
        office, origin = _office(account, own=entry.row is not None and entry.row.layout == "ucdp")
        day = account.published.earliest.isoformat() if account.published is not None else ""
        offices.append(office)
        firsts.append(origin)
        heads.append(account.quote)
        days.append(day)
        articles.append(f'"{office},{day},{account.title or account.quote}"')
    return {
        "number_of_sources": len(entry.accounts),
        "source_article": ";".join(articles),
        "source_office": ";".join(offices),
        "source_date": ";".join(days),
        "source_headline": " | ".join(dict.fromkeys(heads)),
        "source_original": ";".join(firsts),
    }


def _office(account: Account, *, own: bool) -> tuple[str, str]:
    """Who printed it and who said it; of a row of UCDP's own, UCDP is neither."""
    names = events.chain_names(account, own=own)
    return (names[0], names[-1]) if names else ("", "")


def _where(entry: Entry, tally: Tally) -> dict[str, Any]:
    level = events.level(entry)
    precision = 2 if events.near(entry) else _PRECISIONS.get(level, 1)
    if level is Level.SITE:
        tally.lose("place.level", entry, "a site goes out as a town")
    words = entry.ground.words or entry.ground.name or ""
    country = load_countries().get(entry.ground.country or "")
    if level is Level.COUNTRY and country is not None and words != country.name:
        tally.lose("place.words", entry, "a country goes out by its usual name")
    return {
        "where_prec": precision,
        "where_coordinates": words,
        "adm_1": words if level is Level.PROVINCE else outer(entry, "adm1:", 0),
        "adm_2": words if level is Level.DISTRICT else outer(entry, "adm2:", 1),
    }


def _date_precision(entry: Entry, tally: Tally) -> int:
    """1 a day, 2 up to six, 3 a week, 4 a month, 5 more."""
    assert entry.when is not None  # noqa: S101 - entries without a day are left out
    days = entry.when.interval.days
    if days == 1:
        return 1
    if events.is_week(entry):
        return 3
    if days <= 6:
        return 2
    if days > 31 and entry.when.basis.value == "inferred":
        tally.lose("days.basis", entry, "how days were worked out is not told")
    return 4 if days <= 31 else 5


def _deaths(entry: Entry, one: tuple[Party, ...], other: tuple[Party, ...], tally: Tally) -> dict[str, int]:
    whole = events.killed(entry)
    if whole is None:
        return dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"), 0)
    best = events.one_number(whole) or 0
    parts = [part for part in entry.harmed if part.harm is Harm.KILLED and part is not whole] or [whole]
    found = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0}
    for part in parts:
        column = _column(part, one, other)
        if column is not None:
            found[column] += events.one_number(part) or 0
    if sum(found.values()) > best:
        tally.lose("toll.parts", entry, "the parts are more than the whole: they go out as dead of unknown sides")
        found = dict.fromkeys(found, 0)
    if None in (whole.low, whole.best, whole.high):
        tally.lose("toll.range", entry, "an open bound goes out as the number told")
    low = whole.low if whole.low is not None else best
    high = max(whole.high if whole.high is not None else best, best)
    unknown = best - sum(found.values())
    if (whole.status, whole.group.id if whole.group is not None else None) != _reads_as(found, unknown, one, other):
        for field in ("toll.status", "toll.group"):
            tally.lose(field, entry, "of the dead in all it is told by what columns they stand in whose they are")
    return {**found, "deaths_unknown": unknown, "best": best, "high": high, "low": min(low, best)}


def _reads_as(
    found: dict[str, int], unknown: int, one: tuple[Party, ...], other: tuple[Party, ...]
) -> tuple[Status, str | None]:
    """What the columns say of the dead in all: whether civilians or fighters, and of which side."""
    filled = [column for column, dead in found.items() if dead]
    civilian = "deaths_civilians" in filled
    if len(filled) > 1:
        return (Status.MIXED if civilian else Status.COMBATANT), None
    if not filled or unknown:
        return Status.UNSTATED, None
    if civilian:
        return Status.CIVILIAN, None
    side = one if filled == ["deaths_a"] else other
    return Status.COMBATANT, side[0].id if len(side) == 1 else None


def _column(part: Harmed, one: tuple[Party, ...], other: tuple[Party, ...]) -> str | None:
    """The column of a part's dead; `None`: whose they are is not told."""
    if part.status is Status.CIVILIAN:
        return "deaths_civilians"
    if part.group is None:
        return None
    for column, side in (("deaths_a", one), ("deaths_b", other)):
        named_in = {party.words for party in side if party.words} | {_names(side)}
        if part.group.id in {party.id for party in side} or part.group.words in named_in:
            return column
    return None


def _note(entry: Entry, tally: Tally) -> None:
    own = entry.row is not None and entry.row.layout == "ucdp"
    if any(len(events.chain_names(account, own=own)) > 2 for account in entry.accounts):
        tally.lose("chain", entry, "only the first and the last of a chain are named")
    if len(events.origins(entry)) > 1:
        tally.lose("chain", entry, "several sources are named without which of them says what")
    events.note_merged(entry, tally)
