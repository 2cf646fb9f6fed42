"""Where people were hurt.

A toll of one act stands where the act was. A toll that sums up a battle stands where the battle was, not at whatever
place the story has just passed through; one that sums up a war, in the war's country.
"""

import re

import msgspec

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Level
from tadmor.datamodel.quantities import Quantity
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import Scene
from tadmor.extraction.figures import last_toll
from tadmor.extraction.frames import Frame, noun_frame, phrase, preposition
from tadmor.extraction.mentions import ANAPHORS, mention
from tadmor.extraction.parse import Role
from tadmor.extraction.stance import clause_bounds
from tadmor.extraction.whereabouts import act_ground, country, main_place, story_place, where_act

#: People, from which on a toll is a whole war's: so all but three of the training texts' are, and none below 30,000.
_WAR = 100_000
_WAR_TOLD = re.compile(
    r"\b(?:war|conflict|uprising|civil war)s?\b[^.;]{0,20}\b(?:that|which|has|have|began|started|erupted|broke out)\b"
)
#: Whose war it is: "Yemen's conflict", "the Syrian civil war".
_WHOSE = re.compile(r"\b(?P<whose>[A-Z]\w+?)(?:['’]s|s)?\s+(?:[a-z-]+\s+)?(?:war|conflict|uprising)\b")
#: Nouns for fighting that lasts.
_BATTLES = frozenset({"battle", "offensive", "campaign", "operation", "siege", "assault", "attack", "fight"})
_BATTLE = rf"(?:{'|'.join(sorted(_BATTLES))})"
#: What a toll is told by that sums up a battle: its span, or the whole battle as the scene.
_SUMS_UP = re.compile(
    rf"\bsince (?:then|(?:the |this )?(?:\S+ ){{0,4}}{_BATTLE})\b"
    r"|\b(?:in|during|over) (?:the )?(?:\S+ ){0,2}(?:days?|weeks?|months?) of (?:battle|fighting|combat|clashes)\b"
    rf"|\b(?:in|during|throughout) the (?:\S+ ){{0,2}}(?:battle|offensive|campaign|operation|siege)\b"
)
_SITE = (Level.SITE,)
_TOWN = re.compile(r"\b(?:town|city|village|district|province|region)\b", re.IGNORECASE)
#: What stands before a battle that is the span or the scene of a toll.
_SPANS = frozenset({"since", "in", "during", "throughout", "of", "over"})
#: Prepositions of where people go to or come from.
_WAYS = frozenset({"to", "towards", "toward", "into", "from", "onto"})
#: Characters around a clause in which its span may be told.
_ASIDE = 40


def toll_place(scene: Scene, frame: Frame, count: Quantity | None) -> Mention | None:
    """Where people were hurt; the victims' own place ("refugees from Homs") tells nothing of it."""
    place = where_act(scene, Frame(number=frame.number, phrases=frame.phrases), None)
    if place is not None and _is_way(scene, frame, place):
        place = _told_before(scene) or story_place(scene, frame)
    if place is not None and not place.carried:
        return place
    if _of_a_war(count) or _told(scene, frame.number, _WAR_TOLD):
        return _whose_war(scene) or country(scene) or place
    if _told(scene, frame.number, _SUMS_UP):
        said = _battlefield(scene, frame.number)
        return said or (main_place(scene) if place is None or is_passed(scene, place) else None) or place
    return place


def is_passed(scene: Scene, place: Mention) -> bool:
    """Is a place taken from before a mere site, or one that no table has?"""
    if not place.carried:
        return False
    known, noun = scene.candidates(place), place.expression.rsplit(maxsplit=1)[-1]
    if known and known[0].level is Level.SITE:
        return True
    if not known:
        return _TOWN.search(place.expression) is None
    return noun in word_class("single_sites") or ANAPHORS.get(noun) == _SITE


def _is_way(scene: Scene, frame: Frame, place: Mention) -> bool:
    """Is the place where a later clause of the sentence has people go or be brought: "and others fled to X"?"""
    number = next((n for n, piece in enumerate(scene.parse.pieces) if piece.start <= place.start < piece.end), None)
    own = number is None or number == frame.number or any(part.number == number for part in frame.phrases)
    if own or number is None or number < frame.number or preposition(scene.parse, number) not in _WAYS:
        return False
    verb = next((at for at in range(number - 2, -1, -1) if scene.parse.pieces[at].role is Role.VERB), frame.number)
    word = scene.parse.main(scene.parse.pieces[verb]).lower
    triggers = scene.reading.lexicon.triggers.get(word, ())
    leaves = any(trigger.kind == "movement" and trigger.subtype in ("leave", "carry") for trigger in triggers)
    return verb != frame.number and leaves


def _told_before(scene: Scene) -> Mention | None:
    """The place of the toll told before in the paragraph, of which this one goes on."""
    told = last_toll(scene)
    return msgspec.structs.replace(told.place, carried=True) if told is not None and told.place is not None else None


def _of_a_war(count: Quantity | None) -> bool:
    return count is not None and (count.low or count.high or 0) >= _WAR


def _whose_war(scene: Scene) -> Mention | None:
    """The country whose war the sentence speaks of."""
    sentence = scene.reading.sentences[scene.number]
    for match in _WHOSE.finditer(scene.reading.text, sentence.start, sentence.end):
        known = scene.reading.gazetteer.readings(match["whose"])
        if known and known[0].place.level is Level.COUNTRY:
            return mention(scene.reading, match.start("whose"), match.end("whose"))
    return None


def _told(scene: Scene, number: int, pattern: re.Pattern[str]) -> bool:
    """Do words in or right beside the clause tell of the whole war or battle: "killed since the war began"?

    What stands before a colon tells it of all after it: "Casualties since the assault began: 12 dead, 40 wounded".
    """
    start, end = clause_bounds(scene.parse, number)
    sentence = scene.reading.sentences[scene.number]
    lower = scene.reading.lower
    if lower[sentence.start : start].endswith((":", ": ")):
        start = sentence.start
    return bool(pattern.search(lower, max(sentence.start, start - _ASIDE), min(sentence.end, end + _ASIDE)))


def _battlefield(scene: Scene, number: int) -> Mention | None:
    """The place that the battle itself is told with: "since the assault on X", "the battle in which they took X"."""
    for at, piece in enumerate(scene.parse.pieces):
        before = scene.parse.before(at)
        if piece.role is not Role.NP or at == number or before is None:
            continue
        if scene.parse.tokens[before.first].lower not in _SPANS or not _names_battle(scene, at):
            continue
        parts = (phrase(scene.parse, at), *noun_frame(scene.parse, at).phrases)
        found = [place for part in parts for place in act_ground(scene, part) if not place.carried]
        if found or (found := _taken_in(scene, at)):
            return found[0]
    return None


def _names_battle(scene: Scene, number: int) -> bool:
    return any(token.lower in _BATTLES for token in scene.parse.words(scene.parse.pieces[number]))


def _taken_in(scene: Scene, number: int) -> list[Mention]:
    """As in "the battle | in | which | the army | recaptured | X"."""
    pieces = scene.parse.pieces
    relative = next((n for n in (number + 1, number + 2) if n < len(pieces) and pieces[n].role is Role.SUB), None)
    if relative is None or scene.parse.tokens[pieces[relative].first].lower not in ("which", "that", "when"):
        return []
    for at in range(relative + 1, len(pieces)):
        if pieces[at].role in (Role.PUNCT, Role.SUB, Role.CONJ):
            break
        found = act_ground(scene, phrase(scene.parse, at)) if pieces[at].role is Role.NP else []
        if found and not found[0].carried:
            return found
    return []
