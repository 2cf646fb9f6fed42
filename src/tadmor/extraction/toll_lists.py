"""Lists of victims: several groups that share one harm, and the parts that a total is made of.

"61 rebels, 47 jihadists and 29 civilians had been killed" is three tolls; "82 dead, of whom 28 were soldiers and 14
civilians" is a total with two parts. A clause's own frame gives one phrase; here the rest of its list is found.
"""

import re
from collections.abc import Iterator

import msgspec

from tadmor.datamodel.claims import TollClaim
from tadmor.dictionaries.lexicon import Form
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Phrase, phrase, preposition
from tadmor.extraction.mentions import actors_in, words_of
from tadmor.extraction.parse import Piece, Role
from tadmor.extraction.tokens import Tag
from tadmor.extraction.victims import are_people, count_of, group_of, status_of

_INCLUDING = re.compile(
    r"\b(?:including|among them|most of them|mostly|some of them|of whom|of them|among whom)\b", re.IGNORECASE
)
#: Words that part a total from what it includes: "six civilians including a woman and two children".
_INCLUDES = frozenset({"including", "mostly", "mainly"})
#: Whom the words before a part point back to: "among them", "two of whom".
_OF_WHOM = frozenset({"them", "whom"})
#: Words that tell a member's own harm.
_HARMED = frozenset({"dead", "killed", "slain", "wounded", "injured", "hurt", "captured", "missing", "displaced"})
#: Words between the members of a list; "as well as" and "along with" come apart into these.
_JOINTS = frozenset({",", "and", "&", "well", "as", "along", "together", "with", "plus"})
#: Prepositions of a place where a member of a list was hurt; "from" tells where it came from.
_THERE = frozenset({"in", "at", "near", "across", "around", "inside", "outside"})
#: Characters from a total to its parts, and from the words that lead to a part to the part itself.
_TO_PARTS, _TO_PART = 60, 12


def sharing(scene: Scene, told: TollClaim, victims: Phrase) -> Iterator[TollClaim]:
    """The other tolls of a list that a toll's victims stand in, each with the toll's harm and circumstances."""
    for other in _before(scene, victims):
        yield _one_of(scene, told, other, other.start, other.end)
    for other in _after(scene, victims):
        yield _elsewhere(scene, other, _one_of(scene, told, other, other.start, other.end))


def _elsewhere(scene: Scene, member: Phrase, told: TollClaim) -> TollClaim:
    """A member of a list with a place of its own: "70 civilians in Yemen and 20 in Oman"."""
    last = _past_phrases(scene, member.number)
    for number in range(member.number + 2, last + 1, 2):
        found = scene.places(phrase(scene.parse, number, preposition(scene.parse, number)))
        if found and preposition(scene.parse, number) in _THERE:
            return msgspec.structs.replace(told, place=found[0])
    return told


def with_total(scene: Scene, told: TollClaim, victims: Phrase) -> TollClaim | None:
    """The total whose parts the victims are: "six civilians including a woman and two children were killed"."""
    total = _total(scene, next(iter(_before(scene, victims)), victims))
    if total is None or count_of(scene, total) is None or not are_people(scene, total, told.harm, "kill"):
        return None
    return _one_of(scene, told, total, total.start, told.end)


def _total(scene: Scene, part: Phrase) -> Phrase | None:
    """The noun phrase right before "including", "among them" or "two of them" and a part."""
    pieces, tokens = scene.parse.pieces, scene.parse.tokens
    at = _lead_of(scene, part.number)
    if at is None:
        return None
    before = at - 2 if at > 0 and tokens[pieces[at - 1].first].text == "," else at - 1
    return phrase(scene.parse, before) if before >= 0 and pieces[before].role is Role.NP else None


def _lead_of(scene: Scene, part: int) -> int | None:
    """Where the words begin that lead to a part: "including | a child", "two | of | them | children"."""
    pieces, tokens = scene.parse.pieces, scene.parse.tokens
    if part < 1 or pieces[part - 1].role is Role.VERB:
        return None
    if tokens[pieces[part - 1].first].lower in _INCLUDES:
        return part - 1
    if part < 2 or tokens[pieces[part - 1].first].lower not in _OF_WHOM:
        return None
    lead = tokens[pieces[part - 2].first].lower
    if lead == "among":
        return part - 2
    return part - 3 if lead == "of" and part > 2 and pieces[part - 3].role is Role.NP else None


def counted_before(scene: Scene, told: TollClaim, victims: Phrase) -> TollClaim:
    """Of "three people two of them children died" the children by their number, which stands before "of them"."""
    at = _lead_of(scene, victims.number)
    if told.count is not None or at is None or at != victims.number - 3:
        return told
    count = count_of(scene, phrase(scene.parse, at))
    if count is None:
        return told
    start = scene.parse.pieces[at].start
    return msgspec.structs.replace(told, count=count, start=start, quote=scene.reading.text[start : told.end])


def _one_of(scene: Scene, told: TollClaim, victims: Phrase, start: int, end: int) -> TollClaim:
    """The same harm, done to others."""
    return msgspec.structs.replace(
        told,
        start=start,
        end=end,
        quote=scene.reading.text[start:end],
        count=count_of(scene, victims),
        group=group_of(scene, victims),
        status=status_of(scene, victims),
    )


def _before(scene: Scene, victims: Phrase) -> list[Phrase]:
    """The members of a list to the left of its last, which are no other verb's object; "not 540" is none."""
    found: list[Phrase] = []
    at = victims.number
    while (before := _over_joints(scene, at, -1)) is not None:
        if scene.parse.tokens[scene.parse.pieces[before - 1].first].lower == "not" and before > 1:
            at = before - 1
            continue
        member = _whose(scene, phrase(scene.parse, before, preposition(scene.parse, before)))
        before = member.number
        leads = scene.parse.before(before)
        if leads is not None and leads.role is Role.VERB and not _reports(scene, leads):
            break
        if not _are_victims(scene, member) or member.prep not in (None, *_INCLUDES):
            break
        if member.prep is not None and _total(scene, member) is None:
            break  # parts of a total that has a verb of its own: "ten were killed including a child and 37 were hurt"
        found.insert(0, member)
        at = before
    return found


def _whose(scene: Scene, member: Phrase) -> Phrase:
    """Of "19 fighters from the group | and four civilians" the fighters, not whom they are of."""
    at = member.number - 2
    if member.prep != "from" or at < 0 or scene.parse.pieces[at].role is not Role.NP:
        return member
    return phrase(scene.parse, at, preposition(scene.parse, at))


def _reports(scene: Scene, verb: Piece) -> bool:
    """Is it the verb of "the monitor says 115 soldiers and 283 rebels have been killed"?"""
    return scene.parse.main(verb).base in scene.reading.lexicon.reporting


def _after(scene: Scene, victims: Phrase) -> list[Phrase]:
    """The members of a list to the right of its first, prepositional phrases passed over.

    After a verb it goes on with "along with" or "as well as": "22 children | were killed | along with six teachers".
    """
    found: list[Phrase] = []
    at = _past_phrases(scene, victims.number)
    if _goes_on(scene, at + 1):
        at += 1
    while (after := _over_joints(scene, at, 1)) is not None:
        member = phrase(scene.parse, after)
        counted = _are_victims(scene, member) or _is_elsewhere(scene, member)
        if not counted or _is_subject(scene, after) or _is_aside(scene, after):
            break
        found.append(member)
        at = _past_phrases(scene, after)
    return found


def _is_elsewhere(scene: Scene, member: Phrase) -> bool:
    """Is it a bare number of those hurt at another place: "45 civilians in Goma and 22 in neighbouring Rutshuru"?"""
    pieces, at = scene.parse.pieces, member.number + 1
    if not all(token.tag is Tag.NUM for token in words_of(scene.parse, member)) or at + 1 >= len(pieces):
        return False
    return preposition(scene.parse, at + 1) in _THERE and bool(scene.places(phrase(scene.parse, at + 1)))


def _goes_on(scene: Scene, number: int) -> bool:
    """Is it a verb after which the list of those who suffered it goes on?"""
    pieces, tokens = scene.parse.pieces, scene.parse.tokens
    if number + 1 >= len(pieces) or pieces[number].role is not Role.VERB:
        return False
    return [token.lower for token in tokens[pieces[number + 1].first :][:2]] in (["along", "with"], ["as", "well"])


def _are_victims(scene: Scene, member: Phrase) -> bool:
    """Is a member of a list people, by a number and a word for people or a name of a force?"""
    if count_of(scene, member) is None:
        return False
    words = words_of(scene.parse, member)
    persons = scene.reading.lexicon.classes["person_nouns"]
    if any(token.lower in _HARMED for token in words):
        return False
    return any(token.lower in persons for token in words) or actors_in(scene.reading, scene.parse, member)


def _over_joints(scene: Scene, number: int, step: int) -> int | None:
    """The noun phrase on the other side of a comma, "and", "as well as"; `None` where there is none.

    Where commas are left out, a number begins the next: "11 women | nine children".
    """
    at = number + step
    pieces = scene.parse.pieces
    if step > 0 and at < len(pieces) and pieces[at].role is Role.NP and pieces[number].role is Role.NP:
        return at if scene.parse.tokens[pieces[at].first].tag is Tag.NUM else None
    while 0 <= at < len(pieces) and scene.parse.tokens[pieces[at].first].lower in _JOINTS:
        at += step
    joined = at != number + step and 0 <= at < len(pieces)
    return at if joined and pieces[at].role is Role.NP else None


def _past_phrases(scene: Scene, number: int) -> int:
    """The last piece of a noun phrase with what prepositions tie to it: "14 fighters | from | the group"."""
    pieces = scene.parse.pieces
    at = number
    while at + 2 < len(pieces) and pieces[at + 1].role is Role.PREP:
        if scene.parse.tokens[pieces[at + 1].first].lower in _INCLUDES:
            break
        roles = [piece.role for piece in pieces[at + 2 : at + 5]]
        if roles[0] is Role.NP:
            at += 2
        elif roles == [Role.CONJ, Role.PREP, Role.NP]:  # "in and around Goma"
            at += 4
        else:
            break
    return at


def _is_subject(scene: Scene, number: int) -> bool:
    """Does a verb of its own follow: "and two children | were wounded"?"""
    at = _past_phrases(scene, number) + 1
    pieces = scene.parse.pieces
    while at < len(pieces) and pieces[at].role in (Role.OTHER, Role.TIME):
        at += 1
    return at < len(pieces) and pieces[at].role is Role.VERB and scene.parse.main(pieces[at]).form is not Form.ING


def _is_aside(scene: Scene, number: int) -> bool:
    """Does a noun phrase between two commas name again who stands before it: "Omar, a commander, | was killed"?"""
    pieces, tokens = scene.parse.pieces, scene.parse.tokens
    at = _past_phrases(scene, number) + 1
    closed = at + 1 < len(pieces) and tokens[pieces[at].first].text == "," and pieces[at + 1].role is Role.VERB
    return closed and tokens[pieces[number - 1].first].text == ","


def subgroups(scene: Scene, totals: list[TollClaim]) -> Iterator[TollClaim]:
    """As in "Including two children" after a toll: tolls of their own, with the toll's harm and place."""
    sentence = scene.reading.sentences[scene.number]
    for match in _INCLUDING.finditer(scene.reading.text, sentence.start, sentence.end):
        total = next((toll for toll in reversed(totals) if toll.start <= match.start()), None)
        if total is None or match.start() - total.end > _TO_PARTS:
            continue
        first = next((n for n, piece in enumerate(scene.parse.pieces) if piece.start >= match.end()), None)
        if first is not None and scene.parse.pieces[first].role is Role.VERB:  # "six of whom | were | children"
            first += 1
        trailing = _trailing(scene, match)
        if trailing is not None:
            yield _one_of(scene, total, trailing, trailing.start, match.end())
        elif first is not None and scene.parse.pieces[first].start - match.end() <= _TO_PART:
            yield from _parts(scene, total, first, match)


def _trailing(scene: Scene, match: re.Match[str]) -> Phrase | None:
    """As in "..., a woman among them": the part stands before the words."""
    number = _ending(scene, match.start() - 1)
    if number is None or match.group().lower() != "among them" or number == 0:
        return None
    part = phrase(scene.parse, number)
    apart = scene.parse.tokens[scene.parse.pieces[number - 1].first].text == ","
    return part if apart and _are_victims(scene, part) else None


def _ending(scene: Scene, end: int) -> int | None:
    """The noun phrase that ends at a position."""
    return next((n for n, piece in enumerate(scene.parse.pieces) if piece.end == end and piece.role is Role.NP), None)


def _parts(scene: Scene, total: TollClaim, first: int, match: re.Match[str]) -> Iterator[TollClaim]:
    """The first part, told in a phrase or a clause ("28 were soldiers"), and the list that goes on from it."""
    if scene.parse.pieces[first].role is not Role.NP:
        return
    told = _predicate(scene, first)
    victims = phrase(scene.parse, told if told is not None else first)
    words = words_of(scene.parse, victims)
    if not any(token.lower in scene.reading.lexicon.classes["person_nouns"] for token in words):
        return
    number = first if told is not None else _number_of(scene, match)
    start = min(match.start(), scene.parse.pieces[number].start) if number is not None else match.start()
    part = _one_of(scene, total, victims, start, victims.end)
    if number is not None:
        part = msgspec.structs.replace(part, count=count_of(scene, phrase(scene.parse, number)))
    yield part
    for other in _after(scene, victims):
        yield _one_of(scene, total, other, other.start, other.end)


def _number_of(scene: Scene, match: re.Match[str]) -> int | None:
    """The bare number before "of them" and "of whom": "12 of them children"."""
    if not match.group().lower().startswith("of "):
        return None
    number = _ending(scene, match.start() - 1)
    bare = number is not None and all(token.tag is Tag.NUM for token in scene.parse.words(scene.parse.pieces[number]))
    return number if bare else None


def _predicate(scene: Scene, number: int) -> int | None:
    """Of "28 were regime soldiers", the soldiers: what a bare number is said to be."""
    pieces = scene.parse.pieces
    if any(token.tag is not Tag.NUM for token in scene.parse.words(pieces[number])) or number + 2 >= len(pieces):
        return None
    verb, noun = pieces[number + 1], pieces[number + 2]
    is_said = verb.role is Role.VERB and scene.parse.tokens[verb.last - 1].lower in ("were", "are", "was", "is")
    return number + 2 if is_said and noun.role is Role.NP else None
