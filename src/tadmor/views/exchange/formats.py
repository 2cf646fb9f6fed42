"""What a format is, and what formats share: the data set in words, cells for spreadsheets, rows as obtained."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

import msgspec

from tadmor.datamodel.claims import Modality, Polarity
from tadmor.datamodel.entries import Entry, Party
from tadmor.datamodel.keys import digest
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.pcodes import PCodes

#: What begins a formula in a spreadsheet (OWASP, CSV injection), and what goes before it, which `tadmor import` takes
#: off again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ESCAPE = "'"
#: Told as going to happen, or asked: no event that took place.
UNREAL = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL, Modality.ASKED})


class DataSet(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is made of: the case, as of which day, when the case last changed, and its OCHA p-codes.

    `escape`: text cells that a spreadsheet would take for a formula get an apostrophe.
    """

    case: str
    made: datetime
    as_of: date | None = None
    escape: bool = True
    pcodes: PCodes = PCodes()


class Format(Protocol):
    """A format of the field's. `suffix` is the usual end of its files."""

    name: str
    suffix: str
    about: str

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The file, in pieces; what it does not carry goes into the tally."""
        ...


def unreal(entry: Entry) -> str | None:
    """Why an entry is no event that took place, for formats that know only such; `None`: it is one."""
    if entry.polarity is Polarity.DENIED:
        return "it is denied, and the format knows only what took place"
    if entry.modality in UNREAL:
        return f"it is only {entry.modality.value}, and the format knows only what took place"
    return None


def table(
    columns: Sequence[str], rows: Iterator[Mapping[str, Any]], data: DataSet, tally: Tally, between: str = ","
) -> Iterator[bytes]:
    """Rows as CSV or TSV, UTF-8; cells that a spreadsheet would take for formulas are escaped and counted."""
    yield _line(columns, between)
    for row in rows:
        yield _line([_cell(row.get(column), data, tally) for column in columns], between)


def _line(cells: Sequence[str], between: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=between, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode()


def _cell(value: Any, data: DataSet, tally: Tally) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    written = value.replace("\0", "")
    if data.escape and written.startswith(_FORMULA) and not _number(written):
        tally.escaped += 1
        return _ESCAPE + written
    return written


def _number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return True


def as_obtained(entry: Entry, layout: str, row: Mapping[str, Any], coded: frozenset[str]) -> dict[str, Any]:
    """A row of a table of this very layout: as the table has it, as long as its claims stand as they were read.

    Where a person corrected a claim of it, only the codes that no claim tells (`coded`) are the table's.
    """
    found = entry.row
    if found is None or found.layout != layout:
        return dict(row)
    kept = found.cells if found.stands else {name: cell for name, cell in found.cells.items() if name in coded}
    return {**row, **{name: cell for name, cell in kept.items() if name in row}}


def named(party: Party | None) -> str:
    """An actor in the words of the source, else by name."""
    return (party.words or party.name) if party is not None else ""


def number(identity: str) -> int:
    """A number of twelve digits for an id, in formats whose ids are numbers."""
    return int(digest("number", identity), 16) % 10**12


def outer(entry: Entry, prefix: str, at: int) -> str:
    """The division that an entry's place lies in: of the gazetteer, by the begin of its id, else as the row has it."""
    known = next((name for name, identity in entry.ground.within if identity.startswith(prefix)), None)
    if known is not None:
        return known
    spot = entry.ground.spot
    within = spot.within[::-1] if spot is not None else ()
    return within[at] if len(within) > at else ""
