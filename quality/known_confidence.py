"""How far the confidence of a finding may be believed, and whether changes lie between the days told for them.

`reliability` takes the place-days of which it is known who held the place and sorts them by the confidence of the spell
that the record gives for the day; what it calls unknown is left out, and a contest counts as wrong, since the day is
one of a well-known holder. `intervals` takes the well-known changes: of the spells with which the place passes to the
right holder, the one whose days (`Spell.change`, or the day of its start) lie nearest.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import fmean, median
from typing import Any, NamedTuple

from quality.known_list import Change, KnownChange, PlaceDay
from tadmor.datamodel.findings import Spell, State

#: Edges of the bins of confidence; the last bin holds 1.
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
#: A spell whose days lie farther than this from a change tells of another one.
YEAR = 366

#: The spells of each place, by id, in order.
Spells = Mapping[str, Sequence[Spell]]
Sides = Mapping[str, Sequence[str]]


class Answer(NamedTuple):
    """What a finding said with what confidence, and whether it was right."""

    confidence: float
    right: bool


def ordered(spells: Sequence[Spell], ids: Sequence[str]) -> Spells:
    """The spells of some places in the order of their days."""
    return {
        place: sorted((one for one in spells if one.place == place), key=lambda one: one.start or date.min)
        for place in ids
    }


def reliability(spells: Spells, days: Sequence[PlaceDay], sides: Sides) -> dict[str, Any]:
    """Of the answers given: how often right, by confidence; Brier score and expected calibration error."""
    answers = list(_answers(spells, days, sides))
    bins = [row for low, high in pairwise(EDGES) if (row := _bin(answers, low, high))]
    if not answers:
        return {"answers": 0, "brier": None, "ece": None, "bins": []}
    return {
        "answers": len(answers),
        "brier": round(fmean((one.confidence - one.right) ** 2 for one in answers), 3),
        "ece": round(sum(row["answers"] * abs(row["confidence"] - row["right"]) for row in bins) / len(answers), 3),
        "bins": bins,
    }


def _answers(spells: Spells, days: Sequence[PlaceDay], sides: Sides) -> Iterator[Answer]:
    for one in days:
        there = next((spell for spell in reversed(spells[one.place.id]) if (spell.start or date.min) <= one.day), None)
        if there is not None and there.state is not State.UNKNOWN:
            right = there.state is not State.CONTESTED and there.holder in sides[one.holder]
            yield Answer(there.confidence, right)


def _bin(answers: Sequence[Answer], low: float, high: float) -> dict[str, Any] | None:
    inside = [one for one in answers if low <= one.confidence < high or one.confidence == high == EDGES[-1]]
    if not inside:
        return None
    return {
        "from": low,
        "to": high,
        "answers": len(inside),
        "confidence": round(fmean(one.confidence for one in inside), 3),
        "right": round(fmean(one.right for one in inside), 3),
    }


def intervals(spells: Spells, changes: Sequence[KnownChange], sides: Sides) -> dict[str, Any]:
    """How many changes have a spell of the right holder within a year, how many lie between its days, and how wide."""
    near = [(one.change, found) for one in changes if (found := _nearest(spells[one.place.id], one.change, sides))]
    inside = [change for change, (first, last) in near if first <= change.last and change.first <= last]
    return {
        "changes": len(changes),
        "within_a_year": len(near),
        "inside": len(inside),
        "median_days": median((last - first).days + 1 for _, (first, last) in near) if near else None,
    }


def _nearest(spells: Sequence[Spell], change: Change, sides: Sides) -> tuple[date, date] | None:
    """The days between which the place passed to the right holder, of the passage nearest to the change."""
    passed = [days for days in _passages(spells, sides[change.gainer]) if _apart(days, change) <= YEAR]
    return min(passed, key=lambda days: _apart(days, change), default=None)


def _passages(spells: Sequence[Spell], gainer: Sequence[str]) -> Iterator[tuple[date, date]]:
    before: str | None = None
    for spell in spells:
        holder = None if spell.state is State.CONTESTED else spell.holder
        if holder in gainer and holder != before and spell.start is not None:
            change = spell.change
            yield (spell.start, spell.start) if change is None else (change.start, change.last)
        before = holder


def _apart(days: tuple[date, date], change: Change) -> int:
    """Days between a passage and a change; 0 where they meet."""
    return max((change.first - days[1]).days, (days[0] - change.last).days, 0)
