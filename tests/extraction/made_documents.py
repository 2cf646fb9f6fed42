"""Documents made from a few sentences."""

from tadmor.datamodel.documents import Block, Document, Form
from tadmor.datamodel.spans import OffsetMap


def document_of(text: str, *, title: str | None = None) -> Document:
    """A document of paragraphs; a title becomes the headline block."""
    whole = f"{title}\n{text}" if title else text
    blocks, at = [], 0
    for number, line in enumerate(whole.split("\n")):
        form = Form.HEADLINE if title and number == 0 else Form.BODY
        blocks.append(Block(start=at, end=at + len(line), form=form))
        at += len(line) + 1
    return Document(
        original="0" * 64,
        name="made.txt",
        index=0,
        raw=whole,
        text=whole,
        offsets=OffsetMap.identity(len(whole)),
        blocks=tuple(blocks),
        title=title,
        outlet="Made Up Times",
    )
