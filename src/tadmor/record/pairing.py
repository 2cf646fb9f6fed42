"""Which claims of events and tolls may be one incident, pair by pair, and the score of each pair.

A score hangs on its two claims alone. What was scored before stays, so that a new document is only compared with what
lies near it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from tadmor.datamodel.places import Level
from tadmor.record.matching import APART, LONG, Told, score
from tadmor.record.nearness import towns_beside
from tadmor.record.tabled import TableRow, of_two_rows

#: The two claims of a pair by id, the lower first.
Pair = tuple[str, str]
#: Ground that is no one place: claims of it are compared with none.
_TOO_WIDE = (Level.COUNTRY, Level.REGION)


class _Dated(NamedTuple):
    """A claim with its days as numbers, the last one past its end."""

    start: int
    id: str
    end: int
    told: Told
    new: bool


_start, _id = attrgetter("start"), attrgetter("id")


def scored(
    told: Sequence[Told], before: Mapping[Pair, float] | None = None, known: Iterable[str] = ()
) -> dict[Pair, float]:
    """The score of every pair that may match.

    Args:
        told: the claims.
        before: scores of pairs of `known` claims.
        known: ids of claims that were all scored against each other, and are since unchanged.
    """
    old = frozenset(known)
    there = {one.id for one in told}
    found = {pair: value for pair, value in (before or {}).items() if pair[0] in there and pair[1] in there}
    found.update(((one.id, other.id), score(one, other)) for one, other in _pairs(told, old))
    return found


def _pairs(told: Sequence[Told], old: frozenset[str]) -> Iterator[tuple[Told, Told]]:
    """Pairs that may match and are not both old, the lower id first."""
    here: dict[str, list[_Dated]] = defaultdict(list)
    below: dict[str, list[_Dated]] = defaultdict(list)
    beside = towns_beside(one.place for one in told if one.place is not None)
    for one in told:
        if one.place is None or one.when is None or one.long or one.place.level in _TOO_WIDE:
            continue
        dated = _Dated(one.when.start.toordinal(), one.id, one.when.end.toordinal(), one, one.id not in old)
        here[one.place.id].append(dated)
        for above in {*one.place.parents, *beside.get(one.place.id, ())}:
            below[above].append(dated)
    for place, own in here.items():
        yield from _close(own, own)
        yield from _close(own, below.get(place, ()))
    yield from _of_one_row(told, old)


def _close(own: Sequence[_Dated], others: Sequence[_Dated]) -> Iterator[tuple[Told, Told]]:
    """Pairs of two lists whose days lie near each other, of which one is new; of a list with itself each once."""
    same = own is others
    fresh = [one for one in own if one.new]
    if fresh:
        yield from _beside(fresh, others, same=same)
    if not same and len(fresh) < len(own):
        fresh = [one for one in others if one.new]
        if fresh:
            yield from _beside(fresh, [one for one in own if not one.new], same=False)


def _beside(fresh: Sequence[_Dated], others: Sequence[_Dated], *, same: bool) -> Iterator[tuple[Told, Told]]:
    """Each of the new claims with the others near it; of two that are new and of one list each pair once."""
    ordered = sorted(others, key=_start)
    starts = [other.start for other in ordered]
    for one in fresh:
        first, last = bisect_left(starts, one.start - LONG - APART), bisect_left(starts, one.end + APART + 1)
        for other in ordered[first:last]:
            if one.start - other.end > APART or (same and _is_seen(one, other)):
                continue
            if not of_two_rows(one.told.row, other.told.row):
                yield (one.told, other.told) if one.id < other.id else (other.told, one.told)


def _is_seen(one: _Dated, other: _Dated) -> bool:
    return one.id == other.id or (other.new and other.id < one.id)


def _of_one_row(told: Sequence[Told], old: frozenset[str]) -> Iterator[tuple[Told, Told]]:
    """The claims of one row of a table, whatever its place: the event with what it cost."""
    rows: dict[TableRow, list[Told]] = defaultdict(list)
    for one in sorted(told, key=_id):
        if one.row is not None and one.when is not None:
            rows[one.row].append(one)
    for members in rows.values():
        yield from ((one, other) for one, other in combinations(members, 2) if one.id not in old or other.id not in old)
