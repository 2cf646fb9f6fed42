"""A person's decisions: checked before they are noted, and told of afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import ACTOR_ROLES, PLACE_ROLES, EventClaim, Polarity, TollClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, Review, judgements_of, link_id, linked, standing
from tadmor.datamodel.places import Place
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.pipeline.editions import AUTHOR
from tadmor.record import MISREAD
from tadmor.record.judged import Judged
from tadmor.record.reliability import is_fact
from tadmor.views.quoting import Quote, quote

#: Names that exports give to roles, by kind of claim.
_EXPORTED = {"control": {"from": "loser"}, "movement": {"from": "origin", "to": "destination"}}


class By(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides, when and why."""

    author: str
    reason: str
    made: datetime

    @classmethod
    def now(cls, author: str, reason: str) -> "By":
        """A decision of this moment.

        Raises:
            UsageError: no reason.
        """
        if not reason.strip():
            message = "a decision needs a reason: what you know, or what in the words decides it"
            raise UsageError(message)
        return cls(author=author, reason=reason.strip(), made=datetime.now(UTC).replace(microsecond=0))


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with the claims it is on; `what` says it in a word: accept, reject, correct, link, part or undo.

    `number` counts all decisions of the case in the order made, from 1.
    """

    number: int
    what: str
    claims: tuple[Quote, ...]
    value: dict[str, str]
    author: str
    made: datetime
    reason: str
    stands: bool


def on_claim(
    ledger: Ledger, claim: GroundedClaim, decision: Decision, by: By, fields: Mapping[str, str] | None = None
) -> Review:
    """Note a decision on a claim; a correction keeps what an earlier one corrected.

    Raises:
        UsageError: the correction cannot be applied.
    """
    value: dict[str, str] = {}
    known: list[Place | Actor] = []
    if decision is Decision.CORRECT:
        before = standing(ledger.reviews()).get(claim.id)
        value = dict(before.value) if before is not None and before.decision is Decision.CORRECT else {}
        for field, words in (fields or {}).items():
            role = _EXPORTED.get(claim.kind, {}).get(field, field)
            value[role] = _meant(role, words, claim, ledger, known)
    review = _review(claim.id, decision, by, value)
    ledger.add_review(review, known)
    return review


def named_by(claim: GroundedClaim, field: str) -> str | None:
    """What a field of a claim names: a place, an actor, or neither."""
    role = _EXPORTED.get(claim.kind, {}).get(field, field)
    return "place" if role in PLACE_ROLES[claim.kind] else "actor" if role in ACTOR_ROLES[claim.kind] else None


def _meant(role: str, words: str, claim: GroundedClaim, ledger: Ledger, known: list[Place | Actor]) -> str:
    """The value of a field: the id of the place or actor that is named, which goes to `known`; else as written."""
    from tadmor.views.naming import actor_meant, place_meant  # noqa: PLC0415 - only where a place or actor is corrected

    kind = named_by(claim, role)
    if not words or kind is None or ledger.knows(kind, words):
        return words
    found = place_meant(words, ledger) if kind == "place" else actor_meant(words, ledger)
    known.append(found)
    return found.id


def on_link(ledger: Ledger, one: GroundedClaim, other: GroundedClaim, by: By, *, same: bool) -> Review:
    """Note that two claims tell of one incident, or of two.

    Raises:
        UsageError: there is nothing to link, or what was decided before says otherwise.
    """
    _check_pair(ledger, one, other)
    reviews = ledger.reviews()
    subject = link_id(one.id, other.id)
    before = Judged(judgements_of(review for review in reviews if review.subject != subject))
    if before.apart(one.id, other.id) if same else before.same(one.id, other.id):
        told = f"{_short(one)} and {_short(other)} are {'apart' if same else 'one'}"
        message = f"{told} by what was decided of others; see `tadmor review list`"
        raise UsageError(message)
    decision = Decision.ACCEPT if same else Decision.REJECT
    review = _review(subject, decision, by, {"one": one.id, "other": other.id})
    ledger.add_review(review)
    return review


def _check_pair(ledger: Ledger, one: GroundedClaim, other: GroundedClaim) -> None:
    if one.id == other.id:
        message = f"both are claim {_short(one)}: nothing to link"
        raise UsageError(message)
    decided = standing(ledger.reviews())
    for claim in (one, other):
        review = decided.get(claim.id)
        if review is not None and review.decision is Decision.REJECT:
            message = f"claim {_short(claim)} was rejected by {review.author}: nothing to link"
            raise UsageError(message)
    for claim, beside in ((one, other), (other, one)):
        if not isinstance(claim.claim, EventClaim | TollClaim):
            kinds = f"of {claim.kind}" if claim.kind == beside.kind else f"of {claim.kind}, the other of {beside.kind}"
            message = f"claim {_short(claim)} is {kinds}: only events and tolls are linked"
            raise UsageError(message)
        if not _counts(claim):
            said = claim.claim
            message = f"claim {_short(claim)} ({said.modality}, {said.polarity}) is counted nowhere: nothing to link"
            raise UsageError(message)


def _counts(claim: GroundedClaim) -> bool:
    """Is it among the claims that incidents are made of?"""
    said = claim.claim
    return is_fact(claim) and said.polarity is Polarity.AFFIRMED and said.score >= MISREAD


def undo(ledger: Ledger, claims: Sequence[GroundedClaim], by: By) -> tuple[Review, Review | None]:
    """Take back what stands of a claim or of the link between two.

    Returns:
        The decision taken back, and the one that stands again.

    Raises:
        UsageError: nothing stands.
    """
    subject = claims[0].id if len(claims) == 1 else link_id(claims[0].id, claims[1].id)
    before = standing(ledger.reviews()).get(subject)
    if before is None:
        about = " and ".join(map(_short, claims))
        message = f"nothing to undo: no decision on {'the link of ' if len(claims) > 1 else ''}{about} stands"
        raise UsageError(message)
    value = before.value if linked(before) is not None else {}
    ledger.add_review(_review(subject, Decision.UNDO, by, value))
    return before, standing(ledger.reviews()).get(subject)


def decisions(ledger: Ledger, *, every: bool) -> Iterator[Decided]:
    """Decisions on claims and links, in the order made.

    Args:
        ledger: the case.
        every: also those of the program: newer editions of tables take back rows in numbers.
    """
    return (decided(one, ledger) for one in made_in(ledger, every=every))


class Made(NamedTuple):
    """A decision as noted, which of all it is, and whether it stands."""

    number: int
    review: Review
    stands: bool

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it is on."""
        return linked(self.review) or (self.review.subject,)


def made_in(ledger: Ledger, *, every: bool) -> list[Made]:
    """What `decisions` tells of, without the words of the claims: many are quickly looked through."""
    reviews = ledger.reviews()
    stands = {id(review) for review in standing(reviews).values()}
    return [
        Made(number, review, id(review) in stands)
        for number, review in enumerate(reviews, 1)
        if every or review.author != AUTHOR
    ]


def latest(ledger: Ledger) -> Decided:
    """The decision just made."""
    return decided(made_in(ledger, every=True)[-1], ledger)


def decided(made: Made, ledger: Ledger) -> Decided:
    """A decision with the words of the claims it is on."""
    review = made.review
    return Decided(
        number=made.number,
        what=word_for(review),
        claims=tuple(filter(None, (_quoted(one, ledger) for one in made.claims))),
        value={} if linked(review) is not None else review.value,
        author=review.author,
        made=review.made,
        reason=review.reason,
        stands=made.stands,
    )


def _quoted(identity: str, ledger: Ledger) -> Quote | None:
    """The words of a claim; of a subject that is no claim, nothing."""
    try:
        return quote(ledger.claim(identity))
    except UsageError:
        return None


def word_for(review: Review) -> str:
    """A decision in a word."""
    if linked(review) is None or review.decision is Decision.UNDO:
        return review.decision.value
    return "link" if review.decision is Decision.ACCEPT else "part"


def _review(subject: str, decision: Decision, by: By, value: Mapping[str, str]) -> Review:
    return Review(
        subject=subject, decision=decision, author=by.author, made=by.made, reason=by.reason, value=dict(value)
    )


def _short(claim: GroundedClaim) -> str:
    return claim.id[:8]
