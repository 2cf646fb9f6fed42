"""UCDP's Georeferenced Event Dataset (GED), and its monthly candidate events, which come without a head.

Columns and codes: UCDP GED Codebook (Sundberg and Melander 2013, doi:10.1177/0022343313484347).
"""

import re
from typing import Any

from tadmor.datamodel.claims import Claim, EventClaim, EventType, Harm, Mention, Status, TollClaim
from tadmor.datamodel.places import Level
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.datamodel.times import Grain
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.making import Page, count_of, days_of, disorder, row_claims, shared, span_of, stated
from tadmor.tables.naming import in_reporting, is_nobody
from tadmor.tables.values import degrees_in, number_in

#: The columns of a file that comes without a head.
_HEADLESS = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
    dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
    region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best
    high low gwnoa gwnob
"""
HEADLESS = tuple(_HEADLESS.split())
_NEEDED = ("id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_start", "best")
#: What each kind of violence is: fighting of a state, or of others, with an organised enemy; killing of civilians.
_ONE_SIDED = "3"
_KINDS = {"1": EventType.CLASH, "2": EventType.CLASH, _ONE_SIDED: EventType.KILLING}
#: How far each precision reaches: the place itself; within 25 km of it; a district; a province; a line, an area or
#: several provinces; a country; a sea or the air.
_NEAR, _NEAR_M = "2", 25_000.0
_LEVELS = {
    "3": Level.DISTRICT,
    "4": Level.PROVINCE,
    "5": Level.REGION,
    "6": Level.COUNTRY,
    "7": Level.REGION,
}
#: The column that names the place at each level; at others it is where_coordinates.
_NAMED = {
    "3": ("adm_2", "where_coordinates"),
    "4": ("adm_1", "where_coordinates"),
    "6": ("country", "where_coordinates"),
}
_GRAINS = {"3": Grain.WEEK, "4": Grain.MONTH}
_APART = re.compile(r"\s*[;,/]\s*")
#: The parts of a toll: fighters of the first side, of the second, civilians.
_PARTS = (("deaths_a", "side_a"), ("deaths_b", "side_b"), ("deaths_civilians", None))


class Ucdp:
    """Every row an event, with its dead."""

    name = "ucdp"
    source: str | None = "UCDP"

    def fits(self, columns: Columns) -> bool:
        """Has it the columns that tell what, where, when and how many?"""
        return all(name in columns for name in _NEEDED)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The event, its dead in all, and, where they are of several sorts or some of an unknown one, of each."""
        precision, kind = _code(cells, "where_prec"), _code(cells, "type_of_violence")
        first, last = cells.cell("date_start"), cells.cell("date_end")
        if kind not in _KINDS or first is None:
            message = (
                f"type_of_violence {kind!r} is none of 1, 2, 3; correct it" if first else "has no date_start; fill it"
            )
            raise BadRowError(message)
        interval, time = days_of(first, last), span_of(first, last, page)
        place = cells.cell(*_NAMED.get(precision, ("where_coordinates", "adm_2", "adm_1", "country")))
        fields = shared(
            cells,
            page,
            self.name,
            quote=("source_headline", "source_article", "where_description"),
            place=place,
            time=time,
            attribution=_voices(cells, page),
        )
        one, other = _names(cells.cell("side_a"), page), _names(cells.cell("side_b"), page)
        one_sided = kind == _ONE_SIDED
        event = EventClaim(
            **fields, type=_KINDS[kind], actors=one if one_sided else (*one, *other), targets=other if one_sided else ()
        )
        grain = Grain.DAY if interval.days == 1 else _GRAINS.get(_code(cells, "date_prec"), Grain.SPAN)
        return row_claims(
            cells,
            (event, *_tolls(cells, page, fields, one_sided=one_sided)),
            _spot(cells, precision),
            stated(interval, grain, time.expression),
            key=_code(cells, "id") or None,
            called={name.expression: in_reporting(name.expression) for name in (*one, *other)},
            doubts=disorder(*_counts(cells)),
        )


def _code(cells: Cells, column: str) -> str:
    """A code, also where a spreadsheet made "1.0" of it."""
    return cells.text(column).removesuffix(".0")


def _names(cell: Cell | None, page: Page) -> tuple[Mention, ...]:
    return tuple(name for name in page.names(cell) if not is_nobody(name.expression))


def _spot(cells: Cells, precision: str) -> Spot:
    lat, lon = degrees_in(cells.cell("latitude"), cells.cell("longitude"))
    return Spot(
        lat=lat,
        lon=lon,
        level=_LEVELS.get(precision),
        near=precision == _NEAR,
        radius_m=_NEAR_M if precision == _NEAR else None,
        within=tuple(name for column in ("adm_2", "adm_1") if (name := cells.text(column))),
        country=cells.text("country") or None,
    )


def _voices(cells: Cells, page: Page) -> tuple[Voice, ...]:
    """Whom a row rests on, relayer first, where it rests on one report's word; where on several, the word is UCDP's."""
    found: list[Voice] = []
    for column in ("source_office", "source_original"):
        cell = cells.cell(column)
        names = {name.casefold(): name for name in _APART.split(cell.text) if name} if cell is not None else {}
        if cell is None or len(names) > 1:
            continue
        voice = page.voice(cell, next(iter(names.values())))
        if voice.name.casefold() not in {known.name.casefold() for known in found}:
            found.append(voice)
    return tuple(found) if _one_voice(cells) else ()


def _one_voice(cells: Cells) -> bool:
    """Does the row rest on one office, or on offices that all quote one origin?"""
    column = "source_original" if cells.text("source_original") else "source_office"
    return len({name.casefold() for name in _APART.split(cells.text(column)) if name}) == 1


def _counts(cells: Cells) -> tuple[Cell | None, Cell | None, Cell | None]:
    return cells.cell("low"), cells.cell("best"), cells.cell("high")


def _tolls(cells: Cells, page: Page, fields: dict[str, Any], *, one_sided: bool) -> tuple[Claim, ...]:
    count = count_of(*_counts(cells))
    if count is None:
        return ()
    parts = [(side, cell) for column, side in _PARTS if (cell := cells.cell(column)) and number_in(cell, column)]
    whole = parts[0] if len(parts) == 1 and not number_in(cells.cell("deaths_unknown"), "deaths_unknown") else None
    by = page.mention(cells.cell("side_a")) if one_sided else None
    side = whole[0] if whole is not None else None
    total = TollClaim(
        **fields,
        harm=Harm.KILLED,
        count=count,
        status=_status(parts, whole_known=whole is not None),
        group=page.mention(cells.cell(side)) if side is not None else None,
        by=by,
    )
    if not parts or whole is not None:
        return (total,)
    return (total, *(_part(cells, page, fields, side, cell, by) for side, cell in parts))


def _part(
    cells: Cells, page: Page, fields: dict[str, Any], side: str | None, cell: Cell, by: Mention | None
) -> TollClaim:
    """The dead of one sort."""
    return TollClaim(
        **fields,
        harm=Harm.KILLED,
        count=count_of(cell, cell, cell),
        status=Status.COMBATANT if side is not None else Status.CIVILIAN,
        group=page.mention(cells.cell(side)) if side is not None else None,
        by=by,
    )


def _status(parts: list[tuple[str | None, Cell]], *, whole_known: bool) -> Status:
    sorts = {side is None for side, _ in parts}
    if len(sorts) == 2:
        return Status.MIXED
    if len(parts) < 2 and not whole_known:
        return Status.UNSTATED
    return Status.CIVILIAN if sorts == {True} else Status.COMBATANT
