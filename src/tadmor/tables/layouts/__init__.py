"""The layouts of tables that can be imported. A new one is a module here and a line in `EVENTS` or `controls`."""

from collections.abc import Mapping

from tadmor.dictionaries.actors import ActorTable
from tadmor.tables.layouts.acled import Acled
from tadmor.tables.layouts.airwars import Airwars
from tadmor.tables.layouts.control import Control
from tadmor.tables.layouts.events import Events
from tadmor.tables.layouts.mapped import Mapped, MappingError, TableMapping, read_mapping
from tadmor.tables.layouts.polecat import Polecat
from tadmor.tables.layouts.rows import Layout, UnknownStatusError
from tadmor.tables.layouts.ucdp import HEADLESS, Ucdp
from tadmor.tables.layouts.viina import CODES, ViinaControl, ViinaEvents
from tadmor.tables.statuses import Statuses

__all__ = [
    "EVENTS",
    "HEADLESS",
    "Control",
    "Layout",
    "MappingError",
    "TableMapping",
    "UnknownStatusError",
    "controls",
    "explained_by",
    "layouts_of",
    "read_mapping",
]

#: Layouts of event tables, in the order tried: a table of one's own may have the columns of any.
EVENTS: tuple[Layout, ...] = (Ucdp(), Acled(), Polecat(), ViinaEvents(), Airwars(), Events())


def controls(actors: ActorTable, holders: Mapping[str, str]) -> tuple[Layout, ...]:
    """Layouts of tables of control, in the order tried; `holders` says whom statuses name."""
    return (ViinaControl(Statuses(actors, {**CODES, **holders})), Control(Statuses(actors, holders)))


def explained_by(mapping: TableMapping, actors: ActorTable) -> Layout:
    """The layout that a mapping file describes."""
    control = mapping.table == "control"
    return Mapped(mapping, Control(Statuses(actors, mapping.holders)) if control else Events())


def layouts_of(actors: ActorTable, holders: Mapping[str, str], mapping: str | None) -> tuple[Layout, ...]:
    """Every layout; `mapping` is the text of a mapping file, where there is one.

    Raises:
        MappingError: it cannot be followed.
    """
    own = (explained_by(read_mapping(mapping), actors),) if mapping is not None else ()
    return (*own, *EVENTS, *controls(actors, holders))
