"""Control told as closing in: a town besieged, its people encircled, its roads cut."""

from collections.abc import Iterator

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.control import claim, doer_of, is_force, is_named_ground
from tadmor.extraction.frames import Frame, Phrase, phrase, verb_frame
from tadmor.extraction.grounds import Ground, grounds, is_ground, object_of
from tadmor.extraction.mentions import actors_in, mention, named, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.unnamed import around

#: Verbs that close in on a town as well as on its roads.
_CLOSING = frozenset({"cut off", "seal off"})


def besieging_claims(scene: Scene) -> Iterator[Claim]:
    """Control told by verbs of besieging and cutting off, in one sentence."""
    for hit in scene.reading.hits(scene.number, "control"):
        if hit.trigger.part != "verb":
            continue
        frame = verb_frame(scene.parse, hit.number)
        target = object_of(scene, hit, frame)
        if hit.trigger.subtype == "besieged":
            yield from _besieged(scene, hit, frame, target)
        elif hit.trigger.subtype == "cut" and target is not None:
            road = _named_by_ends(scene, target)
            if any(token.lower in word_class("roads") | {"supply"} for token in words_of(scene.parse, road)):
                yield _cut(scene, hit, frame, road)
            elif hit.trigger.base in _CLOSING:
                yield from _besieged(scene, hit, frame, target)


def _named_by_ends(scene: Scene, target: Phrase) -> Phrase:
    """The last part of a road named by the towns at its ends: "the Homs – Palmyra highway"."""
    pieces, at = scene.parse.pieces, target.number
    while at + 2 < len(pieces) and scene.parse.tokens[pieces[at + 1].first].text in ("–", "—", "-"):
        at += 2
    return phrase(scene.parse, at) if pieces[at].role is Role.NP else target


def _besieged(scene: Scene, hit: Hit, frame: Frame, target: Phrase | None) -> Iterator[ControlClaim]:
    holder = doer_of(scene, frame)
    bare = is_named_ground(scene, target, frame.agent if frame.passive else frame.subject)
    ones = grounds(scene, target, frame) if bare and target is not None else _besieged_ones(scene, frame, target)
    for ground in ones:
        named_one = bare or bool(scene.places(ground.item))
        if ground.place is None or not (named_one or holder):  # "a street surrounded by debris"
            continue
        yield claim(
            scene,
            hit.number,
            place=ground.place,
            change=Change.HELD if frame.passive else Change.GAINED,
            degree=Degree.BESIEGED,
            holder=holder,
            loser=scene.actor(ground.item) if is_force(scene, ground.item) else None,
            parts=(frame.subject, ground.item, frame.agent),
            trigger=scene.parse.tokens[hit.first].start,
        )


def _besieged_ones(scene: Scene, frame: Frame, target: Phrase | None) -> list[Ground]:
    """What is besieged: each place of a list; forces where they stand; villages without a name, where the act is."""
    if target is None:
        return []
    if scene.places(target):
        return grounds(scene, target, frame)
    if is_ground(scene, target):  # two villages near a town are not the town
        place = around(scene.said_where(frame) or scene.where(frame, objects=False))
        return [Ground(item=target, place=place, degree=Degree.BESIEGED)]
    if actors_in(scene.reading, scene.parse, target):
        # forces can be encircled in a town; a country is not besieged with them
        town = scene.focus.back((Level.SETTLEMENT,), target.start, scene.number)
        return [Ground(item=target, place=scene.said_where(frame) or town, degree=Degree.BESIEGED)]
    return []


def _cut(scene: Scene, hit: Hit, frame: Frame, target: Phrase) -> ControlClaim:
    return claim(
        scene,
        hit.number,
        place=_road(scene, target, frame),
        change=Change.GAINED,
        degree=Degree.PARTIAL,
        holder=doer_of(scene, frame),
        parts=(frame.subject, target, frame.agent),
    )


def _road(scene: Scene, target: Phrase, frame: Frame) -> Mention | None:
    """The road as it is told, with "between A and B": what is cut is the road, not its ends."""
    between = frame.with_prep("between", "from", "to", "linking", "connecting")
    own = named(scene.reading, scene.parse, target)
    if own is None:
        return None
    return mention(scene.reading, own.start, between.end if between is not None else own.end)
