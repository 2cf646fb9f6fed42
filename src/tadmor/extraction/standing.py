"""Control told as how a place stands: "in rebel hands", "fell into the hands of X", "is still contested"."""

from collections.abc import Iterator

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Mention
from tadmor.extraction.builder import Scene
from tadmor.extraction.control import claim
from tadmor.extraction.frames import Phrase, phrase, verb_frame
from tadmor.extraction.grounds import degree_of
from tadmor.extraction.lists import list_to
from tadmor.extraction.mentions import actors_in, conjuncts, mention
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, Token

#: Words between a preposition and "hands" at most: "in the hands", "in the armed group's hands".
_REACH = 5
_OWN = frozenset({"their", "its", "his"})
#: Verbs of coming to be.
_BECOME = frozenset({"fall", "pass", "come", "return", "slip", "go"})


def standing_claims(scene: Scene) -> Iterator[ControlClaim]:
    """Control told by how a place stands, in one sentence."""
    for at, token in enumerate(scene.parse.tokens):
        if token.lower == "hands":
            yield from _in_hands(scene, at)
        elif token.lower == "contested":
            yield from _contested(scene, at)


def _in_hands(scene: Scene, at: int) -> Iterator[ControlClaim]:
    tokens = scene.parse.tokens
    lead = next((n for n in range(at - 1, max(at - 1 - _REACH, -1), -1) if tokens[n].tag is Tag.PREP), None)
    if lead is None or tokens[lead].lower not in ("in", "into"):
        return
    holder = _whose(scene, tokens[lead + 1 : at]) or _of_whom(scene, at)
    number = scene.parse.piece_of[lead]
    verb = _verb_before(scene, number)
    into = tokens[lead].lower == "into"
    if holder is None or verb is None:
        return
    piece = scene.parse.pieces[verb]
    if not (scene.parse.main(piece).base in _BECOME if into else scene.parse.stands(piece)):
        return
    change = Change.GAINED if into else Change.HELD
    end = tokens[at].end if holder.carried else max(tokens[at].end, holder.end)
    yield from _said_of(scene, verb, (tokens[at].start, end), change=change, degree=None, holder=holder)


def _contested(scene: Scene, at: int) -> Iterator[ControlClaim]:
    """As in "the town is still contested", "the fiercely contested town"."""
    token, number = scene.parse.tokens[at], scene.parse.piece_of[at]
    piece = scene.parse.pieces[number]
    verb = _verb_before(scene, number)
    if at + 1 == piece.last:
        if verb is not None and scene.parse.stands(scene.parse.pieces[verb]):
            yield from _said_of(
                scene, verb, (token.start, token.end), change=Change.HELD, degree=Degree.CONTESTED, holder=None
            )
        return
    for place in scene.places(phrase(scene.parse, number)) if piece.role is Role.NP else ():
        yield claim(
            scene, number, place=place, change=Change.HELD, degree=Degree.CONTESTED, holder=None, trigger=token.start
        )


def _said_of(
    scene: Scene, verb: int, last: tuple[int, int], *, change: Change, degree: Degree | None, holder: Mention | None
) -> Iterator[ControlClaim]:
    """A claim for each place that a verb has as subject, to the words that say how they stand."""
    end = Phrase(number=verb, start=last[0], end=last[1])
    subject = verb_frame(scene.parse, verb, passive=False).subject
    for item in (part for whole in list_to(scene.parse, subject) for part in conjuncts(scene.parse, whole)):
        for place in scene.places(item):
            yield claim(
                scene,
                verb,
                place=place,
                change=change,
                degree=degree or degree_of(scene, item),
                holder=holder,
                parts=(item, end),
                trigger=last[0],
            )


def _verb_before(scene: Scene, number: int) -> int | None:
    """The verb right before a piece, over adverbs."""
    at = number - 1
    while at >= 0 and scene.parse.pieces[at].role in (Role.OTHER, Role.TIME):
        at -= 1
    return at if at >= 0 and scene.parse.pieces[at].role is Role.VERB else None


def _whose(scene: Scene, words: list[Token]) -> Mention | None:
    """Whose hands: "the group's", "rebel", "their"."""
    own = [token for token in words if token.tag not in (Tag.DET, Tag.ADV)]
    if any(token.lower in _OWN for token in words):
        return scene.focus.actor(scene.number)
    if not own:
        return None
    number = scene.parse.piece_of[scene.parse.tokens.index(own[0])]
    end = own[-1].start + len(own[-1].lower) if own[-1].possessive else own[-1].end
    whose = Phrase(number=number, start=own[0].start, end=end)
    return mention(scene.reading, whose.start, whose.end) if actors_in(scene.reading, scene.parse, whose) else None


def _of_whom(scene: Scene, at: int) -> Mention | None:
    """As in "in the hands of the army"."""
    tokens = scene.parse.tokens
    if at + 2 >= len(tokens) or tokens[at + 1].lower != "of":
        return None
    number = scene.parse.piece_of[at + 2]
    piece = scene.parse.pieces[number]
    first = at + 3 if tokens[at + 2].tag is Tag.DET else at + 2
    whom = Phrase(number=number, start=tokens[first].start, end=piece.end)
    return mention(scene.reading, whom.start, whom.end) if actors_in(scene.reading, scene.parse, whom) else None
