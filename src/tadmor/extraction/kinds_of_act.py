"""The kind of an act: by its word, by the weapons beside it, else by the acts that the story tells of."""

from functools import lru_cache

from tadmor.datamodel.claims import EventType
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit, Reading
from tadmor.extraction.frames import Frame
from tadmor.extraction.parse import Role

#: Order in which kinds of fire decide an open verb or noun ("targeted", "attack").
_WEAPON_ORDER = (EventType.CHEMICAL_ATTACK, EventType.BOMBING, EventType.AIR_STRIKE, EventType.SHELLING)
_FIRES = frozenset(_WEAPON_ORDER)
#: Verbs that leave the kind to the weapons and nouns beside them, though their own kind is likelier than others.
_OPEN_VERBS = frozenset({"bomb", "attack", "raid", "pound", "detonate", "explode"})
_OPEN_NOUNS = frozenset({"bombing", "attack", "campaign", "raid", "bomb", "operation"})
#: Words for an attack by any means, and for a strike by any means.
_ATTACKS = frozenset({"attack"})
_STRIKES = frozenset({"strike", "hit", "target"})
#: Kinds that an act nameless in kind can be of.
_AS_ATTACK = frozenset({*_FIRES, EventType.GROUND_ATTACK})
_AS_STRIKE = frozenset({EventType.AIR_STRIKE, EventType.SHELLING})
#: Triggers that name no kind of their own and so do not colour the story.
_COLOURLESS = frozenset({"attack", "raid", "campaign", "operation", "military operation", "push", "drive", "bombing"})
#: How much less an act counts one sentence further off, and acts told later; chosen on the training texts.
_FADE, _LATER = 0.7, 0.6
#: What speaks for the likeliest kind before any act is told; chosen on the training texts.
_PRIOR = 0.3

#: Kinds whose nouns may only go with an act of another: "the aggression's aircraft launched raids".
_WEAKER = frozenset({"ground_attack", "clash", "shelling", "other_violence"})


def verb_kind(scene: Scene, hit: Hit, frame: Frame, own: list[Hit]) -> EventType | None:
    """The kind of act of a verb with the act nouns that are its arguments; `None` for no act at all."""
    subtype, base = hit.trigger.subtype, hit.trigger.base
    if base == "destroy":
        return EventType.DESTRUCTION
    if subtype != "open" and base not in _OPEN_VERBS:
        return EventType(subtype)
    told = [noun.trigger.subtype for noun in own if noun.trigger.subtype != "open"]
    strong = next((kind for kind in told if kind not in _WEAKER), None)
    if strong is not None:
        return EventType(strong)
    means = weapons(scene, hit.number, frame)
    if means is not None and (not told or told[0] == "ground_attack"):
        return means
    if told:
        return _noun_told(scene, own)
    if base in _ATTACKS:
        return _story_kind(scene, _AS_ATTACK, EventType.GROUND_ATTACK)
    if subtype != "open":
        return EventType(subtype)
    return _story_kind(scene, _AS_STRIKE, EventType.AIR_STRIKE) if base in _STRIKES else None


def _noun_told(scene: Scene, own: list[Hit]) -> EventType | None:
    noun = next(noun for noun in own if noun.trigger.subtype != "open")
    if noun.trigger.base in _ATTACKS:
        return _story_kind(scene, _AS_ATTACK, EventType.GROUND_ATTACK)
    return EventType(noun.trigger.subtype)


def noun_kind(scene: Scene, hit: Hit, frame: Frame) -> EventType | None:
    """The kind of act of a noun; `None` for no act at all."""
    subtype, base = hit.trigger.subtype, hit.trigger.base
    if subtype != "open" and base not in _OPEN_NOUNS:
        return EventType(subtype)
    own = {token.lower for token in scene.parse.words(scene.parse.pieces[hit.number])}
    named = next((kind for kind in _WEAPON_ORDER if own & scene.reading.lexicon.weapons[kind.value]), None)
    if named is not None:
        return named
    if base in ("strike", "raid", "hit"):
        return EventType.AIR_STRIKE
    if base == "bomb":
        return EventType.BOMBING
    if base == "bombing":
        return EventType.AIR_STRIKE if _by_a_state(scene, hit) else EventType.BOMBING
    if base == "blow":
        return None
    if base in _ATTACKS:
        return weapons(scene, hit.number, frame) or _story_kind(scene, _AS_ATTACK, EventType.GROUND_ATTACK)
    return EventType.GROUND_ATTACK


def weapons(scene: Scene, number: int, frame: Frame) -> EventType | None:
    """The kind of fire that the trigger's own phrase and arguments name."""
    means = [item for item in frame.phrases if item.prep in ("with", "by", "using", "from", "via", "in", "of")]
    numbers = {number} | {part.number for part in (frame.subject, frame.agent, *means) if part is not None}
    group = scene.parse.pieces[number]
    if (
        frame.object is not None
        and group.role is Role.VERB
        and scene.parse.main(group).base in ("fire", "launch", "drop")
    ):
        numbers.add(frame.object.number)
    words = [token.lower for n in sorted(numbers) for token in scene.parse.words(scene.parse.pieces[n])]
    vocabulary = scene.reading.lexicon.weapons
    return next((kind for kind in _WEAPON_ORDER if any(word in vocabulary[kind.value] for word in words)), None)


def _by_a_state(scene: Scene, hit: Hit) -> bool:
    """As in "Bombing" by a state is from the air; otherwise a bomb."""
    piece = scene.parse.pieces[hit.number]
    return any(
        actor.value.kind.value in ("state", "state_force", "coalition")
        for actor in scene.reading.names.actors.within(piece.start, piece.end)
    )


@lru_cache(maxsize=2)
def _told_kinds(reading: Reading) -> tuple[tuple[int, EventType], ...]:
    """Sentence and kind of every act of a document whose word names its kind."""
    return tuple(
        (number, EventType(hit.trigger.subtype))
        for number in range(len(reading.sentences))
        for hit in reading.hits(number, "event")
        if hit.trigger.subtype in _AS_ATTACK and hit.trigger.base not in _COLOURLESS
    )


def _story_kind(scene: Scene, kinds: frozenset[EventType], default: EventType) -> EventType:
    """Of the kinds that an act can be, the one that the sentences around it tell of most."""
    weights = {default: _PRIOR}
    for number, kind in _told_kinds(scene.reading):
        if kind in kinds:
            away = number - scene.number
            weights[kind] = weights.get(kind, 0.0) + _FADE ** abs(away) * (_LATER if away > 0 else 1.0)
    return max(weights, key=weights.__getitem__)
