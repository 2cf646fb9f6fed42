"""How usual it is, in a case, that a camp holds places of a country: before anything is told of one of them.

A misread sentence names a holder that nobody else names there: an ally who only spoke, a word taken for a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tadmor.record.evidence import Statement
from tadmor.record.independence import Voices
from tadmor.record.states import Says

#: Voices that are added to every camp's, so that in a small case all are alike; and how far a camp's share follows its
#: voices. Chosen on one half of the list of `quality.known`.
_AT_LEAST = 5
_FOLLOWS = 0.4


class Usual:
    """Shares of camps as holders in one country.

    Args:
        counts: how many voices name each.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._most = max(counts.values(), default=0) + _AT_LEAST

    def share(self, camp: str) -> float:
        """How usual it is that a camp holds a place, 0..1."""
        return float(((self._counts.get(camp, 0) + _AT_LEAST) / self._most) ** _FOLLOWS)


def prevalence(statements: Iterable[Statement], voices: Voices) -> Mapping[str | None, Usual]:
    """For each country, each camp's share as a holder beside 1 for the camp that most voices name as one."""
    told: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in statements:
        if one.after is not None and one.after.says is Says.HELD and one.after.holds and one.after.camp is not None:
            told[one.place.country][one.after.camp].add(voices.key(one.claim))
    return {country: Usual({camp: len(heard) for camp, heard in camps.items()}) for country, camps in told.items()}
