"""Accounts in different incidents that may be of one: a rare act recalled for another month, a toll told elsewhere.

Reports of the day are matched by `matching`. A year later writers recall an act by a month or a season, and get it
wrong; their accounts then share no day. Two such accounts are not joined, since there may have been two acts, but
they are set side by side.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from tadmor.datamodel.claims import EventClaim, EventType, TollClaim
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Interval
from tadmor.record.contradiction import Found, contradiction, hanging
from tadmor.record.independence import Voices
from tadmor.record.matching import LONG, Told, figure
from tadmor.record.naming import Names, days_in_words
from tadmor.record.tabled import of_two_rows

#: Acts that happen seldom enough at one place for two look-backs to be of the same one.
_RARE = frozenset({EventType.EXECUTION, EventType.ABDUCTION, EventType.CHEMICAL_ATTACK})
# The four below are set by judgement, not measured.
#: A look-back is told at least so many days after the act.
_LATER = 30
#: Look-backs of one act lie at most so many days apart: writers miss by a season, not by a year.
_SEASON = 100
#: Their numbers differ at most by this share.
_ALIKE = 0.15
#: A number that two reports share by chance is small.
_TELLING = 5


class _Recalled(NamedTuple):
    """A look-back on a rare act: how many it took or killed, where the sentence says so."""

    told: Told
    kind: EventType
    when: Interval
    number: Quantity | None


def look_backs(told: Sequence[Told], voices: Voices, names: Names) -> Iterator[Found]:
    """Look-backs on what may be one rare act: they disagree on its time where their days do not meet, and on number."""
    by_type: dict[EventType, list[_Recalled]] = defaultdict(list)
    for one in _recalled(told):
        by_type[one.kind].append(one)
    for _, group in sorted(by_type.items()):
        for one, other in combinations(group, 2):
            if voices.key(one.told.claim) != voices.key(other.told.claim) and _may_be_one(one, other):
                for found in _between(one, other, names):
                    yield Found(found, hanging(found, ()))


def _recalled(told: Sequence[Told]) -> Iterator[_Recalled]:
    """Rare acts told long after; a count that stands with the same words is theirs."""
    counted: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if isinstance(one.said, TollClaim) and one.said.count is not None:
            counted[one.said.document].append(one)
    for one in told:
        if not isinstance(one.said, EventClaim) or one.said.type not in _RARE or one.when is None:
            continue
        published = one.claim.published
        if published is None or (published.earliest - one.when.last).days < _LATER:
            continue
        beside = [
            each.said.count for each in counted.get(one.said.document, ()) if each.said.span.overlaps(one.said.span)
        ]
        yield _Recalled(one, one.said.type, one.when, one.said.count or next(iter(beside), None))


def _may_be_one(one: _Recalled, other: _Recalled) -> bool:
    if one.when.gap(other.when) > _SEASON or (_is_narrow(one, other) and one.when.overlaps(other.when)):
        return False  # the former are two acts, the latter a matter for `matching`
    if _apart(one.told.by, other.told.by) or _apart(one.told.on, other.told.on):
        return False
    first, second = _figure(one.number), _figure(other.number)
    if first is None or second is None or abs(first - second) > _ALIKE * max(first, second):
        return False
    return _same_ground(one.told, other.told)


def _is_narrow(one: _Recalled, other: _Recalled) -> bool:
    return max(one.when.days, other.when.days) < LONG


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _same_ground(one: Told, other: Told) -> bool:
    """The same place, or one in the other, or two sites of one town."""
    if one.place is None or other.place is None:
        return False
    first, second = (one.place.id, *one.place.parents[:1]), (other.place.id, *other.place.parents[:1])
    return not set(first).isdisjoint(second)


def _figure(count: Quantity | None) -> int | None:
    return figure(count) if count is not None else None


def _between(one: _Recalled, other: _Recalled, names: Names) -> Iterator[Contradiction]:
    kind = one.kind.value.replace("_", " ")
    where = one.told.place.id if one.told.place is not None else None
    when = one.when.hull(other.when)
    if not one.when.overlaps(other.when):
        in_time = sorted([one, other], key=lambda each: (each.when, each.told.id))
        yield contradiction(
            Nature.TIME,
            f"when the {kind} at {names.of(where)} was",
            [(days_in_words(each.when), [each.told.claim]) for each in in_time],
            place=where,
            when=when,
            explanation="there may have been two, as the days told do not meet",
        )
    if _figure(one.number) != _figure(other.number):
        in_size = sorted([one, other], key=lambda each: (_figure(each.number) or 0, each.told.id))
        yield contradiction(
            Nature.NUMBER,
            f"how many the {kind} at {names.of(where)} was of",
            [(str(_figure(each.number)), [each.told.claim]) for each in in_size],
            place=where,
            when=when,
            explanation="there may have been two",
            quantities=tuple(each.number for each in in_size if each.number is not None),
        )


def moved(told: Sequence[Told], voices: Voices, names: Names) -> Iterator[Found]:
    """The same exact toll on the same day at two places apart from each other: one may be misplaced."""
    tolls: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in told:
        number = _figure(one.said.count)
        if isinstance(one.said, TollClaim) and number is not None and number >= _TELLING and _exact(one):
            tolls[one.said.harm, number].append(one)
    for _, group in sorted(tolls.items()):
        for one, other in combinations(group, 2):
            if not _displaced(one, other) or voices.key(one.claim) == voices.key(other.claim):
                continue
            found = contradiction(
                Nature.PLACE,
                "where it was",
                [(names.of(each.place.id), [each.claim]) for each in (one, other) if each.place is not None],
                place=None,
                when=one.when,
                explanation="two places may have suffered the same number",
            )
            yield Found(found, hanging(found, ()))


def _exact(one: Told) -> bool:
    count = one.said.count
    return count is not None and count.low is not None and count.low == count.high


def _displaced(one: Told, other: Told) -> bool:
    """Same day, same camps, one country, and neither place in the other."""
    if one.place is None or other.place is None or one.when is None or other.when is None:
        return False
    if of_two_rows(one.row, other.row):
        return False
    nested = one.place.id in (other.place.id, *other.place.parents) or other.place.id in one.place.parents
    if nested or one.place.country != other.place.country or _same_ground(one, other):
        return False
    narrow = max(one.when.days, other.when.days) <= 3 and one.when.overlaps(other.when)
    return narrow and bool(one.by & other.by or (one.on & other.on and not (one.by and other.by)))
