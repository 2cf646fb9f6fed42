"""As obtained: the bytes, the readable text in them, and how one leads back to the other."""

from enum import StrEnum

import msgspec

from tadmor.datamodel.keys import digest
from tadmor.datamodel.spans import OffsetMap, Span
from tadmor.datamodel.times import When


class Original(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bytes as obtained, identified by their SHA-256 (64 hex characters)."""

    sha256: str
    name: str  # file name as given
    media_type: str  # text/plain, text/html, application/pdf
    size: int  # bytes


class Form(StrEnum):
    """What a stretch of a document is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CAPTION = "caption"
    DATELINE = "dateline"
    COMMENT = "comment"  # the blogger's own words after a quoted wire
    BIOGRAPHY = "biography"


class Block(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paragraph-like stretch of the cleaned text, `[start, end)` in code points."""

    start: int
    end: int
    form: Form = Form.BODY

    @property
    def span(self) -> Span:
        """Its stretch."""
        return Span(self.start, self.end)


class Repeat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paragraph of the raw text that was dropped because it stands elsewhere: where, and where its first copy is."""

    start: int  # in the raw text
    end: int
    first_start: int  # in the cleaned text
    first_end: int


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One readable text in an original.

    `raw` is the text that quotes are checked against: the decoded file for plain text, the extracted text for HTML and
    PDF. `text` is cleaned; `offsets` leads from `text` back to `raw`. Several documents may share one raw text (two
    articles run together). `published` is an interval with its reasons, `None` only where nothing can be told.
    """

    original: str  # SHA-256 of the bytes
    name: str  # file name as given
    index: int  # position among the documents of the original, from 0
    raw: str
    text: str
    offsets: OffsetMap
    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None  # as printed or given with --source
    author: str | None = None
    published: When | None = None
    language: str = "en"  # BCP 47
    repeats: tuple[Repeat, ...] = ()

    @property
    def id(self) -> str:
        """Digest of the original's bytes and the position in it."""
        return digest("document", self.original, self.index)

    def raw_span(self, span: Span) -> Span:
        """A stretch of the cleaned text, in the raw text."""
        return self.offsets.span(span)


class CopyKind(StrEnum):
    """How two documents share words."""

    SAME = "same"  # the same text
    REWRITE = "rewrite"  # most sentences shared or lightly changed
    QUOTES = "quotes"  # one holds a passage of the other


class Copy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two documents that share words: `earlier` and `later` are document ids (by publication, else by order read)."""

    earlier: str
    later: str
    kind: CopyKind
    share: float  # of the shorter text's shingles that stand in the other, 0..1
