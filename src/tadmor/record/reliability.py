"""How far a voice is to be believed in one claim: by its kind, side and interest, by how it fared, by how it is told.

The model is the one-coin model of Dawid and Skene (1979, doi:10.2307/2346806): a voice tells the truth with
probability r and otherwise says something else. At first r is the prior of the voice's kind, or what the grade that a
person gave the source is worth, its log-odds less where
the claim serves the voice's own side and more where it goes against it; over the case it becomes what the voice's
agreement with others teaches (`fared`), for claims of each interest apart. Everything that makes a claim say less (a
hedge, a doubtful reading) mixes r with 1/2, which is no information. The weight is log(r / (1 - r)).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tadmor.datamodel.claims import Modality
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import SourceKind
from tadmor.record.grades import worth
from tadmor.record.interests import Enemies, interest
from tadmor.record.odds import log_odds, probability
from tadmor.record.sureness import sureness

if TYPE_CHECKING:
    from tadmor.record.fared import Fared

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
#: Kinds whose words are weighed alike, whomever they serve: monitors of one side proved right in about 15 of 16 words
#: that serve it and in 3 of 4 against it (`quality.fared`).
_DISINTERESTED = frozenset({SourceKind.MONITOR, SourceKind.ORGANISATION})
#: A claim that was less surely read than this concludes nothing: it is shown, and not counted. By judgement: most of
#: the claims that the network alone sees lie below, and hardly any that the rules made.
MISREAD = 0.35
#: No single voice may bring more than this (r = 0.98): any source errs, and readers err about any source.
LIMIT = 4.0


class Weighed(NamedTuple):
    """The weight of one claim in log-odds, the interest behind it, and both in words.

    `right` is how often its voice is right in such claims, `sure` how much of that the telling and its reading leave.
    `grade` is its Admiralty grade.
    """

    value: float
    interest: int  # -1 self-serving, 0 none known, 1 against interest
    reason: str
    right: float
    sure: float
    grade: str


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
        fared: how the voices fared over the case; `None` before that is known.
    """

    def __init__(self, prior: Prior, enemies: Enemies | None = None, fared: "Fared | None" = None) -> None:
        self._prior = prior
        self._enemies = enemies or {}
        self._fared = fared
        self._weighed: dict[int, tuple[GroundedClaim, Weighed]] = {}  # a claim is kept, so that its identity stays its

    def weigh(self, claim: GroundedClaim) -> Weighed:
        """The weight of a claim; polarity is for the caller, who knows what a denial speaks against."""
        known = self._weighed.get(id(claim))
        if known is None:
            known = self._weighed[id(claim)] = (claim, self._weigh(claim))
        return known[1]

    def _weigh(self, claim: GroundedClaim) -> Weighed:
        stake = interest(claim, self._enemies)
        right, reason = self._right(claim, stake)
        reasons, sure = [reason], sureness(claim)
        if sure < 0.5:
            reasons.append("the reading of the sentence is doubtful")
        if claim.claim.modality is Modality.HEDGED:
            sure *= HEDGED
            reasons.append("told with a hedge")
        if stake:
            reasons.append("against its own side's interest" if stake > 0 else "serves its own side")
        graded = self._fared.graded(claim, stake) if self._fared is not None else "F6"
        return Weighed(weight(right, sure), stake, "; ".join(reasons), right, sure, graded)

    def _right(self, claim: GroundedClaim, stake: int) -> tuple[float, str]:
        kind = claim.origin.kind
        first = at_first(self._prior, kind, stake, claim.grade)
        graded = f", graded {claim.grade} by a person" if claim.grade is not None else ""
        told = f"{_named(claim)}: {kind.value}{graded}, right {first:.0%} of the time before more is known"
        standing = self._fared.standing(claim, stake) if self._fared is not None else None
        if standing is None:
            return first, told
        whose = "it" if standing.voice else "its kind"
        return standing.right, f"{told}, {standing.right:.0%} by how {whose} fared here"


def at_first(prior: Prior, kind: SourceKind, stake: int, letter: str | None = None) -> float:
    """How often a source of a kind is right in claims of one interest, before anything is known of it.

    The `letter` that a person gave the source goes before its kind.
    """
    right = worth(letter) or prior(kind)
    return right if kind in _DISINTERESTED else probability(log_odds(right) * _INTEREST[stake])


def weight(right: float, sure: float) -> float:
    """Log-odds of a word whose voice is right so often, and of which so much is sure; never below 0 or over `LIMIT`."""
    truthful = min(0.5 + (right - 0.5) * sure, probability(LIMIT))
    return max(log_odds(truthful), 0.0)


def _named(claim: GroundedClaim) -> str:
    via = f" through {claim.publisher.name}" if len(claim.voices) > 1 else ""
    return f"{claim.origin.name}{via}"
