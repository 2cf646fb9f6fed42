"""Who published a document whose outlet nobody gave: its head, or the agency that its dateline names."""

import re
from collections.abc import Iterator

from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sources import SourceTable

#: Kinds of source that publish under their own name; a party's own organ is one.
_PUBLISH = frozenset({SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.MONITOR, SourceKind.PARTY})
_HEAD = frozenset({Form.HEADLINE, Form.STANDFIRST, Form.DATELINE})
#: Blocks looked at, and characters of each: a head is short, and a dateline opens its paragraph.
_BLOCKS, _OPENING = 6, 90
# "BEIRUT, May 21, 2015 (Orontes Wire) -": a place in capitals, perhaps a day, and who reports.
_DATELINE = re.compile(r"^\W*[A-Z][A-Z'’.-]+\b[^()]{0,50}\(([^()]{2,40})\)\s*[-–—:]")


def publisher_named(document: Document, table: SourceTable) -> Source | None:
    """The publisher as the document itself names it: a head that is an outlet's name, else the dateline's agency."""
    blocks = document.blocks[:_BLOCKS]
    for block in blocks:
        if block.form in _HEAD and (found := _of_name(block.span.of(document.text), table)) is not None:
            return found
    return next(_of_datelines([block.span.of(document.text)[:_OPENING] for block in blocks], table), None)


def _of_name(line: str, table: SourceTable) -> Source | None:
    """The source that a whole line names, a date after it aside ("The Courier, 11 December 2016")."""
    name = line.partition(",")[0].strip()
    found = table.lookup(name) if 0 < len(name) <= _OPENING else None
    if found is None or found.kind not in _PUBLISH:
        return None
    return found if fold(name) in {fold(own) for own in (found.name, *found.aliases)} else None


def _of_datelines(openings: list[str], table: SourceTable) -> Iterator[Source]:
    for opening in openings:
        match = _DATELINE.match(opening)
        if match is not None:
            known = table.lookup(match[1])
            if known is not None and known.kind in _PUBLISH:
                yield known
