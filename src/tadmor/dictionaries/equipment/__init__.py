"""Weapon systems, platforms and ships of recent wars, with their families, variants and names."""

import re
from collections import Counter
from functools import cache

import msgspec

from tadmor.dictionaries.equipment.rows import Equipment, EquipmentKind, EquipmentRow, KindWords
from tadmor.dictionaries.equipment.table import EquipmentTable, Reading, read_names
from tadmor.dictionaries.loading import items, read_table, read_yaml
from tadmor.errors import DictionaryError

__all__ = ["Equipment", "EquipmentKind", "EquipmentTable", "load_equipment"]

_FOLDER = "equipment"
_FILES = ("ground", "air", "missiles", "naval", "generic")


@cache
def load_equipment() -> EquipmentTable:
    """The table, read once.

    Raises:
        DictionaryError: a table is malformed, an id stands twice, a family is unknown, or a name means two things.
    """
    rows = [row for name in _FILES for row in read_table(f"{_FOLDER}/{name}.yaml", EquipmentRow)]
    _check(rows)
    words = _kind_words()
    equipment = {row.id: row.equipment() for row in rows}
    readings, cased = read_names((equipment[row.id], *listed) for row in rows for listed in row.listed())
    for phrase in items(words.not_meant):
        readings[phrase] = Reading(None)
    near = {kind: _pattern(cell) for kind, cell in words.near.items()}
    return EquipmentTable(equipment.values(), readings, cased, near)


def _kind_words() -> KindWords:
    try:
        return msgspec.convert(read_yaml(f"{_FOLDER}/kinds.yaml"), KindWords, strict=False)
    except msgspec.ValidationError as error:
        where = f"{_FOLDER}/kinds.yaml"
        raise DictionaryError(where, str(error)) from error


def _check(rows: list[EquipmentRow]) -> None:
    """Ids are single, families exist and are no variants themselves, names mean one thing."""
    counts = Counter(row.id for row in rows)
    families = {row.id for row in rows if row.of is None}
    owners: dict[str, str] = {}
    for row in rows:
        where = f"{_FOLDER}: {row.id}"
        if counts[row.id] > 1:
            raise DictionaryError(where, "stands twice")
        if row.of is not None and row.of not in families:
            raise DictionaryError(where, f"is of {row.of}, which is no family")
        for name, _, _ in row.listed():
            if owners.setdefault(name, row.id) != row.id:
                raise DictionaryError(where, f"has the name {name!r} of {owners[name]}")


def _pattern(cell: str) -> re.Pattern[str]:
    """Any of the words of a cell, as whole words, with or without a final s."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, items(cell)))})s?\b", re.IGNORECASE)
