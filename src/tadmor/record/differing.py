"""What hangs on a contradiction: the findings that rest on each side, and what the record would say were it right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from tadmor.datamodel.claims import Change, ControlClaim, Polarity
from tadmor.datamodel.findings import Contradiction, Incident, Nature, Side, Spell, State, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import Interval
from tadmor.record.camps import camps_in
from tadmor.record.contradiction import Found
from tadmor.record.naming import Names, days_in_words
from tadmor.record.stakes import Finding, Stakes

One = TypeVar("One", Spell, Incident, Toll)

#: So many figures are named.
_FEW = 3
_NOTHING = "no finding rests on it"


class Known(NamedTuple):
    """What is needed to tell what hangs on a contradiction."""

    stakes: Stakes
    claims: Mapping[str, GroundedClaim]  # by id
    names: Names


def ranked(found: Iterable[Found], known: Known) -> tuple[Contradiction, ...]:
    """Each contradiction once, with what hangs on it, those first by which most findings would differ.

    Of equals, those first on whose matter more claims hang.
    """
    weighed = [(_weighed(one.contradiction, known), one.hangs) for one in found]
    unique = {one.id: (one, hangs) for one, hangs in weighed}
    ordered = sorted(unique.values(), key=lambda pair: (-pair[0].rests.findings, -pair[1], pair[0].id))
    return tuple(one for one, _ in ordered)


def _weighed(found: Contradiction, known: Known) -> Contradiction:
    claims = [claim for side in found.sides for claim in side.claims]
    kinds = _borne_on(found, list(known.stakes.on(claims)))
    sides = tuple(
        msgspec.structs.replace(side, rests=known.stakes.count(side.claims, kinds), then=_then(found, number, known))
        for number, side in enumerate(found.sides)
    )
    return msgspec.structs.replace(found, sides=sides, rests=known.stakes.count(claims, kinds))


def _borne_on(found: Contradiction, findings: Sequence[Finding]) -> tuple[type[Finding], ...]:
    """What kind of finding would differ: of a number a toll, of who held a place a spell, else the incident itself."""
    counted = bool(found.quantities) or found.nature is Nature.DEFINITION
    if counted and any(isinstance(one, Toll) for one in findings):
        return (Toll,)
    return (Spell,) if any(isinstance(one, Spell) for one in findings) else (Incident,)


def _then(found: Contradiction, number: int, known: Known) -> str:
    """What the record would say if one side were right, in words."""
    side = found.sides[number]
    own = list(known.stakes.on(side.claims))
    others = list(known.stakes.on(claim for each in found.sides for claim in each.claims if each is not side))
    if found.quantities:
        return _of_number(found, number, own, others)
    if any(isinstance(one, Spell) for one in (*own, *others)):
        return _of_control(found, number, known)
    return _of_incident(found, own, others, known.names)


def _of_number(found: Contradiction, number: int, own: Sequence[Finding], others: Sequence[Finding]) -> str:
    side = found.sides[number]
    tolls = sorted(_of(Toll, own), key=lambda toll: (-len({*toll.claims} & {*side.claims}), toll.id))
    if not tolls:
        return "no figure of the record rests on it"
    best = tolls[0].best
    low, high = found.quantities[number].bounds() if number < len(found.quantities) else (0.0, float("inf"))
    if best is None or not low <= best <= high:
        return f"{side.value}, where the record has {'no figure' if best is None else f'{best:,}'}"
    beside = sorted({toll.best for toll in _of(Toll, others) if toll not in tolls and toll.best is not None})
    return f"as the record has it: {best:,}{_without(beside)}"


def _without(beside: Sequence[int]) -> str:
    """The figures that the record has beside one, and would not have."""
    if not beside:
        return ""
    told = " and ".join(f"{one:,}" for one in beside) if len(beside) <= _FEW else f"{len(beside)} other figures"
    return f", without {told} beside it"


def _of_control(found: Contradiction, number: int, known: Known) -> str:
    """Whether a spell of these days says what the side says; else what the record has instead."""
    if found.nature is Nature.TIME:
        spell = _of_these_days(_spells(found.sides[number], known), found.when)
        return f"the record has {_words(spell, known.names)}" if spell is not None else _NOTHING
    agreeing = [_agreeing(side, found.when, known) for side in found.sides]
    own = agreeing[number]
    if own is not None:
        return f"as the record has it: {_words(own, known.names)}"
    every = [spell for side in found.sides for spell in _spells(side, known)]
    instead = next(filter(None, agreeing), None) or _of_these_days(every, found.when)
    return f"otherwise than the record has it: {_words(instead, known.names)}" if instead is not None else _NOTHING


def _spells(side: Side, known: Known) -> list[Spell]:
    return list(_of(Spell, known.stakes.on(side.claims)))


def _agreeing(side: Side, when: Interval | None, known: Known) -> Spell | None:
    """The spell of these days that the claims of a side speak for; of its holder, where they name one."""
    claims = [known.claims[one] for one in side.claims if one in known.claims]
    camps = {camp for claim in claims for camp in _holders(claim)}
    spells = [
        spell
        for spell in _spells(side, known)
        if not {*side.claims}.isdisjoint(spell.supports)
        and _shared(spell, when)
        and (not camps or spell.holder in camps or spell.state is not State.HELD)
    ]
    return _of_these_days(spells, when)


def _holders(claim: GroundedClaim) -> frozenset[str]:
    """The camps that a claim says to hold a place or to take it."""
    said = claim.claim
    lost = isinstance(said, ControlClaim) and said.change is Change.LOST
    return frozenset() if lost or said.polarity is Polarity.DENIED else camps_in(claim, "holder")


def _of_these_days(spells: Sequence[Spell], when: Interval | None) -> Spell | None:
    """The spell that shares most days with the dispute, of equals the surest."""
    return max(spells, key=lambda spell: (_shared(spell, when), spell.confidence), default=None)


def _shared(spell: Spell, when: Interval | None) -> int:
    """How many days of a dispute lie in a spell; 1 where its days are not told."""
    if when is None:
        return 1
    first = max(spell.start or when.start, when.start)
    last = min(spell.end or when.last, when.last)
    return max((last - first).days + 1, 0)


def _words(spell: Spell, names: Names) -> str:
    """A spell in words: "held by X, 2015-05-21 to 2016-03-26, 96%"."""
    match spell.state:
        case State.HELD:
            state = f"held by {names.of(spell.holder)}"
        case State.BESIEGED:
            state = f"besieged by {names.of(spell.besieger)}" if spell.besieger else "besieged"
        case State.CONTESTED:
            state = "contested"
        case State.UNKNOWN:
            state = "not known"
    first, last = spell.start, spell.end
    days = f"{first} to {last or 'now'}" if first else f"until {last}" if last else "since when is not told"
    return f"{state}, {days}, {_percent(spell.confidence)}"


def _of_incident(found: Contradiction, own: Sequence[Finding], others: Sequence[Finding], names: Names) -> str:
    incident = next(_of(Incident, own), None)
    if incident is None:
        return "otherwise than the record has it" if any(_of(Incident, others)) else _NOTHING
    if found.nature is Nature.TIME:
        return f"the record has {days_in_words(incident.when)}"
    if found.nature is Nature.ACTOR:
        return f"the record names {names.all_of(incident.actors) or 'nobody'}"
    if found.nature is Nature.PLACE:
        return f"the record has {names.of(incident.place)}"
    return "as the record has it"


def _of(kind: type[One], found: Iterable[Finding]) -> Iterator[One]:
    return (one for one in found if isinstance(one, kind))


def _percent(share: float) -> str:
    """A confidence as percent; what is not quite sure is not rounded to certainty."""
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"
