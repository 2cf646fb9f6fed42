"""Claims in their words: what a figure is shown with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tadmor.datamodel.claims import Polarity
from tadmor.datamodel.findings import Weight
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.views.words import one_line, speaker

#: A quote of about so many characters tells what it is about and is read at a glance.
GOOD_LENGTH = 90


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in its words: who says it, published when, and its id."""

    claim: str
    words: str
    source: str
    published: date | None


def quote(claim: GroundedClaim) -> Quote:
    """A claim in its words."""
    return Quote(
        claim=claim.id,
        words=one_line(claim.claim.quote),
        source=speaker(claim),
        published=claim.published.latest if claim.published is not None else None,
    )


def telling(claims: Iterable[GroundedClaim]) -> GroundedClaim | None:
    """The claim whose words tell most: names its place itself, is affirmed, surely read, and of a good length."""
    return max(claims, key=_tells, default=None)


def _tells(claim: GroundedClaim) -> tuple[float, str]:
    said = claim.claim
    own_place = said.place is not None and not said.place.carried
    length = len(one_line(said.quote))
    fit = min(length, GOOD_LENGTH) / GOOD_LENGTH - max(length - 2 * GOOD_LENGTH, 0) / GOOD_LENGTH
    return 2.0 * own_place + (said.polarity is Polarity.AFFIRMED) + said.score + fit, claim.id


def best(
    identities: Sequence[str], weights: Sequence[Weight], by_id: Mapping[str, GroundedClaim], *, against: bool
) -> Quote | None:
    """The most telling words of the voice that weighs most for a finding, or most against it."""
    known = [identity for identity in identities if identity in by_id]
    if not known:
        return None
    sign = -1 if against else 1
    weight = {identity: sign * one.value for one in weights for identity in one.claims}
    most = max(weight.get(identity, 0.0) for identity in known)
    found = telling(by_id[identity] for identity in known if weight.get(identity, 0.0) >= most - 1e-9)
    return quote(found) if found is not None else None
