"""Event claims: acts of violence, and deals."""

import re
from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import Claim, EventClaim, EventType, Mention
from tadmor.datamodel.documents import Form
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import Form as VerbForm
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.amounts import AmountKind
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.firing import fire_that, strikes_there, under_fire
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.kinds_of_act import noun_kind, verb_kind, weapons
from tadmor.extraction.lists import list_from, list_to
from tadmor.extraction.mentions import actors_in, head, mention, named, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag
from tadmor.extraction.victims import count_of, shot_dead
from tadmor.extraction.whereabouts import where_act

#: Acts that are counted by the people whom they are done to.
_OF_PEOPLE = frozenset({EventType.EXECUTION, EventType.ABDUCTION})
#: How often, after a verb.
_AGAIN = re.compile(r"\s(twice|more than once)\b")
#: Verbs whose object is what is fired.
_FIRED = frozenset({"fire", "launch", "drop", "rain down"})
#: Nouns for units: "Air Assault Brigade" is no air assault.
_UNITS = frozenset(
    [
        "division",
        "brigade",
        "battalion",
        "regiment",
        "corps",
        "company",
        "squadron",
        "unit",
        "command",
        "army",
        "group",
        "force",
        "forces",
        "wing",
        "team",
    ]
)
_AGREE = frozenset(["deal", "agreement"])
_AGREE_CUES = (
    "truce",
    "ceasefire",
    "cease-fire",
    "evacuat",
    "surrender",
    "de-escalation",
    "peace",
    "withdraw",
    "cessation",
    "reconciliation",
)
_NOT_WAR = ("prisoner", "trade", "nuclear", "gas deal", "oil deal")


def event_claims(scene: Scene) -> Iterator[Claim]:
    """All event claims of one sentence."""
    hits = list(scene.reading.hits(scene.number, "event"))
    verbs = [hit for hit in hits if hit.trigger.part == "verb"]
    nouns = [hit for hit in hits if hit.trigger.part == "noun"]
    used: set[int] = set()
    for hit in verbs:
        claim = _verbal(scene, hit, nouns, used)
        if claim is not None:
            yield from _each_place(scene, claim)
            yield from fire_that(scene, hit, claim)
    for hit in nouns:
        if hit.first not in used:
            claim = _nominal(scene, hit)
            if claim is not None:
                yield from _each_place(scene, claim)


def _each_place(scene: Scene, claim: EventClaim) -> Iterator[EventClaim]:
    """One claim for each place of a list: "rocket attacks on Aleppo and Deir Ezzor"."""
    yield claim
    if claim.place is None or claim.place.carried:
        return
    at = next((n for n, piece in enumerate(scene.parse.pieces) if piece.start <= claim.place.start < piece.end), None)
    if at is None or scene.parse.pieces[at].role is not Role.NP:
        return
    first = phrase(scene.parse, at, preposition(scene.parse, at))
    for place in (one for item in list_to(scene.parse, first)[:-1] for one in scene.places(item)):
        start = min(claim.start, place.start)
        yield msgspec.structs.replace(claim, place=place, start=start, quote=scene.reading.text[start : claim.end])
    others = [place for item in list_from(scene.parse, first) for place in scene.places(item)]
    for place in others:
        if place.start > claim.place.end and not place.carried:
            end = max(claim.end, place.end)
            yield msgspec.structs.replace(claim, place=place, end=end, quote=scene.reading.text[claim.start : end])


def _verbal(scene: Scene, hit: Hit, nouns: list[Hit], used: set[int]) -> EventClaim | None:
    frame = verb_frame(scene.parse, hit.number)
    base = hit.trigger.base
    own = [noun for noun in nouns if _argument(frame, noun)]
    if (
        hit.trigger.subtype == "open"
        and base not in ("hit", "strike", "target")
        and not own
        and not weapons(scene, hit.number, frame)
    ):
        return None
    if base in ("hit", "strike", "target") and not (frame.object or own or strikes_there(scene, hit, frame)):
        return None
    kind = verb_kind(scene, hit, frame, own)
    if kind is None or not _violent(scene, hit, frame):
        return None
    if kind is not EventType.DESTRUCTION:
        used.update(noun.first for noun in own)
    target = frame.object
    if target is not None and any(noun.number == target.number for noun in own):
        target = frame.with_prep("on", "against", "at", "in")
    subject = frame.subject
    if subject is not None and any(noun.number == subject.number for noun in own):
        noun = next(noun for noun in own if noun.number == subject.number)
        actor = _attacker(scene, noun, noun_frame(scene.parse, noun.number))
    else:
        actor = scene.actor(subject)
        if actor is not None and not actor.carried:
            scene.focus.see_actor(actor, scene.number)
    start, end = scene.passage(hit.number, (subject, target, *(phrase(scene.parse, noun.number) for noun in own)))
    place = where_act(scene, frame, target)
    return EventClaim(
        **scene.common(hit.number, start, end, scene.parse.tokens[hit.first].start),
        type=kind,
        place=place,
        actors=(actor,) if actor is not None else (),
        targets=_targets(scene, target),
        count=_acts(scene, hit, kind, frame, own),
    )


def _acts(scene: Scene, hit: Hit, kind: EventType, frame: Frame, own: list[Hit]) -> Quantity | None:
    """How many acts: of the noun that names them, of what is fired or destroyed.

    For those put to death or taken away how many people, as the guidelines count them.
    """
    named = (_count(scene, noun.number) for noun in own)
    counted = next((count for count in named if count is not None), None)
    if counted is not None:
        return counted
    if kind in _OF_PEOPLE:
        return count_of(scene, frame.object)
    if frame.object is not None and (kind is EventType.DESTRUCTION or hit.trigger.base in _FIRED):
        return _count(scene, frame.object.number)
    return _repeated(scene, hit)


def _repeated(scene: Scene, hit: Hit) -> Quantity | None:
    """As in "was targeted twice", "has been hit more than once"."""
    found = _AGAIN.match(scene.reading.lower, scene.parse.tokens[hit.last - 1].end)
    if found is None:
        return None
    exactly = 2 if found[1] == "twice" else None
    return Quantity(low=2, best=exactly, high=exactly, expression=found[1])


def _argument(frame: Frame, noun: Hit) -> bool:
    """Is the noun the verb's subject, object, or means ("with rockets", "in air strikes")?"""
    if any(part is not None and part.number == noun.number for part in (frame.subject, frame.object)):
        return True
    return any(
        item.number == noun.number and item.prep in ("with", "by", "using", "in", "via") for item in frame.phrases
    )


def _violent(scene: Scene, hit: Hit, frame: Frame) -> bool:
    """Rule out senses that are no violence: hit by sanctions, fight for rights, strike a deal, destroyed hopes."""
    base = hit.trigger.base
    if base == "strike" and frame.object is not None:
        return not any(
            token.lower in ("deal", "agreement", "balance", "tone") for token in words_of(scene.parse, frame.object)
        )
    if base == "target" and frame.object is None:
        return False
    if base == "shoot":
        return shot_dead(scene, hit, frame)
    if base in ("level", "down", "burn", "torch", "engage", "gas", "mortar", "sink", "hang", "loot", "raid", "repel"):
        return frame.object is not None
    return True


def _nominal(scene: Scene, hit: Hit) -> EventClaim | None:
    number = hit.number
    if not _tells(scene, hit):
        return None
    frame = noun_frame(scene.parse, number)
    kind = noun_kind(scene, hit, frame)
    if kind is None:
        return None
    target = _hit_by(scene, frame) or under_fire(scene, number)
    inner = _of(scene, hit)
    actor = _attacker(scene, hit, frame)
    piece = scene.parse.pieces[number]
    tail = [item for item in (target, frame.agent, frame.with_prep("in", "near")) if item is not None]
    start, end = piece.start, max([piece.end, *(item.end for item in tail)])
    place = where_act(scene, frame, inner or target)
    return EventClaim(
        **scene.common(number, start, end, scene.parse.tokens[hit.first].start),
        type=kind,
        place=place,
        actors=(actor,) if actor is not None else _parties(scene, frame, kind),
        targets=_targets(scene, target or inner),
        count=(count_of(scene, inner) if kind in _OF_PEOPLE else None) or _nouns_count(scene, hit),
    )


def _nouns_count(scene: Scene, hit: Hit) -> Quantity | None:
    return _count(scene, hit.number) or _bare_one(scene, hit)


def _hit_by(scene: Scene, frame: Frame) -> Phrase | None:
    """What an act is on or against; "on the outskirts of the city" says only where it was."""
    for item in frame.phrases:
        if item.prep in ("against", "at", "targeting", "of"):
            return item
        if item.prep == "on" and head(scene.parse, item).lower not in word_class("margins"):
            return item
    return None


def _bare_one(scene: Scene, hit: Hit) -> Quantity | None:
    """As in the headline "Strike kills 15": one act, by a bare noun that opens its sentence and a singular verb."""
    piece, after = scene.parse.pieces[hit.number], scene.parse.after(hit.number)
    opens = hit.number == 0 and hit.last == piece.last and scene.parse.tokens[piece.first].tag is not Tag.DET
    if not opens or after is None or after.role is not Role.VERB:
        return None
    verb, noun = scene.parse.main(after), scene.parse.tokens[hit.last - 1].lower
    singular = verb.form is VerbForm.S and not noun.endswith(("s", "ing"))
    return (
        Quantity(low=1, best=1, high=1, expression=noun) if singular and noun not in word_class("many_in_one") else None
    )


def _tells(scene: Scene, hit: Hit) -> bool:
    """Does the noun tell of an act, rather than refer back to one, or belong to a name or a weapon held?"""
    words = scene.parse.tokens
    piece = scene.parse.pieces[hit.number]
    noun = words[hit.last - 1].lower
    following = words[hit.last] if hit.last < piece.last else None
    if hit.trigger.subtype == "agreement" and hit.trigger.base in _AGREE:
        sentence = scene.reading.sentences[scene.number]
        text = scene.reading.lower[sentence.start : sentence.end]
        if not any(cue in text for cue in _AGREE_CUES) or any(cue in text for cue in _NOT_WAR):
            return False
    if following is not None and following.tag in (Tag.NOUN, Tag.NAME) and following.lower in word_class("holders"):
        return False
    if hit.trigger.base == "war":
        return False
    if following is not None and following.lower in _UNITS and following.text[0].isupper():
        return False
    if _is_title(scene, hit) or _handled(scene, hit):
        return False
    if noun in word_class("bare") and hit.last - hit.first == 1:
        return _modified(scene, hit) or _has_tail(scene, hit)
    return True


def _handled(scene: Scene, hit: Hit) -> bool:
    """Is it a weapon that is found, cleared or kept: no act of its own?"""
    if hit.trigger.subtype not in ("bombing", "shelling", "chemical_attack"):
        return False
    parse = scene.parse
    near = [(hit.number - 1, False), (hit.number + 1, True)]
    return any(
        0 <= at < len(parse.pieces)
        and parse.pieces[at].role is Role.VERB
        and parse.main(parse.pieces[at]).base in word_class("handling")
        and parse.pieces[at].passive is passive
        for at, passive in near
    )


def _is_title(scene: Scene, hit: Hit) -> bool:
    """Does the phrase only repeat the document's title, as encyclopaedias do?"""
    title = scene.reading.document.title
    if scene.reading.sentences[scene.number].form is Form.HEADLINE:
        return False
    piece = scene.parse.pieces[hit.number]
    words = [token.lower for token in scene.parse.words(piece) if token.tag is not Tag.DET]
    return title is not None and " ".join(words) == " ".join(title.lower().split("(")[0].split())


def _modified(scene: Scene, hit: Hit) -> bool:
    piece = scene.parse.pieces[hit.number]
    before = scene.parse.tokens[piece.first : hit.first]
    definite = bool(before) and before[0].lower in ("the", "this", "that", "these", "those", "such")
    others = [token for token in before if token.tag is not Tag.DET]
    return bool(others) if definite else True


def _has_tail(scene: Scene, hit: Hit) -> bool:
    piece = scene.parse.pieces[hit.number]
    if hit.last < piece.last and scene.parse.tokens[hit.last].lower == "of":
        return True
    after = scene.parse.after(hit.number)
    return (
        after is not None
        and after.role is Role.PREP
        and scene.parse.tokens[after.first].lower in ("on", "against", "by", "in", "near", "at")
    )


def _attacker(scene: Scene, hit: Hit, frame: Frame) -> Mention | None:
    """As in "By" phrase, or the words before the noun: "Syrian government air strikes", "Russia's offensive"."""
    if frame.agent is not None:
        return scene.actor(frame.agent)
    piece = scene.parse.pieces[hit.number]
    before = [
        token for token in scene.parse.tokens[piece.first : hit.first] if token.tag not in (Tag.DET, Tag.NUM, Tag.ADV)
    ]
    while before and before[0].lower == "of":
        before = before[1:]
    if not before:
        return None
    own = Phrase(number=hit.number, start=before[0].start, end=before[-1].end)
    hits = list(scene.reading.names.actors.within(own.start, own.end))
    if hits:
        return mention(scene.reading, hits[0].start, max(hits[-1].end, hits[0].end))
    return None


def _parties(scene: Scene, frame: Frame, kind: EventType) -> tuple[Mention, ...]:
    """As in "Clashes between A and B", "fighting with B"; what is done against B is not done by B."""
    mutual = ("between", "among") if kind in _ONE_SIDED else ("between", "among", "with", "against")
    found: list[Mention] = []
    for item in frame.phrases:
        if item.prep in mutual and actors_in(scene.reading, scene.parse, item):
            hits = list(scene.reading.names.actors.within(item.start, item.end))
            if len(hits) > 1:
                found.extend(mention(scene.reading, hit.start, hit.end) for hit in hits)
            else:
                own = named(scene.reading, scene.parse, item)
                found.extend([own] if own is not None else [])
    return tuple(found[:4])


def _of(scene: Scene, hit: Hit) -> Phrase | None:
    """What follows "of" inside the noun's own phrase: "shelling of residential areas"."""
    piece = scene.parse.pieces[hit.number]
    inside = scene.parse.tokens[hit.last : piece.last]
    if len(inside) > 1 and inside[0].lower == "of":
        return Phrase(number=hit.number, start=inside[1].start, end=piece.end, prep="of")
    return None


def _targets(scene: Scene, target: Phrase | None) -> tuple[Mention, ...]:
    if target is None:
        return ()
    own = named(scene.reading, scene.parse, target) if target.start == scene.parse.pieces[target.number].start else None
    if own is None and target.prep == "of":
        own = mention(scene.reading, target.start, target.end)
    return (own,) if own is not None else ()


def _count(scene: Scene, number: int) -> Quantity | None:
    """As in "64 strikes", "a rocket": the number at the head of a phrase; "a series of" counts nothing."""
    piece = scene.parse.pieces[number]
    hits = [hit for hit in scene.reading.names.amounts.within(piece.start, piece.end) if hit.value.quantity.known]
    hit = next((one for one in hits if one.value.kind is not AmountKind.ARTICLE), next(iter(hits), None))
    if hit is None:
        return None
    words = scene.reading.text[hit.start : hit.end].lower()
    following = [token.lower for token in scene.parse.words(piece) if token.start >= hit.end]
    if words in ("a", "an", "one") and any(word in word_class("many_in_one") for word in following):
        return None
    return hit.value.quantity


#: Acts of one side on another.
_ONE_SIDED = frozenset(
    {
        EventType.AIR_STRIKE,
        EventType.SHELLING,
        EventType.BOMBING,
        EventType.CHEMICAL_ATTACK,
        EventType.EXECUTION,
        EventType.KILLING,
        EventType.GROUND_ATTACK,
    }
)
