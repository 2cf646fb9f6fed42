"""A person's word on pairs of claims, which goes before any score: linked ones are together, parted ones never.

Links reach on, partings follow them: see `datamodel.joined`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tadmor.datamodel.claims import TollClaim
from tadmor.datamodel.findings import Contradiction
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.joined import Joined
from tadmor.record.people import part_of

if TYPE_CHECKING:  # matching asks for a person's word
    from tadmor.record.matching import Told


class Judged(Joined):
    """Which claims a person put together, and which apart.

    Args:
        judgements: what was said of pairs, in the order said.
    """

    def __init__(self, judgements: Sequence[Judgement] = ()) -> None:
        super().__init__(judgements)
        self.words = tuple(judgements)

    def groups(self, told: "Iterable[Told]") -> "dict[str, list[Told]]":
        """The claims to begin with, each alone or with those that it is linked with, by claim id."""
        members: dict[str, list[Told]] = defaultdict(list)
        for one in sorted(told, key=lambda each: each.id):
            members[self._first(one.id)].append(one)
        return {one.id: group for group in members.values() for one in group}

    def may_meet(self, one: "Sequence[Told]", other: "Sequence[Told]") -> bool:
        """May two groups be of one incident: is no claim of the one apart from one of the other?"""
        if not self._apart:
            return True
        parted = {far for each in one for far in self._apart.get(self._first(each.id), ())}
        return not any(self._first(each.id) in parted for each in other)

    def leaves(self, found: Contradiction) -> bool:
        """Does a contradiction stand: are not all accounts in it apart from each other?"""
        sides = [side.claims for side in found.sides]
        pairs = ((a, b) for number, one in enumerate(sides) for other in sides[:number] for a in one for b in other)
        return not self._apart or any(not self.apart(a, b) for a, b in pairs)


#: Where no person said anything.
NOBODY = Judged()


def of_victims(judgements: Iterable[Judgement], told: "Iterable[Told]") -> Iterator[Judgement]:
    """The words on pairs of tolls of one harm to the same kind of victims: only these may count the same people."""
    tolls = {one.id: one for one in told if isinstance(one.said, TollClaim)}
    for word in judgements:
        one, other = tolls.get(word.one), tolls.get(word.other)
        if one is not None and other is not None and _counted(one) == _counted(other):
            yield word


def _counted(one: "Told") -> tuple[str, str | None]:
    return (one.said.harm if isinstance(one.said, TollClaim) else "", part_of(one.claim))
