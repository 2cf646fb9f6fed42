"""Claims as evidence of who holds a place: of which days, what they say of the place, how much they weigh."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Polarity, from_table
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.times import DAY, Basis, Extent, Grain, Interval, When
from tadmor.record.asides import Bygone, bygones
from tadmor.record.leaving import left
from tadmor.record.reliability import Reliability, Weighed, is_fact
from tadmor.record.states import Says, Target
from tadmor.record.vague import Vague

#: Nobody holds "Syria" or "the north" in the sense that a town is held: such claims are left out on purpose.
_TOO_WIDE = frozenset({Level.COUNTRY, Level.REGION})
#: A relative stretch from this many days on says "recently" rather than when.
_LOOSE = 14
#: Share of the weight of a gain whose gainer is not named in the claim's own words but taken from others near them:
#: readers err there most. Chosen on one half of the list of `quality.known`, among 0.2 to 1.
GUESSED = 0.3
#: Words for a state that is over ("the former rebel stronghold"): since when, nobody says.
_OVER = re.compile(r"\b(?:former|formerly|once(?! again| more)|erstwhile|ex)\b", re.IGNORECASE)
#: Days before its publication from which on what a document tells is no news. By judgement: reports look back weeks.
_LONG_AGO = 60


class Statement(NamedTuple):
    """A control claim, its id, its days, and what it says of their end and of the day before them."""

    id: str
    claim: GroundedClaim
    place: Place
    interval: Interval
    dated: bool  # the days are the event's own, neither those of the document nor "recently"
    turns: bool  # it tells of a change, not of a state
    after: Target | None  # who holds it
    before: Target | None
    siege: Target | None
    weighed: Weighed
    bygone: bool = False  # it tells who held a place that the same words say to be taken
    supposed: bool = False  # who held it before is not said, but supposed from the rest of the story


def statements_of(claims: Iterable[GroundedClaim], reliability: Reliability, as_of: date | None) -> list[Statement]:
    """The claims that are evidence of who holds a place at a time, in order of day and id: control, and withdrawals.

    Left out on purpose: plans, predictions, scenarios and questions; claims about countries and regions; claims that no
    place or no day could be found for.
    """
    facts = [claim for claim in claims if is_fact(claim)]
    control = [claim for claim in facts if isinstance(claim.claim, ControlClaim)]
    vague, gone, late = Vague(control), bygones(control), _look_back(control)
    told = [
        _statement(claim, reliability, vague, as_of, gone.get(claim.id))
        for claim in control
        if claim.when is not None or claim.claim.document not in late
    ]
    told += [_leaving(claim, reliability, vague, as_of) for claim in facts if claim.when is not None]
    return sorted((one for one in told if one is not None), key=lambda one: (one.interval, one.id))


def _look_back(claims: Iterable[GroundedClaim]) -> frozenset[str]:
    """Documents whose claims mostly tell of days long before they were written: their undated claims do too."""
    long_ago: dict[str, list[bool]] = defaultdict(list)
    for claim in claims:
        if claim.when is not None and claim.published is not None:
            long_ago[claim.claim.document].append(claim.when.interval.gap(claim.published.interval) > _LONG_AGO)
    return frozenset(document for document, told in long_ago.items() if 2 * sum(told) > len(told))


def _statement(
    claim: GroundedClaim, reliability: Reliability, vague: Vague, as_of: date | None, gone: Bygone | None
) -> Statement | None:
    place, when = claim.place, claim.when or claim.published
    said = claim.claim
    if place is None or place.level in _TOO_WIDE or when is None or not isinstance(said, ControlClaim):
        return None
    if _is_some_ground(said):
        return None
    interval = _clipped(when.interval, claim.published, as_of)
    holder = vague.camp(claim, "holder")
    loser = vague.camp(claim, "loser")
    if gone is not None and loser is None and holder is None:
        loser = vague.camp(gone.other, "holder")
    after, before, siege = _targets(said, holder, loser)
    if interval is None or (after is None and siege is None and not _changes_hands(said)):
        return None
    dated = claim.when is not None and is_dated(when)
    begins = _begins(claim, said) and dated and after is not None and after.says is Says.HELD
    if begins:
        interval, before = Interval(interval.start, interval.start + DAY), Target(Says.HELD, holder, holds=False)
    if said.polarity is Polarity.DENIED or _is_over(said):
        after, before, siege = _denied(after), None, _denied(siege)
    return Statement(
        id=claim.id,
        claim=claim,
        place=place,
        interval=interval,
        dated=dated,
        turns=(said.change is not Change.HELD or begins) and said.polarity is Polarity.AFFIRMED,
        after=after,
        before=before if dated else None,
        siege=siege,
        weighed=_weighed(claim, said, reliability),
        bygone=gone is not None and said.change is Change.HELD,
    )


def _leaving(claim: GroundedClaim, reliability: Reliability, vague: Vague, as_of: date | None) -> Statement | None:
    """What a withdrawal says: that whoever left holds the place no more."""
    place, when, camp = left(claim), claim.when, vague.camp(claim, "actor")
    interval = _clipped(when.interval, claim.published, as_of) if when is not None else None
    if place is None or when is None or camp is None or interval is None:
        return None
    return Statement(
        id=claim.id,
        claim=claim,
        place=place,
        interval=interval,
        dated=is_dated(when),
        turns=True,
        after=Target(Says.HELD, camp, holds=False),
        before=None,
        siege=None,
        weighed=reliability.weigh(claim),
    )


def _begins(claim: GroundedClaim, said: ControlClaim) -> bool:
    """As in "was occupied from 5 March to 8 June": it came to be held on the first. Maps are for `mapped`."""
    lasting = claim.when is not None and claim.when.extent is Extent.THROUGHOUT and claim.when.basis is Basis.STATED
    whole = said.degree is Degree.FULL and said.polarity is Polarity.AFFIRMED and not from_table(said)
    return said.change is Change.HELD and lasting and whole


def _is_over(said: ControlClaim) -> bool:
    """As in "the former stronghold of the rebels"."""
    return said.change is Change.HELD and _OVER.search(said.quote) is not None


def _is_some_ground(said: ControlClaim) -> bool:
    """As in "captured a hill", "seven villages": ground without a name, told of by the place that it lies near."""
    return said.count is not None and said.place is not None and said.place.expression.islower()


def _weighed(claim: GroundedClaim, said: ControlClaim, reliability: Reliability) -> Weighed:
    weighed = reliability.weigh(claim)
    if said.holder is None or not said.holder.carried or said.change is not Change.GAINED:
        return weighed
    reason = f"{weighed.reason}; who gained it is not named in these words"
    return weighed._replace(value=weighed.value * GUESSED, reason=reason)


def _changes_hands(said: ControlClaim) -> bool:
    """As in "the fall of the town": that it passed to another, nobody says to whom."""
    return said.change is Change.GAINED and said.degree is Degree.FULL and said.polarity is Polarity.AFFIRMED


def _clipped(interval: Interval, published: When | None, as_of: date | None) -> Interval | None:
    """Without the days after the claim was made, or after the day of the record: nobody reports tomorrow as fact."""
    end = min(
        interval.end,
        published.interval.end if published is not None else interval.end,
        as_of + DAY if as_of is not None else interval.end,
    )
    return Interval(interval.start, end) if interval.start < end else None


def _denied(target: Target | None) -> Target | None:
    return target._replace(holds=not target.holds) if target is not None else None


_Targets = tuple[Target | None, Target | None, Target | None]


def _targets(said: ControlClaim, holder: str | None, loser: str | None) -> _Targets:
    """What a claim says: who holds the place at the end of its days, who on the day before them, who besieges it."""
    if said.degree is Degree.BESIEGED:
        return _siege(said, holder, loser)
    if holder is None and loser is not None and said.degree is not Degree.CONTESTED:
        return Target(Says.HELD, loser, holds=False), Target(Says.HELD, loser), None
    if said.degree is Degree.CONTESTED or (said.degree is Degree.PARTIAL and holder is None):
        return Target(Says.CONTESTED), None, None
    if holder is None:
        return None, None, None
    if said.change is Change.LOST:  # who lost it stands as its holder
        return Target(Says.HELD, holder, holds=False), Target(Says.HELD, holder), None
    gained = said.change is Change.GAINED
    rival = loser is not None and loser != holder
    if said.degree is Degree.PARTIAL:
        return Target(Says.PART, holder), Target(Says.HELD, loser) if gained and rival else None, None
    before = Target(Says.HELD, loser) if rival else Target(Says.HELD, holder, holds=False)
    return Target(Says.HELD, holder), before if gained else None, None


def _siege(said: ControlClaim, besieger: str | None, besieged: str | None) -> _Targets:
    if said.change is Change.LOST:  # a siege broken: the guidelines put the besieger in `from`
        return None, None, Target(Says.BESIEGED, besieged or besieger, holds=False)
    siege = Target(Says.BESIEGED, besieger)
    if besieged is not None and besieged != besieger:
        inside: Target | None = Target(Says.HELD, besieged)
    else:
        inside = Target(Says.HELD, besieger, holds=False) if besieger is not None else None
    return inside, None, siege


def is_dated(when: When) -> bool:
    """Are the days the event's own, neither those of the document nor "recently"?"""
    return when.basis in (Basis.STATED, Basis.RELATIVE) and not is_loose(when)


def is_loose(when: When) -> bool:
    """Is it a stretch up to the day of writing ("recently"), rather than a date or a unit of the calendar?"""
    return when.basis is Basis.RELATIVE and when.grain is Grain.SPAN and when.interval.days > _LOOSE
