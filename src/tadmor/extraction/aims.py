"""Acts that the words around them tell as no fact: what is aimed at, and what would bring something else about.

As in "with the goal of capturing X", "the aim was to secure X", "the fall of X would open the road", "by taking X they
could reach Y".
"""

import re
from functools import lru_cache

from tadmor.datamodel.claims import Modality
from tadmor.dictionaries.lexicon import Form, load_lexicon
from tadmor.extraction.parse import Parse, Role

#: Words that may stand between an aim and its "of" ("the task by June 10 of"), and before what is aimed at ("of either
#: completely capturing", "on the capture").
_TO_OF, _TO_ACT = 4, 2
#: "Would later allow", "would prove costly": told looking ahead, from what is itself told as fact.
_LOOKING_AHEAD = frozenset({"later", "eventually", "ultimately", "subsequently", "soon", "then", "prove", "become"})
_POSSIBLE = frozenset({"would", "could", "might", "may", "can"})
_COMING = frozenset({"will", "shall"})
_MEANS = frozenset({"by", "through"})
_JOINTS = frozenset({"and", "or", ","})


@lru_cache(maxsize=1)
def _aim() -> re.Pattern[str]:
    """An aim at the end of what stands before its act: "the goal of", "focused on"."""
    purposes, bent = _either("purposes"), _either("bent")
    words = r"(?:[\w'’-]+\s+)"
    return re.compile(rf"\b(?:(?:{purposes})\s+{words}{{0,{_TO_OF}}}of|(?:{bent}))\s+{words}{{0,{_TO_ACT}}}$")


@lru_cache(maxsize=1)
def _aim_is_to() -> re.Pattern[str]:
    """An aim as subject: "the aim of the attack was to"."""
    be = "was|is|were|are|being|remained|remains"
    return re.compile(rf"\b(?:{_either('purposes')})\s+(?:of\s+(?:[\w'’-]+\s+){{1,3}})?(?:{be})\s+to\s+$")


def _either(table: str) -> str:
    return "|".join(re.escape(phrase) for phrase in load_lexicon().stance[table])


def is_aimed_at(parse: Parse, number: int, start: int, lower: str, at: int) -> bool:
    """Is the act at `at`, in a clause that begins at `start` of the text in lower case, what an aim is said to be?"""
    piece = parse.pieces[number]
    if piece.role is Role.VERB and piece.infinitive:
        return _aim_is_to().search(lower[start:at]) is not None
    if piece.role is not Role.VERB or parse.main(piece).form is not Form.ING:
        return False  # "the goal of the campaign" is the campaign's own
    if _aim().search(lower[start:at]) is not None:
        return True
    joined = joined_gerund(parse, number)
    return joined is not None and is_aimed_at(parse, joined, start, lower, parse.main(parse.pieces[joined]).start)


def joined_gerund(parse: Parse, number: int) -> int | None:
    """The gerund that another goes on from: "of | capturing | X | and | besieging | Y"."""
    piece = parse.pieces[number]
    if piece.role is not Role.VERB or piece.first != piece.main or parse.main(piece).form is not Form.ING:
        return None
    joined = False
    for at in range(number - 1, -1, -1):
        earlier = parse.pieces[at]
        word = parse.tokens[earlier.first].lower
        if earlier.role is Role.VERB:
            return at if joined and parse.main(earlier).form is Form.ING else None
        if earlier.role is Role.SUB or (earlier.role is Role.PUNCT and word not in _JOINTS):
            return None
        joined = joined or earlier.role is Role.CONJ
    return None


def brought_about(parse: Parse, number: int) -> Modality | None:
    """How an act is told that is the subject, or the means, of what could be or will be; `None` for others."""
    piece = parse.pieces[number]
    verb = _verb_after(parse, number) if piece.role is Role.NP or _is_means(parse, number) else None
    if verb is None or not _LOOKING_AHEAD.isdisjoint(_words_of(parse, verb)):
        return None
    modal = parse.pieces[verb].modal
    return Modality.PREDICTED if modal in _COMING else Modality.HYPOTHETICAL if modal in _POSSIBLE else None


def _is_means(parse: Parse, number: int) -> bool:
    """As in "By taking the base, ..." at the head of a sentence."""
    piece = parse.pieces[number]
    opens = number == 1 and parse.tokens[0].lower in _MEANS
    return opens and piece.first == piece.main and parse.main(piece).form is Form.ING


def _verb_after(parse: Parse, number: int) -> int | None:
    """The verb that a noun is the subject of, or the first one after an opening phrase."""
    noun = parse.pieces[number].role is Role.NP
    before = parse.before(number)
    if noun and before is not None and before.role is Role.PREP:
        return None
    for at in range(number + 1, len(parse.pieces)):
        piece = parse.pieces[at]
        if piece.role is Role.VERB:
            return at
        dated = piece.role is Role.TIME
        if dated or piece.role in (Role.SUB, Role.CONJ) or (noun and piece.role is Role.PUNCT):
            return None
    return None


def _words_of(parse: Parse, verb: int) -> list[str]:
    """The words of a verb group, and of the adverb after it."""
    return [token.lower for piece in parse.pieces[verb : verb + 2] for token in parse.words(piece)]
