"""How far a voice is to be believed in one claim: prior by kind of source, side and interest, and how it is told.

The model is the one-coin model of Dawid and Skene (1979, doi:10.2307/2346806): a voice tells the truth with
probability r and otherwise says something else. Here r is the prior of the voice's kind; everything that makes a claim
say less (a hedge, a doubtful reading) mixes r with 1/2, which is no information; interest multiplies its log-odds. The
weight is log(r / (1 - r)).
"""

from collections.abc import Callable
from math import exp, log
from typing import NamedTuple

from tadmor.datamodel.claims import Modality
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import SourceKind
from tadmor.record.interests import Enemies, interest

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
_INTEREST = {-1: SELF_SERVING, 0: 1.0, 1: AGAINST_INTEREST}
#: A claim that was less surely read than this concludes nothing: it is shown, and not counted. By judgement: most of
#: the claims that the network alone sees lie below, and hardly any that the rules made.
MISREAD = 0.35
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


class Reliability:
    """How far the voices of a case are believed.

    Args:
        prior: how often a source of each kind is right, 0.5..1.
        enemies: for each camp, the camps it fights.
    """

    def __init__(self, prior: Prior, enemies: Enemies | None = None) -> None:
        self._prior = prior
        self._enemies = enemies or {}

    def weigh(self, claim: GroundedClaim) -> Weighed:
        """The weight of a claim; polarity is for the caller, who knows what a denial speaks against."""
        kind = claim.origin.kind
        right = self._prior(kind)
        truthful = 0.5 + (right - 0.5) * min(max(claim.claim.score, 0.0), 1.0)
        reasons = [f"{_named(claim)}: {kind.value}, right {right:.0%} of the time before more is known"]
        if claim.claim.modality is Modality.HEDGED:
            truthful = 0.5 + (truthful - 0.5) * HEDGED
            reasons.append("told with a hedge")
        if claim.claim.score < 0.5:
            reasons.append("the reading of the sentence is doubtful")
        stake = interest(claim, self._enemies)
        if stake:
            reasons.append("against its own side's interest" if stake > 0 else "serves its own side")
        truthful = min(truthful, probability(LIMIT))
        value = log(truthful / (1 - truthful)) * _INTEREST[stake]
        return Weighed(min(max(value, 0.0), LIMIT), stake, "; ".join(reasons))


def _named(claim: GroundedClaim) -> str:
    via = f" through {claim.publisher.name}" if len(claim.voices) > 1 else ""
    return f"{claim.origin.name}{via}"


def probability(log_odds: float) -> float:
    """From log-odds to a probability."""
    return 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))
