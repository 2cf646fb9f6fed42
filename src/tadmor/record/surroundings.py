"""What lies in or by a town and is not told of again: "the area around Palmyra", its citadel, a suburb.

Reports seldom come back to such ground. When its town has passed to another camp since it was last told of, who holds
it is not known, and an old word for it must not stand as if it were still so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from tadmor.datamodel.findings import Spell, State, Verdict
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import DAY
from tadmor.record.nearness import lies_in


def towns_of(places: Iterable[Place]) -> dict[str, str]:
    """The town that each place is told from or lies in, for those that have one among the places; by id."""
    known = {place.id: place for place in places}
    found: dict[str, str] = {}
    for place in known.values():
        town = known.get(place.relative_to or next(iter(place.parents), ""))
        if town is not None and (place.relative_to is not None or lies_in(place, town)):
            found[place.id] = town.id
    return found


def while_the_town_held(spells: Iterable[Spell], towns: Mapping[str, str], told: Mapping[str, date]) -> Iterator[Spell]:
    """The spells, those of ground in or by a town ended where that town passed to another camp after the last word.

    Args:
        spells: of all places, by place and day.
        towns: of which town each ground is (`towns_of`).
        told: the last day that each claim speaks of, by claim id.
    """
    by_place: dict[str, list[Spell]] = {}
    for spell in (every := tuple(spells)):
        by_place.setdefault(spell.place, []).append(spell)
    for spell in every:
        last = max((told[claim] for claim in spell.supports if claim in told), default=None)
        town = by_place.get(towns.get(spell.place, ""), ())
        yield from _ended(spell, town, last) if last is not None else (spell,)


def _ended(spell: Spell, town: Sequence[Spell], last: date) -> Iterator[Spell]:
    turned = next((later for later in town if _turns(spell, later, last)), None)
    if turned is None or turned.start is None:
        yield spell
        return
    yield msgspec.structs.replace(spell, end=turned.start - DAY)
    yield Spell(
        place=spell.place,
        state=State.UNKNOWN,
        holder=None,
        besieger=None,
        start=turned.start,
        end=spell.end,
        change=None,
        confidence=turned.confidence,
        verdict=Verdict.UNSUPPORTED,
        independent_sources=0,
        supports=(),
        opposes=(),
        reasons=("its town changed hands; who holds it since is not told",),
    )


def _turns(spell: Spell, later: Spell, last: date) -> bool:
    """Does a town pass, in a spell of ground of it and after the last word on that, to another camp than held it?"""
    if spell.holder is None or later.start is None or later.holder in (None, spell.holder):
        return False
    return later.start > last and (spell.end is None or later.start <= spell.end)
