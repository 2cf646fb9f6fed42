"""Counts of different reach: the dead alone to one voice, the dead and the wounded in one number to another.

They are looked for across incidents: a total of killed and wounded mostly covers weeks, and stands in none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tadmor.datamodel.claims import Harm, TollClaim
from tadmor.datamodel.findings import Nature
from tadmor.datamodel.quantities import Quantity
from tadmor.record.contradiction import Found, contradiction, hanging, of_what, several
from tadmor.record.independence import Voices
from tadmor.record.matching import Told, figure
from tadmor.record.naming import Names
from tadmor.record.people import people_of
from tadmor.record.toll import combined

#: Days over which two reports may be thought to count the same victims; see `victims`.
_WEEK = 7

_Key = tuple[str, str, str, str]


def reaches(told: Sequence[Told], voices: Voices, names: Names) -> Iterator[Found]:
    """Numbers of one harm to the same people at one place that another voice gives together with another harm."""
    both = combined(told)
    mixed, alone = _by_people(told, both)
    for key in sorted(mixed):
        for one in mixed[key]:
            others = [other for other in alone.get(key, ()) if _differ(one, other, voices)]
            sides = [("", [each.claim for each in others]), ("", [one.claim])]
            if others and several(voices, sides):
                yield _found(one, others, names)


def _by_people(told: Iterable[Told], both: frozenset[str]) -> tuple[dict[_Key, list[Told]], dict[_Key, list[Told]]]:
    """Tolls with a number, those of several harms and those of one, by place, harm and people."""
    mixed: dict[_Key, list[Told]] = defaultdict(list)
    alone: dict[_Key, list[Told]] = defaultdict(list)
    for one in told:
        if isinstance(one.said, TollClaim) and one.place is not None and one.said.count is not None:
            people = people_of(one.claim)
            key = (one.place.id, one.said.harm, people.status, people.group or "")
            (mixed if one.id in both else alone)[key].append(one)
    return mixed, alone


def _differ(one: Told, other: Told, voices: Voices) -> bool:
    """Do two voices give numbers for days that meet, the larger for the dead and the wounded together?

    Of people at large, told in two reports, the days must be few: over months there are many tolls that a total may be
    set against. A camp counts its dead, and those of its enemy, over weeks.
    """
    if one.when is None or other.when is None or not one.when.overlaps(other.when):
        return False
    wide = people_of(one.claim).group is None and max(one.when.days, other.when.days) > _WEEK
    if wide and one.said.document != other.said.document:
        return False
    larger = (figure(_count(one)) or 0) > (figure(_count(other)) or 0)
    apart = not _count(one).compatible(_count(other))
    return larger and apart and voices.key(one.claim) != voices.key(other.claim)


def _count(one: Told) -> Quantity:
    return one.said.count or Quantity()


def _found(one: Told, others: Sequence[Told], names: Names) -> Found:
    besides = "the wounded" if isinstance(one.said, TollClaim) and one.said.harm is Harm.KILLED else "the killed"
    place = one.place.id if one.place is not None else None
    days = one.when
    for other in others:
        days = days.hull(other.when) if days is not None and other.when is not None else days
    found = contradiction(
        Nature.DEFINITION,
        f"{of_what(one, names)} at {names.of(place)}",
        [
            (_number(others[0]), [other.claim for other in others]),
            (f"{_number(one)}, {besides} included", [one.claim]),
        ],
        place=place,
        when=days,
        explanation=f"one counts {besides} as well",
        quantities=(_count(others[0]), _count(one)),
    )
    return Found(found, hanging(found, ()))


def _number(one: Told) -> str:
    count = _count(one)
    return count.expression or str(count.best)
