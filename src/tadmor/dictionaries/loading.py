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


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # libyaml is optional in PyYAML
    """Strings, lists and maps only; a key that stands twice in a map is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # PyYAML's signature
        """The map, refused where a key stands twice: PyYAML would keep the last one silently."""
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(found) != len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise yaml.MarkedYAMLError(problem=f"stands twice: {', '.join(twice)}", problem_mark=node.start_mark)
        return found


def read_yaml(table: Table) -> Any:
    """The raw content of a table: strings, lists and maps. See `read_table` for `table`.

    Raises:
        DictionaryError: the file is missing or no YAML.
    """
    path = files("tadmor.dictionaries").joinpath(table) if isinstance(table, str) else table
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # builds strings, lists and maps only
    except OSError as error:
        raise DictionaryError(str(table), f"cannot be read ({error.strerror})") from error
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
