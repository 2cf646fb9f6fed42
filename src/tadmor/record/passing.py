"""Changes of which nobody is named: "the fall of the town".

A besieged town falls to its besieger; what fell without a siege is lost to whoever held it. Where a change that names
its gainer was told of shortly before, or before at all by the same document where the fall has no day of its own, it is
the one that is meant.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tadmor.record.evidence import Statement
from tadmor.record.rivals import Rivals
from tadmor.record.sieges import Siege
from tadmor.record.states import Says, Target
from tadmor.record.turns import Turn

#: Reports of a fall differ by days: who held the place is asked so long before it. By judgement, as are the next two.
_EARLIER = timedelta(days=8)
#: A fall is spoken of for so long, and a siege that leads to one has been told of within it.
_LATER = timedelta(days=60)
#: A fall told of a longer stretch says too little of when.
_NARROW = 10


def settle(
    statements: Sequence[Statement],
    held: Callable[[date], str | None],
    turns: Sequence[Turn],
    sieges: Sequence[Siege],
    rivals: Rivals,
) -> list[Statement] | None:
    """The statements of a place, each unnamed change as a gain or a loss of somebody.

    Args:
        statements: of one place.
        held: who is known to hold it on a day, from the changes that name somebody.
        turns: those changes.
        sieges: of the place.
        rivals: who fights whom in the documents.

    Returns:
        `None` where no change is unnamed, or nothing is known that could settle any.
    """
    found = [_settled(one, held, turns, sieges, rivals) for one in statements]
    return None if all(one is other for one, other in zip(found, statements, strict=True)) else found


def _settled(
    one: Statement,
    held: Callable[[date], str | None],
    turns: Sequence[Turn],
    sieges: Sequence[Siege],
    rivals: Rivals,
) -> Statement:
    first = one.interval.start
    unnamed = one.after is None and one.siege is None and one.turns
    if not unnamed or one.interval.days > _NARROW or first - date.min <= _LATER:
        return one
    besieger = _besieging(first, sieges)
    loser = held(first - _EARLIER)
    if besieger is not None:
        return one._replace(after=Target(Says.HELD, besieger))
    if loser is None:
        return one
    if _gained(loser, first, turns) or (not one.dated and _told_beside(one, loser, turns)):
        return one._replace(after=Target(Says.HELD, loser), turns=False)
    before = Target(Says.HELD, loser) if one.dated else None
    rival = rivals.taking(one, loser)
    after = Target(Says.HELD, rival) if rival is not None else Target(Says.HELD, loser, holds=False)
    return one._replace(after=after, before=before)


def _besieging(day: date, sieges: Sequence[Siege]) -> str | None:
    """The only camp that besieges the place shortly before a day."""
    early = day - _EARLIER
    lasting = [one for one in sieges if one.start <= day and (one.end is None or one.end >= early)]
    found = {one.besieger for one in lasting if any(day - _LATER <= each.day <= day for each in one.observations)}
    return next(iter(found)) if len(found) == 1 else None


def _told_beside(one: Statement, camp: str, turns: Sequence[Turn]) -> bool:
    """Has the same document told that a camp took the place: "the capture of the town", months on, is that one?"""
    gain, document = Target(Says.HELD, camp), one.claim.claim.document
    told = (each for turn in turns if turn.target == gain for each in turn.statements)
    return any(each.claim.claim.document == document and each.interval.start <= one.interval.last for each in told)


def _gained(camp: str, day: date, turns: Sequence[Turn]) -> bool:
    """Is a camp told to have taken the place shortly before a day?"""
    gain = Target(Says.HELD, camp)
    return any(turn.target == gain and day - _LATER <= turn.interval.last <= day for turn in turns)
