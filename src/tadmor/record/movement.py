"""Movements told and denied: whether somebody left, reached or was brought out of a place."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import MovementClaim, Polarity
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import DAY, Interval
from tadmor.dictionaries.names import fold
from tadmor.record.camps import camp_of, is_vague
from tadmor.record.contradiction import Found, contradiction, hanging, several
from tadmor.record.independence import Voices
from tadmor.record.naming import Names
from tadmor.record.reliability import is_fact

#: Told of a longer stretch, a movement and its denial may speak of different days of it.
_NARROW = 14
_AT, _FROM, _TO = "at", "from", "to"


class _Moved(NamedTuple):
    """A movement with its days and the places it touches, each with its part in it."""

    claim: GroundedClaim
    said: MovementClaim
    days: Interval
    places: dict[str, str]


def denied_movements(claims: Iterable[GroundedClaim], voices: Voices, names: Names) -> Iterator[Found]:
    """Movements that another voice denies: of the same people, the same way, on the same days."""
    told, denied = _by_place(claims)
    seen: set[tuple[str, ...]] = set()
    for place in sorted(denied):
        own = sorted(told.get(place, ()), key=lambda one: (one.days, one.claim.id))
        starts = [one.days.start for one in own]
        for denial in sorted(denied[place], key=lambda one: (one.days, one.claim.id)):
            first = bisect_left(starts, denial.days.start - DAY * _NARROW)
            near = own[first : bisect_right(starts, denial.days.last)]
            meeting = [one for one in near if _is_of(denial, one, place)]
            key = (denial.claim.id, *(one.claim.id for one in meeting))
            found = _between(denial, meeting, place, names) if key not in seen else None
            seen.add(key)
            if found is not None and several(voices, [("", [denial.claim]), ("", [one.claim for one in meeting])]):
                yield Found(found, hanging(found, ()))


_Index = dict[str, list[_Moved]]


def _by_place(claims: Iterable[GroundedClaim]) -> tuple[_Index, _Index]:
    """Movements told and movements denied, by each place they touch."""
    told: _Index = defaultdict(list)
    denied: _Index = defaultdict(list)
    for claim in claims:
        said = claim.claim
        if isinstance(said, MovementClaim) and claim.when is not None and is_fact(claim):
            one = _Moved(claim, said, claim.when.interval, _places(claim))
            index = denied if said.polarity is Polarity.DENIED else told
            for place in one.places if one.days.days <= _NARROW else ():
                index[place].append(one)
    return told, denied


def _places(claim: GroundedClaim) -> dict[str, str]:
    """Where it began, where it went, else where it was."""
    roles = ((_AT, "place"), (_TO, "destination"), (_FROM, "origin"))  # the last for a place counts
    return {claim.places[role].id: part for part, role in roles if role in claim.places}


def _is_of(denial: _Moved, other: _Moved, place: str) -> bool:
    """Is it this movement that is denied? Leaving a place is not reaching it."""
    ways = {denial.places[place], other.places[place]}
    return ways != {_FROM, _TO} and denial.days.overlaps(other.days) and _same_people(denial, other)


def _same_people(one: _Moved, other: _Moved) -> bool:
    """The same by name, or one camp; else words in common, or civilians and those whom nobody names ("nobody").

    Who denies what the same words tell denies it of whomever they tell it.
    """
    if one.said.document == other.said.document and one.said.span.overlaps(other.said.span):
        return True
    first, second = one.claim.actor("actor"), other.claim.actor("actor")
    if (
        first is not None
        and second is not None
        and (first.id == second.id or _camp(first) == _camp(second) is not None)
    ):
        return True
    if _camp(first) is not None and _camp(second) is not None:
        return False
    return bool(_words(one) & _words(other)) or (_are_people(one, first) and _are_people(other, second))


def _camp(actor: Actor | None) -> str | None:
    """Its camp, if it is one of the warring sides, by name or by a word for fighters, rather than people or things."""
    if actor is None or actor.kind is ActorKind.CIVILIANS or actor.id.startswith("name:") or is_vague(actor):
        return None
    return camp_of(actor)


def _are_people(one: _Moved, actor: Actor | None) -> bool:
    """Are they civilians, or whoever it is that nobody names?"""
    from tadmor.dictionaries.lexicon import load_lexicon  # noqa: PLC0415  # tables are read only where used

    if actor is None or actor.kind is ActorKind.CIVILIANS:
        return True
    return not _words(one).isdisjoint(load_lexicon().classes["civilian_nouns"])


def _words(one: _Moved) -> set[str]:
    """The last word of what moves: its kind."""
    return set(fold(one.said.what.expression).split()[-1:]) if one.said.what is not None else set()


def _between(denial: _Moved, meeting: Sequence[_Moved], place: str, names: Names) -> Contradiction | None:
    if not meeting:
        return None
    days = denial.days
    for one in meeting:
        days = days.hull(one.days)
    ways = {denial.places[place], *(one.places[place] for one in meeting)}
    verb = "left" if _FROM in ways else "reached" if _TO in ways else "moved at"
    actor = meeting[0].claim.actor("actor")
    who = actor.name if actor is not None else meeting[0].said.what.expression if meeting[0].said.what else "they"
    return contradiction(
        Nature.OUTCOME,
        f"whether {who} {verb} {names.of(place)}",
        [("it happened", [one.claim for one in meeting]), ("it did not happen", [denial.claim])],
        place=place,
        when=days,
    )
