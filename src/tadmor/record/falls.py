"""Denials that a place fell: they name nobody, and speak against whoever is told to have taken it on those days."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tadmor.datamodel.claims import Change, ControlClaim, Degree, Polarity
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import DAY, Interval
from tadmor.record.camps import sides_of
from tadmor.record.contradiction import Found, contradiction, hanging, several
from tadmor.record.control import PlaceModel
from tadmor.record.disagreement import NARROW
from tadmor.record.independence import Voices
from tadmor.record.naming import Names
from tadmor.record.reliability import is_fact
from tadmor.record.states import Says
from tadmor.record.turns import Turn


def denied_falls(
    places: Iterable[PlaceModel], claims: Iterable[GroundedClaim], voices: Voices, names: Names
) -> Iterator[Found]:
    """The denied falls of all places beside the changes told of the same days."""
    denials: dict[str, list[tuple[Interval, GroundedClaim]]] = defaultdict(list)
    for claim in claims:
        if claim.place is not None and claim.when is not None and _denies_a_fall(claim):
            denials[claim.place.id].append((claim.when.interval, claim))
    for model in places:
        if model.place in denials:
            for found in _at(model, denials[model.place], voices, names):
                yield Found(found, hanging(found, ()))


def _denies_a_fall(claim: GroundedClaim) -> bool:
    """Is it denied that the place changed hands, without a word on whose?"""
    said = claim.claim
    return (
        isinstance(said, ControlClaim)
        and is_fact(claim)
        and said.polarity is Polarity.DENIED
        and said.change is not Change.HELD
        and said.degree is Degree.FULL
        and claim.actor("holder") is None
        and claim.actor("loser") is None
    )


def _at(
    model: PlaceModel, denials: Sequence[tuple[Interval, GroundedClaim]], voices: Voices, names: Names
) -> Iterator[Contradiction]:
    """One contradiction for all changes that the same denials meet."""
    turns = [turn for turn in model.turns if turn.target.says is Says.HELD and turn.interval.days <= NARROW]
    starts = [turn.interval.start for turn in turns]
    own = _told_to_hold(model, denials, voices)
    met: dict[int, list[GroundedClaim]] = defaultdict(list)
    for days, claim in sorted(denials, key=lambda pair: (pair[0], pair[1].id)):
        meant = sides_of(claim.origin) | own.get(voices.key(claim), frozenset())
        for number in _meeting(turns, starts, days):
            if turns[number].target.camp not in meant:  # nobody calls a gain of his own side a fall
                met[number].append(claim)
    together: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, denying in met.items():
        together[tuple(claim.id for claim in denying)].append(number)
    for numbers in together.values():
        found = _between([turns[number] for number in numbers], met[numbers[0]], voices, names)
        if found is not None:
            yield found


def _told_to_hold(
    model: PlaceModel, denials: Sequence[tuple[Interval, GroundedClaim]], voices: Voices
) -> dict[str, frozenset[str]]:
    """The camps that the denying voices say to hold the place on days of a denial: it fell to others, or it did not."""
    asked: dict[str, list[Interval]] = defaultdict(list)
    for days, claim in denials:
        asked[voices.key(claim)].append(days)
    held: dict[str, set[str]] = defaultdict(set)
    for one in model.observations:
        if one.follows and one.target.says is Says.HELD and one.target.holds and one.target.camp is not None:
            voice = voices.key(one.statement.claim)
            if any(days.overlaps(one.statement.interval) for days in asked.get(voice, ())):
                held[voice].add(one.target.camp)
    return {voice: frozenset(camps) for voice, camps in held.items()}


def _meeting(turns: Sequence[Turn], starts: Sequence[date], days: Interval) -> Iterator[int]:
    """Numbers of the turns, ordered by day, that share days with some."""
    first, after = bisect_left(starts, days.start - DAY * NARROW), bisect_right(starts, days.last)
    return (number for number in range(first, after) if turns[number].interval.overlaps(days))


def _between(
    turns: Sequence[Turn], denying: Sequence[GroundedClaim], voices: Voices, names: Names
) -> Contradiction | None:
    told: dict[str, list[GroundedClaim]] = defaultdict(list)
    for turn in turns:
        camp = names.of(turn.target.camp)
        told[f"{camp} took it" if turn.target.holds else f"{camp} lost it"] += [one.claim for one in turn.statements]
    sides = [*sorted(told.items()), ("it did not fall", denying)]
    place = turns[0].statements[0].place.id
    if not several(voices, sides):
        return None
    when = turns[0].interval
    for turn in turns[1:]:
        when = when.hull(turn.interval)
    return contradiction(Nature.OUTCOME, f"whether {names.of(place)} fell", sides, place=place, when=when)
