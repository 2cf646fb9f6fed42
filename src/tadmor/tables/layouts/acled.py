"""ACLED's event tables, as its export tool and its API write them, of this and earlier releases.

Columns and codes: ACLED Codebook (Raleigh, Kishi and Linke 2023, doi:10.1057/s41599-023-01559-4).
"""

import re
from datetime import date, timedelta
from typing import Any

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, EventClaim, EventType, Harm, Mention, TollClaim
from tadmor.datamodel.places import Level
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.datamodel.times import Grain, Interval
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.making import Page, count_of, row_claims, shared, stated
from tadmor.tables.naming import in_reporting, is_nobody
from tadmor.tables.values import day_in, degrees_in

_NEEDED = ("event_date", "event_type", "sub_event_type", "actor1", "location", "latitude", "longitude", "fatalities")
#: What each sub-event is; those that are no violence and no deal are left out, with what they cost kept.
KINDS: dict[str, EventType | None] = {
    "armed clash": EventType.CLASH,
    "government regains territory": EventType.CLASH,
    "non-state actor overtakes territory": EventType.CLASH,
    "chemical weapon": EventType.CHEMICAL_ATTACK,
    "air/drone strike": EventType.AIR_STRIKE,
    "suicide bomb": EventType.BOMBING,
    "shelling/artillery/missile attack": EventType.SHELLING,
    "remote explosive/landmine/ied": EventType.BOMBING,
    "grenade": EventType.BOMBING,
    "sexual violence": EventType.OTHER_VIOLENCE,
    "attack": EventType.KILLING,
    "abduction/forced disappearance": EventType.ABDUCTION,
    "excessive force against protesters": EventType.OTHER_VIOLENCE,
    "violent demonstration": EventType.OTHER_VIOLENCE,
    "mob violence": EventType.OTHER_VIOLENCE,
    "agreement": EventType.AGREEMENT,
    "arrests": EventType.ARREST,
    "looting/property destruction": EventType.DESTRUCTION,
    "peaceful protest": None,
    "protest with intervention": None,
    "non-violent transfer of territory": None,
    "change to group/activity": None,
    "disrupted weapons use": None,
    "headquarters or base established": None,
    "other": None,
}
#: Sub-events in which a place changes hands.
_REGAINED = "government regains territory"
_TAKEN = frozenset({_REGAINED, "non-state actor overtakes territory", "non-violent transfer of territory"})
#: Those whose second actor is a party to them rather than what is hit.
_MUTUAL = frozenset({EventType.CLASH, EventType.AGREEMENT})
_STATE = frozenset({"1", "state forces"})
#: An attack without dead is no killing.
_BLOODLESS = EventType.OTHER_VIOLENCE
_LEVELS = {"3": Level.PROVINCE}
_NEAR, _NEAR_M = "2", 25_000.0
_APART = re.compile(r"\s*;\s*")


class Acled:
    """Every row an event, with its dead and, where territory is taken, who holds it."""

    name = "acled"
    source: str | None = "ACLED"

    def fits(self, columns: Columns) -> bool:
        """Has it the columns that tell what, who, where, when and how many?"""
        return all(name in columns for name in _NEEDED)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The event, who gained the place, and its dead."""
        sub, day = cells.text("sub_event_type").casefold(), cells.cell("event_date")
        if sub not in KINDS or day is None:
            message = (
                f"sub_event_type {cells.text('sub_event_type')!r} is none of ACLED's; correct it"
                if day is not None
                else "has no event_date; fill it"
            )
            raise BadRowError(message)
        interval, grain = _when(day_in(day, "event_date"), cells.text("time_precision"))
        precision = cells.text("geo_precision")
        place = cells.cell("admin1", "location") if precision in _LEVELS else cells.cell("location", "admin1")
        time = page.stretch(day.start, day.end)
        fields = shared(
            cells, page, self.name, quote=("notes",), place=place, time=time, attribution=_voices(cells, page)
        )
        claims = tuple(_claims(cells, page, fields, sub))
        if not claims:
            return None
        named = (cells.text("actor1"), cells.text("actor2"))
        return row_claims(
            cells,
            claims,
            _spot(cells, precision),
            stated(interval, grain, time.expression),
            key=cells.text("event_id_cnty", "data_id") or None,
            called={name: in_reporting(name) for name in named if name},
        )


def _claims(cells: Cells, page: Page, fields: dict[str, Any], sub: str) -> list[Claim]:
    one, other = _name(cells.cell("actor1"), page), _name(cells.cell("actor2"), page)
    dead = count_of(None, cells.cell("fatalities"), None)
    found: list[Claim] = []
    kind = KINDS[sub]
    if kind is EventType.KILLING and dead is None:
        kind = _BLOODLESS
    if kind is not None:
        mutual = kind in _MUTUAL
        found.append(
            EventClaim(
                **fields,
                type=kind,
                actors=(*one, *other) if mutual else one,
                targets=() if mutual else other,
            )
        )
    if sub in _TAKEN and one:
        state_second = sub == _REGAINED and cells.text("inter1").casefold() not in _STATE and other
        holder, loser = (other, one) if state_second and cells.text("inter2").casefold() in _STATE else (one, other)
        found.append(
            ControlClaim(
                **fields,
                change=Change.GAINED,
                degree=Degree.FULL,
                holder=holder[0],
                loser=loser[0] if loser else None,
            )
        )
    if dead is not None:
        found.append(TollClaim(**fields, harm=Harm.KILLED, count=dead))
    return found


def _name(cell: Cell | None, page: Page) -> tuple[Mention, ...]:
    """One actor; their names have commas of their own."""
    return (page.stretch(cell.start, cell.end),) if cell is not None and not is_nobody(cell.text) else ()


def _voices(cells: Cells, page: Page) -> tuple[Voice, ...]:
    """Whom a row rests on, where that is one source."""
    cell = cells.cell("source")
    names = [name for name in _APART.split(cell.text) if name] if cell is not None else []
    return (page.voice(cell, names[0]),) if cell is not None and len(names) == 1 else ()


def _when(day: date, precision: str) -> tuple[Interval, Grain]:
    """The days of an event: a day; the week around it; its month."""
    if precision == "2":
        return Interval.of_days(day - timedelta(days=3), day + timedelta(days=3)), Grain.WEEK
    if precision == "3":
        first = day.replace(day=1)
        return Interval(first, (first + timedelta(days=32)).replace(day=1)), Grain.MONTH
    return Interval.of_days(day, day), Grain.DAY


def _spot(cells: Cells, precision: str) -> Spot:
    lat, lon = degrees_in(cells.cell("latitude"), cells.cell("longitude"))
    return Spot(
        lat=lat,
        lon=lon,
        level=_LEVELS.get(precision),
        near=precision == _NEAR,
        radius_m=_NEAR_M if precision == _NEAR else None,
        within=tuple(name for column in ("admin3", "admin2", "admin1") if (name := cells.text(column))),
        country=cells.text("country") or None,
    )
