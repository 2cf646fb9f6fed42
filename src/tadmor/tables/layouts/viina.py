"""VIINA's tables of the war in Ukraine: who controls each place on each day, and events taken from news.

Columns: Zhukov, Violent Incident Information from News Articles (2023), doi:10.1177/00220027221112030 and its codebook.
"""

from typing import Any, NamedTuple

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, EventClaim, EventType
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.datamodel.times import Extent, Grain
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.layouts.control import spot_of
from tadmor.tables.layouts.rows import LAT, UnknownStatusError
from tadmor.tables.making import Page, days_of, row_claims, shared, stated
from tadmor.tables.statuses import Meaning, Statuses

_PLACE = ("geonameid", "kod")
_NAMED = ("asciiname", "place", "name", "location", "geonameid", "kod")
#: Whose word each column is; `None`: VIINA's own, worked out from the others.
_STATUSES: dict[str, str | None] = {
    "status_wiki": "Wikipedia",
    "status_dsm": "DeepStateMap",
    "status_isw": "Institute for the Study of War",
    "status_boost": None,
}
#: The vote over the columns above: taken only where none of them says anything, lest they are heard twice.
_VOTE = "status"
#: What VIINA's codes mean; a user's own word goes before.
CODES = {"RU": "Russia", "UA": "Ukraine", "CONTESTED": "contested"}
_DEGREES = {Meaning.CONTESTED: Degree.CONTESTED, Meaning.BESIEGED: Degree.BESIEGED}


class ViinaControl:
    """A row a place and day, with a column for each map maker: a claim of each."""

    name = "viina-control"
    source: str | None = "VIINA"

    def __init__(self, statuses: Statuses) -> None:
        self._statuses = statuses

    def fits(self, columns: Columns) -> bool:
        """Has it a place's number, a day, and a map maker's status?"""
        return columns.has(*_PLACE) and "date" in columns and columns.has(*_STATUSES)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """What each map maker says of the day; nothing where none says anything."""
        place, day = cells.cell(*_NAMED), cells.cell("date")
        if place is None or day is None:
            message = f"has no {'geonameid' if place is None else 'date'}; fill that cell"
            raise BadRowError(message)
        interval, time = days_of(day, None), page.stretch(day.start, day.end)
        called: dict[str, str] = {}
        claims = []
        for column in self._columns(cells):
            cell = cells.cell(column)
            meaning = self._meaning(cell)
            if cell is None or meaning is Meaning.NOTHING:
                continue
            fields = shared(cells, page, self.name, quote=(), place=place, time=time, attribution=_voice(column))
            fields |= _up_to(cells, cell, page)
            claims.append(_claim(fields, meaning, cell, page))
            if not isinstance(meaning, Meaning):
                called[cell.text] = meaning
        if not claims:
            return None
        subject = cells.text(*_PLACE)
        return row_claims(
            cells,
            tuple(claims),
            _spot(cells),
            stated(interval, Grain.DAY, time.expression, Extent.THROUGHOUT),
            key=f"{subject} on {interval.start}",
            subject=f"{subject} on {interval.start}",
            called=called,
        )

    def _columns(self, cells: Cells) -> tuple[str, ...]:
        told = tuple(name for name in _STATUSES if self._meaning(cells.cell(name)) is not Meaning.NOTHING)
        return told or (_VOTE,)

    def _meaning(self, cell: Cell | None) -> Meaning | str:
        if cell is None:
            return Meaning.NOTHING
        meaning = self._statuses.meaning(cell.text)
        if meaning is None:
            raise UnknownStatusError(cell.text)
        return meaning


def _voice(column: str) -> tuple[Voice, ...]:
    name = _STATUSES.get(column)
    return (Voice(name=name),) if name is not None else ()


def _up_to(cells: Cells, cell: Cell, page: Page) -> dict[str, Any]:
    """The row up to a status, as the words of the claim: each status of a row has words of its own."""
    start = min(cells.start, cell.start)
    return {"start": start - page.start, "end": cell.end - page.start, "quote": page.words(start, cell.end)}


def _claim(fields: dict[str, Any], meaning: Meaning | str, cell: Cell, page: Page) -> Claim:
    if isinstance(meaning, Meaning):
        return ControlClaim(**fields, change=Change.HELD, degree=_DEGREES[meaning])
    return ControlClaim(**fields, change=Change.HELD, degree=Degree.FULL, holder=page.mention(cell))


def _spot(cells: Cells) -> Spot:
    from msgspec import structs  # noqa: PLC0415 - a light import of what the data model loads anyhow

    return structs.replace(spot_of(cells), id=cells.text(*_PLACE) or None, country=cells.text("country") or "UA")


class _Label(NamedTuple):
    """A column that is 1 where a report is of such an event, and what that is here."""

    column: str
    type: EventType


#: The most telling first: of a row with several labels, the first that is set says what it is.
_LABELS = (
    _Label("t_airstrike_b", EventType.AIR_STRIKE),
    _Label("t_uav_b", EventType.AIR_STRIKE),
    _Label("t_artillery_b", EventType.SHELLING),
    _Label("t_ied_b", EventType.BOMBING),
    _Label("t_firefight_b", EventType.CLASH),
    _Label("t_raid_b", EventType.GROUND_ATTACK),
    _Label("t_killing_b", EventType.KILLING),
    _Label("t_arrest_b", EventType.ARREST),
    _Label("t_property_b", EventType.DESTRUCTION),
)
#: Who took part, and who began it.
_SIDES = {"Russia": ("a_rus_b", "a_rus_init_b"), "Ukraine": ("a_ukr_b", "a_ukr_init_b")}
_MUTUAL = frozenset({EventType.CLASH})


class ViinaEvents:
    """A row an event in the news, with labels of 0 and 1 for what it is and who took part."""

    name = "viina"
    source: str | None = "VIINA"

    def fits(self, columns: Columns) -> bool:
        """Has it labels, a day, and a place?"""
        return (
            columns.has(*(label.column for label in _LABELS))
            and "date" in columns
            and columns.has("geonameid", "asciiname", *LAT)
        )

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The event; nothing where no label says that one took place."""
        day, place = cells.cell("date"), cells.cell(*_NAMED)
        if day is None or place is None:
            message = f"has no {'date' if day is None else 'place'}; fill that cell"
            raise BadRowError(message)
        label = next((label for label in _LABELS if _set(cells, label.column)), None)
        if label is None:
            return None
        time = page.stretch(day.start, day.end)
        fields = shared(
            cells, page, self.name, quote=("text", "headline"), place=place, time=time, attribution=_outlet(cells, page)
        )
        acting, hit, called = _sides(cells, label.type)
        event = EventClaim(
            **fields,
            type=label.type,
            actors=tuple(page.stretch(cell.start, cell.end) for cell in acting),
            targets=tuple(page.stretch(cell.start, cell.end) for cell in hit),
        )
        return row_claims(
            cells,
            (event,),
            _spot(cells),
            stated(days_of(day, None), Grain.DAY, time.expression),
            key=cells.text("event_id_1pd", "event_id") or None,
            called=called,
        )


def _set(cells: Cells, column: str) -> bool:
    """Is a label 1?

    Raises:
        BadRowError: it is neither 0 nor 1.
    """
    written = cells.text(column).removesuffix(".0")
    if written not in ("", "0", "1", "NA"):
        message = f"{column} {written[:40]!r} is neither 0 nor 1; correct it"
        raise BadRowError(message)
    return written == "1"


def _sides(cells: Cells, kind: EventType) -> tuple[list[Cell], list[Cell], dict[str, str]]:
    """Who acted and who was hit, as the cells that say so; of fighting both sides act."""
    taking = {name: cell for name, (part, _) in _SIDES.items() if _set(cells, part) and (cell := cells.cell(part))}
    began = {name: cell for name, (_, begun) in _SIDES.items() if _set(cells, begun) and (cell := cells.cell(begun))}
    acting = taking if kind in _MUTUAL or not began else began
    hit = {name: cell for name, cell in taking.items() if name not in acting} if kind not in _MUTUAL else {}
    called = {f"actors/{number}": name for number, name in enumerate(acting)}
    called |= {f"targets/{number}": name for number, name in enumerate(hit)}
    return list(acting.values()), list(hit.values()), called


def _outlet(cells: Cells, page: Page) -> tuple[Voice, ...]:
    cell = cells.cell("source")
    return (page.voice(cell, cell.text),) if cell is not None else ()
