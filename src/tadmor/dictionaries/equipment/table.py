"""Weapons and platforms by id, by name, and in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tadmor.dictionaries.equipment.designations import is_written, variants
from tadmor.dictionaries.equipment.rows import Equipment, EquipmentKind
from tadmor.dictionaries.phrases import PhraseTable

Found = tuple[int, int, Equipment]

#: How far from an ambiguous name a word may stand that explains it, in characters: about a long clause.
REACH = 100
_BREAK = re.compile(r"[.!?]\s+(?=[A-Z\"“'‘])|\n\s*\n")


class Reading(msgspec.Struct, frozen=True):
    """What a phrase means; `None` for a phrase that holds a weapon's name and is none ("think tank").

    `ambiguous` readings count only in context; `proper` ones are names, not words.
    """

    equipment: Equipment | None
    ambiguous: bool = False
    proper: bool = False


class EquipmentTable:
    """All equipment known before reading. Use `load_equipment`.

    Args:
        equipment: every entry.
        readings: each phrase with what it means.
        cased: those phrases that count only as spelled.
        near: a pattern for each kind, of words that show it to be meant.
    """

    def __init__(
        self,
        equipment: Iterable[Equipment],
        readings: Mapping[str, Reading],
        cased: Iterable[str],
        near: Mapping[EquipmentKind, re.Pattern[str]],
    ) -> None:
        self._by_id = {one.id: one for one in equipment}
        self._phrases = PhraseTable(readings, cased=set(cased))
        self._near = near

    def __len__(self) -> int:
        """How many entries, families and generic words included."""
        return len(self._by_id)

    def __iter__(self) -> Iterator[Equipment]:
        """Every entry, in the order of the tables."""
        return iter(self._by_id.values())

    def get(self, id_: str) -> Equipment | None:
        """The entry of an id."""
        return self._by_id.get(id_)

    def lookup(self, name: str) -> Equipment | None:
        """What a name means where it stands alone, plural or not; ambiguous names included."""
        reading = self._phrases.get(name)
        return reading.equipment if reading is not None and is_written(name) else None

    def find(self, text: str) -> list[Found]:
        """Names of equipment in a text, `(start, end, equipment)`, leftmost longest, without overlap.

        The end leaves out a possessive ending. Names that are other words as well count only near a word of their kind,
        proper names also near any other equipment.
        """
        seen = [
            (start, end, reading)
            for start, end, reading in self._phrases.find(text)
            if reading.equipment is not None and is_written(text[start:end])
        ]
        sure = [(start, end) for start, end, reading in seen if not reading.ambiguous]
        return [
            (start, end, reading.equipment)
            for start, end, reading in seen
            if reading.equipment is not None and (not reading.ambiguous or self._meant(text, start, end, reading, sure))
        ]

    def _meant(self, text: str, start: int, end: int, reading: Reading, sure: list[tuple[int, int]]) -> bool:
        before, after = _clause_before(text, start), _clause_after(text, end)
        if reading.proper and any(start - len(before) <= other < end + len(after) for other, _ in sure):
            return True
        pattern = self._near.get(reading.equipment.kind) if reading.equipment is not None else None
        return pattern is not None and bool(pattern.search(before) or pattern.search(after))


def read_names(names: Iterable[tuple[Equipment, str, bool, bool]]) -> tuple[dict[str, Reading], set[str]]:
    """The phrases of all names with their variants, and those of them that count only as spelled.

    Args:
        names: equipment, name, whether it counts only as spelled, whether only in context.
    """
    readings: dict[str, Reading] = {}
    cased: set[str] = set()
    for equipment, name, exactly, ambiguous in names:
        proper = name[:1].isupper()
        for phrase, plural in variants(name):
            readings.setdefault(phrase, Reading(equipment, ambiguous, proper))
            if exactly or plural:
                cased.add(phrase)
    return readings, cased


def _clause_before(text: str, start: int) -> str:
    window = text[max(start - REACH, 0) : start]
    breaks = list(_BREAK.finditer(window))
    return window[breaks[-1].end() :] if breaks else window


def _clause_after(text: str, end: int) -> str:
    window = text[end : end + REACH]
    stop = _BREAK.search(window)
    return window[: stop.start()] if stop else window
