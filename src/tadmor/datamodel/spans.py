"""Stretches of text, and maps that lead a stretch of cleaned text back to the text it came from.

Offsets are code points, half-open. Every cleaning step returns its text together with an `OffsetMap`; maps compose,
so a passage of the cleanest text leads back to the original by construction, never by searching.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Self

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A half-open stretch `[start, end)` of a text, in code points."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Do the two share at least one character?"""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Does the other lie wholly inside this one?"""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]


class Run(msgspec.Struct, frozen=True, array_like=True):
    """A piece of target text and the piece of source text it stands for.

    `copied` runs are character for character the same and of equal length; others replace the source piece (a line
    break and hyphen by nothing, say) and lead back to all of it.
    """

    target: int
    length: int
    source: int
    source_length: int
    copied: bool


class OffsetMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where each character of a cleaned text stands in the text it was made from.

    Runs lie in target order without gap; their source pieces need not be in order (columns, captions).
    """

    runs: tuple[Run, ...]

    @classmethod
    def identity(cls, length: int) -> Self:
        """The map of a text of `length` code points onto itself."""
        return cls(runs=(Run(0, length, 0, length, True),) if length else ())

    @property
    def length(self) -> int:
        """Code points of the target text."""
        return self.runs[-1].target + self.runs[-1].length if self.runs else 0

    def span(self, target: Span) -> Span:
        """The smallest source stretch that holds what a target stretch stands for.

        Raises:
            IndexError: the span is backwards or reaches outside the target text.
        """
        if not 0 <= target.start <= target.end <= self.length:
            message = f"span {target.start}..{target.end} is outside a text of {self.length}"
            raise IndexError(message)
        if target.start == target.end:
            at = self._point(target.start)
            return Span(at, at)
        starts, ends = zip(*(self._piece(run, target) for run in self.touched(target)), strict=True)
        return Span(min(starts), max(ends))

    def compose(self, inner: "OffsetMap") -> "OffsetMap":
        """The map from this target all the way to the source of `inner` (whose target is this map's source)."""
        builder: list[Run] = []
        for run in self.runs:
            builder.extend(_through(run, inner))
        return OffsetMap(runs=tuple(_merged(builder)))

    def touched(self, target: Span) -> Iterable[Run]:
        """The runs that share a character with a target stretch, in order."""
        first = bisect_right(self.runs, target.start, key=lambda run: run.target) - 1
        for index in range(max(first, 0), len(self.runs)):
            run = self.runs[index]
            if run.target >= target.end:
                return
            if run.target + run.length > target.start:
                yield run

    def _point(self, at: int) -> int:
        if not self.runs:
            return 0
        index = max(bisect_right(self.runs, at, key=lambda run: run.target) - 1, 0)
        run = self.runs[index]
        if run.copied:
            return run.source + at - run.target
        return run.source if at == run.target else run.source + run.source_length

    @staticmethod
    def _piece(run: Run, target: Span) -> tuple[int, int]:
        if not run.copied:
            return run.source, run.source + run.source_length
        low = max(target.start, run.target) - run.target
        high = min(target.end, run.target + run.length) - run.target
        return run.source + low, run.source + high


def _through(run: Run, inner: OffsetMap) -> Iterable[Run]:
    """One run of an outer map, re-expressed in the source of the inner one."""
    if not run.copied:
        source = inner.span(Span(run.source, run.source + run.source_length))
        yield Run(run.target, run.length, source.start, source.end - source.start, False)
        return
    want = Span(run.source, run.source + run.length)
    for piece in inner.touched(want):
        low, high = max(want.start, piece.target), min(want.end, piece.target + piece.length)
        target = run.target + low - run.source
        if piece.copied:
            yield Run(target, high - low, piece.source + low - piece.target, high - low, True)
        else:
            yield Run(target, high - low, piece.source, piece.source_length, False)


def _merged(runs: Iterable[Run]) -> Iterable[Run]:
    """Adjacent copied runs that continue each other, as one."""
    last: Run | None = None
    for run in runs:
        if (
            last is not None
            and last.copied
            and run.copied
            and last.target + last.length == run.target
            and last.source + last.length == run.source
        ):
            last = Run(last.target, last.length + run.length, last.source, last.source_length + run.source_length, True)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


class MappedText:
    """Builds a cleaned text and its `OffsetMap` together, from pieces of a source text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points built so far."""
        return self._length

    def copy(self, start: int, end: int) -> None:
        """Append `source[start:end]` as it stands."""
        if end > start:
            self._append(self._source[start:end], start, end - start, copied=True)

    def replace(self, start: int, end: int, text: str) -> None:
        """Append `text` in place of `source[start:end]`; an empty `text` drops the stretch."""
        if text:
            self._append(text, start, end - start, copied=False)

    def build(self) -> tuple[str, OffsetMap]:
        """The text and its map to the source."""
        return "".join(self._parts), OffsetMap(runs=tuple(_merged(self._runs)))

    def _append(self, text: str, source: int, source_length: int, *, copied: bool) -> None:
        self._parts.append(text)
        self._runs.append(Run(self._length, len(text), source, source_length, copied))
        self._length += len(text)
