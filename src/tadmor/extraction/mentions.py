"""From phrases to mentions: the words that name an actor, a place or a thing, without articles and fillers."""

import re

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Level, Place
from tadmor.extraction.context import Reading
from tadmor.extraction.frames import Phrase
from tadmor.extraction.parse import Parse
from tadmor.extraction.tokens import Tag, Token

#: "rebel-held", "ISIS-controlled": who holds stands before the hyphen.
HELD = re.compile(r"(?P<holder>[\w’'.-]+?)[-‑](?P<how>held|controlled|occupied|besieged|dominated)$", re.IGNORECASE)

#: Words of a noun phrase that say which part of a place is meant; they stay in a place's expression.
_PARTS = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern northwestern "
    "southeastern southwestern north-eastern north-western south-eastern south-western central rural greater upper lower outer inner "
    "old downtown suburban coastal".split()
)
#: Definite nouns that point back to a place named before, with the levels they can point to.
ANAPHORS: dict[str, tuple[Level, ...]] = {
    "city": (Level.SETTLEMENT,),
    "town": (Level.SETTLEMENT,),
    "village": (Level.SETTLEMENT,),
    "settlement": (Level.SETTLEMENT,),
    "neighborhood": (Level.SITE, Level.DISTRICT),
    "neighbourhood": (Level.SITE, Level.DISTRICT),
    "district": (Level.SITE, Level.DISTRICT, Level.SETTLEMENT),
    "province": (Level.PROVINCE,),
    "governorate": (Level.PROVINCE,),
    "oblast": (Level.PROVINCE,),
    "region": (Level.REGION, Level.PROVINCE, Level.DISTRICT, Level.COUNTRY),
    "country": (Level.COUNTRY,),
    "area": (Level.SETTLEMENT, Level.SITE, Level.DISTRICT, Level.REGION),
    "enclave": (Level.SETTLEMENT, Level.REGION, Level.DISTRICT, Level.SITE),
    "base": (Level.SITE,),
    "airbase": (Level.SITE,),
    "airport": (Level.SITE,),
    "airfield": (Level.SITE,),
    "field": (Level.SITE,),
    "dam": (Level.SITE,),
    "camp": (Level.SITE,),
    "capital": (Level.SETTLEMENT,),
    "site": (Level.SITE, Level.SETTLEMENT),
    "stronghold": (Level.SETTLEMENT,),
    "citadel": (Level.SITE,),
    "port": (Level.SETTLEMENT, Level.SITE),
}
_BACK = frozenset({"the", "this", "that", "its", "their"})


def words_of(parse: Parse, phrase: Phrase) -> list[Token]:
    """The tokens of a phrase."""
    return parse.words(parse.pieces[phrase.number])


def is_pronoun(parse: Parse, phrase: Phrase) -> bool:
    """Is the phrase a pronoun alone?"""
    words = words_of(parse, phrase)
    return len(words) == 1 and words[0].tag is Tag.PRON


def mention(reading: Reading, start: int, end: int, *, carried: bool = False) -> Mention:
    """The words of a stretch as a mention."""
    return Mention(expression=" ".join(reading.text[start:end].split()), start=start, end=end, carried=carried)


def named(reading: Reading, parse: Parse, phrase: Phrase) -> Mention | None:
    """The phrase without leading articles, numbers and adverbs; `None` for pronouns and what is left empty."""
    words = words_of(parse, phrase)
    first = 0
    while first < len(words) and (words[first].tag in (Tag.DET, Tag.NUM, Tag.ADV) or words[first].lower == "of"):
        first += 1
    if first == len(words) or words[first].tag is Tag.PRON:
        return None
    return mention(reading, words[first].start, words[-1].end)


def head(parse: Parse, phrase: Phrase) -> Token:
    """The noun that the phrase is about: the last before "of" or "and"."""
    words = words_of(parse, phrase)
    for index, token in enumerate(words):
        if index and (token.lower == "of" or token.tag is Tag.CONJ):
            return words[index - 1]
    return words[-1]


def is_place(reading: Reading, place: tuple[Place, ...]) -> bool:
    """Is any candidate finer than a country or region?"""
    return any(candidate.level not in (Level.COUNTRY, Level.REGION) for candidate in place)


def places_in(reading: Reading, parse: Parse, phrase: Phrase) -> list[Mention]:
    """The places that a phrase names, each with the words that say which part of it; lists give several."""
    found = list(reading.names.places.within(phrase.start, phrase.end))
    if not found:
        unknown = _unknown_place(reading, parse, phrase)
        return [unknown] if unknown is not None else []
    return [mention(reading, *_widened(parse, phrase, hit.start, hit.end)) for hit in _finest(found)]


def _finest(found: list) -> list:  # type: ignore[type-arg]
    """Of "Jisreen in Eastern Ghouta" both; of a place and its own country only the finer."""
    fine = [hit for hit in found if any(place.level is not Level.COUNTRY for place in hit.value)]
    return fine or found


def _widened(parse: Parse, phrase: Phrase, start: int, end: int) -> tuple[int, int]:
    """"western countryside of Palmyra", "Aleppo city", "the town of Douma": the words that belong to the name."""
    words = words_of(parse, phrase)
    first = next(index for index, token in enumerate(words) if token.end > start)
    last = next(index for index in range(len(words) - 1, -1, -1) if words[index].start < end)
    nouns = PLACE_HEADS
    while last + 1 < len(words) and words[last + 1].lower in nouns and not words[last].possessive:
        last += 1
    if first and words[first - 1].lower in _PARTS:
        first -= 1
    if first >= 2 and words[first - 1].lower == "of" and words[first - 2].lower in nouns | PART_HEADS:
        first -= 2
        while first and words[first - 1].lower in _PARTS | nouns:
            first -= 1
    stop = words[last].end
    if words[last].possessive and last + 1 < len(words) and words[last + 1].lower in _PARTS | nouns | PART_HEADS:
        last += 1
        while last + 1 < len(words) and words[last + 1].lower in nouns | PART_HEADS:
            last += 1
        stop = words[last].end
    return words[first].start, max(stop, end) if words[last].end >= end else end


#: Nouns that go on with a place's name.
PLACE_HEADS = frozenset(
    "city town village district province governorate region neighborhood neighbourhood suburb countryside airport airbase airfield base oblast "
    "raion dam field fields bridge crossing camp hill hills mountain mountains valley island settlement enclave quarter oilfield gasfield "
    "highway road river citadel castle port plant factory prison silos desert refinery roundabout square street market mosque hospital "
    "villages towns neighborhoods neighbourhoods suburbs districts gas oil air military area border junction farms heights plain plains "
    "outskirts countrysides".split()
)
PART_HEADS = frozenset(
    "part parts half outskirts side countryside suburbs suburb edge edges entrance entrances centre center vicinity rest areas area villages "
    "neighborhoods neighbourhoods districts portion portions hinterland ruins city town village province governorate island port "
    "north south east west northeast northwest southeast southwest outskirt".split()
)


def _unknown_place(reading: Reading, parse: Parse, phrase: Phrase) -> Mention | None:
    """A capitalised name with a place noun ("Jisreen town", "the village of X"), or after a locative preposition."""
    words = words_of(parse, phrase)
    capital = [index for index, token in enumerate(words) if token.text[0].isupper() and token.tag is Tag.NAME]
    if not capital:
        return None
    first, last = capital[0], capital[-1]
    if _is_other(reading, words[first].start, words[last].end):
        return None
    has_noun = any(token.lower in PLACE_HEADS | PART_HEADS for token in words)
    local = phrase.prep in reading.lexicon.classes["locative"] and phrase.prep not in ("of", "to", "against", "from", "for")
    if not has_noun and not (local and last == len(words) - 1):
        return None
    start, end = _widened(parse, phrase, words[first].start, words[last].end)
    return mention(reading, start, end)


def names_of_ground(reading: Reading, parse: Parse, phrase: Phrase) -> list[Mention]:
    """Capitalised names in a phrase that speaks of ground, one for each part of a list."""
    found: list[Mention] = []
    part: list[Token] = []
    for token in [*words_of(parse, phrase), None]:
        if token is not None and token.tag is not Tag.CONJ:
            part.append(token)
            continue
        capital = [word for word in part if word.tag is Tag.NAME and word.text[0].isupper()]
        if capital and not _is_other(reading, capital[0].start, capital[-1].end):
            found.append(mention(reading, capital[0].start, part[-1].end))
        part = []
    return found


def _is_other(reading: Reading, start: int, end: int) -> bool:
    """Is the stretch an actor, a source, a weapon or a time rather than a place?"""
    layers = (reading.names.actors, reading.names.sources, reading.names.equipment, reading.names.times)
    return any(True for layer in layers for _ in layer.within(start, end))  # type: ignore[attr-defined]


def anaphor(parse: Parse, phrase: Phrase) -> tuple[Level, ...] | None:
    """The levels that a nameless "the town" can point back to, or `None`."""
    words = words_of(parse, phrase)
    if any(token.tag is Tag.NAME for token in words):
        return None
    if len(words) == 1 and words[0].lower in ("it", "there"):
        return (Level.SETTLEMENT, Level.SITE)
    if words[0].lower not in _BACK:
        return None
    return ANAPHORS.get(words[-1].lower)


def actors_in(reading: Reading, parse: Parse, phrase: Phrase) -> bool:
    """Does the phrase name an actor, or end in a noun for a force?"""
    if any(True for _ in reading.names.actors.within(phrase.start, phrase.end)):
        return True
    return any(token.lower in reading.lexicon.classes["force_nouns"] for token in words_of(parse, phrase))
