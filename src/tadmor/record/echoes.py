"""Which outlet says again what another said some days before, without naming it: learned over the case, with direction.

Near-equal words are found before (`documents/copies`); here it is facts in other words. An outlet's *news* are who
holds which place since about when, and which number of which victims, on the days on which it carried them. Independent
outlets on one war tell of the same events, yet hardly any repeats a tenth of another's news within a week
(`quality.rewrites`): each tells of others of them. An outlet of which half is what one other carried shortly before
takes it from there, and what it says itself of those things then counts as whoever spoke there; of which four fifths
are, all that it says itself does, and where it says otherwise than that one of the same things it slipped. What it
attributes to others stays theirs.

After Dong, Berti-Equille and Srivastava (2009, doi:10.14778/1687627.1687690), who go by shared errors; too few errors
are known in a case of reports, and coverage and lag tell more.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tadmor.datamodel.claims import ControlClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.camps import camps_in
from tadmor.record.casualties import Tally
from tadmor.record.independence import Voices

#: Days within which a copy follows, as for maps (`fusion/copying`).
LATEST = timedelta(days=7)
#: The share of its news that makes a copier, and one that has nothing of its own. Independent outlets of the reference
#: texts reach 0.1, rewrites of which 2 in 100 words are wrong 0.9.
COPIER, WHOLLY = 0.5, 0.8
#: News believed to be an outlet's own before any is seen: six that were all told before make no copier of it.
OWN = 6.0
#: Days of a change that are one: rewrites keep a day, or round it to the days before their own.
_ONE_CHANGE = 4


class Item(NamedTuple):
    """What is told: of a place since about when, or of which victims; and what: who holds it, or does not; how many."""

    about: tuple[str, ...]
    says: tuple[str, ...]


class Echo(NamedTuple):
    """One outlet repeats another: `repeated` of its `news`, so many days after it on average. All by source id."""

    copier: str
    origin: str
    repeated: int
    news: int
    lag: float

    @property
    def wholly(self) -> bool:
        """Has it nothing of its own?"""
        return self.repeated / (self.news + OWN) >= WHOLLY


class Echoes(NamedTuple):
    """The copiers of a case, and whose each claim is that they took: claim ids to voices.

    `again` are those of the claims that tell what the outlet that they were taken from had told, or by a slip another
    thing in its stead: nothing new.
    """

    found: tuple[Echo, ...]
    taken: Mapping[str, str]
    again: frozenset[str]


class _News(NamedTuple):
    """A thing that an outlet carried: on which day, by which claim, and who spoke."""

    day: date
    claim: str
    voice: str


#: The news of each outlet, by what is told, in order of day.
_Carried = Mapping[str, Mapping[Item, Sequence[_News]]]


def echoes(claims: Iterable[GroundedClaim], tallies: Iterable[Tally], voices: Voices) -> Echoes:
    """The copiers among the outlets of some claims of fact.

    Args:
        claims: of fact; those of control count.
        tallies: the tolls of the case.
        voices: who speaks in which claim, as far as words and attribution tell.
    """
    carried = _carried(claims, tallies, voices)
    found = _copiers(carried)
    taken: dict[str, str] = {}
    again: set[str] = set()
    for one in found.values():
        root = _root(one.copier, found)
        told_of = frozenset(item.about for item in carried[root])
        for item, claim, voice in _taken(one, carried[one.copier], carried[root]):
            taken[claim] = voice or root
            if voice is not None or item.about in told_of:
                again.add(claim)
    return Echoes(tuple(found[copier] for copier in sorted(found)), taken, frozenset(again))


def _carried(claims: Iterable[GroundedClaim], tallies: Iterable[Tally], voices: Voices) -> _Carried:
    carried: dict[str, dict[Item, list[_News]]] = defaultdict(lambda: defaultdict(list))

    def note(item: Item | None, claim: GroundedClaim) -> None:
        if item is not None and claim.published is not None:
            news = _News(claim.published.latest, claim.id, voices.key(claim))
            carried[claim.publisher.id][item].append(news)

    for claim in claims:
        note(_held(claim), claim)
    for tally in tallies:
        for one in tally.told:
            if one.said.count is not None and one.said.count.known:
                note(Item((tally.id,), tuple(map(str, one.said.count.bounds()))), one.claim)
    for items in carried.values():
        for news in items.values():
            news.sort()
    return carried


def _held(claim: GroundedClaim) -> Item | None:
    """Who is said, or denied, to hold which place since about when; `None` where that is not said."""
    said = claim.claim
    if not isinstance(said, ControlClaim) or claim.place is None:
        return None
    since = str(claim.when.interval.start.toordinal() // _ONE_CHANGE) if claim.when is not None else "now"
    return Item((claim.place.id, since), (said.polarity, *sorted(camps_in(claim, "holder")), said.degree))


def _copiers(carried: _Carried) -> dict[str, Echo]:
    """For each outlet that takes half of its news from another, whom: of several the one that says it earliest."""
    lags: dict[tuple[str, str], list[int]] = defaultdict(list)
    for copier, origin, lag in _meetings(carried):
        lags[copier, origin].append(lag)
    found: dict[str, Echo] = {}
    for (copier, origin), days in lags.items():
        one = Echo(copier, origin, len(days), len(carried[copier]), sum(days) / len(days))
        if one.repeated / (one.news + OWN) >= COPIER:
            known = found.setdefault(copier, one)
            found[copier] = max(known, one, key=lambda each: (each.repeated, each.lag, each.origin))
    return found


def _meetings(carried: _Carried) -> Iterator[tuple[str, str, int]]:
    """Two outlets of which one first carries a thing within `LATEST` of the other, the later first, with the days."""
    carriers: dict[Item, list[tuple[date, str]]] = defaultdict(list)
    for outlet, items in carried.items():
        for item, news in items.items():
            carriers[item].append((news[0].day, outlet))
    for item, told in carriers.items():
        for day, copier in told:
            for _, origin in told:
                before = _before(carried[origin][item], day) if origin != copier else None
                if before is not None and before.day < day:
                    yield copier, origin, (day - before.day).days


def _before(news: Sequence[_News], day: date) -> _News | None:
    """The last of some news up to a day, if it is no older than `LATEST`."""
    at = bisect_left(news, day + timedelta(days=1), key=lambda one: one.day)
    return news[at - 1] if at and day - news[at - 1].day <= LATEST else None


def _root(copier: str, found: Mapping[str, Echo]) -> str:
    """Whose news it is in the end: a copier of a copier repeats the first."""
    seen, outlet = {copier}, found[copier].origin
    while outlet in found and outlet not in seen:
        seen.add(outlet)
        outlet = found[outlet].origin
    return outlet


def _taken(
    one: Echo, own: Mapping[Item, Sequence[_News]], origin: Mapping[Item, Sequence[_News]]
) -> Iterator[tuple[Item, str, str | None]]:
    """What an outlet took, the claims of it, and whoever spoke where it took them: only what it says itself.

    `None` where it takes all that it says from there, and of this nothing is found there.
    """
    for item, news in own.items():
        for each in news:
            before = _before(origin.get(item, ()), each.day)
            if each.voice == one.copier and (before is not None or one.wholly):
                yield item, each.claim, before.voice if before is not None else None
