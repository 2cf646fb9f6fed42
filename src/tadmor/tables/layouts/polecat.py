"""POLECAT's weekly files of political events, coded by PLOVER.

Columns and codes: PLOVER manual 2.0; Halterman and others, PLOVER and POLECAT (2023), doi:10.31235/osf.io/rm5dw.
"""

from tadmor.datamodel.claims import EventClaim, EventType, Mention
from tadmor.datamodel.places import Level
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.datamodel.times import Grain
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.making import Page, days_of, row_claims, shared, stated
from tadmor.tables.naming import in_reporting, is_nobody
from tadmor.tables.values import degrees_in

#: The columns of a file, in their order.
_COLUMNS = """
    Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW
    |Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name
    |Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw
    |Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename
    |Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version
"""
COLUMNS = tuple(name.strip() for name in _COLUMNS.split("|"))
_NEEDED = ("event_id", "event_date", "event_type", "event_mode", "actor_name", "placename")
#: PLOVER's types of events.
TYPES = frozenset(
    [
        "agree",
        "consult",
        "support",
        "concede",
        "cooperate",
        "aid",
        "retreat",
        "request",
        "accuse",
        "reject",
        "threaten",
        "protest",
        "sanction",
        "mobilize",
        "coerce",
        "assault",
    ]
)
#: What a type and mode are here; types and modes that are no violence and no deal are left out. `heavy-weapons` are
#: artillery, tanks or aircraft, which of them is not told.
_KINDS: dict[tuple[str, str], EventType] = {
    ("agree", ""): EventType.AGREEMENT,
    ("retreat", "ceasefire"): EventType.AGREEMENT,
    ("coerce", "arrest"): EventType.ARREST,
    ("assault", "abduct"): EventType.ABDUCTION,
    ("assault", "execute"): EventType.EXECUTION,
    ("assault", "assassinate"): EventType.KILLING,
    ("assault", "explosives"): EventType.BOMBING,
    ("assault", "suicide-attack"): EventType.BOMBING,
    ("assault", "firearms"): EventType.GROUND_ATTACK,
    ("assault", "aerial"): EventType.AIR_STRIKE,
    ("assault", ""): EventType.OTHER_VIOLENCE,
}
_NONE = frozenset({"", "none", "nan", "na"})
#: The level of GeoNames' classes of features, as far as they are divisions.
_LEVELS = {"ADM1": Level.PROVINCE, "ADM2": Level.DISTRICT, "PCLI": Level.COUNTRY}


class Polecat:
    """Every row an event: who did what to whom."""

    name = "polecat"
    source: str | None = "POLECAT"

    def fits(self, columns: Columns) -> bool:
        """Has it the columns that tell what, who, where and when?"""
        return all(name in columns for name in _NEEDED)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The event; nothing where it is neither violence nor a deal, or no place is told."""
        day, kind = _cell(cells, "event_date"), _kind(cells)
        if day is None:
            message = "has no Event Date; fill it"
            raise BadRowError(message)
        place = _cell(cells, "placename", "raw_placename", "city", "district", "province", "country")
        if kind is None or place is None:
            return None
        time = page.stretch(day.start, day.end)
        fields = shared(cells, page, self.name, quote=(), place=place, time=time, attribution=_voices(cells, page))
        acting = _names(_cell(cells, "actor_name_raw", "actor_name"), page)
        hit = _names(_cell(cells, "recipient_name_raw", "recipient_name"), page)
        event = EventClaim(**fields, type=kind, actors=acting, targets=hit)
        return row_claims(
            cells,
            (event,),
            _spot(cells),
            stated(days_of(day, None), Grain.DAY, time.expression),
            key=cells.text("event_id") or None,
            called={name.expression: in_reporting(name.expression) for name in (*acting, *hit)},
        )


def _kind(cells: Cells) -> EventType | None:
    """What a row is here.

    Raises:
        BadRowError: its type is none of PLOVER's.
    """
    kind = cells.text("event_type").casefold()
    if kind not in TYPES:
        message = f"Event Type {cells.text('event_type')[:60]!r} is none of PLOVER's ({', '.join(sorted(TYPES))})"
        raise BadRowError(message)
    mode = cells.text("event_mode").casefold().replace("_", "-")
    mode = "" if mode in _NONE else mode
    if kind == "assault":
        return _KINDS.get((kind, mode), EventType.OTHER_VIOLENCE)
    return _KINDS.get((kind, mode)) or _KINDS.get((kind, ""))


def _cell(cells: Cells, *columns: str) -> Cell | None:
    """The first filled cell; "None" is how POLECAT writes an empty one."""
    return next((cell for name in columns if (cell := cells.cell(name)) and cell.text.casefold() not in _NONE), None)


def _names(cell: Cell | None, page: Page) -> tuple[Mention, ...]:
    return tuple(name for name in page.names(cell) if not is_nobody(name.expression))


def _spot(cells: Cells) -> Spot:
    lat, lon = degrees_in(_cell(cells, "latitude"), _cell(cells, "longitude"))
    number, country = _cell(cells, "geonames_id"), _cell(cells, "country")
    within = tuple(cell.text for name in ("district", "province") if (cell := _cell(cells, name)) is not None)
    return Spot(
        id=number.text if number is not None else None,
        lat=lat,
        lon=lon,
        level=_LEVELS.get(cells.text("feature_type").upper()),
        within=within,
        country=country.text if country is not None else None,
    )


def _voices(cells: Cells, page: Page) -> tuple[Voice, ...]:
    cell = _cell(cells, "source")
    return (page.voice(cell, cell.text),) if cell is not None else ()
