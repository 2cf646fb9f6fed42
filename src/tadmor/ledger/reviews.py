"""Decisions of people, applied: what a reader sees is a function of the rows, of which the latest on a claim counts."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, or_, select

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import ACTOR_ROLES, PLACE_ROLES, Modality, Polarity, by_hand, kind_of
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import GRADE, Decision, Review, standing
from tadmor.datamodel.identities import IDENTITY
from tadmor.datamodel.places import Place
from tadmor.errors import UsageError
from tadmor.ledger import tables
from tadmor.ledger.encoding import Entities

#: What of a claim as said a person may correct. The rest tells claims apart: where it is wrong, the claim is rejected.
SAID: dict[str, type[StrEnum]] = {"modality": Modality, "polarity": Polarity}
#: The score of a claim that a person read and let stand.
SURE = 1.0
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
        UsageError: it names a field that cannot be corrected, a value that the field cannot have, or a place or actor
            that the case does not know.
    """
    if review.decision is not Decision.CORRECT:
        return
    if not review.value:
        message = f"a correction of claim {claim.id} needs the fields to correct"
        raise UsageError(message)
    for field, value in review.value.items():
        if field in SAID:
            _stance(field, value)
        elif field in _roles(claim):
            _known(entities, _roles(claim)[field], value)
        else:
            message = f"{field} of a {claim.kind} claim cannot be corrected; reject the claim instead"
            raise UsageError(message)


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
    said: dict[str, Any] = {field: _stance(field, value) for field, value in review.value.items() if field in SAID}
    places, actors = dict(claim.places), dict(claim.actors)
    for field, value in review.value.items():
        match _roles(claim).get(field), _known(entities, _roles(claim).get(field), value):
            case "place", Place() as place:
                places[field] = place
            case "actor", Actor() as actor:
                actors[field] = (actor,)
            case _:  # the words name none; of a field as said, there is nothing to take out
                places.pop(field, None)
                actors.pop(field, None)
    corrected = msgspec.structs.replace(claim.claim, score=SURE, **said)
    return msgspec.structs.replace(claim, claim=corrected, places=places, actors=actors)


def _roles(claim: GroundedClaim) -> Mapping[str, str]:
    """Which roles of the claim name what."""
    kind = kind_of(claim.claim)
    return dict.fromkeys(PLACE_ROLES[kind], "place") | dict.fromkeys(ACTOR_ROLES[kind], "actor")


def _stance(field: str, value: str) -> StrEnum:
    try:
        return SAID[field](value)
    except ValueError as error:
        message = f"{value!r} is no {field}; it is one of {', '.join(SAID[field])}"
        raise UsageError(message) from error


def _known(entities: Entities, kind: str | None, identity: str) -> Place | Actor | None:
    """The place or actor of an id; nothing for an empty one, which says that the words name none."""
    if kind is None or not identity:
        return None
    key = entities.latest(kind, identity)
    if key is None:
        message = f"the case knows no {kind} {identity}; give it with the review"
        raise UsageError(message)
    return entities.place(key) if kind == "place" else entities.actor(key)
