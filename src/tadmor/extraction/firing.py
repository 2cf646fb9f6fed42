"""Fire told beside what it does: what lies under it, and the strike of "jets destroyed the depot"."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import EventClaim, EventType
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.frames import Frame, Phrase, preposition, verb_frame
from tadmor.extraction.kinds_of_act import weapons
from tadmor.extraction.mentions import is_pronoun
from tadmor.extraction.parse import Role

#: Verbs by which something lies under fire; an auxiliary alone is its own base.
_LYING_UNDER = frozenset({"come", "be", "been", "is", "are", "was", "were", "remain", "stay", "live", "go"})


def under_fire(scene: Scene, number: int) -> Phrase | None:
    """Of "the town came under rocket fire", "X has been under bombardment" what lies under it."""
    verb = number - 2
    if preposition(scene.parse, number) != "under" or verb < 0 or scene.parse.pieces[verb].role is not Role.VERB:
        return None
    if scene.parse.main(scene.parse.pieces[verb]).base not in _LYING_UNDER:
        return None
    subject = verb_frame(scene.parse, verb, passive=False).subject
    return subject if subject is not None and not is_pronoun(scene.parse, subject) else None


def fire_that(scene: Scene, hit: Hit, claim: EventClaim) -> Iterator[EventClaim]:
    """Of "jets destroyed the depot" the strike beside the destruction, as the guidelines count two acts."""
    if claim.type is not EventType.DESTRUCTION or hit.trigger.base in ("shoot down", "down"):
        return
    frame = verb_frame(scene.parse, hit.number)
    means = weapons(scene, hit.number, frame) if frame.subject is not None else None
    if means is not None:
        yield msgspec.structs.replace(claim, type=means, count=None)


def strikes_there(scene: Scene, hit: Hit, frame: Frame) -> bool:
    """As in "had no plans to strike inside the city": an armed actor strikes at a place, without an object."""
    there = frame.with_prep("in", "inside", "near", "at", "around", "across")
    local = hit.trigger.base == "strike" and there is not None and bool(scene.places(there))
    return local and scene.actor(frame.subject) is not None
