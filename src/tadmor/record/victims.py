"""Numbers of the same victims that exclude each other, whichever incidents they are told in.

Which claims count the same victims is found by `casualties`: within one tally, figures that no one number meets
contradict each other. Two tallies are rivals where they may be two accounts of one number after all: of one harm to the
same people on the same ground and days, told of one incident or in one document, and never by one voice, which would
count them apart. Rivals differ by no more than a partisan count does: of a camp's fighters by less than an order, of
others by a factor of two. A part ("including", "of whom") is inside its total, and no rival of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tadmor.datamodel.claims import Harm, Status
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.places import Place
from tadmor.datamodel.times import Interval
from tadmor.record.casualties import Tally
from tadmor.record.casualties.accounts import is_vague
from tadmor.record.contradiction import (
    NOUN,
    Apart,
    Found,
    contradiction,
    excluding,
    hanging,
    is_article,
    numbers_apart,
    of_what,
)
from tadmor.record.event import place_of, when_of
from tadmor.record.independence import Voices
from tadmor.record.judged import Judged
from tadmor.record.matching import Told, figure
from tadmor.record.naming import Names
from tadmor.record.nearness import lies_in
from tadmor.record.people import People, calling_of, people_of
from tadmor.record.reliability import Reliability
from tadmor.record.tabled import may_meet
from tadmor.record.toll import combined, figures

#: Rivals differ by less than these factors: fighters of a camp, whom parties miscount most, and others. Of 36 groups of
#: figures of one incident in different tallies, 14 counted the same victims when read by hand; of 24 groups that all of
#: this leaves, drawn anew, 16.
_FIGHTERS, _OTHERS = 8.0, 2.0
#: Fewer victims than these are counted in several incidents of a day.
_FEW = 5
#: Over longer stretches many may have been counted, and two figures need not be of one number. By judgement.
_WEEK = 7
#: Words that make a number a part of another.
_PART = re.compile(r"\b(?:including|among (?:them|those|the)|of (?:whom|them|the dead|the victims))\b", re.IGNORECASE)


class Ground(NamedTuple):
    """What figures are compared with."""

    voices: Voices
    reliability: Reliability
    names: Names
    judged: Judged


class _Count(NamedTuple):
    """What one tally counts, or the part of it that is told of one incident; and what tells whose number it is."""

    tally: int
    told: Sequence[Told]
    harm: Harm
    part: str | None
    calling: str | None
    people: People
    place: Place | None
    when: Interval | None
    voices: frozenset[str]
    numbers: frozenset[int]  # named ones, no "dozens"
    incidents: frozenset[str]
    documents: frozenset[str]  # texts: the rows of a table tell of acts apart


def counts_apart(
    tallies: Sequence[Tally], told: Sequence[Told], incidents: Mapping[str, str], ground: Ground
) -> Iterator[Found]:
    """Contradictions of number, and of what was counted, among the tolls of a case.

    Args:
        tallies: claims that count the same victims.
        told: all claims of events and tolls.
        incidents: the incident of each claim, by claim id.
        ground: what figures are compared with.
    """
    both = combined(told)
    single = [
        (number, members)
        for number, tally in enumerate(tallies)
        if (members := [one for one in tally.told if one.id not in both])
    ]
    rivals = list(_rivals(single, tallies, incidents, ground))
    seen = {one.id for group in rivals for count in group for one in count.told}
    alone = [
        [_count(number, tallies[number], members, incidents, ground.voices)]
        for number, members in single
        if not seen.issuperset(one.id for one in members)
    ]
    for group in (*rivals, *alone):
        yield from _among(group, ground)


def _among(group: Sequence[_Count], ground: Ground) -> Iterator[Found]:
    members = sorted((one for each in group for one in each.told), key=lambda one: one.id)
    for found in (*_numbers(group, members, ground), *_meanings(group[0], members, ground)):
        yield Found(found, hanging(found, (one.id for one in members)))


def _count(number: int, tally: Tally, told: Sequence[Told], incidents: Mapping[str, str], voices: Voices) -> _Count:
    first = tally.accounts[0]
    whom = [people_of(one.claim) for one in told]
    counts = [one.said.count for one in told if one.said.count is not None]
    return _Count(
        tally=number,
        told=told,
        harm=first.harm,
        part=first.part,
        calling=next((known for one in told if (known := calling_of(one.claim))), None),
        people=max(whom, key=lambda one: (whom.count(one), -whom.index(one))),
        place=place_of(told),
        when=when_of(told),
        voices=frozenset(voices.key(one.claim) for one in told),
        numbers=frozenset(figure(count) or 0 for count in counts if not is_vague(count)) - {0},
        incidents=frozenset(incidents[one.id] for one in told if one.id in incidents),
        documents=frozenset(one.said.document for one in told if one.row is None),
    )


def _rivals(
    single: Iterable[tuple[int, Sequence[Told]]],
    tallies: Sequence[Tally],
    incidents: Mapping[str, str],
    ground: Ground,
) -> Iterator[list[_Count]]:
    """Parts of tallies that may be accounts of one number after all, in groups of those that may be one."""
    counts = [
        _count(number, tallies[number], members, incidents, ground.voices)
        for number, told in single
        for members in _by_incident(told, incidents)
    ]
    group = {number: [number] for number in range(len(counts))}
    for one, other in sorted(_neighbours(counts)):
        first, second = group[one], group[other]
        may_be_one = first is not second and _may_be_one(counts[one], counts[other], ground.judged)
        if may_be_one and all(_near_enough(counts[a], counts[b]) for a in first for b in second):
            first += second
            group.update(dict.fromkeys(second, first))
    for members in {id(each): each for each in group.values()}.values():
        if len(members) > 1:
            yield [counts[number] for number in sorted(members)]


def _by_incident(told: Sequence[Told], incidents: Mapping[str, str]) -> Iterable[list[Told]]:
    """The claims of a tally by the incident that they are told of; those that tell of one among others left out."""
    found: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if not is_article(one):
            found[incidents.get(one.id, "")].append(one)
    return found.values()


def _neighbours(counts: Sequence[_Count]) -> set[tuple[int, int]]:
    """Pairs of counts of one harm to the same people that share an incident or a document, by number."""
    meeting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(counts):
        for shared in (*one.incidents, *one.documents):
            meeting[shared, one.harm, one.part, one.people].append(number)
    return {(a, b) for numbers in meeting.values() for at, a in enumerate(numbers) for b in numbers[at + 1 :]}


def _may_be_one(one: _Count, other: _Count, judged: Judged) -> bool:
    """May two counts of different tallies be two accounts of one number?"""
    return (
        one.tally != other.tally
        and one.voices.isdisjoint(other.voices)
        and one.calling == other.calling
        and _same_ground(one.place, other.place)
        and _same_days(one.when, other.when)
        and _near_enough(one, other)
        and _is_part(one) == _is_part(other)
        and may_meet((each.row for each in one.told), (each.row for each in other.told))
        and not any(judged.apart(a.id, b.id) for a in one.told for b in other.told)
    )


def _same_days(one: Interval | None, other: Interval | None) -> bool:
    """Do days meet, of which at least one account gives a few?"""
    if one is None or other is None:
        return False
    return one.overlaps(other) and min(one.days, other.days) <= _WEEK


def _same_ground(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return False
    return one.id == other.id or lies_in(one, other) or lies_in(other, one)


def _near_enough(one: _Count, other: _Count) -> bool:
    """Do figures that are named, not "dozens", differ by no more than accounts of one number do?"""
    most = _FIGHTERS if one.people.group is not None and one.people.status is Status.COMBATANT else _OTHERS
    return any(_FEW <= max(a, b) <= most * min(a, b) for a in one.numbers for b in other.numbers)


def _is_part(one: _Count) -> bool:
    return any(_PART.search(each.said.quote) for each in one.told)


def _numbers(group: Sequence[_Count], members: Sequence[Told], ground: Ground) -> Iterator[Contradiction]:
    """The figures that at least one other rules out."""
    told = [one for one in members if not is_article(one)]
    apart = numbers_apart(told, figures(told, ground.voices, ground.reliability), ground.voices, _same_people)
    if apart is None:
        return
    if len({each.tally for each in group}) > 1:
        apart = apart._replace(explanation=apart.explanation or "they may count different victims")
    yield _contradiction(Nature.NUMBER, of_what(_first(group[0]), ground.names), apart, members, ground)


def _same_people(one: Told, other: Told) -> bool:
    """May both count the same people: of one camp, and not civilians here and fighters there?"""
    first, second = people_of(one.claim), people_of(other.claim)
    camps = {first.group, second.group} - {None}
    return len(camps) < 2 and {first.status, second.status} != {Status.CIVILIAN, Status.COMBATANT}


def _first(count: _Count) -> Told:
    """The first claim that counts those whom most of the tally's count."""
    return next(one for one in count.told if people_of(one.claim) == count.people)


def _meanings(count: _Count, members: Sequence[Told], ground: Ground) -> Iterator[Contradiction]:
    """The same number of people, civilians to one voice and fighters to another."""
    civilians, fighters = (
        figures((one for one in members if people_of(one.claim).status is status), ground.voices, ground.reliability)
        for status in (Status.CIVILIAN, Status.COMBATANT)
    )
    pairs = [(c, f) for c in civilians for f in fighters if c.voice != f.voice and not excluding(c, f)]
    if pairs:
        sides = [("civilians", [c.told.claim for c, _ in pairs]), ("fighters", [f.told.claim for _, f in pairs])]
        about = f"whether civilians or fighters {NOUN[count.harm]}"
        yield _contradiction(Nature.DEFINITION, about, Apart(sides, (), None), members, ground)


def _contradiction(nature: Nature, about: str, apart: Apart, members: Sequence[Told], ground: Ground) -> Contradiction:
    """A contradiction about victims, at their place and in their days."""
    place = place_of(members)
    where = place.id if place is not None else None
    return contradiction(
        nature,
        f"{about} at {ground.names.of(where)}",
        apart.sides,
        place=where,
        when=when_of(members),
        explanation=apart.explanation,
        quantities=apart.quantities,
    )
