"""One matter shown once: who held a place, whether it fell and whether all of it are three questions of one dispute.

A denial that a town fell, and a part of it in other hands, are told of the same days by the same claims as who held it.
They join the question of who held it, as further accounts; where nobody asks that, the first of them stands for all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tadmor.datamodel.findings import Contradiction, Nature, Side
from tadmor.datamodel.keys import digest
from tadmor.datamodel.times import Interval
from tadmor.record.contradiction import Found

#: Natures of disputes over control, the strongest first: it happened or not; who; how much of it.
_NATURES = (Nature.OUTCOME, Nature.ACTOR, Nature.SCOPE)
#: So many explanations are told of one matter: a city has many parts that an account may leave out.
_REASONS = 3


def shown_once(found: Iterable[Found]) -> Iterator[Found]:
    """Contradictions over control, each matter once.

    Args:
        found: who held places first, then whether they fell, then whether all of them did. Others pass unchanged.
    """
    matters: dict[str | None, list[Found]] = defaultdict(list)
    for one in found:
        if one.contradiction.nature not in _NATURES:
            yield one
            continue
        known = matters[one.contradiction.place]
        shared = [len(_claims(each.contradiction) & _claims(one.contradiction)) for each in known]
        if any(shared):
            at = shared.index(max(shared))
            known[at] = _joined(known[at], one)
        else:
            known.append(one)
    for known in matters.values():
        yield from known


def _claims(found: Contradiction) -> set[str]:
    return {claim for side in found.sides for claim in side.claims}


def _joined(one: Found, other: Found) -> Found:
    first, second = one.contradiction, other.contradiction
    natures = [nature for nature in _NATURES if nature in (*first.natures, *second.natures)]
    reasons = dict.fromkeys(
        reason for told in (first.explanation, second.explanation) if told for reason in told.split("; ")
    )
    whole = msgspec.structs.replace(
        first,
        id=digest("contradiction", natures[0], *sorted(_claims(first) | _claims(second))),
        nature=natures[0],
        natures=tuple(natures),
        when=_hull(first.when, second.when),
        sides=_sides(first.sides, second.sides),
        explanation="; ".join(list(reasons)[:_REASONS]) or None,
    )
    return Found(whole, max(one.hangs, other.hangs, len(_claims(whole))))


def _hull(one: Interval | None, other: Interval | None) -> Interval | None:
    return one.hull(other) if one is not None and other is not None else one or other


def _sides(known: Sequence[Side], more: Sequence[Side]) -> tuple[Side, ...]:
    """Accounts of both: one that shares claims with a known account is that account; no claim stands on two sides."""
    sides = list(known)
    for side in more:
        shared = [len(set(each.claims) & set(side.claims)) for each in sides]
        taken = {claim for each in sides for claim in each.claims}
        new = tuple(claim for claim in side.claims if claim not in taken)
        if any(shared):
            at = shared.index(max(shared))
            sides[at] = _with(sides[at], new, side.sources)
        elif new:
            sides.append(msgspec.structs.replace(side, claims=new))
    return tuple(sides)


def _with(side: Side, claims: Sequence[str], sources: Sequence[str]) -> Side:
    return msgspec.structs.replace(
        side,
        claims=tuple(sorted((*side.claims, *claims))),
        sources=tuple(sorted({*side.sources, *sources})) if claims else side.sources,
    )
