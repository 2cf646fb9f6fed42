"""A whole case at a glance, as values."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.issues import Issue
from tadmor.views.brief import ToldSpell, told_spell
from tadmor.views.disagreeing import Disagreement, disagreement
from tadmor.views.exports import Names
from tadmor.views.words import when


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A document: where it is from and how it is dated."""

    file: str
    title: str | None
    outlet: str | None
    published: str
    basis: str
    reasons: tuple[str, ...]
    claims: int
    copies: tuple[str, ...]


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place with how much is told of it, and who holds it now."""

    id: str
    name: str
    level: str
    claims: int
    now: ToldSpell | None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A case at a glance."""

    as_of: date | None
    documents: tuple[Told, ...]
    kinds: dict[str, int]
    places: tuple[Spot, ...]
    spells: int
    incidents: int
    tolls: int
    contradictions: tuple[Disagreement, ...]
    sources: int
    issues: tuple[Issue, ...]


def overview_of(
    record: Record,
    claims: Iterable[GroundedClaim],
    documents: Iterable[Document],
    copies: Sequence[Copy],
    issues: tuple[Issue, ...],
) -> Overview:
    """The case at a glance."""
    known = [claim for claim in claims if record.as_of is None or claim.known_by(record.as_of)]
    names = Names(known)
    return Overview(
        as_of=record.as_of,
        documents=_documents(documents, copies, Counter(claim.claim.document for claim in known)),
        kinds=dict(sorted(Counter(claim.kind for claim in known).items())),
        places=_places(record, known, names),
        spells=len(record.spells),
        incidents=len(record.incidents),
        tolls=len(record.tolls),
        contradictions=tuple(disagreement(one, names) for one in record.contradictions),
        sources=len({claim.origin.id for claim in known}),
        issues=issues,
    )


def _places(record: Record, claims: Sequence[GroundedClaim], names: Names) -> tuple[Spot, ...]:
    counts = Counter(claim.place.id for claim in claims if claim.place is not None)
    now = {spell.place: spell for spell in record.spells if spell.end is None}
    return tuple(
        Spot(
            id=key,
            name=names.places[key].name,
            level=names.places[key].level.value,
            claims=count,
            now=told_spell(now[key], names) if key in now else None,
        )
        for key, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    )


def _documents(documents: Iterable[Document], copies: Sequence[Copy], claims: Counter[str]) -> tuple[Told, ...]:
    every = {one.id: one for one in documents}
    found = [
        Told(
            file=one.name,
            title=one.title,
            outlet=one.outlet,
            published=when(one.published),
            basis=one.published.basis.value if one.published is not None else "none",
            reasons=one.published.reasons if one.published is not None else (),
            claims=claims[one.id],
            copies=tuple(
                f"{copy.kind.value} of {every[copy.earlier].name}, {copy.share:.0%}"
                for copy in copies
                if copy.later == one.id and copy.earlier in every
            ),
        )
        for one in every.values()
    ]
    return tuple(sorted(found, key=lambda told: (told.published == "undated", told.published, told.file)))
