"""Control told by an attribute: "rebel-held Idlib", "the besieged city", "the ISIS stronghold of Raqqa"."""

import re
from collections.abc import Iterator
from typing import Any

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention, Modality
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import WHERE, Scene
from tadmor.extraction.control import is_people
from tadmor.extraction.frames import Phrase, noun_frame, phrase, preposition
from tadmor.extraction.grounds import degree_of
from tadmor.extraction.mentions import ANAPHORS, HELD, head, mention, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, Token
from tadmor.extraction.unnamed import Lying, is_part, lying, somewhere

_HOLD_NOUNS = frozenset(["stronghold", "strongholds", "bastion", "bastions"])
#: "De facto capital", "self-proclaimed capital": whoever has one holds it.
_CAPITALS = frozenset(["facto", "de-facto", "self-proclaimed", "self-declared"])


def attribute_claims(scene: Scene) -> Iterator[Claim]:
    """Control told by attributes, in one sentence."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP:
            continue
        words = scene.parse.words(piece)
        for index, token in enumerate(words):
            held = HELD.match(token.text)
            if (held is not None and index + 1 < len(words)) or (
                held is not None and number + 1 < len(scene.parse.pieces)
            ):
                yield from _held_attribute(scene, number, index, held)
            elif token.lower in _HOLD_NOUNS or (token.lower == "capital" and _capital(words, index)):
                yield from _stronghold(scene, number, index)
            elif token.lower in ("besieged", "encircled", "blockaded") and token.tag is Tag.ADJ:
                yield from _besieged_attribute(scene, number, index)


def _capital(words: list[Token], index: int) -> bool:
    return any(token.lower in _CAPITALS for token in words[max(index - 3, 0) : index])


def _held_attribute(scene: Scene, number: int, index: int, held: re.Match[str]) -> Iterator[Claim]:
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    token = words[index]
    rest = Phrase(number=number, start=words[index + 1].start, end=piece.end) if index + 1 < len(words) else None
    first = index
    while first and _in_name(scene, words[first - 1], token):
        first -= 1
    holder = mention(scene.reading, words[first].start, token.start + len(held["holder"]))
    grounds = scene.reading.lexicon.classes["place_nouns"] | word_class("ground_parts") | word_class("bearings")
    if rest is not None and not _named(scene, rest) and not any(t.lower in grounds for t in words[index + 1 :]):
        return
    ground = _held_ground(scene, number, words[: index + 1], first, rest)
    yield ControlClaim(
        **_plain(scene, number, words[first].start, piece.end),
        place=ground[0],
        change=Change.HELD,
        degree=Degree.BESIEGED if held["how"].lower() == "besieged" else ground[1],
        holder=holder,
    )


def _held_ground(
    scene: Scene, number: int, lead: list[Token], first: int, rest: Phrase | None
) -> tuple[Mention | None, Degree]:
    """What is held: the place named, pointed back to or described; else ground in or about one.

    `lead` are the words up to "rebel-held", and `first` the number of the first that tells who holds.
    """
    if rest is None:
        after = preposition(scene.parse, number + 2)
        beyond = scene.places(phrase(scene.parse, number + 2, after)) if after in WHERE else []
        return (beyond[0] if beyond else scene.focus.implicit(scene.number)), Degree.FULL
    degree = degree_of(scene, rest)
    named = _named(scene, rest)
    if named:
        if is_part(scene, rest, named[0]):
            return somewhere(scene, rest, degree, Lying(named[0], "of"))
        plural = head(scene.parse, rest).lower in word_class("ground_parts")
        return named[0], Degree.PARTIAL if plural else degree
    whose = _whose_ground(scene, number, lead[:first])
    said = Lying(whose[0], "in") if whose else lying(scene, rest)
    if said is None:
        described = _beside(scene, number) if head(scene.parse, rest).lower in ANAPHORS else []
        if back := described or _pointed_back(scene, lead[0], rest):
            return back[0], degree
        town = scene.focus.implicit(scene.number)
        divides = lead[0].lower == "the" and head(scene.parse, rest).lower in word_class("divisions")
        said = Lying(town, "of") if divides and town is not None else None
    return somewhere(scene, rest, degree, said)


def _named(scene: Scene, rest: Phrase) -> list[Mention]:
    """The places that what is held is called by; "besieged army soldiers" are none."""
    forces = is_people(scene, rest) or head(scene.parse, rest).lower in word_class("force_nouns")
    return scene.places(rest) if forces else scene.ground(rest)


def _pointed_back(scene: Scene, article: Token, rest: Phrase) -> list[Mention]:
    """As in "the rebel-held town": the place told before that can be called so."""
    words = words_of(scene.parse, rest)
    levels = ANAPHORS.get(words[-1].lower) if len(words) == 1 and article.lower in ("the", "this", "that") else None
    found = scene.focus.back(levels, rest.start, scene.number) if levels is not None else None
    return [found] if found is not None else []


def _in_name(scene: Scene, before: Token, token: Token) -> bool:
    """Does a word go on to the name of who holds: "Islamic State" of "Islamic State group-held"?"""
    if before.tag is not Tag.NAME or before.possessive:
        return False
    return token.text[0].isupper() or any(True for _ in scene.reading.names.actors.covering(before.start, before.end))


def _whose_ground(scene: Scene, number: int, words: list[Token]) -> list[Mention]:
    """The place named before: "Syria's rebel-held areas"."""
    if not words:
        return []
    return scene.places(Phrase(number=number, start=words[0].start, end=words[-1].end, prep="in"))


def _plain(scene: Scene, number: int, start: int, end: int) -> dict[str, Any]:
    """An attribute is told as fact whatever the clause around it plans."""
    common = scene.common(number, start, end, start)
    common["modality"] = Modality.ASSERTED
    return common


def _stronghold(scene: Scene, number: int, index: int) -> Iterator[Claim]:
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    before = [token for token in words[:index] if token.tag is not Tag.DET]
    holder = None
    if before:
        own = Phrase(number=number, start=before[0].start, end=before[-1].end)
        hits = list(scene.reading.names.actors.within(own.start, own.end))
        holder = mention(scene.reading, hits[0].start, hits[-1].end) if hits else None
    rest = _from_article(number, words, index)
    holder = holder or _whose_hold(scene, number, index)
    places = scene.places(rest) or _beside(scene, number)
    place = places[0] if places else scene.focus.implicit(scene.number)
    yield ControlClaim(
        **_plain(scene, number, words[0].start, piece.end),
        place=place,
        change=Change.HELD,
        degree=Degree.FULL,
        holder=holder,
    )


def _whose_hold(scene: Scene, number: int, index: int) -> Mention | None:
    """As in "the de facto capital of the group", "a stronghold for the rebels", "its bastion"."""
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    after = noun_frame(scene.parse, number).with_prep("of", "for")
    spans = [(words[index].end, piece.end), (after.start, after.end) if after is not None else (0, 0)]
    for start, end in spans:
        hit = next(scene.reading.names.actors.within(start, end), None)
        if hit is not None and not any(True for _ in scene.reading.names.places.within(hit.start, hit.end)):
            return mention(scene.reading, hit.start, hit.end)
    return scene.focus.actor(scene.number) if words[0].lower in ("its", "their") else None


def _from_article(number: int, words: list[Token], index: int) -> Phrase:
    """The words from one on, with an article right before it: what "the besieged city" points back by."""
    first = 0 if all(token.tag is Tag.DET for token in words[:index]) else index
    return Phrase(number=number, start=words[first].start, end=words[-1].end)


def _beside(scene: Scene, number: int) -> list[Mention]:
    """The place that an apposition describes: "..., Raqqa" after, or "Raqqa, ..." before; or "Raqqa is"."""
    pieces = scene.parse.pieces
    for at, step in ((number + 2, 1), (number - 2, -1)):
        if 0 <= at < len(pieces) and pieces[at].role is Role.NP:
            between = scene.parse.tokens[pieces[at - step].first]
            if between.text in (",", "(", "–", "—") or between.lower in ("is", "was", "remains"):
                found = scene.places(phrase(scene.parse, at))
                if found:
                    return found
    return []


def _besieged_attribute(scene: Scene, number: int, index: int) -> Iterator[Claim]:
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    places = scene.places(_from_article(number, words, index))
    place = places[0] if places else scene.focus.implicit(scene.number)
    yield ControlClaim(
        **_plain(scene, number, words[index].start, piece.end), place=place, change=Change.HELD, degree=Degree.BESIEGED
    )
