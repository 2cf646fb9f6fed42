"""How surely a claim was read: the chance that its kind, its place and its actors are what the text means.

The reader's score is asked for more than it knows: a claim whose own words name its place is right more often than one
that was given the place of its surroundings, and one that calls it "the city" or "it" lies between. All were fitted
together, for each kind, to the marked texts that the reader was trained on; `quality.sureness` prints how much likelier
that makes what is so in those that it was not.
"""

from typing import NamedTuple

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.dictionaries.lexicon import word_class
from tadmor.dictionaries.names import fold
from tadmor.record.odds import log_odds, probability

#: Readers whose scores were fitted.
FITTED = "learned/"
#: Scores are kept so far from 0 and 1: no reader is as sure as that.
EDGE = 0.02
_THIS = frozenset({"the", "this", "that", "its"})
_IT = frozenset({"it", "there"})


class Reading(NamedTuple):
    """Log-odds that a reading is right: at an even score, for each of the score's own, and by where the place is from.

    `carried`: it stands in other words than the claim's; `called`: these call it by a word for such places.
    """

    even: float
    score: float
    carried: float
    called: float


#: By kind, as `python -m quality.sureness` fits them.
READINGS = {
    "control": Reading(0.91, 0.56, -1.63, 0.55),
    "event": Reading(0.53, 1.15, -0.22, 0.70),
    "presence": Reading(1.02, 0.21, -1.11, 0.98),
    "movement": Reading(0.53, 0.86, -0.07, 0.43),
    "toll": Reading(1.17, 1.03, -0.70, -0.10),
}


def sureness(claim: GroundedClaim) -> float:
    """The chance that a claim was read aright, 0..1; a reader that nothing was fitted for is taken at its word."""
    if not claim.claim.reader.startswith(FITTED):
        return min(max(claim.claim.score, 0.0), 1.0)
    return probability(sum(one * other for one, other in zip(READINGS[claim.kind], features(claim), strict=True)))


def features(claim: GroundedClaim) -> Reading:
    """What the fields of `READINGS` are multiplied by."""
    carried = claim.claim.place is not None and claim.claim.place.carried
    score = log_odds(min(max(claim.claim.score, EDGE), 1 - EDGE))
    called = carried and calls_a_place(claim.claim.quote)
    return Reading(1.0, score, float(carried), float(called))


def calls_a_place(quote: str) -> bool:
    """Do words call a place that is named elsewhere, as in "the old city", "it"?"""
    words = fold(quote).split()
    called = word_class("single_places")
    after_this = (words[at + 1 : at + 3] for at, word in enumerate(words) if word in _THIS)
    return not _IT.isdisjoint(words) or any(not called.isdisjoint(near) for near in after_this)
