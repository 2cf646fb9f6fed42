"""Who did it: the doer of a toll's verb, of the act that people died in, or of the act in the clause beside it."""

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import Form, word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Frame, Phrase, noun_frame, verb_frame
from tadmor.extraction.mentions import actors_in, head, is_pronoun, mention
from tadmor.extraction.parse import Role

#: Prepositions of the act in, by or after which people were hurt.
_IN_ACT = frozenset({"in", "by", "during", "from", "after", "under", "amid", "of", "to", "through"})
_ANYONE = frozenset({"people", "person", "persons", "victims", "others"})
#: Words that lead from a toll to the act that caused it: "12 were killed when jets raided the town".
_WHEN = frozenset({"when", "after", "as", "while"})


def culprit(scene: Scene, number: int, frame: Frame, said: Phrase | None) -> Mention | None:
    """Who is said to have hurt people.

    Args:
        scene: the sentence.
        number: the piece of the toll's verb or noun.
        frame: the arguments around it.
        said: the subject of its active verb, or the agent of its passive one, if it has one.
    """
    if said is not None:
        return _doer(scene, said)
    return _of_act(scene, frame) or _beside(scene, number)


def causer(scene: Scene, number: int) -> Mention | None:
    """Who "left 20 dead", "claimed the lives of 12", "inflicted losses": the subject of the verb before a phrase."""
    for at in range(number - 1, max(number - 4, -1), -1):
        piece = scene.parse.pieces[at]
        if piece.role is Role.VERB:
            verb = scene.parse.main(piece)
            if verb.base not in word_class("causing") or piece.passive:
                return None
            if verb.form is Form.ING:
                return main_doer(scene, at)
            subject = verb_frame(scene.parse, at, passive=False).subject
            return _doer(scene, subject) if subject is not None else None
        if piece.role not in (Role.PREP, Role.OTHER):
            return None
    return None


def main_doer(scene: Scene, number: int) -> Mention | None:
    """Who does what a participle goes on from: "rebels shelled the market, killing three and wounding ten"."""
    for at in range(number - 1, -1, -1):
        piece = scene.parse.pieces[at]
        if piece.role is Role.SUB and scene.parse.tokens[piece.first].lower == "that":
            return None
        if piece.role is not Role.VERB:
            continue
        verb = scene.parse.main(piece)
        if verb.form is Form.ING and not piece.has_be:
            continue
        return _doer_of_verb(scene, at)
    return None


def _doer_of_verb(scene: Scene, number: int) -> Mention | None:
    """Who does the act of a verb of violence, or what act does it; nobody for other verbs."""
    verb = scene.parse.main(scene.parse.pieces[number])
    frame = verb_frame(scene.parse, number)
    subject = frame.agent if frame.passive else frame.subject
    if subject is None:
        return None
    violent = any(trigger.kind == "event" for trigger in scene.reading.lexicon.triggers.get(verb.lower, ()))
    return _doer(scene, subject) if violent or _is_act(scene, subject) else None


def _doer(scene: Scene, subject: Phrase) -> Mention | None:
    """The actor that a subject names, or that undertook the act that it names: "air strikes by Russia"."""
    if _is_act(scene, subject):
        return _undertaker(scene, subject)
    if head(scene.parse, subject).lower in scene.reading.lexicon.classes["civilian_nouns"] | _ANYONE:
        return None
    if actors_in(scene.reading, scene.parse, subject) or is_pronoun(scene.parse, subject):
        return scene.actor(subject)
    return None


def _undertaker(scene: Scene, act: Phrase) -> Mention | None:
    """Whose act it is: named before its noun, or after "by"; the town in "the Homs blast" did not do it."""
    noun, names = head(scene.parse, act), scene.reading.names
    for hit in names.actors.within(act.start, noun.end):
        places = [place for place in names.places.within(hit.start, hit.end) if place.end == hit.end]
        if all(place.value[0].level is Level.COUNTRY for place in places):
            return mention(scene.reading, hit.start, hit.end)
    agent = noun_frame(scene.parse, act.number).agent
    return scene.actor(agent) if agent is not None else None


def _is_act(scene: Scene, subject: Phrase) -> bool:
    noun = head(scene.parse, subject).lower
    return noun in scene.reading.lexicon.classes["act_nouns"] or noun in word_class("acts_of_war")


def _of_act(scene: Scene, frame: Frame) -> Mention | None:
    """Whoever undertook the act that people were hurt in: "killed in Syrian shelling", "in a raid by rebels"."""
    for item in frame.phrases:
        if item.prep not in _IN_ACT or not _is_act(scene, item):
            continue
        found = _undertaker(scene, item)
        if found is not None:
            return found
    return None


def _beside(scene: Scene, number: int) -> Mention | None:
    """Who does the act of the clause that says when: "were killed when terrorists shelled the centre"."""
    pieces = scene.parse.pieces
    if pieces[number].role is not Role.VERB:
        return None
    for at in range(number + 1, len(pieces)):
        if pieces[at].role is Role.SUB and scene.parse.tokens[pieces[at].first].lower in _WHEN:
            verb = next((n for n in range(at + 1, len(pieces)) if pieces[n].role is Role.VERB), None)
            return _doer_of_verb(scene, verb) if verb is not None else None
        if pieces[at].role in (Role.VERB, Role.SUB, Role.PUNCT):
            return None
    return None
