"""Who held a place by the words that tell of its capture: "captured the rebel stronghold of Harna".

Such an aside, read as a claim of its own, bears the day of the capture and speaks of the time before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Polarity
from tadmor.datamodel.grounded import GroundedClaim


class Bygone(NamedTuple):
    """The other of two claims that share words: the capture for an aside, the aside for a capture."""

    other: GroundedClaim


def bygones(claims: Iterable[GroundedClaim]) -> Mapping[str, Bygone]:
    """Asides and captures that share words, by claim id; of several asides in one capture the first counts."""
    beside: dict[tuple[str, str], list[GroundedClaim]] = defaultdict(list)
    for claim in claims:
        if claim.place is not None:
            beside[claim.claim.document, claim.place.id].append(claim)
    found: dict[str, Bygone] = {}
    for told in beside.values():
        ordered = sorted(told, key=lambda one: (one.claim.start, one.claim.end, one.id))
        for capture, aside in _pairs(ordered):
            found[aside.id] = Bygone(capture)
            found.setdefault(capture.id, Bygone(aside))
    return found


def _pairs(told: Sequence[GroundedClaim]) -> Iterator[tuple[GroundedClaim, GroundedClaim]]:
    captures = [one for one in told if _is(one, Change.GAINED)]
    asides = [one for one in told if _is(one, Change.HELD) and one.actor("holder") is not None]
    for capture in captures:
        for aside in asides:
            if _within(aside, capture) and _others(aside, capture):
                yield capture, aside


def _is(claim: GroundedClaim, change: Change) -> bool:
    said = claim.claim
    whole = isinstance(said, ControlClaim) and said.change is change and said.degree is Degree.FULL
    return whole and said.polarity is Polarity.AFFIRMED


def _within(aside: GroundedClaim, capture: GroundedClaim) -> bool:
    """Do the words of the capture hold the aside, and is neither of another day?"""
    inside = capture.claim.start <= aside.claim.start and aside.claim.end <= capture.claim.end
    one, other = aside.when or aside.published, capture.when or capture.published
    return inside and one is not None and other is not None and one.interval.overlaps(other.interval)


def _others(aside: GroundedClaim, capture: GroundedClaim) -> bool:
    one, other = aside.actor("holder"), capture.actor("holder")
    return one is not None and (other is None or one.id != other.id)
