"""A flat parse of a sentence: noun phrases, verb groups, and the words between them, in order."""

from enum import Enum, auto

import msgspec

from tadmor.dictionaries.lexicon import Form, Lexicon
from tadmor.extraction.tokens import NOMINAL, Tag, Token

#: Words that lead to some of those just counted.
_INCLUDES = frozenset({"including", "mostly", "mainly"})
#: Between a number and its noun: "11 more soldiers", "two other officers".
_FURTHER = frozenset({"more", "other", "further", "additional"})


class Role(Enum):
    """What a piece of the sentence is."""

    NP = auto()
    VERB = auto()
    PREP = auto()
    SUB = auto()
    CONJ = auto()
    PUNCT = auto()
    TIME = auto()
    OTHER = auto()


class Piece(msgspec.Struct, kw_only=True):
    """A run of tokens `[first, last)` with one role.

    On verb groups `main` is the token that carries the verb; `passive`, `modal`, `infinitive`, `negated` describe it.
    """

    role: Role
    first: int
    last: int
    start: int
    end: int
    main: int = -1
    passive: bool = False
    modal: str | None = None
    infinitive: bool = False
    negated: bool = False
    has_be: bool = False

    def text(self, text: str) -> str:
        """Its words."""
        return text[self.start : self.end]


_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_STAND = frozenset({"remain", "stay", "lie", "stand"})
_GET = frozenset({"get", "gets", "got", "getting", "gotten"})


class Parse(msgspec.Struct, kw_only=True):
    """Tokens and pieces of one sentence; `piece_of` gives the piece number of a token."""

    tokens: list[Token]
    pieces: list[Piece]
    piece_of: list[int]

    def main(self, piece: Piece) -> Token:
        """The verb of a verb group."""
        return self.tokens[piece.main]

    def stands(self, piece: Piece) -> bool:
        """Does a verb group say how a thing stands: a form of "be" alone, or "remains", "stays", "lies"?"""
        main = self.main(piece)
        return main.lower in _BE or main.base in _STAND

    def words(self, piece: Piece) -> list[Token]:
        """The tokens of a piece."""
        return self.tokens[piece.first : piece.last]

    def before(self, number: int) -> Piece | None:
        """The piece before the numbered one."""
        return self.pieces[number - 1] if number > 0 else None

    def after(self, number: int) -> Piece | None:
        """The piece after the numbered one."""
        return self.pieces[number + 1] if number + 1 < len(self.pieces) else None


def parse(found: list[Token], lexicon: Lexicon) -> Parse:
    """Chunk a tagged sentence."""
    pieces: list[Piece] = []
    index = 0
    while index < len(found):
        piece = _piece(found, index, lexicon)
        pieces.append(piece)
        index = piece.last
    piece_of = [number for number, piece in enumerate(pieces) for _ in range(piece.first, piece.last)]
    return Parse(tokens=found, pieces=pieces, piece_of=piece_of)


def _piece(found: list[Token], index: int, lexicon: Lexicon) -> Piece:
    tag = found[index].tag
    if tag in (Tag.AUX, Tag.VERB) or (tag is Tag.TO and _verb_follows(found, index + 1)):
        return _verb_group(found, index, lexicon)
    if tag is Tag.PRON:
        return _make(Role.NP, found, index, index + 1)
    if tag is Tag.DET or tag in NOMINAL:
        last = _noun_phrase_end(found, index, lexicon)
        return _make(Role.NP, found, index, index + 1 if _stands_alone(found, index, last) else last)
    role = {
        Tag.PREP: Role.PREP,
        Tag.TO: Role.PREP,
        Tag.SUB: Role.SUB,
        Tag.CONJ: Role.CONJ,
        Tag.PUNCT: Role.PUNCT,
        Tag.TIME: Role.TIME,
    }.get(tag, Role.OTHER)
    last = index + 1
    while role is Role.TIME and last < len(found) and found[last].tag is Tag.TIME:
        last += 1
    return _make(role, found, index, last)


def _stands_alone(found: list[Token], index: int, last: int) -> bool:
    """Is "these" a pronoun: "Against these Islamic State sent" has a name after it that is no plural?"""
    names = all(token.tag is Tag.NAME for token in found[index + 1 : last])
    singular = not found[last - 1].lower.endswith("s")
    return last - index > 1 and found[index].lower in ("these", "those") and names and singular


def _make(role: Role, found: list[Token], first: int, last: int) -> Piece:
    return Piece(role=role, first=first, last=last, start=found[first].start, end=found[last - 1].end)


def _verb_follows(found: list[Token], index: int) -> bool:
    while index < len(found) and found[index].tag is Tag.ADV:
        index += 1
    return index < len(found) and (
        (found[index].tag is Tag.VERB and found[index].form is Form.BASE) or found[index].lower in ("be", "have")
    )


def _verb_group(found: list[Token], index: int, lexicon: Lexicon) -> Piece:
    """Auxiliaries, adverbs and one main verb; "have been killed" is one group."""
    last, main = index, index
    while last < len(found):
        tag = found[last].tag
        if tag is Tag.VERB:
            main, last = last, last + 1
            if _is_getting(found, main):
                continue
            break
        if tag in (Tag.AUX, Tag.TO) and (last == index or tag is Tag.AUX):
            main, last = last, last + 1
        elif (tag is Tag.ADV or found[last].lower == "now") and _verbal(found, last + 1):
            last += 1
        else:
            break
    piece = _make(Role.VERB, found, index, last)
    piece.main = main
    words = [token.lower for token in found[index:last]]
    piece.infinitive = words[0] == "to"
    piece.negated = any(word in lexicon.classes["negations"] for word in words)
    piece.modal = next((word for word in words if word in lexicon.classes["modals"]), None)
    piece.has_be = any(word in lexicon.classes["be"] or word in _GET for word in words[: main - index])
    piece.passive = piece.has_be and found[main].form in (Form.PAST, Form.PARTICIPLE, Form.BASE)
    return piece


def _verbal(found: list[Token], index: int) -> bool:
    """Does the verb group go on there, over adverbs?"""
    return index < len(found) and found[index].tag in (Tag.VERB, Tag.AUX, Tag.ADV)


def _is_getting(found: list[Token], at: int) -> bool:
    """As in "700 got injured": "get" before a participle is its passive."""
    following = found[at + 1] if at + 1 < len(found) else None
    participle = following is not None and following.tag is Tag.VERB and following.form in (Form.PAST, Form.PARTICIPLE)
    acts = at + 2 < len(found) and found[at + 2].tag in NOMINAL  # "got captured fighters to talk"
    return found[at].lower in _GET and participle and not acts


def _noun_phrase_end(found: list[Token], index: int, lexicon: Lexicon) -> int:
    """End of the noun phrase: determiners first, nominals, then "of" and "and" where they go on with it."""
    last = index + 1
    while last < len(found):
        tag = found[last].tag
        if tag in NOMINAL:
            new = _new_phrase(found, index, last, lexicon) or _counts_anew(found, index, last)
            if new or _new_count(found, index, last):
                break
            last += 1
        elif (
            (tag is Tag.DET and (found[last - 1].tag in (Tag.DET, Tag.CONJ) or found[last - 1].lower == "of"))
            or (found[last].lower == "of" and _nominal(found, last + 1))
            or (found[last - 1].tag is Tag.NUM and found[last].lower in _FURTHER and _nominal(found, last + 1))
            or (found[last].tag is Tag.CONJ and found[last].lower in ("and", "&") and _list_goes_on(found, last, index))
        ):
            last += 1
        else:
            break
    return last


def _nominal(found: list[Token], index: int) -> bool:
    return index < len(found) and (found[index].tag in NOMINAL or found[index].tag is Tag.DET)


def _new_phrase(found: list[Token], index: int, last: int, lexicon: Lexicon) -> bool:
    """A place in a prepositional phrase followed by people begins anew: "In Aleppo | terrorists shelled"."""
    if index == 0 or found[index - 1].tag is not Tag.PREP or found[last].lower not in lexicon.classes["force_nouns"]:
        return False
    return all(token.tag is Tag.NAME for token in found[index:last]) and found[last].tag is Tag.NOUN


def _counts_anew(found: list[Token], index: int, last: int) -> bool:
    """As in "In Bambari | 16 officers were killed": a number of people after a place in a prepositional phrase."""
    opens = index == 1 or found[index - 2].tag in (Tag.PUNCT, Tag.CONJ, Tag.SUB)
    if not opens or found[index - 1].lower not in ("in", "at", "near") or found[last].tag is not Tag.NUM:
        return False
    named = all(token.tag is Tag.NAME and token.text[0].isupper() for token in found[index:last])
    after = next((token for token in found[last:] if token.tag is not Tag.NUM), None)
    return named and after is not None and after.tag in (Tag.NOUN, Tag.ADJ)


def _new_count(found: list[Token], index: int, last: int) -> bool:
    """A second number begins anew where commas are left out: "killed 25 civilians | six of them", "to 86 | 30 of them".

    Not a figure with a space in it ("10 000"), nor a number in a name ("fighters of Division 30").
    """
    token, before = found[last], found[last - 1]
    if token.tag is not Tag.NUM or not any(one.tag is Tag.NUM for one in found[index:last]):
        return False
    if before.tag is Tag.NUM:
        of = last + 1 < len(found) and found[last + 1].lower == "of"
        return of and before.text.isdigit() and token.text.isdigit()
    return before.tag is Tag.NOUN or (before.tag is Tag.NAME and before.text.islower())


def _list_goes_on(found: list[Token], conjunction: int, first: int) -> bool:
    """Does "and" join nouns (women and children) rather than clauses (and rebels shelled)?

    Before the first verb of a sentence it can only join subjects, and "12 others including women and children were
    hurt" tells of no act of children.
    """
    index = conjunction + 1
    if not _nominal(found, index) or found[index].tag is Tag.NUM:
        return False
    after = _past_nominals(found, index)
    verbal = after < len(found) and found[after].tag in (Tag.VERB, Tag.AUX)
    if verbal and found[after].tag is Tag.AUX and first > 0 and found[first - 1].lower in _INCLUDES:
        return True
    if not any(token.tag in (Tag.VERB, Tag.AUX) for token in found[:first]):
        return True
    return not (verbal and found[after].form is not Form.ING)


def _past_nominals(found: list[Token], index: int) -> int:
    """Where nouns, and adverbs after them, end."""
    while index < len(found) and (found[index].tag in NOMINAL or found[index].tag is Tag.DET):
        index += 1
    while index < len(found) and found[index].tag is Tag.ADV:
        index += 1
    return index
