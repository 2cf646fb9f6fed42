"""A table of who holds what: a row a place, a status, and the days on which it was so."""

from tadmor.datamodel.claims import Change, ControlClaim, Degree
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.datamodel.times import Extent, Grain
from tadmor.dictionaries.names import fold
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.layouts.rows import LAT, LON, NOTES, PLACE, PLACE_ID, WITHIN, UnknownStatusError
from tadmor.tables.making import Page, days_of, row_claims, shared, span_of, stated
from tadmor.tables.statuses import Meaning, Statuses
from tadmor.tables.values import degrees_in

_STATUS = ("status", "holder", "control", "controlled_by", "held_by", "controller")
_FIRST = ("first_day", "first", "from", "start", "start_date", "date_start", "since", "date", "day")
_LAST = ("last_day", "last", "to", "until", "end", "end_date", "date_end")
_DEGREES = {Meaning.CONTESTED: Degree.CONTESTED, Meaning.BESIEGED: Degree.BESIEGED}


class Control:
    """Columns place (or place_id), status, first day, last day; where given also lat, lon, country, notes."""

    name = "control"
    source: str | None = None

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses

    def fits(self, columns: Columns) -> bool:
        """Has it a place, a status and a first day?"""
        return columns.has(*PLACE, *PLACE_ID) and columns.has(*_STATUS) and columns.has(*_FIRST)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """That a place was held, contested or besieged all through some days; nothing where its status says nothing."""
        place, status, first = cells.cell(*PLACE, *PLACE_ID), cells.cell(*_STATUS), cells.cell(*_FIRST)
        if place is None or first is None:
            message = f"has no {'place' if place is None else 'first day'}; fill that cell"
            raise BadRowError(message)
        meaning = self._statuses.meaning(status.text) if status is not None else Meaning.NOTHING
        if meaning is None:
            raise UnknownStatusError(status.text if status is not None else "")
        last = cells.cell(*_LAST)
        interval, spot = days_of(first, last), spot_of(cells)
        if meaning is Meaning.NOTHING:
            return None
        time = span_of(first, last, page)
        fields = shared(cells, page, self.name, quote=NOTES, place=place, time=time)
        held = not isinstance(meaning, Meaning)
        claim = ControlClaim(
            **fields,
            change=Change.HELD,
            degree=_DEGREES[meaning] if isinstance(meaning, Meaning) else Degree.FULL,
            holder=page.mention(status) if held else None,
        )
        subject = _subject(cells, spot)
        return row_claims(
            cells,
            (claim,),
            spot,
            stated(interval, Grain.DAY if interval.days == 1 else Grain.SPAN, time.expression, Extent.THROUGHOUT),
            key=f"{subject} from {interval.start}",
            subject=subject,
            called={status.text: str(meaning)} if held and status is not None else {},
        )


def spot_of(cells: Cells) -> Spot:
    """What a table with columns of common names says of where."""
    lat, lon = degrees_in(cells.cell(*LAT), cells.cell(*LON))
    within = tuple(name for column in WITHIN if (name := cells.text(column)))
    return Spot(
        id=cells.text(*PLACE_ID) or None, lat=lat, lon=lon, within=within, country=cells.text("country") or None
    )


def _subject(cells: Cells, spot: Spot) -> str:
    """The place of a row, in every edition of the table."""
    at = f" at {spot.lat:.3f},{spot.lon:.3f}" if spot.lat is not None and spot.lon is not None else ""
    return spot.id or fold(cells.text(*PLACE)) + at
