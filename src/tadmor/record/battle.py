"""Tolls of one battle in different incidents: a figure beside a larger one for less.

Reports of a battle count at different places ("on the road to the town", "at the citadel") and over different days,
and so make several incidents. What one voice counts over a whole battle covers all that was lost in its days on its
ground: a part may be smaller, never larger. Where another voice gives a larger figure for days within it, at the town
or right beside it, of the same harm to the same camp, both cannot hold. So it is with figures that by themselves tell
of one incident and were parted by what else is told with them, as a strike beside a clash. Other figures of single days
are left apart: there may have been two fights. Only fighters of a named camp are compared: civilians die in many
incidents of a battle, and nobody says which of them a figure covers.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tadmor.datamodel.claims import Harm, Status, TollClaim
from tadmor.datamodel.findings import Nature
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.times import DAY, Basis, Interval
from tadmor.record.contradiction import Found, Matter, contradiction, hanging, is_article, of_what
from tadmor.record.matching import LONG, THRESHOLD, Told, figure, score
from tadmor.record.naming import Names
from tadmor.record.nearness import towns_beside
from tadmor.record.people import people_of
from tadmor.record.tabled import of_two_rows
from tadmor.record.toll import combined

#: From so many days on a dated toll is a battle's and not an act's. By judgement.
_BATTLE = 3


class _Count(NamedTuple):
    """A count of fighters of one camp who suffered one harm."""

    told: Told
    place: Place
    when: Interval
    matter: Matter

    @property
    def least(self) -> float:
        return self.told.said.count.bounds()[0] if self.told.said.count is not None else 0.0

    @property
    def most(self) -> float:
        return self.told.said.count.bounds()[1] if self.told.said.count is not None else float("inf")

    @property
    def dated(self) -> bool:
        """Are its days told, rather than those of its report?"""
        return self.told.claim.when is not None and self.told.claim.when.basis is not Basis.PUBLICATION


def battles(matters: Sequence[Matter], names: Names) -> Iterator[Found]:
    """Figures of one battle beside larger ones for no more of its days and ground."""
    bases: dict[tuple[str, Harm, str], list[_Count]] = defaultdict(list)
    counts: dict[tuple[str, Harm, str], list[_Count]] = defaultdict(list)
    beside = towns_beside(one.place for matter in matters for one in matter.members if one.place is not None)
    for matter in matters:
        for camp, harm, one in _counted(matter):
            if one.most < float("inf"):
                bases[one.place.id, harm, camp].append(one)
            without_point = one.place.parents[:1] if one.place.lat is None else ()
            for ground in dict.fromkeys((one.place.id, *beside.get(one.place.id, without_point))):
                counts[ground, harm, camp].append(one)
    for key in sorted(bases):
        for group in _together(bases[key], counts[key]):
            yield _found(group, names)


def _counted(matter: Matter) -> Iterator[tuple[str, Harm, _Count]]:
    """Camp, harm and count of every toll of fighters that has a number, days and a place no wider than a town."""
    mixed = combined(matter.members)  # set beside others in `reaches`
    for one in matter.members:
        if not isinstance(one.said, TollClaim) or one.said.count is None or not one.said.count.known:
            continue
        if one.long or one.id in mixed or is_article(one):
            continue
        people = people_of(one.claim)
        narrow = one.place is not None and one.place.level in (Level.SITE, Level.SETTLEMENT)
        if people.group is None or people.status is not Status.COMBATANT or not narrow:
            continue
        if one.place is not None and one.when is not None:
            yield people.group, one.said.harm, _Count(one, one.place, one.when, matter)


def _together(bases: Sequence[_Count], counts: Sequence[_Count]) -> Iterator[list[_Count]]:
    """Figures with those that exceed them; those that share a figure stand together."""
    ordered = sorted(counts, key=lambda one: (one.when, one.told.id))
    starts = [one.when.start for one in ordered]
    groups: list[dict[str, _Count]] = []
    for base in bases:
        first, after = bisect_left(starts, base.when.start - LONG * DAY), bisect_right(starts, base.when.last)
        above = [one for one in ordered[first:after] if _exceeds(one, base)]
        if not above:
            continue
        joined = {one.told.id: one for one in (base, *above)}
        apart = [group for group in groups if group.keys().isdisjoint(joined)]
        for group in groups:
            if not group.keys().isdisjoint(joined):
                joined |= group
        groups = [*apart, joined]
    for group in groups:
        yield sorted(group.values(), key=lambda one: (one.least, one.most, one.told.id))


def _exceeds(one: _Count, base: _Count) -> bool:
    """Does another voice give a larger figure for no more than this one is of, and not in the same incident?"""
    voices = base.matter.voices
    return (
        one.least > base.most
        and not of_two_rows(one.told.row, base.told.row)
        and one.matter.incident.id != base.matter.incident.id
        and voices.key(one.told.claim) != voices.key(base.told.claim)
        and (_covered(one, base) or score(one.told, base.told) >= THRESHOLD)
    )


def _covered(one: _Count, total: _Count) -> bool:
    """Do its days lie in those of the total, mostly? Days that are only those of the report need to meet them."""
    if not total.dated or total.when.days < _BATTLE:
        return False
    shared = one.when.intersection(total.when)
    return shared is not None and (not one.dated or 2 * shared.days >= one.when.days)


def _found(group: Sequence[_Count], names: Names) -> Found:
    sides: dict[str, list[_Count]] = defaultdict(list)
    for one in group:
        sides[_words(one)].append(one)
    days = group[0].when
    for one in group[1:]:
        days = days.hull(one.when)
    town = max(group, key=lambda one: (one.place.level is Level.SETTLEMENT, one.when.days)).place
    found = contradiction(
        Nature.NUMBER,
        f"{of_what(group[0].told, names)} in the battle at {names.of(town.id)}",
        [(words, [one.told.claim for one in told]) for words, told in sides.items()],
        place=town.id,
        when=days,
        explanation=_explained(group, names),
        quantities=tuple(told[0].told.said.count for told in sides.values() if told[0].told.said.count is not None),
    )
    return Found(found, hanging(found, {claim for one in group for claim in one.matter.incident.claims}))


def _words(one: _Count) -> str:
    count = one.told.said.count
    return (count.expression or str(figure(count))) if count is not None else ""


def _explained(group: Sequence[_Count], names: Names) -> str | None:
    """What may let the figures stand beside each other after all: another place or act, other days."""
    places = list(dict.fromkeys(one.place.id for one in group))
    reasons = []
    if len(places) > 1:
        reasons.append(f"one may count at {names.of(places[0])}, another at {names.of(places[1])}")
    acts = list(dict.fromkeys(one.matter.incident.type for one in group if one.matter.incident.type is not None))
    if len(acts) > 1:
        first, second = (act.value.replace("_", " ") for act in acts[:2])
        reasons.append(f"one may be of the {first} alone, another of the {second}")
    if not all(one.dated for one in group):
        reasons.append("the days of a figure are not told, only those of its report")
    return "; ".join(reasons) or None
