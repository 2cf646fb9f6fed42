"""Some fields of an answer's rows, named by `fields=id,quote,place.name`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_type_hints, is_typeddict

from fastapi.exceptions import RequestValidationError
from rapidfuzz import process

from tadmor.views import shapes
from tadmor.views.exports import Row, as_csv, feature, flat

#: The rows of each list of the API, by its name.
ROWS: Mapping[str, Any] = {
    "places": shapes.Place,
    "actors": shapes.Actor,
    "sources": shapes.Source,
    "documents": shapes.Document,
    "claims": shapes.Claim,
    "control": shapes.Spell,
    "spells": shapes.Spell,
    "incidents": shapes.Incident,
    "tolls": shapes.Toll,
    "contradictions": shapes.Contradiction,
    "issues": shapes.Issue,
    "runs": shapes.Run,
}


@cache
def fields_of(name: str) -> tuple[str, ...]:
    """The fields of the rows of a list, those inside others dotted: ("id", "place", "place.name", ...)."""
    return tuple(_fields(ROWS[name], ""))


def _fields(shape: Any, before: str) -> Iterator[str]:
    for key, hint in get_type_hints(shape).items():
        yield f"{before}{key}"
        inner = _inside(hint)
        if inner is not None:
            yield from _fields(inner, f"{before}{key}.")


def _inside(hint: Any) -> Any:
    """The row that a field holds, or holds a list of; `None` where it holds none."""
    if is_typeddict(hint):
        return hint
    return next((found for one in get_args(hint) if (found := _inside(one)) is not None), None)


def named(fields: str | None, name: str) -> tuple[str, ...]:
    """The fields that a caller wants of a list's rows, in the order asked; none: all.

    Raises:
        RequestValidationError: the rows have no such field.
    """
    wanted = tuple(dict.fromkeys(one.strip() for one in fields.split(","))) if fields else ()
    known = fields_of(name)
    for one in wanted:
        if one not in known:
            near = process.extractOne(one, known)
            message = f"{name} have no field {one!r}; did you mean {near[0]!r}?"
            raise RequestValidationError([{"loc": ("query", "fields"), "msg": message, "type": "unknown_field"}])
    return wanted


def chosen(row: Row, fields: Sequence[str]) -> Row:
    """The fields named of a row, nested as they are in it; a field that rows of its kind lack is left out."""
    found: Row = {}
    for one in fields:
        _choose(row, one.split("."), found)
    return found


def _choose(row: Mapping[str, Any], path: Sequence[str], into: Row) -> None:
    key, rest = path[0], path[1:]
    if key not in row:
        return
    value = row[key]
    if not rest or value is None:
        into[key] = value
    elif isinstance(value, list):
        kept = into.setdefault(key, [{} for _ in value])
        for each, one in zip(value, kept, strict=True):
            _choose(each, rest, one)
    elif into.get(key) is not value:  # else the whole was asked for before
        _choose(value, rest, into.setdefault(key, {}))


def table(rows: Sequence[Row], fields: Sequence[str]) -> Iterator[str]:
    """Rows as CSV, with a column for each field asked, in that order; of a field that holds others, one for each."""
    flattened = [flat({field: _at(row, field.split(".")) for field in fields}) for row in rows]
    columns: list[str] = []
    for field in fields:
        inside = dict.fromkeys(key for row in flattened for key in row if key.startswith(f"{field}."))
        columns += [key for key in inside or (field,) if key not in columns]
    yield from as_csv([{key: row.get(key) for key in columns} for row in flattened])


def _at(value: Any, path: Sequence[str]) -> Any:
    """What a row has in a field; in one that holds a list, the values of all of it."""
    if not path or value is None:
        return value
    if isinstance(value, list):
        return [_at(one, path) for one in value]
    return _at(value.get(path[0]), path[1:])


def points(rows: Sequence[Row], fields: Sequence[str]) -> Iterator[str]:
    """Rows as GeoJSON with some of their fields; the point stays, whatever is asked."""
    features = [feature(row) | {"properties": chosen(row, fields)} for row in rows]
    yield json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n"
