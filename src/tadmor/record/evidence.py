"""Control claims as evidence: which day, what it says of the place, how much it weighs.

A claim that a place changed hands within some days says two things: that the new holder had it when those days ended,
and that somebody else had it before they began. A claim that it was held says one. Claims of the same change are first
brought together, so that "last March" and "27 March" tell of one change on the day that both allow.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Polarity
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.times import DAY, Basis, Extent, Interval, When
from tadmor.record.reliability import Reliability, Weighed, is_fact
from tadmor.record.states import Says, Target
from tadmor.record.vague import Vague

#: Nobody holds "Syria" or "the north" in the sense that a town is held: such claims are left out on purpose.
_TOO_WIDE = frozenset({Level.COUNTRY, Level.REGION})
#: What a change says of the days before it, as a share of what it says of the days after. Reports of a change are right
#: about who lost less often than about who gained (losers are left out or taken for granted).
BEFORE = 0.75
#: Share of the weight left to a change without a day of its own: told as news ("has retaken"), and in passing.
AS_NEWS = 0.8
UNDATED = 0.4
#: A place told to be held on some day inside a long stretch may be so on any of them: the information left halves with
#: every tenfold of a week.
_WEEK = 7.0


class Statement(NamedTuple):
    """A control claim, its id, its days, and what it says of their end and of the day before them."""

    id: str
    claim: GroundedClaim
    place: Place
    interval: Interval
    dated: bool  # the days are the event's own, not those of the document
    turns: bool  # it tells of a change, not of a state
    after: Target | None  # who holds it
    before: Target | None
    siege: Target | None
    weighed: Weighed


class Observation(NamedTuple):
    """What one claim says of one day; `share` of the claim's weight is in it."""

    day: date
    target: Target
    share: float
    statement: Statement
    follows: bool  # it says what is so from that day on, rather than what was so until then

    @property
    def value(self) -> float:
        """Weight in log-odds for the proposition."""
        return self.share * self.statement.weighed.value


class Turn(NamedTuple):
    """One change that claims tell of: the days that all of them allow."""

    target: Target
    interval: Interval
    statements: tuple[Statement, ...]


def statements_of(claims: Iterable[GroundedClaim], reliability: Reliability, as_of: date | None) -> list[Statement]:
    """The control claims that are evidence of fact about a place and a time, in order of day and id.

    Left out on purpose: plans, predictions, scenarios and questions; claims about countries and regions; claims that no
    place or no day could be found for.
    """
    control = [claim for claim in claims if isinstance(claim.claim, ControlClaim) and is_fact(claim)]
    vague = Vague(control)
    told = [_statement(claim, reliability, vague, as_of) for claim in control]
    return sorted((one for one in told if one is not None), key=lambda one: (one.interval, one.id))


def _statement(claim: GroundedClaim, reliability: Reliability, vague: Vague, as_of: date | None) -> Statement | None:
    place, when = claim.place, claim.when or claim.published
    said = claim.claim
    if place is None or place.level in _TOO_WIDE or when is None or not isinstance(said, ControlClaim):
        return None
    interval = _clipped(when.interval, claim.published, as_of)
    holder = vague.camp(claim, "holder")
    loser = vague.camp(claim, "loser")
    after, before, siege = _targets(said, holder, loser)
    if interval is None or (after is None and siege is None):
        return None
    dated = claim.when is not None and when.basis in (Basis.STATED, Basis.RELATIVE)
    if said.polarity is Polarity.DENIED:
        after, before, siege = _denied(after), None, _denied(siege)
    return Statement(
        id=claim.id,
        claim=claim,
        place=place,
        interval=interval,
        dated=dated,
        turns=said.change is not Change.HELD and said.polarity is Polarity.AFFIRMED,
        after=after,
        before=before if dated else None,
        siege=siege,
        weighed=reliability.weigh(claim),
    )


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
    if besieged is not None and besieged != besieger:
        inside: Target | None = Target(Says.HELD, besieged)
    else:
        inside = Target(Says.HELD, besieger, holds=False) if besieger is not None else None
    return inside, None, Target(Says.BESIEGED, besieger) if besieger is not None else None


def turns_of(statements: Sequence[Statement]) -> list[Turn]:
    """The changes that the statements of one place tell of.

    Statements of the same change are brought together, those with a day of their own first, from the narrowest to the
    widest: each joins the turn with which it shares most days, then the earliest, and the turn keeps the days common to
    both; where it shares no day with any, it opens one.
    """
    turns: list[_Gathering] = []
    by_day: dict[tuple[Target, date], list[_Gathering]] = defaultdict(list)
    changes = [(one, one.after) for one in statements if one.turns and one.siege is None and one.after is not None]
    for one, after in sorted(changes, key=lambda pair: _narrowest(pair[0])):
        days = [one.interval.start + DAY * number for number in range(one.interval.days)]
        near = {id(turn): turn for day in days for turn in by_day[after, day]}
        found = [
            (-common.days, common, turn.number, turn)
            for turn in near.values()
            if (common := turn.interval.intersection(one.interval)) is not None
        ]
        if found:
            _, common, _, turn = min(found, key=lambda each: each[:3])
            turn.interval = common
            turn.statements.append(one)
            continue
        turns.append(_Gathering(len(turns), after, one.interval, [one]))
        for day in days:
            by_day[after, day].append(turns[-1])
    done = [Turn(turn.target, turn.interval, tuple(turn.statements)) for turn in turns]
    return sorted(done, key=lambda turn: (turn.interval, min(one.id for one in turn.statements)))


class _Gathering(msgspec.Struct):
    """A turn while statements are still joining it; looked up by the days it opened with."""

    number: int
    target: Target
    interval: Interval
    statements: list[Statement]


def _narrowest(one: Statement) -> tuple[bool, int, Interval, str]:
    return not one.dated, one.interval.days, one.interval, one.id


def observations_of(statements: Sequence[Statement], turns: Sequence[Turn]) -> list[Observation]:
    """What the statements of one place say of which days, in order of day and claim id."""
    out: list[Observation] = []
    for turn in turns:
        for one in turn.statements:
            out.append(Observation(turn.interval.last, turn.target, _currency(one), one, True))
            if one.before is not None:
                out.append(Observation(turn.interval.start - DAY, one.before, BEFORE, one, False))
    for one in statements:
        if one.after is not None and (one.siege is not None or not one.turns):
            out.extend(Observation(day, one.after, share, one, True) for day, share in held_on(one))
    return sorted(out, key=lambda each: (each.day, each.statement.id, each.follows))


def _currency(one: Statement) -> float:
    """A change told without a day may be long past and undone since; one told as news is not."""
    if one.dated:
        return 1.0
    return UNDATED if one.claim.when is None else AS_NEWS


def held_on(one: Statement) -> list[tuple[date, float]]:
    """The days that a told state is evidence for, each with the share of the weight.

    A state told of a whole stretch counts on its first and last day; one told of some day in it, on the middle one.
    """
    if _throughout(one.claim.when) and one.interval.days > 1:
        return [(one.interval.start, 1.0), (one.interval.last, 1.0)]
    middle = one.interval.start + (one.interval.last - one.interval.start) // 2
    return [(middle, min(1.0, (_WEEK / one.interval.days) ** 0.3))]


def _throughout(when: When | None) -> bool:
    return when is not None and when.extent is Extent.THROUGHOUT


def describe(target: Target | None, names: dict[str, str]) -> str:
    """A proposition in words."""
    if target is None:
        return "nothing"
    camp = names.get(target.camp or "", target.camp or "somebody")
    match target.says:
        case Says.HELD:
            return f"held by {camp}" if target.holds else f"not held by {camp}"
        case Says.PART:
            return f"partly held by {camp}"
        case Says.CONTESTED:
            return "contested" if target.holds else "not contested"
        case Says.BESIEGED:
            return f"besieged by {camp}" if target.holds else f"no longer besieged by {camp}"
