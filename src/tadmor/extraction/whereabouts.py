"""Where an act of violence took place: what it hit, then its scene, then the rest of the sentence, then the story."""

from collections import Counter
from collections.abc import Iterator

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.documents import Form
from tadmor.datamodel.places import Level
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.builder import WHERE, Scene
from tadmor.extraction.frames import Frame, Phrase, phrase, preposition, verb_frame
from tadmor.extraction.mentions import anaphor, head, is_pronoun, mention, words_of
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import NOMINAL, Tag, Token, is_name

#: Prepositions that set the scene of a verb.
_SCENES = frozenset({"in", "at", "near", "on", "inside", "outside", "around", "across"})
_FINE = (Level.SITE, Level.SETTLEMENT, Level.DISTRICT, Level.PROVINCE, Level.REGION)
#: Levels that a battle can be said to be at.
_MAIN = (Level.SITE, Level.SETTLEMENT, Level.DISTRICT)
#: Nouns that end names of offices and services, not of ground, unless the gazetteer knows the name.
_NO_GROUND = frozenset({"military", "air", "gas", "oil", "army", "command", "administration", "operation"})
#: Words between a site and the place that tells where it is: distances, directions, "neighbourhood of".
_BEARINGS = frozenset(
    [
        "km",
        "kilometers",
        "kilometres",
        "miles",
        "mi",
        "of",
        "countryside",
        "rural",
        "neighborhood",
        "neighbourhood",
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
    ]
)


def where_act(scene: Scene, frame: Frame, target: Phrase | None) -> Mention | None:
    """The place of an act: the ground that it hit before the scene it was set in; a finer place before a country."""
    told = [found for part in _parts(scene, frame, target) for found in _argument_ground(scene, frame, part)[:1]]
    fine = next((found for found in told if not is_coarse(scene, found)), None)
    if fine is not None:
        return fine
    piece = scene.parse.pieces[frame.number]
    if told:
        of_its_name = piece.start <= told[0].start < piece.end
        return told[0] if of_its_name else _headline_place(scene) or told[0]
    return _elsewhere(scene, frame)


def _argument_ground(scene: Scene, frame: Frame, part: Phrase) -> list[Mention]:
    """In the act's own noun phrase a country tells who, not where: "Syrian air strikes", but "the Kyiv offensive"."""
    found = act_ground(scene, part)
    if part.number != frame.number:
        return found
    noun = head(scene.parse, part)
    actors = list(scene.reading.names.actors.within(part.start, noun.end))
    return [
        place
        for place in found
        if not (is_coarse(scene, place) and any(a.start <= place.start and place.end <= a.end for a in actors))
    ]


def act_ground(scene: Scene, part: Phrase) -> list[Mention]:
    """The places of one argument, without names of forces and offices."""
    leading = _leading(scene, part)
    if leading is not None:
        return [leading]
    return [found for found in scene.places(part) if found.carried or _is_ground(scene, found)]


def country(scene: Scene) -> Mention | None:
    """The country that the story is set in: one of the sentence, else the one that most of the document lies in."""
    hits = [hit for hit in scene.reading.names.places.hits if hit.value[0].level is Level.COUNTRY]
    if not hits:
        return None
    sentence = scene.reading.sentences[scene.number]
    counts = Counter(hit.value[0].country for hit in scene.reading.names.places.hits)
    here = [hit for hit in hits if sentence.start <= hit.start < sentence.end]
    chosen = max(here or hits, key=lambda hit: (counts[hit.value[0].country], -hit.start))
    return mention(scene.reading, chosen.start, chosen.end, carried=not here)


def main_place(scene: Scene) -> Mention | None:
    """Where the story as a whole is set: a place of the headline above, else the one that the document names most."""
    reading = scene.reading
    fine = [hit for hit in reading.names.places.hits if hit.value[0].level in _MAIN and _is_told(scene, hit.start)]
    heads = [one for one in reading.sentences[: scene.number] if one.form is Form.HEADLINE]
    for heading in reversed(heads):
        for hit in fine:
            if heading.start <= hit.start < heading.end:
                return mention(reading, hit.start, hit.end, carried=True)
    counts = Counter(hit.value[0].id for hit in fine)
    if not counts:
        return None
    most = max(fine, key=lambda hit: (counts[hit.value[0].id], -hit.start))
    return mention(reading, most.start, most.end, carried=True) if counts[most.value[0].id] > 1 else None


def _is_told(scene: Scene, start: int) -> bool:
    """Does a place stand in a sentence of the story, not in a dateline or beneath it?"""
    told = next((one for one in scene.reading.sentences if one.start <= start < one.end), None)
    return told is not None and told.form in (Form.HEADLINE, Form.STANDFIRST, Form.BODY)


def is_coarse(scene: Scene, found: Mention) -> bool:
    """Is the place a country, or a part of one known by no name of its own?"""
    known = scene.candidates(found)
    return bool(known) and known[0].level is Level.COUNTRY


def _parts(scene: Scene, frame: Frame, target: Phrase | None) -> Iterator[Phrase]:
    if target is not None:
        yield target
        yield from _within(scene, target)
    piece = scene.parse.pieces[frame.number]
    if piece.role is Role.NP:
        yield Phrase(number=frame.number, start=piece.start, end=piece.end, prep=preposition(scene.parse, frame.number))
    yield from (part for part in frame.phrases if part.prep in WHERE)
    if frame.object is not None:
        yield frame.object


def _within(scene: Scene, target: Phrase) -> Iterator[Phrase]:
    """The prepositional phrases right after a target: "a mosque | in the village"."""
    at, pieces = target.number + 1, scene.parse.pieces
    while at + 1 < len(pieces) and pieces[at].role is Role.PREP and pieces[at + 1].role is Role.NP:
        word = scene.parse.tokens[pieces[at].first].lower
        if word not in WHERE:
            return
        yield phrase(scene.parse, at + 1, word)
        at += 2


def _is_ground(scene: Scene, found: Mention) -> bool:
    """Rule out articles taken for names, forces called after a country, and offices that no gazetteer knows."""
    words = found.expression.lower().split()
    if len(words) == 1 and (words[0] in word_class("determiners") or words[0] in word_class("prepositions")):
        return False
    actors = scene.reading.names.actors.within(found.start - 40, found.end + 40)
    if any(a.start <= found.start and found.end <= a.end and a.end - a.start > found.end - found.start for a in actors):
        return False
    return bool(scene.candidates(found)) or words[-1] not in _NO_GROUND


def _leading(scene: Scene, part: Phrase) -> Mention | None:
    """As in "the Sehyan checkpoint north of Khan Shaykhun": an unknown name before the place that it is near to."""
    words = words_of(scene.parse, part)
    known = next(scene.reading.names.places.within(part.start, part.end), None)
    if known is None:
        return None
    stop = next((n for n, token in enumerate(words) if token.end > known.start), 0)
    last = stop
    while last and words[last - 1].lower in _BEARINGS:
        last -= 1
    if last == stop or not last or {token.lower for token in words[last:stop]} == {"of"}:
        return None
    return _name_ending(scene, words[:last])


def _name_ending(scene: Scene, words: list[Token]) -> Mention | None:
    """The name, with the noun after it, that a run of words ends in."""
    last = len(words)
    while last and words[last - 1].tag is Tag.NUM:
        last -= 1
    first = last
    while first and words[first - 1].tag in NOMINAL and words[first - 1].tag is not Tag.NUM:
        first -= 1
    while first < last and not is_name(words[first].text):
        first += 1
    if first == last:
        return None
    start, end = words[first].start, words[last - 1].end
    names = scene.reading.names
    layers = (names.actors, names.sources, names.equipment)
    if any(True for layer in layers for _ in layer.within(start, end)):
        return None
    acts = scene.reading.lexicon.classes["act_nouns"]
    if any(token.lower in acts for token in words) or not _is_own_name(words[first:last]):
        return None
    return mention(scene.reading, start, end)


def _is_own_name(words: list[Token]) -> bool:
    """Is there a name besides place nouns ("District") and names of peoples ("Syrian")?"""
    own = [token for token in words if is_name(token.text) and token.lower not in word_class("place_heads")]
    return any(not token.lower.endswith(("ian", "ish", "ese", "iraqi", "yemeni")) for token in own)


def _elsewhere(scene: Scene, frame: Frame) -> Mention | None:
    """What else the sentence or the story says of where it was."""
    found = _where_done(scene, frame.number) or scene.where(Frame(number=frame.number), objects=False)
    if found is None or found.carried or is_coarse(scene, found):
        found = _headline_place(scene) or found
    sentence = scene.reading.sentences[scene.number]
    if found is not None and not found.carried and not _is_ground(scene, found):
        return story_place(scene, frame)
    if found is None or found.start < sentence.start:
        return story_place(scene, frame)
    return found


def _where_done(scene: Scene, number: int) -> Mention | None:
    """Where the verb of an act is said to be done: "a car bomb | killed | four | in | the Sumaria area"."""
    after = scene.parse.after(number)
    if scene.parse.pieces[number].role is not Role.NP or after is None or after.role is not Role.VERB:
        return None
    parts = (part for part in verb_frame(scene.parse, number + 1).phrases if part.prep in _SCENES)
    return next((place for part in parts for place in act_ground(scene, part) if not is_coarse(scene, place)), None)


def story_place(scene: Scene, frame: Frame) -> Mention | None:
    """Where the story is: what "the city" of the sentence points back to, else the place last told of."""
    for number in range(frame.number - 1, -1, -1):
        piece = scene.parse.pieces[number]
        if piece.role is Role.NP:
            part = phrase(scene.parse, number)
            if anaphor(scene.parse, part) is not None and not is_pronoun(scene.parse, part):
                back = scene.places(part)
                if back:
                    return back[0]
    start = scene.reading.sentences[scene.number].start
    return scene.focus.back(_FINE, start, scene.number) or scene.focus.implicit(scene.number) or _ahead(scene)


def _ahead(scene: Scene) -> Mention | None:
    """Before any place is told of, as in a headline: the first finer one that something is said to be in, at, near.

    It lies in the country that most of the document lies in, so that a dateline or an office elsewhere is not taken.
    """
    hits = scene.reading.names.places.hits
    countries = Counter(hit.value[0].country for hit in hits)
    for number in range(scene.number, len(scene.reading.sentences)):
        parse = scene.reading.parse(number)
        for at, piece in enumerate(parse.pieces):
            if piece.role is not Role.NP or preposition(parse, at) not in WHERE:
                continue
            for hit in scene.reading.names.places.within(piece.start, piece.end):
                place = hit.value[0]
                if place.level is not Level.COUNTRY and countries[place.country] == max(countries.values()):
                    return mention(scene.reading, hit.start, hit.end, carried=True)
    return None


def _headline_place(scene: Scene) -> Mention | None:
    """A headline's place where it names none itself: the first finer place that the text under it is set in."""
    if scene.reading.sentences[scene.number].form is not Form.HEADLINE:
        return None
    for number in range(scene.number + 1, min(scene.number + 4, len(scene.reading.sentences))):
        found = scene.reading.parse(number)
        for at, piece in enumerate(found.pieces):
            if piece.role is not Role.NP or preposition(found, at) not in WHERE:
                continue
            for hit in scene.reading.names.places.within(piece.start, piece.end):
                if hit.value[0].level is not Level.COUNTRY:
                    return mention(scene.reading, hit.start, hit.end, carried=True)
    return None
