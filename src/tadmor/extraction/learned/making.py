"""Claims from what the network decides: those of the rules told otherwise, and new ones where the rules saw none."""

import re
from typing import Any, NamedTuple

import msgspec

from tadmor.datamodel.claims import (
    Change,
    Claim,
    ControlClaim,
    Degree,
    EventClaim,
    EventType,
    Harm,
    Mention,
    Modality,
    MovementClaim,
    Polarity,
    PresenceClaim,
    Status,
    TollClaim,
    kind_of,
    mentions,
)
from tadmor.datamodel.quantities import Quantity
from tadmor.extraction.aims import brought_about
from tadmor.extraction.amounts import AmountKind
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Phrase, verb_frame
from tadmor.extraction.grounds import degree_of
from tadmor.extraction.learned.decisions import Decisions
from tadmor.extraction.learned.labels import (
    CONTROL_BESIEGED,
    CONTROL_CONTESTED,
    CONTROL_GAINED,
    CONTROL_LOST,
    FIELDS,
)
from tadmor.extraction.learned.windows import Candidate
from tadmor.extraction.mentions import is_pronoun, mention, places_in
from tadmor.extraction.parse import Role
from tadmor.extraction.unnamed import Lying, is_part, lying, somewhere, unnamed_in
from tadmor.extraction.victims import are_people, count_of

#: Values of the attributes as the fields of claims hold them.
_TYPES: dict[str, type[Modality] | type[Polarity] | type[EventType] | type[Harm] | type[Status]] = {
    "modality": Modality,
    "polarity": Polarity,
    "type": EventType,
    "harm": Harm,
    "status": Status,
}
#: Nobody takes a place from himself, or attacks himself.
_ACROSS = {
    "holder": "loser",
    "loser": "holder",
    "actors": "targets",
    "targets": "actors",
    "by": "group",
    "group": "by",
}
#: Who holds what is what the record stands on: there the rules' word stands, and a gap stays open, unless the network
#: is as sure as this. By judgement: the marked texts to choose on have some twenty such cases, and more were lost than
#: won below it.
_CONTROL, _CONTROL_FILLED = 0.9, 0.65
#: What claims say where nothing else is told; the network may tell it otherwise, but not bring it back.
_PLAIN = {"modality": Modality.ASSERTED, "polarity": Polarity.AFFIRMED}


#: What leads from victims to some of them.
_PART = re.compile(r"\b(?:mostly|mainly|including|among (?:them|whom)|of (?:them|whom))\b", re.IGNORECASE)


class Chosen(NamedTuple):
    """A value, or a candidate (`None`: none of them), the probability of the choice, and that of the rules' choice."""

    value: Any
    probability: float
    rules: float = 0.0

    @property
    def preferred(self) -> float:
        """How likely the choice is right where either it or the rules' is."""
        return self.probability / (self.probability + self.rules) if self.probability > 0.0 else 0.0


class Decided(NamedTuple):
    """What the network says of one claim: its attributes, and what its roles point to.

    `beyond` are the roles for which the rules name something that is no candidate: of these it cannot judge.
    """

    values: dict[str, Chosen]
    pointed: dict[str, Chosen]
    beyond: frozenset[str] = frozenset()

    def candidate(self, role: str) -> Candidate | None:
        """What a role points to."""
        chosen: Candidate | None = self.pointed[role].value
        return chosen


def told_otherwise(claim: Claim, decided: Decided, decisions: Decisions, scenes: dict[int, Scene]) -> Claim:
    """A claim of the rules, changed where the network is surer than they are.

    It can only add caution: what the rules take for a plan, a question or a denial stays one. What a denial is of stays
    as the rules say, who read the account that is denied alike.
    """
    changed: dict[str, Any] = {}
    for name, chosen in decided.values.items():
        wanted = _TYPES.get(name)
        if wanted is not None and chosen.probability >= decisions.change[name] and _may_change(claim, name):
            changed[name] = wanted(chosen.value)
    denied = claim.polarity is Polarity.DENIED
    for role, name in () if denied else FIELDS[kind_of(claim)].items():
        chosen = decided.pointed[role]
        if chosen.value is None or role in decided.beyond or not _overrules(claim, role, name, chosen, decisions):
            continue
        if name == "group" and _is_part(claim, chosen.value, scenes):
            continue
        if not _means(claim, name, chosen.value, scenes):
            found = _mention(scenes, role, chosen.value, claim.start, claim.end)
            others = mentions(claim, _ACROSS[name]) if name in _ACROSS else ()
            if not any(_same(one, found, scenes) for one in others):
                changed[name] = (found,) if name in ("actors", "targets") else found
    return msgspec.structs.replace(claim, **changed) if changed else claim


def _is_part(claim: Claim, candidate: Candidate, scenes: dict[int, Scene]) -> bool:
    """Are they some of the victims only, told after the claim's own words: "kill 22 | mostly children"?"""
    text = next(iter(scenes.values())).reading.text
    return candidate.start >= claim.end and _PART.search(text, claim.end, candidate.start) is not None


def _overrules(claim: Claim, role: str, name: str, chosen: Chosen, decisions: Decisions) -> bool:
    """Is the network sure enough of what a role points to, for a claim of the rules?"""
    said = any(True for _ in mentions(claim, name))
    if isinstance(claim, ControlClaim) and chosen.probability < (_CONTROL if said else _CONTROL_FILLED):
        return False
    if said:
        return chosen.preferred >= decisions.point[role]
    # whoever loses a place does not hold it; and "the militants" is as often the holder as who lost it
    loses = isinstance(claim, ControlClaim) and (claim.change is Change.LOST or name == "loser")
    return not loses and chosen.preferred >= decisions.fill[role]


def _may_change(claim: Claim, name: str) -> bool:
    return getattr(claim, name) is _PLAIN[name] if name in _PLAIN else True


def _same(one: Mention, other: Mention, scenes: dict[int, Scene]) -> bool:
    """Do two mentions name one actor: by the same words, or by names of one in the tables?"""
    actors = next(iter(scenes.values())).reading.names.actors
    ids = [{hit.value.id for hit in actors.within(each.start, each.end)} for each in (one, other)]
    return (one.start < other.end and other.start < one.end) or not ids[0].isdisjoint(ids[1])


def _means(claim: Claim, name: str, candidate: Candidate, scenes: dict[int, Scene]) -> bool:
    """Does a field of a claim mean a candidate already?"""
    text = next(iter(scenes.values())).reading.text
    words = text[candidate.start : candidate.end].lower()
    return any(
        (one.start < candidate.end and one.end > candidate.start) or words in one.expression.lower()
        for one in mentions(claim, name)
    )


def made(scene: Scene, kind: str, start: int, end: int, decided: Decided, scenes: dict[int, Scene]) -> Claim:
    """A claim on words of a sentence that the rules say nothing of."""
    number = _carrier(scene, start, end)
    fields = scene.common(number, start, end, max(start, scene.parse.pieces[number].start))
    # what the rules know of the clause stands; where they see nothing special the network may
    if fields["modality"] is Modality.ASSERTED:
        fields["modality"] = Modality(decided.values["modality"].value)
    if fields["polarity"] is Polarity.AFFIRMED:
        fields["polarity"] = Polarity(decided.values["polarity"].value)
    found = {
        role: _mention(scenes, role, candidate, start, end) if (candidate := decided.candidate(role)) else None
        for role in ("place", "who", "whom")
    }
    fields["place"] = found["place"]
    who, whom = found["who"], found["whom"]
    if who is None and kind in ("presence", "movement"):
        who = _subject(scene, number)
    if who is not None and whom is not None and _same(who, whom, scenes):
        whom = None
    return _of_kind(scene, kind, fields, decided, who, whom)


def _subject(scene: Scene, number: int) -> Mention | None:
    """Who does what the verb of a piece says, in the same sentence; no pronoun."""
    if scene.parse.pieces[number].role is not Role.VERB:
        return None
    found = verb_frame(scene.parse, number).subject
    if found is None or is_pronoun(scene.parse, found):
        return None
    return mention(scene.reading, found.start, found.end)


def _of_kind(
    scene: Scene, kind: str, fields: dict[str, Any], decided: Decided, who: Mention | None, whom: Mention | None
) -> Claim:
    counted = {"toll": whom, "presence": who, "movement": who}.get(kind)
    count = _counted(scene, fields["start"], fields["end"], counted)
    if kind == "toll" and count is None:
        count = _of_victims(scene, fields["start"], fields["end"])
    match kind:
        case "control":
            return _control(scene, fields, str(decided.values["change"].value), who, whom)
        case "event":
            kind_of_act = EventType(decided.values["type"].value)
            return EventClaim(**fields, type=kind_of_act, actors=_listed(who), targets=_listed(whom))
        case "toll":
            harm, status = Harm(decided.values["harm"].value), Status(decided.values["status"].value)
            return TollClaim(**fields, harm=harm, status=status, by=who, group=whom, count=count)
        case "presence":
            return _presence(scene, fields, who, count)
        case _:
            what = who or _thing(scene, fields["start"], fields["end"])
            return MovementClaim(
                **fields, actor=_acting(scene, who), what=what, destination=fields["place"], count=count
            )


def _control(
    scene: Scene, fields: dict[str, Any], told: str, who: Mention | None, whom: Mention | None
) -> ControlClaim:
    degree = Degree(told) if told in (CONTROL_CONTESTED, CONTROL_BESIEGED) else Degree.FULL
    change = Change(told) if told in (CONTROL_GAINED, CONTROL_LOST) else Change.HELD
    holder = None if degree is Degree.CONTESTED else _other_than_ground(scene, fields, who)
    whom = _other_than_ground(scene, fields, whom)
    if change is Change.GAINED and _leaves(scene, fields) and holder is not None:
        change, holder, whom = Change.LOST, None, holder  # "abandoned by the army"
    place, share = _ground(scene, fields, degree)
    if change is not Change.HELD and fields["modality"] is Modality.ASSERTED:
        fields["modality"] = (
            brought_about(scene.parse, _carrier(scene, fields["start"], fields["end"])) or fields["modality"]
        )
    return ControlClaim(**fields | {"place": place}, change=change, degree=share, holder=holder, loser=whom)


def _other_than_ground(scene: Scene, fields: dict[str, Any], who: Mention | None) -> Mention | None:
    """Whoever holds or loses, unless it is what the passive verb is said of: "the compound is surrounded"."""
    number = _carrier(scene, fields["start"], fields["end"])
    group = scene.parse.pieces[number]
    ground = verb_frame(scene.parse, number).object if group.role is Role.VERB and group.passive else None
    return None if who is not None and ground is not None and ground.start <= who.start < ground.end else who


def _leaves(scene: Scene, fields: dict[str, Any]) -> bool:
    """Is what is told that somebody leaves?"""
    number = _carrier(scene, fields["start"], fields["end"])
    told = scene.reading.hits(scene.number, "movement")
    return any(hit.number == number and hit.trigger.subtype == "leave" for hit in told)


def _ground(scene: Scene, fields: dict[str, Any], degree: Degree) -> tuple[Mention | None, Degree]:
    """The place that control is of, and how much of it: the words may speak of "villages" or of half the town."""
    place: Mention | None = fields["place"]
    if place is None or degree is not Degree.FULL:
        return place, degree
    if place.carried:
        target = unnamed_in(scene, fields["start"], fields["end"])
        if target is None:
            return place, degree
        return somewhere(scene, target, degree_of(scene, target), lying(scene, target), place)
    whole = _phrase_of(scene, place)
    if whole is None:
        return place, degree
    share = degree_of(scene, whole)
    return somewhere(scene, whole, share, Lying(place, "of")) if is_part(scene, whole, place) else (place, share)


def _presence(scene: Scene, fields: dict[str, Any], who: Mention | None, count: Quantity | None) -> PresenceClaim:
    system = next(scene.reading.names.equipment.within(fields["start"], fields["end"]), None)
    named = mention(scene.reading, system.start, system.end) if system is not None else None
    what = named or who or _thing(scene, fields["start"], fields["end"])
    equipment = system.value.id if system is not None else None
    return PresenceClaim(**fields, actor=_acting(scene, who), what=what, equipment=equipment, count=count)


def _acting(scene: Scene, who: Mention | None) -> Mention | None:
    """Who is or goes somewhere, where the words name an actor rather than only a thing."""
    if who is None or not any(True for _ in scene.reading.names.actors.within(who.start, who.end)):
        return None
    return who


def _listed(found: Mention | None) -> tuple[Mention, ...]:
    return (found,) if found is not None else ()


def _carrier(scene: Scene, start: int, end: int) -> int:
    """The piece that carries what some words say: their first verb, else the first piece of them."""
    pieces = list(enumerate(scene.parse.pieces))
    inside = [number for number, piece in pieces if piece.start >= start and piece.end <= end]
    verbs = (number for number in inside if scene.parse.pieces[number].role is Role.VERB)
    first = next((number for number, piece in pieces if piece.end > start), len(pieces) - 1)
    return next(verbs, next(iter(inside), first))


def _thing(scene: Scene, start: int, end: int) -> Mention | None:
    """The first noun phrase of some words."""
    phrases = (one for one in scene.parse.pieces if one.role is Role.NP and one.start >= start and one.end <= end)
    found = next(phrases, None)
    return mention(scene.reading, found.start, found.end) if found is not None else None


def _counted(scene: Scene, start: int, end: int, people: Mention | None) -> Quantity | None:
    """How many: the number in the phrase of those whom a claim is of; else the first of its words, articles aside.

    Its own number goes before that of people who are told outside its words: "86 died and dozens more were treated".
    """
    hits = scene.reading.names.amounts.within(start, end)
    said = [hit.value.quantity for hit in hits if hit.value.quantity.known and hit.value.kind is not AmountKind.ARTICLE]
    own = _phrase_of(scene, people) if people is not None else None
    if own is not None and (start <= own.start < end or not said) and (found := count_of(scene, own)) is not None:
        return found
    return said[0] if said else None


def _of_victims(scene: Scene, start: int, end: int) -> Quantity | None:
    """How many the verb of a toll is said of, whomever of them the claim points to: "20 people, women too, fell"."""
    number = _carrier(scene, start, end)
    if scene.parse.pieces[number].role is not Role.VERB:
        return None
    frame = verb_frame(scene.parse, number)
    sufferers = (one for one in (frame.object, frame.subject) if are_people(scene, one, Harm.KILLED, "kill"))
    return next((count for one in sufferers if (count := count_of(scene, one)) is not None), None)


def _phrase_of(scene: Scene, said: Mention) -> Phrase | None:
    """The noun phrase of the sentence in which something is named."""
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.NP and piece.start <= said.start and said.end <= piece.end:
            return Phrase(number=number, start=piece.start, end=piece.end)
    return None


def _mention(scenes: dict[int, Scene], role: str, candidate: Candidate, start: int, end: int) -> Mention:
    """A candidate as a mention; a place with the words that say which part of it is meant."""
    scene = _scene_of(scenes, candidate)
    found = mention(scene.reading, candidate.start, candidate.end)
    if role == "place":
        found = _widened(scene, candidate) or found
    return msgspec.structs.replace(found, carried=not start <= candidate.start < end)


def _scene_of(scenes: dict[int, Scene], candidate: Candidate) -> Scene:
    """The sentence that a candidate stands in, else any."""
    for scene in scenes.values():
        sentence = scene.reading.sentences[scene.number]
        if sentence.start <= candidate.start < sentence.end:
            return scene
    return next(iter(scenes.values()))


def _widened(scene: Scene, candidate: Candidate) -> Mention | None:
    for number, piece in enumerate(scene.parse.pieces):
        if piece.role is Role.NP and piece.start <= candidate.start and candidate.end <= piece.end:
            own = Phrase(number=number, start=piece.start, end=piece.end)
            found = places_in(scene.reading, scene.parse, own)
            return next((one for one in found if one.start <= candidate.start and candidate.end <= one.end), None)
    return None
