"""Which claims a question is about."""

from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from tadmor.dictionaries.names import fold
from tadmor.ledger.rows import SAID
from tadmor.ledger.store import matching_claims
from tadmor.ledger.tables import claims, documents, groundings, names, namings

#: One value, or several of which one must hold.
Wanted = str | tuple[str, ...] | None


class ClaimFilter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All conditions given must hold; of several values in one condition, one.

    Places, actors and sources are asked for by id, or by any of their names whatever its accents and articles; a place
    that could not be made out is found by the words of the text. Days are inclusive; a claim without a time is about no
    day. `words` must all stand in the quote.
    """

    place: Wanted = None
    kind: Wanted = None
    actor: Wanted = None
    source: Wanted = None
    first: date | None = None  # claims about days from here
    last: date | None = None  # to here, inclusive
    words: str | None = None
    document: Wanted = None
    modality: Wanted = None
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
            found.append(column.in_(_several(value)))
    for kind, value in (("place", wanted.place), ("actor", wanted.actor), ("source", wanted.source)):
        if value is not None:
            found.append(groundings.c.number.in_(_naming(kind, _several(value))))
    if wanted.first is not None:
        found.append(groundings.c.latest >= wanted.first.isoformat())
    if wanted.last is not None:
        found.append(groundings.c.earliest <= wanted.last.isoformat())
    if wanted.as_of is not None:
        found.append(or_(documents.c.published_from.is_(None), documents.c.published_from <= wanted.as_of.isoformat()))
    if wanted.words is not None:
        found.append(matching_claims(wanted.words))
    return found


def ids_asked(connection: Connection, kind: str, asked: Wanted) -> set[str]:
    """What is asked for by id or name: the words themselves, and the ids of what bears them as a name."""
    words = _several(asked or ())
    folded = {fold(name) for name in words} - {""}
    known = select(names.c.entity).where(and_(names.c.type == kind, names.c.name.in_(folded)))
    return {*words, *connection.execute(known).scalars()}


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _naming(kind: str, asked: tuple[str, ...]) -> Select[tuple[int]]:
    """Groundings that name something by its id, by a name, or by the words of the text."""
    folded = {fold(name) for name in asked} - {""}
    known = select(names.c.entity).where(and_(names.c.type == kind, names.c.name.in_(folded)))
    direct = {*asked, *(SAID + name for name in folded)}
    return select(namings.c.grounding).where(
        and_(namings.c.type == kind, or_(namings.c.entity.in_(direct), namings.c.entity.in_(known)))
    )
