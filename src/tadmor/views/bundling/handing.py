"""What of a case goes into a bundle, row by row: documents with their claims, and all that these name."""

import json
from collections.abc import Callable, Collection, Iterator

import msgspec

from tadmor.datamodel.captures import Outcome
from tadmor.datamodel.history import Review
from tadmor.ledger import Ledger
from tadmor.ledger.evidence import DocumentRows, PlainRow
from tadmor.views.exports import Row

#: Kinds of file that open by a double click -> how their names end.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/warc": ".warc",
    "message/rfc822": ".eml",
}


class Handed:
    """What goes along, by id: it grows with each document, and then tells which rows and revisions belong to it."""

    def __init__(self, claims: Collection[str] | None, findings: Collection[str]) -> None:
        self.whole = claims is None
        self.documents: dict[str, str] = {}  # by id: the original
        self.captured: set[str] = set()  # originals that came with captures: archives, other versions of pages
        self._pages: set[str] = set()
        self._originals: set[str | None] = set()  # those of which the captures tell
        self._names: set[str] = set()
        self._runs: set[str] = set()
        self._keys: set[str] = set()
        self._ids: set[str] = {*(claims or ()), *findings}
        self._written: set[tuple[str, str, str]] = set()

    def take(self, one: DocumentRows) -> None:
        """A document goes along, and so does what it names."""
        self.documents[one.document.id] = one.document.original
        if self.whole:
            return
        self._names.add(one.document.name)
        self._runs |= one.runs
        self._keys |= one.keys
        self._ids |= one.ids | {claim.id for claim in one.claims}

    def take_captures(self, ledger: Ledger) -> None:
        """The documents are all there: their pages' captures go along, with what was said before and since.

        Of what tadmor fetched itself, archives and versions go along as files where they say something new.
        """
        originals = set(self.documents.values())
        captures = ledger.captures()
        self._pages = {one.page for one in captures if one.page and originals & {one.original, one.stands}}
        for one in captures:
            new = self.whole or (bool(one.tool) and one.outcome in {Outcome.READ, Outcome.WITHDRAWN})
            if new and (self.whole or one.page in self._pages):
                self.captured |= {one.archive, *([one.original] if one.original is not None else [])}

    def rows(self, what: str, ledger: Ledger) -> Iterator[Row]:
        """The plain rows of one sort that go along; captures before the originals, those before runs that read them."""
        belongs = self._belongs(what, ledger)
        for one in ledger.evidence.plain(what):
            if self.whole or belongs(one):
                if what in {"original", "capture"}:
                    self._runs.add(one.row["run"])
                if what == "capture":
                    self._originals |= {one.row["archive"], one.row["original"]}
                if not self.whole:
                    self._written.add((what, one.subject, one.content))
                yield readable(one.row)

    def tells(self, revision: Row) -> bool:
        """Is a revision of what goes along?"""
        what, subject = revision["what"], revision["subject"]
        if what in {"document", "claims", "groundings"}:
            return subject in self.documents
        if what == "redaction":
            return True
        content = revision.get("redacted", revision)["content"]
        return self.whole or (what, subject, content) in self._written

    def _belongs(self, what: str, ledger: Ledger) -> Callable[[PlainRow], bool]:
        originals = {*self.documents.values(), *self._originals}
        match what:
            case "capture":
                return lambda one: one.row["page"] in self._pages or one.row["original"] in originals
            case "run":
                return lambda one: one.subject in self._runs
            case "original":
                return lambda one: one.subject in originals
            case "entity":
                return lambda one: one.subject.partition(" ")[2] in self._keys
            case "copy":
                return lambda one: {one.row["earlier"], one.row["later"]} <= self.documents.keys()
            case "checkpoint" | "token":
                return lambda _: True
            case "issue":
                return lambda one: one.subject.rpartition("/")[2] in self._names
            case _:
                return self._reviewed(ledger)

    def _reviewed(self, ledger: Ledger) -> Callable[[PlainRow], bool]:
        """Decisions on anything that goes along: by their subject, or by an id in what they say."""
        subjects = {one.subject for one in ledger.reviews() if self._ids.intersection(_named(one))}
        return lambda one: one.subject in subjects


def _named(review: Review) -> set[str]:
    return {review.subject, *(word for value in review.value.values() for word in value.split())}


def readable(row: Row) -> Row:
    """A row as JSON can tell it: what is coded is JSON already."""
    return {name: value.decode() if isinstance(value, bytes) else value for name, value in row.items()}


def original_member(sha256: str, media_type: str) -> str:
    """Where an original stands."""
    return f"originals/{sha256}{_ENDINGS.get(media_type, '.bin')}"


def document_member(one: DocumentRows) -> bytes:
    """A document's row, and its claims with how each run understood them, as they were written."""
    claims = [
        {"id": each.id, "run": each.run, "claim": each.claim.decode(), "grounding": each.grounding.decode()}
        for each in one.claims
    ]
    return json_bytes({"row": readable(one.row), "claims": claims})


def text_bytes(text: str) -> bytes:
    """A text as a member; also one that no encoding has (half of a surrogate pair)."""
    return text.encode("utf-8", "surrogatepass")


def json_bytes(value: object) -> bytes:
    """A value as a member: one that a person can read, and one way only."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, sort_keys=True, indent=1).encode() + b"\n"


def json_line(value: object) -> bytes:
    """A value as one line."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, sort_keys=True).encode() + b"\n"
