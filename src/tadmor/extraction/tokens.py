"""Words of a sentence with a coarse class each: enough grammar to find who did what to whom, and where.

No trained tagger can be installed offline; the classes come from the lexicon, from the names found, and from the
neighbours of words that are noun and verb alike ("attacks", "control").
"""

import re
from enum import Enum, auto

import msgspec

from tadmor.dictionaries.lexicon import Form, Lexicon, word_class
from tadmor.extraction.names import Names
from tadmor.extraction.sentences import Sentence

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)*(?:st|nd|rd|th|km|mm|m|%)?|[^\W\d_][^\W_]*(?:[-’'‑][^\W_]+)*|[^\w\s]"
)
#: An Arabic article tied to a name.
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|ad|an|at|az|ez|es)[-‑][A-Z]")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")


class Tag(Enum):
    """Coarse word classes."""

    DET = auto()
    PREP = auto()
    SUB = auto()
    CONJ = auto()
    PRON = auto()
    AUX = auto()
    VERB = auto()
    ADV = auto()
    NUM = auto()
    TIME = auto()
    NAME = auto()
    NOUN = auto()
    ADJ = auto()
    TO = auto()
    PUNCT = auto()


NOMINAL = frozenset({Tag.NOUN, Tag.NAME, Tag.NUM, Tag.ADJ})


class Token(msgspec.Struct, kw_only=True):
    """A word; `base` and `form` are set on verbs, `possessive` on "Russia's"."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag = Tag.NOUN
    base: str | None = None
    form: Form | None = None
    possessive: bool = False


def tokens(text: str, sentence: Sentence, names: Names, lexicon: Lexicon) -> list[Token]:
    """The sentence's words, classed."""
    found = [_token(match) for match in _WORD.finditer(text, sentence.start, sentence.end)]
    marks = _marks(found, sentence, names)
    for index, token in enumerate(found):
        token.tag = marks.get(index) or _lexical(token, found[index - 1] if index else None, lexicon)
    for index in range(len(found)):
        if found[index].tag is Tag.VERB:
            _settle(found, index)
    return found


def _token(match: re.Match[str]) -> Token:
    word = match.group()
    possessive = bool(_POSSESSIVE.search(word)) and len(word) > 2
    lower = _POSSESSIVE.sub("", word).lower() if possessive else word.lower()
    return Token(start=match.start(), end=match.end(), text=word, lower=lower.replace("’", "'"), possessive=possessive)


def _marks(found: list[Token], sentence: Sentence, names: Names) -> dict[int, Tag]:
    """Classes that names and grammars fix: times and amounts whole, names where capitalised."""
    marks: dict[int, Tag] = {}
    starts = {token.start: index for index, token in enumerate(found)}

    def cover(start: int, end: int, tag: Tag) -> None:
        index = starts.get(start)
        while index is not None and index < len(found) and found[index].start < end:
            marks[index] = tag
            index += 1

    for layer in (names.places, names.actors, names.sources, names.equipment):
        for hit in layer.within(sentence.start, sentence.end):
            cover(hit.start, hit.end, Tag.NAME)
    for amount in names.amounts.within(sentence.start, sentence.end):
        if found and amount.value.quantity.known and amount.end - amount.start > 1:
            cover(amount.start, amount.end, Tag.NUM)
    for time in names.times.within(sentence.start, sentence.end):
        cover(time.start, time.end, Tag.TIME)
    return marks


def _lexical(token: Token, previous: Token | None, lexicon: Lexicon) -> Tag:
    lower, classes = token.lower, lexicon.classes
    if not lower[0].isalnum():
        return Tag.CONJ if lower == "&" else Tag.PUNCT
    if lower == "to":
        return Tag.TO
    if lower == "that" and previous is not None and (previous.tag is Tag.PREP or _opens_condition(previous)):
        return Tag.DET
    if lower[0].isdigit() or lower in classes["numbers"]:
        return Tag.NUM
    if lower == "once" and previous is not None and previous.tag in (Tag.AUX, Tag.VERB):
        return Tag.ADV  # "was once again taken"
    for name, tag in (
        ("auxiliaries", Tag.AUX),
        ("subordinators", Tag.SUB),
        ("conjunctions", Tag.CONJ),
        ("pronouns", Tag.PRON),
        ("determiners", Tag.DET),
        ("prepositions", Tag.PREP),
        ("adverbs", Tag.ADV),
    ):
        if lower in classes[name]:
            return tag
    if lower in lexicon.verbs:
        token.base, token.form = lexicon.verbs[lower][0]
        return Tag.VERB
    if lower.endswith("ly") and lower not in word_class("not_adverbs"):
        return Tag.ADV
    return Tag.NAME if is_name(token.text) else Tag.NOUN


def _opens_condition(word: Token) -> bool:
    """As in "Were that city to fall", "Had that road been cut": an auxiliary that opens its sentence."""
    return word.text in ("Were", "Had", "Should")


def is_name(word: str) -> bool:
    """Is a word written as a name: with a capital, or with one after an Arabic article ("al-Midan")?"""
    return word[0].isupper() or bool(_ARTICLE.match(word))


#: Adverbs between a verb and its object: "the rebels hold only two villages".
_FOCUSING = frozenset({"only", "just", "merely", "almost", "nearly"})


def _settle(found: list[Token], index: int) -> None:
    """Decide a word that could be a verb by its neighbours."""
    token = found[index]
    before = _previous(found, index)
    after = found[index + 1] if index + 1 < len(found) else None
    if after is not None and after.lower in _FOCUSING and index + 2 < len(found):
        after = found[index + 2]
    if token.form in (Form.PAST, Form.PARTICIPLE) and token.form:
        if _attributive(before, after):
            token.tag = Tag.ADJ
    elif token.form is Form.ING:
        if _gerund_noun(token, before, after):
            token.tag = Tag.NOUN
    elif not _finite(token, before, after) and not _second_verb(found, index) and not _clause_goes_on(found, index):
        token.tag = Tag.NAME if token.text[0].isupper() and index else Tag.NOUN


def _clause_goes_on(found: list[Token], index: int) -> bool:
    """As in "the militia claims that", "the staff reports to have": the verb of a clause that has none before it.

    Not "despite claims that", "denied reports that", "the army's claims that": there it is a noun.
    """
    said = [token.lower for token in found[index + 1 : index + 3]]
    told = said[:1] == ["that"] or said == ["to", "have"]
    subject = _previous(found, index)
    if found[index].form is not Form.S or not told or subject is None or subject.possessive:
        return False
    first = index
    while first > 0 and found[first - 1].tag not in (Tag.PUNCT, Tag.SUB, Tag.CONJ):
        first -= 1
    clause = found[first:index]
    verbal = any(token.tag in (Tag.VERB, Tag.AUX) for token in clause)
    return bool(clause) and not verbal and clause[0].tag is not Tag.PREP and subject.tag in (Tag.NOUN, Tag.NAME)


def _second_verb(found: list[Token], index: int) -> bool:
    """As in "to encircle and capture Mosul": a verb joined to a verb by "and"."""
    return index > 1 and found[index - 1].tag is Tag.CONJ and found[index - 2].tag is Tag.VERB


def _previous(found: list[Token], index: int) -> Token | None:
    while index:
        index -= 1
        if found[index].tag is not Tag.ADV and found[index].lower != "now":
            return found[index]
    return None


def _attributive(before: Token | None, after: Token | None) -> bool:
    """As in "The captured soldiers", "20 besieged towns", "from besieged areas"."""
    if after is None or after.tag not in (Tag.NOUN, Tag.NAME, Tag.ADJ, Tag.NUM):
        return False
    if after.tag is Tag.NUM:
        return False
    return before is not None and (before.tag in (Tag.DET, Tag.NUM, Tag.PREP, Tag.ADJ, Tag.TO) or before.possessive)


def _without_object(after: Token | None) -> bool:
    return after is None or after.tag in (Tag.PREP, Tag.PUNCT, Tag.AUX, Tag.VERB, Tag.TO, Tag.SUB, Tag.ADV)


def _agrees(before: Token | None, after: Token | None, form: Form | None) -> bool:
    """As in "the army captures Raqqa", "rebels still hold Homs", but neither "army attacks rose" nor "arms control"."""
    if before is None or after is None or before.tag not in (Tag.NOUN, Tag.NAME):
        return False
    plural = before.lower.endswith("s")
    if form is Form.S:
        return not plural and after.tag in (Tag.NAME, Tag.NOUN, Tag.DET, Tag.NUM)
    return plural and before.lower in word_class("armed") and after.tag is Tag.NAME


def _gerund_noun(token: Token, before: Token | None, after: Token | None) -> bool:
    """As in "The shelling", "heavy fighting", "regime bombing of"."""
    if before is not None and before.tag is Tag.AUX:
        return False
    if after is not None and after.tag in (Tag.DET, Tag.NUM, Tag.PRON):
        return False
    if before is not None and (before.tag in (Tag.DET, Tag.ADJ, Tag.NUM) or before.possessive):
        return True
    if token.base in ("shell", "bomb", "fight", "behead", "kidnap", "bombard"):
        return True
    if before is not None and before.lower in ("mass", "summary") and before.tag is not Tag.VERB:
        return True  # "no mass killing in"
    return (
        before is not None
        and before.tag is Tag.PREP
        and (after is None or after.lower in ("of", "in", "and", "on", "by"))
    )


def _finite(token: Token, before: Token | None, after: Token | None) -> bool:
    """Is a base or -s form a verb here?"""
    if before is not None and before.tag in (Tag.TO, Tag.AUX, Tag.PRON):
        return True
    if token.form is Form.S and token.base in word_class("needs_object") and _without_object(after):
        return False  # "rapid gains in"
    if after is not None and after.lower == "off" and before is not None and before.tag in NOMINAL:
        return True  # "the army cut off"
    if before is not None and (before.tag in (Tag.DET, Tag.PREP, Tag.ADJ) or before.possessive):
        return False
    if token.base not in word_class("noun_too"):
        return True
    if _agrees(before, after, token.form):
        return True
    if before is not None and before.tag is Tag.CONJ and after is not None and after.tag is Tag.TO:
        return True  # "and claim to have killed"
    if after is None or after.tag not in (Tag.DET, Tag.NUM, Tag.PRON):
        return False
    return before is not None and (before.tag in NOMINAL or before.tag in (Tag.CONJ, Tag.PUNCT, Tag.TIME))
