"""Control told by nouns: "the capture of Palmyra by", "Palmyra's recapture", "the fall of X to Y", "a siege of"."""

from collections.abc import Iterator

import msgspec

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, Mention, Modality
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Hit
from tadmor.extraction.control import claim, holder_of
from tadmor.extraction.frames import Frame, Phrase, noun_frame, phrase, preposition, verb_frame
from tadmor.extraction.lists import list_from
from tadmor.extraction.mentions import actors_in, head, mention
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag

#: One can only consolidate a capture that there was.
_PRESUPPOSING = frozenset({"consolidate", "cement", "repeat", "replicate", "celebrate", "reverse"})
#: The actor that peoples and communities are read as.
_PEOPLE = "people"
_POSSESSIVE = frozenset({"its", "their", "his"})
#: What goes before the act of whoever the sentence then tells of.
_GOING_ON = frozenset({"after", "following", "with"})
#: What only whoever took a town does of its capture, of those who are under arms.
_ANNOUNCED = frozenset({"announce", "celebrate", "claim", "declare", "hail", "proclaim", "report"})
_ARMED = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.COALITION})
#: What parts a sentence into clauses with subjects of their own.
_BREAKS = frozenset({";", "while", "whereas", "but", "although", "though"})
#: Nouns that tell of control only with "of" after them: "the fall of", not "in the fall".
_WITH_OF = frozenset({"loss", "recovery", "occupation", "fall"})


def noun_control_claims(scene: Scene) -> Iterator[Claim]:
    """Control told by nouns, in one sentence."""
    for hit in scene.reading.hits(scene.number, "control"):
        if hit.trigger.part == "noun":
            yield from _told(scene, hit)


def _told(scene: Scene, hit: Hit) -> Iterator[ControlClaim]:
    number = hit.number
    piece = scene.parse.pieces[number]
    inside = scene.parse.tokens[hit.last : piece.last]
    of = bool(inside) and inside[0].lower == "of"
    own = _possessor(scene, piece.first, hit.first)
    its = _its_own(scene, hit)
    if hit.trigger.base in _WITH_OF and not of and its is None and (own is None or not scene.places(own)):
        return
    before = scene.parse.before(number)
    ended = before is not None and before.role is Role.VERB and scene.parse.main(before).base in word_class("ending")
    if hit.trigger.subtype == "besieged" and ended:  # told as its end
        return
    target = Phrase(number=number, start=inside[0].start, end=piece.end) if of else None
    frame = noun_frame(scene.parse, number)
    over = hit.trigger.subtype == "besieged" and _is_over(scene, number)
    for place in _where(scene, hit, frame, target, own):
        made = _made(scene, hit, frame, own, place)
        yield _lifted(made) if over else _presupposed(scene, hit, made)


def _is_over(scene: Scene, number: int) -> bool:
    """As in "the siege of X was lifted", "had been broken": said of the siege itself."""
    pieces = scene.parse.pieces
    at = next((n for n in range(number + 1, len(pieces)) if pieces[n].role is Role.VERB), None)
    if at is None or pieces[at].modal is not None or pieces[at].negated or pieces[at].infinitive:
        return False
    frame = verb_frame(scene.parse, at)
    said_of = frame.object if frame.passive else frame.subject
    ends = scene.parse.main(pieces[at]).base in word_class("ending")
    return ends and said_of is not None and said_of.number == number and (frame.passive or frame.object is None)


def _lifted(made: ControlClaim) -> ControlClaim:
    """A siege that is over: the besieger loses."""
    return msgspec.structs.replace(made, change=Change.LOST, holder=None, loser=made.holder)


def _where(scene: Scene, hit: Hit, frame: Frame, target: Phrase | None, own: Phrase | None) -> list[Mention | None]:
    """The places after "of", with those that go on with them; else the possessor; a siege is where the story is."""
    if target is not None:
        found: list[Mention | None] = list(scene.ground(target))
        others = [item for item in list_from(scene.parse, target)[1:] if not _is_act(scene, item)]
        found += [place for item in others for place in scene.places(item)]
        if found:
            return found
    if own is not None and not actors_in(scene.reading, scene.parse, own):
        found = list(scene.places(own))
        if found:
            return found
    its = _its_own(scene, hit)
    if its is not None:
        return [its]
    return [scene.where(frame)] if hit.trigger.subtype == "besieged" else []


def _its_own(scene: Scene, hit: Hit) -> Mention | None:
    """Of "reports of its fall", "since its recapture by the army" the place told before; a loss is its loser's."""
    words = scene.parse.tokens[max(hit.first - 1, 0) : hit.last + 1]
    alone = len(words) < hit.last - hit.first + 2 or words[-1].lower != "of"
    if words[0].lower != "its" or not alone or hit.trigger.base in ("loss", "recovery", "occupation"):
        return None
    return scene.focus.back((Level.SETTLEMENT, Level.SITE), words[0].start, scene.number)


def _is_act(scene: Scene, item: Phrase) -> bool:
    """Is a further item of a list an act of its own: "the loss of Mosul, the recapture of Tikrit"?"""
    triggers = scene.reading.lexicon.triggers.get(head(scene.parse, item).lower, ())
    return any(trigger.part == "noun" for trigger in triggers)


def _made(scene: Scene, hit: Hit, frame: Frame, own: Phrase | None, place: Mention | None) -> ControlClaim:
    agent = frame.agent or (own if own is not None and actors_in(scene.reading, scene.parse, own) else None)
    holder = holder_of(scene, agent) if agent is not None and agent is not own else _named_by(scene, agent)
    its = _its_own(scene, hit)
    if agent is None and its is None and _pronoun_before(scene, hit):
        holder = scene.focus.actor(scene.number)
    besieged = hit.trigger.subtype == "besieged"
    change, loser = (Change.HELD if besieged or hit.trigger.base == "occupation" else Change.GAINED), None
    if hit.trigger.base == "loss":
        change, holder, loser = Change.LOST, None, holder
    if besieged:
        loser = _defender(scene, hit.number)
    elif holder is None and its is None and hit.trigger.base not in ("loss", "fall"):
        holder = _undertaker(scene, hit)
    to = frame.with_prep("to")
    if hit.trigger.base == "fall" and to is not None and actors_in(scene.reading, scene.parse, to):
        holder = holder_of(scene, to)
    return claim(
        scene,
        hit.number,
        place=place,
        change=change,
        degree=Degree.BESIEGED if besieged else Degree.FULL,
        holder=holder,
        loser=loser,
        parts=(agent if agent is not own else None,),
        trigger=scene.parse.tokens[hit.first].start,
    )


def _undertaker(scene: Scene, hit: Hit) -> Mention | None:
    """Whose act it is that the sentence tells without saying: who is told of before it, in its own clause first.

    Of those told of later only whoever goes on "after the capture of X".
    """
    topic = _under_arms(scene, scene.focus.topic(scene.number))
    at = scene.parse.tokens[hit.first].start
    opener = scene.parse.tokens[max(scene.parse.pieces[hit.number].first - 1, 0)].lower
    own = _announcer(scene, hit) or _agent_in_clause(scene, hit.number)
    if own is not None:
        return own
    told_later = topic is not None and topic.start > at
    return None if told_later and opener not in _GOING_ON and not _enables(scene, hit.number) else topic


def _announcer(scene: Scene, hit: Hit) -> Mention | None:
    """Who took it in "the capture of X was announced by the militia": a party under arms tells of its own deeds."""
    pieces = scene.parse.pieces
    verb = next((at for at in range(hit.number + 1, len(pieces)) if pieces[at].role is Role.VERB), None)
    broken = (scene.parse.tokens[one.first].lower in _BREAKS for one in pieces[hit.number + 1 : verb])
    if verb is None or any(broken) or scene.parse.main(pieces[verb]).base not in _ANNOUNCED:
        return None
    agent = verb_frame(scene.parse, verb).agent
    if agent is None:
        return None
    armed = any(hit.value.kind in _ARMED for hit in scene.reading.names.actors.within(agent.start, agent.end))
    found = holder_of(scene, agent) if armed else None
    return msgspec.structs.replace(found, carried=True) if found is not None else None


def _under_arms(scene: Scene, who: Mention | None) -> Mention | None:
    """Whoever the sentence is about, unless they are people who take no towns: a community, civilians."""
    if who is None:
        return None
    hits = list(scene.reading.names.actors.within(who.start, who.end))
    people = hits and all(hit.value.id == _PEOPLE or hit.value.kind is ActorKind.CIVILIANS for hit in hits)
    return None if people else who


def _enables(scene: Scene, number: int) -> bool:
    """As in "the capture of X allowed the army to": whoever is enabled by it did it."""
    after = scene.parse.after(number)
    verb = after is not None and after.role is Role.VERB
    return verb and after is not None and scene.parse.main(after).base in word_class("enabling")


def _agent_in_clause(scene: Scene, number: int) -> Mention | None:
    """The first who is named, in no prepositional phrase, between the last break of the sentence and a noun."""
    breaks = (at for at in range(number) if scene.parse.tokens[scene.parse.pieces[at].first].lower in _BREAKS)
    first = max(breaks, default=-1)
    for at in range(first + 1, number) if first >= 0 else ():
        told = phrase(scene.parse, at)
        if scene.parse.pieces[at].role is Role.NP and preposition(scene.parse, at) is None and scene.is_agent(told):
            found = scene.actor(told)
            return msgspec.structs.replace(found, carried=True) if found is not None else None
    return None


def _named_by(scene: Scene, own: Phrase | None) -> Mention | None:
    """Whose act "the army's siege", "a crushing regime siege" is."""
    hits = list(scene.reading.names.actors.within(own.start, own.end)) if own is not None else []
    return mention(scene.reading, hits[0].start, hits[0].end) if hits else holder_of(scene, own)


def _defender(scene: Scene, number: int) -> Mention | None:
    """Who holds out against a siege."""
    for before in range(number - 1, max(number - 4, -1), -1):
        piece = scene.parse.pieces[before]
        if piece.role is Role.VERB:
            if scene.parse.main(piece).base in ("hold", "resist", "withstand", "survive", "endure", "defend"):
                return scene.actor(verb_frame(scene.parse, before).subject)
            return None
    return None


def _pronoun_before(scene: Scene, hit: Hit) -> bool:
    """As in "their takeover", "its loss"."""
    first = scene.parse.pieces[hit.number].first
    while first and scene.parse.tokens[first - 1].tag is Tag.TIME:  # "their November 2015 loss"
        first -= 1
    return any(token.lower in _POSSESSIVE for token in scene.parse.tokens[max(first - 1, 0) : hit.first])


def _presupposed(scene: Scene, hit: Hit, made: ControlClaim) -> ControlClaim:
    """An act that belongs to someone and has a date happened, whatever is planned with it.

    As in "may be trying to repeat their takeover of Ramadi in May 2015", "if it can consolidate its takeover".
    """
    if made.modality in (Modality.ASSERTED, Modality.HEDGED) or not _pronoun_before(scene, hit):
        return made
    before = scene.parse.before(hit.number)
    if before is not None and before.role is Role.VERB and scene.parse.main(before).base in _PRESUPPOSING:
        return msgspec.structs.replace(made, modality=Modality.ASSERTED)
    if made.time is None:
        return made
    dated = any(letter.isdigit() for letter in made.time.expression)
    return msgspec.structs.replace(made, modality=Modality.ASSERTED) if dated else made


def _possessor(scene: Scene, first: int, until: int) -> Phrase | None:
    """The words before a noun in its own phrase: "Palmyra's recapture", "a government siege"."""
    words = [token for token in scene.parse.tokens[first:until] if token.tag is not Tag.DET]
    if not words:
        return None
    return Phrase(number=scene.parse.piece_of[first], start=words[0].start, end=words[-1].end)
