"""Entries of claims and of the documents that they stand in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import When
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import ClaimEntry, DocumentEntry
from tadmor.views.exports import Row, claim_row
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.known import Known
from tadmor.views.words import gist, speaker


def claim_entries(known: Known, ledger: Ledger) -> Iterator[ClaimEntry]:
    """Claims by the day that they speak of."""
    rows = _rows(known, ledger)
    for claim in known.claims:
        yield _claim(claim, rows[claim.id], counted=claim.id in known.counted)


def _rows(known: Known, ledger: Ledger) -> Mapping[str, bytes]:
    """The answer for each claim, made document by document: a document's raw text is read once."""
    found: dict[str, bytes] = {}
    for identity, claims in known.by_document.items():
        document = ledger.document(identity)
        for claim in claims:
            found[claim.id] = encoded(_row(claim, document, counted=claim.id in known.counted))
    return found


def _row(claim: GroundedClaim, document: Document, *, counted: bool) -> Row:
    return claim_row(claim, document) | {
        "gist": gist(claim),
        "speaker": speaker(claim),
        "published": _days(claim.published),
        "document": {"id": document.id, "name": document.name, "title": document.title},
        "counted": counted,
        "text_span": [claim.claim.start, claim.claim.end],
    }


def _days(when: When | None) -> Row | None:
    return {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat()} if when is not None else None


def _claim(claim: GroundedClaim, value: bytes, *, counted: bool) -> ClaimEntry:
    said = claim.claim
    return ClaimEntry(
        id=claim.id,
        document=said.document,
        kind=claim.kind,
        modality=said.modality.value,
        polarity=said.polarity.value,
        score=said.score,
        counted=counted,
        earliest=claim.when.earliest.isoformat() if claim.when is not None else None,
        latest=claim.when.latest.isoformat() if claim.when is not None else None,
        published=claim.published.latest.isoformat() if claim.published is not None else None,
        tags=tuple(tags_of(claim)),
        words=f"{said.quote}\n{' '.join(names_of(claim))}",
        value=value,
    )


def tags_of(claim: GroundedClaim) -> Iterator[tuple[str, str]]:
    """What a claim is asked by: its places, actors, sources and the sides of whoever speaks."""
    yield from (("place", one.id) for one in claim.places.values())
    yield from (("actor", one.id) for found in claim.actors.values() for one in found)
    yield from (("source", one.id) for one in claim.voices)
    yield from (("side", side) for side in claim.origin.sides)


def names_of(claim: GroundedClaim) -> Iterable[str]:
    """The names that the record calls things by, which the quote may spell otherwise."""
    return dict.fromkeys(
        (
            *(one.name for one in claim.places.values()),
            *(one.name for found in claim.actors.values() for one in found),
            *(one.name for one in claim.voices),
        )
    )


def document_entries(known: Known) -> Iterator[DocumentEntry]:
    """Documents that had come out, with what copies what."""
    copies = defaultdict[str, list[Row]](list)
    for one in known.copies:
        for own, other, way in ((one.later, one.earlier, "of"), (one.earlier, one.later, "by")):
            if own in known.documents and other in known.documents:
                copies[own].append(_copy(one, known.documents[other], way))
    for document in known.documents.values():
        yield _document(document, len(known.by_document.get(document.id, ())), copies[document.id])


def _copy(copy: Copy, other: Document, way: str) -> Row:
    return {"id": other.id, "name": other.name, "kind": copy.kind.value, "share": round(copy.share, 3), "way": way}


def _document(document: Document, claims: int, copies: list[Row]) -> DocumentEntry:
    published = document.published
    row = {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "language": document.language,
        "published": _days(published),
        "dated_by": {"basis": published.basis.value, "reasons": list(published.reasons)} if published else None,
        "original": document.original,
        "claims": claims,
        "copies": copies,
    }
    return DocumentEntry(
        id=document.id,
        name=document.name,
        title=document.title,
        published=published.earliest.isoformat() if published is not None else None,
        claims=claims,
        text=document.text,
        value=encoded(row),
    )
