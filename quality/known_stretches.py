"""Who held a place and when, in one form for the record and for simpler ways of telling it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tadmor.datamodel.findings import Spell, State


class Holding(StrEnum):
    """What is told of a place."""

    HELD = "held"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


class Stretch(NamedTuple):
    """Days from `start` to the next stretch."""

    start: date
    holding: Holding
    holder: str | None


def of_spells(spells: Iterable[Spell]) -> list[Stretch]:
    """The spells of one place; a besieged place is held by whoever is in it, if that is told."""
    return [_stretch(spell) for spell in sorted(spells, key=lambda one: one.start or date.min)]


def _stretch(spell: Spell) -> Stretch:
    start = spell.start or date.min
    if spell.state is State.CONTESTED:
        return Stretch(start, Holding.CONTESTED, None)
    if spell.holder is None:
        return Stretch(start, Holding.UNKNOWN, None)
    return Stretch(start, Holding.HELD, spell.holder)
