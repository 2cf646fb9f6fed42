"""Documents made from a few sentences."""

from typing import Any

from tadmor.datamodel.documents import Block, Document, Form
from tadmor.datamodel.spans import OffsetMap


def of_blocks(*blocks: tuple[Form, str], gap: str = "\n", **fields: Any) -> Document:
    """A document of blocks, parted by `gap`, whose file is its text."""
    made, at = [], 0
    for form, words in blocks:
        made.append(Block(start=at, end=at + len(words), form=form))
        at += len(words) + len(gap)
    text = gap.join(words for _, words in blocks)
    return Document(
        original="0" * 64,
        name="made.txt",
        index=0,
        raw=text,
        text=text,
        offsets=OffsetMap.identity(len(text)),
        blocks=tuple(made),
        **fields,
    )


def document_of(text: str, *, title: str | None = None) -> Document:
    """A document of paragraphs; a title becomes the headline block."""
    head = [(Form.HEADLINE, title)] if title else []
    return of_blocks(*head, *((Form.BODY, line) for line in text.split("\n")), title=title, outlet="Made Up Times")
