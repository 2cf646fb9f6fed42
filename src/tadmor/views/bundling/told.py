"""What a report tells beside findings: the documents and where claims stand in them, decisions, the history's end."""

from typing import NamedTuple

import msgspec

from tadmor.datamodel.checkpoints import SignedCheckpoint, Token
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review
from tadmor.datamodel.spans import Span
from tadmor.views.words import one_line, when

#: Characters around words by which a reader sees what "they" and "it" are.
_AROUND = 140


class Stands(NamedTuple):
    """Where a claim's words stand in the raw text; the words themselves where cleaning changed them; what is around."""

    start: int
    end: int
    words: str | None
    before: str
    after: str


class ToldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document in words, and the member that is its original."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str
    language: str
    original: str
    member: str
    size: int

    @classmethod
    def of(cls, document: Document, member: str, size: int) -> "ToldDocument":
        """Of a document whose original is that member, of so many bytes."""
        return cls(
            id=document.id,
            name=document.name,
            title=document.title,
            outlet=document.outlet,
            author=document.author,
            published=when(document.published),
            language=document.language,
            original=document.original,
            member=member,
            size=size,
        )


class Told(msgspec.Struct, kw_only=True):
    """All of it, as it is gathered; `files` names members in words."""

    case: str
    size: int
    root: str
    head: str
    made: str
    documents: dict[str, ToldDocument] = {}
    claims: dict[str, GroundedClaim] = {}
    stands: dict[str, Stands] = {}
    reviews: dict[str, list[Review]] = {}
    files: dict[str, str] = {}
    signed: tuple[SignedCheckpoint, ...] = ()
    tokens: tuple[Token, ...] = ()

    def add(self, document: Document, claims: list[GroundedClaim], told: ToldDocument) -> None:
        """A document that goes along, with its claims."""
        self.documents[document.id] = told
        self.files[told.member] = document.name
        for claim in claims:
            span = document.raw_span(claim.claim.span)
            words = span.of(document.raw)
            self.claims[claim.id] = claim
            same = one_line(words) == one_line(claim.claim.quote)
            around = _around(document.text, claim.claim.span)
            self.stands[claim.id] = Stands(span.start, span.end, None if same else words, *around)


def _around(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after words in their paragraph, cut at a word."""
    before = text[max(span.start - _AROUND, 0) : span.start].rpartition("\n\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n\n")[0]
    if len(before) == _AROUND:
        before = "… " + before.partition(" ")[2]
    if len(after) == _AROUND:
        after = after.rpartition(" ")[0] + " …"
    return _spaced(before), _spaced(after)


def _spaced(text: str) -> str:
    """In one line, with a space at either end where there is one."""
    inner = one_line(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * text[-1:].isspace()}" if inner else " " * bool(text)
