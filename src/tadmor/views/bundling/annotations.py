"""Claims as annotations of their texts: W3C Web Annotation, by position and by quote, in both texts of a document.

https://www.w3.org/TR/annotation-model/: positions count code points, `end` is the first behind.
"""

import json
from collections.abc import Iterable
from typing import Any

from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.spans import Span
from tadmor.views.exports import Row, claim_row

#: Characters before and after a quote by which it is found again where its text moved.
_NEAR = 32


def text_member(document: str) -> str:
    """Where a document's cleaned text stands."""
    return f"documents/{document}.txt"


def raw_member(original: str) -> str:
    """Where the raw text of an original stands."""
    return f"texts/{original}.txt"


def annotations_of(document: Document, claims: Iterable[GroundedClaim]) -> Row:
    """All claims of one document, as an annotation page."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:tadmor:document:{document.id}",
        "type": "AnnotationPage",
        "items": [_annotation(document, claim) for claim in claims],
    }


def _annotation(document: Document, claim: GroundedClaim) -> Row:
    said = claim.claim.span
    body = {
        "type": "TextualBody",
        "format": "application/json",
        "purpose": "describing",
        "value": json.dumps(claim_row(claim, document), ensure_ascii=False, sort_keys=True),
    }
    return {
        "id": f"urn:tadmor:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": [
            _target(f"../{text_member(document.id)}", document.text, said),
            _target(f"../{raw_member(document.original)}", document.raw, document.raw_span(said)),
        ],
    }


def _target(source: str, text: str, span: Span) -> dict[str, Any]:
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(span.start - _NEAR, 0) : span.start],
        "suffix": text[span.end : span.end + _NEAR],
    }
    return {"source": source, "selector": [place, quote]}
