"""Control claims: who holds, gains, loses, contests or besieges a place."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention
from tadmor.datamodel.places import Level
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, phrase, verb_frame
from tadmor.extraction.mentions import ANAPHORS, actors_in, conjuncts, head, mention, named, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag


def control_claims(scene: Scene) -> Iterator[Claim]:
    """Control told by verbs of taking, holding, besieging and cutting, in one sentence."""
    for hit in scene.reading.hits(scene.number, "control"):
        yield from _triggered(scene, hit)


def _triggered(scene: Scene, hit: Hit) -> Iterator[Claim]:
    if hit.trigger.part == "verb":
        match hit.trigger.subtype:
            case "gained":
                yield from _gained(scene, hit)
            case "held":
                yield from _held(scene, hit)
            case "besieged":
                yield from _besieged(scene, hit)
            case "cut":
                yield from _cut(scene, hit)


def claim(
    scene: Scene, number: int, *, parts: tuple[Phrase | None, ...] = (), trigger: int | None = None, **said: Any
) -> ControlClaim:
    """A control claim whose words run over a piece and `parts`; `said` holds the fields of its own kind."""
    start, end = scene.passage(number, parts)
    at = scene.parse.pieces[number].start if trigger is None else trigger
    counted = next((quantity for part in parts if (quantity := _places_counted(scene, part)) is not None), None)
    return ControlClaim(**scene.common(number, start, end, at), count=counted, **said)


def _places_counted(scene: Scene, part: Phrase | None) -> Quantity | None:
    """As in "17 villages"."""
    if part is None or head(scene.parse, part).lower not in scene.reading.lexicon.classes["place_nouns"]:
        return None
    hit = next((h for h in scene.reading.names.amounts.within(part.start, part.end) if h.value.quantity.known), None)
    return hit.value.quantity if hit is not None else None


def _share_of(scene: Scene, item: Phrase) -> Degree:
    """The degree of a part of a list: of "parts of Syria and Iraq" a share of either."""
    piece = scene.parse.pieces[item.number]
    whole = Phrase(number=item.number, start=piece.start, end=piece.end)
    return degree_of(scene, whole if words_of(scene.parse, item)[0].tag is Tag.NAME else item)


def _ground(scene: Scene, target: Phrase | None) -> bool:
    """Is the object ground that one can hold: a named place, a place noun, or a pronoun for one?"""
    if target is None:
        return False
    if scene.places(target):
        return True
    words = words_of(scene.parse, target)
    if len(words) == 1 and words[0].lower in ("part", "place", "control", "shelter", "positions", "position", "ground"):
        return False
    if any(token.lower in word_class("not_ground") for token in words):
        return False
    return any(token.lower in scene.reading.lexicon.classes["place_nouns"] for token in words)


def degree_of(scene: Scene, target: Phrase | None) -> Degree:
    """Is the whole of a place meant, or a share of it, or only its roads?"""
    if target is None:
        return Degree.FULL
    words = words_of(scene.parse, target)
    first = next((index for index, token in enumerate(words) if token.tag not in (Tag.DET, Tag.NUM)), 0)
    lead = [token.lower for token in words[: first + 2]]
    share = any(
        word
        in (
            "part",
            "parts",
            "half",
            "most",
            "much",
            "portion",
            "portions",
            "swathes",
            "swathe",
            "percent",
            "territory",
            "territories",
            "ground",
            "positions",
            "outskirts",
            "third",
            "strip",
        )
        for word in lead
    )
    roads = head(scene.parse, target).lower in (
        "road",
        "roads",
        "highway",
        "route",
        "routes",
        "line",
        "lines",
        "positions",
        "km",
    )
    return Degree.PARTIAL if share or roads else Degree.FULL


def _targets(scene: Scene, target: Phrase, frame: Frame) -> list[tuple[Phrase, Mention | None]]:
    """The places of an object, each for a claim of its own; a nameless one is where the clause or the story is."""
    items = scene.list_to(target) if target.number < frame.number else scene.list_from(target)
    parts = [part for item in items for part in conjuncts(scene.parse, item)]
    found: list[tuple[Phrase, Mention | None]] = [(part, place) for part in parts for place in scene.ground(part)]
    if found:
        return [item for at, item in enumerate(found) if not (at and _lies_in(scene, item[1], found[at - 1][1]))]
    noun = head(scene.parse, target)
    if noun.lower in word_class("vague_ground"):
        return [(target, None)]
    if noun.lower in word_class("single_sites"):
        return [(target, named(scene.reading, scene.parse, target))]
    said = scene.said_where(frame)
    return [(target, said or around(scene.where(frame, objects=False)))]


def _lies_in(scene: Scene, place: Mention | None, before: Mention | None) -> bool:
    """Does a place of a list only say where the one before it lies: "Myrne, Luhansk Oblast and Pisky"?"""
    if place is None or before is None or scene.reading.text[: place.start].rstrip()[-1:] != ",":
        return False
    return _is_outer(scene, place) and not _is_outer(scene, before)


def _is_outer(scene: Scene, place: Mention) -> bool:
    """Is it a province by its noun, or or a province or country by its longer name?"""
    known = scene.candidates(place)
    words = place.expression.lower().split()
    outer = bool(known) and known[0].level in (Level.PROVINCE, Level.COUNTRY)
    return len(words) > 1 and (outer or ANAPHORS.get(words[-1]) == (Level.PROVINCE,))


def _object(scene: Scene, hit: Hit, frame: Frame) -> Phrase | None:
    """The object of a verb, or of a phrase that ends in its own preposition ("took control of X")."""
    if hit.last - hit.first > 1 and scene.parse.tokens[hit.last - 1].tag in (Tag.PREP, Tag.TO):
        after = scene.parse.piece_of[hit.last] if hit.last < len(scene.parse.tokens) else None
        if after is not None and scene.parse.pieces[after].role is Role.NP:
            return phrase(scene.parse, after)
    if hit.trigger.base.split()[-1] in ("of", "over") and hit.last < len(scene.parse.tokens):
        number = scene.parse.piece_of[hit.last]
        piece = scene.parse.pieces[number]
        if piece.role is Role.NP:
            words = scene.parse.tokens[hit.last : piece.last]
            return Phrase(number=number, start=words[0].start, end=words[-1].end) if words else None
    return frame.object


def _gained(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = _object(scene, hit, frame)
    if (
        target is None
        or is_people(scene, target)
        or _is_actor(scene, target)
        or not (_takes_ground(scene, hit, target) or _ground(scene, target))
    ):
        return
    loser = frame.with_prep("from")
    taken_from = scene.actor(loser) if loser is not None and actors_in(scene.reading, scene.parse, loser) else None
    for item, place in _targets(scene, target, frame):
        yield claim(
            scene,
            hit.number,
            place=place,
            change=Change.GAINED,
            degree=Degree.PARTIAL if hit.trigger.base in ("reenter", "re-enter") else _share_of(scene, item),
            holder=holder_of(scene, frame.subject),
            loser=taken_from,
            parts=(None if frame.passive else frame.subject, item, frame.agent),
            trigger=scene.parse.tokens[hit.first].start,
        )


def _is_actor(scene: Scene, target: Phrase) -> bool:
    """Is the object an actor and no ground?"""
    if scene.places(target):
        return False
    nouns = scene.reading.lexicon.classes["place_nouns"]
    return actors_in(scene.reading, scene.parse, target) and head(scene.parse, target).lower not in nouns


def _takes_ground(scene: Scene, hit: Hit, target: Phrase) -> bool:
    """Verbs that take ground whatever it is called: "captured the cemetery", "seized three hilltops"."""
    if hit.trigger.base in ("take", "secure", "occupy", "regain", "win", "reclaim", "win back", "take back", "free"):
        return False
    return not any(token.lower in word_class("not_ground") for token in words_of(scene.parse, target))


def holder_of(scene: Scene, subject: Phrase | None) -> Mention | None:
    """Who an argument names as holding; noted as the last actor told."""
    found = scene.actor(subject)
    if found is not None and not found.carried:
        scene.focus.see_actor(found, scene.number)
    return found


def around(town: Mention | None) -> Mention | None:
    """Ground without a name ("three villages") lies around the place of the story; it is not that place."""
    if town is None:
        return None
    return msgspec.structs.replace(town, expression=f"area around {town.expression}", carried=True)


def is_people(scene: Scene, target: Phrase | None) -> bool:
    """Is the object people rather than ground?"""
    if target is None:
        return False
    noun = head(scene.parse, target)
    if noun.lower in word_class("shares"):  # "80 percent of the city's residents"
        noun = words_of(scene.parse, target)[-1]
    return noun.lower in scene.reading.lexicon.classes["person_nouns"]


def _held(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = frame.object
    base = hit.trigger.base
    if target is None or not _ground(scene, target) or is_people(scene, target):
        return
    if base in ("hold", "retain", "maintain", "rule") and not scene.places(target):
        return
    actor = frame.subject if not frame.passive else frame.agent
    for item, place in _targets(scene, target, frame):
        yield claim(
            scene,
            hit.number,
            place=place,
            change=Change.HELD,
            degree=_share_of(scene, item),
            holder=holder_of(scene, actor),
            parts=(frame.subject, item, frame.agent),
            trigger=scene.parse.tokens[hit.first].start,
        )


def _besieged(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    places = scene.places(frame.object)
    if not places:
        return
    change = Change.HELD if frame.passive else Change.GAINED
    for place in places:
        yield claim(
            scene,
            hit.number,
            place=place,
            change=change,
            degree=Degree.BESIEGED,
            holder=holder_of(scene, frame.subject),
            parts=(frame.subject, frame.object, frame.agent),
            trigger=scene.parse.tokens[hit.first].start,
        )


def _cut(scene: Scene, hit: Hit) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, hit.number)
    target = frame.object
    if target is None:
        return
    words = {token.lower for token in words_of(scene.parse, target)}
    if not words & {"road", "roads", "highway", "route", "routes", "line", "lines", "supply", "corridor"}:
        return
    place = _road(scene, target, frame)
    yield claim(
        scene,
        hit.number,
        place=place,
        change=Change.GAINED,
        degree=Degree.PARTIAL,
        holder=holder_of(scene, frame.subject),
        parts=(frame.subject, target, frame.agent),
    )


def _road(scene: Scene, target: Phrase, frame: Frame) -> Mention | None:
    """The road as it is told, with "between A and B": what is cut is the road, not its ends."""
    between = frame.with_prep("between", "from", "to", "linking", "connecting")
    own = named(scene.reading, scene.parse, target)
    if own is None:
        return None
    return mention(scene.reading, own.start, between.end if between is not None else own.end)


def distinct(claims: Iterator[Claim]) -> Iterator[Claim]:
    """Drop a claim whose words lie inside another's with the same place and change."""
    kept: list[ControlClaim] = []
    for claim in sorted((c for c in claims if isinstance(c, ControlClaim)), key=lambda c: (c.start, -c.end)):
        same = next((k for k in kept if k.span.overlaps(claim.span) and _same(k, claim)), None)
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
    same = later.place.expression == claim.place.expression
    return same and bool(_UNDONE.search(text, claim.end, later.start + 6))


def _same(left: ControlClaim, right: ControlClaim) -> bool:
    here = left.place.expression if left.place else None
    there = right.place.expression if right.place else None
    return (
        here == there
        and left.change == right.change
        and (left.degree == right.degree or Degree.PARTIAL in (left.degree, right.degree))
    )
