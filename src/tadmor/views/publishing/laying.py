"""The published record laid out as an atlas, of which pages and files are made; it lies beside them until they are."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tadmor.datamodel.claims import KINDS
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import When
from tadmor.ledger.atlas import AtlasWriter, ClaimEntry, DocumentEntry
from tadmor.views.exports import Row, said_row
from tadmor.views.laying.claims import names_of, tags_of
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.known import Known
from tadmor.views.laying.laying import write_known
from tadmor.views.publishing.composing import Composed, PublishedDocument
from tadmor.views.words import gist, speaker


def lay_published(found: Composed, path: Path) -> Known:
    """Lay a published record out as an atlas at a path."""
    known = Known(found.record, found.claims, (), ())
    with AtlasWriter(path) as writer:
        writer.claims(_claims(found, known))
        writer.documents(_documents(found))
        write_known(writer, known)
        writer.sheet("case", encoded(_case(found, known)))
    return known


def _claims(found: Composed, known: Known) -> Iterator[ClaimEntry]:
    documents = {one.id: one for one in found.documents}
    for claim in known.claims:
        said = claim.claim
        document = documents.get(found.of_document.get(claim.id, ""))
        counted = claim.id in known.counted
        yield ClaimEntry(
            id=claim.id,
            document=document.id if document is not None else "",
            kind=claim.kind,
            modality=said.modality.value,
            polarity=said.polarity.value,
            score=said.score,
            counted=counted,
            earliest=claim.when.earliest.isoformat() if claim.when is not None else None,
            latest=claim.when.latest.isoformat() if claim.when is not None else None,
            published=None,
            tags=tuple(tags_of(claim)),
            words=f"{said.quote}\n{' '.join(names_of(claim))}",
            value=encoded(_row(claim, document, found, counted=counted)),
        )


def _row(claim: GroundedClaim, document: PublishedDocument | None, found: Composed, *, counted: bool) -> Row:
    """A claim as published: what it says, its words where they leave, and no offsets."""
    quote = claim.claim.quote
    words = "withheld" if claim.id in found.wordless else "shortened" if _is_shortened(quote) else "whole"
    told = said_row(claim)
    told["attribution"] = [{"name": one.name, "id": one.id} for one in claim.voices]
    return {
        "id": claim.id,
        **told,
        "quote": quote,
        "text_quote": None,
        "words": words,
        "coarsened": claim.id in found.placeless,
        "gist": gist(claim),
        "speaker": speaker(claim),
        "published": _days(claim.published) if claim.id not in found.placeless else None,
        "document": _named(document) if document is not None else None,
        "counted": counted,
    }


def _is_shortened(quote: str) -> bool:
    return "[…]" in quote or "[name withheld]" in quote


def _named(document: PublishedDocument) -> Row:
    return {"id": document.id, "name": _name(document), "title": document.title}


def _name(document: PublishedDocument) -> str:
    """What a document is called whose title or file name does not leave."""
    return document.title or f"{document.outlet or 'document'}, untitled"


def _days(when: When | None) -> Row | None:
    return {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat()} if when is not None else None


def _documents(found: Composed) -> Iterator[DocumentEntry]:
    copies: dict[str, list[Row]] = {}
    names = {one.id: _name(one) for one in found.documents}
    for one in found.copies:
        for own, other, way in ((one.later, one.earlier, "of"), (one.earlier, one.later, "by")):
            row = {"id": other, "name": names[other], "kind": one.kind.value, "share": round(one.share, 6), "way": way}
            copies.setdefault(own, []).append(row)
    for document in found.documents:
        yield DocumentEntry(
            id=document.id,
            name=_name(document),
            title=document.title,
            published=document.published[0].isoformat() if document.published is not None else None,
            claims=document.claims,
            text=document.title or "",
            value=encoded(_document(document, copies)),
        )


def _document(document: PublishedDocument, copies: Mapping[str, list[Row]]) -> Row:
    days = document.published
    return {
        "id": document.id,
        "name": _name(document),
        "title": document.title,
        "outlet": document.outlet,
        "language": document.language,
        "published": {"earliest": days[0].isoformat(), "latest": days[1].isoformat()} if days is not None else None,
        "dated_by": {"basis": document.basis} if document.basis is not None else None,
        "original": document.original,
        "claims": document.claims,
        "copies": copies.get(document.id, []),
    }


def _case(found: Composed, known: Known) -> Row:
    """The published record at a glance; it counts what leaves, and nothing else."""
    record, days = known.record, [one.published for one in found.documents if one.published is not None]
    return {
        "name": found.title,
        "as_of": record.as_of.isoformat() if record.as_of is not None else None,
        "concluding": False,
        "claims": len(known.claims),
        "documents": len(found.documents),
        "places": len(known.places),
        "sources": len(known.sources),
        "spells": len(record.spells),
        "incidents": sum(one.type is not None for one in record.incidents),
        "tolls": len(record.tolls),
        "contradictions": len(record.contradictions),
        "counted": len(known.counted),
        "first_published": min((first.isoformat() for first, _ in days), default=None),
        "last_published": max((last.isoformat() for _, last in days), default=None),
        "undated_documents": len(found.documents) - len(days),
        "kinds": {kind: count for kind in KINDS if (count := sum(one.kind == kind for one in known.claims))},
    }
