"""What stands in each row, worked out from a value alone: writing inserts it, verifying compares with it."""

from collections.abc import Iterator, Sequence
from typing import Any

from tadmor.datamodel.captures import Capture
from tadmor.datamodel.claims import PLACE_ROLES, claim_id, kind_of, mentions
from tadmor.datamodel.documents import Copy, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review, RunInfo
from tadmor.datamodel.issues import Issue
from tadmor.dictionaries.names import fold
from tadmor.ledger.chain import content_digest
from tadmor.ledger.encoding import Entity, encode, slim, snapshot_digest, text_digest, type_of, understanding_of

Row = dict[str, Any]

#: Before the words of a place that nothing is known by.
SAID = "said:"


def run_row(run: RunInfo) -> Row:
    """A reading of files."""
    return {"id": run.id, "started": run.started.isoformat(), "value": encode(run)}


def original_row(run: str, original: Original) -> Row:
    """The bytes as obtained, in words."""
    return {
        "sha256": original.sha256,
        "run": run,
        "name": original.name,
        "media_type": original.media_type,
        "size": original.size,
    }


def document_row(document: Document) -> Row:
    """A document, its cleaned text in a column of its own, its raw text elsewhere."""
    published = document.published
    return {
        "id": document.id,
        "original": document.original,
        "position": document.index,
        "published_from": published.earliest.isoformat() if published else None,
        "published_to": published.latest.isoformat() if published else None,
        "text": document.text,
        "value": slim(document),
    }


def claim_row(run: str, claim: GroundedClaim) -> Row:
    """A claim as said."""
    said = claim.claim
    return {
        "id": claim_id(said),
        "document": said.document,
        "run": run,
        "kind": kind_of(said),
        "modality": said.modality.value,
        "polarity": said.polarity.value,
        "start": said.start,
        "end": said.end,
        "score": said.score,
        "quote": said.quote,
        "value": encode(said),
    }


def grounding_row(run: str, claim: GroundedClaim) -> Row:
    """A claim as understood by a run."""
    return {
        "claim": claim_id(claim.claim),
        "run": run,
        "earliest": claim.when.earliest.isoformat() if claim.when else None,
        "latest": claim.when.latest.isoformat() if claim.when else None,
        "value": encode(understanding_of(claim)),
    }


def naming_rows(grounding: int, claim: GroundedClaim) -> list[Row]:
    """By what a grounding is found: whatever it names, and the words for places that it could not make out."""
    found = {(type_of(value), role, value.id) for role, value in named(claim)}
    found |= {("place", role, SAID + fold(words)) for role, words in _unresolved(claim)}
    return [
        {"grounding": grounding, "type": kind, "role": role, "entity": entity} for kind, role, entity in sorted(found)
    ]


def named(claim: GroundedClaim) -> Iterator[tuple[str, Entity]]:
    """Every place, actor and source of a grounding with its role; a source's is its position in the chain."""
    yield from claim.places.items()
    yield from ((role, actor) for role, actors in claim.actors.items() for actor in actors)
    yield from ((str(position), source) for position, source in enumerate(claim.voices))


def _unresolved(claim: GroundedClaim) -> Iterator[tuple[str, str]]:
    for role in PLACE_ROLES[kind_of(claim.claim)]:
        if role not in claim.places:
            yield from ((role, mention.expression) for mention in mentions(claim.claim, role))


def entity_row(value: Entity) -> Row:
    """A snapshot of a place, actor or source."""
    coded = encode(value)
    return {
        "type": type_of(value),
        "id": value.id,
        "digest": snapshot_digest(coded),
        "name": fold(value.name),
        "value": coded,
    }


def entity_subject(row: Row) -> str:
    """What the history calls a snapshot: `type id@digest`."""
    return f"{row['type']} {row['id']}@{row['digest']}"


def shingles_row(document: str, shingles: bytes) -> Row:
    """What a document is compared by."""
    return {"document": document, "value": shingles}


def name_rows(value: Entity) -> list[Row]:
    """All names that it goes by, folded."""
    found = {fold(name) for name in (value.name, *value.aliases)} - {""}
    return [{"type": type_of(value), "name": name, "entity": value.id} for name in sorted(found)]


def copy_row(copy: Copy) -> Row:
    """A pair of documents."""
    return {"earlier": copy.earlier, "later": copy.later, "kind": copy.kind.value, "share": copy.share}


def issue_row(run: str, issue: Issue) -> Row:
    """A problem in the input."""
    return {"run": run, "value": encode(issue)}


def review_row(review: Review) -> Row:
    """A person's decision."""
    return {"subject": review.subject, "made": review.made.isoformat(), "value": encode(review)}


def capture_row(run: str, capture: Capture) -> Row:
    """How an original came into the case."""
    return {
        "run": run,
        "page": capture.page,
        "made": capture.made.isoformat(),
        "archive": capture.archive,
        "position": capture.position,
        "original": capture.original,
        "value": encode(capture),
    }


def capture_subject(row: Row) -> str:
    """What the history calls a capture: its archive and the place in it."""
    return f"{row['archive']} {row['position']}"


# What the audit chain says of each: digests over all that was written.


def plain_content(row: Row) -> str:
    """Of a row whose values stand for themselves."""
    return content_digest(*plain_parts(row))


def plain_parts(row: Row) -> tuple[bytes, ...]:
    """What that digest is of: the row's values in the order of their names."""
    return tuple(_part(row[name]) for name in sorted(row))


def document_content(row: Row, raw: str) -> str:
    """Of a document's row, with the raw text that it leads back to."""
    return plain_content({**row, "text": text_digest(row["text"]), "raw": text_digest(raw)})


def claims_content(run: str, claims: Sequence[tuple[bytes, bytes]]) -> str:
    """Of a document's claims and how a run understood them, in order."""
    return content_digest(run.encode(), *(part for pair in claims for part in pair))


def _part(value: str | bytes | float | None) -> bytes:
    if isinstance(value, bytes):
        return value
    return b"-" if value is None else b"=" + str(value).encode("utf-8", "surrogatepass")
