"""Claims as arrays of their numbers, for questions that very many of them fit.

SQLite finds half a million claims that hold a word in 40 ms; handing them to Python row by row takes 300 ms, as one
string 20 ms. What rests on them is then looked up in arrays kept in memory (`memory`).
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, FromClause, func, select

Numbers: TypeAlias = NDArray[np.int32]
Ids: TypeAlias = NDArray[np.bytes_]

#: Between values that are digests or numbers, and so hold none.
_BETWEEN = ","


def column_of(connection: Connection, rows: FromClause, *names: str) -> list[Numbers]:
    """Columns of whole numbers, in the same order."""
    told = connection.execute(select(*(func.group_concat(rows.c[name], _BETWEEN) for name in names))).one()
    return [np.fromstring(one or "", dtype=np.int32, sep=_BETWEEN) if one else np.empty(0, np.int32) for one in told]


def ids_by_number(connection: Connection, rows: FromClause) -> Ids:
    """The ids of rows, each at the place of its number."""
    query = select(func.group_concat(rows.c.number, _BETWEEN), func.group_concat(rows.c.id, _BETWEEN))
    numbers, told = connection.execute(query).one()
    if numbers is None:
        return np.empty(0, "S1")
    at = np.fromstring(numbers, dtype=np.int32, sep=_BETWEEN)
    ids = np.array(told.encode().split(_BETWEEN.encode()))
    found = np.zeros(at.max() + 1, ids.dtype)
    found[at] = ids
    return found


def marked(numbers: Numbers, size: int) -> NDArray[np.bool_]:
    """Which numbers below a size are among those given."""
    found = np.zeros(size, np.bool_)
    found[numbers] = True
    return found


def of_kind(numbers: Numbers, kinds: bytes, kind: int) -> Numbers:
    """Those whose kind, told by number, is the one asked for."""
    found: Numbers = numbers[np.frombuffer(kinds, np.uint8)[numbers] == kind]
    return found
