"""What a person's word would be worth most on: contradictions, doubtful links, doubtful readings.

Contradictions come first, in the order of the record. A link is doubtful where two reports of different documents lie
near the threshold of `matching`, or above it and apart though nothing forbids that they are one; a reading where its
score is low and findings rest on it. The gain of an answer is how many findings may be expected to change: the chance
that the record errs, times the findings that hang on it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from math import exp
from typing import NamedTuple

from tadmor.datamodel.findings import Contradiction, Incident, Record, Rests
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement
from tadmor.record.grouping import Group, may_be_one
from tadmor.record.judged import Judged
from tadmor.record.matching import THRESHOLD, Told, told_of
from tadmor.record.memory import Memory, keys_of
from tadmor.record.pairing import Pair
from tadmor.record.recalled import scores_of
from tadmor.record.reliability import MISREAD, is_fact
from tadmor.record.stakes import Stakes

#: So near to the threshold a link may as well be the other way; a like kind of act weighs as much. By judgement.
_NEAR = 1.0
#: A reading surer than this is not asked about: of ten such, nine and more are right.
_SURE = 0.9


class Asked(StrEnum):
    """What a person is asked."""

    CONTRADICTION = "contradiction"
    LINK = "link"
    READING = "reading"


class Question(NamedTuple):
    """Something that a person could settle.

    Attributes:
        asked: what kind of question it is.
        claims: the claims to decide on; of a link, two.
        rests: the findings that rest on them.
        gain: how many findings an answer may be expected to change.
        together: of a link, whether the record has both in one incident now.
        contradiction: of a contradiction, itself.
    """

    asked: Asked
    claims: tuple[str, ...]
    rests: Rests
    gain: float
    together: bool = False
    contradiction: Contradiction | None = None


def questions(
    record: Record,
    claims: Sequence[GroundedClaim],
    judgements: Sequence[Judgement] = (),
    reviewed: Collection[str] = (),
    memory: Memory | None = None,
) -> list[Question]:
    """The questions of a case, those first whose answers are worth most.

    Args:
        record: what the case concludes.
        claims: the claims it rests on.
        judgements: what persons said of pairs of claims; these are not asked again.
        reviewed: ids of claims that persons decided on, likewise.
        memory: what was reckoned of parts of the case.
    """
    stakes = Stakes(record.spells, record.incidents, record.tolls)
    open_ones = [*_links(record, claims, judgements, stakes, memory or Memory()), *_readings(claims, stakes, reviewed)]
    open_ones.sort(key=lambda one: (-one.gain, one.claims))
    return [*_contradictions(record, reviewed), *open_ones]


def _contradictions(record: Record, reviewed: Collection[str]) -> Iterator[Question]:
    """Those of which not every claim was looked at, in the order of the record."""
    for found in record.contradictions:
        claims = tuple(claim for side in found.sides for claim in side.claims)
        if not all(claim in reviewed for claim in claims):
            gain = float(found.rests.findings)
            yield Question(Asked.CONTRADICTION, claims, found.rests, gain, contradiction=found)


def _readings(claims: Sequence[GroundedClaim], stakes: Stakes, reviewed: Collection[str]) -> Iterator[Question]:
    for claim in claims:
        score = claim.claim.score
        if claim.id in reviewed or not MISREAD <= score < _SURE or not is_fact(claim):
            continue
        hanging = list(stakes.on((claim.id,)))
        if hanging:
            gain = (1 - score) * sum(1 / max(found.independent_sources, 1) for found in hanging)
            yield Question(Asked.READING, (claim.id,), stakes.count((claim.id,)), gain)


class _Doubt(NamedTuple):
    one: str
    other: str
    distance: float  # from the threshold
    together: bool


def _links(
    record: Record, claims: Sequence[GroundedClaim], judgements: Sequence[Judgement], stakes: Stakes, memory: Memory
) -> Iterator[Question]:
    used = [claim for claim in claims if claim.claim.score >= MISREAD]
    told = {one.id: one for one in told_of(used)}
    scores = scores_of(list(told.values()), keys_of(used), memory)
    of = {claim: found for found in record.incidents for claim in found.claims}
    judged = Judged(judgements)
    for doubt in _doubts(told, of, scores):
        pair = (doubt.one, doubt.other)
        if not judged.same(*pair) and not judged.apart(*pair):
            rests = stakes.count(pair)
            gain = rests.findings / (1 + exp(doubt.distance))
            yield Question(Asked.LINK, pair, rests, gain, together=doubt.together)


def _doubts(told: Mapping[str, Told], of: Mapping[str, Incident], scores: Mapping[Pair, float]) -> Iterator[_Doubt]:
    """Between two incidents the pair that speaks most for one; within one, the members that barely belong."""
    between: dict[frozenset[str], _Doubt] = {}
    may_meet = _Meeting(told)
    within: dict[str, _Doubt] = {}
    for (one, other), value in sorted(scores.items()):
        if one not in of or other not in of or told[one].said.document == told[other].said.document:
            continue
        if of[one].id != of[other].id:
            doubt = _Doubt(one, other, max(THRESHOLD - value, 0.0), together=False)
            key = frozenset((of[one].id, of[other].id))
            if doubt.distance <= _NEAR and may_meet(of[one], of[other]):
                between[key] = min(between.get(key, doubt), doubt, key=_by_distance)
        else:
            for claim in (one, other):
                doubt = _Doubt(one, other, value - THRESHOLD, together=True)
                within[claim] = max(within.get(claim, doubt), doubt, key=_by_distance)
    doubts = {(one.one, one.other): one for one in (*between.values(), *within.values()) if abs(one.distance) <= _NEAR}
    yield from doubts.values()


class _Meeting:
    """Whether neither kinds of act, nor days, nor orders of number keep two incidents apart; asked of each pair once.

    Args:
        told: the claims that incidents are made of, by id.
    """

    def __init__(self, told: Mapping[str, Told]) -> None:
        self._told = told
        self._groups: dict[str, Group] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, one: Incident, other: Incident) -> bool:
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if pair not in self._known:
            self._known[pair] = may_be_one(self._group(one), self._group(other))
        return self._known[pair]

    def _group(self, one: Incident) -> Group:
        if one.id not in self._groups:
            self._groups[one.id] = Group([self._told[claim] for claim in one.claims if claim in self._told])
        return self._groups[one.id]


def _by_distance(doubt: _Doubt) -> float:
    return doubt.distance
