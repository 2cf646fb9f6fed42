"""Presence claims: forces or equipment at a place, or the size of a force."""

from collections.abc import Iterator
from itertools import chain

from tadmor.datamodel.claims import Claim, Mention, PresenceClaim
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.mentions import actors_in, head, is_pronoun, mention, named, words_of
from tadmor.extraction.parse import Piece, Role
from tadmor.extraction.stance import clause_bounds
from tadmor.extraction.systems import count_of, owner, system_claims
from tadmor.extraction.tokens import Tag

#: Prepositions that put a force somewhere: "its forces in the Kharkiv Oblast".
_AT = ("in", "at", "near", "inside", "around", "along", "across", "outside", "within", "throughout", "on", "between")
#: Prepositions before what an act hits.
_HIT = ("on", "against", "targeting", "at", "of", "to", "with", "between", "by", "from", "near")
#: Nouns of ground that are no place nouns of their own.
_LOCAL = frozenset(
    [
        "kilometers",
        "kilometres",
        "km",
        "miles",
        "metres",
        "meters",
        "range",
        "vicinity",
        "east",
        "west",
        "north",
        "south",
    ]
)
_BUILDING = frozenset(
    ["set", "establish", "build", "construct", "form", "create", "have", "man", "maintain", "erect", "dig"]
)
#: Words of a phrase about an act or a picture of forces rather than about them.
_NOT_FORCE = frozenset(
    ["airstrikes", "bombing", "clashes", "drop", "footage", "fire", "member", "shelling", "strikes", "victory", "video"]
)
_COMPOSING = frozenset(
    [
        "composed",
        "consisted",
        "consisting",
        "consists",
        "made",
        "comprised",
        "supported",
        "assisted",
        "reinforced",
        "joined",
    ]
)
_UNITS = frozenset(["artillery", "battalions", "battalion", "commandos", "warships", "ships", "groups", "elements"])
#: A size is told from so many on: fewer are a patrol or a crew. (20, 50 and 100 gave the same on the training texts.)
_FEW = 20
_HOMES = frozenset(["home", "haven", "hub", "host", "sanctuary", "refuge"])
#: Nouns that say a presence without saying where.
_BARE = ("presence", "buildup", "build-up", "contingent", "task force", "foothold")
_WORKS = frozenset(
    [
        "base",
        "bases",
        "barracks",
        "bridge",
        "bridgehead",
        "bridgeheads",
        "bridges",
        "camp",
        "camps",
        "checkpoint",
        "checkpoints",
        "fortifications",
        "garrison",
        "headquarters",
        "line",
        "lines",
        "outpost",
        "outposts",
        "position",
        "positions",
        "presence",
        "roadblock",
        "roadblocks",
        "room",
        "trenches",
    ]
)


def presence_claims(scene: Scene) -> Iterator[Claim]:
    """All presence claims of one sentence, one for each thing."""
    seen: set[tuple[int, str]] = set()
    finders = (_triggered, _stated, _built, _used, _local, _sized, _composed, system_claims)
    for claim in chain.from_iterable(finder(scene) for finder in finders):
        place = claim.place.expression if claim.place is not None else ""
        key = (claim.what.start if claim.what is not None else claim.start, place)
        if key not in seen and not any(start == key[0] and not place for start, _ in seen):
            seen.add(key)
            yield claim


def _triggered(scene: Scene) -> Iterator[PresenceClaim]:
    for hit in scene.reading.hits(scene.number, "presence"):
        yield from _nominal(scene, hit) if hit.trigger.part == "noun" else _stationed(scene, hit)


# Forces somewhere by a phrase alone


def _local(scene: Scene) -> Iterator[PresenceClaim]:
    """A force followed by where it is, outside the arguments of an act: "rebels in Idlib"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP or not _is_force(scene, number) or _acted_on(scene, number):
            continue
        local = _after(scene, number)
        places = scene.places(local) if local is not None else []
        if places:
            thing = phrase(scene.parse, number)
            yield _claim(scene, number, thing, None, places[0], (thing, local))


def _after(scene: Scene, number: int) -> Phrase | None:
    """The locative phrase right after a piece."""
    following = scene.parse.pieces[number + 1 : number + 3]
    if len(following) < 2 or following[0].role is not Role.PREP or following[1].role is not Role.NP:
        return None
    prep = scene.parse.tokens[following[0].first].lower
    return phrase(scene.parse, number + 2, prep) if prep in _AT and prep != "on" else None


def _is_force(scene: Scene, number: int) -> bool:
    """Is the phrase about armed people, units or what they use?"""
    found = phrase(scene.parse, number)
    words = words_of(scene.parse, found)
    last = words[-1]
    if any(word.lower in _NOT_FORCE for word in words):
        return False
    if {head(scene.parse, found).lower, last.lower} & word_class("armed"):
        return True
    names = scene.reading.names.equipment
    return any(hit.end >= last.end for hit in names.within(last.start, last.end + 1))


def _acted_on(scene: Scene, number: int) -> bool:
    """Is the phrase an argument of a violent act or a movement?"""
    before = scene.parse.before(number)
    if before is not None and before.role is Role.VERB and _is_act(scene, number - 1):
        return True
    if preposition(scene.parse, number) in _HIT:
        return True
    after = scene.parse.pieces[number + 3] if number + 3 < len(scene.parse.pieces) else None
    return after is not None and after.role is Role.VERB and scene.parse.main(after).base in word_class("acting")


def _is_act(scene: Scene, number: int) -> bool:
    """Does the verb group carry a violent act, a harm, or a movement?"""
    if scene.parse.main(scene.parse.pieces[number]).base == "lose":
        return True
    kinds = ("event", "toll", "movement", "control")
    return any(hit.number == number for kind in kinds for hit in scene.reading.hits(scene.number, kind))


# Verbs of stationing


def _stationed(scene: Scene, hit: Hit) -> Iterator[PresenceClaim]:
    """As in "Fighters positioned in Binnish", "troops are stationed at", "has deployed S-400 systems"."""
    number = hit.number
    if scene.parse.pieces[number].role is not Role.VERB:
        return
    frame = verb_frame(scene.parse, number)
    thing, holder = _stood(scene, hit, frame)
    if thing is None or not (_force(scene, thing) or is_pronoun(scene.parse, thing)) or _civil(scene, thing):
        return
    if hit.trigger.base in ("remain", "maintain") and not _is_force(scene, thing.number):
        return
    local = frame.with_prep(*_AT, "close")
    places = scene.places(local)
    place = places[0] if places else None
    if place is None and frame.object is not None and hit.trigger.base == "patrol":
        place = next(iter(scene.places(frame.object)), None)
    if place is None and hit.trigger.base in ("patrol", "deploy", "station", "dig in", "garrison"):
        place = scene.where(frame)
    if place is not None:
        yield _claim(scene, number, thing, holder, place, (thing, local if places else None))


def _civil(scene: Scene, thing: Phrase) -> bool:
    noun = head(scene.parse, thing).lower
    return noun in scene.reading.lexicon.classes["civilian_nouns"] | {"people"} or (
        noun == "group" and any(word.lower == "civilians" for word in words_of(scene.parse, thing))
    )


def _stood(scene: Scene, hit: Hit, frame: Frame) -> tuple[Phrase | None, Phrase | None]:
    """What is stationed, and by whom."""
    if hit.trigger.part == "verb" and not frame.passive:
        if frame.object is not None and _force(scene, frame.object):
            return frame.object, frame.subject
        return frame.subject, None
    return (frame.object or frame.subject or _left(scene, frame.number)), frame.agent


def _left(scene: Scene, number: int) -> Phrase | None:
    for at in range(number - 1, max(number - 4, -1), -1):
        if scene.parse.pieces[at].role is Role.NP:
            return phrase(scene.parse, at)
    return None


def _force(scene: Scene, thing: Phrase) -> bool:
    words = words_of(scene.parse, thing)
    if any(token.lower in scene.reading.lexicon.classes["force_nouns"] | word_class("armed") for token in words):
        return True
    if any(True for _ in scene.reading.names.equipment.within(thing.start, thing.end)):
        return True
    return actors_in(scene.reading, scene.parse, thing)


# Being somewhere


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
        if thing is None or not _is_force(scene, thing.number):
            continue
        local = next((item for item in frame.phrases[:2] if item.prep in _AT or item.prep == "from"), None)
        if local is None or not _near_by(scene, number, local) or not _is_ground(scene, local):
            continue
        places = scene.places(local)
        place = places[0] if places else None
        if place is None:
            place = scene.where(frame)
        if place is not None:
            yield _claim(scene, number, thing, None, place, (thing, local))


def _is_ground(scene: Scene, local: Phrase) -> bool:
    """Is the phrase about a place: "in the city", not "in control of the city"?"""
    noun = head(scene.parse, local)
    return noun.tag is Tag.NAME or noun.lower in scene.reading.lexicon.classes["place_nouns"] | _LOCAL


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


# Works and posts


def _built(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "set up checkpoints on the road", "had positions near Andriivka", "uses the hospital as a base"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB or scene.parse.main(piece).base not in _BUILDING:
            continue
        frame = verb_frame(scene.parse, number)
        works = frame.object
        if works is None or head(scene.parse, works).lower not in _WORKS:
            continue
        maker = frame.agent if frame.passive else frame.subject
        if not frame.passive and (maker is None or not (_force(scene, maker) or is_pronoun(scene.parse, maker))):
            continue
        local = frame.with_prep(*_AT)
        places = scene.places(local)
        yield _claim(scene, number, works, maker, places[0] if places else scene.where(frame), (maker, works, local))


def _used(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "ISIL was using the hospital as a base", "the camp is used by", "home to fighters", "manned by"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.VERB and scene.parse.main(piece).base in ("use", "man"):
            frame = verb_frame(scene.parse, number)
            user, ground = (frame.agent, frame.object) if frame.passive else (frame.subject, frame.object)
            if user is None or ground is None or not _force(scene, user):
                continue
            if head(scene.parse, ground).lower not in scene.reading.lexicon.classes["place_nouns"]:
                continue
            place = next(iter(scene.places(ground)), None) or scene.where(frame)
            yield _claim(scene, number, user, None, place, (user, ground))
        elif piece.role is Role.NP and scene.parse.words(piece)[-1].lower in _HOMES:
            local = noun_frame(scene.parse, number).with_prep("to", "for")
            if local is not None and local.number == number + 2 and _is_force(scene, local.number):
                frame = Frame(number=number, phrases=noun_frame(scene.parse, number).phrases)
                yield _claim(scene, number, local, None, scene.where(frame, objects=False), (local,))


def _nominal(scene: Scene, hit: Hit) -> Iterator[PresenceClaim]:
    """As in "Its positions in Hanano", "a Russian military base near", "the presence of fighters in"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    own = next(scene.reading.names.actors.within(piece.start, piece.end), None)
    local = noun_frame(scene.parse, number).with_prep(*_AT, "south")
    places = scene.places(local)
    targeted = preposition(scene.parse, number) in _HIT or _is_object(scene, number)
    if targeted or len(words) < 2 or (hit.trigger.base == "task force" and _is_title(scene, hit)):
        return
    thing, bare = phrase(scene.parse, number), hit.trigger.base in _BARE
    holder = _keeper(scene, number) if bare and own is None else None
    if (own is None and holder is None) or (not places and not bare):
        return
    place = places[0] if places else scene.where(noun_frame(scene.parse, number), objects=False)
    yield _claim(scene, number, thing, holder, place, (thing, local))


def _is_title(scene: Scene, hit: Hit) -> bool:
    """Is the noun part of a name ("Combined Joint Task Force")?"""
    return scene.parse.tokens[hit.first].text[0].isupper()


def _keeper(scene: Scene, number: int) -> Phrase | None:
    """Who keeps a presence that names nobody: "rebel groups maintain a presence", "its presence in"."""
    words = scene.parse.words(scene.parse.pieces[number])
    before = scene.parse.before(number)
    if before is None or before.role is not Role.VERB:
        return phrase(scene.parse, number) if words[0].lower in ("its", "their") else None
    subject = verb_frame(scene.parse, number - 1).subject
    return subject if subject is not None and _force(scene, subject) else None


def _is_object(scene: Scene, number: int) -> bool:
    """Is the phrase what an act hits? A position that is hit is no presence of its own."""
    before = scene.parse.before(number)
    return before is not None and before.role is Role.VERB and _is_act(scene, number - 1)


# Sizes and compositions of forces


def _sized(scene: Scene) -> Iterator[PresenceClaim]:
    """A number of armed people or vehicles that no act kills, wounds, takes or moves: "at least 4,000 militants"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP or not _is_force(scene, number) or preposition(scene.parse, number) in _HIT:
            continue
        thing = phrase(scene.parse, number)
        count, words = count_of(scene, thing), scene.parse.words(piece)
        if count is None or (count.low or count.high or 0) < _FEW or _counted_otherwise(scene, number):
            continue
        if number and scene.parse.pieces[number - 1].role is Role.VERB and _is_act(scene, number - 1):
            continue
        if not any(word.lower in scene.reading.lexicon.classes["combatant_nouns"] | _UNITS for word in words):
            continue
        frame = Frame(number=number, phrases=noun_frame(scene.parse, number).phrases)
        yield _claim(scene, number, thing, None, scene.where(frame, objects=False), (thing,))


def _counted_otherwise(scene: Scene, number: int) -> bool:
    """Does the clause kill, wound, take or move: is the number a toll or a movement's?"""
    start, end = clause_bounds(scene.parse, number)
    pieces = scene.parse.pieces
    hits = chain.from_iterable(scene.reading.hits(scene.number, kind) for kind in ("toll", "movement"))
    return any(start <= pieces[hit.number].start < end for hit in hits)


def _composed(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "The force was composed of paratroopers, tanks and engineers", "supported by coalition troops"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB or scene.parse.main(piece).lower not in _COMPOSING:
            continue
        after = scene.parse.pieces[number + 1 : number + 3]
        if len(after) < 2 or after[0].role is not Role.PREP or after[1].role is not Role.NP:
            continue
        prep = scene.parse.tokens[after[0].first].lower
        frame = verb_frame(scene.parse, number)
        for item in scene.list_from(phrase(scene.parse, number + 2, prep)) if prep in ("by", "of", "from") else ():
            if _is_force(scene, item.number):
                yield _claim(scene, item.number, item, None, scene.where(frame, objects=False), (item,))


def _claim(
    scene: Scene,
    number: int,
    thing: Phrase,
    holder: Phrase | None,
    place: Mention | None,
    parts: tuple[Phrase | None, ...],
) -> PresenceClaim:
    start, end = scene.passage(number, parts)
    equipment = next(scene.reading.names.equipment.within(thing.start, thing.end), None)
    actor = scene.actor(holder) if holder is not None else None
    own = next(scene.reading.names.actors.within(thing.start, thing.end), None)
    if actor is None and own is not None:
        actor = mention(scene.reading, own.start, own.end)
    if actor is None and equipment is not None:
        actor = owner(scene, thing)
    return PresenceClaim(
        **scene.common(number, start, end, scene.parse.pieces[number].start),
        actor=actor or (scene.actor(thing) if is_pronoun(scene.parse, thing) else None),
        what=named(scene.reading, scene.parse, thing) or scene.actor(thing),
        equipment=equipment.value.id if equipment is not None else None,
        count=count_of(scene, thing),
        place=place,
    )
