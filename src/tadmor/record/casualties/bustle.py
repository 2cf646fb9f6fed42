"""How often a large town has victims: where that is seldom, two accounts of one day are likely of one incident.

A large town in a war may have several strikes a day; one that was quiet for weeks is told of as a small one is. What
came out before says which: of the days that the case tells of, the share on which it tells of victims there.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from tadmor.record.casualties.accounts import Account
from tadmor.record.casualties.grounds import is_big

#: Days that are looked back on, up to a few before the account's own, which are the incident's.
_BACK, _OWN = 60, 4
#: What a large town is taken to have had before anything was told of it: victims on half of four days.
_BUSY, _DAYS = 2.0, 4.0
#: Below this share of days it is quiet: on the choosing incidents 0.15 and 0.25 do the same, from 0.35 on recall falls.
_QUIET = 0.25


class Bustle:
    """The days of which a case has told so far, and on which of them a place had victims."""

    def __init__(self) -> None:
        self._told: set[date] = set()
        self._had: dict[str, set[date]] = defaultdict(set)

    def add(self, account: Account) -> None:
        """Take in an account's days and places."""
        days = {moment.last for moment in account.moments if moment.days <= _OWN}
        self._told |= days
        for place in account.places:
            for whole in (place.id, *place.parents):
                self._had[whole] |= days

    def quiet(self, account: Account) -> frozenset[str]:
        """The large towns of an account that had been quiet."""
        last = max((moment.last for moment in account.moments), default=None)
        if last is None:
            return frozenset()
        before = [last - timedelta(days=back) for back in range(_OWN, _BACK)]
        told = [day for day in before if day in self._told]
        towns = [place.id for place in account.places if is_big(place)]
        return frozenset(town for town in towns if self._share(town, told) < _QUIET)

    def _share(self, town: str, told: Sequence[date]) -> float:
        """On what share of the days it had victims, as far as so many days tell."""
        return (_BUSY + sum(day in self._had[town] for day in told)) / (_DAYS + len(told))
