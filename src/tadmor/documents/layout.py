"""Second cleaning step: lines into paragraphs.

Hard-wrapped lines are joined, words broken over two lines mended, drop caps put back on their words. How each break
between two lines is read is decided from the lines' own lengths: in wrapped text a line ends where the next word would
not have fitted.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

import msgspec

from tadmor.datamodel.spans import MappedText, OffsetMap
from tadmor.documents.dates import date_at
from tadmor.documents.dropcaps import drops_a_space, is_drop_cap
from tadmor.documents.hyphens import Vocabulary, keeps_hyphen
from tadmor.documents.tracing import BETWEEN

#: Longest line that still counts as set to a width: typewriter pages and e-mail wrap at 60-80, wide pages at 120.
WIDEST = 140
#: A line is full when the next word would have come within 15 % of the width: proportional type sets lines ragged.
FULL = 0.85
#: Share of breaks that must look forced for a text to count as wrapped.
WRAPPED = 0.6
#: A first line of more characters than this, followed by small letters, is a headline that runs on.
SHORT = 24
#: Lines of a head in which its day is looked for: a headline of two lines, the outlet, who wrote, the day.
_HEAD = 5

_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]»]*$")
_BULLET = re.compile(r"^(?:[•▪●◦*–—]|-|\d{1,2}[.)]|\([a-z0-9]\))\s+\S")
_OPEN_END = re.compile(
    r"(?:,|;|\b(?:a|an|and|are|as|at|between|but|by|for|from|his|her|in|into|is|its|nor|of|on|or|over|that|the|their|"
    r"these|this|to|under|was|were|which|who|whose|with))$"
)
_LETTER_HYPHEN = re.compile(r"[^\W_]-$")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line without the spaces around it; `gap` blank lines stand before it."""

    start: int
    end: int
    words: str
    gap: int
    indented: bool

    @property
    def width(self) -> int:
        """Characters."""
        return len(self.words)


class Break(Enum):
    """How the end of a line is read."""

    PARAGRAPH = BETWEEN
    SPACE = " "
    NOTHING = ""
    MENDED = "mended"  # the hyphen goes too


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """Text in paragraphs: where each starts and ends, what stood before it."""

    text: str
    offsets: OffsetMap
    paragraphs: tuple["Paragraph", ...]


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """`[start, end)` of the laid-out text; `gap` blank lines before it; `drop_cap`: it began with one."""

    start: int
    end: int
    gap: int
    drop_cap: bool = False


def lay_out(text: str) -> Laid:
    """Join lines into paragraphs."""
    lines = list(_lines(text))
    breaks = _Setting(text, lines).breaks()
    built, paragraphs, begun = MappedText(text), [], 0
    for index, line in enumerate(lines):
        follows = breaks[index] if index < len(breaks) else None
        built.copy(line.start, line.end - (follows is Break.MENDED))
        if follows is None or follows is Break.PARAGRAPH:
            first = lines[_first_line(breaks, index)]
            paragraphs.append(
                Paragraph(start=begun, end=built.length, gap=first.gap, drop_cap=_dropped(first, breaks, lines, index))
            )
        if follows is not None:
            _set(built, line, lines[index + 1], follows)
            begun = built.length if follows is Break.PARAGRAPH else begun
    clean, offsets = built.build()
    return Laid(text=clean, offsets=offsets, paragraphs=tuple(paragraphs))


def _set(built: MappedText, line: Line, following: Line, how: Break) -> None:
    if how not in (Break.NOTHING, Break.MENDED):
        built.replace(line.end, following.start, how.value)


def _first_line(breaks: Sequence[Break], index: int) -> int:
    while index and breaks[index - 1] is not Break.PARAGRAPH:
        index -= 1
    return index


def _dropped(first: Line, breaks: Sequence[Break], lines: Sequence[Line], last: int) -> bool:
    at = _first_line(breaks, last)
    return at < last and is_drop_cap(first.words, lines[at + 1].words)


def _lines(text: str) -> Iterator[Line]:
    at = gap = 0
    for whole in text.split("\n"):
        words = whole.strip(" ")
        if words:
            start = at + len(whole) - len(whole.lstrip(" "))
            yield Line(start=start, end=start + len(words), words=words, gap=gap, indented=whole[0] == " ")
            gap = 0
        else:
            gap += 1
        at += len(whole) + 1


class _Setting:
    """How one text is set: wrapped or not, at what width, single- or double-spaced."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._lines = lines
        self._head = _head_lines(lines)
        self._vocabulary: Vocabulary | None = None
        tight = [pair for pair in pairwise(lines[self._head :]) if not pair[1].gap]
        spaced = [pair for pair in pairwise(lines) if pair[1].gap == 1]
        self.width = _width(tight)
        self.wrapped = _is_wrapped(tight, self.width)
        self.double = False
        if not self.wrapped and len(spaced) > 4 * len(tight):
            self.width = _width(spaced)
            self.double = self.wrapped = _is_wrapped(spaced, self.width)

    def breaks(self) -> list[Break]:
        """One decision for each break between two lines."""
        return [self._read(before, after) for before, after in pairwise(self._lines)]

    def _read(self, before: Line, after: Line) -> Break:
        if is_drop_cap(before.words, after.words):
            return Break.SPACE if drops_a_space(before.words, after.words, self.vocabulary.has) else Break.NOTHING
        if after.gap > 2 or not self._continues(before, after):
            return Break.PARAGRAPH
        if not _LETTER_HYPHEN.search(before.words):
            return Break.SPACE
        return Break.NOTHING if keeps_hyphen(before.words, after.words, self.vocabulary) else Break.MENDED

    def _continues(self, before: Line, after: Line) -> bool:
        if _BULLET.match(after.words):
            return False
        if _LETTER_HYPHEN.search(before.words) and (after.words[0].islower() or (self.wrapped and not after.gap)):
            return True
        if self._head and after.start <= self._lines[self._head - 1].start:
            return _is_broken_sentence(before, after) or bool(_OPEN_END.search(before.words))
        if before is self._lines[0] and self._is_motto(before, after):
            return False
        if not self.wrapped:
            return _is_broken_sentence(before, after)
        if after.gap > (1 if self.double else 0):
            return self._continues_over_blank(before, after)
        return self._continues_in_group(before, after)

    def _continues_in_group(self, before: Line, after: Line) -> bool:
        ended = bool(_SENTENCE_END.search(before.words))
        capital = not after.words[0].islower()
        if after.indented and not before.indented and (ended or capital):
            return False
        fill = _fill(before, after) / self.width
        if ended and fill < FULL:
            return False
        return not (capital and fill < WRAPPED and not _OPEN_END.search(before.words))

    def _continues_over_blank(self, before: Line, after: Line) -> bool:
        """A page or a column may break a sentence."""
        if _SENTENCE_END.search(before.words):
            return False
        if before.width > self.width * 1.5:
            return False
        return after.words[0].islower() or bool(_OPEN_END.search(before.words))

    def _is_motto(self, before: Line, after: Line) -> bool:
        """A name of few words alone above one line that is wider and ends its group: a masthead with its motto."""
        alone = len(self._lines) > 2 and self._lines[2].gap > 0
        fits = _fill(before, after) < after.width
        return alone and fits and not after.gap and before.width <= SHORT and not _OPEN_END.search(before.words)

    @property
    def vocabulary(self) -> Vocabulary:
        """Made only where a broken word or a drop cap asks for it."""
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self._text)
        return self._vocabulary


def _is_broken_sentence(before: Line, after: Line) -> bool:
    """Pages whose links were set on lines of their own break sentences, though their text is not wrapped."""
    return after.gap == 0 and after.words[0].islower() and not _SENTENCE_END.search(before.words)


def _head_lines(lines: Sequence[Line]) -> int:
    """How many lines stand in a head that ends with nothing but a day and its year: headline, outlet, day."""
    for number, line in enumerate(lines[:_HEAD]):
        if number and line.gap:
            return 0
        found = date_at(line.words) if line.words[0].isalnum() else None
        if found is not None and found.year is not None and found.end == line.width:
            return number + 1 if number + 1 < len(lines) and lines[number + 1].gap else 0
    return 0


def _fill(before: Line, after: Line) -> int:
    return before.width + 1 + len(after.words.split(" ", 1)[0])


def _width(pairs: Sequence[tuple[Line, Line]]) -> int:
    """Width of the column: 9 in 10 lines are no longer."""
    widths = sorted(before.width for before, _ in pairs)
    return max(widths[len(widths) * 9 // 10], 1) if widths else 1


def _is_wrapped(pairs: Sequence[tuple[Line, Line]], width: int) -> bool:
    if len(pairs) < 3 or not 15 <= width <= WIDEST:
        return False
    full = sum(_fill(before, after) >= FULL * width for before, after in pairs)
    open_ended = sum(not _SENTENCE_END.search(before.words) for before, _ in pairs)
    return full >= WRAPPED * len(pairs) and open_ended >= len(pairs) / 2
