"""What ground a claim is about: the object of a verb, place by place, and how much of each is meant."""

from itertools import pairwise

import msgspec

from tadmor.datamodel.claims import Degree, Mention
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, phrase, preposition
from tadmor.extraction.lists import list_from, list_to
from tadmor.extraction.mentions import ANAPHORS, conjuncts, head, is_pronoun, named, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag
from tadmor.extraction.unnamed import Lying, around, is_part, lying, somewhere

#: Prepositions of a place that only says where something else lies.
_PLACING = frozenset({"near", "outside", "around"})


def after_particle(scene: Scene, hit: Hit) -> Phrase | None:
    """The object of a verb with a particle that is a preposition too: "brought in vehicles", "cut off the town"."""
    if hit.last - hit.first < 2 or hit.last >= len(scene.parse.tokens):
        return None
    after = scene.parse.piece_of[hit.last]
    particle = scene.parse.tokens[hit.last - 1].tag in (Tag.PREP, Tag.TO)
    return phrase(scene.parse, after) if particle and scene.parse.pieces[after].role is Role.NP else None


def object_of(scene: Scene, hit: Hit, frame: Frame) -> Phrase | None:
    """The object of a verb, or of a phrase that ends in its own preposition ("took control of X")."""
    if hit.trigger.base.split()[-1] in ("of", "over") and hit.last < len(scene.parse.tokens):
        number = scene.parse.piece_of[hit.last]
        piece = scene.parse.pieces[number]
        if piece.role is Role.NP:
            words = scene.parse.tokens[hit.last : piece.last]
            return Phrase(number=number, start=words[0].start, end=words[-1].end) if words else None
    found = after_particle(scene, hit) or _described(scene, frame)
    return _controlled(scene, found) if found is not None else _antecedent(scene, hit.number)


def _described(scene: Scene, frame: Frame) -> Phrase | None:
    """The object of a verb; of "a town near Alwa besieged by the army" the town, which Alwa only places."""
    found = frame.object
    if found is None or not frame.passive or preposition(scene.parse, found.number) not in _PLACING:
        return found
    before = found.number - 2
    return phrase(scene.parse, before) if before >= 0 and scene.parse.pieces[before].role is Role.NP else found


def _controlled(scene: Scene, target: Phrase) -> Phrase:
    """As in "regained | full control of the city", told by a verb that is no phrase with "control": the city."""
    words = words_of(scene.parse, target)
    at = next(
        (at for at, token in enumerate(words[:-2]) if token.lower == "control" and words[at + 1].lower == "of"), None
    )
    return target if at is None else Phrase(number=target.number, start=words[at + 2].start, end=words[-1].end)


def _antecedent(scene: Scene, number: int) -> Phrase | None:
    """As in "villages they have surrounded", "the farms (which the army had taken": what a clause is about."""
    pieces, at = scene.parse.pieces, number - 1
    while at > 0 and pieces[at].role is Role.VERB:  # "which they claimed to have taken"
        at -= 1
    if at < 1 or pieces[at].role is not Role.NP:
        return None
    at -= 1
    if pieces[at].role is Role.SUB and scene.parse.tokens[pieces[at].first].lower in ("which", "that"):
        at -= 1
        if at >= 0 and scene.parse.tokens[pieces[at].first].text in (",", "("):
            at -= 1
    elif not is_pronoun(scene.parse, phrase(scene.parse, at + 1)):
        return None
    return phrase(scene.parse, at) if at >= 0 and pieces[at].role is Role.NP else None


def is_ground(scene: Scene, target: Phrase | None) -> bool:
    """Is the object ground that one can hold: a named place, a place noun, or a pronoun for one?"""
    if target is None:
        return False
    if scene.places(target):
        return True
    words = words_of(scene.parse, target)
    if len(words) == 1 and words[0].lower in ("part", "place", "control", "shelter", "positions", "position", "ground"):
        return False
    if any(token.lower in word_class("not_ground") for token in words):
        return False
    return any(token.lower in scene.reading.lexicon.classes["place_nouns"] for token in words)


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A place that an object names, for a claim of its own, with the words that name it and how much of it they say."""

    item: Phrase
    place: Mention | None
    degree: Degree


def grounds(scene: Scene, target: Phrase, frame: Frame) -> list[Ground]:
    """The places of an object, each for a claim of its own; a nameless one is where the clause or the story is."""
    items = list_to(scene.parse, target) if target.number < frame.number else list_from(scene.parse, target)
    parts = [part for item in items for part in conjuncts(scene.parse, item)]
    named_ones = [(part, place) for part in parts for place in scene.ground(part)]
    if named_ones:
        inner = [
            (part, place)
            for at, (part, place) in enumerate(named_ones)
            if not (at and (_is_bearing(place) or _lies_in(scene, place, named_ones[at - 1][1])))
        ]
        return [_ground(scene, part, place) for part, place in inner]
    return [_nameless(scene, target, frame)]


def _ground(scene: Scene, item: Phrase, place: Mention) -> Ground:
    """The ground that names a place: the place, or "three districts of" it."""
    degree = _share_of(scene, item)
    if is_part(scene, item, place):
        stands_for, degree = somewhere(scene, item, degree, Lying(place, "of"))
        return Ground(item=item, place=stands_for, degree=degree)
    return Ground(item=item, place=place, degree=degree)


def _nameless(scene: Scene, target: Phrase, frame: Frame) -> Ground:
    """As in "three villages in the north": a part of the place where they are said to lie, never all of it."""
    degree, noun = degree_of(scene, target), head(scene.parse, target).lower
    if noun in word_class("vague_ground"):
        return Ground(item=target, place=None, degree=degree)
    if noun in word_class("single_sites"):
        return Ground(item=target, place=named(scene.reading, scene.parse, target), degree=degree)
    said = lying(scene, target)
    if said is not None:
        place, share = somewhere(scene, target, degree, said)
        # a step in the fight for the town of the story ("most of the city") does not move its record (decision 0004)
        step = said.place.carried and share is Degree.PARTIAL and place == said.place
        return Ground(item=target, place=around(place) if step else place, degree=share)
    there = scene.said_where(frame)
    if there is not None:
        return Ground(item=target, place=there, degree=Degree.PARTIAL)
    return Ground(item=target, place=around(scene.where(frame, objects=False)), degree=degree)


def _lies_in(scene: Scene, place: Mention | None, before: Mention | None) -> bool:
    """Does a place of a list only say where the one before it lies: "Myrne, Luhansk Oblast and Pisky"?"""
    if place is None or before is None or scene.reading.text[: place.start].rstrip()[-1:] != ",":
        return False
    return _is_outer(scene, place) and not _is_outer(scene, before)


def _is_bearing(place: Mention) -> bool:
    """Does it tell where what is named before it lies: "the town of Alwa north of Idlib"?"""
    first, _, rest = place.expression.lower().partition(" ")
    return not place.carried and first in word_class("bearings") and rest.startswith("of ")


def _is_outer(scene: Scene, place: Mention) -> bool:
    """Is it a province by its noun, or a province or country by its longer name?"""
    known = scene.candidates(place)
    words = place.expression.lower().split()
    outer = bool(known) and known[0].level in (Level.PROVINCE, Level.COUNTRY)
    return len(words) > 1 and (outer or ANAPHORS.get(words[-1]) == (Level.PROVINCE,))


def _share_of(scene: Scene, item: Phrase) -> Degree:
    """The degree of a part of a list: of "parts of Syria and Iraq" a share of either."""
    piece = scene.parse.pieces[item.number]
    whole = Phrase(number=item.number, start=piece.start, end=piece.end)
    return degree_of(scene, whole if words_of(scene.parse, item)[0].tag is Tag.NAME else item)


def degree_of(scene: Scene, target: Phrase | None) -> Degree:
    """Is the whole of a place meant, or a share of it, or only its roads?"""
    if target is None:
        return Degree.FULL
    words = words_of(scene.parse, target)
    of = next((at for at, token in enumerate(words) if at and token.lower == "of"), 0)
    first = next((at for at, token in enumerate(words) if token.tag not in (Tag.DET, Tag.NUM)), 0)
    stop = next((at for at, token in enumerate(words) if token.tag in (Tag.NAME, Tag.CONJ)), len(words))
    lead = words[: min(max(of, first + 2), stop)]  # "Alwa and most of the hills" is all of Alwa
    quarter = any(before.lower in ("a", "one") and token.lower == "quarter" for before, token in pairwise(lead))
    share = quarter or any(token.lower in word_class("portions") or token.text.endswith("%") for token in lead)
    roads = head(scene.parse, target).lower in word_class("stretches")
    return Degree.PARTIAL if share or roads else Degree.FULL
