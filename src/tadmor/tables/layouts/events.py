"""A table of events of one's own, with columns of common names."""

from typing import Any

from tadmor.datamodel.claims import Claim, EventClaim, EventType, Harm, Mention, TollClaim
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims
from tadmor.datamodel.times import Grain
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.layouts.acled import KINDS
from tadmor.tables.layouts.control import spot_of
from tadmor.tables.layouts.rows import LAT, NOTES, PLACE, PLACE_ID
from tadmor.tables.making import Page, count_of, days_of, disorder, row_claims, shared, span_of, stated
from tadmor.tables.naming import in_reporting, is_nobody

_FIRST = ("first_day", "date", "day", "event_date", "start", "start_date", "date_start", "from")
_LAST = ("last_day", "end", "end_date", "date_end", "to")
_TYPE = ("type", "event_type", "event", "kind")
_ID = ("id", "event_id")
_ACTOR = ("actor", "actors", "actor1", "by", "attacker", "side_a")
_TARGET = ("target", "targets", "actor2", "victim", "side_b")
_SOURCE = ("source", "according_to")
#: Columns for the best, the least and the most of each harm.
_COUNTS = {
    Harm.KILLED: (
        ("killed", "dead", "deaths", "fatalities", "killed_best", "best"),
        ("killed_low", "killed_min", "low"),
        ("killed_high", "killed_max", "high"),
    ),
    Harm.WOUNDED: (("wounded", "injured", "wounded_best"), ("wounded_low",), ("wounded_high",)),
}
_TYPES = ", ".join(kind.value for kind in EventType)


class Events:
    """Columns date (or first and last day), place or lat and lon, and type or killed; where given, further ones."""

    name = "events"
    source: str | None = None

    def fits(self, columns: Columns) -> bool:
        """Has it a day, a place, and something that happened there?"""
        happened = columns.has(*_TYPE) or any(columns.has(*best) for best, _, _ in _COUNTS.values())
        return columns.has(*_FIRST) and columns.has(*PLACE, *PLACE_ID, *LAT) and happened

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The event, its dead and its wounded; nothing where it has neither a type nor a number."""
        first, last = cells.cell(*_FIRST), cells.cell(*_LAST)
        if first is None:
            message = "has no day; fill the column date, as 2016-12-11"
            raise BadRowError(message)
        interval, time = days_of(first, last), span_of(first, last, page)
        place = cells.cell(*PLACE, *PLACE_ID)
        if place is None:
            message = "has no place; fill the column place"
            raise BadRowError(message)
        fields = shared(cells, page, self.name, quote=NOTES, place=place, time=time, attribution=_voices(cells, page))
        actors, targets = _names(cells.cell(*_ACTOR), page), _names(cells.cell(*_TARGET), page)
        claims = tuple(_claims(cells, fields, actors, targets))
        if not claims:
            return None
        return row_claims(
            cells,
            claims,
            spot_of(cells),
            stated(interval, Grain.DAY if interval.days == 1 else Grain.SPAN, time.expression),
            key=cells.text(*_ID) or None,
            called={name.expression: in_reporting(name.expression) for name in (*actors, *targets)},
            doubts=tuple(doubt for harm in _COUNTS for doubt in disorder(*_counts(cells, harm))),
        )


def _claims(
    cells: Cells, fields: dict[str, Any], actors: tuple[Mention, ...], targets: tuple[Mention, ...]
) -> list[Claim]:
    found: list[Claim] = []
    kind = cells.cell(*_TYPE)
    if kind is not None:
        found.append(EventClaim(**fields, type=_type(kind), actors=actors, targets=targets))
    for harm in _COUNTS:
        count = count_of(*_counts(cells, harm))
        if count is not None:
            group, by = (targets or (None,))[0], (actors or (None,))[0]
            found.append(TollClaim(**fields, harm=harm, count=count, group=group, by=by))
    return found


def _counts(cells: Cells, harm: Harm) -> tuple[Cell | None, Cell | None, Cell | None]:
    """Low, best and high."""
    best, low, high = _COUNTS[harm]
    return cells.cell(*low), cells.cell(*best), cells.cell(*high)


def _type(cell: Cell) -> EventType:
    """A type by its name here or in ACLED's tables.

    Raises:
        BadRowError: it is none.
    """
    word = " ".join(cell.text.casefold().replace("_", " ").split())
    found = next((kind for kind in EventType if kind.value.replace("_", " ") == word), None) or KINDS.get(word)
    if found is None:
        message = f"{cell.text!r} is no type of event; write one of {_TYPES}"
        raise BadRowError(message)
    return found


def _names(cell: Cell | None, page: Page) -> tuple[Mention, ...]:
    return tuple(name for name in page.names(cell) if not is_nobody(name.expression))


def _voices(cells: Cells, page: Page) -> tuple[Voice, ...]:
    cell = cells.cell(*_SOURCE)
    return (page.voice(cell, cell.text),) if cell is not None else ()
