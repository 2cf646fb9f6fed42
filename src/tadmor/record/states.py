"""The states of who holds a place, made from the claims about it, and how claims bear on them.

A siege is kept apart (`sieges`): a besieged place is held, and who says that it is held does not say that it is not
besieged.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from tadmor.datamodel.findings import State


class PlaceState(NamedTuple):
    """One state: who holds the place, and who besieges it."""

    state: State
    holder: str | None = None
    besieger: str | None = None


UNKNOWN = PlaceState(State.UNKNOWN)
CONTESTED = PlaceState(State.CONTESTED)


class Says(StrEnum):
    """What a claim says of a place."""

    HELD = "held"  # `camp` holds it
    PART = "part"  # `camp` holds part of it
    CONTESTED = "contested"
    BESIEGED = "besieged"  # `camp` besieges it; `None`: whoever does


class Target(NamedTuple):
    """A proposition about a place on one day; `holds` is `False` where the claim says that it is not so."""

    says: Says
    camp: str | None = None
    holds: bool = True


def alphabet(targets: Iterable[Target]) -> tuple[PlaceState, ...]:
    """Unknown, every camp that the claims name, and contested where any says so, in the order given.

    The order of `targets` must not depend on the names of camps, so that renaming a camp changes nothing else.
    """
    camps: dict[str, None] = {}
    contested = False
    for target in targets:
        contested = contested or target.says in (Says.CONTESTED, Says.PART)
        if target.camp is not None and target.says is not Says.BESIEGED:
            camps.setdefault(target.camp)
    held = [PlaceState(State.HELD, camp) for camp in camps]
    return (UNKNOWN, *held, *([CONTESTED] if contested else []))


#: How far a state agrees with what is said. Ground that is fought over is partly held, and who holds a part may
#: hold it all. Set by meaning, not measured.
_PART_IS_HELD = 0.5
_CONTESTED_IS_HELD = 0.2
#: How far fighting for a place agrees with somebody's holding it: reports of the fight and of its end bear one date.
_FOUGHT_IS_HELD = 0.3
#: How far fighting for a place, or the loss of a part of it, speaks against its being held.
_CHALLENGED = 0.3
#: How far a report that a place is held speaks for the siege of that holder.
_INSIDE = 0.3
#: How far a word that somebody does not hold a place speaks for another's holding it.
_ELIMINATED = 0.3


def agreement(target: Target, state: PlaceState) -> float:
    """How far a state agrees with a proposition: 1 the same, 0 not at all; -1 where it is what is denied."""
    if not target.holds:
        return -1.0 if _same(target, state) else 0.0
    match target.says:
        case Says.HELD:
            return _CONTESTED_IS_HELD if state.state is State.CONTESTED else float(_same(target, state))
        case Says.PART:
            return _fought(state) if not _same(target, state) else _PART_IS_HELD
        case Says.CONTESTED:
            return _fought(state)
        case Says.BESIEGED:
            return float(_same(target, state))


def _fought(state: PlaceState) -> float:
    return {State.CONTESTED: 1.0, State.HELD: _FOUGHT_IS_HELD}.get(state.state, 0.0)


def _same(target: Target, state: PlaceState) -> bool:
    match target.says:
        case Says.HELD | Says.PART:
            return state.holder is not None and state.holder == target.camp
        case Says.CONTESTED:
            return state.state is State.CONTESTED
        case Says.BESIEGED:
            return state.state is State.BESIEGED and target.camp in (None, state.besieger)


def bearing(target: Target, state: PlaceState) -> float:
    """How far what is said speaks for a finding (above 0) or against it (below): what the reader is shown."""
    if not target.holds:
        if _same(target, state):
            return -1.0
        return {State.UNKNOWN: 1.0, State.HELD: _ELIMINATED}.get(state.state, 0.0)
    if target.says in (Says.PART, Says.CONTESTED) and state.state is State.HELD and not _same(target, state):
        return -_CHALLENGED
    agreeing = agreement(target, state)
    if agreeing:
        return _INSIDE * agreeing if _is_inside(target, state) else agreeing
    if target.says is Says.BESIEGED and target.camp != state.holder:
        return -_CHALLENGED
    return -1.0


def _is_inside(target: Target, state: PlaceState) -> bool:
    return state.state is State.BESIEGED and target.says is not Says.BESIEGED
