"""The claims of one document: are they what was written, do they quote its text, are they found by what they name?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, select

from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.spans import Span
from tadmor.ledger import chain, rows, tables
from tadmor.ledger.damage import DAMAGE, as_bytes, told
from tadmor.ledger.encoding import Entities
from tadmor.ledger.queries import entities_in


class Contents:
    """What the history says was written of claims and groundings, and the entities that they name."""

    def __init__(self, written: dict[str, list[str]], entities: Entities) -> None:
        self._written = written
        self.entities = entities

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """From the tables."""
        written = defaultdict(list)
        for subject, content in chain.contents(connection, "claims", "groundings"):
            written[subject].append(content)
        return cls(dict(written), entities_in(connection))

    def written(self, document: str) -> list[str]:
        """The digests written of a document: of its claims as read, of each later grounding and of claims by hand."""
        return self._written.get(document, [])

    def left(self, met: Collection[str]) -> Iterator[Issue]:
        """Documents that the history has claims of and that are not among those met."""
        for document in sorted(self._written.keys() - met):
            message = "the claims of a document that the history tells of are gone"
            yield Issue(where=document, rule="claims-missing", message=message)


class _Stored(NamedTuple):
    """One grounding with its claim, as the rows have them."""

    claim: rows.Row
    grounding: rows.Row

    @property
    def number(self) -> int:
        """The grounding's number."""
        return int(self.grounding["number"])


def claims_of(connection: Connection, document: Document, contents: Contents) -> Iterator[Issue]:
    """Everything that does not hold of a document's claims."""
    written, stored = contents.written(document.id), list(_stored(connection, document.id))
    found = [
        rows.claims_content(run, [(one.claim["value"], one.grounding["value"]) for one in group])
        for run, group in groupby(stored, key=lambda one: str(one.grounding["run"]))
    ]
    if found != written:
        message = f"the claims of document {document.id} are not what was written: digests {_short(found)}"
        yield _issue(document, "claims-changed", f"{message}, were {_short(written)}")
    for identity in sorted(_ids(connection, document.id) - {one.claim["id"] for one in stored}):
        yield _issue(document, "claim-ungrounded", f"claim {identity} has lost its grounding")
    namings = _namings(connection, document.id)
    for one in stored:
        try:
            value = contents.entities.rebuild(one.claim["value"], one.grounding["value"])
        except DAMAGE as error:
            message = f"claim {one.claim['id']} cannot be read ({told(error)})"
            yield _issue(document, "claim-damaged", message)
            continue
        yield from _columns(document, one, value)
        yield from _found_by(document, one, value, namings.get(one.number, set()))
        yield from _quote(document, one.claim["id"], value)


def _columns(document: Document, one: _Stored, value: GroundedClaim) -> Iterator[Issue]:
    """What claims are looked up by, against the value beside it; the values themselves are the chain's matter."""
    for row, expected in (
        (one.claim, rows.claim_row(one.claim["run"], value)),
        (one.grounding, rows.grounding_row(one.grounding["run"], value)),
    ):
        for name in sorted(expected.keys() - {"value"}):
            if row[name] != expected[name]:
                message = f"claim {one.claim['id']}: column {name} has {row[name]!r}, its value says {expected[name]!r}"
                yield _issue(document, "claim-changed", message)


def _found_by(
    document: Document, one: _Stored, value: GroundedClaim, namings: set[tuple[str, str, str]]
) -> Iterator[Issue]:
    wanted = {(row["type"], row["role"], row["entity"]) for row in rows.naming_rows(one.number, value)}
    for kind, role, entity in sorted(wanted ^ namings):
        message = f"claim {one.claim['id']}: what it is found by was changed ({kind} {entity} as {role})"
        yield _issue(document, "namings-changed", message)


def _quote(document: Document, identity: str, value: GroundedClaim) -> Iterator[Issue]:
    claim = value.claim
    if document.text[claim.start : claim.end] != claim.quote:
        message = f"claim {identity} quotes words that do not stand at {claim.start} to {claim.end}"
        yield _issue(document, "quote-unfaithful", f"{message}: {claim.quote[:80]!r}")
    if not _leads_back(document, claim.start, claim.end):
        yield _issue(document, "quote-adrift", f"claim {identity} leads to no words of the original")


def _leads_back(document: Document, start: int, end: int) -> bool:
    try:
        span = document.raw_span(Span(start, end))
    except IndexError:
        return False
    return 0 <= span.start < span.end <= len(document.raw)


def _stored(connection: Connection, document: str) -> Iterator[_Stored]:
    claims, groundings = tables.claims, tables.groundings
    query = (
        select(*claims.c, *groundings.c)
        .join(groundings, groundings.c.claim == claims.c.id)
        .where(claims.c.document == document)
        .order_by(groundings.c.number)
    )
    said, understood = claims.c.keys(), groundings.c.keys()
    for row in connection.execute(query):
        yield _Stored(_part(said, row[: len(said)]), _part(understood, row[len(said) :]))


def _part(names: Sequence[str], values: Sequence[Any]) -> rows.Row:
    """The columns of one of the joined tables."""
    found = dict(zip(names, values, strict=True))
    found["value"] = as_bytes(found["value"])
    return found


def _ids(connection: Connection, document: str) -> set[str]:
    return set(connection.execute(select(tables.claims.c.id).where(tables.claims.c.document == document)).scalars())


def _namings(connection: Connection, document: str) -> dict[int, set[tuple[str, str, str]]]:
    namings, groundings, claims = tables.namings, tables.groundings, tables.claims
    query = (
        select(namings.c.grounding, namings.c.type, namings.c.role, namings.c.entity)
        .join(groundings, groundings.c.number == namings.c.grounding)
        .join(claims, claims.c.id == groundings.c.claim)
        .where(claims.c.document == document)
    )
    found = defaultdict(set)
    for grounding, kind, role, entity in connection.execute(query):
        found[grounding].add((kind, role, entity))
    return found


def _short(digests: list[str]) -> str:
    return ", ".join(digest[:16] for digest in digests) or "none"


def _issue(document: Document, rule: str, message: str) -> Issue:
    return Issue(where=document.name, rule=rule, message=message)
