"""A document as windows of wordpieces: whole sentences that are decided, after some that are only read.

A window holds the sentences before its own for context, so that "the town" and "they" have something to point back to.
Its candidates are what its claims can point to: as places the names that the gazetteer knows and those that no table
knows, as who and whom all noun phrases but pronouns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, islice
from operator import attrgetter
from typing import NamedTuple

from tadmor.datamodel.claims import Claim, Mention, kind_of, mentions
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.labels import BEGIN, FIELDS, INSIDE, NUMBER_OF, ROLES, values_of
from tadmor.extraction.learned.veil import veils
from tadmor.extraction.learned.wordpieces import Piece, pieces, vocabulary
from tadmor.extraction.parse import Role
from tadmor.extraction.tokens import Tag, Token, is_name

#: Wordpieces of the sentences that a window decides, and of those before them: a quarter of what is encoded is context.
_OWN, _BEFORE = 224, 64
#: Wordpieces of a sentence that are read: longer ones are tables and lists of names.
_LONGEST = 200
_FIRST, _LAST = 101, 102  # [CLS], [SEP] of the uncased vocabulary


class Candidate(NamedTuple):
    """A name in a window: its place in the text, and its wordpieces `[first, last)` in the window."""

    start: int
    end: int
    first: int
    last: int


class Hint(NamedTuple):
    """What the rules said of a claim: its attributes, and for each role the number of the candidate meant.

    -1 stands for none, or for one that is no candidate of the window. Roles that name something that no candidate is
    ("the hospital" in a town of the story) are `beyond` the network.
    """

    values: dict[str, str]
    pointed: dict[str, int]
    beyond: frozenset[str] = frozenset()


class Window(NamedTuple):
    """Wordpieces, of which `[first, last)` are decided and stand in `[start, end)` of the text."""

    pieces: tuple[Piece, ...]
    first: int
    last: int
    start: int
    end: int
    places: tuple[Candidate, ...]
    phrases: tuple[Candidate, ...]

    def candidates(self, role: str) -> tuple[Candidate, ...]:
        """What a role can point to."""
        return self.places if role == "place" else self.phrases

    def within(self, start: int, end: int) -> range:
        """The wordpieces that share characters with a stretch of the text."""
        first = bisect_right(self.pieces, start, key=attrgetter("end"))
        return range(first, max(first, bisect_left(self.pieces, end, key=attrgetter("start"))))

    def decided(self, start: int, end: int) -> range:
        """Those of them that the window decides; all of them where it decides none."""
        touched = self.within(start, end)
        own = range(max(touched.start, self.first), min(touched.stop, self.last))
        return own or touched


def windows(reading: Reading) -> Iterator[Window]:
    """All windows of a document, in order; every sentence is decided in one of them."""
    cut = [_pieces(reading, number) for number in range(len(reading.sentences))]
    first = 0
    while first < len(cut):
        last, size = first, 0
        while last < len(cut) and (last == first or size + len(cut[last]) <= _OWN):
            size += len(cut[last])
            last += 1
        yield _window(reading, cut, first, last)
        first = last


def _pieces(reading: Reading, number: int) -> list[Piece]:
    return list(islice(_shown(reading, number), _LONGEST))


def _shown(reading: Reading, number: int) -> Iterator[Piece]:
    """The wordpieces of a sentence as the network is shown it; a veiled name is one piece."""
    sentence = reading.sentences[number]
    at = sentence.start
    for veil in veils(reading, number):
        yield from pieces(reading.text, at, veil.start)
        yield Piece(vocabulary()[veil.word], veil.start, veil.end)
        at = veil.end
    yield from pieces(reading.text, at, sentence.end)


def _window(reading: Reading, cut: Sequence[Sequence[Piece]], first: int, last: int) -> Window:
    before = _context(cut, first)
    own = [piece for sentence in cut[first:last] for piece in sentence]
    end = reading.sentences[last - 1].end
    cut_up = (Piece(_FIRST, -1, -1), *before, *own, Piece(_LAST, end, end))
    window = Window(
        pieces=cut_up,
        first=1 + len(before),
        last=1 + len(before) + len(own),
        start=reading.sentences[first].start,
        end=end,
        places=(),
        phrases=(),
    )
    begin = cut_up[1].start if len(cut_up) > 2 else window.start
    shown = range(bisect_right(reading.sentences, begin, key=attrgetter("end")), last)
    return window._replace(
        places=_candidates(window, _grounds(reading, shown)), phrases=_candidates(window, _phrases(reading, shown))
    )


def _grounds(reading: Reading, shown: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The names of some sentences that are places, or that no table knows and so may be."""
    start, end = reading.sentences[shown[0]].start, reading.sentences[shown[-1]].end
    known = [(hit.start, hit.end) for hit in reading.names.places.within(start, end)]
    unknown = [span for number in shown for span in _unknown(reading, number)]
    yield from sorted({*known, *unknown})


def _unknown(reading: Reading, number: int) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words in a sentence that are no name of any table."""
    found, run = reading.parse(number), list[Token]()
    for token in [*found.tokens, None]:
        if token is not None and token.tag is Tag.NAME and is_name(token.text) and not _is_named(reading, token):
            run.append(token)
            continue
        if run:
            yield run[0].start, run[-1].end
        run = []


def _is_named(reading: Reading, token: Token) -> bool:
    names = reading.names
    layers = (names.places, names.actors, names.sources, names.equipment, names.times)
    return any(True for layer in layers for _ in layer.covering(token.start, token.end))


def _phrases(reading: Reading, shown: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The noun phrases of some sentences, without articles and numbers before them; no pronouns."""
    for number in shown:
        found = reading.parse(number)
        for piece in found.pieces:
            words = found.words(piece) if piece.role is Role.NP else []
            own = list(dropwhile(lambda token: token.tag in (Tag.DET, Tag.NUM, Tag.ADV), words))
            if own and own[0].tag is not Tag.PRON:
                yield own[0].start, own[-1].end


def _context(cut: Sequence[Sequence[Piece]], first: int) -> list[Piece]:
    """The whole sentences before one, as many as there is room for."""
    found: list[Piece] = []
    for sentence in (cut[at] for at in range(first - 1, -1, -1)):
        if len(found) + len(sentence) > _BEFORE:
            break
        found = [*sentence, *found]
    return found


def _candidates(window: Window, spans: Iterable[tuple[int, int]]) -> tuple[Candidate, ...]:
    found = ((start, end, window.within(start, end)) for start, end in spans)
    return tuple(Candidate(start, end, at.start, at.stop) for start, end, at in found if len(at))


def hint(window: Window, claim: Claim, text: str) -> Hint:
    """What a claim of the rules says, in the terms of a window."""
    fields = FIELDS[kind_of(claim)]
    pointed = {
        role: _meant(window.candidates(role), mentions(claim, fields[role]) if role in fields else (), text)
        for role in ROLES
    }
    beyond = frozenset(
        role
        for role, name in fields.items()
        if any(pointed[role] < 0 or one.expression != text[one.start : one.end] for one in mentions(claim, name))
    )
    return Hint(values=values_of(claim), pointed=pointed, beyond=beyond)


def _meant(candidates: Sequence[Candidate], told: Iterable[Mention], text: str) -> int:
    """The candidate that a mention overlaps, else the last one whose words it holds; -1 for none."""
    for one in told:
        over = (n for n, each in enumerate(candidates) if each.start < one.end and each.end > one.start)
        same = (n for n, each in enumerate(candidates) if text[each.start : each.end].lower() in one.expression.lower())
        found = next(over, None)
        if found is None:
            found = max(same, default=None)
        if found is not None:
            return found
    return -1


def marked_by_rules(window: Window, claims: Iterable[Claim]) -> list[list[int]]:
    """For each wordpiece and kind whether the rules made a claim there: 0 none, 1 its first piece, 2 the others.

    Of claims that overlap the shorter one counts.
    """
    marks = [[0] * len(NUMBER_OF) for _ in window.pieces]
    for claim in sorted(claims, key=lambda one: one.start - one.end):
        if claim.end <= window.start or claim.start >= window.end:
            continue
        touched = window.within(claim.start, claim.end)
        own = range(max(touched.start, window.first), min(touched.stop, window.last))
        for at in own:
            marks[at][NUMBER_OF[kind_of(claim)]] = BEGIN if at == own.start else INSIDE
    return marks
