"""Sentences of a document, as spans; ranks, initials and abbreviations do not end one."""

import re
from collections.abc import Iterator

import msgspec

from tadmor.datamodel.documents import Block, Document, Form
from tadmor.datamodel.spans import Span

#: Words whose full stop does not end a sentence, beyond those that the splitter knows.
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:Gen|Lt|Col|Maj|Capt|Sgt|Brig|Cpl|Adm|Cmdr|Pvt|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gov|Sen|Rep|St|Mt|Ft|No|Nos|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sep|Sept|Oct|Nov|Dec|vs|approx|est|ca|incl|Bn|Div|Regt)|\b[A-Z](?:\.[A-Z])*)\.\s*$"
)

#: A full stop that the splitter takes for an abbreviation's, before the next sentence: there is no shorter "May".
_MISSED = re.compile(r"(?<=\bMay\.)\s+(?=[\"“‘'(\[]?[A-Z])")


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: its stretch of the document's text, its block's number and form."""

    start: int
    end: int
    block: int
    form: Form

    @property
    def span(self) -> Span:
        """Its stretch."""
        return Span(self.start, self.end)


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of all blocks, in order; a block never shares a sentence with the next."""
    return tuple(
        Sentence(start=start, end=end, block=number, form=block.form)
        for number, block in enumerate(document.blocks)
        for start, end in _split(document.text, block)
    )


def _split(text: str, block: Block) -> Iterator[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # noqa: PLC0415 - compiled module, only where text is read

    piece = text[block.start : block.end]
    if block.form is Form.HEADLINE:
        yield from _trimmed(text, block.start, block.end)
        return
    opened: int | None = None
    for found in get_sentence_boundaries("en", piece):
        start, end = block.start + found["start_index"], block.start + found["end_index"]
        opened = start if opened is None else opened
        if end < block.end and _ABBREVIATIONS.search(text, max(opened, end - 16), end):
            continue
        for missed in _MISSED.finditer(text, opened, end):
            yield from _trimmed(text, opened, missed.start())
            opened = missed.end()
        yield from _trimmed(text, opened, end)
        opened = None
    if opened is not None:
        yield from _trimmed(text, opened, block.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
