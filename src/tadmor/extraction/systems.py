"""Presence of named weapon systems: a sentence that says they are somewhere gives a claim for each."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import Mention, PresenceClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.equipment import Equipment, EquipmentKind
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.mentions import mention
from tadmor.extraction.names import Hit
from tadmor.extraction.parse import Role
from tadmor.extraction.stance import clause_bounds

#: Prepositions of a means: "with Su-24 jets".
_MEANS = ("by", "with", "using", "from", "via", "against", "of")
#: What is spent in an attack rather than stationed.
_SPENT = frozenset(
    [
        EquipmentKind.BOMB,
        EquipmentKind.MINE,
        EquipmentKind.SMALL_ARMS,
        EquipmentKind.MORTAR,
        EquipmentKind.AIR_MISSILE,
        EquipmentKind.ANTI_TANK,
    ]
)
#: Sentences back that a definite word for a kind of weapon reaches.
_BACK = 2


def system_claims(scene: Scene) -> Iterator[PresenceClaim]:
    """One claim for each named system that does not act, is not acted on, and is no means of an act."""
    sentence = scene.reading.sentences[scene.number]
    hits = [hit for hit in scene.reading.names.equipment.within(sentence.start, sentence.end) if _is_system(hit)]
    acting = _acting(scene) if hits else set()
    for hit in hits:
        number = next(n for n, piece in enumerate(scene.parse.pieces) if piece.end > hit.start)
        piece = scene.parse.pieces[number]
        if (
            piece.role is not Role.NP
            or number in acting
            or preposition(scene.parse, number) in _MEANS
            or _lost(scene, number)
        ):
            continue
        yield _claim(scene, number, hit)
    yield from _told_again(scene)


def _told_again(scene: Scene) -> Iterator[PresenceClaim]:
    """Systems that a definite word for their kind points back to: "the gunships at Hmeimim" after two types."""
    sentence, names = scene.reading.sentences[scene.number], scene.reading.names.equipment
    earlier = scene.reading.sentences[max(scene.number - _BACK, 0)].start
    for hit in names.within(sentence.start, sentence.end):
        number = next(n for n, piece in enumerate(scene.parse.pieces) if piece.end > hit.start)
        piece = scene.parse.pieces[number]
        definite = scene.parse.tokens[piece.first].lower in ("the", "these", "those", "both")
        if not hit.value.generic or not definite or piece.role is not Role.NP or hit.end < piece.end:
            continue
        place = _listed(scene, number)
        if place is None or place.carried or _lost(scene, number):
            continue
        told = {one.value.id: one for one in names.within(earlier, sentence.start) if _is_of_kind(one, hit)}
        for one in told.values():
            yield PresenceClaim(
                **scene.common(number, piece.start, piece.end, hit.start),
                actor=owner(scene, phrase(scene.parse, number)),
                what=msgspec.structs.replace(mention(scene.reading, one.start, one.end), carried=True),
                equipment=one.value.id,
                count=None,
                place=place,
            )


def _is_of_kind(one: Hit[Equipment], kind: Hit[Equipment]) -> bool:
    return _is_system(one) and one.value.kind is kind.value.kind


def _claim(scene: Scene, number: int, hit: Hit[Equipment]) -> PresenceClaim:
    thing = Phrase(number=number, start=_start(scene, number, hit), end=hit.end)
    frame = Frame(number=number, phrases=noun_frame(scene.parse, number).phrases)
    return PresenceClaim(
        **scene.common(number, hit.start, hit.end, hit.start),
        actor=owner(scene, thing),
        what=mention(scene.reading, hit.start, hit.end),
        equipment=hit.value.id,
        count=count_of(scene, thing),
        place=_place(scene, frame),
    )


def count_of(scene: Scene, thing: Phrase) -> Quantity | None:
    """How many a phrase says: "a task force of 12-15 warships" twelve to fifteen; "82A" of a designation no number."""
    article = None
    for hit in scene.reading.names.amounts.within(thing.start, thing.end):
        if not hit.value.quantity.known or in_designation(scene, hit.start, hit.end):
            continue
        if scene.reading.text[hit.start : hit.end].lower() not in ("a", "an"):
            return hit.value.quantity
        article = hit.value.quantity if hit.value.quantity.high == 1 else None
    return article


def in_designation(scene: Scene, start: int, end: int) -> bool:
    """Do the words stand inside a weapon's name? They are then no number and no place."""
    reach = 60  # characters: longer than any name of the equipment tables
    hits = scene.reading.names.equipment.within(max(start - reach, 0), end + reach)
    return any(hit.start <= start and end <= hit.end and not hit.value.generic for hit in hits)


def _start(scene: Scene, number: int, hit: Hit[Equipment]) -> int:
    """Where the system's own words begin in a list of several."""
    piece = scene.parse.pieces[number]
    others = [other.end for other in scene.reading.names.equipment.within(piece.start, hit.start)]
    return max([piece.start, *others])


def _is_system(hit: Hit[Equipment]) -> bool:
    return not hit.value.generic and hit.value.kind not in _SPENT


def owner(scene: Scene, thing: Phrase) -> Mention | None:
    """Whose a thing is: the actor named with it, else the nearest named before it in the sentence."""
    sentence = scene.reading.sentences[scene.number]
    hits = [hit for hit in scene.reading.names.actors.within(sentence.start, sentence.end) if _is_owner(scene, hit)]
    own = [hit for hit in hits if thing.start <= hit.start and hit.end <= thing.end]
    before = [hit for hit in hits if hit.end <= thing.start]
    found = (own or before[-1:] or hits[:1])[:1]
    if found:
        return mention(scene.reading, found[0].start, found[0].end)
    told = scene.focus.actor(scene.number)
    return told if told is not None and any(character.isupper() for character in told.expression) else None


def _is_owner(scene: Scene, hit: Hit[Actor]) -> bool:
    """A name with a capital that is no weapon's: "air-defence" and "gunships" own nothing."""
    words = scene.reading.text[hit.start : hit.end]
    weapons = scene.reading.names.equipment.within(hit.start, hit.end)
    return any(character.isupper() for character in words) and next(weapons, None) is None


def _place(scene: Scene, frame: Frame) -> Mention | None:
    """Where the sentence or the story is set; a weapon called after a place is none."""
    told = scene.where(frame, objects=False), _listed(scene, frame.number), scene.nearby(frame)
    return next((place for place in told if place and not in_designation(scene, place.start, place.end)), None)


def _listed(scene: Scene, number: int) -> Mention | None:
    """The place of the sentence's last locative phrase: a list is followed by where it stands."""
    for at in range(len(scene.parse.pieces) - 1, number, -1):
        prep = preposition(scene.parse, at)
        if scene.parse.pieces[at].role is Role.NP and prep in ("in", "at", "near", "off", "on"):
            places = scene.places(phrase(scene.parse, at, prep))
            if places:
                return places[0]
    return None


def _lost(scene: Scene, number: int) -> bool:
    """Does the clause tell of a loss? What is shot down or burnt out is there no longer."""
    start, end = clause_bounds(scene.parse, number)
    pieces = scene.parse.pieces
    return any(
        hit.trigger.subtype == "destruction" and start <= pieces[hit.number].start < end
        for hit in scene.reading.hits(scene.number, "event")
    )


def _acting(scene: Scene) -> set[int]:
    """Phrases that act or are acted on in the sentence's violence."""
    frames = [
        verb_frame(scene.parse, hit.number)
        for hit in scene.reading.hits(scene.number, "event")
        if scene.parse.pieces[hit.number].role is Role.VERB
    ]
    return {part.number for frame in frames for part in (frame.subject, frame.object) if part is not None}
