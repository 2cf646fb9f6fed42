"""Ground gained that is told as gains: "made gains in the province", "rebel gains around the town"."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention, Modality
from tadmor.extraction.builder import WHERE, Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.control import claim, holder_of
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, verb_frame
from tadmor.extraction.mentions import mention
from tadmor.extraction.parse import Role
from tadmor.extraction.unnamed import around

#: Prepositions of where gains are made.
_AT = (*WHERE, "to", "along", "towards")


def gains_claims(scene: Scene) -> Iterator[Claim]:
    """Ground gained, in one sentence."""
    for hit in scene.reading.hits(scene.number, "control"):
        if hit.trigger.subtype == "gains":
            yield from _gains(scene, hit)


def _gains(scene: Scene, hit: Hit) -> Iterator[ControlClaim]:
    """By whoever made them, or whose they are: one of the two is told."""
    frame = _frame(scene, hit)
    own = _whose(scene, hit)
    holder = own or holder_of(scene, frame.agent or frame.subject)
    place, told = _where(scene, hit, frame)
    if holder is None and told is None:
        return
    made = claim(
        scene,
        hit.number,
        place=place or around(scene.where(frame, objects=False)),
        change=Change.GAINED,
        degree=Degree.PARTIAL,
        holder=holder,
        parts=(frame.subject, told or frame.object),
        trigger=scene.parse.tokens[hit.first].start,
    )
    # whoever plans to stem "rebel gains" says that there are some
    there = own is not None and made.modality is Modality.PLANNED
    yield msgspec.structs.replace(made, modality=Modality.ASSERTED) if there else made


def _frame(scene: Scene, hit: Hit) -> Frame:
    """The frame of the verb that the gains are made by, else their own."""
    if hit.trigger.part == "verb":
        return verb_frame(scene.parse, hit.number)
    before = scene.parse.before(hit.number)
    if before is not None and before.role is Role.VERB:
        return verb_frame(scene.parse, hit.number - 1)
    return noun_frame(scene.parse, hit.number)


def _whose(scene: Scene, hit: Hit) -> Mention | None:
    """As in "army gains", "Kurdish gains"."""
    if hit.trigger.part == "verb":
        return None
    start, end = scene.parse.pieces[hit.number].start, scene.parse.tokens[hit.first].start
    actors = list(scene.reading.names.actors.within(start, end))
    return mention(scene.reading, actors[-1].start, actors[-1].end) if actors else None


def _where(scene: Scene, hit: Hit, frame: Frame) -> tuple[Mention | None, Phrase | None]:
    """Where gains were made, with the words that say so: "in the province", "south of the town"."""
    after = scene.parse.after(hit.number)
    nearest = [phrase(scene.parse, hit.number + 1)] if after is not None and after.role is Role.NP else []
    for told in (*nearest, *(item for item in frame.phrases if item.prep in _AT)):
        places = scene.places(told)
        if places:
            return places[0], told
    return None, None
