"""Where the sentences of a document begin."""

import re

from tadmor.datamodel.documents import Document

_SENTENCE_END = re.compile(
    r"(?<![\s.(][A-Z])(?<!\b(?:Gen|Col|Maj|Sgt|Cpl|Adm|Mrs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"(?<!\b(?:Lt|Mr|Dr|St|Ms|No|Mt))(?<!\bSept)(?<!\bBrig)(?<!\bCapt)[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z\d])|\n\s*\n"
)


def sentence_starts(document: Document) -> list[int]:
    """The offsets at which a sentence or a block begins, in order."""
    starts = {0, *(match.end() for match in _SENTENCE_END.finditer(document.text))}
    starts.update(block.start for block in document.blocks)
    return sorted(starts)
