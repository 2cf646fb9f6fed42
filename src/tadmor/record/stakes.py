"""What hangs on a claim: the findings that rest on it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tadmor.datamodel.findings import Incident, Rests, Spell, Toll

Finding = Spell | Incident | Toll


class Stakes:
    """The findings of a record by the claims that they rest on: that they are counted in, for or against.

    Args:
        spells: spells of control; one rests on the claims that support it and on those that oppose it.
        incidents: incidents; one rests on all its claims.
        tolls: tolls, likewise.
    """

    def __init__(self, spells: Iterable[Spell], incidents: Iterable[Incident], tolls: Iterable[Toll]) -> None:
        self._findings: list[Finding] = [*spells, *incidents, *tolls]
        by_claim: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._findings):
            for claim in _claims(found):
                by_claim[claim].append(number)
        self._by_claim: Mapping[str, Sequence[int]] = by_claim

    def on(self, claims: Iterable[str]) -> Iterator[Finding]:
        """The findings that rest on any of some claims, each once."""
        for number in sorted({number for claim in claims for number in self._by_claim.get(claim, ())}):
            yield self._findings[number]

    def count(self, claims: Iterable[str], kinds: tuple[type[Finding], ...] = (Spell, Incident, Toll)) -> Rests:
        """How many findings of some kinds rest on any of some claims, by kind."""
        found = [one for one in self.on(claims) if isinstance(one, kinds)]
        return Rests(
            spells=sum(isinstance(one, Spell) for one in found),
            incidents=sum(isinstance(one, Incident) for one in found),
            tolls=sum(isinstance(one, Toll) for one in found),
        )


def _claims(found: Finding) -> tuple[str, ...]:
    return (*found.supports, *found.opposes) if isinstance(found, Spell) else found.claims
