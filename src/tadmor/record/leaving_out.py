"""The case without some of its sources: what would the record be if they had said nothing?"""

from collections.abc import Iterable, Sequence
from functools import cache

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.names import fold
from tadmor.errors import UsageError
from tadmor.record.camps import sides_of


def leaving_out(claims: Iterable[GroundedClaim], names: Sequence[str]) -> list[GroundedClaim]:
    """The claims of which nobody in the chain, publisher to origin, goes by one of the names or is of a side that does.

    Args:
        claims: of a case.
        names: of sources or of sides, or their ids.

    Raises:
        UsageError: no source and no side of the claims has such a name.
    """
    wanted, left = {fold(name): name for name in names}, set[str]()
    kept: list[GroundedClaim] = []
    for claim in claims:
        found = wanted.keys() & frozenset().union(*map(_names, claim.voices))
        left |= found
        if not found:
            kept.append(claim)
    unknown = [wanted[name] for name in wanted if name not in left]
    if unknown:
        message = f"no source or side of the case is called {unknown[0]!r}; see `tadmor sources` for those it has"
        raise UsageError(message)
    return kept


@cache
def _names(source: Source) -> frozenset[str]:
    """All that a source may be called by, or its side, folded."""
    sides = [load_actors().get(side) for side in sides_of(source)]
    of_sides = [name for side in sides if side is not None for name in (side.id, side.name, *side.aliases)]
    return frozenset(map(fold, (source.id, source.name, *source.aliases, *sides_of(source), *of_sides)))
