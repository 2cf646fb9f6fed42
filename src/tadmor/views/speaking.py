"""Who speaks in a set of claims, through whom, and for which side."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from tadmor.datamodel.grounded import GroundedClaim


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """One origin: how many claims it makes, and the outlets that carry them."""

    id: str
    name: str
    kind: str
    sides: tuple[str, ...]
    claims: int
    through: tuple[str, ...]


def speaking(claims: Sequence[GroundedClaim]) -> tuple[Speaking, ...]:
    """Every origin, the one with most claims first."""
    counts = Counter(claim.origin.id for claim in claims)
    origins = {claim.origin.id: claim.origin for claim in claims}
    through: dict[str, set[str]] = {}
    for claim in claims:
        if len(claim.voices) > 1:
            through.setdefault(claim.origin.id, set()).add(claim.publisher.name)
    return tuple(
        Speaking(
            id=key,
            name=origins[key].name,
            kind=origins[key].kind.value,
            sides=origins[key].sides,
            claims=count,
            through=tuple(sorted(through.get(key, ()))),
        )
        for key, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    )
