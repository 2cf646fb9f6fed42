"""How far a voice is to be believed in one claim: prior by kind of source, side and interest, and how it is told.

The model is the one-coin model of Dawid and Skene (1979, doi:10.2307/2346806): a voice tells the truth with
probability r and otherwise says something else. Here r is the prior of the voice's kind; everything that makes a claim
say less (a hedge, a doubtful reading) mixes r with 1/2, which is no information; interest multiplies its log-odds. The
weight is log(r / (1 - r)).
"""

from collections.abc import Callable
from math import exp, log
from typing import NamedTuple

from tadmor.datamodel.claims import Change, ControlClaim, Degree, EventClaim, Modality, Status, TollClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import SourceKind
from tadmor.record.camps import camp_in, camps_in, sides_of

Prior = Callable[[SourceKind], float]

#: Modalities that speak of what is or was; the others never count as evidence of fact.
FACTUAL = frozenset({Modality.ASSERTED, Modality.HEDGED})

#: Share of a hedged claim's information kept. "Reportedly" in the marked articles goes with a claim that stands about
#: halfway between an assertion and nothing; to be replaced by a measured value with `quality/`.
HEDGED = 0.5
#: Factors on the log-odds of a party's claim: for its own side, and against it. The rule of the map makers of the
#: Syrian war counts an admission as good as an independent report and a boast as little; set before any measurement.
SELF_SERVING = 0.4
AGAINST_INTEREST = 1.6
#: No single voice may bring more than this (r = 0.98): any source errs, and readers err about any source.
LIMIT = 4.0


class Weighed(NamedTuple):
    """The weight of one claim in log-odds, the interest behind it, and both in words."""

    value: float
    interest: int  # -1 self-serving, 0 none known, 1 against interest
    reason: str


def default_prior() -> Prior:
    """The priors by kind of source that ship with tadmor."""
    from tadmor.dictionaries.sources import load_sources  # noqa: PLC0415  # tables are read only where used

    return load_sources().prior


def is_fact(claim: GroundedClaim) -> bool:
    """Does the claim speak of what is or was, or of what may be?"""
    return claim.claim.modality in FACTUAL


def weigh(claim: GroundedClaim, prior: Prior) -> Weighed:
    """The weight of a claim; polarity is for the caller, who knows what a denial speaks against."""
    kind = claim.origin.kind
    truthful = 0.5 + (prior(kind) - 0.5) * min(max(claim.claim.score, 0.0), 1.0)
    reasons = [f"{_named(claim)}: {kind.value}, right {prior(kind):.0%} of the time before anything else is known"]
    if claim.claim.modality is Modality.HEDGED:
        truthful = 0.5 + (truthful - 0.5) * HEDGED
        reasons.append("told with a hedge")
    if claim.claim.score < 0.5:
        reasons.append("the reading of the sentence is doubtful")
    gains = interest(claim)
    value = log(truthful / (1 - truthful)) * {-1: SELF_SERVING, 0: 1.0, 1: AGAINST_INTEREST}[gains]
    if gains:
        reasons.append("against its own side's interest" if gains > 0 else "serves its own side")
    return Weighed(min(max(value, 0.0), LIMIT), gains, "; ".join(reasons))


def interest(claim: GroundedClaim) -> int:
    """-1 where the claim serves the side of whoever speaks, 1 where it goes against it, 0 where neither is known.

    A denial of a loss serves, a denial of a gain does not.
    """
    sides = sides_of(claim.origin)
    if not sides:
        return 0
    served = _served(claim, sides)
    return -served if claim.claim.polarity.value == "affirmed" else served


def _served(claim: GroundedClaim, sides: frozenset[str]) -> int:
    """1 where what is told is good for these sides, -1 where it is bad."""
    match claim.claim:
        case ControlClaim(degree=Degree.BESIEGED, change=change):
            besieger, besieged = camp_in(claim, "holder"), camp_in(claim, "loser")
            good = besieger if change is not Change.LOST else besieged
            return _balance(good in sides, besieged in sides and good != besieged)
        case ControlClaim():
            return _balance(camp_in(claim, "holder") in sides, camp_in(claim, "loser") in sides)
        case TollClaim(status=status):
            mine, did = bool(camps_in(claim, "group") & sides), bool(camps_in(claim, "by") & sides)
            if status is Status.CIVILIAN:  # one's own dead civilians are the other side's shame
                return _balance(False, did)
            return _balance(not mine and _is_enemy_loss(claim, did=did), mine)
        case EventClaim():
            return _balance(False, bool(camps_in(claim, "actors") & sides) and bool(claim.actors.get("targets")))
        case _:
            return 0


def _is_enemy_loss(claim: GroundedClaim, *, did: bool) -> bool:
    """A party counts fighters of another camp: its own act, or one that it has a stake in."""
    return did or bool(camps_in(claim, "group"))


def _balance(good: bool, bad: bool) -> int:  # noqa: FBT001  # two plain conditions
    return int(good) - int(bad)


def _named(claim: GroundedClaim) -> str:
    via = f" through {claim.publisher.name}" if len(claim.voices) > 1 else ""
    return f"{claim.origin.name}{via}"


def probability(log_odds: float) -> float:
    """From log-odds to a probability."""
    return 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))
