"""Ground told by a common noun: "rebel-held areas of the city", "a village near X", "the surrounding villages".

It has no name to look up. It lies in or beside a place that is told with it, else somewhere about the place of the
story; whoever holds it does not hold that place.
"""

from typing import NamedTuple

import msgspec

from tadmor.datamodel.claims import Degree, Mention
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Phrase, phrase
from tadmor.extraction.mentions import head, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag

#: Prepositions of what lies beside a place, and of what lies in it.
_BESIDE = frozenset({"near", "outside", "around"})
_WITHIN = frozenset({"of", "in", "inside", "within", "at", "across", "throughout", "on"})


class Lying(NamedTuple):
    """The place that ground is told by, and the preposition that says how it lies to it."""

    place: Mention
    prep: str


def somewhere(
    scene: Scene, target: Phrase, degree: Degree, said: Lying | None, story: Mention | None = None
) -> tuple[Mention | None, Degree]:
    """The place that stands for ground without a name, and how much of it is meant.

    Args:
        scene: the sentence.
        target: the words for the ground.
        degree: how much of that ground is meant.
        said: where the words say that it lies, if they do.
        story: the place of the story, where the caller knows better than the focus.
    """
    noun = head(scene.parse, target).lower
    part = noun in word_class("ground_parts") | word_class("vague_ground")
    if said is not None and noun in word_class("rests"):
        return said.place, Degree.FULL
    if said is None:
        town = story or scene.focus.implicit(scene.number)
        if town is not None and noun in word_class("bearings"):  # "the rebel-held east"
            return _towards(scene, target, noun, town), degree
        return around(town), Degree.PARTIAL if part else degree
    if said.prep in _BESIDE:
        return around(said.place), degree
    if noun in word_class("bearings"):
        return _towards(scene, target, noun, said.place), degree
    if noun in word_class("skirts"):
        return msgspec.structs.replace(
            said.place, expression=f"{noun} of {said.place.expression}", carried=True
        ), degree
    if part or degree is Degree.PARTIAL or _is_wide(scene, said.place) or _is_road(said.place):
        return said.place, Degree.PARTIAL
    if noun in word_class("settled"):  # "a village in X": the town's name stands for the country about it
        return around(said.place), degree
    return _within(scene, noun, said.place), degree


def _towards(scene: Scene, target: Phrase, bearing: str, town: Mention) -> Mention:
    """As in "the east of the city", which is a part of it, and "a village east of the city", which is not."""
    own = [token for token in words_of(scene.parse, target) if token.tag is not Tag.DET]
    told = f"{bearing}ern" if own[0].lower == bearing else f"{bearing} of"
    return _called(town, f"{told} {town.expression}")


def _within(scene: Scene, noun: str, town: Mention) -> Mention:
    """As in "factory in Raqqa": something of a town, told by the town's bare name."""
    hit = next(scene.reading.names.places.within(town.start, town.end), None)
    whole = hit is None or hit.end < town.end  # no "Ithriya" of "the Ithriya road"
    name = town.expression if whole or hit is None else scene.reading.text[hit.start : hit.end]
    return _called(town, f"{noun} in {name}")


def around(town: Mention | None) -> Mention | None:
    """Ground without a name ("three villages") lies around the place of the story; it is not that place."""
    if town is None:
        return None
    return _called(town, f"area around {town.expression}")


def _called(place: Mention, expression: str) -> Mention:
    """Ground told from a place, under words that grounding takes apart again."""
    return msgspec.structs.replace(place, expression=expression, carried=True)


def lying(scene: Scene, target: Phrase) -> Lying | None:
    """Where ground is said to lie, by the words after "of" in its phrase, else by the phrases right after it."""
    words = words_of(scene.parse, target)
    of = next((at for at, token in enumerate(words) if at and token.lower == "of"), len(words))
    if of + 1 < len(words):
        inner = Phrase(number=target.number, start=words[of + 1].start, end=words[-1].end)
        if found := scene.places(inner):
            return Lying(_of_story(scene, found[0]), "of")
    return _told_after(scene, target.number + 1)


def _of_story(scene: Scene, found: Mention) -> Mention:
    """What "the city" of "most of the city" is: the town last told of, where that is a whole one."""
    story = scene.focus.implicit(scene.number) if found.carried else None
    hit = next(scene.reading.names.places.within(story.start, story.end), None) if story is not None else None
    if story is None or hit is None or hit.value[0].level is not Level.SETTLEMENT:
        return found
    whole = story.expression.rpartition(" of ")[2]  # "city of Homs", but no "half of Homs" nor "western Homs"
    part = _first_word(story).lower() not in word_class("settled") and whole != story.expression
    return story if whole == scene.reading.text[hit.start : hit.end] and not part else found


def _first_word(place: Mention) -> str:
    """The first word of an expression: the noun of "city of Homs"."""
    return place.expression.partition(" ")[0]


def _told_after(scene: Scene, at: int) -> Lying | None:
    pieces = scene.parse.pieces
    while at + 1 < len(pieces) and pieces[at].role is Role.PREP:
        prep = scene.parse.tokens[pieces[at].first].lower
        if prep not in _BESIDE | _WITHIN or pieces[at + 1].role is not Role.NP:
            return None
        if found := scene.places(phrase(scene.parse, at + 1, prep)):
            return Lying(found[0], prep)
        at += 2
    return None


def is_part(scene: Scene, target: Phrase, place: Mention) -> bool:
    """Is the ground a district or villages "of" a place that is named with it, rather than the place: "a town of X"?"""
    noun, known = head(scene.parse, target), scene.candidates(place)
    if place.start < noun.end or place.carried:
        return False
    if not known or known[0].level is Level.SITE:  # "the positions of Harna": it may be called so
        return noun.lower in word_class("ground_parts")
    return noun.lower in word_class("ground_parts") | word_class("town_parts") | word_class("single_sites")


def _is_road(place: Mention) -> bool:
    return not word_class("roads").isdisjoint(place.expression.lower().split())


def _is_wide(scene: Scene, place: Mention) -> bool:
    """Is it wider than a town, so that what lies in it is a share of it?"""
    known = scene.candidates(place)
    return bool(known) and known[0].level not in (Level.SETTLEMENT, Level.SITE)


def unnamed_in(scene: Scene, start: int, end: int) -> Phrase | None:
    """The ground without a name that a stretch of a sentence tells of, where it names no place."""
    nouns = scene.reading.lexicon.classes["place_nouns"] | word_class("ground_parts") | word_class("vague_ground")
    told = [
        phrase(scene.parse, number)
        for number, piece in enumerate(scene.parse.pieces)
        if piece.role is Role.NP and start <= piece.start < end
    ]
    if any(scene.ground(one) for one in told):
        return None
    grounds = (one for one in told if head(scene.parse, one).lower in nouns and not _is_force(scene, one))
    return next(grounds, None)


def _is_force(scene: Scene, told: Phrase) -> bool:
    """As in "the Liberation Front"."""
    noun = head(scene.parse, told)
    return any(hit.end > noun.start for hit in scene.reading.names.actors.within(told.start, told.end))
