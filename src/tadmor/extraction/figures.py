"""Figures without a noun: "The militia's channel claimed 'more than 160'" right after a toll is of the same people.

Only a bare number counts that a verb of saying, or "put it at", leads to and that ends its clause; or "There were 22"
with a speaker of its own. Harm, victims, place and time are those of the toll before it in the same paragraph.
"""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import Mention, TollClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.amounts import AmountKind
from tadmor.extraction.builder import Scene
from tadmor.extraction.mentions import mention
from tadmor.extraction.parse import Piece, Role
from tadmor.extraction.stance import modality, polarity
from tadmor.extraction.tokens import Tag

_QUOTES = frozenset("\"'“”‘’")
#: Sentences between a toll and a figure that goes on from it, in one paragraph.
_REACH = 3


def bare_figures(scene: Scene, told: list[TollClaim]) -> Iterator[TollClaim]:
    """The tolls that a sentence tells by a bare number; `told` are those that it tells outright."""
    for number, piece in enumerate(scene.parse.pieces):
        value = _value(scene, piece) if piece.role is Role.NP and _ends_clause(scene, number) else None
        if value is None or any(toll.start < piece.end and piece.start < toll.end for toll in told):
            continue
        lead = _lead(scene, number)
        before = [toll for toll in told if toll.end <= piece.start]
        same = before[-1] if before else last_toll(scene)
        if lead is not None and same is not None:
            yield _figure(scene, same, lead, piece, value)


def last_toll(scene: Scene) -> TollClaim | None:
    """The last toll told in the paragraph, a few sentences back at most, unless other things were counted since."""
    found = scene.focus.toll
    if found is None:
        return None
    number, toll = found
    sentences = scene.reading.sentences
    near = scene.number - number <= _REACH and sentences[number].block == sentences[scene.number].block
    if not near:
        return None
    since = max([toll.end, *(_last_dead(scene, at) for at in range(number, scene.number + 1))])
    return None if any(_counts_things(scene, at, since) for at in range(number, scene.number + 1)) else toll


def _last_dead(scene: Scene, sentence: int) -> int:
    """Where a sentence last speaks of the dead as such: "he had counted the bodies"."""
    words = (word for word in scene.reading.parse(sentence).tokens if word.lower in word_class("the_dead"))
    return max((word.end for word in words), default=0)


def _counts_things(scene: Scene, sentence: int, since: int) -> bool:
    """Does a sentence, from a position on, count or ask for a number of things that are no people?"""
    parse = scene.reading.parse(sentence)
    people = scene.reading.lexicon.classes["person_nouns"] | word_class("tallies")
    for piece in parse.pieces:
        words = parse.words(piece)
        if piece.role is Role.NP and piece.start >= since and words[0].tag is Tag.NUM:
            nouns = [token for token in words if token.tag in (Tag.NOUN, Tag.NAME)]
            if nouns and not any(token.lower in people for token in nouns):
                return True
    return False


def _value(scene: Scene, piece: Piece) -> Quantity | None:
    """The number that a phrase consists of, or the value of a number that it names ("a figure of 160")."""
    words = scene.parse.words(piece)
    if not all(token.tag is Tag.NUM or token.lower in word_class("tallies") | {"a", "the", "of"} for token in words):
        return None
    for hit in scene.reading.names.amounts.within(piece.start, piece.end):
        if hit.value.quantity.known and hit.value.kind in (AmountKind.FIGURE, AmountKind.WORD):
            return hit.value.quantity
    return None


def _ends_clause(scene: Scene, number: int) -> bool:
    """Does nothing but a stop, a quotation mark or another clause follow?"""
    following = scene.parse.pieces[number + 1 : number + 2]
    return not following or following[0].role in (Role.PUNCT, Role.SUB) or _clause_follows(scene, number + 1)


def _clause_follows(scene: Scene, number: int) -> bool:
    pieces = scene.parse.pieces[number : number + 3]
    return len(pieces) == 3 and pieces[0].role is Role.CONJ and pieces[2].role is Role.VERB


def _lead(scene: Scene, number: int) -> int | None:
    """The verb that leads to a bare number: "claimed | '160'", "put | it | at | 12", "There | were | 22"."""
    pieces, at = scene.parse.pieces, number - 1
    while at > 0 and scene.parse.tokens[pieces[at].first].text in _QUOTES:
        at -= 1
    if at >= 2 and pieces[at].role is Role.PREP and scene.parse.tokens[pieces[at].first].lower in ("at", "of"):
        words = scene.parse.words(pieces[at - 1])
        at = at - 2 if words[-1].lower in word_class("tallies") | {"it"} else -1
    if at < 0 or pieces[at].role is not Role.VERB:
        return None
    verb = scene.parse.main(pieces[at])
    if verb.base in scene.reading.lexicon.reporting or verb.base in word_class("figuring"):
        return at
    there = at > 0 and scene.parse.tokens[pieces[at - 1].first].lower == "there"
    said = bool(scene.speakers.of(scene.number, pieces[number].start))
    return at if there and said and verb.lower in ("were", "was", "are") else None


def _time_since(scene: Scene, same: TollClaim, piece: Piece) -> Mention | None:
    """The last time told between a toll and a figure: "he had counted the bodies in the last week of May"."""
    hits = list(scene.reading.names.times.within(same.end, piece.start))
    return mention(scene.reading, hits[-1].start, hits[-1].end) if hits else None


def _figure(scene: Scene, same: TollClaim, lead: int, piece: Piece, value: Quantity) -> TollClaim:
    """The same harm to the same people, by another voice."""
    start = scene.parse.pieces[lead].start
    time = _time_since(scene, same, piece) or same.time or mention(scene.reading, same.start, same.end, carried=True)
    return msgspec.structs.replace(
        same,
        start=start,
        end=piece.end,
        quote=scene.reading.text[start : piece.end],
        modality=modality(scene.reading, scene.parse, lead, piece.start),
        polarity=polarity(scene.reading, scene.parse, lead, piece.start),
        attribution=scene.speakers.of(scene.number, piece.start),
        time=time,
        count=value,
    )
