"""Who suffered, in a phrase: are they people, how many, which group, and did they bear arms."""

import re
from collections.abc import Sequence

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Harm, Mention, Status
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.amounts import Amount
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit as Trigger
from tadmor.extraction.frames import Frame, Phrase
from tadmor.extraction.mentions import actors_in, mention
from tadmor.extraction.mentions import words_of as all_words_of
from tadmor.extraction.names import Hit
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, Token, is_name

#: Words after "shot" in which it can be told that nobody died: "shot and wounded", "shot the driver in the leg".
_SHOT_REACH = 8
_AGE, _AGE_AFTER = re.compile(r"\d{1,2}"), re.compile(r",\s\d{1,2},")
#: How many parts a list has, at least.
_SEVERAL = 2


def are_people(scene: Scene, victims: Phrase | None, harm: Harm, base: str) -> bool:
    """Are the victims people? Capturing needs a word for people; killing needs no more than a number."""
    if victims is None:
        return False
    words = _words(scene, victims)
    classes = scene.reading.lexicon.classes
    persons = any(token.lower in classes["person_nouns"] for token in words)
    if persons:
        return not (harm is Harm.CAPTURED and scene.places(victims) and not _heads_person(scene, words))
    if harm in (Harm.CAPTURED, Harm.DISPLACED) or base in ("hold", "eliminate", "hurt"):
        return harm is Harm.DISPLACED and is_counted(scene, victims)
    if is_counted(scene, victims) and not any(token.lower in word_class("things") for token in words):
        return True
    if any(
        token.lower in ("them", "him", "her", "many", "some", "several", "others", "scores", "dozens", "hundreds")
        for token in words
    ):
        return True
    return actors_in(scene.reading, scene.parse, victims) or all(token.tag is Tag.NAME for token in words)


def shot_dead(scene: Scene, hit: Trigger, frame: Frame) -> bool:
    """Are people shot, and not said to be hurt: "shot 20 men", but no "shot at them", "shot and wounded a boy"?"""
    shot = frame.object
    if shot is None or not are_people(scene, shot, Harm.KILLED, "shoot"):
        return False
    near = [token.lower for token in scene.parse.tokens[hit.last : hit.last + _SHOT_REACH]]
    return near[:1] not in (["at"], ["into"], ["from"]) and word_class("hurt").isdisjoint(near)


def _heads_person(scene: Scene, words: Sequence[Token]) -> bool:
    return words[-1].lower in scene.reading.lexicon.classes["person_nouns"]


def _words(scene: Scene, victims: Phrase) -> list[Token]:
    """The phrase's tokens; it may be a part of its piece, as what follows "the deaths of" is."""
    words = all_words_of(scene.parse, victims)
    return [token for token in words if token.start >= victims.start and token.end <= victims.end]


def is_counted(scene: Scene, victims: Phrase) -> bool:
    """Is there a number in the phrase?"""
    return count_of(scene, victims) is not None


def is_one_thing(scene: Scene, phrase: Phrase) -> bool:
    """Does an article alone count it, and no word for a person: "a clinic"?"""
    count = count_of(scene, phrase)
    return count is not None and (count.expression or "").lower() in ("a", "an")


def count_of(scene: Scene, victims: Phrase | None) -> Quantity | None:
    """The number in a phrase; a woman and a commander are one each, a plural without a number is not counted."""
    if victims is None:
        return None
    words = _words(scene, victims)
    if aged := _without_age(scene, words):
        return Quantity(low=1, best=1, high=1, expression=_text(scene, aged))
    hits = [hit for hit in scene.reading.names.amounts.within(victims.start, victims.end) if hit.value.quantity.known]
    plain = [hit for hit in hits if scene.reading.text[hit.start : hit.end].lower() not in ("a", "an")]
    if plain:
        return _with_single_persons(scene, words, plain) or plain[0].value.quantity
    if words[0].lower in ("him", "her", "he", "she"):
        return Quantity(low=1, best=1, high=1, expression=words[0].text)
    return _one(scene, words) or (hits[0].value.quantity if hits else None)


def _without_age(scene: Scene, words: Sequence[Token]) -> Sequence[Token]:
    """The name of "Omar Hassan, 25," or "Omar 25": a number after a person's name is an age; else empty."""
    if all(token.tag is Tag.NAME for token in words) and _AGE_AFTER.match(scene.reading.text, words[-1].end):
        return words
    named = words[:-1]
    is_age = len(words) > 1 and _AGE.fullmatch(words[-1].text) is not None
    return named if is_age and all(token.tag is Tag.NAME for token in named) and not _is_known(scene, named) else ()


def _with_single_persons(scene: Scene, words: Sequence[Token], hits: Sequence[Hit[Amount]]) -> Quantity | None:
    """As in "a woman and her three children": all of them, where each part is one person or has a plain number."""
    parts = _parts(words)
    if len(parts) < _SEVERAL or len(hits) != 1 or sum(_is_one(scene, part) for part in parts) != len(parts) - 1:
        return None
    counted, others = hits[0].value.quantity, len(parts) - 1
    if counted.low is None or counted.low != counted.high:
        return None
    number = counted.low + others
    return Quantity(low=number, best=number, high=number, expression=_text(scene, words))


def _text(scene: Scene, words: Sequence[Token]) -> str:
    return scene.reading.text[words[0].start : words[-1].end]


def _parts(words: Sequence[Token]) -> list[list[Token]]:
    """What "and" joins."""
    parts: list[list[Token]] = [[]]
    for token in words:
        if token.tag is Tag.CONJ:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _one(scene: Scene, words: Sequence[Token]) -> Quantity | None:
    """Single persons: "the brigade's commander", "militia leader Aziz", "a man, a woman and a child", "Omar Hassan"."""
    parts = _parts(words)
    if not all(_is_one(scene, part) for part in parts):
        return None
    number = len(parts)
    return Quantity(low=number, best=number, high=number, expression=_text(scene, words))


def _is_one(scene: Scene, words: Sequence[Token]) -> bool:
    """One person told by a noun for one, with or without a name after it, or by two names and more alone."""
    persons = [at for at, token in enumerate(words) if token.lower in word_class("single_persons")]
    if persons:
        return all(is_name(token.text) for token in words[persons[-1] + 1 :])
    return len(words) > 1 and all(token.tag is Tag.NAME for token in words) and not _is_known(scene, words)


def _is_known(scene: Scene, words: Sequence[Token]) -> bool:
    """Does any of the words belong to a name of the tables, which are of groups, places and weapons?"""
    names = scene.reading.names
    layers = (names.actors, names.places, names.equipment, names.sources)
    return any(True for layer in layers for _ in layer.within(words[0].start, words[-1].end))


def group_of(scene: Scene, victims: Phrase | None) -> Mention | None:
    """The victims as named, without their number."""
    if victims is None:
        return None
    words = [token for token in _words(scene, victims) if token.tag not in (Tag.NUM, Tag.DET) and token.lower != "of"]
    if len(words) > 1 and words[0].lower == "dead":  # "shot dead 20 men"
        words = words[1:]
    if not words:
        return None
    return mention(scene.reading, words[0].start, words[-1].end)


def status_of(scene: Scene, victims: Phrase | None) -> Status:
    """Civilians, combatants, both, or not said, by the nouns for them."""
    if victims is None:
        return Status.UNSTATED
    words = {token.lower for token in _words(scene, victims)}
    classes = scene.reading.lexicon.classes
    civilian, combatant = bool(words & classes["civilian_nouns"]), bool(words & classes["combatant_nouns"])
    if civilian and combatant:
        return Status.MIXED
    if civilian:
        return Status.CIVILIAN
    return Status.COMBATANT if combatant or _bear_arms(scene, victims) else Status.UNSTATED


def _bear_arms(scene: Scene, victims: Phrase) -> bool:
    """Are the victims named as an armed group's or an army's: "400 Houthi dead", "the losses of the 3rd Brigade"?"""
    forces = scene.reading.names.actors.within(victims.start, victims.end)
    return any(hit.value.kind in (ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE) for hit in forces)


def side_of(scene: Scene, end: int) -> Mention | None:
    """Whose people, right after a toll: "180 dead | on | the side of the army", "12 killed in the rebels' ranks"."""
    pieces = scene.parse.pieces
    at = next((number for number, piece in enumerate(pieces) if piece.end == end), len(pieces))
    if at + 2 >= len(pieces) or pieces[at + 2].role is not Role.NP:
        return None
    lead, side = scene.parse.tokens[pieces[at + 1].first].lower, pieces[at + 2]
    nouns = [token for token in scene.parse.words(side) if token.lower in ("side", "ranks")]
    hit = next(scene.reading.names.actors.within(side.start, side.end), None)
    if lead not in ("on", "in", "among", "from") or not nouns or hit is None:
        return None
    return mention(scene.reading, hit.start, side.end if nouns[0].end < hit.start else hit.end)
