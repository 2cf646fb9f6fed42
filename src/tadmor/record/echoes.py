"""Who says again what another said some days before, without naming it: learned over the case, with direction.

Near-equal words are found before (`documents/copies`); here it is facts in other words. A voice's *news* are who holds
which place since about when, and which number it gives of which victims, each at the day it was first published. Of
independent outlets on one war hardly any repeats a tenth of another's news within a week (`quality.rewrites`), though
all tell of the same events: each tells of others of them. A voice of which half is what one other said shortly before
takes it from there: those of its claims then count as that voice's own, as a reprint does.

After Dong, Berti-Equille and Srivastava (2009, doi:10.14778/1687627.1687690), who go by shared errors; too few errors
are known in a case of reports, and coverage and lag tell more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tadmor.datamodel.claims import ControlClaim, Polarity
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.camps import camps_in
from tadmor.record.casualties import Tally
from tadmor.record.independence import Voices

#: Days within which a copy follows, as for maps (`fusion/copying`).
LATEST = 7
#: The share of its news that makes a copier. Independent outlets of the reference texts reach 0.1, rewrites 0.9.
COPIER = 0.5
#: News believed to be a voice's own before any is seen: six that were all told before make no copier of it.
OWN = 6.0
#: Days of a change that are one: rewrites keep a day, or round it to the days before their own.
_ONE_CHANGE = 4

#: What is told: who holds which place since about when, or how many of which victims.
Item = tuple[str, ...]


class Echo(NamedTuple):
    """One voice repeats another: `repeated` of its `news`, so many days after it in the middle."""

    copier: str
    origin: str
    repeated: int
    news: int
    lag: float


class Echoes(NamedTuple):
    """The copiers of a case, and whose each claim is that they took: claim ids to voices."""

    found: tuple[Echo, ...]
    taken: Mapping[str, str]


class _News(NamedTuple):
    item: Item
    day: date
    claim: str


def echoes(claims: Iterable[GroundedClaim], tallies: Iterable[Tally], voices: Voices) -> Echoes:
    """The copiers among the voices of some claims of fact.

    Args:
        claims: of fact; those of control count.
        tallies: the tolls of the case.
        voices: who speaks in which claim, as far as words and attribution tell.
    """
    told = _told(claims, tallies, voices)
    first = {voice: _first(news) for voice, news in told.items()}
    found = _copiers(first)
    roots = {one.copier: _root(one.copier, found) for one in found.values()}
    taken = {
        each.claim: root
        for copier, root in roots.items()
        for each in told[copier]
        if _follows(each, first[root]) is not None
    }
    return Echoes(tuple(found[copier] for copier in sorted(found)), taken)


def _told(claims: Iterable[GroundedClaim], tallies: Iterable[Tally], voices: Voices) -> Mapping[str, Sequence[_News]]:
    told: dict[str, list[_News]] = defaultdict(list)
    for claim in claims:
        item = _held(claim)
        if item is not None and claim.published is not None:
            told[voices.key(claim)].append(_News(item, claim.published.latest, claim.id))
    for tally in tallies:
        for one in tally.told:
            count = one.said.count
            if count is not None and count.known and one.claim.published is not None:
                item = ("toll", tally.id, *map(str, count.bounds()))
                told[voices.key(one.claim)].append(_News(item, one.claim.published.latest, one.id))
    return told


def _held(claim: GroundedClaim) -> Item | None:
    """Who is said to hold which place since about when; `None` where that is not said."""
    said, when = claim.claim, claim.when or claim.published
    if not isinstance(said, ControlClaim) or said.polarity is not Polarity.AFFIRMED:
        return None
    camps = camps_in(claim, "holder")
    if claim.place is None or when is None or len(camps) != 1:
        return None
    return "control", claim.place.id, next(iter(camps)), str(when.interval.start.toordinal() // _ONE_CHANGE)


def _first(news: Iterable[_News]) -> Mapping[Item, date]:
    first: dict[Item, date] = {}
    for one in news:
        first[one.item] = min(one.day, first.get(one.item, one.day))
    return first


def _copiers(first: Mapping[str, Mapping[Item, date]]) -> dict[str, Echo]:
    """For each voice that takes half of its news from another, whom: of several the one that says it earliest."""
    lags: dict[tuple[str, str], list[int]] = defaultdict(list)
    for copier, origin, lag in _meetings(first):
        lags[copier, origin].append(lag)
    found: dict[str, Echo] = {}
    for (copier, origin), days in lags.items():
        one = Echo(copier, origin, len(days), len(first[copier]), sum(days) / len(days))
        if one.repeated / (one.news + OWN) >= COPIER:
            known = found.setdefault(copier, one)
            found[copier] = max(known, one, key=lambda each: (each.repeated, each.lag, each.origin))
    return found


def _meetings(first: Mapping[str, Mapping[Item, date]]) -> Iterator[tuple[str, str, int]]:
    """Two voices that tell one thing within `LATEST` days, the later one first, and the days between."""
    tellers: dict[Item, list[tuple[date, str]]] = defaultdict(list)
    for voice, items in first.items():
        for item, day in items.items():
            tellers[item].append((day, voice))
    for told in tellers.values():
        told.sort()
        for number, (day, copier) in enumerate(told):
            for earlier, origin in told[:number]:
                if 0 < (lag := (day - earlier).days) <= LATEST:
                    yield copier, origin, lag


def _root(copier: str, found: Mapping[str, Echo]) -> str:
    """Whose news it is in the end: a copier of a copier repeats the first."""
    seen, voice = {copier}, found[copier].origin
    while voice in found and voice not in seen:
        seen.add(voice)
        voice = found[voice].origin
    return voice


def _follows(news: _News, origin: Mapping[Item, date]) -> int | None:
    """How many days after its origin a thing is told; `None` where that is not its origin."""
    told = origin.get(news.item)
    lag = (news.day - told).days if told is not None else None
    return lag if lag is not None and 0 <= lag <= LATEST else None
