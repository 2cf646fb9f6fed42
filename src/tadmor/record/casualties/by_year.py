"""Incidents of long ago that are told by their year alone: "the gas attack of 2013 killed 1,429 people".

A year holds many incidents, so that such a tally is linked only where exactly one other of the case fits: a number of
the same size, too large to be shared by chance, one ground, a kind of act in common, and days of that year. Running
totals ("the war killed 70,000 in 2014") find none of their size, or no act, and stay by themselves.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tadmor.datamodel.claims import EventType, Harm
from tadmor.datamodel.times import Grain
from tadmor.record.casualties.grounds import Grounds
from tadmor.record.casualties.tally import Tally, joined
from tadmor.record.tabled import may_meet

#: From this number on one of the same size is hardly of others by chance, and by how much it may differ. By judgement.
_TELLING, _SIZE = 21, 0.1

_Key = tuple[Harm, str | None, int]


class Judging(Protocol):
    """Who knows what persons said of tallies."""

    @property
    def grounds(self) -> Grounds:
        """How places lie to each other."""

    def are_parted(self, one: Tally, other: Tally) -> bool:
        """Did a person say that claims of both count different victims?"""


def with_years(tallies: Sequence[Tally], judging: Judging) -> list[Tally]:
    """The tallies, those told by year alone joined to the only incident that they can be of."""
    now = dict(enumerate(tallies))
    by_number = _by_number(now)
    for number, tally in enumerate(tallies):
        if _is_by_year(tally):
            fitting = [other for other in sorted(_near(tally, by_number)) if _fits(tally, now[other], judging)]
            if len(fitting) == 1:
                now[fitting[0]] = joined(now[fitting[0]], now.pop(number))
    return [now[number] for number in sorted(now)]


def _by_number(tallies: Mapping[int, Tally]) -> Mapping[_Key, list[int]]:
    """Where to look for tallies of single incidents, by harm, people and number."""
    found: dict[_Key, list[int]] = defaultdict(list)
    for number, tally in tallies.items():
        first = tally.accounts[0]
        if not first.long:
            for counted in tally.numbers:
                found[first.harm, first.part, counted].append(number)
    return found


def _is_by_year(tally: Tally) -> bool:
    """Does every account give a season or a year, and nothing that runs since a day?"""
    grains = {one.claim.when.grain for account in tally.accounts for one in account.told if one.claim.when is not None}
    return bool(grains) and grains <= {Grain.YEAR, Grain.SEASON} and all(account.long for account in tally.accounts)


def _near(tally: Tally, by_number: Mapping[_Key, list[int]]) -> set[int]:
    first = tally.accounts[0]
    alike = (
        number
        for counted in tally.numbers
        if counted >= _TELLING
        for number in range(round(counted * (1 - _SIZE)), round(counted * (1 + _SIZE)) + 1)
    )
    return {other for number in alike for other in by_number.get((first.harm, first.part, number), ())}


def _fits(tally: Tally, other: Tally, judging: Judging) -> bool:
    """Is it of one ground, of one kind of act, and of days of the year that is told?"""
    days = [day for account in other.accounts for day in account.days]
    years = [year for account in tally.accounts for year in account.days]
    return (
        any(day.overlaps(year) for day in days for year in years)
        and not set(_acts(tally)).isdisjoint(_acts(other))
        and _on_one_ground(tally, other, judging.grounds)
        and may_meet(tally.rows, other.rows)
        and not judging.are_parted(tally, other)
    )


def _acts(tally: Tally) -> Iterator[EventType]:
    for account in tally.accounts:
        yield from account.acts


def _on_one_ground(tally: Tally, other: Tally, grounds: Grounds) -> bool:
    return any(grounds.between(a.places, b.places) > 0 for a in tally.accounts for b in other.accounts)
