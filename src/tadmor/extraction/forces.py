"""Which phrases are forces, which are acted on, and the presence claim that they make."""

from tadmor.datamodel.claims import Mention, PresenceClaim
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Phrase, phrase
from tadmor.extraction.mentions import actors_in, head, is_pronoun, mention, named, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.systems import count_of, in_designation, owner
from tadmor.extraction.tokens import Tag

#: Prepositions that put a force somewhere: "its forces in the Kharkiv Oblast".
AT = ("in", "at", "near", "inside", "around", "along", "across", "outside", "within", "throughout", "on", "between")
#: Prepositions before what an act hits.
HIT = ("on", "against", "targeting", "at", "of", "to", "with", "between", "by", "from", "near")
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
#: Words of a phrase about an act or a picture of forces rather than about them.
_NOT_FORCE = frozenset(
    ["airstrikes", "bombing", "clashes", "drop", "footage", "fire", "member", "shelling", "strikes", "victory", "video"]
)


def is_force(scene: Scene, number: int) -> bool:
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


def is_act(scene: Scene, number: int) -> bool:
    """Does the verb group carry a violent act, a harm, or a movement?"""
    if scene.parse.main(scene.parse.pieces[number]).base == "lose":
        return True
    kinds = ("event", "toll", "movement", "control")
    return any(hit.number == number for kind in kinds for hit in scene.reading.hits(scene.number, kind))


def is_object(scene: Scene, number: int) -> bool:
    """Is the phrase what an act hits ("shot | down | a jet")? What is hit is no presence of its own."""
    at = number - 1
    while at > 0 and scene.parse.pieces[at].role is Role.OTHER:
        at -= 1
    return at >= 0 and scene.parse.pieces[at].role is Role.VERB and is_act(scene, at)


def armed(scene: Scene, thing: Phrase) -> bool:
    """Does the phrase name an actor, a force or equipment anywhere in it?"""
    words = words_of(scene.parse, thing)
    if any(token.lower in scene.reading.lexicon.classes["force_nouns"] | word_class("armed") for token in words):
        return True
    if any(True for _ in scene.reading.names.equipment.within(thing.start, thing.end)):
        return True
    return actors_in(scene.reading, scene.parse, thing)


def is_ground(scene: Scene, local: Phrase) -> bool:
    """Is the phrase about a place: "in the city", not "in control of the city"?"""
    noun = head(scene.parse, local)
    return noun.tag is Tag.NAME or noun.lower in scene.reading.lexicon.classes["place_nouns"] | _LOCAL


def presence_of(
    scene: Scene,
    number: int,
    thing: Phrase,
    holder: Phrase | None,
    place: Mention | None,
    parts: tuple[Phrase | None, ...],
) -> PresenceClaim:
    """The claim that a thing is at a place; `parts` are the phrases that its passage covers."""
    start, end = scene.passage(number, parts)
    equipment = next(scene.reading.names.equipment.within(thing.start, thing.end), None)
    actor = scene.actor(holder) if holder is not None else None
    if actor is None:
        actor = owner(scene, thing) if equipment is not None else _named_in(scene, thing)
    if place is not None and in_designation(scene, place.start, place.end):
        place = scene.focus.implicit(scene.number)
    return PresenceClaim(
        **scene.common(number, start, end, scene.parse.pieces[number].start),
        actor=actor or (scene.actor(thing) if is_pronoun(scene.parse, thing) else None),
        what=named(scene.reading, scene.parse, thing) or scene.actor(thing),
        equipment=equipment.value.id if equipment is not None else None,
        count=count_of(scene, thing),
        place=place,
    )


def _named_in(scene: Scene, thing: Phrase) -> Mention | None:
    own = next(scene.reading.names.actors.within(thing.start, thing.end), None)
    return mention(scene.reading, own.start, own.end) if own is not None else None
