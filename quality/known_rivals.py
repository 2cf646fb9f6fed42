"""Simpler ways to tell who held a place: the last claim, and what most claims of some days say."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from quality.known_stretches import Holding, Stretch
from tadmor.datamodel.claims import Change, ControlClaim, Degree, Modality, Polarity
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.camps import camp_of, is_vague

#: Days before and after the one asked of which claims vote.
AROUND = timedelta(days=30)


def last_told(claims: Iterable[GroundedClaim], place: str) -> list[Stretch]:
    """The holder that the claim of the latest day names; of one day, most claims decide."""
    days: dict[date, Counter[str]] = {}
    for day, holder in _told(claims, place):
        days.setdefault(day, Counter())[holder] += 1
    return _runs((day, _most(days[day])) for day in sorted(days))


def majority(claims: Iterable[GroundedClaim], place: str) -> list[Stretch]:
    """What most claims of the days around say, standing until others say otherwise."""
    told = list(_told(claims, place))
    edges = sorted({day + offset for day, _ in told for offset in (-AROUND, AROUND + timedelta(days=1))})
    answers = ((edge, Counter(holder for day, holder in told if abs(day - edge) <= AROUND)) for edge in edges)
    return _runs((edge, _most(votes)) for edge, votes in answers if votes)


def _told(claims: Iterable[GroundedClaim], place: str) -> Iterator[tuple[date, str]]:
    """Who is told as fact to hold or gain a whole place, on the last day that the claim speaks of."""
    for claim in claims:
        said, when, actor = claim.claim, claim.when or claim.published, claim.actor("holder")
        if claim.place is None or claim.place.id != place or not isinstance(said, ControlClaim):
            continue
        if said.polarity is Polarity.DENIED or said.modality not in (Modality.ASSERTED, Modality.HEDGED):
            continue
        if said.change is Change.LOST or said.degree is not Degree.FULL or when is None:
            continue
        if actor is not None and not is_vague(actor):
            yield when.interval.last, camp_of(actor)


def _most(votes: Counter[str]) -> str:
    """What most say; of equals, the first by name."""
    return min(votes, key=lambda holder: (-votes[holder], holder))


def _runs(answers: Iterable[tuple[date, str]]) -> list[Stretch]:
    runs: list[Stretch] = []
    for day, holder in answers:
        if not runs or runs[-1].holder != holder:
            runs.append(Stretch(day, Holding.HELD, holder))
    return runs
