"""Decisions of people, applied: what a reader sees is a function of the rows, of which the latest on a claim counts."""

from collections.abc import Collection, Iterator

import msgspec
from sqlalchemy import Connection, or_, select

from tadmor.datamodel.claims import by_hand
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import GRADE, Decision, Review, standing
from tadmor.datamodel.identities import IDENTITY
from tadmor.errors import UsageError
from tadmor.ledger import tables
from tadmor.ledger.correcting import SURE, corrected
from tadmor.ledger.encoding import Entities

#: Sorts behind whatever follows the beginning of a subject.
_PAST = "\x7f"


def reviews_in(connection: Connection, subjects: Collection[str] | None = None) -> Iterator[Review]:
    """Decisions in the order made: all, or those on some subjects."""
    table = tables.reviews
    query = select(table.c.value).order_by(table.c.number)
    if subjects is not None:
        query = query.where(table.c.subject.in_(subjects))
    return (msgspec.json.decode(value, type=Review) for value in connection.execute(query).scalars())


def views_in(connection: Connection) -> list[Review]:
    """Decisions on how all claims are seen, in the order made: which actors and places are one, grades of sources."""
    subject = tables.reviews.c.subject
    ranges = [(subject >= word) & (subject < word + _PAST) for word in (GRADE, IDENTITY)]
    query = select(tables.reviews.c.value).where(or_(*ranges)).order_by(tables.reviews.c.number)
    return [msgspec.json.decode(value, type=Review) for value in connection.execute(query).scalars()]


def check_undo(connection: Connection, review: Review) -> None:
    """Is there a decision to take back?

    Raises:
        UsageError: none stands.
    """
    if review.decision is Decision.UNDO and not standing(reviews_in(connection, {review.subject})):
        message = f"nothing to undo: no decision on {review.subject} stands"
        raise UsageError(message)


def check(claim: GroundedClaim, review: Review, entities: Entities) -> None:
    """Can the correction be applied?

    Raises:
        UsageError: it cannot, as `correcting.corrected` says.
    """
    if review.decision is not Decision.CORRECT:
        return
    if not review.value:
        message = f"a correction of claim {claim.id} needs the fields to correct"
        raise UsageError(message)
    corrected(claim, review.value, entities)


def apply(claim: GroundedClaim, review: Review | None, entities: Entities) -> GroundedClaim | None:
    """The claim as its review leaves it, surely read where a person accepted or corrected it; `None` if rejected.

    A claim that a person made stands by the decision that added it: without one, it is none.
    """
    if review is None:
        return None if by_hand(claim.claim) else claim
    if review.decision is Decision.REJECT:
        return None
    if review.decision is Decision.ACCEPT:
        return msgspec.structs.replace(claim, claim=msgspec.structs.replace(claim.claim, score=SURE))
    return corrected(claim, review.value, entities)
