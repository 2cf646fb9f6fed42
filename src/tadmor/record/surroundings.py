"""Ground that is told only by the town it lies by: "the area around Palmyra", "the western outskirts".

Reports seldom come back to such ground. When its town has passed to another camp since, who holds it is not known, and
an old word for it must not stand as if it were still so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tadmor.datamodel.findings import Spell, State, Verdict
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import DAY


def while_the_town_held(spells: Iterable[Spell], grounds: Mapping[str, Place]) -> Iterator[Spell]:
    """The spells, those of ground told from a town ended where that town next passed to another camp.

    Args:
        spells: of all places, by place and day.
        grounds: the places that are told from another (`relative_to`), by id.
    """
    told = tuple(spells)
    by_place: dict[str, list[Spell]] = {}
    for spell in told:
        by_place.setdefault(spell.place, []).append(spell)
    for spell in told:
        ground = grounds.get(spell.place)
        town = by_place.get(ground.relative_to or "", ()) if ground is not None else ()
        yield from _ended(spell, town)


def _ended(spell: Spell, town: Sequence[Spell]) -> Iterator[Spell]:
    turned = next((later for later in town if _turns(spell, later)), None)
    if turned is None or turned.start is None:
        yield spell
        return
    yield msgspec.structs.replace(spell, end=turned.start - DAY)
    if spell.end is None:
        yield Spell(
            place=spell.place,
            state=State.UNKNOWN,
            holder=None,
            besieger=None,
            start=turned.start,
            end=None,
            change=None,
            confidence=turned.confidence,
            verdict=Verdict.UNSUPPORTED,
            independent_sources=0,
            supports=(),
            opposes=(),
            weights=(),
            reasons=("the town it lies by changed hands; who holds it since is not told",),
        )


def _turns(spell: Spell, later: Spell) -> bool:
    """Does a town pass, in days of a spell of ground beside it, to a camp other than the one that holds the ground?"""
    if spell.holder is None or spell.start is None or later.start is None or later.holder in (None, spell.holder):
        return False
    return later.start > spell.start and (spell.end is None or later.start <= spell.end)
