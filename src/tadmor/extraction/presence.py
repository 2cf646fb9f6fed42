"""Presence claims: forces or equipment at a place, or the size of a force."""

from collections.abc import Iterator
from itertools import chain

from tadmor.datamodel.claims import Claim, PresenceClaim
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.forces import AT, HIT, armed, is_force, is_ground, is_object, presence_of
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.mentions import head, is_pronoun, words_of
from tadmor.extraction.parse import Piece, Role
from tadmor.extraction.stance import clause_bounds
from tadmor.extraction.systems import count_of, system_claims
from tadmor.extraction.tokens import Tag
from tadmor.extraction.works import built, composed, kept, used

_UNITS = frozenset(["artillery", "battalions", "battalion", "commandos", "warships", "ships", "groups", "elements"])
#: A size is told from so many on: fewer are a patrol. On the training texts 5 gave the same, 100 a little less.
_FEW = 20


def presence_claims(scene: Scene) -> Iterator[Claim]:
    """All presence claims of one sentence, one for each thing."""
    seen: set[tuple[int, str]] = set()
    finders = (_triggered, _stated, built, used, _local, _sized, composed, system_claims)
    for claim in chain.from_iterable(finder(scene) for finder in finders):
        place = claim.place.expression if claim.place is not None else ""
        key = (claim.what.start if claim.what is not None else claim.start, place)
        if key not in seen and not any(start == key[0] and not place for start, _ in seen):
            seen.add(key)
            yield claim


def _triggered(scene: Scene) -> Iterator[PresenceClaim]:
    for hit in scene.reading.hits(scene.number, "presence"):
        yield from kept(scene, hit) if hit.trigger.part == "noun" else _stationed(scene, hit)


def _local(scene: Scene) -> Iterator[PresenceClaim]:
    """A force followed by where it is, outside the arguments of an act: "rebels in Idlib"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP or not is_force(scene, number) or _acted_on(scene, number):
            continue
        local = _after(scene, number)
        places = scene.places(local) if local is not None else []
        if places:
            thing = phrase(scene.parse, number)
            yield presence_of(scene, number, thing, None, places[0], (thing, local))


def _after(scene: Scene, number: int) -> Phrase | None:
    """The locative phrase right after a piece."""
    following = scene.parse.pieces[number + 1 : number + 3]
    if len(following) < 2 or following[0].role is not Role.PREP or following[1].role is not Role.NP:
        return None
    prep = scene.parse.tokens[following[0].first].lower
    return phrase(scene.parse, number + 2, prep) if prep in AT and prep != "on" else None


def _acted_on(scene: Scene, number: int) -> bool:
    """Is the phrase an argument of a violent act or a movement?"""
    if is_object(scene, number):
        return True
    if preposition(scene.parse, number) in HIT:
        return True
    after = scene.parse.pieces[number + 3] if number + 3 < len(scene.parse.pieces) else None
    return after is not None and after.role is Role.VERB and scene.parse.main(after).base in word_class("acting")


def _stationed(scene: Scene, hit: Hit) -> Iterator[PresenceClaim]:
    """As in "Fighters positioned in Binnish", "troops are stationed at", "has deployed S-400 systems"."""
    number = hit.number
    if scene.parse.pieces[number].role is not Role.VERB:
        return
    frame = verb_frame(scene.parse, number)
    thing, holder = _stood(scene, hit, frame)
    if thing is None or not (armed(scene, thing) or is_pronoun(scene.parse, thing)) or _civil(scene, thing):
        return
    if hit.trigger.base in ("remain", "maintain") and not is_force(scene, thing.number):
        return
    local = frame.with_prep(*AT, "close")
    places = scene.places(local)
    place = places[0] if places else None
    if place is None and frame.object is not None and hit.trigger.base == "patrol":
        place = next(iter(scene.places(frame.object)), None)
    on_ground = local is not None and is_ground(scene, local) and is_force(scene, thing.number)
    if place is None and (on_ground or hit.trigger.base in ("patrol", "deploy", "station", "dig in", "garrison")):
        place = scene.where(frame)
    if place is not None:
        yield presence_of(scene, number, thing, holder, place, (thing, local if places else None))


def _civil(scene: Scene, thing: Phrase) -> bool:
    noun = head(scene.parse, thing).lower
    return noun in scene.reading.lexicon.classes["civilian_nouns"] | {"people"} or (
        noun == "group" and any(word.lower == "civilians" for word in words_of(scene.parse, thing))
    )


def _stood(scene: Scene, hit: Hit, frame: Frame) -> tuple[Phrase | None, Phrase | None]:
    """What is stationed, and by whom."""
    if hit.trigger.part == "verb" and not frame.passive:
        if frame.object is not None and armed(scene, frame.object):
            return frame.object, frame.subject
        return frame.subject, None
    return (frame.object or frame.subject or _left(scene, frame.number)), frame.agent


def _left(scene: Scene, number: int) -> Phrase | None:
    for at in range(number - 1, max(number - 4, -1), -1):
        if scene.parse.pieces[at].role is Role.NP:
            return phrase(scene.parse, at)
    return None


def _stated(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "Russian forces were 19 miles from Kyiv", "there are no rebels there", "troops were in the city"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB or scene.parse.main(piece).lower not in (
            "is",
            "are",
            "was",
            "were",
            "been",
            "be",
        ):
            continue
        frame = verb_frame(scene.parse, number)
        thing = _there(scene, number) or frame.subject
        if thing is None or not is_force(scene, thing.number):
            continue
        local = next((item for item in frame.phrases[:2] if item.prep in AT or item.prep == "from"), None)
        if local is None or not _near_by(scene, number, local) or not is_ground(scene, local):
            continue
        places = scene.places(local)
        place = places[0] if places else None
        if place is None:
            place = scene.where(frame)
        if place is not None:
            yield presence_of(scene, number, thing, None, place, (thing, local))


def _there(scene: Scene, number: int) -> Phrase | None:
    """What "there are" says to be there."""
    before, after = scene.parse.before(number), scene.parse.after(number)
    if (
        before is None
        or scene.parse.tokens[before.first].lower != "there"
        or after is None
        or after.role is not Role.NP
    ):
        return None
    return phrase(scene.parse, number + 1)


def _near_by(scene: Scene, number: int, local: Phrase) -> bool:
    """Does the local phrase go with the verb, with no more than adverbs, a distance or what is there between?"""
    between = scene.parse.pieces[number + 1 : local.number - 1]
    return all(
        piece.role in (Role.OTHER, Role.TIME)
        or (piece.role is Role.NP and (_there(scene, number) is not None or _tells(scene, piece)))
        for piece in between
    )


def _tells(scene: Scene, piece: Piece) -> bool:
    """A distance ("19 miles from Kyiv") or a word for being there ("present in")."""
    first = scene.parse.tokens[piece.first]
    return first.tag is Tag.NUM or first.lower in ("present", "active", "able", "close")


def _sized(scene: Scene) -> Iterator[PresenceClaim]:
    """A number of armed people or vehicles that no act kills, wounds, takes or moves: "at least 4,000 militants"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP or not is_force(scene, number) or preposition(scene.parse, number) in HIT:
            continue
        thing = phrase(scene.parse, number)
        count, words = count_of(scene, thing), scene.parse.words(piece)
        if count is None or (count.low or count.high or 0) < _FEW:
            continue
        if _counted_otherwise(scene, number) and not _apposed(scene, number):
            continue
        if is_object(scene, number):
            continue
        if not any(word.lower in scene.reading.lexicon.classes["combatant_nouns"] | _UNITS for word in words):
            continue
        frame = Frame(number=number, phrases=noun_frame(scene.parse, number).phrases)
        yield presence_of(scene, number, thing, None, scene.where(frame, objects=False), (thing,))


def _apposed(scene: Scene, number: int) -> bool:
    """As in "with considerable force, at least 4,000 militants": after a comma, and no verb's subject."""
    before, after = scene.parse.before(number), scene.parse.after(number)
    comma = before is not None and scene.parse.tokens[before.first].text == ","
    return comma and (after is None or after.role is not Role.VERB)


def _counted_otherwise(scene: Scene, number: int) -> bool:
    """Does the clause kill, wound, take or move: is the number a toll or a movement's?"""
    start, end = clause_bounds(scene.parse, number)
    pieces = scene.parse.pieces
    hits = chain.from_iterable(scene.reading.hits(scene.number, kind) for kind in ("toll", "movement"))
    return any(start <= pieces[hit.number].start < end for hit in hits)
