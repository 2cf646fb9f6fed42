"""Tolls told as the value of a number: "put the death toll at 47", "the number of dead has risen to 31"."""

import msgspec

from tadmor.datamodel.claims import TollClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.amounts import Amount, AmountKind
from tadmor.extraction.asides import REACH
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Phrase
from tadmor.extraction.mentions import words_of
from tadmor.extraction.names import Hit
from tadmor.extraction.parse import Piece, Role

#: Prepositions between a number and its value.
_VALUE = frozenset({"at", "to", "of", "above", "over", "past", "beyond", "around"})
_QUOTES = frozenset("\"'“”‘’")


def is_number(scene: Scene, phrase: Phrase | None) -> bool:
    """Does a phrase name a number without its value: "the number of civilians", not "a number of civilians"?"""
    if phrase is None:
        return False
    words = words_of(scene.parse, phrase)
    heads = [at for at, token in enumerate(words) if token.lower in word_class("tallies")]
    return bool(heads) and words[0].lower not in ("a", "an") and not _amounts(scene, scene.parse.pieces[phrase.number])


def stated(scene: Scene, number: int) -> tuple[Quantity | None, int]:
    """The value that a number is said to have, and where it ends; `None` and the end of the number where none is.

    It follows a verb of amounting ("reached 31") or one of few prepositions ("rose to 31", "put it at 31"), quoted or
    not; or stands between the verb and the number: "brought to 49 the number killed".
    """
    pieces, end = scene.parse.pieces, scene.parse.pieces[number].end
    if (before := _between(scene, number)) is not None:
        return before, end
    leads = False
    for at in range(number + 1, min(number + REACH, len(pieces))):
        piece = pieces[at]
        word = scene.parse.tokens[piece.first].lower
        if piece.role is Role.NP:
            hit = next(iter(_amounts(scene, piece)), None)
            # "Death toll from X strike at least 9"
            alone = hit is not None and hit.end == piece.end and at + 1 == len(pieces)
            if (leads or alone) and hit is not None and hit.start == piece.start:
                return hit.value.quantity, hit.end
            leads = False
        elif piece.role is Role.PREP:
            leads = word in _VALUE
        elif piece.role is Role.VERB:
            leads = scene.parse.main(piece).base in word_class("amounting") or _is_copula(scene, piece)
        elif piece.role in (Role.SUB, Role.CONJ) or (piece.role is Role.PUNCT and word not in _QUOTES):
            break
    return None, end


def with_value(scene: Scene, number: int, claim: TollClaim) -> TollClaim:
    """A claim that quotes its value too where that stands before the number: "brought | to | 49 | the number"."""
    if _between(scene, number) is None:
        return claim
    start = min(claim.start, scene.parse.pieces[number - 3].start)
    return msgspec.structs.replace(claim, start=start, quote=scene.reading.text[start : claim.end])


def own_value(scene: Scene, piece: Piece) -> tuple[Quantity, int] | None:
    """The value in the number's own phrase, and where that ends: "an initial death toll of 47"."""
    hit = next(iter(_amounts(scene, piece)), None)
    return (hit.value.quantity, piece.end) if hit is not None else None


def _between(scene: Scene, number: int) -> Quantity | None:
    """As in "brought | to | 49 | the number"."""
    pieces = scene.parse.pieces
    if number < 3 or pieces[number - 1].role is not Role.NP or pieces[number - 3].role is not Role.VERB:
        return None
    if scene.parse.tokens[pieces[number - 2].first].lower not in _VALUE:
        return None
    hit = next(iter(_amounts(scene, pieces[number - 1])), None)
    return hit.value.quantity if hit is not None else None


def _amounts(scene: Scene, piece: Piece) -> list[Hit[Amount]]:
    found = scene.reading.names.amounts.within(piece.start, piece.end)
    return [hit for hit in found if hit.value.quantity.known and hit.value.kind is not AmountKind.ARTICLE]


def _is_copula(scene: Scene, piece: Piece) -> bool:
    return scene.parse.main(piece).lower in ("is", "are", "was", "were", "be", "been")
