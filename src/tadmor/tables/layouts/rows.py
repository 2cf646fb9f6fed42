"""What a layout of tables is."""

from typing import Protocol

from tadmor.datamodel.tables import RowClaims
from tadmor.tables.columns import BadRowError, Cells, Columns
from tadmor.tables.making import Page

#: Columns for where a row tells of, in any table that names its columns.
PLACE = ("place", "place_name", "name", "location", "town", "settlement", "village", "where")
PLACE_ID = ("place_id", "geonameid", "geonames_id", "pcode", "p_code")
LAT, LON = ("lat", "latitude"), ("lon", "lng", "long", "longitude")
WITHIN = ("district", "admin3", "admin2", "adm_2", "province", "region", "admin1", "adm_1")
NOTES = ("notes", "quote", "headline", "description", "summary", "text", "comment")


class UnknownStatusError(BadRowError):
    """A status of which nobody said what it means."""

    def __init__(self, status: str) -> None:
        super().__init__(f"status {status!r} names nobody known")
        self.status = status


class Layout(Protocol):
    """How one kind of table tells of what it tells.

    `name` is what users call it, `source` whose table it is where it is always the same one's.
    """

    name: str
    source: str | None

    def fits(self, columns: Columns) -> bool:
        """Is a table of this layout, to judge by its columns?"""
        ...

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """The claims of a row; `None` for one that is left out on purpose.

        Raises:
            BadRowError: it cannot be read.
        """
        ...
