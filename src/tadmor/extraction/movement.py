"""Movement claims: forces, people or equipment going, arriving, leaving, advancing, withdrawing, evacuated."""

import re
from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import Claim, Mention, MovementClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.asides import REACH
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.grounds import after_particle
from tadmor.extraction.lists import list_from
from tadmor.extraction.mentions import actors_in, head, is_pronoun, mention, named, names_of_ground, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.stance import of_none
from tadmor.extraction.tokens import Tag

#: Prepositions of a destination whatever the verb, and those that are one only after verbs of going.
_TO = ("to", "into", "towards", "toward", "on", "onto", "within", "through", "against", "across", "inside", "over")
#: Nouns of military movement alone.
_MILITARY = ("advance", "withdrawal", "retreat", "evacuation", "pullout", "pullback", "advancement")
_FIRE = ("shell", "shells", "rocket", "rockets", "bomb", "bombs", "mortar", "mortars", "missile", "missiles", "mines")
_WHITHER = ("to", "into", "through", "from", "towards", "toward", "onto")
_AT = ("in", "at", "near", "outside", "around", "along")
_FROM = ("from", "of", "off")
#: Prepositions after which a movement names where it goes or comes from, whatever no table knows.
_TOWARDS_NAMES = ("to", "into", "towards", "toward", "from", "onto")
#: Verbs of military movement alone: they say a movement without saying whence or whither.
_BARE = frozenset(
    [
        "advance",
        "withdraw",
        "retreat",
        "evacuate",
        "flee",
        "repel",
        "repulse",
        "pull out",
        "pull back",
        "fall back",
        "push back",
        "push out",
        "drive back",
        "drive out",
        "force out",
        "force back",
        "beat back",
        "dislodge",
        "break through",
        "make advances",
        "make progress",
        "gain ground",
        "push forward",
        "redeploy",
        "regroup",
        "disperse",
        "take to safety",
        "bring to safety",
        "move to safety",
    ]
)
#: Verbs that are said of forces: without a subject of their own they take the last actor told.
_ARMED = _BARE | {"push", "push into", "push on", "press on", "close in", "link up", "come to within", "come within"}
#: Verbs of going whose object goes, where they have one: "drove the rebels out of", "pushed them back".
_SEPARABLE = frozenset({"drive", "push", "march"})
_BEING = frozenset({"is", "are", "was", "were", "be", "been"})
#: Verbs of sending that need no whither where forces are counted.
_SENDING = frozenset({"send", "deploy", "dispatch", "mobilize", "mobilise", "bring in", "send in"})
_PEOPLE = ("they", "them", "who", "which", "that", "it", "others", "many", "he", "she", "him")


class _Ends(msgspec.Struct, frozen=True, kw_only=True):
    """Where from and where to; lists give several of each."""

    origins: tuple[Mention, ...] = ()
    destinations: tuple[Mention, ...] = ()

    @property
    def told(self) -> bool:
        """Is at least one end told?"""
        return bool(self.origins or self.destinations)

    def pairs(self) -> Iterator[tuple[Mention | None, Mention | None]]:
        """One pair for each destination, else for each origin, else an empty one."""
        if self.destinations:
            for place in self.destinations:
                yield (self.origins[0] if self.origins else None), place
        elif self.origins:
            for place in self.origins:
                yield place, None
        else:
            yield None, None


def movement_claims(scene: Scene) -> Iterator[Claim]:
    """All movement claims of one sentence."""
    for hit in scene.reading.hits(scene.number, "movement"):
        yield from _nominal(scene, hit) if hit.trigger.part == "noun" else _verbal(scene, hit)
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.VERB and scene.parse.tokens[piece.last - 1].lower in _BEING:
            yield from _back(scene, number)


def _back(scene: Scene, number: int) -> Iterator[MovementClaim]:
    """As in "the army will be back in the town by spring": forces return."""
    after = scene.parse.after(number)
    frame = verb_frame(scene.parse, number, passive=False)
    ground = frame.with_prep("in", "at", "inside")
    if after is None or after.text(scene.reading.lower) != "back" or ground is None or frame.subject is None:
        return
    places = scene.places(ground)
    if not places or not actors_in(scene.reading, scene.parse, frame.subject):
        return
    start, end = scene.passage(number, (frame.subject, ground))
    span = (start, end, scene.parse.tokens[after.first].start)
    yield from _claims(scene, number, span, frame, frame.subject, _Ends(destinations=(places[0],)))


def _verbal(scene: Scene, hit: Hit) -> Iterator[MovementClaim]:
    frame = verb_frame(scene.parse, hit.number)
    mover = _mover(scene, hit, frame)
    if hit.trigger.subtype == "arrive" and _is_fire(scene, mover):
        return
    nobody = mover is not None and of_none(scene.parse, hit.number)
    if mover is None or not (nobody or _moves(scene, mover, hit)):
        if hit.trigger.subtype not in ("go", "arrive", "leave"):
            return
        mover = _earlier(scene, hit)
    ends = _ends(scene, hit, frame)
    if hit.trigger.subtype in ("pass", "take") and not _everyday(scene, frame, mover):
        return
    bare = hit.trigger.base in _BARE or _heads_for(scene, hit) or _sends_men(scene, hit, mover)
    if not ends.told and (not bare or mover is None):
        return
    if mover is None and not (hit.trigger.base in _ARMED and scene.focus.actor(scene.number)):
        return
    parts = tuple(item for item in frame.phrases[:3] if item.prep in _TO + _AT + _FROM)
    words = scene.parse.tokens[hit.first : hit.last]
    verb = Phrase(number=hit.number, start=words[0].start, end=words[-1].end)
    start, end = scene.passage(hit.number, (verb, _near(scene, hit, mover), _object(scene, frame, ends), *parts))
    at = scene.parse.tokens[hit.first].start
    yield from _claims(scene, hit.number, (start, end, at), frame, mover, ends, _sender(scene, hit, frame))


def _heads_for(scene: Scene, hit: Hit) -> bool:
    """Does a verb of going say whither by the compass alone: "push east", "moved northwards"?"""
    after = [token.lower for token in scene.parse.tokens[hit.last : hit.last + 2]]
    bearing = re.sub("wards?$", "", after[0]) if after else ""
    return hit.trigger.subtype == "go" and bearing in word_class("bearings") and after[1:] != ["of"]


def _sends_men(scene: Scene, hit: Hit, mover: Phrase | None) -> bool:
    """Does someone send a number of forces, without a word of whither: "the group sent several hundred men"?"""
    if hit.trigger.base not in _SENDING or mover is None or _count(scene, mover) is None:
        return False
    nouns = word_class("combatant_nouns") | {"men"}
    return (
        head(scene.parse, mover).lower in nouns and scene.actor(verb_frame(scene.parse, hit.number).subject) is not None
    )


def _is_fire(scene: Scene, mover: Phrase | None) -> bool:
    """Are they shells that land and bombs that reach: an event, no movement?"""
    return mover is not None and head(scene.parse, mover).lower in _FIRE


def _everyday(scene: Scene, frame: Frame, mover: Phrase | None) -> bool:
    """Does an everyday verb (take, carry, come, pass) move people or vehicles over ground here?"""
    after = scene.parse.after(frame.number)
    if mover is None or (after is not None and scene.parse.tokens[after.first].lower in ("out", "part", "on", "over")):
        return False
    if not is_pronoun(scene.parse, mover) and not any(
        word.lower in _movers(scene) for word in words_of(scene.parse, mover)
    ):
        return False
    return any(
        (item.prep in _WHITHER or _out_of(scene, item)) and (scene.places(item) or _is_ground(scene, item))
        for item in frame.phrases[:2]
    )


def _out_of(scene: Scene, item: Phrase) -> bool:
    return item.prep == "of" and scene.parse.tokens[scene.parse.pieces[item.number - 2].first].lower == "out"


def _earlier(scene: Scene, hit: Hit) -> Phrase | None:
    """The nearest mover to the left that is no object of a preposition: past "the troops holding the area had left"."""
    for number in range(hit.number - 1, max(hit.number - REACH, -1), -1):
        piece = scene.parse.pieces[number]
        if piece.role is Role.PUNCT and scene.parse.tokens[piece.first].text not in ",'’":
            return None
        if piece.role is Role.NP and preposition(scene.parse, number) is None:
            found = phrase(scene.parse, number)
            if not is_pronoun(scene.parse, found) and _moves(scene, found, hit):
                return found
    return None


def _near(scene: Scene, hit: Hit, mover: Phrase | None) -> Phrase | None:
    """The mover if it stands in the trigger's own clause: else the passage would run over other clauses."""
    if mover is None:
        return None
    between = scene.parse.pieces[mover.number + 1 : hit.number]
    return None if sum(piece.role is Role.VERB for piece in between) > 1 else mover


def _object(scene: Scene, frame: Frame, ends: _Ends) -> Phrase | None:
    """The object where it is an end ("left Aleppo")."""
    if frame.object is None or frame.passive:
        return None
    told = (*ends.origins, *ends.destinations)
    own = any(frame.object.start <= end.start < frame.object.end for end in told)
    return frame.object if own or (told and is_pronoun(scene.parse, frame.object)) else None


def _mover(scene: Scene, hit: Hit, frame: Frame) -> Phrase | None:
    """What moves: the subject of going, the object of carrying and expelling."""
    match hit.trigger.subtype:
        case "go" | "arrive" | "leave" | "pass":
            if hit.trigger.base in ("evacuate", "withdraw", "pull out") and _is_thing(scene, frame.object):
                return frame.object
            if hit.trigger.base in _SEPARABLE and frame.object is not None and _moves(scene, frame.object, hit):
                return frame.object
            return frame.object if frame.passive else frame.subject
        case _:
            own = frame.subject if hit.trigger.base in ("redeploy", "relocate", "move") else None
            return frame.object or after_particle(scene, hit) or own


def _is_thing(scene: Scene, thing: Phrase | None) -> bool:
    """Is the object people or forces rather than the ground that is left?"""
    return thing is not None and not scene.places(thing) and not _is_ground(scene, thing)


def _sender(scene: Scene, hit: Hit, frame: Frame) -> Mention | None:
    return scene.actor(frame.subject) if hit.trigger.subtype == "carry" and frame.subject is not None else None


def _moves(scene: Scene, mover: Phrase, hit: Hit) -> bool:
    """Can the phrase move: forces, people, vehicles, or a pronoun for them?"""
    if is_pronoun(scene.parse, mover):
        word = words_of(scene.parse, mover)[0].lower
        return word in _PEOPLE and scene.focus.actor(scene.number) is not None
    classes = scene.reading.lexicon.classes
    if head(scene.parse, mover).lower in classes["act_nouns"]:
        return False
    nouns = classes["force_nouns"] if hit.trigger.subtype == "expel" else _movers(scene)
    if any(token.lower in nouns for token in words_of(scene.parse, mover)):
        return True
    names = scene.reading.names
    return any(True for layer in (names.equipment, names.actors) for _ in layer.within(mover.start, mover.end))


def _movers(scene: Scene) -> frozenset[str]:
    classes = scene.reading.lexicon.classes
    return classes["person_nouns"] | classes["force_nouns"] | word_class("movers")


def _ends(scene: Scene, hit: Hit, frame: Frame) -> _Ends:
    """Where from and where to."""
    origins: list[Mention] = []
    destinations: list[Mention] = []
    subtype = hit.trigger.subtype
    if subtype in ("arrive", "leave") and frame.object is not None and not frame.passive:
        (destinations if subtype == "arrive" else origins).extend(_grounds(scene, frame.object))
    for item in frame.phrases:
        if item.prep in _FROM:
            origins.extend([] if origins else _grounds(scene, item))
        elif not destinations and (item.prep in _TO or (item.prep in _AT and subtype in ("go", "arrive", "carry"))):
            destinations.extend(_grounds(scene, item))
    return _Ends(origins=tuple(origins[:4]), destinations=tuple(destinations[:4]))


def _grounds(scene: Scene, item: Phrase) -> list[Mention]:
    """The places of an argument and of those that its list goes on with; ground without a name as it is worded."""
    found = [place for part in list_from(scene.parse, item) for place in scene.places(part)]
    if not found and item.prep in _TOWARDS_NAMES and not actors_in(scene.reading, scene.parse, item):
        found = names_of_ground(scene.reading, scene.parse, item)
    if found or not _is_ground(scene, item):
        return found
    worded = named(scene.reading, scene.parse, item)
    return [worded] if worded is not None else []


def _is_ground(scene: Scene, item: Phrase) -> bool:
    """Does the phrase end in a noun for ground: "nearby villages", "their positions"?"""
    return head(scene.parse, item).lower in scene.reading.lexicon.classes["place_nouns"]


def _claims(
    scene: Scene,
    number: int,
    span: tuple[int, int, int],
    frame: Frame,
    mover: Phrase | None,
    ends: _Ends,
    sender: Mention | None = None,
) -> Iterator[MovementClaim]:
    actor = _who(scene, mover)
    if actor is not None and not actor.carried:
        scene.focus.see_actor(actor, scene.number)
    what = (_worded(scene, mover) if mover is not None and not _is_nobody(scene, mover) else None) or actor
    start, end, at = span
    for origin, destination in ends.pairs():
        place = next((item for item in (destination, origin) if item and _is_named(item)), None)
        yield MovementClaim(
            **scene.common(number, start, end, at),
            actor=sender or actor,
            what=what,
            origin=origin,
            destination=destination,
            count=_count(scene, mover) if mover is not None else None,
            place=place or scene.where(frame) or destination or origin,
        )


def _who(scene: Scene, mover: Phrase | None) -> Mention | None:
    """The actor that a mover names; for a part of a phrase ("influx of | rebels") what that part names."""
    if mover is None:
        return scene.focus.actor(scene.number)
    if _is_nobody(scene, mover):
        return None
    piece = scene.parse.pieces[mover.number]
    if (mover.start, mover.end) == (piece.start, piece.end):
        return scene.actor(mover)
    own = next(scene.reading.names.actors.within(mover.start, mover.end), None)
    return mention(scene.reading, own.start, own.end) if own is not None else _worded(scene, mover)


def _is_nobody(scene: Scene, mover: Phrase) -> bool:
    return " ".join(token.lower for token in words_of(scene.parse, mover)) in word_class("nobody")


def _worded(scene: Scene, mover: Phrase) -> Mention | None:
    """The mover without articles and numbers; a mover that is a part of its piece ("the army's | advance") as it is."""
    piece = scene.parse.pieces[mover.number]
    if (mover.start, mover.end) == (piece.start, piece.end):
        return named(scene.reading, scene.parse, mover)
    words = [word for word in words_of(scene.parse, mover) if mover.start <= word.start < mover.end]
    while words and words[0].tag in (Tag.DET, Tag.NUM, Tag.ADV):
        words.pop(0)
    return mention(scene.reading, words[0].start, mover.end) if words else None


def _is_named(place: Mention) -> bool:
    """Does the mention have a name, in it or carried from before?"""
    return place.carried or any(character.isupper() for character in place.expression)


def _nominal(scene: Scene, hit: Hit) -> Iterator[MovementClaim]:
    """As in "The withdrawal of Russian forces from Syria", "the army's advance towards"."""
    number = hit.number
    piece = scene.parse.pieces[number]
    frame = noun_frame(scene.parse, number)
    mover = _moved(scene, hit)
    if mover is not None and not (actors_in(scene.reading, scene.parse, mover) or _moves(scene, mover, hit)):
        mover = None
    ends = _ends(scene, hit, frame)
    if mover is None and not (ends.told and hit.trigger.base in _MILITARY):
        return
    if not ends.told and hit.trigger.base not in _MILITARY:
        return
    end = max([piece.end, *(item.end for item in frame.phrases[:2])])
    yield from _claims(scene, number, (piece.start, end, piece.start), frame, mover, ends)


def _moved(scene: Scene, hit: Hit) -> Phrase | None:
    """Who moves by a noun: after "of", else before the noun, else by "by"."""
    number, piece, tokens = hit.number, scene.parse.pieces[hit.number], scene.parse.tokens
    if hit.trigger.base == "reinforcements":
        return phrase(scene.parse, number)
    inside = tokens[hit.last : piece.last]
    if len(inside) > 1 and inside[0].lower == "of":
        return Phrase(number=number, start=inside[1].start, end=piece.end)
    before = [token for token in tokens[piece.first : hit.first] if token.tag is not Tag.DET]
    if before:
        owners = [token for token in before if token.possessive]
        end = owners[-1].end - len("'s") if owners else before[-1].end
        return Phrase(number=number, start=before[0].start, end=end)
    return noun_frame(scene.parse, number).agent


def _count(scene: Scene, mover: Phrase) -> Quantity | None:
    hit = next((h for h in scene.reading.names.amounts.within(mover.start, mover.end) if h.value.quantity.known), None)
    return hit.value.quantity if hit is not None else None
