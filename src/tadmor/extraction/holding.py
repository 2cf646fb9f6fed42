"""Control told as having and losing: "under ISIS control", "lost X to Y", "fell to", "drove X out of"."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention, Polarity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.control import claim, holder_of, is_named_ground, is_people
from tadmor.extraction.frames import Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.grounds import degree_of, is_ground
from tadmor.extraction.lists import list_to
from tadmor.extraction.mentions import actors_in, conjuncts, is_pronoun, mention, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, Token
from tadmor.extraction.unnamed import lying, somewhere

#: Where what is not under someone's control lies.
_BEYOND = frozenset({"outside", "beyond"})
_DEGREES = frozenset({"full", "tight", "complete", "total", "partial", "firm", "effective", "sole"})
#: What a town falls after, during or without; one that falls to, into or under something falls to someone.
_BESIDES = frozenset({"after", "amid", "before", "despite", "during", "following", "without"})
#: Verbs of driving forces out of what they held.
_DRIVING = frozenset(
    [
        "chase",
        "clear",
        "dislodge",
        "drive",
        "eject",
        "evict",
        "expel",
        "flush",
        "force",
        "kick",
        "oust",
        "push",
        "rout",
    ]
)


def holding_claims(scene: Scene) -> Iterator[Claim]:
    """Control told as having and losing, in one sentence."""
    yield from _under_control(scene)
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB:
            continue
        base = scene.parse.main(piece).base
        if base == "fall":
            yield from _fell(scene, number)
        elif base == "lose":
            yield from _lost(scene, number)
        elif base in _DRIVING:
            yield from _driven(scene, number)


def _under_control(scene: Scene) -> Iterator[Claim]:
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.NP:
            continue
        words = scene.parse.words(piece)
        at = next(
            (
                index
                for index, token in enumerate(words)
                if token.lower in ("control", "siege", "occupation", "rule") and token.tag is not Tag.VERB
            ),
            None,
        )
        if at is None or (at and words[at - 1].lower in word_class("other_control")):
            continue
        before = scene.parse.before(number)
        prep = scene.parse.tokens[before.first].lower if before is not None and before.role is Role.PREP else None
        if prep in _BEYOND and words[at].lower in ("control", "rule"):
            yield from _beyond(scene, number, at)
        elif prep == "under" or (prep == "in" and _only_degree(words[:at])):
            yield from _under(scene, number, at, inside=prep == "in")
        elif words[at].lower == "control":
            yield from _control_of(scene, number, at)


def _only_degree(words: list[Token]) -> bool:
    """As in "in full control of"."""
    return all(token.tag in (Tag.DET, Tag.ADJ, Tag.ADV) or token.lower in _DEGREES for token in words)


def _beyond(scene: Scene, number: int, at: int) -> Iterator[Claim]:
    """As in "the town remains outside the control of the regime"."""
    for made in _under(scene, number, at, inside=False):
        if isinstance(made, ControlClaim) and made.holder is not None:
            yield msgspec.structs.replace(made, polarity=Polarity.DENIED)


def _under(scene: Scene, number: int, at: int, *, inside: bool) -> Iterator[Claim]:
    """As in "X is under ISIS control", "areas under siege"; "ISIS is in control of X"."""
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    subject = _joined_subject(scene, number - 1) or _left_phrase(scene, number - 1)
    of = Phrase(number=number, start=words[at + 1].start, end=piece.end) if at + 1 < len(words) else None
    own = [token for token in words[:at] if token.tag not in (Tag.DET, Tag.ADJ) and token.lower not in _DEGREES]
    holder = mention(scene.reading, own[0].start, own[-1].end) if own else None
    target = subject
    if inside:
        holder, target = scene.actor(subject), of
    elif holder is None and of is not None:
        holder = _of_whom(scene, words[at + 2 :]) or scene.actor(of)
    if holder is not None and holder.expression.lower() in ("their", "its"):
        holder = scene.focus.actor(scene.number)
    siege = words[at].lower == "siege"
    frame = noun_frame(scene.parse, number)
    local = frame.with_prep("in", "at", "inside") if siege else None
    place, degree = _ruled(scene, target, local, number)
    if siege and frame.agent is not None:
        holder = scene.actor(frame.agent)
    start = subject.start if subject is not None and piece.start - subject.start < 120 else piece.start
    for each in (place, *_others(scene, subject if target is subject else None, place)):
        yield ControlClaim(
            **scene.common(number, start, piece.end, piece.start),
            place=each,
            change=Change.GAINED if not siege and _brought(scene, target) else Change.HELD,
            degree=Degree.BESIEGED if siege else degree,
            holder=holder,
        )


def _others(scene: Scene, subject: Phrase | None, first: Mention | None) -> Iterator[Mention]:
    """The further places of "X and Y are under rebel control"."""
    if subject is None or first is None or first.carried:
        return
    for item in (part for whole in list_to(scene.parse, subject) for part in conjuncts(scene.parse, whole)):
        yield from (place for place in scene.places(item) if place.start != first.start and not place.carried)


def _brought(scene: Scene, target: Phrase | None) -> bool:
    """As in "bringing the town under government control": it was not before."""
    before = scene.parse.pieces[target.number - 1] if target is not None and target.number else None
    verb = before is not None and before.role is Role.VERB and not before.passive
    return verb and before is not None and scene.parse.main(before).base in ("bring", "place", "put")


def _ruled(scene: Scene, target: Phrase | None, local: Phrase | None, number: int) -> tuple[Mention | None, Degree]:
    """What is under control or siege: the place said, or "areas" that lie in or about one."""
    degree = degree_of(scene, target)
    places = scene.places(local) or scene.places(target)
    if places or target is None or is_pronoun(scene.parse, target) or not is_ground(scene, target):
        return (places[0] if places else scene.focus.implicit(scene.number)), degree
    after = phrase(scene.parse, number)
    return somewhere(scene, target, degree, lying(scene, target) or lying(scene, after))


def _of_whom(scene: Scene, words: list[Token]) -> Mention | None:
    """As in "under the control of the armed opposition": the words after "of" where they tell who."""
    own = [token for token in words if token.tag is not Tag.DET]
    if not own:
        return None
    number = next(n for n, piece in enumerate(scene.parse.pieces) if piece.end > own[0].start)
    whom = Phrase(number=number, start=own[0].start, end=own[-1].end)
    forces = scene.reading.lexicon.classes["force_nouns"]
    named = any(True for _ in scene.reading.names.actors.within(whom.start, whom.end))
    return mention(scene.reading, whom.start, whom.end) if named or own[-1].lower in forces else None


def _joined_subject(scene: Scene, number: int) -> Phrase | None:
    """Of "were in the city, a resident said, but not yet in control of it" the subject that both are said of."""
    at, joined = number - 1, False
    while at >= 0 and scene.parse.pieces[at].role in (Role.OTHER, Role.CONJ):
        joined = joined or scene.parse.tokens[scene.parse.pieces[at].first].lower in ("but", "and")
        at -= 1
    while joined and at >= 0:
        piece = scene.parse.pieces[at]
        if piece.role is Role.VERB and scene.parse.stands(piece):
            return verb_frame(scene.parse, at, passive=False).subject
        at -= 1
    return None


def _left_phrase(scene: Scene, number: int) -> Phrase | None:
    """The noun phrase that "under control" is said of."""
    verb = None
    for at in range(number - 1, max(number - 7, -1), -1):
        piece = scene.parse.pieces[at]
        if piece.role is Role.VERB:
            verb = at
        elif verb is not None and piece.role is Role.NP and preposition(scene.parse, at) is not None:
            continue  # "groups | from | X | remain | in control"
        elif piece.role is Role.NP and (verb is not None or at == number - 1):
            return phrase(scene.parse, at)
    frame = verb_frame(scene.parse, verb, passive=False) if verb is not None else None
    return frame.subject if frame is not None else None


#: Verbs by which control comes to someone, rather than being had.
_TAKING = frozenset(
    [
        "take",
        "gain",
        "regain",
        "seize",
        "establish",
        "assume",
        "wrest",
        "restore",
        "win",
        "extend",
        "consolidate",
        "claim",
        "retake",
        "impose",
    ]
)


#: Verbs by which somebody else gets control of a place: "giving the army control of the town".
_GIVING = frozenset({"give", "grant"})


def _control_of(scene: Scene, number: int, at: int) -> Iterator[Claim]:
    """As in "took full control of X", "battle for control of X", "control over X by"."""
    if _told_by_verb(scene, number):
        return
    of = _controlled(scene, number, at)
    places = scene.ground(of) if of is not None else []
    if not places:
        return
    if preposition(scene.parse, number) == "for":
        yield claim(
            scene, number, place=places[0], change=Change.HELD, degree=Degree.CONTESTED, holder=None, parts=(of,)
        )
        return
    verb = next(
        (n for n in range(number - 1, max(number - 4, -1), -1) if scene.parse.pieces[n].role is Role.VERB), None
    )
    base = scene.parse.main(scene.parse.pieces[verb]).base if verb is not None else None
    if base in word_class("giving_up"):
        return  # told with who gives it up, and to whom
    subject = verb_frame(scene.parse, verb).subject if verb is not None else None
    if verb is not None and base in _GIVING:
        subject = _given(scene, verb, number, at)
    holder, loser = holder_of(scene, subject), None
    change = Change.GAINED if base in _TAKING or base in _GIVING else Change.HELD
    if base == "lose":
        winner = holder_of(scene, noun_frame(scene.parse, number).with_prep("to"))
        change, holder, loser = (Change.GAINED if winner else Change.LOST), winner, holder
    yield claim(
        scene,
        verb if verb is not None else number,
        place=places[0],
        change=change,
        degree=degree_of(scene, of),
        holder=holder,
        loser=loser,
        parts=(of, subject, phrase(scene.parse, number)),
        trigger=scene.parse.words(scene.parse.pieces[number])[at].start,
    )


def _given(scene: Scene, verb: int, number: int, at: int) -> Phrase | None:
    """Whom control is given to: the words between the verb and "control"."""
    start, end = scene.parse.pieces[verb].end, scene.parse.words(scene.parse.pieces[number])[at].start
    hit = next(scene.reading.names.actors.within(start, end), None)
    return Phrase(number=number, start=hit.start, end=hit.end) if hit is not None else None


def _told_by_verb(scene: Scene, number: int) -> bool:
    """Is the phrase part of a trigger such as "took control of", which tells the same?"""
    return any(
        hit.number <= number <= hit.number + 1 and hit.trigger.part == "verb" and "control" in hit.trigger.words
        for hit in scene.reading.hits(scene.number, "control")
    )


def _controlled(scene: Scene, number: int, at: int) -> Phrase | None:
    """What is under control: the words after "of" in the phrase, else those after "over"."""
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    if at + 1 < len(words):
        return Phrase(number=number, start=words[at + 1].start, end=piece.end)
    return noun_frame(scene.parse, number).with_prep("over", "of")


def _fell(scene: Scene, number: int) -> Iterator[Claim]:
    frame = verb_frame(scene.parse, number, passive=False)
    places = scene.places(frame.subject)
    to = frame.with_prep("to", "into", "under")
    if not places and frame.subject is not None and is_named_ground(scene, frame.subject, to):
        places = scene.ground(frame.subject)
    if to is not None and any(token.lower == "hands" for token in words_of(scene.parse, to)):
        return
    actor = to is not None and actors_in(scene.reading, scene.parse, to)
    ends = _ends(scene, number + 1)
    if places and (actor or ends):
        yield claim(
            scene,
            number,
            place=places[0],
            change=Change.GAINED,
            degree=Degree.FULL,
            holder=holder_of(scene, to) if actor else None,
            parts=(frame.subject, to if actor else None),
        )


def _ends(scene: Scene, at: int) -> bool:
    """Is nothing more said of a fall than when, or beside what else: "fell on Monday", "fell without a fight"?"""
    pieces = scene.parse.pieces
    if at >= len(pieces) or pieces[at].role in (Role.PUNCT, Role.TIME, Role.SUB, Role.CONJ):
        return True
    if pieces[at].role is not Role.PREP:
        return False
    word = scene.parse.tokens[pieces[at].first].lower
    return word in _BESIDES or (at + 1 < len(pieces) and pieces[at + 1].role is Role.TIME)


def _lost(scene: Scene, number: int) -> Iterator[Claim]:
    """As in "They lost Manbij to the SDF": the winner gains; without one, lost."""
    frame = verb_frame(scene.parse, number)
    bare = is_named_ground(scene, frame.object, frame.subject)
    places = scene.ground(frame.object) if bare and frame.object is not None else scene.places(frame.object)
    if frame.object is None or not places or is_people(scene, frame.object):
        return
    to = frame.with_prep("to")
    loser = scene.actor(frame.subject)
    winner = holder_of(scene, to) if to is not None and actors_in(scene.reading, scene.parse, to) else None
    yield claim(
        scene,
        number,
        place=places[0],
        change=Change.GAINED if winner else Change.LOST,
        degree=degree_of(scene, frame.object),
        holder=winner,
        loser=loser,
        parts=(frame.subject if not frame.passive else None, frame.object, to),
    )


def _driven(scene: Scene, number: int) -> Iterator[Claim]:
    """As in "Drove the militants out of the city": the driver gains where the driven held."""
    frame = verb_frame(scene.parse, number)
    driven = frame.object
    out = frame.with_prep("from", "of")
    if driven is None or out is None or not actors_in(scene.reading, scene.parse, driven):
        return
    places = scene.places(out)
    if not places:
        return
    holder = holder_of(scene, frame.subject)
    yield claim(
        scene,
        number,
        place=places[0],
        change=Change.GAINED if holder else Change.LOST,
        degree=Degree.FULL,
        holder=holder,
        loser=scene.actor(driven),
        parts=(frame.subject, driven, out),
    )
