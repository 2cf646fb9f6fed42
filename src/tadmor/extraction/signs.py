"""Control told by its signs: a flag raised over a town, a town that is free of those who held it."""

from collections.abc import Iterator

from tadmor.datamodel.claims import Change, Claim, Degree, Mention
from tadmor.extraction.builder import Scene
from tadmor.extraction.control import claim, holder_of, is_force
from tadmor.extraction.frames import Frame, Phrase, phrase, preposition, verb_frame
from tadmor.extraction.mentions import actors_in, head, mention
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Token

_FLAGS = frozenset({"flag", "flags", "banner", "banners"})
#: What is done with a flag by those who come, and by those who are there.
_RAISING = frozenset({"raise", "hoist", "plant", "unfurl"})
_LOWERING = frozenset({"haul", "lower", "pull", "remove", "take", "tear"})
_FLYING = frozenset({"fly", "flutter", "wave"})
_OVER = ("over", "on", "above", "atop", "in", "at")
#: Between "is" and "free": "is now completely free of".
_STILL = frozenset({"now", "completely", "entirely", "fully", "totally", "again", "finally", "almost"})


def sign_claims(scene: Scene) -> Iterator[Claim]:
    """Control told by flags and by freedom, in one sentence."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is not Role.VERB:
            continue
        base = scene.parse.main(piece).base
        if base in _RAISING | _FLYING:
            yield from _flag(scene, number, raised=base in _RAISING)
        elif base in _LOWERING:
            yield from _lowered(scene, number)
        elif scene.parse.main(piece).lower in ("free", "is", "are", "was", "be", "become", "became"):
            yield from _free(scene, number)


def _flag(scene: Scene, number: int, *, raised: bool) -> Iterator[Claim]:
    """As in "soldiers raised their flag over the citadel", "the flag on the citadel was raised by Russians"."""
    frame = verb_frame(scene.parse, number)
    flag = frame.object if raised else frame.subject
    if flag is None or head(scene.parse, flag).lower not in _FLAGS:
        return
    ground = next((item for item in (*_after(scene, flag), *frame.phrases) if item.prep in _OVER), None)
    places = scene.places(ground)
    who = (frame.agent if frame.passive else frame.subject) if raised else None
    holder = (holder_of(scene, who) if who is not None and is_force(scene, who) else None) or _whose(scene, flag)
    holder = holder or holder_of(scene, who)
    if not places or ground is None:
        return
    yield claim(
        scene,
        number,
        place=places[0],
        change=Change.GAINED if raised else Change.HELD,
        degree=Degree.FULL,
        holder=holder,
        parts=(flag, ground, *_doers(scene, frame, who)),
    )


def _lowered(scene: Scene, number: int) -> Iterator[Claim]:
    """As in "residents pulled down the rebel flag in the square": whose flag it is has lost the place."""
    frame = verb_frame(scene.parse, number)
    flag = frame.object
    if flag is None or head(scene.parse, flag).lower not in _FLAGS:
        return
    ground = next((item for item in (*_after(scene, flag), *frame.phrases) if item.prep in (*_OVER, "from")), None)
    places, loser = scene.places(ground), _whose(scene, flag)
    if loser is not None and places and ground is not None:
        yield claim(
            scene,
            number,
            place=places[0],
            change=Change.LOST,
            degree=Degree.FULL,
            holder=None,
            loser=loser,
            parts=(flag, ground),
        )


def _doers(scene: Scene, frame: Frame, who: Phrase | None) -> tuple[Phrase, ...]:
    """Those who raise it, each with "by": "by Russians and by Afghans"."""
    if who is None or not frame.passive:
        return (who,) if who is not None else ()
    return tuple(item for item in frame.phrases if item.prep == "by" and actors_in(scene.reading, scene.parse, item))


def _after(scene: Scene, flag: Phrase) -> Iterator[Phrase]:
    """The phrase that says where a flag is: "the flag | on | the citadel"."""
    at, pieces = flag.number + 2, scene.parse.pieces
    if at < len(pieces) and pieces[at].role is Role.NP and preposition(scene.parse, at) is not None:
        yield phrase(scene.parse, at, preposition(scene.parse, at))


def _whose(scene: Scene, flag: Phrase) -> Mention | None:
    """Whose flag it is: "the Iraqi flag", "the flag of the militia"."""
    hit = next(scene.reading.names.actors.within(flag.start, flag.end), None)
    return mention(scene.reading, hit.start, hit.end) if hit is not None else None


def _free(scene: Scene, number: int) -> Iterator[Claim]:
    """As in "the town is free of ISIS", "is expected to be free within days": those who held it lose it."""
    word = _free_word(scene, number)
    town = verb_frame(scene.parse, number, passive=False).subject if word is not None else None
    places = scene.places(town) if town is not None else []
    of = _of_whom(scene, word) if word is not None else None
    if word is None or not places or (of is not None and not actors_in(scene.reading, scene.parse, of)):
        return
    yield claim(
        scene,
        number,
        place=places[0],
        change=Change.LOST,
        degree=Degree.FULL,
        loser=scene.actor(of),
        parts=(town, of),
        trigger=word.start,
    )


def _free_word(scene: Scene, number: int) -> Token | None:
    """The "free" that a form of "to be" leads to."""
    piece, pieces = scene.parse.pieces[number], scene.parse.pieces
    main = scene.parse.main(piece)
    if main.lower == "free":
        return main if piece.has_be else None
    at = number + 1
    while at < len(pieces) and pieces[at].text(scene.reading.lower) in _STILL:
        at += 1
    first = scene.parse.tokens[pieces[at].first] if at < len(pieces) else None
    return first if first is not None and first.lower == "free" else None


def _of_whom(scene: Scene, word: Token) -> Phrase | None:
    """Whom a place is free of: "free of the rebels", "free from ISIS"."""
    at = next(n for n, token in enumerate(scene.parse.tokens) if token is word) + 1
    if at + 1 >= len(scene.parse.tokens) or scene.parse.tokens[at].lower not in ("of", "from"):
        return None
    number = scene.parse.piece_of[at + 1]
    return Phrase(number=number, start=scene.parse.tokens[at + 1].start, end=scene.parse.pieces[number].end)
