"""The rule reader: sentence by sentence, the five kinds over flat parses, with a running focus."""

import re
from collections.abc import Callable, Iterator
from itertools import chain

import msgspec

from tadmor.datamodel.claims import Claim, Mention, kind_of
from tadmor.datamodel.documents import Form
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.attributes import attribute_claims
from tadmor.extraction.attribution import Speakers
from tadmor.extraction.besieging import besieging_claims
from tadmor.extraction.builder import Scene
from tadmor.extraction.context import Reading
from tadmor.extraction.control import control_claims, distinct, passing
from tadmor.extraction.control_nouns import noun_control_claims
from tadmor.extraction.disputed import disputed
from tadmor.extraction.events import event_claims
from tadmor.extraction.focus import Focus
from tadmor.extraction.frames import phrase, preposition
from tadmor.extraction.gains import gains_claims
from tadmor.extraction.having import having_claims
from tadmor.extraction.holding import holding_claims
from tadmor.extraction.mentions import actors_in, anaphor, described_site, is_pronoun, mention
from tadmor.extraction.movement import movement_claims
from tadmor.extraction.parse import Role
from tadmor.extraction.presence import presence_claims
from tadmor.extraction.signs import sign_claims
from tadmor.extraction.standing import standing_claims
from tadmor.extraction.tolls import toll_claims

NAME = "rules/1"

#: The share of the rules' claims of each kind that are right (`python -m quality.claims`, the column of the
#: rules alone): all that rules can say of how sure one of them is.
RIGHT = {"control": 0.67, "event": 0.50, "presence": 0.82, "movement": 0.50, "toll": 0.70}
#: Kind nouns that make another place of a town's name.
_WIDER = frozenset({"province", "governorate", "oblast", "region", "countryside", "district"})
#: Words of a place in which one for a road stands: "supply route and highway to the base".
_ROAD_WORDS = 4
#: A unit that is called after a town is seldom there: "the Karsova brigade".
_UNIT = re.compile(r"\s+(?:brigade|battalion|division|regiment|corps|legion|company|squadron)s?\b", re.IGNORECASE)
#: A sentence that begins with one of these goes on about the actor of the one before.
_TOPIC_GOES_ON = frozenset({"they", "he", "she", "their"})
#: Forms of text that make no claims of their own.
_SILENT = frozenset({Form.BIOGRAPHY})


def _control(scene: Scene) -> Iterator[Claim]:
    finders = (
        control_claims,
        noun_control_claims,
        besieging_claims,
        gains_claims,
        attribute_claims,
        holding_claims,
        having_claims,
        standing_claims,
        sign_claims,
    )
    found = distinct(chain.from_iterable(finder(scene) for finder in finders))
    return passing(found, scene.reading.text, scene.reading.sentences[scene.number].end)


FINDERS: dict[str, Callable[[Scene], Iterator[Claim]]] = {
    "control": _control,
    "event": event_claims,
    "toll": toll_claims,
    "movement": movement_claims,
    "presence": presence_claims,
}


class RuleReader:
    """Reads all five kinds by rules over clauses."""

    name = NAME
    kinds = frozenset(FINDERS)

    def read(self, reading: Reading, kinds: frozenset[str]) -> Iterator[Claim]:
        """Claims of the wanted kinds, sentence by sentence."""
        for _, claims in self.scenes(reading, kinds):
            yield from (msgspec.structs.replace(claim, score=RIGHT[kind_of(claim)]) for claim in claims)

    def scenes(self, reading: Reading, kinds: frozenset[str]) -> Iterator[tuple[Scene, list[Claim]]]:
        """Each sentence that may tell something, with its claims of the wanted kinds."""
        speakers, focus = Speakers(reading), Focus()
        for number, sentence in enumerate(reading.sentences):
            if sentence.form not in _SILENT:
                scene = Scene(
                    reading=reading, speakers=speakers, focus=focus, number=number, parse=reading.parse(number)
                )
                yield scene, list(_claims(scene, kinds))


def _claims(scene: Scene, kinds: frozenset[str]) -> Iterator[Claim]:
    """The claims of one sentence; the story goes on with the places that they are about."""
    _look(scene)
    pointed = _pointed_back(scene)
    for kind, finder in FINDERS.items():
        if kind not in kinds:
            continue
        told: list[Claim] = []
        for claim in finder(scene):
            place = claim.place
            anew = place is not None and (not place.carried or place in pointed)
            if place is not None and anew and _sets_scene(scene, place):
                scene.focus.see(place, scene.candidates(place), scene.number, claimed=True)
            told.append(claim)
            yield claim
        yield from disputed(scene, told)


def _sets_scene(scene: Scene, place: Mention) -> bool:
    """Does the story stay where a claim was: at a place of that name, and no road but a known one?"""
    road = word_class("roads").intersection(place.expression.lower().split()[:_ROAD_WORDS])
    known = any(found.level is Level.SITE for found in scene.candidates(place)[:1])
    return (known or not road) and not _metonym(scene, place.start, place.end)


def _look(scene: Scene) -> None:
    """Note the sentence's places and the actor that it is about: its first that stands in no prepositional phrase."""
    reading, sentence = scene.reading, scene.reading.sentences[scene.number]
    for hit in reading.names.places.within(sentence.start, sentence.end):
        if not _metonym(scene, hit.start, hit.end) and not _UNIT.match(reading.text, hit.end):
            end = _with_kind(scene, hit.end)
            found = mention(reading, hit.start, end)
            scene.focus.see(found, hit.value, scene.number, claimed=_heads(scene, found))
    for unknown in reading.names.uncharted.within(sentence.start, sentence.end):
        scene.focus.see(mention(reading, unknown.start, unknown.end), (), scene.number)
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.NP and preposition(scene.parse, number) is None:
            if scene.parse.tokens[piece.first].lower in _TOPIC_GOES_ON:
                scene.focus.keep_topic(scene.number)
                return
            told = phrase(scene.parse, number)
            about = scene.actor(told) if scene.is_agent(told) else None
            points_back = about is not None and about.carried  # "the group" goes on as whoever it is
            if about is not None and (points_back or actors_in(reading, scene.parse, told)):
                scene.focus.see_topic(about, scene.number)
                return


def _pointed_back(scene: Scene) -> tuple[Mention, ...]:
    """The towns that the sentence points back to as "the city": claims about them are about no new place."""
    nouns = [phrase(scene.parse, number) for number, piece in enumerate(scene.parse.pieces) if piece.role is Role.NP]
    levels = ((noun, anaphor(scene.parse, noun)) for noun in nouns if not is_pronoun(scene.parse, noun))
    towns = (noun for noun, found in levels if found is not None and Level.SETTLEMENT in found)
    whole = (town for town in towns if described_site(scene.parse, town) is None)
    return tuple(place for town in whole for place in scene.places(town))


def _heads(scene: Scene, place: Mention) -> bool:
    """Does a place stand before the story about it: "KHAN SHAYKHUN: Two people were killed"?"""
    sentence = scene.reading.sentences[scene.number]
    return place.start == sentence.start and scene.reading.text[place.end : place.end + 1] == ":"


def _with_kind(scene: Scene, end: int) -> int:
    """The end of a name with the kind noun after it: "Deir Ezzor province" is not the town."""
    after = next((token for token in scene.parse.tokens if token.start >= end), None)
    wider = after is not None and after.start - end <= 1 and after.lower in _WIDER
    return after.end if wider and after is not None else end


def _metonym(scene: Scene, start: int, end: int) -> bool:
    """As in "Damascus said": a capital that is an actor's name too, and stands in no locative phrase."""
    if not any(hit.end == end for hit in scene.reading.names.actors.within(start, end)):
        return False
    number = next((n for n, piece in enumerate(scene.parse.pieces) if piece.start <= start < piece.end), None)
    prep = preposition(scene.parse, number) if number is not None else None
    return prep is None or prep in ("for", "by", "with", "against", "to", "from", "between")
