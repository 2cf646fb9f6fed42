"""Presence told by works and posts, by use of a place, and by what a force is made of."""

from collections.abc import Iterator

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import PresenceClaim
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.forces import AT, HIT, armed, is_force, is_object, presence_of
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.lists import list_from
from tadmor.extraction.mentions import head, is_pronoun
from tadmor.extraction.names import Hit as Found
from tadmor.extraction.parse import Role

_BUILDING = frozenset(
    ["set", "establish", "build", "construct", "form", "create", "have", "man", "maintain", "erect", "dig"]
)
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
#: Nouns that say a presence without saying where.
_BARE = ("presence", "buildup", "build-up", "contingent", "task force", "foothold")
_HOMES = frozenset(["home", "haven", "hub", "host", "sanctuary", "refuge"])
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


def built(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "set up checkpoints on the road", "had positions near Andriivka", "uses the hospital as a base"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB or scene.parse.main(piece).base not in _BUILDING:
            continue
        frame = verb_frame(scene.parse, number)
        works = frame.object
        if works is None or head(scene.parse, works).lower not in _WORKS:
            continue
        maker = frame.agent if frame.passive else frame.subject
        if not frame.passive and (maker is None or not (armed(scene, maker) or is_pronoun(scene.parse, maker))):
            continue
        local = frame.with_prep(*AT)
        places = scene.places(local)
        yield presence_of(
            scene, number, works, maker, places[0] if places else scene.where(frame), (maker, works, local)
        )


def used(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "ISIL was using the hospital as a base", "the camp is used by", "home to fighters", "manned by"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.VERB and scene.parse.main(piece).base in ("use", "man"):
            frame = verb_frame(scene.parse, number)
            user, ground = (frame.agent, frame.object) if frame.passive else (frame.subject, frame.object)
            if user is None or ground is None or not armed(scene, user):
                continue
            if head(scene.parse, ground).lower not in scene.reading.lexicon.classes["place_nouns"]:
                continue
            place = next(iter(scene.places(ground)), None) or scene.where(frame)
            yield presence_of(scene, number, user, None, place, (user, ground))
        elif piece.role is Role.NP and scene.parse.words(piece)[-1].lower in _HOMES:
            local = noun_frame(scene.parse, number).with_prep("to", "for")
            if local is not None and local.number == number + 2 and is_force(scene, local.number):
                frame = Frame(number=number, phrases=noun_frame(scene.parse, number).phrases)
                yield presence_of(scene, number, local, None, scene.where(frame, objects=False), (local,))


def kept(scene: Scene, hit: Hit) -> Iterator[PresenceClaim]:
    """As in "Its positions in Hanano", "a Russian military base near", "the presence of fighters in"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    actors = scene.reading.names.actors.within(piece.start, piece.end)
    own = next((found for found in actors if not _is_ship(scene, found)), None)
    local = noun_frame(scene.parse, number).with_prep(*AT, "south")
    places = scene.places(local)
    targeted = preposition(scene.parse, number) in HIT or is_object(scene, number)
    if targeted or len(words) < 2 or (hit.trigger.base == "task force" and _is_title(scene, hit)):
        return
    thing, bare = phrase(scene.parse, number), hit.trigger.base in _BARE
    holder = _keeper(scene, number) if bare and own is None else None
    if (own is None and holder is None) or (not places and not bare):
        return
    place = places[0] if places else scene.where(noun_frame(scene.parse, number), objects=False)
    yield presence_of(scene, number, thing, holder, place, (thing, local))


def _is_ship(scene: Scene, hit: Found[Actor]) -> bool:
    """Is the actor's name a word for equipment ("warships")?"""
    return any(True for _ in scene.reading.names.equipment.within(hit.start, hit.end))


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
    return subject if subject is not None and armed(scene, subject) else None


def composed(scene: Scene) -> Iterator[PresenceClaim]:
    """As in "The force was composed of paratroopers, tanks and engineers", "supported by coalition troops"."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB or scene.parse.main(piece).lower not in _COMPOSING:
            continue
        after = scene.parse.pieces[number + 1 : number + 3]
        if len(after) < 2 or after[0].role is not Role.PREP or after[1].role is not Role.NP:
            continue
        prep = scene.parse.tokens[after[0].first].lower
        frame = verb_frame(scene.parse, number)
        for item in (
            list_from(scene.parse, phrase(scene.parse, number + 2, prep)) if prep in ("by", "of", "from") else ()
        ):
            if is_force(scene, item.number):
                yield presence_of(scene, item.number, item, None, scene.where(frame, objects=False), (item,))
