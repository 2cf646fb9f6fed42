"""Claims that cannot all hold: kept, typed, shown side by side.

Each kind of disagreement is looked for by a function of its own, listed in `_ON_INCIDENTS`; those about control are in
`disagreement`. Before two accounts are set against each other it is asked whether another time, place, scope or meaning
dissolves the matter; where it may, the contradiction stays and says so in `explanation`. One voice that corrects itself
contradicts nobody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from tadmor.datamodel.claims import EventClaim, EventType, Harm, Status, TollClaim
from tadmor.datamodel.findings import Contradiction, Incident, Nature, Side
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.keys import digest
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Basis, Interval
from tadmor.record.independence import Voices
from tadmor.record.matching import Told, figure
from tadmor.record.naming import Names, days_in_words
from tadmor.record.people import people_of
from tadmor.record.reliability import Reliability
from tadmor.record.toll import Figure, figures

#: In these both sides act, or each may act on one day: two actors contradict nobody.
_MUTUAL = frozenset({EventType.CLASH, EventType.GROUND_ATTACK, EventType.AGREEMENT, EventType.OTHER_VIOLENCE})
_ARTICLES = frozenset({"a", "an", "another"})
#: Acts whose count is of people, like a toll.
_OF_PEOPLE = frozenset({EventType.EXECUTION, EventType.KILLING, EventType.ABDUCTION, EventType.ARREST})
#: What happened to people who suffered a harm, as a predicate.
NOUN = {
    Harm.KILLED: "were killed",
    Harm.WOUNDED: "were wounded",
    Harm.CAPTURED: "were captured",
    Harm.MISSING: "went missing",
    Harm.DISPLACED: "were displaced",
}


class Matter(NamedTuple):
    """One incident with its claims, and what is needed to speak of it."""

    incident: Incident
    members: Sequence[Told]
    denials: Sequence[Told]
    voices: Voices
    reliability: Reliability
    names: Names


class Found(NamedTuple):
    """A contradiction and how many claims hang on it."""

    contradiction: Contradiction
    hangs: int


def in_incident(matter: Matter) -> Iterator[Found]:
    """The contradictions among the claims of one incident."""
    for search in _ON_INCIDENTS:
        for contradiction in search(matter):
            yield Found(contradiction, hanging(contradiction, matter.incident.claims))


def hanging(contradiction: Contradiction, others: Iterable[str]) -> int:
    """How many claims hang on a contradiction: its own, and those of the findings that it concerns."""
    return len({claim for side in contradiction.sides for claim in side.claims}.union(others))


def contradiction(  # one argument a field
    nature: Nature,
    about: str,
    sides: Sequence[tuple[str, Sequence[GroundedClaim]]],
    *,
    place: str | None,
    when: Interval | None,
    explanation: str | None = None,
    quantities: tuple[Quantity, ...] = (),
) -> Contradiction:
    """A contradiction between accounts given as (value in words, claims)."""
    told = tuple(
        Side(
            value=value,
            claims=tuple(sorted({claim.id for claim in claims})),
            sources=tuple(sorted({claim.origin.name for claim in claims})),
        )
        for value, claims in sides
    )
    claims = sorted({claim for side in told for claim in side.claims})
    return Contradiction(
        id=digest("contradiction", nature, *claims),
        about=about,
        nature=nature,
        natures=(nature,),
        place=place,
        when=when,
        sides=told,
        explanation=explanation,
        quantities=quantities,
    )


def in_matter(  # the fields of a contradiction that the incident does not give
    matter: Matter,
    nature: Nature,
    about: str,
    sides: Sequence[tuple[str, Sequence[GroundedClaim]]],
    *,
    explanation: str | None = None,
    quantities: tuple[Quantity, ...] = (),
) -> Contradiction:
    """A contradiction about an incident, at its place and in its days."""
    return contradiction(
        nature,
        f"{about} at {matter.names.of(matter.incident.place)}",
        sides,
        place=matter.incident.place,
        when=matter.incident.when,
        explanation=explanation,
        quantities=quantities,
    )


def _numbers(matter: Matter) -> Iterator[Contradiction]:
    """Counts of one kind of act that no one number meets; those of tolls go by victims, whatever the incident."""
    counted: dict[EventType, list[Told]] = defaultdict(list)
    of_people = any(isinstance(one.said, TollClaim) and one.said.count is not None for one in matter.members)
    for one in matter.members:
        if isinstance(one.said, EventClaim) and not is_article(one):
            counted[one.said.type].append(one)
    for kind, told in sorted(counted.items()):
        if of_people and kind in _OF_PEOPLE:
            continue  # the same people, counted as a toll
        apart = numbers_apart(told, figures(told, matter.voices, matter.reliability), matter.voices)
        if apart is not None:
            yield in_matter(
                matter,
                Nature.NUMBER,
                of_what(told[0], matter.names),
                apart.sides,
                explanation=apart.explanation,
                quantities=apart.quantities,
            )


def is_article(one: Told) -> bool:
    """Is its one an article's? "A strike", "a pilot" tell of one of them, and not that there was no other."""
    count = one.said.count
    return count is not None and (count.expression or "").lower() in _ARTICLES


class Apart(NamedTuple):
    """Numbers that exclude each other, as sides, the least first."""

    sides: list[tuple[str, list[GroundedClaim]]]
    quantities: tuple[Quantity, ...]
    explanation: str | None


def numbers_apart(
    told: Sequence[Told],
    known: Sequence[Figure],
    voices: Voices,
    alike: Callable[[Told, Told], bool] = lambda _, __: True,
) -> Apart | None:
    """The figures that at least one other rules out; all who name one figure stand on one side.

    Args:
        told: the claims that count the same things.
        known: one figure a voice, its latest: who corrects himself contradicts nobody.
        voices: the voice of each claim.
        alike: whether two claims may count the same things.
    """
    clashing = {
        one.told.id for one in known if any(excluding(one, other) and alike(one.told, other.told) for other in known)
    }
    if not clashing:
        return None
    sides: dict[int, list[Figure]] = defaultdict(list)
    for one in sorted(known, key=lambda each: (each.told.id not in clashing, each.told.id)):
        named = figure(_count(one)) or 0
        if one.told.id in clashing or named in sides:
            sides[named].append(one)
    ordered = [sides[named] for named in sorted(sides)]
    return Apart(
        sides=[(_count(side[0]).expression or str(side[0].best), _repeating(side, told, voices)) for side in ordered],
        quantities=tuple(_count(side[0]) for side in ordered),
        explanation=_why_numbers_differ(ordered),
    )


def _count(one: Figure) -> Quantity:
    return one.told.said.count or Quantity()


def excluding(one: Figure, other: Figure) -> bool:
    """Does no one number meet both?"""
    return not _count(one).compatible(_count(other))


def _repeating(side: Sequence[Figure], told: Sequence[Told], voices: Voices) -> list[GroundedClaim]:
    """The claims of a side, those included in which the same voices name the same figure again, "217" or "at least"."""
    speaking = {one.voice for one in side}
    named = figure(_count(side[0]))
    return [
        one.claim
        for one in told
        if voices.key(one.claim) in speaking and one.said.count is not None and figure(one.said.count) == named
    ]


def of_what(one: Told, names: Names) -> str:
    """What a number counts, in words."""
    match one.said:
        case TollClaim(harm=harm):
            people = people_of(one.claim)
            whom = names.of(people.group) if people.group else _STATUS[people.status]
            # "how many children", but "how many of Islamic State"
            return f"how many {'of ' if whom[0].isupper() else ''}{whom} {NOUN[harm]}"
        case EventClaim(type=kind):
            return f"the count of {kind.value.replace('_', ' ')}"


_STATUS = {
    Status.CIVILIAN: "civilians",
    Status.COMBATANT: "fighters",
    Status.MIXED: "people, fighters and civilians,",
    Status.UNSTATED: "people",
}


def _why_numbers_differ(sides: Sequence[Sequence[Figure]]) -> str | None:
    """Place first, then time: a wider place counts more, and a toll rises."""
    least, most = sides[0][0].told, sides[-1][0].told
    if least.place is not None and most.place is not None and most.place.id in least.place.parents:
        return f"the larger figure may be of all {most.place.name}, the smaller of {least.place.name}"
    if least.place is not None and most.place is not None and least.place.name != most.place.name:
        return f"one figure is told of {most.place.name}, the other of {least.place.name}"
    if least.when is not None and most.when is not None and least.when.days < most.when.days and most.when.days > 3:
        return "the larger figure may be of a longer time"
    first, last = least.claim.published, most.claim.published
    if first is not None and last is not None and first.latest < last.earliest:
        return "the larger figure is the later one: the count may have risen"
    return None


def _times(matter: Matter) -> Iterator[Contradiction]:
    """Accounts of one incident on days that do not meet; one dated only by its report tells no day of its own."""
    dated = [one for one in matter.members if one.when is not None and not one.long and _has_days_of_its_own(one)]
    days = sorted({one.when for one in dated if one.when is not None})
    apart = [one for one in days if any(not one.overlaps(other) for other in days)]
    sides = [(days_in_words(day), [one.claim for one in dated if one.when == day]) for day in apart]
    if apart and several(matter.voices, sides):
        yield in_matter(matter, Nature.TIME, f"when {happened(matter)}", sides)


def _has_days_of_its_own(one: Told) -> bool:
    when = one.claim.when
    return when is not None and when.basis in (Basis.STATED, Basis.RELATIVE)


def happened(matter: Matter) -> str:
    """What an incident is, as a clause."""
    kind = matter.incident.type
    return f"the {kind.value.replace('_', ' ')} happened" if kind is not None else "it happened"


def several(voices: Voices, sides: Sequence[tuple[str, Sequence[GroundedClaim]]]) -> bool:
    """Do at least two voices stand on different sides?"""
    spoken = [{voices.key(claim) for claim in claims} for _, claims in sides]
    return any(len(one | other) > 1 for one, other in combinations(spoken, 2))


def _actors(matter: Matter) -> Iterator[Contradiction]:
    """Accounts that give one act to camps that have nothing in common."""
    by: dict[frozenset[str], list[GroundedClaim]] = defaultdict(list)
    for one in matter.members:
        if one.by and not (isinstance(one.said, EventClaim) and one.said.type in _MUTUAL):
            by[one.by].append(one.claim)
    if matter.incident.type in _MUTUAL or not any(not a & b for a, b in combinations(by, 2)):
        return
    sides = [
        (matter.names.all_of(camps), claims) for camps, claims in by.items() if any(not camps & other for other in by)
    ]
    sides.sort(key=lambda side: min(claim.id for claim in side[1]))
    if several(matter.voices, sides):
        yield in_matter(
            matter,
            Nature.ACTOR,
            f"who did it: {happened(matter)}",
            sides,
        )


#: Every search among the claims of one incident.
_ON_INCIDENTS: tuple[Callable[[Matter], Iterator[Contradiction]], ...] = (
    _numbers,
    _times,
    _actors,
)
