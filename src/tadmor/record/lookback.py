"""Accounts in different incidents that may be of one: a rare act recalled for another month, a toll told elsewhere.

Reports of the day are matched by `matching`. A year later writers recall an act by a month or a season, and get it
wrong; their accounts then share no day. Two such accounts are not joined, since there may have been two acts, but
they are set side by side.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from tadmor.datamodel.claims import EventClaim, EventType, TollClaim
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.record.contradiction import Found, contradiction, hanging
from tadmor.record.independence import Voices
from tadmor.record.matching import Told, figure
from tadmor.record.naming import Names, days_in_words

#: Acts that happen seldom enough at one place for two look-backs to be of the same one.
_RARE = frozenset({EventType.EXECUTION, EventType.ABDUCTION, EventType.CHEMICAL_ATTACK})
#: A look-back is told at least so many days after the act.
_LATER = 30
#: Look-backs of one act lie at most so many days apart: writers miss by a season, not by a year.
_SEASON = 100
#: Their numbers differ at most by this share.
_ALIKE = 0.15
#: A number that two reports share by chance is small.
_TELLING = 5


def look_backs(told: Sequence[Told], voices: Voices, names: Names) -> Iterator[Found]:
    """Look-backs on what may be one rare act, whose days do not meet: they disagree on time, and maybe on number."""
    past = [one for one in told if isinstance(one.said, EventClaim) and one.said.type in _RARE and _looks_back(one)]
    by_type: dict[EventType, list[Told]] = defaultdict(list)
    for one in past:
        if isinstance(one.said, EventClaim):
            by_type[one.said.type].append(one)
    for _, group in sorted(by_type.items()):
        for one, other in combinations(group, 2):
            if voices.key(one.claim) != voices.key(other.claim) and _may_be_one(one, other):
                for found in _between(one, other, names):
                    yield Found(found, hanging(found, ()))


def _looks_back(one: Told) -> bool:
    published = one.claim.published
    return one.when is not None and published is not None and (published.earliest - one.when.last).days >= _LATER


def _may_be_one(one: Told, other: Told) -> bool:
    if one.when is None or other.when is None or one.place is None or other.place is None:
        return False
    if one.when.overlaps(other.when) or one.when.gap(other.when) > _SEASON:
        return False
    if (one.by and other.by and not one.by & other.by) or (one.on and other.on and not one.on & other.on):
        return False
    first, second = _figure(one), _figure(other)
    if first is None or second is None or abs(first - second) > _ALIKE * max(first, second):
        return False
    return _same_ground(one, other)


def _same_ground(one: Told, other: Told) -> bool:
    """The same place, or one in the other, or two sites of one town."""
    if one.place is None or other.place is None:
        return False
    first, second = (one.place.id, *one.place.parents[:1]), (other.place.id, *other.place.parents[:1])
    return not set(first).isdisjoint(second)


def _figure(one: Told) -> int | None:
    return figure(one.said.count) if one.said.count is not None else None


def _between(one: Told, other: Told, names: Names) -> Iterator[Contradiction]:
    kind = one.said.type.value.replace("_", " ") if isinstance(one.said, EventClaim) else "act"
    pair = _in_order(one, other)
    where = one.place.id if one.place is not None else None
    when = one.when.hull(other.when) if one.when is not None and other.when is not None else None
    explanation = "there may have been two, as the days told do not meet"
    yield contradiction(
        Nature.TIME,
        f"when the {kind} at {names.of(where)} was",
        [(days_in_words(each.when), [each.claim]) for each in pair],
        place=where,
        when=when,
        explanation=explanation,
    )
    if _figure(one) != _figure(other):
        yield contradiction(
            Nature.NUMBER,
            f"how many the {kind} at {names.of(where)} was of",
            [
                (str(_figure(each)), [each.claim])
                for each in sorted(pair, key=lambda each: (_figure(each) or 0, each.id))
            ],
            place=where,
            when=when,
            explanation=explanation,
            quantities=tuple(each.said.count for each in pair if each.said.count is not None),
        )


def _in_order(one: Told, other: Told) -> list[Told]:
    return sorted([one, other], key=lambda each: (each.when.start.toordinal() if each.when is not None else 0, each.id))


def moved(told: Sequence[Told], voices: Voices, names: Names) -> Iterator[Found]:
    """The same exact toll on the same day at two places apart from each other: one may be misplaced."""
    tolls: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in told:
        number = _figure(one)
        if isinstance(one.said, TollClaim) and number is not None and number >= _TELLING and _exact(one):
            tolls[one.said.harm, number].append(one)
    for _, group in sorted(tolls.items()):
        for one, other in combinations(group, 2):
            if voices.key(one.claim) == voices.key(other.claim) or not _displaced(one, other):
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
    nested = one.place.id in (other.place.id, *other.place.parents) or other.place.id in one.place.parents
    if nested or one.place.country != other.place.country or _same_ground(one, other):
        return False
    narrow = max(one.when.days, other.when.days) <= 3 and one.when.overlaps(other.when)
    return narrow and bool(one.by & other.by or (one.on & other.on and not (one.by and other.by)))
