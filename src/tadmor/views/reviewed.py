"""Claims that a person accepted or corrected, in the format of marked texts, to train and to measure with.

The fields are those of the marks in `training/marks`: names as printed in the text, whom the text cites, where the
words stand. What a person corrected is told as corrected. A rejected claim is no mark, and what no person looked at is
none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tadmor.datamodel.claims import (
    ControlClaim,
    EventClaim,
    Mention,
    MovementClaim,
    PresenceClaim,
    TollClaim,
    from_table,
    mentions,
)
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, standing
from tadmor.datamodel.quantities import Quantity
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.exports import Row

_COUNTED = (Decision.ACCEPT, Decision.CORRECT)


def reviewed(ledger: Ledger, as_of: date | None = None) -> Iterator[Row]:
    """Marks of a case, in the order of its documents' names and of the words in them.

    Rows of tables are left out: no reader learns from them.
    """
    decided = {key: one.value for key, one in standing(ledger.reviews()).items() if one.decision in _COUNTED}
    by_document = defaultdict[str, list[GroundedClaim]](list)
    for key in decided:
        claim = _claim(ledger, key)
        if claim is not None and not from_table(claim.claim) and (as_of is None or claim.known_by(as_of)):
            by_document[claim.claim.document].append(claim)
    found = []
    for identity, claims in by_document.items():
        document = ledger.document(identity)
        found += [mark(claim, document, decided[claim.id]) for claim in claims]
    found.sort(key=lambda row: (row["doc"], row["start"], row["end"], row["kind"]))
    yield from found


def _claim(ledger: Ledger, identity: str) -> GroundedClaim | None:
    """The claim that a decision is on; a link is none."""
    try:
        return ledger.claim(identity)
    except UsageError:
        return None


def mark(claim: GroundedClaim, document: Document, corrected: Mapping[str, str]) -> Row:
    """A claim as a mark; `corrected` are the roles that a person put right, whose names the text may not print."""
    said = claim.claim
    span = document.raw_span(said.span)
    words = document.raw[span.start : span.end]
    row = {
        "doc": document.name,
        "kind": claim.kind,
        "text": words,
        "occurrence": _occurrence(document.raw, words, span.start),
        "start": span.start,
        "end": span.end,
        "place": _place(claim, "place", corrected),
        "when": _when(claim),
        **_own(claim, corrected),
        "count": _count(said.count),
        "modality": said.modality.value,
        "polarity": said.polarity.value,
        "by_source": [voice.name for voice in said.attribution],
    }
    return {key: value for key, value in row.items() if value is not None}


def _occurrence(text: str, words: str, start: int) -> int:
    """Which occurrence of the words stands there, counting from 1; occurrences may overlap."""
    at, number = -1, 0
    while at < start:
        at = text.find(words, at + 1)
        number += 1
    return number


def _own(claim: GroundedClaim, corrected: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the claim's kind."""

    def one(role: str) -> str | None:
        return next(iter(_actors(claim, role, corrected)), None)

    match claim.claim:
        case ControlClaim() as said:
            return {
                "holder": one("holder"),
                "from": one("loser"),
                "change": said.change.value,
                "degree": said.degree.value,
            }
        case EventClaim() as said:
            return {
                "type": said.type.value,
                "actors": _actors(claim, "actors", corrected),
                "targets": _actors(claim, "targets", corrected),
            }
        case PresenceClaim() as said:
            return {"actor": one("actor"), "what": _printed(said.what)}
        case MovementClaim() as said:
            return {
                "actor": one("actor"),
                "what": _printed(said.what),
                "from": _place(claim, "origin", corrected),
                "to": _place(claim, "destination", corrected),
            }
        case TollClaim() as said:
            return {"harm": said.harm.value, "group": one("group"), "status": said.status.value, "by": one("by")}


def _actors(claim: GroundedClaim, role: str, corrected: Mapping[str, str]) -> list[str]:
    """The actors of a role, as printed; as a person named them where that was corrected."""
    if role in corrected:
        return [actor.name for actor in claim.actors.get(role, ())]
    return [one.expression for one in mentions(claim.claim, role)]


def _place(claim: GroundedClaim, role: str, corrected: Mapping[str, str]) -> Row | None:
    """The place of a role as printed, with its usual name and where it is."""
    said, place = mentions(claim.claim, role), claim.places.get(role)
    printed = said[0].expression if said and role not in corrected else None
    if place is None:
        return {"name": printed} if printed is not None else None
    name = printed or place.name
    also = {"also": [place.name]} if place.name != name else {}
    point = {"lat": place.lat, "lon": place.lon} if place.lat is not None and place.lon is not None else {}
    return {"name": name, **also, "level": place.level.value, **point}


def _printed(mention: Mention | None) -> str | None:
    return mention.expression if mention is not None else None


def _when(claim: GroundedClaim) -> Row | None:
    when = claim.when
    return {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat()} if when is not None else None


def _count(count: Quantity | None) -> Row | None:
    return {"low": count.low, "high": count.high, "expr": count.expression} if count is not None else None
