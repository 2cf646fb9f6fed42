"""Who does what to whom, where: the arguments of a verb or noun in a flat parse.

Subjects are sought to the left past prepositional phrases, over relative pronouns and through coordination; objects to
the right; prepositional phrases to the right until a clause boundary. No claim is made here; kinds read frames.
"""

import msgspec

from tadmor.dictionaries.lexicon import Form, simple_pasts
from tadmor.extraction.asides import REACH, opening
from tadmor.extraction.parse import Parse, Piece, Role
from tadmor.extraction.tokens import Tag

#: Pieces from a name to what stands after the comma behind it.
_BEYOND_COMMA = 2

#: "He said in Turkey" is no passive.
_SPEECH = frozenset(
    [
        "say",
        "tell",
        "add",
        "claim",
        "announce",
        "report",
        "confirm",
        "state",
        "declare",
        "deny",
        "note",
        "stress",
        "insist",
        "warn",
    ]
)

_RELATIVE = frozenset({"which", "who", "that", "whose", "where"})
_CLAUSE_MARKS = frozenset({";", ":", "“", "”", '"', "—", "–", "(", ".", "!", "?"})


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase with the preposition before it, if any; `number` is its piece."""

    number: int
    start: int
    end: int
    prep: str | None = None


class Frame(msgspec.Struct, kw_only=True):
    """The arguments found around one verb group or noun."""

    number: int  # piece of the verb group or noun phrase
    subject: Phrase | None = None
    object: Phrase | None = None
    agent: Phrase | None = None
    phrases: tuple[Phrase, ...] = ()  # prepositional, to the right; for nouns also to the left
    passive: bool = False

    def with_prep(self, *prepositions: str) -> Phrase | None:
        """The first prepositional phrase with one of these prepositions."""
        return next((phrase for phrase in self.phrases if phrase.prep in prepositions), None)


def phrase(parse: Parse, number: int, prep: str | None = None) -> Phrase:
    """A piece as an argument."""
    piece = parse.pieces[number]
    return Phrase(number=number, start=piece.start, end=piece.end, prep=prep)


def preposition(parse: Parse, number: int) -> str | None:
    """The preposition right before a noun phrase, if any."""
    before = parse.before(number)
    return parse.tokens[before.first].lower if before is not None and before.role is Role.PREP else None


def verb_frame(parse: Parse, number: int, *, passive: bool | None = None) -> Frame:
    """The frame of the verb group at a piece. `passive` overrides what the auxiliaries say (reduced passives)."""
    group = parse.pieces[number]
    is_passive = (group.passive or _reduced(parse, number)) if passive is None else passive
    subject = (
        _adjacent(parse, number) or _subject(parse, number)
        if is_passive and not group.has_be
        else _subject(parse, number)
    )
    after = _object(parse, number)
    phrases = _phrases(parse, number if after is None else after.number)
    frame = Frame(number=number, phrases=phrases, passive=is_passive)
    if is_passive:
        frame.object = subject
        frame.agent = frame.subject = next((item for item in phrases if item.prep == "by"), None)
    else:
        frame.subject, frame.object = subject, after
    return frame


def noun_frame(parse: Parse, number: int) -> Frame:
    """The frame of a noun phrase that names an act: "air strikes by Russia on Idlib", "the capture of Palmyra"."""
    phrases = _phrases(parse, number)
    frame = Frame(number=number, phrases=phrases)
    frame.agent = frame.subject = next((item for item in phrases if item.prep == "by"), None)
    return frame


def _reduced(parse: Parse, number: int) -> bool:
    """A bare participle after a noun: "people killed in the raid", "areas held by rebels"."""
    group = parse.pieces[number]
    main = parse.main(group)
    if group.last - group.first != 1 and any(token.tag is Tag.AUX for token in parse.words(group)):
        return False
    if main.form not in (Form.PAST, Form.PARTICIPLE) or main.base in _SPEECH or _has_pronoun(parse, number):
        return False
    if main.lower in simple_pasts():
        return False
    if _has_relative_object(parse, number):
        return False
    after = parse.after(number)
    if after is not None and after.role is Role.PREP and parse.tokens[after.first].lower == "by":
        return True
    if main.form is Form.PARTICIPLE:
        return True
    return _object(parse, number) is None  # over a particle: "carried out 20 strikes" is active


def _has_relative_object(parse: Parse, number: int) -> bool:
    """Is its object what a clause is about, as in "the town, | which | the army | captured | on Monday"?"""
    if number < _BEYOND_COMMA or parse.pieces[number - 1].role is not Role.NP:
        return False
    mark = parse.pieces[number - 2]
    return mark.role is Role.SUB and parse.tokens[mark.first].lower in ("which", "whom")


def _has_pronoun(parse: Parse, number: int) -> bool:
    """Is the subject a pronoun, as in "the district they controlled"?"""
    return number > 0 and parse.tokens[parse.pieces[number - 1].first].lower in ("they", "it", "he", "she", "we")


def _adjacent(parse: Parse, number: int) -> Phrase | None:
    """The noun phrase right before a bare participle: "the airfield, lost to rebels"."""
    at = number - 1
    while at >= 0 and (parse.pieces[at].role is Role.OTHER or parse.tokens[parse.pieces[at].first].text == ","):
        at -= 1
    return phrase(parse, at) if at >= 0 and parse.pieces[at].role is Role.NP else None


def _subject(parse: Parse, number: int) -> Phrase | None:
    group = parse.pieces[number]
    main = parse.main(group)
    at, steps = number - 1, 0
    crossed = False
    while at >= 0 and steps < REACH:
        piece = parse.pieces[at]
        steps += 1
        opened = opening(parse, at, number) if piece.role is Role.PUNCT else None
        if opened is not None:
            at = opened - 1
            continue
        if piece.role is Role.NP and _contrasted(parse, at):
            at -= 2
            continue
        if _is_there(parse, at):
            at -= 1
            continue
        if piece.role is Role.NP:
            prep = preposition(parse, at)
            if prep is None or (prep == "with" and main.form is Form.ING and at == number - 1):
                return _of_relative(parse, at) or _named_with_age(parse, at) or phrase(parse, at)
            at -= 2
            crossed = True
            continue
        if piece.role is Role.VERB:
            if crossed and _by_whom(parse, at):
                at -= 1
                continue
            inherited = _inherited(parse, at, group, main.form) or _before_aside(parse, number, at)
            return inherited or _past_participle(parse, at, crossed=crossed)
        if piece.role is Role.SUB:
            return _over_relative(parse, at)
        if piece.role is Role.PUNCT and parse.tokens[piece.first].text in _CLAUSE_MARKS:
            return None
        if piece.role is Role.CONJ and not crossed:
            return _coordinated(parse, at)
        at -= 1
    return None


def _named_with_age(parse: Parse, number: int) -> Phrase | None:
    """As in "Omar Hassan, 25, was killed": a bare number between commas after a name is that person's age."""
    piece = parse.pieces[number]
    if number < _BEYOND_COMMA or any(token.tag is not Tag.NUM for token in parse.words(piece)):
        return None
    mark, named = parse.pieces[number - 1], parse.pieces[number - 2]
    of_name = named.role is Role.NP and all(token.tag is Tag.NAME for token in parse.words(named))
    after = parse.after(number)
    closed = after is not None and parse.tokens[after.first].text == ","
    return phrase(parse, number - 2) if of_name and closed and parse.tokens[mark.first].text == "," else None


def _by_whom(parse: Parse, number: int) -> bool:
    """Is it the bare participle of "troops backed by aircraft seized": what the subject is, not what it does?"""
    group, after = parse.pieces[number], parse.after(number)
    bare = group.last - group.first == 1 and parse.main(group).form in (Form.PAST, Form.PARTICIPLE)
    return bare and after is not None and parse.tokens[after.first].lower == "by"


def _past_participle(parse: Parse, at: int, *, crossed: bool) -> Phrase | None:
    """As in "rebels | positioned | in the hills | shelled the town": a participle after the subject is not its verb."""
    before = parse.before(at)
    bare = crossed and before is not None and before.role is Role.NP and _reduced(parse, at)
    return phrase(parse, at - 1) if bare and preposition(parse, at - 1) is None else None


def _contrasted(parse: Parse, at: int) -> bool:
    """As in "400 soldiers, not 540, were killed": what is put right is no subject."""
    return at > 1 and parse.tokens[parse.pieces[at - 1].first].lower == "not"


def _is_there(parse: Parse, at: int) -> bool:
    """As in "doctors | there | said": where the subject is, no subject."""
    before = parse.before(at)
    return parse.tokens[parse.pieces[at].first].lower == "there" and before is not None and before.role is Role.NP


def _before_aside(parse: Parse, number: int, inner: int) -> Phrase | None:
    """As in "the channel, an outlet that speaks for the rebels, denied": the subject stands before the aside."""
    if parse.tokens[parse.pieces[number - 1].first].text != ",":
        return None
    relative = False
    for at in range(inner - 1, 0, -1):
        piece = parse.pieces[at]
        relative = relative or (piece.role is Role.SUB and parse.tokens[piece.first].lower in _RELATIVE)
        if piece.role is Role.VERB or (piece.role is Role.PUNCT and parse.tokens[piece.first].text in _CLAUSE_MARKS):
            return None
        if relative and parse.tokens[piece.first].text == ",":
            before = parse.pieces[at - 1]
            return phrase(parse, at - 1) if before.role is Role.NP and preposition(parse, at - 1) is None else None
    return None


def _of_relative(parse: Parse, at: int) -> Phrase | None:
    """As in "the citadel that overlooks the city had been secured": the object of a relative clause is no subject."""
    if at < 3 or parse.pieces[at - 1].role is not Role.VERB:
        return None
    mark = at - 2
    while mark > 0 and _beside_verb(parse, mark):
        mark -= 1
    if parse.pieces[mark].role is not Role.SUB:
        return None
    word = parse.tokens[parse.pieces[mark].first].lower
    return _over_relative(parse, mark) if word in ("which", "who", "that") else None


def _beside_verb(parse: Parse, number: int) -> bool:
    """As in "the station that | first | reported it"."""
    piece = parse.pieces[number]
    return piece.role is Role.OTHER or parse.tokens[piece.first].lower == "first"


def _over_relative(parse: Parse, at: int) -> Phrase | None:
    word = parse.tokens[parse.pieces[at].first].lower
    if word not in ("which", "who", "that", "whom"):
        previous = _verb_before(parse, at)
        return (
            _subject(parse, previous) if previous is not None and word in ("after", "before", "while", "when") else None
        )
    at -= 1
    while at >= 0 and parse.pieces[at].role in (Role.PUNCT, Role.OTHER, Role.TIME, Role.PREP):
        at -= 1
    return phrase(parse, at) if at >= 0 and parse.pieces[at].role is Role.NP else None


def _verb_before(parse: Parse, at: int) -> int | None:
    return next((number for number in range(at - 1, -1, -1) if parse.pieces[number].role is Role.VERB), None)


def _coordinated(parse: Parse, at: int) -> Phrase | None:
    previous = _verb_before(parse, at)
    while previous is not None and (_aside(parse, previous) or _describes(parse, previous)):
        previous = _verb_before(parse, previous)
    return _subject(parse, previous) if previous is not None else None


def _describes(parse: Parse, number: int) -> bool:
    """As in "put the number of soldiers | killed | at 56 and said": what was done to those told of in an object."""
    group, before = parse.pieces[number], _verb_before(parse, number)
    bare = group.last - group.first == 1 and parse.main(group).form in (Form.PAST, Form.PARTICIPLE)
    after_noun = number > 0 and parse.pieces[number - 1].role is Role.NP
    return bare and after_noun and before is not None and before == number - 2 and _reduced(parse, number)


def _aside(parse: Parse, number: int) -> bool:
    """Is it the verb of "..., the source said, and ...": who says it does not do it?"""
    pieces = parse.pieces
    return (
        parse.main(pieces[number]).base in _SPEECH
        and number >= 2
        and pieces[number - 1].role is Role.NP
        and parse.tokens[pieces[number - 2].first].text == ","
        and number + 1 < len(pieces)
        and parse.tokens[pieces[number + 1].first].text == ","
    )


def _inherited(parse: Parse, at: int, group: Piece, form: Form | None) -> Phrase | None:
    """The subject of an infinitive or participle: that of the verb before it."""
    if group.infinitive or form is Form.ING or group.first == parse.pieces[at].last:
        return _subject(parse, at)
    return _subject(parse, at) if parse.pieces[at].last == group.first else None


def _object(parse: Parse, number: int) -> Phrase | None:
    at = number + 1
    while at < len(parse.pieces):
        piece = parse.pieces[at]
        if piece.role is Role.NP:
            return phrase(parse, at)
        if piece.role not in (Role.OTHER, Role.TIME) and not _of_time(parse, at) and not _of_share(parse, at):
            return None
        at += 1
    return None


def _of_share(parse: Parse, number: int) -> bool:
    """As in "recaptured about 70 percent of the district": a preposition before a share is none."""
    after = parse.after(number)
    if after is None or parse.tokens[parse.pieces[number].first].lower not in ("about", "around", "over"):
        return False
    words = parse.words(after)
    share = words[0].text.endswith("%") or [token.lower for token in words[1:2]] in (["percent"], ["per"])
    return words[0].tag is Tag.NUM and share


def _of_time(parse: Parse, number: int) -> bool:
    """As in "shelled on Monday the quarter of X": a preposition before a time."""
    after = parse.after(number)
    return parse.pieces[number].role is Role.PREP and after is not None and after.role is Role.TIME


def _phrases(parse: Parse, number: int) -> tuple[Phrase, ...]:
    """Prepositional phrases to the right, until another clause begins."""
    found: list[Phrase] = []
    at, steps = number + 1, 0
    while at < len(parse.pieces) and steps < REACH:
        piece = parse.pieces[at]
        steps += 1
        if piece.role is Role.PREP:
            if parse.tokens[piece.first].lower == "according":
                break
            after = parse.after(at)
            if after is not None and after.role is Role.NP:
                found.append(phrase(parse, at + 1, parse.tokens[piece.first].lower))
                at += 2
                continue
        elif _ends_clause(parse, at):
            break
        at += 1
    return tuple(found)


def _ends_clause(parse: Parse, at: int) -> bool:
    piece = parse.pieces[at]
    if piece.role is Role.PUNCT:
        return parse.tokens[piece.first].text in _CLAUSE_MARKS
    if piece.role is Role.VERB:
        return True
    if piece.role is Role.SUB:
        return True
    if piece.role is Role.CONJ:
        following = parse.pieces[at + 1 : at + 4]
        return any(later.role is Role.VERB for later in following)
    return False
