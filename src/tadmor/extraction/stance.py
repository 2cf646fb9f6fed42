"""How a thing is told: asserted, hedged, planned, predicted, hypothetical or asked; affirmed or denied."""

import re
from functools import lru_cache

from tadmor.datamodel.claims import Modality, Polarity
from tadmor.dictionaries.lexicon import Form, load_lexicon, word_class
from tadmor.extraction.aims import is_aimed_at, joined_gerund
from tadmor.extraction.context import Reading
from tadmor.extraction.frames import verb_frame
from tadmor.extraction.parse import Parse, Piece, Role
from tadmor.extraction.tokens import Tag

#: Auxiliaries that stand before the subject of a condition without "if".
_INVERTED = frozenset({"had", "were", "should"})
_DO = frozenset({"do", "does", "did", "don't", "doesn't", "didn't"})
#: What ends the reach of a denial: another thing said, not denied.
_BUT = r"\b(?:but|saying|adding|insisting|claiming)\b|\band\s+(?:said|says|added|adds|claimed|insisted|reported)\b"
#: What is done to news that are not so; a town, too, is contested and disputed.
_DENYING = frozenset({"deny", "dismiss", "refute"})
_RELATIVE = frozenset({"who", "which", "that", "where"})
#: Characters before a clause in which a phrase that leads to it may stand.
_LEAD = 32


@lru_cache(maxsize=32)
def _pattern(name: str, after: str = "") -> re.Pattern[str]:
    """The phrases of a table, followed by what may stand between them and the end of the text searched."""
    phrases = sorted(load_lexicon().stance[name], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(_bounded(phrase) for phrase in phrases)}){after}")


@lru_cache(maxsize=1)
def _aims() -> re.Pattern[str]:
    """What tells of a plan: a phrase for it, or that an undertaking was begun in order to do something."""
    undertakings, begun = (_pattern(name).pattern for name in ("undertakings", "begun"))
    return re.compile(rf"{_pattern('planned').pattern}|{undertakings}\s+{begun}")


def _stands(name: str, before: str, *, words: int) -> bool:
    """Does a phrase of the table end a text, with at most so many words after it?"""
    return _pattern(name, rf"\s+(?:\w+\s+){{0,{words}}}$").search(before) is not None


def _bounded(phrase: str) -> str:
    left = r"\b" if phrase[0].isalnum() else ""
    right = r"\b" if phrase[-1].isalnum() else ""
    return f"{left}{re.escape(phrase)}{right}"


def clause_bounds(parse: Parse, number: int) -> tuple[int, int]:
    """Offsets of the clause around a piece: to the nearest subordinator, quote or stop on each side."""
    first = number
    while first > 0 and not _boundary(parse, first - 1):
        first -= 1
    last = number
    while last + 1 < len(parse.pieces) and not _boundary(parse, last + 1):
        last += 1
    return parse.pieces[first].start, parse.pieces[last].end


def _boundary(parse: Parse, number: int) -> bool:
    piece = parse.pieces[number]
    if piece.role is Role.SUB:
        return parse.tokens[piece.first].lower not in ("as", "than", "so")
    return piece.role is Role.PUNCT and parse.tokens[piece.first].text in '“”";:—'


def modality(reading: Reading, parse: Parse, number: int, trigger_start: int) -> Modality:
    """How the clause with a trigger is told, by what stands before the trigger in it."""
    start, end = clause_bounds(parse, number)
    before = _without_times(reading.lower[start:trigger_start], parse, start)
    clause = reading.lower[start:end]
    piece = parse.pieces[number]
    if piece.role is not Role.VERB and _doubted(parse, piece, trigger_start):
        return Modality.HEDGED
    if _asked(reading, parse, start, clause):
        return Modality.ASKED
    if _conditional(reading, parse, start) or _goes_on_from_condition(reading, parse, number):
        return Modality.HYPOTHETICAL
    if _pattern("counterfactual").search(before):
        return Modality.HYPOTHETICAL
    aim = _last(_aims(), before)
    done = _last(_pattern("achieved"), before)
    if aim >= 0 and aim >= done and _reaches(parse, number):
        return Modality.ASSERTED if _countered(parse, number) else Modality.PLANNED
    if is_aimed_at(parse, number, start, reading.lower, trigger_start):
        return Modality.PLANNED
    if _stands("predicted", before, words=3):
        return Modality.PREDICTED
    if piece.role is Role.VERB and piece.infinitive and done < 0 and _purpose(parse, number):
        return Modality.PLANNED
    if _gerund_subject(parse, number):
        return Modality.HYPOTHETICAL
    modal = _modal(parse, _shared(parse, number) or piece, before)
    if modal is not None:
        return modal
    told = before + " " + reading.lower[trigger_start : min(end, trigger_start + 40)].split(",")[0]
    if _leads(reading, parse, start, "hedging"):
        return Modality.HEDGED
    hedge = _hedge(parse, number, start, told)
    return Modality.HEDGED if hedge and not _refuted(reading, parse, before, trigger_start) else Modality.ASSERTED


def _without_times(text: str, parse: Parse, start: int) -> str:
    """The text, as long as before, with words of time that no phrase of a table can match: "in May" is no "may"."""
    for token in parse.tokens:
        if token.tag is Tag.TIME and token.start >= start:
            at, end = token.start - start, token.end - start
            text = text[:at] + text[at:end].upper() + text[end:]
    return text


def _doubted(parse: Parse, piece: Piece, trigger_start: int) -> bool:
    """As in "the alleged attack", "possible strikes": a word of doubt in the phrase that names the act."""
    return any(token.lower in word_class("doubtful") for token in parse.words(piece) if token.start < trigger_start)


def _hedge(parse: Parse, number: int, start: int, told: str) -> bool:
    """Does a hedge in what is told, which begins at `start`, reach the piece?

    "The attack believed to have been carried out by jets killed 58": what is believed is the next verb alone.
    """
    piece = parse.pieces[number]
    for found in _pattern("hedged").finditer(told):
        after = start + found.end()
        verbs = (one for one in parse.pieces[:number] if one.role is Role.VERB and parse.main(one).start >= after)
        own = piece.role is Role.VERB and found.group().endswith(" to") and next(verbs, None) is not None
        if not own or piece.infinitive:
            return True
    return False


def _countered(parse: Parse, number: int) -> bool:
    """As in "trying to repel the assault": what is countered is there, and what is planned is to counter it."""
    verb, act = (number, number + 1) if parse.pieces[number].role is Role.VERB else (number - 1, number)
    if verb < 0 or act >= len(parse.pieces) or parse.pieces[act].role is not Role.NP:
        return False
    named = parse.tokens[parse.pieces[act].first].lower not in ("a", "an", "any", "another", "further", "possible")
    group = parse.pieces[verb]
    return named and group.role is Role.VERB and parse.main(group).base in word_class("countering")


#: Present verbs of which a bare gerund is the subject: "Taking Raqqa is important", "would cut off".
_PRESENT = frozenset(
    {"is", "are", "would", "will", "could", "can", "does", "doesn't", "may", "might", "remains", "means"}
)


def _gerund_subject(parse: Parse, number: int) -> bool:
    """A gerund that opens its clause and is the subject of a present verb speaks of a possibility."""
    piece = parse.pieces[number]
    if piece.role is not Role.VERB or piece.first != piece.main or parse.main(piece).form is not Form.ING:
        return False
    before = parse.before(number)
    if before is not None and before.role not in (Role.PUNCT, Role.SUB, Role.OTHER):
        return False
    for later in parse.pieces[number + 1 : number + 6]:
        if later.role is Role.VERB:
            return parse.tokens[later.first].lower in _PRESENT
        if later.role in (Role.SUB, Role.PUNCT):
            return False
    return False


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last phrase of a table ends; -1 where there is none."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def _reaches(parse: Parse, number: int) -> bool:
    """A plan reaches an infinitive or a noun, not a finite verb of its own."""
    piece = parse.pieces[number]
    if piece.role is not Role.VERB or piece.infinitive or piece.modal is not None:
        return True
    before = parse.before(number)
    aimed = before is not None and parse.tokens[before.last - 1].lower in ("at", "on")
    if aimed and parse.main(piece).form is Form.ING:
        return True
    joined = joined_gerund(parse, number)
    return _in_infinitive(parse, number) or (joined is not None and _reaches(parse, joined))


def _in_infinitive(parse: Parse, number: int) -> bool:
    """Is the piece coordinated with an infinitive ("to enter and capture")?"""
    for before in range(number - 1, -1, -1):
        piece = parse.pieces[before]
        if piece.role is Role.VERB:
            return piece.infinitive
        if piece.role in (Role.SUB, Role.PUNCT):
            return False
    return False


def _shared(parse: Parse, number: int) -> Piece | None:
    """The verb group whose auxiliary a bare verb goes on with: "could threaten the base and cut the road"."""
    piece = parse.pieces[number]
    if piece.role is not Role.VERB or piece.first != piece.main or parse.main(piece).base != parse.main(piece).lower:
        return None
    joined = False
    for at in range(number - 1, -1, -1):
        before = parse.pieces[at]
        if before.role is Role.SUB or (before.role is Role.PUNCT and parse.tokens[before.first].text != ","):
            return None
        joined = joined or before.role is Role.CONJ
        if before.role is Role.VERB:
            helped = before.modal is not None or parse.tokens[before.first].lower in _DO
            return before if joined and helped and not before.has_be else None
    return None


def _purpose(parse: Parse, number: int) -> bool:
    """As in "...to capture X" after a noun or adverbial: an aim unless a verb of achieving came before."""
    before = parse.before(number)
    # "has yet to take" and "claims to have taken" tell no aim
    yet = before is not None and parse.tokens[before.last - 1].lower == "yet"
    done = any(token.lower == "have" for token in parse.words(parse.pieces[number]))
    return before is None or (before.role is not Role.VERB and not yet and not done)


def _modal(parse: Parse, piece: Piece, before: str) -> Modality | None:
    if piece.role is Role.VERB and piece.modal is not None:
        words = [token.lower for token in parse.words(piece)]
        if piece.modal in ("may", "might") or (piece.modal == "could" and "have" in words):
            return Modality.HEDGED if "have" in words else Modality.HYPOTHETICAL
        if piece.modal in ("will", "shall", "won't"):
            return Modality.PREDICTED
        return Modality.HYPOTHETICAL
    possible = _stands("unreal", before, words=0) or _stands("possible", before, words=3)
    return Modality.HYPOTHETICAL if possible else None


def _leads(reading: Reading, parse: Parse, start: int, name: str) -> bool:
    """Does a phrase of the table end what leads to the clause that begins at `start`?"""
    lead = reading.lower[max(parse.tokens[0].start, start - _LEAD) : start]
    return _pattern(name, r"(?:\s+that)?\W*$").search(lead) is not None


def _conditional(reading: Reading, parse: Parse, start: int) -> bool:
    """Is the clause the condition of another, or what a scenario holds?"""
    return _leads(reading, parse, start, "conditional") or _inverted(parse, start)


def _goes_on_from_condition(reading: Reading, parse: Parse, number: int) -> bool:
    """As in "if they hand it to the army, who then lose it": a present verb that goes on with a condition.

    "If the army, which lost the town in May, attacks": what is past is no part of it.
    """
    group, opener = parse.pieces[number], number
    if group.role is not Role.VERB or parse.main(group).form not in (Form.BASE, Form.S):
        return False
    while opener > 0 and not _boundary(parse, opener):
        opener -= 1
    if parse.tokens[parse.pieces[opener].first].lower not in _RELATIVE or opener == 0:
        return False
    return _conditional(reading, parse, clause_bounds(parse, opener - 1)[0])


def _inverted(parse: Parse, start: int) -> bool:
    """Does an auxiliary open the clause before its subject: "Had they attacked", "Were the town to fall"?"""
    at = next((number for number, piece in enumerate(parse.pieces) if piece.start >= start), len(parse.pieces))
    opened = [parse.tokens[piece.first].lower for piece in parse.pieces[at : at + 1]]
    before = parse.before(at)
    return (
        not _INVERTED.isdisjoint(opened)
        and (before is None or before.role in (Role.PUNCT, Role.CONJ))
        and parse.pieces[at].last - parse.pieces[at].first == 1
        and (after := parse.after(at)) is not None
        and after.role is Role.NP
    )


def _asked(reading: Reading, parse: Parse, start: int, clause: str) -> bool:
    return (
        _leads(reading, parse, start, "asked")
        or reading.text[parse.tokens[-1].start] == "?"
        or _pattern("asking").search(clause) is not None
    )


def _until(parse: Parse, number: int) -> bool:
    """Does "until" limit a negation in the rest of the clause?"""
    for piece in parse.pieces[number + 1 : number + 9]:
        word = parse.tokens[piece.first].lower
        if word in ("until", "till"):
            return True
        if piece.role is Role.VERB:
            return False
    return False


def polarity(reading: Reading, parse: Parse, number: int, trigger_start: int) -> Polarity:
    """Denied where the verb is negated, failed at, or denied by a source."""
    piece = parse.pieces[number]
    start, _ = clause_bounds(parse, number)
    before = reading.lower[start:trigger_start]
    if piece.role is Role.VERB and piece.negated:
        # "Not retaken until December" says that it was retaken in December.
        return Polarity.AFFIRMED if _until(parse, number) else Polarity.DENIED
    if piece.role is Role.VERB and not piece.negated and of_none(parse, number):
        return Polarity.DENIED
    lead = reading.lower[parse.tokens[0].start : trigger_start]
    denied = _stands("negated", before, words=2) or _pattern("denied", rf"(?:(?!{_BUT})[^.;]){{0,90}}$").search(lead)
    if (
        denied
        or _denied_after(parse, number)
        or _refuted(reading, parse, lead, trigger_start)
        or _is_barred(parse, number, before)
        or ((shared := _shared(parse, number)) is not None and shared.negated)
    ):
        return Polarity.DENIED
    return Polarity.AFFIRMED


def _denied_after(parse: Parse, number: int) -> bool:
    """As in "the fall of X was denied by the army": an act named by a noun, and said not to be so."""
    if parse.pieces[number].role is not Role.NP:
        return False
    verb = next((at for at in range(number + 1, len(parse.pieces)) if parse.pieces[at].role is not Role.OTHER), None)
    group = parse.pieces[verb] if verb is not None else None
    return group is not None and group.role is Role.VERB and group.passive and parse.main(group).base in _DENYING


def _is_barred(parse: Parse, number: int, before: str) -> bool:
    """As in "preventing the rebels from retaking X"."""
    piece = parse.pieces[number]
    gerund = piece.role is Role.VERB and parse.main(piece).form is Form.ING
    return gerund and _pattern("barred", r"\s+(?:[\w'’-]+\s+){1,8}from\s+(?:\w+\s+)?$").search(before) is not None


def outlook(reading: Reading, parse: Parse, number: int) -> Modality | None:
    """How it is told that a number will grow: "the death toll is expected to rise", "may climb"; else `None`."""
    for at in range(number + 1, len(parse.pieces)):
        piece = parse.pieces[at]
        if piece.role is Role.VERB:
            told = reading.lower[piece.start : min(clause_bounds(parse, number)[1], piece.start + _LEAD)]
            if word_class("growing").isdisjoint(re.findall(r"\w+", told)):
                return None
            return Modality.PREDICTED if _pattern("predicted").search(told) else _modal(parse, piece, "")
        if piece.role not in (Role.PREP, Role.NP, Role.OTHER, Role.TIME):
            return None
    return None


def of_none(parse: Parse, number: int) -> bool:
    """Is a verb said of nobody: "nobody was hurt", "none of the families were moved"?"""
    frame = verb_frame(parse, number)
    said_of = frame.object if frame.passive else frame.subject
    if said_of is None or said_of.number >= number:
        return False
    words = [token.lower for token in parse.words(parse.pieces[said_of.number])][:2]
    return words[0] in word_class("nobody") or " ".join(words) in word_class("nobody")


def _refuted(reading: Reading, parse: Parse, lead: str, trigger_start: int) -> bool:
    """As in "claims to have taken X are false", "reports of its fall are untrue", "X fell, but that was false"."""
    if _taken_back().search(reading.lower, trigger_start, parse.tokens[-1].end) is not None:
        return True
    if _account().search(lead) is None:
        return False
    after = re.split(r"[,;:.]", reading.lower[trigger_start : parse.tokens[-1].end], maxsplit=1)[0]
    return _pattern("refuted").search(after) is not None


@lru_cache(maxsize=1)
def _taken_back() -> re.Pattern[str]:
    """What calls an account false that the sentence has just given."""
    accounts = "|".join(sorted(word_class("accounts")))
    told = rf"(?:(?:the|this|that|these|those)(?:\s+(?:{accounts}))?|it)\s+(?:\w+\s+)?"
    return re.compile(rf"\b(?:but|though|although)\s+{told}{_pattern('refuted').pattern}")


@lru_cache(maxsize=1)
def _account() -> re.Pattern[str]:
    """A word for an account that goes on with what it tells."""
    return re.compile(rf"\b(?:{'|'.join(sorted(word_class('accounts')))})\s+(?:of|that|about|to)\b[^,;:.]{{0,60}}$")


def silent(parse: Parse, number: int) -> bool:
    """Does the phrase withhold, as in "no account of losses" and "did not mention casualties"?"""
    piece = parse.pieces[number]
    before = parse.before(number)
    first = before.first if before is not None and before.role is Role.PREP and before.first > 0 else piece.first
    words = [token.lower for token in parse.tokens[max(first - 4, 0) : piece.last]]
    withheld = [at for at, word in enumerate(words) if word in word_class("silence")]
    negations = word_class("negations") | {"no"}
    return any(not negations.isdisjoint(words[:at]) for at in withheld)
