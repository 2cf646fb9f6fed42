"""Which claims a question is about."""

from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Select, and_, or_, select, text

from tadmor.dictionaries.names import fold
from tadmor.ledger.store import matching_claims
from tadmor.ledger.tables import claims, documents, entities, groundings, namings


class ClaimFilter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All conditions given must hold. Names match an id, or a name whatever its accents and articles."""

    place: str | None = None
    kind: str | None = None
    actor: str | None = None
    source: str | None = None
    first: date | None = None  # claims about days from here
    last: date | None = None  # to here, inclusive
    words: str | None = None
    document: str | None = None
    modality: str | None = None
    as_of: date | None = None  # said by the end of that day


def conditions(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """The filter as conditions on the claim, grounding and document tables."""
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (claims.c.kind, wanted.kind),
        (claims.c.document, wanted.document),
        (claims.c.modality, wanted.modality),
    ):
        if value is not None:
            found.append(column == value)
    for kind, name in (("place", wanted.place), ("actor", wanted.actor), ("source", wanted.source)):
        if name is not None:
            found.append(groundings.c.number.in_(_named(kind, name)))
    if wanted.first is not None:
        found.append(groundings.c.latest >= wanted.first.isoformat())
    if wanted.last is not None:
        found.append(groundings.c.earliest <= wanted.last.isoformat())
    if wanted.as_of is not None:
        found.append(or_(documents.c.published_from.is_(None), documents.c.published_from <= wanted.as_of.isoformat()))
    if wanted.words:
        condition, parameters = matching_claims(wanted.words)
        found.append(text(condition).bindparams(**parameters))  # type: ignore[arg-type]
    return found


def _named(kind: str, name: str) -> Select[tuple[int]]:
    """Groundings that name an entity by its id or folded name."""
    known = select(entities.c.id).where(and_(entities.c.type == kind, entities.c.name == fold(name)))
    return select(namings.c.grounding).where(
        and_(namings.c.type == kind, or_(namings.c.entity == name, namings.c.entity.in_(known)))
    )
