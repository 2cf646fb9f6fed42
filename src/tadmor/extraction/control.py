"""Control claims: who holds, gains, loses, contests or besieges a place."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention, Modality, Polarity
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import Form, word_class
from tadmor.extraction.aims import brought_about
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.duration import lasts
from tadmor.extraction.frames import Frame, Phrase, phrase, verb_frame
from tadmor.extraction.grounds import grounds, is_ground, object_of
from tadmor.extraction.mentions import actors_in, head, is_pronoun, mention, names_of_ground, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, is_name

#: Verbs whose object can be many a thing besides ground.
_NOT_ONLY_GROUND = frozenset(
    ["take", "secure", "occupy", "regain", "win", "reclaim", "win back", "take back", "free", "clear"]
)
#: Verbs that hold many things besides ground.
_HOLDING = frozenset({"hold", "retain", "maintain", "rule"})
#: What people are taken as or to, so that a name before them is a person's.
_TAKEN_AS = frozenset({"prisoner", "hostage", "captive", "to", "into", "away", "aside"})

#: What goes with a number that stands alone.
_MORE = frozenset({"more", "others", "other", "further"})
#: Kinds of actor that may be anyone, or nobody under arms.
_UNARMED = frozenset({ActorKind.GENERIC, ActorKind.CIVILIANS})


def control_claims(scene: Scene) -> Iterator[Claim]:
    """Control told by verbs of taking and holding, in one sentence."""
    for hit in scene.reading.hits(scene.number, "control"):
        yield from _triggered(scene, hit)


def _triggered(scene: Scene, hit: Hit) -> Iterator[Claim]:
    if hit.trigger.part == "verb":
        match hit.trigger.subtype:
            case "gained":
                yield from _gained(scene, hit)
            case "held":
                yield from _held(scene, hit)


def claim(
    scene: Scene, number: int, *, parts: tuple[Phrase | None, ...] = (), trigger: int | None = None, **said: Any
) -> ControlClaim:
    """A control claim whose words run over a piece and `parts`; `said` holds the fields of its own kind."""
    start, end = scene.passage(number, parts)
    piece = scene.parse.pieces[number]
    own = scene.parse.main(piece).start if piece.role is Role.VERB else piece.start
    at = own if trigger is None else trigger
    counted = next((quantity for part in parts if (quantity := _places_counted(scene, part)) is not None), None)
    fields = scene.common(number, start, end, at)
    brought = brought_about(scene.parse, number) if said["change"] is not Change.HELD else None
    if brought is not None and fields["modality"] is Modality.ASSERTED:
        fields["modality"] = brought
    return _from_another(scene, ControlClaim(**fields, count=counted, **said))


def _from_another(scene: Scene, made: ControlClaim) -> ControlClaim:
    """Nobody takes a place from himself: of "it pushed the rebels from X" the rebels are not "it".

    Of the two the one that the words themselves name is right.
    """
    if made.holder is None or made.loser is None or not _same_actor(scene, made.holder, made.loser):
        return made
    if made.loser.carried:
        return msgspec.structs.replace(made, loser=None)
    change = Change.LOST if made.change is Change.GAINED else made.change
    return msgspec.structs.replace(made, holder=None, change=change)


def _same_actor(scene: Scene, one: Mention, other: Mention) -> bool:
    actors = scene.reading.names.actors
    ids = [{hit.value.id for hit in actors.within(each.start, each.end)} for each in (one, other)]
    return one.expression.lower() == other.expression.lower() or (ids[0] == ids[1] != set())


def _places_counted(scene: Scene, part: Phrase | None) -> Quantity | None:
    """As in "17 villages", "several villages north of the city"."""
    if part is None:
        return None
    nouns, hits = scene.reading.lexicon.classes["place_nouns"], scene.reading.names.amounts.within(part.start, part.end)
    counted = head(scene.parse, part).lower in nouns
    return next((h.value.quantity for h in hits if h.value.quantity.known and (counted or h.value.of in nouns)), None)


def _gained(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = object_of(scene, hit, frame)
    if (
        target is None
        or is_people(scene, target)
        or _is_clear(scene, hit)
        or _is_actor(scene, target)
        or (
            not (_takes_ground(scene, hit, target) or is_ground(scene, target))
            and not is_named_ground(scene, target, frame.subject)
        )
    ):
        return
    loser = frame.with_prep("from")
    taken_from = scene.actor(loser) if loser is not None and actors_in(scene.reading, scene.parse, loser) else None
    for ground in grounds(scene, target, frame):
        yield claim(
            scene,
            hit.number,
            place=ground.place,
            change=Change.HELD if lasts(scene, hit) else Change.GAINED,
            degree=Degree.PARTIAL if hit.trigger.base in ("reenter", "re-enter") else ground.degree,
            holder=doer_of(scene, frame),
            loser=taken_from,
            parts=(None if frame.passive else frame.subject, ground.item, frame.agent),
            trigger=scene.parse.tokens[hit.first].start,
        )


def _is_clear(scene: Scene, hit: Hit) -> bool:
    """As in "it was not clear": no ground was cleared."""
    main = scene.parse.tokens[hit.first]
    return hit.trigger.base == "clear" and main.form is Form.BASE and scene.parse.pieces[hit.number].has_be


def _is_actor(scene: Scene, target: Phrase) -> bool:
    """Is the object an actor and no ground?"""
    if scene.places(target):
        return False
    nouns = scene.reading.lexicon.classes["place_nouns"]
    return actors_in(scene.reading, scene.parse, target) and head(scene.parse, target).lower not in nouns


def _takes_ground(scene: Scene, hit: Hit, target: Phrase) -> bool:
    """Verbs that take ground whatever it is called: "captured the cemetery", "seized three hilltops"."""
    if hit.trigger.base in _NOT_ONLY_GROUND:
        return False
    return not any(token.lower in word_class("not_ground") for token in words_of(scene.parse, target))


def is_named_ground(scene: Scene, target: Phrase | None, who: Phrase | None) -> bool:
    """As in "the rebels took Nawnghkio": a force does it to a bare name that no table has, so it is a place's."""
    if target is None or who is None or not is_force(scene, who):
        return False
    words = [token for token in words_of(scene.parse, target) if token.tag not in (Tag.DET, Tag.CONJ)]
    if not all(token.tag is Tag.NAME and is_name(token.text) for token in words):
        return False
    after = scene.parse.after(target.number)
    taken = after is not None and scene.parse.tokens[after.first].lower in _TAKEN_AS
    return not taken and bool(names_of_ground(scene.reading, scene.parse, target))


def holder_of(scene: Scene, subject: Phrase | None) -> Mention | None:
    """Who an argument names as holding; noted as the last actor told."""
    if subject is not None and scene.is_own_force(subject):
        return scene.focus.actor(scene.number)
    found = scene.actor(subject)
    if found is not None and not found.carried:
        scene.focus.see_actor(found, scene.number)
    return found


def is_force(scene: Scene, item: Phrase) -> bool:
    """Is it a force that can hold out, and no place and no mere people ("has encircled 100,000 people")?"""
    if scene.places(item):
        return False
    kinds = {hit.value.kind for hit in scene.reading.names.actors.within(item.start, item.end)}
    return head(scene.parse, item).lower in word_class("force_nouns") or bool(kinds - _UNARMED)


def doer_of(scene: Scene, frame: Frame) -> Mention | None:
    """Who does what an infinitive or participle tells, where its own subject names nobody.

    As in "the army cut the road, capturing two villages", "operations of the army to retake the city" and "after
    capturing the hill, the troops": who does the act named right before it, else the clause before, else after it.
    """
    group = scene.parse.pieces[frame.number]
    act = _whose_act(scene, frame.number - 1) if group.infinitive else None
    own = act or holder_of(scene, frame.subject)
    if own is not None or frame.passive or not (group.infinitive or scene.parse.main(group).form is Form.ING):
        return own
    for at in range(frame.number - 1, -1, -1):
        piece = scene.parse.pieces[at]
        if piece.role is Role.PUNCT and scene.parse.tokens[piece.first].text in (";", ":", "“", "”", '"'):
            return None
        subject = verb_frame(scene.parse, at).subject if piece.role is Role.VERB else None
        if subject is not None and is_force(scene, subject):
            return holder_of(scene, subject)
    return _doer_after(scene, frame.number)


def _whose_act(scene: Scene, at: int) -> Mention | None:
    """Whose operations "army operations to retake the city" are."""
    if at < 0 or scene.parse.pieces[at].role is not Role.NP:
        return None
    act = phrase(scene.parse, at)
    hit = next(scene.reading.names.actors.within(act.start, act.end), None)
    nouns = {head(scene.parse, act).lower, words_of(scene.parse, act)[-1].lower}  # "support of army operations"
    if hit is None or nouns.isdisjoint(word_class("act_nouns")):
        return None
    return mention(scene.reading, hit.start, hit.end)


def _doer_after(scene: Scene, number: int) -> Mention | None:
    """The subject of the clause that a fronted one stands before."""
    pieces = scene.parse.pieces
    verb = next((at for at in range(number + 1, len(pieces)) if pieces[at].role is Role.VERB), None)
    subject = verb_frame(scene.parse, verb, passive=pieces[verb].passive).subject if verb is not None else None
    return holder_of(scene, subject) if subject is not None and subject.number > number else None


def is_people(scene: Scene, target: Phrase | None) -> bool:
    """Is the object people rather than ground?"""
    if target is None:
        return False
    noun = head(scene.parse, target)
    if all(token.tag in (Tag.NUM, Tag.DET, Tag.ADV) or token.lower in _MORE for token in words_of(scene.parse, target)):
        return not is_pronoun(scene.parse, target)  # "40 more were captured": whom was told before
    if noun.lower in word_class("shares"):  # "80 percent of the city's residents"
        noun = words_of(scene.parse, target)[-1]
    return noun.lower in scene.reading.lexicon.classes["person_nouns"]


def _held(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = object_of(scene, hit, frame)
    base = hit.trigger.base
    if target is None or is_people(scene, target) or _holds_out(scene, hit):
        return
    bare = is_named_ground(scene, target, frame.subject)
    if not bare and (not is_ground(scene, target) or (base in _HOLDING and not scene.places(target))):
        return
    actor = frame.subject if not frame.passive else frame.agent
    for ground in grounds(scene, target, frame):
        yield claim(
            scene,
            hit.number,
            place=ground.place,
            change=Change.HELD,
            degree=ground.degree,
            holder=holder_of(scene, actor),
            parts=(frame.subject, ground.item, frame.agent),
            trigger=scene.parse.tokens[hit.first].start,
        )


def _holds_out(scene: Scene, hit: Hit) -> bool:
    """As in "the garrison of X held out": it holds, and nothing is held by another."""
    after = scene.parse.tokens[hit.last : hit.last + 1]
    return hit.trigger.base == "hold" and [token.lower for token in after] in (["out"], ["off"])


def distinct(claims: Iterator[Claim]) -> Iterator[Claim]:
    """Drop a claim whose words lie inside another's with the same place and change."""
    kept: list[ControlClaim] = []
    for claim in sorted((c for c in claims if isinstance(c, ControlClaim)), key=lambda c: (c.start, -c.end)):
        same = next((k for k in kept if k.span.overlaps(claim.span) and _same(k, claim) and _at_once(k, claim)), None)
        if same is None:
            kept.append(claim)
        elif same.holder is None and claim.holder is not None:
            kept[kept.index(same)] = msgspec.structs.replace(same, holder=claim.holder)
    yield from kept


_PASSING = re.compile(
    r"\b(?:briefly|temporarily|momentarily|short-lived|for a (?:time|while)|for (?:a few|several) (?:hours|days))\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(r"\b(?:but|before|then|however|only to|until)\b", re.IGNORECASE)


def passing(claims: Iterable[Claim], text: str, end: int) -> Iterator[Claim]:
    """Mark changes of control that did not last as partial.

    Those told to be brief, and those that the same sentence goes on to undo: "was recaptured, but the regime lost it
    again". `end` is where the sentence ends.
    """
    told = [claim for claim in claims if isinstance(claim, ControlClaim)]
    for at, claim in enumerate(told):
        brief = _PASSING.search(text, claim.start, min(claim.end + 20, end))
        undone = any(_undoes(later, claim, text) for later in told[at + 1 :])
        change = claim.degree is Degree.FULL and claim.change is not Change.HELD
        yield msgspec.structs.replace(claim, degree=Degree.PARTIAL) if change and (brief or undone) else claim


def _undoes(later: ControlClaim, claim: ControlClaim, text: str) -> bool:
    """Does a later change of the same place stand after "but", "before" or "then"?"""
    if later.change is Change.HELD or later.start < claim.end or later.place is None or claim.place is None:
        return False
    if later.polarity is Polarity.DENIED:  # whoever denies a capture tells of none that followed
        return False
    same = later.place.expression == claim.place.expression
    return same and bool(_UNDONE.search(text, claim.end, later.start + 6))


def _at_once(left: ControlClaim, right: ControlClaim) -> bool:
    """Do two claims name no two times: "was lost to X on 4 January, and retaken on 14 March"?"""
    return left.time is None or right.time is None or left.time.start == right.time.start


def _same(left: ControlClaim, right: ControlClaim) -> bool:
    here = left.place.expression if left.place else None
    there = right.place.expression if right.place else None
    return (
        here == there
        and left.change == right.change
        and (left.degree == right.degree or Degree.PARTIAL in (left.degree, right.degree))
    )
