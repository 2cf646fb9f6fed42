"""Scores of pairs and incidents as they were reckoned before, where nothing that they rest on has changed.

Neither hangs on how far any voice is believed: a pair's score hangs on its two claims, and a cluster of claims that
match, however far around, falls into incidents by the scores inside it alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tadmor.record.grouping import incidents_of
from tadmor.record.judged import Judged
from tadmor.record.matching import THRESHOLD, Told
from tadmor.record.memory import Memory, key_of
from tadmor.record.nearness import towns_beside
from tadmor.record.pairing import Pair, scored

#: The one key of all scores: they say themselves of which claims they are.
_ALL = b"all"


class _Scores(msgspec.Struct, frozen=True):
    """Scores of pairs: claims with their digests, and numbers of theirs; little-endian, four and eight bytes each."""

    claims: dict[str, bytes]
    first: bytes
    second: bytes
    values: bytes


def scores_of(told: Sequence[Told], keys: Mapping[str, bytes], memory: Memory) -> dict[Pair, float]:
    """The score of every pair that may match, those of claims scored against each other before as they were.

    Args:
        told: the claims.
        keys: their digests, by id.
        memory: what was reckoned before.
    """
    own = _keys_of(told, keys)
    known = memory.recall("scores", _ALL)
    before = msgspec.msgpack.decode(known, type=_Scores) if known is not None else _Scores({}, b"", b"", b"")
    same = frozenset(claim for claim, key in before.claims.items() if own.get(claim) == key)
    if len(same) == len(own) == len(before.claims):
        return dict(_told_of(before, same))
    found = scored(told, dict(_told_of(before, same)), same)
    memory.keep("scores", _ALL, msgspec.msgpack.encode(_encoded(own, found)))
    return found


def _keys_of(told: Sequence[Told], keys: Mapping[str, bytes]) -> dict[str, bytes]:
    """The digest of each claim, with the towns beside which it lies."""
    beside = towns_beside(one.place for one in told if one.place is not None)
    return {
        one.id: keys[one.id] + "".join(beside.get(one.place.id, ())).encode() if one.place is not None else keys[one.id]
        for one in told
    }


def _told_of(scores: _Scores, same: frozenset[str]) -> Iterator[tuple[Pair, float]]:
    """The scores of pairs of some claims."""
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    claims = list(scores.claims)
    first, second = (np.frombuffer(one, "<u4").tolist() for one in (scores.first, scores.second))
    every = zip(first, second, np.frombuffer(scores.values, "<f8").tolist(), strict=True)
    if len(same) == len(claims):
        return (((claims[one], claims[other]), value) for one, other, value in every)
    kept = [claim in same for claim in claims]
    return (((claims[one], claims[other]), value) for one, other, value in every if kept[one] and kept[other])


def _encoded(own: dict[str, bytes], scores: Mapping[Pair, float]) -> _Scores:
    import numpy as np  # noqa: PLC0415

    number = {claim: at for at, claim in enumerate(own)}
    first, second = ([number[pair[side]] for pair in scores] for side in (0, 1))
    values = np.array(list(scores.values()), "<f8").tobytes()
    return _Scores(own, np.array(first, "<u4").tobytes(), np.array(second, "<u4").tobytes(), values)


def incidents(
    told: Sequence[Told], judged: Judged, scores: Mapping[Pair, float], keys: Mapping[str, bytes], memory: Memory
) -> list[list[Told]]:
    """As `incidents_of`: the clusters of claims that match are recalled one by one.

    Args:
        told: the claims.
        judged: a person's word on pairs of them.
        scores: of every pair that may match.
        keys: digests of the claims, by id.
        memory: what was reckoned before.
    """
    every = _clusters(told, judged, scores)
    clusters = {first: cluster for first, cluster in every.items() if len(cluster) > 1}
    own = _keys_of(told, keys)
    key = {first: key_of(judged.words, *(own[one.id] for one in cluster)) for first, cluster in clusters.items()}
    known = {first: memory.recall("incidents", key[first]) for first in clusters}
    inside = _inside(scores, {one.id: first for first in clusters if known[first] is None for one in clusters[first]})
    found: list[list[Told]] = []
    for first, cluster in clusters.items():
        if (before := known[first]) is not None:
            found += _parted(cluster, msgspec.msgpack.decode(before, type=list[int]))
        else:
            groups = incidents_of(cluster, judged, inside[first])
            of = {one.id: number for number, members in enumerate(groups) for one in members}
            memory.keep("incidents", key[first], msgspec.msgpack.encode([of[one.id] for one in cluster]))
            found += groups
    found += [cluster for first, cluster in every.items() if first not in clusters]
    return sorted(found, key=lambda members: members[0].id)


def _parted(cluster: Sequence[Told], numbers: Sequence[int]) -> Iterable[list[Told]]:
    """The claims of a cluster by the number of their incident."""
    parts: dict[int, list[Told]] = defaultdict(list)
    for one, number in zip(cluster, numbers, strict=True):
        parts[number].append(one)
    return parts.values()


def _inside(scores: Mapping[Pair, float], of: Mapping[str, str]) -> Mapping[str, Mapping[Pair, float]]:
    """The scores of the pairs inside each cluster, of those that claims are given the cluster of."""
    inside: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair, value in scores.items():
        cluster = of.get(pair[0])
        if cluster is not None and cluster == of.get(pair[1]):
            inside[cluster][pair] = value
    return inside


def _clusters(told: Sequence[Told], judged: Judged, scores: Mapping[Pair, float]) -> Mapping[str, list[Told]]:
    """The claims by the first of those that hang together, by pairs that match or by a person's word."""
    lead = {one.id: members[0].id for members in judged.groups(told).values() for one in members}
    for (one, other), value in scores.items():
        if value >= THRESHOLD:
            first, second = _first(one, lead), _first(other, lead)
            if first != second:
                lead[max(first, second)] = min(first, second)
    found: dict[str, list[Told]] = defaultdict(list)
    for each in sorted(told, key=lambda one: one.id):
        found[_first(each.id, lead)].append(each)
    return found


def _first(claim: str, lead: dict[str, str]) -> str:
    """The claim that stands for all of a cluster."""
    while lead[claim] != claim:
        lead[claim] = claim = lead[lead[claim]]
    return claim
