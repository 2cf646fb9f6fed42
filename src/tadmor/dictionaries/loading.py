"""YAML tables into typed rows, with errors that name the file and the entry.

Scalars are read as plain strings and the row's type decides what they become: no YAML dialect turns Norway (`NO`)
into false or a count into a date.
"""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import msgspec
import yaml

from tadmor.errors import DictionaryError

Row = TypeVar("Row")
Table = str | Traversable

#: Marks a spelling that counts only as it is written, capitals included: `=IS`.
EXACTLY = "="


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is optional in PyYAML


def read_yaml(table: Table) -> Any:
    """The raw content of a table: strings, lists and maps. See `read_table` for `table`.

    Raises:
        DictionaryError: the file is missing or no YAML.
    """
    path = files("tadmor.dictionaries").joinpath(table) if isinstance(table, str) else table
    try:
        return _built(yaml.parse(path.read_text(encoding="utf-8"), Loader=_LOADER))
    except (OSError, UnicodeDecodeError) as error:
        raise DictionaryError(str(table), f"cannot be read ({error})") from error
    except yaml.YAMLError as error:
        raise DictionaryError(str(table), " ".join(str(error).split())) from error


def read_table(table: Table, row: type[Row]) -> tuple[Row, ...]:
    """The rows of a table.

    Args:
        table: a file; a string is a path below `tadmor/dictionaries` ("actors/syria.yaml").
        row: the type of one row. A list of maps gives one row each; a map of maps gives rows whose `id` is the key.

    Raises:
        DictionaryError: the file is missing, is no YAML, or an entry is not of the row's type.
    """
    return tuple(_row(str(table), name, entry, row) for name, entry in _entries(str(table), read_yaml(table)))


def spellings(written: str) -> Iterator[tuple[str, bool]]:
    """The names in one cell, `A | B | =IS`, each with whether it counts only exactly as written."""
    for part in written.split("|"):
        name = part.strip()
        if name.startswith(EXACTLY):
            yield name[1:].strip(), True
        elif name:
            yield name, False


def items(written: str) -> tuple[str, ...]:
    """The words in one cell, `a | b`."""
    return tuple(part.strip() for part in written.split("|") if part.strip())


def _built(events: Iterator[yaml.Event]) -> Any:
    """The content of the one document in a stream of parser events; PyYAML's constructor takes twice as long."""
    for event in events:
        if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            return None if isinstance(event, yaml.StreamEndEvent) else _value(event, events)
    return None


def _value(event: yaml.Event, events: Iterator[yaml.Event]) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.MappingStartEvent):
        return _map(events)
    if isinstance(event, yaml.SequenceStartEvent):
        return list(_until(yaml.SequenceEndEvent, events))
    raise _refused(event, "anchors are not used here")


def _refused(event: yaml.Event, why: str) -> yaml.YAMLError:
    return yaml.YAMLError(f"line {event.start_mark.line + 1}: {why}" if event.start_mark else why)


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, end):
            return
        yield _value(event, events)


def _map(events: Iterator[yaml.Event]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(event, events)
        if key in found:
            raise _refused(event, f"{key} stands twice")
        found[key] = _value(next(events), events)
    return found


def _entries(where: str, content: object) -> Iterator[tuple[str, object]]:
    if isinstance(content, list):
        for number, entry in enumerate(content, 1):
            name = entry.get("id") or entry.get("name") if isinstance(entry, dict) else None
            yield f"entry {number}" + (f" ({name})" if name else ""), entry
    elif isinstance(content, dict):
        for key, entry in content.items():
            yield str(key), {"id": key, **entry} if isinstance(entry, dict) else entry
    else:
        raise DictionaryError(where, "holds neither a list nor a map of entries")


def _row(where: str, name: str, entry: object, row: type[Row]) -> Row:
    try:
        return msgspec.convert(entry, row, strict=False)
    except msgspec.ValidationError as error:
        place = f"{where}: {name}"
        raise DictionaryError(place, str(error)) from error
