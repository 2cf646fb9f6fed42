"""Occupation as a state: "the troops occupying the town", "was occupied from March to September".

To occupy is to take a place or to have it. It is had where a participle right behind the occupiers says who they are,
and where the days are told from which and until which.
"""

from tadmor.dictionaries.lexicon import Form
from tadmor.dictionaries.times import Lead, TimeKind
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.parse import Role
from tadmor.extraction.stance import clause_bounds

_OCCUPYING = frozenset({"occupy", "re-occupy", "reoccupy"})


def lasts(scene: Scene, hit: Hit) -> bool:
    """Does a verb of taking tell that the place was had?"""
    return hit.trigger.base in _OCCUPYING and (_says_who(scene, hit.number) or _from_until(scene, hit.number))


def _says_who(scene: Scene, number: int) -> bool:
    """As in "most of the troops | occupying the area"."""
    piece, before = scene.parse.pieces[number], scene.parse.before(number)
    alone = piece.first == piece.main and scene.parse.main(piece).form is Form.ING
    return alone and before is not None and before.role is Role.NP


def _from_until(scene: Scene, number: int) -> bool:
    start, end = clause_bounds(scene.parse, number)
    hits = scene.reading.names.times.within(start, end)
    return any(hit.value.kind is TimeKind.RANGE and hit.value.lead is Lead.FROM for hit in hits)
