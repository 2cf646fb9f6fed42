"""Movement claims: forces, people or equipment going, arriving, leaving, advancing, withdrawing, evacuated."""

from collections.abc import Iterator

from tadmor.datamodel.claims import Claim, Mention, MovementClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.spans import Span
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, noun_frame, verb_frame
from tadmor.extraction.mentions import actors_in, mention, named, words_of
from tadmor.extraction.tokens import Tag

_TO = (
    "to",
    "into",
    "in",
    "towards",
    "toward",
    "on",
    "at",
    "onto",
    "within",
    "through",
    "against",
    "near",
    "across",
    "inside",
)
_FROM = ("from", "of", "off")


def movement_claims(scene: Scene) -> Iterator[Claim]:
    """All movement claims of one sentence."""
    for hit in scene.reading.hits(scene.number, "movement"):
        claim = _verbal(scene, hit) if hit.trigger.part == "verb" else _nominal(scene, hit)
        if claim is not None:
            yield claim


def _verbal(scene: Scene, hit: Hit) -> MovementClaim | None:
    frame = verb_frame(scene.parse, hit.number)
    match hit.trigger.subtype:
        case "go" | "arrive" | "leave":
            mover = frame.object if frame.passive else frame.subject
            if hit.trigger.base == "evacuate" and frame.object is not None and not scene.places(frame.object):
                mover = frame.object
        case "carry":
            mover = frame.object
        case _:
            mover = frame.object
            if mover is None or not actors_in(scene.reading, scene.parse, mover):
                return None
    if mover is None or not _moves(scene, mover):
        return None
    origin, destination = _ends(scene, hit, frame)
    if (
        origin is None
        and destination is None
        and hit.trigger.base not in ("advance", "withdraw", "retreat", "evacuate", "flee", "repel")
    ):
        return None
    start, end = scene.passage(hit.number, (mover, *(item for item in frame.phrases[:3] if item.prep in _TO + _FROM)))
    return _claim(scene, hit, frame, mover, (origin, destination), Span(start, end))


def _claim(
    scene: Scene, hit: Hit, frame: Frame, mover: Phrase, ends: tuple[Mention | None, Mention | None], span: Span
) -> MovementClaim:
    origin, destination = ends
    actor = scene.actor(mover)
    if actor is not None and not actor.carried:
        scene.focus.see_actor(actor, scene.number)
    sender = scene.actor(frame.subject) if hit.trigger.subtype == "carry" and frame.subject is not None else None
    place = destination or origin
    if place is None:
        place = scene.where(frame)
    return MovementClaim(
        **scene.common(hit.number, span.start, span.end, scene.parse.tokens[hit.first].start),
        actor=sender or actor,
        what=named(scene.reading, scene.parse, mover) or actor,
        origin=origin,
        destination=destination,
        count=_count(scene, mover),
        place=place,
    )


def _moves(scene: Scene, mover: Phrase) -> bool:
    """Can the phrase move: forces, people, vehicles, or a pronoun for them?"""
    words = words_of(scene.parse, mover)
    classes = scene.reading.lexicon.classes
    if len(words) == 1 and words[0].tag is Tag.PRON:
        return (
            words[0].lower in ("they", "them", "who", "which", "that") and scene.focus.actor(scene.number) is not None
        )
    if any(token.lower in classes["person_nouns"] | classes["force_nouns"] | word_class("movers") for token in words):
        return True
    if any(True for _ in scene.reading.names.equipment.within(mover.start, mover.end)):
        return True
    return any(True for _ in scene.reading.names.actors.within(mover.start, mover.end))


def _ends(scene: Scene, hit: Hit, frame: Frame) -> tuple[Mention | None, Mention | None]:
    """Where from and where to."""
    origin = destination = None
    if hit.trigger.subtype in ("arrive", "leave") and frame.object is not None and not frame.passive:
        found = scene.places(frame.object)
        if found and hit.trigger.subtype == "arrive":
            destination = found[0]
        elif found:
            origin = found[0]
    for item in frame.phrases:
        found = scene.places(item)
        if not found:
            continue
        if item.prep in _FROM and origin is None:
            origin = found[0]
        elif (item.prep in _TO and destination is None and item.prep not in ("in", "at", "near")) or (
            item.prep in ("in", "at", "near")
            and destination is None
            and hit.trigger.subtype in ("go", "arrive", "carry")
        ):
            destination = found[0]
    return origin, destination


def _nominal(scene: Scene, hit: Hit) -> MovementClaim | None:
    """As in "The withdrawal of Russian forces from Syria", "the army's advance towards"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    frame = noun_frame(scene.parse, number)
    inside = scene.parse.tokens[hit.last : piece.last]
    before = [token for token in scene.parse.tokens[piece.first : hit.first] if token.tag is not Tag.DET]
    mover = None
    if len(inside) > 1 and inside[0].lower == "of":
        mover = Phrase(number=number, start=inside[1].start, end=piece.end)
    elif before:
        mover = Phrase(number=number, start=before[0].start, end=before[-1].end)
    if hit.trigger.base == "reinforcements":
        mover = Phrase(number=number, start=piece.start, end=piece.end)
    if mover is None or not (actors_in(scene.reading, scene.parse, mover) or hit.trigger.base == "evacuation"):
        return None
    origin, destination = _ends(scene, hit, frame)
    if origin is None and destination is None:
        return None
    end = max([piece.end, *(item.end for item in frame.phrases[:2])])
    actor = mention(scene.reading, mover.start, mover.end)
    return MovementClaim(
        **scene.common(number, piece.start, end, piece.start),
        actor=actor,
        what=actor,
        origin=origin,
        destination=destination,
        count=_count(scene, mover),
        place=destination or origin,
    )


def _count(scene: Scene, mover: Phrase) -> Quantity | None:
    hit = next((h for h in scene.reading.names.amounts.within(mover.start, mover.end) if h.value.quantity.known), None)
    return hit.value.quantity if hit is not None else None
