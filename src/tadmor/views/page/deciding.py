"""What a person may decide of a claim, for its form: the fields that can be corrected, and what was decided of it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tadmor.datamodel.claims import ACTOR_ROLES, PLACE_ROLES, EventClaim, TollClaim, by_hand
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, standing
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import When
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.correcting import COUNT, SOURCE, WHEN, chosen_words
from tadmor.views.deciding import Decided, decided, made_in, word_for
from tadmor.views.exports import Row
from tadmor.views.quoting import Quote, quote
from tadmor.views.words import gist, who

#: Roles in the words of the claim's page.
_LABELS = {
    "place": "Where",
    "holder": "Holder",
    "loser": "From",
    "origin": "From",
    "destination": "To",
    "actor": "Who",
    "actors": "Who",
    "targets": "On whom",
    "by": "By",
    "group": "Of whom",
    "change": "What happened to control",
    "degree": "How much of it",
    "type": "What was done",
    "harm": "What they suffered",
    "status": "What they were",
    "modality": "Told as",
    "polarity": "Affirmed or denied",
}
#: Claims that are offered to be linked with one, at most.
_OFFERED = 30


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field that can be corrected: what it says now, and what it may say; without `choices`, as typed."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()


class Decide(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with what may be decided of it; `others` are those that it could be linked with or parted from.

    `left_out`: a person rejected it, or made it and took that back.
    """

    claim: Quote
    gist: str
    kind: str
    fields: tuple[Field, ...]
    decisions: tuple[Decided, ...]
    stands: str | None
    left_out: bool
    pairs: bool
    others: tuple[Quote, ...]


def fields_of(claim: GroundedClaim) -> tuple[Field, ...]:
    """What a person may correct of a claim."""
    said = claim.claim
    return (
        *(Field(name=role, label=_LABELS[role], value=_place(claim, role)) for role in PLACE_ROLES[claim.kind]),
        *(Field(name=role, label=_LABELS[role], value=who(claim, role)) for role in ACTOR_ROLES[claim.kind]),
        Field(name=SOURCE, label="Who says so", value="; ".join(source.name for source in claim.voices[1:])),
        Field(name=WHEN, label="When", value=_days(claim.when)),
        Field(name=COUNT, label="How many", value=_count(said.count)),
        *(
            Field(name=name, label=_LABELS[name], value=getattr(said, name).value, choices=tuple(words))
            for name, words in chosen_words(claim.kind).items()
        ),
    )


def _days(when: When | None) -> str:
    """Days as they are typed."""
    if when is None:
        return ""
    first, last = when.earliest.isoformat(), when.latest.isoformat()
    return first if first == last else f"{first}..{last}"


def _count(count: Quantity | None) -> str:
    """A count as it is typed: 12, 12-20, at least 12, up to 12."""
    if count is None or not count.known:
        return ""
    if count.low is None or count.high is None:
        return f"up to {count.high}" if count.low is None else f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low}-{count.high}"


def _place(claim: GroundedClaim, role: str) -> str:
    found = claim.places.get(role)
    return found.name if found is not None else ""


def decide_on(folder: Path, identity: str, resting: Iterable[Row] = (), viewer: str | None = None) -> Decide:
    """What may be decided of a claim.

    Args:
        folder: the case's folder.
        identity: the claim's id, or the beginning of it.
        resting: the findings that rest on it; other claims of these are offered to be linked with it or parted from it.
        viewer: who asks: what others said blind is sealed until this person has answered too, or it is settled.

    Raises:
        UsageError: no such claim.
    """
    with Ledger.open(folder) as ledger:
        claim = ledger.claim(identity)
        about = [made for made in made_in(ledger, every=True, viewer=viewer) if claim.id in made.claims]
        own = next((made for made in about if made.stands and made.review.subject == claim.id), None)
        pairs = isinstance(claim.claim, EventClaim | TollClaim)
        return Decide(
            claim=quote(claim),
            gist=gist(claim),
            kind=claim.kind,
            fields=fields_of(claim),
            decisions=tuple(decided(made, ledger) for made in about),
            stands=word_for(own.review) if own is not None else None,
            left_out=by_hand(claim.claim) if own is None else own.review.decision is Decision.REJECT,
            pairs=pairs,
            others=tuple(_others(ledger, claim.id, resting)) if pairs else (),
        )


def _others(ledger: Ledger, identity: str, resting: Iterable[Row]) -> Iterator[Quote]:
    found = (one["finding"] for one in resting if one["kind"] in ("incident", "toll"))
    claims = dict.fromkeys(claim for one in found for claim in one["claims"] if claim != identity)
    for claim in list(claims)[:_OFFERED]:
        yield quote(ledger.claim(claim))


def rejected(folder: Path, identity: str) -> bool:
    """Did a person reject a claim of this id, or take back having made it, so that the record has it no more?"""
    with Ledger.open(folder) as ledger:
        try:
            claim = ledger.claim(identity)
        except UsageError:
            return False
        review = standing(ledger.reviews()).get(claim.id)
    return by_hand(claim.claim) if review is None else review.decision is Decision.REJECT
