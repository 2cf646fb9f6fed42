"""Tables of civilian harm as Airwars and its like keep them: incidents with a range of the dead and a grade.

Grades: Airwars' methodology note. A civilian harm event that is discounted did not take place as told, or harmed none.
"""

from typing import Any, NamedTuple

from tadmor.datamodel.claims import Claim, EventClaim, EventType, Harm, Modality, Polarity, Status, TollClaim
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims
from tadmor.datamodel.times import Grain
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.layouts.control import spot_of
from tadmor.tables.layouts.rows import LAT, NOTES
from tadmor.tables.making import Page, count_of, days_of, disorder, row_claims, shared, span_of, stated
from tadmor.tables.naming import in_reporting, is_nobody

_CODE = ("unique_reference_code", "incident_code", "airwars_code", "reference_code", "code")
_DAY = ("incident_date", "date", "start_date", "date_start")
_LAST = ("incident_end_date", "end_date", "date_end")
_PLACE = ("location", "place", "location_name", "town", "city", "neighbourhood", "settlement")
_BY = ("belligerent", "belligerents", "suspected_belligerent", "suspected_attacker", "attacker", "strike_by")
_GRADE = ("civilian_harm_status", "grading", "grade", "civilian_harm_grading", "assessment", "status")
_STRIKE = ("strike_type", "type_of_strike", "event_type", "type")
_TARGET = ("target", "suspected_target", "targeted_belligerents")


class _Counted(NamedTuple):
    """Columns for the least and the most of one harm of one sort of people."""

    harm: Harm
    status: Status
    low: tuple[str, ...]
    high: tuple[str, ...]


_COUNTS = (
    _Counted(
        Harm.KILLED,
        Status.CIVILIAN,
        ("civilians_reported_killed_min", "civilian_deaths_min", "civilians_killed_min", "min_civilian_deaths",
         "killed_civilians_min", "civilian_deaths_minimum"),
        ("civilians_reported_killed_max", "civilian_deaths_max", "civilians_killed_max", "max_civilian_deaths",
         "killed_civilians_max", "civilian_deaths_maximum"),
    ),
    _Counted(
        Harm.WOUNDED,
        Status.CIVILIAN,
        ("civilians_reported_injured_min", "civilian_injuries_min", "civilians_injured_min", "injured_min",
         "civilians_wounded_min"),
        ("civilians_reported_injured_max", "civilian_injuries_max", "civilians_injured_max", "injured_max",
         "civilians_wounded_max"),
    ),
    _Counted(
        Harm.KILLED,
        Status.COMBATANT,
        ("belligerents_reported_killed_min", "militants_killed_min", "belligerents_killed_min",
         "combatants_killed_min"),
        ("belligerents_reported_killed_max", "militants_killed_max", "belligerents_killed_max",
         "combatants_killed_max"),
    ),
)  # fmt: skip
#: How firmly each grade says that civilians came to harm.
_GRADES: dict[str, tuple[Modality, Polarity]] = {
    "confirmed": (Modality.ASSERTED, Polarity.AFFIRMED),
    "fair": (Modality.ASSERTED, Polarity.AFFIRMED),
    "weak": (Modality.HEDGED, Polarity.AFFIRMED),
    "contested": (Modality.HEDGED, Polarity.AFFIRMED),
    "discounted": (Modality.ASSERTED, Polarity.DENIED),
}
#: Words for kinds of strikes, the longest first.
_KINDS = {
    "airstrike": EventType.AIR_STRIKE,
    "air strike": EventType.AIR_STRIKE,
    "drone strike": EventType.AIR_STRIKE,
    "helicopter": EventType.AIR_STRIKE,
    "artillery": EventType.SHELLING,
    "shelling": EventType.SHELLING,
    "missile": EventType.SHELLING,
    "naval": EventType.SHELLING,
    "ground operation": EventType.GROUND_ATTACK,
    "ground": EventType.GROUND_ATTACK,
    "ied": EventType.BOMBING,
    "explosive": EventType.BOMBING,
}


class Airwars:
    """Every row an incident, with civilians killed and hurt, and how firmly that stands."""

    name = "airwars"
    source: str | None = None

    def fits(self, columns: Columns) -> bool:
        """Has it a day, a place, and a range of civilians killed?"""
        killed = _COUNTS[0]
        return columns.has(*_DAY) and columns.has(*_PLACE, *LAT) and columns.has(*killed.low, *killed.high)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The strike, where its kind is told, and those killed and hurt."""
        first, last, place = cells.cell(*_DAY), cells.cell(*_LAST), cells.cell(*_PLACE)
        if first is None or place is None:
            message = f"has no {'incident date' if first is None else 'location'}; fill that cell"
            raise BadRowError(message)
        interval, time = days_of(first, last), span_of(first, last, page)
        modality, polarity = _grade(cells)
        fields = shared(cells, page, self.name, quote=NOTES, place=place, time=time, attribution=_voices(cells, page))
        fields |= {"modality": modality}
        claims = tuple(_claims(cells, page, fields, polarity))
        if not claims:
            return None
        named = (*page.names(cells.cell(*_BY)), *page.names(cells.cell(*_TARGET)))
        return row_claims(
            cells,
            claims,
            spot_of(cells),
            stated(interval, Grain.DAY if interval.days == 1 else Grain.SPAN, time.expression),
            key=cells.text(*_CODE) or None,
            called={name.expression: in_reporting(name.expression) for name in named},
            doubts=tuple(
                doubt for one in _COUNTS for doubt in disorder(cells.cell(*one.low), None, cells.cell(*one.high))
            ),
        )


def _grade(cells: Cells) -> tuple[Modality, Polarity]:
    """How firmly a row stands; one without a grade is told as it is.

    Raises:
        BadRowError: its grade is none of Airwars'.
    """
    word = cells.text(*_GRADE).casefold()
    if not word:
        return Modality.ASSERTED, Polarity.AFFIRMED
    found = next((firm for grade, firm in _GRADES.items() if word.startswith(grade)), None)
    if found is None:
        message = f"grade {cells.text(*_GRADE)[:60]!r} is none of {', '.join(_GRADES)}; correct it or leave it empty"
        raise BadRowError(message)
    return found


def _claims(cells: Cells, page: Page, fields: dict[str, Any], polarity: Polarity) -> list[Claim]:
    by = tuple(name for name in page.names(cells.cell(*_BY)) if not is_nobody(name.expression))
    hit = tuple(name for name in page.names(cells.cell(*_TARGET)) if not is_nobody(name.expression))
    found: list[Claim] = []
    kind = _kind(cells.cell(*_STRIKE))
    if kind is not None:
        found.append(EventClaim(**fields, type=kind, actors=by, targets=hit))
    for one in _COUNTS:
        count = count_of(cells.cell(*one.low), None, cells.cell(*one.high))
        if count is not None:
            graded = polarity if one.status is Status.CIVILIAN else Polarity.AFFIRMED
            first = by[0] if by else None
            found.append(TollClaim(**fields, polarity=graded, harm=one.harm, count=count, status=one.status, by=first))
    return found


def _kind(cell: Cell | None) -> EventType | None:
    """The kind of a strike by the words for it.

    Raises:
        BadRowError: none of its words is known.
    """
    if cell is None or is_nobody(cell.text):
        return None
    words = cell.text.casefold().replace("_", " ").replace("-", " ")
    exact = next((kind for kind in EventType if kind.value.replace("_", " ") == words), None)
    found = exact or next((kind for word, kind in _KINDS.items() if word in words), None)
    if found is None:
        message = f"strike type {cell.text[:60]!r} is not known; write one of {', '.join(_KINDS)}, or leave it empty"
        raise BadRowError(message)
    return found


def _voices(cells: Cells, page: Page) -> tuple[Voice, ...]:
    cell = cells.cell("source", "according_to")
    return (page.voice(cell, cell.text),) if cell is not None else ()
