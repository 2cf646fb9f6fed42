"""Text under cleaning, which always knows where its characters came from."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from tadmor.datamodel.spans import MappedText, OffsetMap, Span

#: What stands between two paragraphs of a cleaned text.
BETWEEN = "\n\n"


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """Put `text` in place of `[start, end)`."""

    start: int
    end: int
    text: str


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """A text and the map that leads it back to the raw text."""

    text: str
    offsets: OffsetMap

    @classmethod
    def of(cls, raw: str) -> "Traced":
        """The raw text itself."""
        return cls(text=raw, offsets=OffsetMap.identity(len(raw)))

    def then(self, step: Callable[[str], tuple[str, OffsetMap]]) -> "Traced":
        """This text after one cleaning step."""
        text, offsets = step(self.text)
        if text == self.text:
            return self
        return Traced(text=text, offsets=offsets.compose(self.offsets))

    def selected(self, pieces: Sequence[Span]) -> "Traced":
        """Only these stretches, in this order, as paragraphs."""
        text, offsets = chosen(self.text, pieces)
        return Traced(text=text, offsets=offsets.compose(self.offsets))


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Apply edits that lie in order and do not overlap."""
    built, at = MappedText(text), 0
    for edit in edits:
        built.copy(at, edit.start)
        built.replace(edit.start, edit.end, edit.text)
        at = edit.end
    built.copy(at, len(text))
    return built.build()


def chosen(text: str, pieces: Sequence[Span]) -> tuple[str, OffsetMap]:
    """Stretches of a text with `BETWEEN` between them."""
    built, last = MappedText(text), None
    for piece in pieces:
        if last is not None:
            built.replace(last, max(last, piece.start), BETWEEN)
        built.copy(piece.start, piece.end)
        last = piece.end
    return built.build()
