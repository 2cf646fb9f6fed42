"""A person's decisions: checked before they are noted, and told of afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from tadmor.datamodel.claims import EventClaim, Polarity, TollClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, Review, coded, graded, judgements_of, link_id, linked, standing
from tadmor.datamodel.identities import identity_of
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.correcting import COUNT, WHEN, given_count, given_days, names, parted
from tadmor.ledger.encoding import Entity
from tadmor.pipeline.editions import AUTHOR
from tadmor.record import MISREAD
from tadmor.record.judged import Judged
from tadmor.record.reliability import is_fact
from tadmor.views.codings import claims_of, sealed
from tadmor.views.quoting import Quote, quote

#: Names that exports give to roles, by kind of claim.
_EXPORTED = {"control": {"from": "loser"}, "movement": {"from": "origin", "to": "destination"}}


class MissingError(UsageError):
    """The case has no such claim, document, source or decision, or several whose ids begin so."""


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


class About(msgspec.Struct, frozen=True, kw_only=True):
    """An actor, place or source that a decision is on."""

    kind: str
    id: str
    name: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with the claims, or the actors, places or the source it is on; `what` says it in a word.

    It is accept, reject, correct, add, link, part, merge, grade, code or undo. `number` counts all decisions of the
    case in the order made, from 1. `sealed`: it codes a claim blind, and what it says is not shown yet.
    """

    number: int
    what: str
    claims: tuple[Quote, ...]
    value: dict[str, str]
    author: str
    made: datetime
    reason: str
    stands: bool
    about: tuple[About, ...] = ()
    sealed: bool = False


def on_claim(
    ledger: Ledger, claim: GroundedClaim, decision: Decision, by: By, fields: Mapping[str, str] | None = None
) -> Review:
    """Note a decision on a claim; a correction keeps what an earlier one corrected.

    Raises:
        UsageError: the correction cannot be applied.
    """
    value: dict[str, str] = {}
    known: list[Entity] = []
    if decision is Decision.CORRECT:
        before = standing(ledger.reviews()).get(claim.id)
        value = dict(before.value) if before is not None and before.decision is Decision.CORRECT else {}
        value |= meant(fields or {}, claim, ledger, known)
    review = review_by(by, claim.id, decision, value)
    ledger.add_review(review, known)
    return review


def role_of(kind: str, field: str) -> str:
    """The role of a kind of claim that exports call so."""
    return _EXPORTED.get(kind, {}).get(field, field)


def exported_as(kind: str, role: str) -> str:
    """What exports call a role of a kind of claim."""
    return next((name for name, one in _EXPORTED.get(kind, {}).items() if one == role), role)


def meant(fields: Mapping[str, str], claim: GroundedClaim, ledger: Ledger, known: list[Entity]) -> dict[str, str]:
    """Corrections by role: days and counts in one form, ids for what is named; what may be new goes to `known`.

    Raises:
        UsageError: no days, no count, a name of no place, actor or source, or of several.
    """
    roles = {role_of(claim.kind, field): words for field, words in fields.items()}
    return {role: _meant(role, words, claim, ledger, known) for role, words in roles.items()}


def named_by(claim: GroundedClaim, field: str) -> str | None:
    """What a field of a claim names: a place, an actor, a source, or none of these."""
    return names(claim.kind, role_of(claim.kind, field))


def _meant(role: str, words: str, claim: GroundedClaim, ledger: Ledger, known: list[Entity]) -> str:
    """The value of a field: ids of what is named, which go to `known`; days and counts in one form; else as written."""
    from tadmor.views.typed import count_typed, days_typed  # noqa: PLC0415 - only where a claim is corrected

    words, kind = words.strip(), named_by(claim, role)
    if not words:
        return words
    if role == WHEN:
        return given_days(*days_typed(words)[:2])
    if role == COUNT:
        count = count_typed(words)
        if not count.known:
            message = f"count: {words!r} is no number; write 12, 12-20, at least 12"
            raise UsageError(message)
        return given_count(count)
    if kind is None:
        return words
    several = parted(words) if isinstance(getattr(claim.claim, role, None), tuple) or kind == "source" else [words]
    return "; ".join(_named(kind, one, ledger, known) for one in several)


def _named(kind: str, words: str, ledger: Ledger, known: list[Entity]) -> str:
    """The id of what is named, which goes to `known` where the case may not have it."""
    from tadmor.views.naming import actor_meant, place_meant, source_meant  # noqa: PLC0415 - large tables

    if ledger.knows(kind, words):
        return words
    found: Entity
    match kind:
        case "place":
            found = place_meant(words, ledger)
        case "actor":
            found = actor_meant(words, ledger)
        case _:
            found = source_meant(words, ledger)
    known.append(found)
    return found.id


def on_link(ledger: Ledger, one: GroundedClaim, other: GroundedClaim, by: By, *, same: bool) -> Review:
    """Note that two claims tell of one incident, or of two.

    Raises:
        UsageError: there is nothing to link, or what was decided before says otherwise.
    """
    check_pair(ledger, one, other)
    reviews = ledger.reviews()
    subject = link_id(one.id, other.id)
    before = Judged(judgements_of(review for review in reviews if review.subject != subject))
    if before.apart(one.id, other.id) if same else before.same(one.id, other.id):
        told = f"{_short(one)} and {_short(other)} are {'apart' if same else 'one'}"
        message = f"{told} by what was decided of others; see `tadmor review list`"
        raise UsageError(message)
    decision = Decision.ACCEPT if same else Decision.REJECT
    review = review_by(by, subject, decision, {"one": one.id, "other": other.id})
    ledger.add_review(review)
    return review


def check_pair(ledger: Ledger, one: GroundedClaim, other: GroundedClaim) -> None:
    """Can two claims be linked or parted?

    Raises:
        UsageError: they are one, or of a kind that is counted nowhere.
    """
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
    ledger.add_review(review_by(by, subject, Decision.UNDO, value))
    return before, standing(ledger.reviews()).get(subject)


def decisions(ledger: Ledger, *, every: bool) -> Iterator[Decided]:
    """Decisions on claims and links, in the order made.

    Args:
        ledger: the case.
        every: also those of the program: newer editions of tables take back rows in numbers.
    """
    return (decided(one, ledger) for one in made_in(ledger, every=every))


class Made(NamedTuple):
    """A decision as noted, which of all it is, whether it stands, and whether what it says is sealed."""

    number: int
    review: Review
    stands: bool
    sealed: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it is on; none where it is on actors, places or a source."""
        return claims_of(self.review)


def made_in(ledger: Ledger, *, every: bool, viewer: str | None = None) -> list[Made]:
    """What `decisions` tells of, without the words of the claims: many are quickly looked through.

    What others said blind is sealed for the `viewer` until it is settled or answered by the viewer too.
    """
    reviews = ledger.reviews()
    stands = {id(review) for review in standing(reviews).values()}
    hidden = sealed(reviews, viewer)
    return [
        Made(number, review, id(review) in stands, number in hidden)
        for number, review in enumerate(reviews, 1)
        if every or review.author != AUTHOR
    ]


def latest(ledger: Ledger, *, viewer: str | None = None) -> Decided:
    """The decision just made, as its author sees it."""
    return decided(made_in(ledger, every=True, viewer=viewer)[-1], ledger)


def decided(made: Made, ledger: Ledger) -> Decided:
    """A decision with the words of the claims it is on."""
    review = made.review
    return Decided(
        number=made.number,
        what=word_for(review),
        claims=tuple(filter(None, (_quoted(one, ledger) for one in made.claims))),
        about=tuple(_about(review, ledger)),
        sealed=made.sealed,
        value={} if made.sealed else _told(review),
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


def _about(review: Review, ledger: Ledger) -> Iterator[About]:
    """The actors, places or the source that a decision is on."""
    named: tuple[tuple[str, str], ...] = ()
    if (identity := identity_of(review)) is not None:
        named = ((identity.kind, identity.one), (identity.kind, identity.other))
    elif (grade := graded(review)) is not None:
        named = (("source", grade[0]),)
    for kind, one in named:
        yield About(kind=kind, id=one, name=ledger.name_of(kind, one) or one)


def _told(review: Review) -> dict[str, str]:
    """What a decision says besides its word and what it is on."""
    if linked(review) is not None or identity_of(review) is not None:
        return {}
    if (coding := coded(review)) is not None:
        return {"says": coding.says, **coding.fields}
    if (grade := graded(review)) is not None:
        return {"grade": grade[1]}
    return {} if "added" in review.value else review.value


def word_for(review: Review) -> str:
    """A decision in a word."""
    if review.decision is Decision.UNDO:
        return "undo"
    if coded(review) is not None:
        return "code"
    if graded(review) is not None:
        return "grade"
    if identity_of(review) is not None:
        return "merge" if review.decision is Decision.ACCEPT else "part"
    if linked(review) is not None:
        return "link" if review.decision is Decision.ACCEPT else "part"
    return "add" if "added" in review.value else review.decision.value


def review_by(by: By, subject: str, decision: Decision, value: Mapping[str, str]) -> Review:
    """The row of a decision."""
    return Review(
        subject=subject, decision=decision, author=by.author, made=by.made, reason=by.reason, value=dict(value)
    )


def _short(claim: GroundedClaim) -> str:
    return claim.id[:8]
