"""Asides that stand between a subject and its verb: in brackets, dashes or commas."""

from itertools import pairwise

from tadmor.extraction.parse import Parse, Role

#: How many pieces a walk crosses before it gives up: longer walks were more often wrong on the training texts.
REACH = 14
#: Marks that close an aside, each with the one that opens it.
_ASIDES = {")": "(", "]": "[", "—": "—", "–": "–", "-": "-", ",": ","}
#: Words that begin an aside about what a subject does or has besides.
_GOING_WITH = frozenset({"along", "together", "alongside", "backed", "supported", "aided", "accompanied", "led"})


def opening(parse: Parse, number: int, verb: int) -> int | None:
    """Where an aside begins that a mark ends: "three medics - two of them women - were", "(two of them women) were".

    Between commas only what counts out of the subject is taken for one ("three medics, two of them women, were"), and
    what stands beside it right before its verb: "Palmyra, the ancient oasis, fell".
    """
    mark = parse.tokens[parse.pieces[number].first].text
    opener = _ASIDES.get(mark)
    if opener is None:
        return None
    for at in range(number - 1, max(number - 1 - REACH, 0), -1):
        if parse.tokens[parse.pieces[at].first].text == opener:
            beside = number == verb - 1 and (
                _names_again(parse, at, number) or _goes_with(parse, at + 1) or _only_adverbs(parse, at, number)
            )
            return at if mark != "," or beside or _counts_out(parse, at + 1) else None
    return None


def _names_again(parse: Parse, opened: int, closed: int) -> bool:
    """Is there a name, and between two commas nothing but another for the same?"""
    inside = parse.pieces[opened + 1 : closed]
    roles = [piece.role for piece in inside]
    named = parse.pieces[opened - 1].role is Role.NP and roles[:1] == [Role.NP]
    return named and {*roles} <= {Role.NP, Role.PREP}


def _only_adverbs(parse: Parse, opened: int, closed: int) -> bool:
    """As in "the town, too, was", "the port, however, is"."""
    inside = parse.pieces[opened + 1 : closed]
    return bool(inside) and all(piece.role is Role.OTHER for piece in inside)


def _goes_with(parse: Parse, number: int) -> bool:
    """As in "the army, along with taking the hill, ...", "the army, backed by tanks, ..."."""
    return parse.tokens[parse.pieces[number].first].lower in _GOING_WITH


def _counts_out(parse: Parse, number: int) -> bool:
    """As in "two of them", "most of whom", "including women", "among them women"."""
    words = [token.lower for token in parse.tokens[parse.pieces[number].first :][:4]]
    pairs = (("of", "them"), ("of", "whom"), ("among", "them"))
    return words[:1] == ["including"] or any(pair in pairs for pair in pairwise(words))
