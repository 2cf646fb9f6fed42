"""Lists: the phrases that go on with one, to the right and to the left."""

import msgspec

from tadmor.dictionaries.lexicon import Form
from tadmor.extraction.frames import Phrase, phrase, preposition
from tadmor.extraction.mentions import words_of
from tadmor.extraction.parse import Parse, Role
from tadmor.extraction.tokens import Tag

#: How a list goes on after what places it, and how many phrases can place it.
_ADDING = (("including",), ("along", "with"), ("together", "with"), ("as", "well", "as"))
_PLACING = 3
_FIRST = frozenset(joint[0] for joint in _ADDING)


def list_from(parse: Parse, first: Phrase) -> list[Phrase]:
    """A phrase and those that go on with it: "Izium, Balakliia, Kupiansk and Lyman"."""
    found, at = [first], first.number + 1
    pieces = parse.pieces
    while at + 1 < len(pieces):
        word = _word(parse, at)
        if word not in (",", "and", "&", "–", "—") and not (word == "as" and pieces[at].role is Role.SUB):
            break
        step = _over_joints(parse, at)
        if step >= len(pieces) or pieces[step].role is not Role.NP or not _goes_on(parse, step):
            break
        found.append(Phrase(number=step, start=pieces[step].start, end=pieces[step].end, prep=first.prep))
        at = step + 1
    if len(found) == 2 and not _joined(parse, found):  # "Kyiv, the capital", "Raqqa, Syria"
        found, at = found[:1], found[0].number + 1
    later = _named_later(parse, at)
    return [*found, *list_from(parse, msgspec.structs.replace(later, prep=first.prep))] if later else found


def _joined(parse: Parse, found: list[Phrase]) -> bool:
    """Does more than a comma join two phrases?"""
    pieces = parse.pieces
    tokens = parse.tokens[pieces[found[0].number].last : pieces[found[1].number].last]
    return any(token.tag in (Tag.CONJ, Tag.SUB) for token in tokens)


def _named_later(parse: Parse, at: int) -> Phrase | None:
    """What a list goes on with beyond the words that place it: "villages in the north, including Alwa"."""
    pieces = parse.pieces
    for _ in range(_PLACING):
        if at < len(pieces) and pieces[at].role is Role.PREP and _word(parse, at) not in _FIRST:
            at += 2
        elif at < len(pieces) and pieces[at].role is Role.TIME:
            at += 1
    at += _word(parse, at) == ","
    joint = next(
        (joint for joint in _ADDING if tuple(_word(parse, n) for n in range(at, at + len(joint))) == joint), None
    )
    if joint is None:
        return None
    at += len(joint)
    at += _word(parse, at) == ":"
    return phrase(parse, at) if at < len(pieces) and pieces[at].role is Role.NP else None


def _word(parse: Parse, number: int) -> str:
    pieces = parse.pieces
    return parse.tokens[pieces[number].first].lower if number < len(pieces) else ""


def list_to(parse: Parse, subject: Phrase | None) -> list[Phrase]:
    """A subject and the phrases that it ends a list of: "the airport, the prison and the silos"."""
    found = [subject] if subject is not None else []
    joined = subject is not None and any(token.tag is Tag.CONJ for token in words_of(parse, subject))
    while found:
        at, joints = found[0].number - 1, frozenset[str]()
        while at >= 0 and (word := parse.tokens[parse.pieces[at].first].lower) in (",", "and"):
            at, joints = at - 1, joints | {word}
        ends = "and" in joints or ((joined or len(found) > 1) and joints)  # "X, Y was taken" is no list
        if at < 0 or not ends or parse.pieces[at].role is not Role.NP or preposition(parse, at):
            break
        found.insert(0, phrase(parse, at))
    return found


def _over_joints(parse: Parse, at: int) -> int:
    """The piece after a comma, "and", "as well as" or "along with"."""
    step, last = at + 1, ""
    while step < len(parse.pieces):
        word = parse.tokens[parse.pieces[step].first].lower
        joins = word in ("and", "well", "as", ",") or (word == "with" and last in ("along", "together"))
        if word in ("along", "together"):
            joins = _word(parse, step + 1) == "with"
        if not joins:
            break
        step, last = step + 1, word
    return step


def _goes_on(parse: Parse, number: int) -> bool:
    """Is the next phrase part of the list rather than the subject of another clause?"""
    for piece in parse.pieces[number + 1 : number + 3]:
        if piece.role is Role.VERB:
            return parse.main(piece).form is Form.ING
        if piece.role in (Role.PUNCT, Role.CONJ, Role.PREP, Role.TIME):
            return True
    return True
