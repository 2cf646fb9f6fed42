"""Maps of others fused: what their tables say together of who held which place, as evidence for the record.

A map says one word of a place for weeks; sixty days of it are one word, and two maps err for weeks in their own ways
(decision 0011). So the rows of tables of control are not weighed one by one, as what texts say is, but fused over all
places at once (`fusion`); the record takes the stretches in which one camp is the likeliest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import log
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tadmor.datamodel.claims import Change, from_table
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import DAY
from tadmor.record.evidence import Statement
from tadmor.record.independence import Voices
from tadmor.record.reliability import LIMIT
from tadmor.record.states import Says

if TYPE_CHECKING:
    from tadmor.record.fusion import Fused, Spell

#: So many camps at least: where one alone is named there is nothing to choose.
_SEVERAL = 2
#: And so many at most, for a table of words grows with their square; where more fight over one ground, rows are weighed
#: one by one.
_MOST = 60
#: Places asked for at once: a day of one takes some hundred bytes.
_AT_ONCE = 256
#: Chances are kept this far from 0 and 1.
_EDGE = 1e-3


class Stretch(NamedTuple):
    """Days, both included, in which a camp is the likeliest to hold a place; `weight` are its log-odds on average."""

    first: date
    last: date
    camp: str
    weight: float


class _Row(NamedTuple):
    voice: str
    place: str
    first: date
    last: date
    camp: str


def is_mapped(one: Statement) -> bool:
    """Is it a row of a table that says who held a place over some days?"""
    said = one.claim.claim
    held = one.after is not None and one.after.says is Says.HELD and one.after.holds and one.after.camp is not None
    return from_table(said) and held and not one.turns and getattr(said, "change", None) is Change.HELD


def stretches(statements: Iterable[Statement], voices: Voices) -> Mapping[str, tuple[Stretch, ...]]:
    """The stretches of each place that maps tell of, by place id; none where all maps of a war name one camp alone."""
    known: dict[str, Place] = {}
    rows: list[_Row] = []
    for one in statements:
        if is_mapped(one) and one.after is not None and one.after.camp is not None:
            known[one.place.id] = one.place
            interval = one.interval
            rows.append(_Row(voices.key(one.claim), one.place.id, interval.start, interval.last, one.after.camp))
    found: dict[str, tuple[Stretch, ...]] = {}
    for war in _wars(sorted(rows)):
        camps = list(dict.fromkeys(row.camp for row in war))  # in the order told, so that no name of a camp matters
        if _SEVERAL <= len(camps) <= _MOST:
            found.update(_fused(war, sorted({row.place for row in war}), known, camps))
    return found


def _wars(rows: Sequence[_Row]) -> Iterable[list[_Row]]:
    """The rows by war: camps that are told to hold one place are of one, and nothing joins two."""
    leads: dict[str, str] = {}
    first: dict[str, str] = {}
    for row in rows:
        one, other = _lead(leads, row.camp), _lead(leads, first.setdefault(row.place, row.camp))
        leads[one] = other
    wars: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        wars[_lead(leads, row.camp)].append(row)
    return wars.values()


def _lead(leads: dict[str, str], camp: str) -> str:
    """The camp that stands for all of a war."""
    while leads.setdefault(camp, camp) != camp:
        camp = leads[camp]
    return camp


def _fused(
    rows: Sequence[_Row], places: Sequence[str], known: Mapping[str, Place], camps: Sequence[str]
) -> Iterator[tuple[str, tuple[Stretch, ...]]]:
    import numpy as np  # noqa: PLC0415  # only where maps are fused

    from tadmor.record.fusion import from_spells, fuse  # noqa: PLC0415

    start = min(row.first for row in rows)
    number = {place: at for at, place in enumerate(places)}
    told = [
        from_spells(voice, (_spell(row, number[row.place], start) for row in own), camps)
        for voice, own in groupby(rows, key=attrgetter("voice"))
    ]
    points = np.array([[_or_nan(known[place].lat), _or_nan(known[place].lon)] for place in places])
    fused = fuse(told, camps, points)
    begun = _begun(rows)
    for first in range(0, len(places), _AT_ONCE):
        for place, found in _of_places(fused, places[first : first + _AT_ONCE], first, start, camps):
            yield place, tuple(_as_told(found, begun[place]))


def _begun(rows: Iterable[_Row]) -> Mapping[str, Mapping[str, list[date]]]:
    """The days on which a map begins to say of a place that a camp holds it, by place and camp, in order."""
    begun: dict[str, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows, key=lambda one: one.first):
        begun[row.place][row.camp].append(row.first)
    return begun


def _as_told(found: Sequence[Stretch], begun: Mapping[str, Sequence[date]]) -> Iterator[Stretch]:
    """The stretches, none beginning before a map first says so: what was so some days earlier, nobody has said."""
    firsts = [
        one.first if not number else next((day for day in begun[one.camp] if one.first <= day <= one.last), one.first)
        for number, one in enumerate(found)
    ]
    for one, first, following in zip(found, firsts, [*firsts[1:], None], strict=True):
        yield one._replace(first=first, last=following - DAY if following is not None else one.last)


def _spell(row: _Row, place: int, start: date) -> "Spell":
    """A row in the fusion's terms: the number of its place, days since `start`."""
    from tadmor.record.fusion import Spell  # noqa: PLC0415

    return Spell(place, row.camp, (row.first - start).days, (row.last - start).days)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _of_places(
    fused: "Fused", places: Sequence[str], offset: int, start: date, camps: Sequence[str]
) -> Iterator[tuple[str, tuple[Stretch, ...]]]:
    """The stretches of some places whose numbers begin at `offset`."""
    import numpy as np  # noqa: PLC0415

    table = fused.at(range(offset, offset + len(places))).smoothed
    for column, place in enumerate(places):
        chances = table[:, column]
        holder = chances.argmax(axis=1)
        turns = [0, *(np.flatnonzero(np.diff(holder)) + 1).tolist(), len(holder)]
        yield (
            place,
            tuple(
                Stretch(
                    first=start + timedelta(days=begin),
                    last=start + timedelta(days=end - 1),
                    camp=camps[int(holder[begin])],
                    weight=_log_odds(float(chances[begin:end, int(holder[begin])].mean())),
                )
                for begin, end in pairwise(turns)
            ),
        )


def _log_odds(chance: float) -> float:
    held = min(max(chance, _EDGE), 1 - _EDGE)
    return min(max(log(held / (1 - held)), 0.0), LIMIT)
