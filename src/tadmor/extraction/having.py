"""Control told by everyday verbs: "the army has X", "recovered X", "gave up X", "X changed hands", "belongs to".

Such verbs tell of control only where an armed actor does it to a named place or to a share of one: "the rebels have the
eastern half of X", but not "the army has the means".
"""

from collections.abc import Iterator

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Mention
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.control import claim, holder_of, is_force, is_named_ground, is_people
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, verb_frame
from tadmor.extraction.grounds import Ground, degree_of, grounds
from tadmor.extraction.mentions import actors_in, head, is_pronoun, mention, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, is_name

#: What stands between a grip and the place it is on.
_ON = ("on", "over", "of")
_HAVE = frozenset({"has", "have", "had"})


def having_claims(scene: Scene) -> Iterator[ControlClaim]:
    """Control told by having, getting and giving up, in one sentence."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.VERB:
            yield from _by_verb(scene, number)
        elif piece.role is Role.NP:
            yield from _grip(scene, number)


def _by_verb(scene: Scene, number: int) -> Iterator[ControlClaim]:
    verb = _verb(scene, number)
    frame = verb_frame(scene.parse, number)
    if verb in word_class("regaining"):
        yield from _done(scene, frame, Change.GAINED)
    elif verb in word_class("keeping"):
        yield from _done(scene, frame, Change.HELD)
    elif verb in word_class("giving_up"):
        yield from _given_up(scene, frame)
    elif verb in word_class("going_over"):
        yield from _gone_over(scene, number, verb)
    elif verb in word_class("ending") and not frame.passive:
        yield from _lifted(scene, frame)


def _verb(scene: Scene, number: int) -> str:
    """The verb with the particle or noun that it goes with: "get back", "give up", "change hands"."""
    piece = scene.parse.pieces[number]
    main = scene.parse.main(piece)
    base = main.base or ("have" if main.lower in _HAVE else "")
    after = scene.parse.tokens[piece.last].lower if piece.last < len(scene.parse.tokens) else ""
    together = f"{base} {after}"
    phrases = ("regaining", "keeping", "giving_up", "going_over")
    return together if any(together in word_class(name) for name in phrases) else base


def _done(scene: Scene, frame: Frame, change: Change) -> Iterator[ControlClaim]:
    """As in "the army recovered X", "X was run by the militia"."""
    who = frame.agent if frame.passive else frame.subject
    target = frame.object
    if target is None or not _is_armed(scene, who) or is_people(scene, target):
        return
    for ground in _named_grounds(scene, frame, target, who):
        yield claim(
            scene,
            frame.number,
            place=ground.place,
            change=change,
            degree=ground.degree,
            holder=holder_of(scene, who),
            parts=(None if frame.passive else who, ground.item, frame.agent),
            trigger=scene.parse.pieces[frame.number].start,
        )


def _given_up(scene: Scene, frame: Frame) -> Iterator[ControlClaim]:
    """As in "the rebels gave up X", "X was handed over to the army"."""
    target = frame.object
    loser = None if frame.passive else frame.subject
    to = frame.with_prep("to")
    winner = holder_of(scene, to) if to is not None and _is_armed(scene, to) else None
    gives = _is_armed(scene, loser) or _is_named_person(scene, loser)
    if target is None or is_people(scene, target) or (winner is None and not gives):
        return
    for ground in _named_grounds(scene, frame, target, loser):
        yield claim(
            scene,
            frame.number,
            place=ground.place,
            change=Change.GAINED if winner is not None else Change.LOST,
            degree=ground.degree,
            holder=winner,
            loser=holder_of(scene, loser),
            parts=(loser, ground.item, to),
            trigger=scene.parse.pieces[frame.number].start,
        )


def _is_named_person(scene: Scene, who: Phrase | None) -> bool:
    """As in "General Kessel surrendered X": a name that is no place's."""
    if who is None or scene.places(who):
        return False
    return any(token.tag is Tag.NAME and is_name(token.text) for token in words_of(scene.parse, who))


def _named_grounds(scene: Scene, frame: Frame, target: Phrase, who: Phrase | None) -> Iterator[Ground]:
    """The places that an object names."""
    bare = is_named_ground(scene, target, who)
    for ground in grounds(scene, target, frame):
        if ground.place is not None and not ground.place.carried and (bare or scene.places(ground.item)):
            yield ground


def _gone_over(scene: Scene, number: int, verb: str) -> Iterator[ControlClaim]:
    """As in "X changed hands", "X belongs to the rebels", "X surrendered to the army"."""
    frame = verb_frame(scene.parse, number, passive=False)
    subject = frame.subject
    places = scene.places(subject)
    to = frame.with_prep("to")
    holder = holder_of(scene, to) if to is not None and _is_armed(scene, to) else None
    if subject is None or not places or is_people(scene, subject) or (holder is None and verb != "change hands"):
        return
    end = _end_of(scene, number, verb)
    yield claim(
        scene,
        number,
        place=places[0],
        change=Change.HELD if verb == "belong" else Change.GAINED,
        degree=degree_of(scene, subject),
        holder=holder,
        parts=(subject, to, end),
        trigger=scene.parse.pieces[number].start,
    )


def _end_of(scene: Scene, number: int, verb: str) -> Phrase:
    """The verb with the word that it goes with."""
    piece = scene.parse.pieces[number]
    last = scene.parse.tokens[piece.last] if " " in verb else scene.parse.tokens[piece.last - 1]
    return Phrase(number=number, start=piece.start, end=last.end)


def _lifted(scene: Scene, frame: Frame) -> Iterator[ControlClaim]:
    """As in "the army broke the siege of X": the besieger loses."""
    target = frame.object
    if target is None or head(scene.parse, target).lower not in word_class("sieges"):
        return
    of = noun_frame(scene.parse, target.number).with_prep("of", "on", "around")
    places = scene.places(target) or scene.places(of)
    besieger = next(scene.reading.names.actors.within(target.start, target.end), None)
    yield claim(
        scene,
        frame.number,
        place=places[0] if places else scene.where(frame, objects=False),
        change=Change.LOST,
        degree=Degree.BESIEGED,
        holder=None,
        loser=mention(scene.reading, besieger.start, besieger.end) if besieger is not None else None,
        parts=(frame.subject, target, of if places else None),
        trigger=scene.parse.pieces[frame.number].start,
    )


def _grip(scene: Scene, number: int) -> Iterator[ControlClaim]:
    """As in "the army's hold on X"."""
    piece = scene.parse.pieces[number]
    words = scene.parse.words(piece)
    on = noun_frame(scene.parse, number).with_prep(*_ON)
    if words[-1].lower not in word_class("grips") or len(words) == 1 or on is None or on.number != number + 2:
        return
    whose = _whose(scene, Phrase(number=number, start=piece.start, end=words[-2].end))
    places = scene.places(on)
    if whose is None or not places or places[0].carried:
        return
    yield claim(
        scene,
        number,
        place=places[0],
        change=Change.HELD,
        degree=degree_of(scene, on),
        holder=whose,
        parts=(phrase(scene.parse, number), on),
        trigger=words[-1].start,
    )


def _whose(scene: Scene, before: Phrase) -> Mention | None:
    """Who is named before a grip."""
    hit = next(scene.reading.names.actors.within(before.start, before.end), None)
    if hit is not None:
        return mention(scene.reading, hit.start, hit.end)
    words = [token for token in scene.parse.tokens if before.start <= token.start < before.end]
    return scene.focus.actor(scene.number) if words[-1].lower in ("their", "its") else None


def _is_armed(scene: Scene, who: Phrase | None) -> bool:
    """Is it a force, a group or a state, or a pronoun for whoever was told of?"""
    if who is None:
        return False
    if is_pronoun(scene.parse, who):
        return scene.focus.actor(scene.number) is not None
    return is_force(scene, who) or (actors_in(scene.reading, scene.parse, who) and not is_people(scene, who))
