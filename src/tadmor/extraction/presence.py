"""Presence claims: forces or equipment at a place, or the size of a force."""

from collections.abc import Iterator

from tadmor.datamodel.claims import Claim, Mention, PresenceClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.mentions import actors_in, mention, named, words_of
from tadmor.extraction.parse import Role


def presence_claims(scene: Scene) -> Iterator[Claim]:
    """All presence claims of one sentence."""
    for hit in scene.reading.hits(scene.number, "presence"):
        claim = _nominal(scene, hit) if hit.trigger.part == "noun" else _stationed(scene, hit)
        if claim is not None:
            yield claim
    yield from _local(scene)
    yield from _equipment(scene)


#: Prepositions that put a force somewhere: "its forces in the Kharkiv Oblast".
_AT = ("in", "at", "near", "inside", "around", "along", "across", "outside")


def _local(scene: Scene) -> Iterator[Claim]:
    """A force followed by where it is, outside the arguments of an act."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP or not _is_force(scene, number) or _acted_on(scene, number):
            continue
        following = scene.parse.pieces[number + 1 : number + 3]
        if len(following) < 2 or following[0].role is not Role.PREP or following[1].role is not Role.NP:
            continue
        prep = scene.parse.tokens[following[0].first].lower
        local = phrase(scene.parse, number + 2, prep)
        places = scene.places(local) if prep in _AT else []
        if places:
            thing = phrase(scene.parse, number)
            yield _claim(scene, number, thing, None, places[0], (thing, local))


def _is_force(scene: Scene, number: int) -> bool:
    """Does the phrase end in a word for armed people, units or what they use?"""
    last = scene.parse.words(scene.parse.pieces[number])[-1]
    return last.lower in word_class("armed") or any(
        hit.end >= last.end for hit in scene.reading.names.equipment.within(last.start, last.end + 1)
    )


def _acted_on(scene: Scene, number: int) -> bool:
    """Is the phrase an argument of a violent act or a movement?"""
    before = scene.parse.before(number)
    if before is not None and before.role is Role.VERB:
        return True
    if (
        before is not None
        and before.role is Role.PREP
        and scene.parse.tokens[before.first].lower
        in ("on", "against", "by", "from", "at", "with", "between", "targeting")
    ):
        return True
    after = scene.parse.pieces[number + 3] if number + 3 < len(scene.parse.pieces) else None
    return after is not None and after.role is Role.VERB and scene.parse.main(after).base in word_class("acting")


def _stationed(scene: Scene, hit: Hit) -> PresenceClaim | None:
    """As in "Fighters positioned in Binnish", "troops are stationed at", "has deployed S-400 systems"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    if piece.role is not Role.VERB:
        return None
    active = hit.trigger.part == "verb"
    frame = verb_frame(scene.parse, number)
    thing = frame.object if active and not frame.passive else (frame.object or frame.subject or _left(scene, number))
    if thing is None or not _force(scene, thing):
        return None
    local = frame.with_prep(
        "in", "at", "near", "on", "inside", "around", "outside", "within", "along", "across", "close"
    )
    places = scene.places(local)
    if not places:
        return None
    return _claim(
        scene, number, thing, frame.subject if active and not frame.passive else frame.agent, places[0], (thing, local)
    )


def _left(scene: Scene, number: int) -> Phrase | None:
    for at in range(number - 1, max(number - 4, -1), -1):
        if scene.parse.pieces[at].role is Role.NP:
            return phrase(scene.parse, at)
    return None


def _force(scene: Scene, thing: Phrase) -> bool:
    words = words_of(scene.parse, thing)
    if any(token.lower in scene.reading.lexicon.classes["force_nouns"] for token in words):
        return True
    if any(True for _ in scene.reading.names.equipment.within(thing.start, thing.end)):
        return True
    return actors_in(scene.reading, scene.parse, thing)


def _claim(
    scene: Scene,
    number: int,
    thing: Phrase,
    owner: Phrase | None,
    place: Mention | None,
    parts: tuple[Phrase | None, ...],
) -> PresenceClaim:
    start, end = scene.passage(number, parts)
    equipment = next(scene.reading.names.equipment.within(thing.start, thing.end), None)
    actor = scene.actor(owner) if owner is not None else None
    own = next(scene.reading.names.actors.within(thing.start, thing.end), None)
    if actor is None and own is not None:
        actor = mention(scene.reading, own.start, own.end)
    return PresenceClaim(
        **scene.common(number, start, end, scene.parse.pieces[number].start),
        actor=actor,
        what=named(scene.reading, scene.parse, thing) or scene.actor(thing),
        equipment=equipment.value.id if equipment is not None else None,
        count=_count(scene, thing),
        place=place,
    )


def _nominal(scene: Scene, hit: Hit) -> PresenceClaim | None:
    """As in "Its positions in Hanano", "a Russian military base near", "the presence of fighters in"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    if hit.trigger.base in (
        "base",
        "bases",
        "positions",
        "camp",
        "headquarters",
        "checkpoint",
        "checkpoints",
        "garrison",
        "outpost",
        "military base",
        "task force",
        "fleet",
        "presence",
    ):
        words = scene.parse.words(piece)
        own = next(scene.reading.names.actors.within(piece.start, piece.end), None)
        frame = noun_frame(scene.parse, number)
        local = frame.with_prep("in", "at", "near", "on", "inside", "around", "outside", "south", "of")
        places = scene.places(local)
        targeted = preposition(scene.parse, number) in ("on", "against", "at", "of") or _is_object(scene, number)
        if own is None or not places or targeted or len(words) < 2:
            return None
        thing = Phrase(number=number, start=piece.start, end=piece.end)
        return _claim(scene, number, thing, None, places[0], (thing, local))
    return None


def _is_object(scene: Scene, number: int) -> bool:
    """Is the phrase what a verb acts on? A position that is hit is no presence of its own."""
    before = scene.parse.before(number)
    return before is not None and before.role is Role.VERB


def _equipment(scene: Scene) -> Iterator[Claim]:
    """Named systems in a sentence that says they are somewhere: one claim each."""
    sentence = scene.reading.sentences[scene.number]
    named_systems = [
        hit
        for hit in scene.reading.names.equipment.within(sentence.start, sentence.end)
        if not getattr(hit.value, "generic", False)
    ]
    if not named_systems:
        return
    acting = _acting(scene)
    owner = next((hit for hit in scene.reading.names.actors.within(sentence.start, sentence.end)), None)
    for hit in named_systems:
        number = next(n for n, piece in enumerate(scene.parse.pieces) if piece.end > hit.start)
        piece = scene.parse.pieces[number]
        if piece.role is not Role.NP or number in acting or preposition(scene.parse, number) in _MEANS:
            continue
        frame = Frame(number=number, phrases=noun_frame(scene.parse, number).phrases)
        place = scene.where(frame, objects=False)
        yield PresenceClaim(
            **scene.common(number, hit.start, hit.end, hit.start),
            actor=mention(scene.reading, owner.start, owner.end) if owner is not None else None,
            what=mention(scene.reading, hit.start, hit.end),
            equipment=hit.value.id,
            count=_count(scene, Phrase(number=number, start=piece.start, end=hit.end)),
            place=place,
        )


#: Prepositions of a means: "with Su-24 jets".
_MEANS = ("by", "with", "using", "from", "via", "against")


def _acting(scene: Scene) -> set[int]:
    """Phrases that act or are acted on in the sentence's violence."""
    frames = [
        verb_frame(scene.parse, hit.number)
        for hit in scene.reading.hits(scene.number, "event")
        if scene.parse.pieces[hit.number].role is Role.VERB
    ]
    return {part.number for frame in frames for part in (frame.subject, frame.object) if part is not None}


def _count(scene: Scene, thing: Phrase) -> Quantity | None:
    hit = next((h for h in scene.reading.names.amounts.within(thing.start, thing.end) if h.value.quantity.known), None)
    if hit is None or (scene.reading.text[hit.start : hit.end].lower() in ("a", "an") and hit.value.quantity.high != 1):
        return None
    return hit.value.quantity
