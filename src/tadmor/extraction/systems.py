"""Presence of named weapon systems: a sentence that says they are somewhere gives a claim for each."""

from collections.abc import Iterator

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import Mention, PresenceClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.equipment import Equipment, EquipmentKind
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Frame, Phrase, noun_frame, preposition, verb_frame
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


def _claim(scene: Scene, number: int, hit: Hit[Equipment]) -> PresenceClaim:
    thing = Phrase(number=number, start=scene.parse.pieces[number].start, end=hit.end)
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
    """How many a phrase says; an article alone counts only where it can mean one."""
    hit = next((h for h in scene.reading.names.amounts.within(thing.start, thing.end) if h.value.quantity.known), None)
    if hit is None or (scene.reading.text[hit.start : hit.end].lower() in ("a", "an") and hit.value.quantity.high != 1):
        return None
    return hit.value.quantity


def _is_system(hit: Hit[Equipment]) -> bool:
    return not hit.value.generic and hit.value.kind not in _SPENT


def owner(scene: Scene, thing: Phrase) -> Mention | None:
    """Whose a thing is: the actor named with it, else the nearest named before it in the sentence."""
    sentence = scene.reading.sentences[scene.number]
    hits = [hit for hit in scene.reading.names.actors.within(sentence.start, sentence.end) if _is_owner(scene, hit)]
    own = [hit for hit in hits if thing.start <= hit.start and hit.end <= thing.end]
    before = [hit for hit in hits if hit.end <= thing.start]
    found = (own or before[-1:] or hits[:1])[:1]
    return mention(scene.reading, found[0].start, found[0].end) if found else scene.focus.actor(scene.number)


def _is_owner(scene: Scene, hit: Hit[Actor]) -> bool:
    """A name with a capital that is no weapon's: "air-defence" and "gunships" own nothing."""
    words = scene.reading.text[hit.start : hit.end]
    weapons = scene.reading.names.equipment.within(hit.start, hit.end)
    return any(character.isupper() for character in words) and not any(True for _ in weapons)


def _place(scene: Scene, frame: Frame) -> Mention | None:
    place = scene.where(frame, objects=False)
    if place is not None and any(True for _ in scene.reading.names.equipment.within(place.start, place.end)):
        return scene.nearby(frame)
    return place


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
