"""From phrases to mentions: the words that name an actor, a place or a thing, without articles and fillers."""

import re
from itertools import pairwise

import msgspec

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.lexicon import word_class
from tadmor.dictionaries.sites.described import noun_called
from tadmor.extraction.context import Reading
from tadmor.extraction.frames import Phrase
from tadmor.extraction.names import Hit
from tadmor.extraction.parse import Parse
from tadmor.extraction.tokens import Tag, Token, is_name

#: "rebel-held", "ISIS-controlled": who holds stands before the hyphen.
HELD = re.compile(r"(?P<holder>[\w’'.-]+?)[-‑](?P<how>held|controlled|occupied|besieged|dominated)$", re.IGNORECASE)

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
#: An "oil and gas field" is one field.
_FUELS = frozenset({"oil", "gas"})
_BACK = frozenset({"the", "this", "that", "its", "their"})
#: A description with one of these means a site besides the one told of.
_OTHER = frozenset({"other", "another", "second", "nearest", "former", "new"})


def words_of(parse: Parse, phrase: Phrase) -> list[Token]:
    """The tokens of a phrase, which may be a part of its piece: "the city" of "the fall of the city"."""
    words = parse.words(parse.pieces[phrase.number])
    own = [token for token in words if phrase.start <= token.start < phrase.end]
    return (own[1:] if len(own) > 1 and own[0].lower == "of" else own) or words


def conjuncts(parse: Parse, phrase: Phrase) -> list[Phrase]:
    """The parts of a phrase that "and" joins: "the base and three checkpoints", but no "oil and gas field"."""
    words, parts = words_of(parse, phrase), [[words_of(parse, phrase)[0]]]
    for before, token in pairwise(words):
        if token.tag is Tag.CONJ and before.lower not in _FUELS:
            parts.append([])
        else:
            parts[-1].append(token)
    return [msgspec.structs.replace(phrase, start=part[0].start, end=part[-1].end) for part in parts if part]


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
    shares = word_class("shares")
    while first < len(words) and (
        words[first].tag in (Tag.DET, Tag.NUM, Tag.ADV)
        or words[first].lower == "of"
        or (
            words[first].lower in shares and [word.lower for word in words[first + 1 : first + 2]] in (["of"], ["cent"])
        )
        or (words[first].lower == "cent" and words[first - 1].lower == "per")
    ):
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


def places_in(reading: Reading, parse: Parse, phrase: Phrase) -> list[Mention]:
    """The places that a phrase names, each with the words that say which part of it; lists give several."""
    found = list(reading.names.places.within(phrase.start, phrase.end))
    if not found:
        unknown = _unknown_place(reading, parse, phrase)
        if unknown is not None:
            return [unknown]
        return [
            mention(reading, hit.start, hit.end) for hit in reading.names.uncharted.within(phrase.start, phrase.end)
        ]
    fine = _finest(found)
    spans = [_widened(parse, phrase, hit.start, hit.end) for hit in fine]
    outer = {at for at in range(len(fine) - 1) if spans[at + 1][0] < spans[at][1] and _is_larger(*fine[at : at + 2])}
    before = _named_before(reading, parse, phrase, spans[0][0])
    return before or [mention(reading, *span) for at, span in enumerate(spans) if at not in outer]


def _named_before(reading: Reading, parse: Parse, phrase: Phrase, at: int) -> list[Mention]:
    """The name that no table has of "the town of Alwa north of Homs", which the known one only places."""
    words = words_of(parse, phrase)
    if not any(token.start == at and token.lower in word_class("bearings") for token in words[1:]):
        return []
    own = Phrase(number=phrase.number, start=phrase.start, end=at)
    found = _unknown_place(reading, parse, own)
    return [found] if found is not None else []


def _is_larger(one: Hit[tuple[Place, ...]], other: Hit[tuple[Place, ...]]) -> bool:
    """Does a noun stand between two towns that the smaller one is of the larger: "the Damascus suburb of Daraya"?"""
    return (one.value[0].population or 0) > (other.value[0].population or 0)


def _finest(found: list[Hit[tuple[Place, ...]]]) -> list[Hit[tuple[Place, ...]]]:
    """Of "Jisreen in Eastern Ghouta" both; of a place and its own country only the finer."""
    fine = [hit for hit in found if hit.value[0].level not in (Level.COUNTRY, Level.REGION)]
    towns = [hit for hit in fine if hit.value[0].level in (Level.SITE, Level.SETTLEMENT)]
    return towns or fine or found


def _widened(parse: Parse, phrase: Phrase, start: int, end: int) -> tuple[int, int]:
    """As in "western countryside of Palmyra", "Aleppo city", "the town of Douma": the words that belong to the name."""
    words = words_of(parse, phrase)
    first = next(index for index, token in enumerate(words) if token.end > start)
    last = next(index for index in range(len(words) - 1, -1, -1) if words[index].start < end)
    nouns = word_class("place_heads")
    while last + 1 < len(words) and (step := _kind_noun(words, last, nouns)):
        last += step
    if first and words[first - 1].lower in word_class("parts"):
        first -= 1
    lead = words[first - 2].lower if first >= 2 and words[first - 1].lower == "of" else ""
    # "the towns of Baiji and Sharqat" are Baiji and Sharqat
    if lead in nouns | word_class("part_heads") and lead not in word_class("each_named"):
        first -= 2
        while first and words[first - 1].lower in word_class("parts") | nouns:
            first -= 1
    stop = words[last].end
    if (
        words[last].possessive
        and last + 1 < len(words)
        and words[last + 1].lower in word_class("parts") | nouns | word_class("part_heads")
    ):
        last += 1
        while last + 1 < len(words) and words[last + 1].lower in nouns | word_class("part_heads"):
            last += 1
        stop = words[last].end
    if words[last].possessive and words[last].end == stop:
        stop = words[last].start + len(words[last].lower)
    return words[first].start, max(stop, end) if words[last].end >= end else end


def _kind_noun(words: list[Token], last: int, nouns: frozenset[str]) -> int:
    """How many words after a name go on with its kind: one noun, or "and gas" of an "oil and gas field"."""
    if words[last + 1].lower in nouns and not words[last].possessive:
        return 1
    joined = [word.lower for word in words[last : last + 4]]
    return 2 if joined[1:2] == ["and"] and {joined[0], *joined[2:3]} == _FUELS and joined[3:] else 0


def _unknown_place(reading: Reading, parse: Parse, phrase: Phrase) -> Mention | None:
    """A capitalised name with a place noun ("Jisreen town", "the village of X"), or after a locative preposition."""
    words = words_of(parse, phrase)
    capital = [index for index, token in enumerate(words) if token.tag is Tag.NAME and is_name(token.text)]
    if not capital or _is_no_name(reading, parse, [words[index] for index in capital], words):
        return None
    first, last = capital[0], capital[-1]
    if _is_other(reading, words[first].start, words[last].end) and not _called_ground(reading, words, first, last):
        return None
    has_noun = any(token.lower in word_class("place_heads") | word_class("part_heads") for token in words)
    local = phrase.prep in reading.lexicon.classes["locative"] and phrase.prep not in (
        "of",
        "to",
        "against",
        "from",
        "for",
    )
    if not has_noun and not (local and last == len(words) - 1):
        return None
    start, end = _widened(parse, phrase, words[first].start, words[last].end)
    return mention(reading, start, end)


def _is_no_name(reading: Reading, parse: Parse, capital: list[Token], words: list[Token]) -> bool:
    """Are capitals no name of ground: a headline's "Country" or "Gas Attack", or whoever says something?"""
    classes = reading.lexicon.classes
    if all(token.lower in ANAPHORS or token.lower in word_class("single_sites") for token in capital):
        return True
    if capital[-1].lower in classes["act_nouns"] or capital[-1].lower in word_class("platforms"):
        return True
    before = max((token for token in parse.tokens if token.start < capital[0].start), key=_start, default=None)
    spoken = before is not None and before.lower == "the"  # "on the city the Observatory said"
    if len(capital) < len(words) and not spoken:  # "on the village of Taduf said": its kind or its side is told
        return False
    after = next((token for token in parse.tokens if token.start >= words[-1].end), None)
    return after is not None and after.tag is Tag.VERB and after.base in reading.lexicon.reporting


def _start(token: Token) -> int:
    return token.start


def names_of_ground(reading: Reading, parse: Parse, phrase: Phrase) -> list[Mention]:
    """Capitalised names in a phrase that speaks of ground, one for each part of a list."""
    found: list[Mention] = []
    part: list[Token] = []
    for token in [*words_of(parse, phrase), None]:
        if token is not None and token.tag is not Tag.CONJ:
            part.append(token)
            continue
        capital = [word for word in part if word.tag is Tag.NAME and is_name(word.text)]
        if capital and not _is_other(reading, capital[0].start, capital[-1].end):
            # "Beit Jinn 25 kilometres south" is named by the first two words; "Brigade 17" is a name
            inner = enumerate(part[:-1])
            amount = (at for at, word in inner if word.tag is Tag.NUM and word.start > capital[0].start)
            found.append(mention(reading, capital[0].start, part[next(amount, len(part)) - 1].end))
        part = []
    return found


def _is_other(reading: Reading, start: int, end: int) -> bool:
    """Is the stretch an actor, a source, a weapon or a time rather than a place?"""
    layers = (reading.names.actors, reading.names.sources, reading.names.equipment, reading.names.times)
    return any(True for layer in layers for _ in layer.within(start, end))


def _called_ground(reading: Reading, words: list[Token], first: int, last: int) -> bool:
    """Does a noun for one place follow, as in "the Sumaria area", "Seif al-Dawla neighbourhood"?

    What a source is called may be a place too; the name of an actor only as a part of a longer one ("rebel district").
    """
    after = words[last + 1].lower if last + 1 < len(words) else ""
    before = words[first - 2].lower if first > 1 and words[first - 1].lower == "of" else ""  # "the town of X"
    nouns = {noun for noun in (before, after) if noun in word_class("place_heads") and not noun.endswith("s")}
    if not nouns:
        return False
    start, end = words[first].start, words[last].end
    names = reading.names
    others = any(True for layer in (names.equipment, names.times) for _ in layer.within(start, end))
    return not others and all(hit.end - hit.start < end - start for hit in names.actors.within(start, end))


def anaphor(parse: Parse, phrase: Phrase) -> tuple[Level, ...] | None:
    """The levels that a nameless "the town" can point back to, or `None`."""
    words = words_of(parse, phrase)
    if any(token.tag is Tag.NAME for token in words):
        return None
    if len(words) == 1 and words[0].lower in ("it", "there"):
        return (Level.SETTLEMENT, Level.SITE)
    if words[0].lower not in _BACK or _is_elsewhere(words):
        return None
    return ANAPHORS.get(words[-1].lower)


def _is_elsewhere(words: list[Token]) -> bool:
    """Do the words between an article and its noun tell of other ground: "the old city", "the housing area"?"""
    between = [token.lower for token in words[1:-1]]
    if not word_class("elsewhere").isdisjoint(between):
        return True
    part = words[-1].lower in ("area", "district", "neighborhood", "neighbourhood", "site")
    return part and any(word not in word_class("same_ground") and HELD.match(word) is None for word in between)


def described_site(parse: Parse, phrase: Phrase) -> str | None:
    """The noun of a nameless "the military airport"; `None` for other phrases."""
    words = words_of(parse, phrase)
    stop = next((at for at, token in enumerate(words) if at and (token.lower == "of" or token.tag is Tag.CONJ)), None)
    own = words[:stop]
    told = [token.lower for token in own]
    if told[0] not in _BACK or any(token.tag is Tag.NAME for token in own) or not _OTHER.isdisjoint(told):
        return None
    return noun_called(told)


def is_provincial_capital(parse: Parse, phrase: Phrase) -> bool:
    """Is it a nameless "the provincial capital"?"""
    words = [token.lower for token in words_of(parse, phrase)]
    return words[-1] == "capital" and any(word in ("provincial", "regional") for word in words[:-1])


def capital_of(province: Mention) -> Mention:
    """The chief town of a province told before; grounding knows the words."""
    return msgspec.structs.replace(province, expression=f"capital of {province.expression}", carried=True)


def actors_in(reading: Reading, parse: Parse, phrase: Phrase) -> bool:
    """Does the phrase name an actor, or end in a noun for a force?"""
    if any(True for _ in reading.names.actors.within(phrase.start, phrase.end)):
        return True
    return any(token.lower in reading.lexicon.classes["force_nouns"] for token in words_of(parse, phrase))
