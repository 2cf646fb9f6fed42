"""Tables of others as claims: a table's text to documents and claims as said, with hints where and when.

table = open_table(name, text, layouts)   # or an Issue that says why not
found = survey(table, today)              # what is wrong with it, row by row
parts(table, sha256, outlet=..., ...)     # its documents and their claims
"""

from tadmor.tables.layouts import (
    EVENTS,
    Control,
    Layout,
    MappingError,
    TableMapping,
    controls,
    explained_by,
    layouts_of,
    read_mapping,
)
from tadmor.tables.reading import Survey, Table, ToldRow, open_table, parts, survey, told_rows
from tadmor.tables.statuses import Statuses

__all__ = [
    "EVENTS",
    "Control",
    "Layout",
    "MappingError",
    "Statuses",
    "Survey",
    "Table",
    "TableMapping",
    "ToldRow",
    "controls",
    "explained_by",
    "layouts_of",
    "open_table",
    "parts",
    "read_mapping",
    "survey",
    "told_rows",
]
