"""What the network is not shown: who acts, and the names of places.

Every word for an actor is one plain word to it: "fighter" for one person, "fighters" for a force or a state, "local"
before another noun; and every place a word for its level. So who does a thing cannot decide what is read of it, be it
"regime" or "government", "terrorists" or "rebels", and a war that nobody taught it is told in the words that it knows.
Names that no table knows it sees as they stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.context import Reading
from tadmor.extraction.parse import Parse, Role
from tadmor.extraction.tokens import Tag, Token, is_name

ONE, MANY, BEFORE_NOUN = "fighter", "fighters", "local"
#: A word of the vocabulary for each level of places.
_GROUND = {
    Level.SITE: "site",
    Level.SETTLEMENT: "town",
    Level.DISTRICT: "district",
    Level.PROVINCE: "province",
    Level.COUNTRY: "country",
    Level.REGION: "region",
}
#: Whose names are shown: who suffers, who speaks, and words that name no side.
_SHOWN = frozenset({ActorKind.CIVILIANS, ActorKind.ORGANISATION, ActorKind.PERSON, ActorKind.GENERIC})
#: Words in the name of a force that tell what it fights with.
_MEANS = frozenset(["air", "airborne", "naval", "navy", "police", "infantry", "artillery", "aviation"])


class Veil(NamedTuple):
    """A word shown in the place of `text[start:end]`."""

    start: int
    end: int
    word: str


def veils(reading: Reading, number: int) -> list[Veil]:
    """What is shown instead of words of a sentence, in text order."""
    parse, sentence = reading.parse(number), reading.sentences[number]
    grounds = [
        Veil(hit.start, hit.end, _GROUND[hit.value[0].level])
        for hit in reading.names.places.within(sentence.start, sentence.end)
    ]
    sides = [(token.start, token.end) for token in parse.tokens if _is_side(reading, token)]
    kept = _longest([*grounds, *(Veil(start, end, "") for start, end in _joined(reading.text, sides))])
    return [one if one.word else one._replace(word=_word(parse, one)) for one in kept]


def _is_side(reading: Reading, token: Token) -> bool:
    """Is a word one for a side, or part of the name of one?"""
    word = token.lower.removesuffix("'s").removesuffix("\N{RIGHT SINGLE QUOTATION MARK}s")
    if word in word_class("side_nouns"):
        return token.tag is not Tag.VERB
    if word in _MEANS or word in word_class("force_nouns") or not is_name(token.text):
        return False
    return any(hit.value.kind not in _SHOWN for hit in reading.names.actors.covering(token.start, token.end))


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap or stand beside each other as one: "Islamic State" and "militants"."""
    start, end = -1, -1
    for first, last in sorted(spans):
        if start >= 0 and (first < end or not text[end:first].strip(" -")):
            end = max(end, last)
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _longest(found: Sequence[Veil]) -> list[Veil]:
    """Of those that overlap the longest, a place where both are as long."""
    kept: list[Veil] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, not each.word, each.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept)


def _word(parse: Parse, veil: Veil) -> str:
    """The plain word for an actor: by whether another noun follows in its phrase, and by its own last word."""
    inside = [at for at, token in enumerate(parse.tokens) if token.start < veil.end and veil.start < token.end]
    if not inside:
        return MANY
    last = inside[-1]
    piece = parse.pieces[parse.piece_of[last]]
    if piece.role is Role.NP and _followed(parse.words(piece), parse.tokens[last]):
        return BEFORE_NOUN
    return ONE if parse.tokens[last].lower in word_class("single_persons") else MANY


def _followed(words: Sequence[Token], token: Token) -> bool:
    return any(each.start > token.start and each.text[0].isalpha() for each in words)
