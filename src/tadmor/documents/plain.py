"""Decoded text to documents: cleaned, in blocks, each article on its own."""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from tadmor.datamodel.documents import Block, Document, Form, Repeat
from tadmor.datamodel.spans import OffsetMap
from tadmor.datamodel.times import When
from tadmor.documents import marks
from tadmor.documents.articles import split
from tadmor.documents.characters import plain_characters
from tadmor.documents.dropcaps import mended_drop_caps
from tadmor.documents.header import Headed, read_header
from tadmor.documents.layout import lay_out
from tadmor.documents.opening import open_body
from tadmor.documents.parts import Doubled, Part, parts_of, without_repeats
from tadmor.documents.publishers import Publishers
from tadmor.documents.tracing import Traced

#: What was wrong with a file, short of being unreadable: a rule and a message.
Problem = tuple[str, str]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document from outside its text: the caller, or a page's metadata. Goes before the text's."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: When | None = None
    captions: tuple[str, ...] = ()  # texts that stand under pictures


def read_text(
    raw: str, *, original: str, name: str, publishers: Publishers, known: Known | None = None
) -> tuple[Document, ...]:
    """The documents in a decoded text.

    Args:
        raw: the text that offsets lead back to.
        original: SHA-256 of the bytes.
        name: file name as given.
        publishers: who may be named in a head.
        known: what is known from outside.
    """
    traced = Traced.of(raw).then(plain_characters).then(mended_drop_caps)
    laid = lay_out(traced.text)
    traced = Traced(text=laid.text, offsets=laid.offsets.compose(traced.offsets))
    parts, doubled = without_repeats(parts_of(laid, known.captions if known else ()))
    return tuple(
        _document(
            traced,
            _with_wire(read_header(article, publishers), publishers),
            doubled,
            index,
            original=original,
            name=name,
            raw=raw,
            known=known,
        )
        for index, article in enumerate(split(parts) if parts else [])
    )


def _document(  # noqa: PLR0913 - the fields of one document
    traced: Traced,
    headed: Headed,
    doubled: Sequence[Doubled],
    index: int,
    *,
    original: str,
    name: str,
    raw: str,
    known: Known | None,
) -> Document:
    parts, repeated = _opened(headed)
    cleaned = traced.selected([part.span for part in parts])
    blocks = _blocks(parts)
    known = known or Known()
    return Document(
        original=original,
        name=name,
        index=index,
        raw=raw,
        text=cleaned.text,
        offsets=cleaned.offsets,
        blocks=blocks,
        title=known.title or headed.title,
        outlet=known.outlet or headed.outlet,
        author=known.author or headed.author,
        published=known.published,
        repeats=_repeats([*doubled, *repeated], parts, blocks, traced.offsets),
    )


def _with_wire(headed: Headed, publishers: Publishers) -> Headed:
    """With the agency that the dateline of its first paragraph names, where the head names no publisher."""
    if headed.outlet is not None:
        return headed
    body = next((part for part in headed.parts if part.form is Form.BODY), None)
    named = marks.agency_in_dateline(body.text) if body is not None else None
    return msgspec.structs.replace(headed, outlet=named) if named and publishers.known(named) else headed


def _opened(headed: Headed) -> tuple[list[Part], list[Doubled]]:
    """The parts with the opening of the body cut, and the copy of the headline that was in it."""
    at = next((index for index, part in enumerate(headed.parts) if part.form is Form.BODY), None)
    if at is None:
        return list(headed.parts), []
    pieces, repeated = open_body(headed.parts[at], headed.title)
    headline = next((part for part in headed.parts if part.form is Form.HEADLINE), None)
    gone = [Doubled(dropped=repeated.span, kept=headline.span)] if repeated and headline else []
    return [*headed.parts[:at], *pieces, *headed.parts[at + 1 :]], gone


def _blocks(parts: Sequence[Part]) -> tuple[Block, ...]:
    blocks, at = [], 0
    for part in parts:
        size = part.end - part.start
        blocks.append(Block(start=at, end=at + size, form=part.form or Form.BODY))
        at += size + 2  # tracing.BETWEEN
    return tuple(blocks)


def _repeats(
    doubled: Sequence[Doubled], parts: Sequence[Part], blocks: Sequence[Block], offsets: OffsetMap
) -> tuple[Repeat, ...]:
    """Those whose first copy stands in this document, in the terms of its raw and its cleaned text."""
    pairs = sorted(zip(parts, blocks, strict=True), key=lambda pair: pair[0].start)
    starts = [part.start for part, _ in pairs]
    found = []
    for one in doubled:
        homes = pairs[bisect_left(starts, one.kept.start) : bisect_left(starts, one.kept.end)]
        if homes:
            gone = offsets.span(one.dropped)
            (_, first), (_, last) = homes[0], homes[-1]
            found.append(Repeat(start=gone.start, end=gone.end, first_start=first.start, first_end=last.end))
    return tuple(sorted(found, key=lambda repeat: repeat.start))
