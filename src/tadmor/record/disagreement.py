"""Contradictions about control: who held a place on the same days, whether it changed hands, and when."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import Basis, Grain, Interval
from tadmor.record.contradiction import Found, contradiction, hanging, several
from tadmor.record.control import PlaceModel
from tadmor.record.evidence import Statement
from tadmor.record.independence import Voices
from tadmor.record.naming import Names, days_in_words
from tadmor.record.states import Says, Target
from tadmor.record.turns import Turn

#: Longer stretches leave room for two holders one after the other.
NARROW = 7
#: Two dates of one capture lie at most this far apart; further apart they are two captures. By judgement.
_SAME_CAPTURE = 60


def in_control(model: PlaceModel, voices: Voices, names: Names) -> Iterator[Found]:
    """The contradictions among the control claims of one place."""
    days = [one.day for one in model.observations]
    for found in (*_days_shared(model, voices, names), *_captures(model, voices, names)):
        if found.when is not None:
            first, after = bisect_left(days, found.when.start), bisect_left(days, found.when.end)
            yield Found(found, hanging(found, {one.statement.id for one in model.observations[first:after]}))


def _days_shared(model: PlaceModel, voices: Voices, names: Names) -> Iterator[Contradiction]:
    """Accounts of the same days that name different holders, or of which one denies the other."""
    for group, days in _groups(model):
        sides: dict[Target, list[GroundedClaim]] = {}
        for one in group:
            if one.after is not None and not _is_implied(one):
                sides.setdefault(one.after, []).append(one.claim)
        gained = {one.after for one in group if one.turns}
        clashing = [
            one
            for one in sides
            if any(_at_odds(one, other, sides, voices) and not _agree(one, other, gained) for other in sides)
        ]
        told = [(_words(target, names), sides[target]) for target in clashing]
        if not clashing:
            continue
        yield contradiction(
            _nature(group, clashing),
            f"who held {names.of(model.place)}",
            told,
            place=model.place,
            when=days,
            explanation=_explained(group, clashing),
        )


def _groups(model: PlaceModel) -> Iterator[tuple[list[Statement], Interval]]:
    """Statements that all share days, by the order of their days; what has no day or many is left out."""
    unique = {one.statement.id: one.statement for one in model.observations}
    told = [one for one in unique.values() if one.claim.when is not None and _is_narrow(one)]
    group: list[Statement] = []
    common: Interval | None = None
    for one in sorted(told, key=lambda each: (each.interval, each.id)):
        shared = common.intersection(one.interval) if common is not None else one.interval
        if shared is None and common is not None:
            yield group, common
            group, shared = [], one.interval
        group.append(one)
        common = shared
    if common is not None:
        yield group, common


def _is_implied(one: Statement) -> bool:
    """Is it only by besieging a place that somebody is told not to hold it? The besieger may well hold some of it."""
    return one.siege is not None and one.after is not None and not one.after.holds


def _agree(one: Target, other: Target, gained: Container[Target | None]) -> bool:
    """Does one say that a camp holds a place, the other that it holds a part? Only who gains a part lacks the rest."""
    part = next((each for each in (one, other) if each.says is Says.PART), None)
    return part is not None and one.camp == other.camp and one.holds and other.holds and part not in gained


def _at_odds(one: Target, other: Target, sides: Mapping[Target, Sequence[GroundedClaim]], voices: Voices) -> bool:
    """Do two accounts clash, and do not the same voices give both?"""
    return _clash(one, other) and several(voices, [("", sides[one]), ("", sides[other])])


def _is_narrow(one: Statement) -> bool:
    """Does it speak of a day or a few, even where it is not known which, the document having no date?"""
    if one.interval.days <= NARROW or one.claim.when is None:
        return one.claim.when is not None
    published = one.claim.published
    undated = published is not None and published.interval.days > NARROW
    return undated and (one.claim.when.grain is Grain.DAY or one.claim.when.basis is Basis.PUBLICATION)


def _clash(one: Target, other: Target) -> bool:
    if one.holds and other.holds:
        if Says.CONTESTED in (one.says, other.says):
            return Says.HELD in (one.says, other.says)
        if one.camp != other.camp:
            return Says.HELD in (one.says, other.says)
        return one.says is not other.says
    return one.holds != other.holds and one.camp == other.camp


def _nature(group: Sequence[Statement], clashing: Sequence[Target]) -> Nature:
    """Outcome where one account denies another, or has it fought over or lost by its holder; else actor, or scope."""
    lost = {one.before for one in group if one.turns and one.before is not None and one.before.holds}
    fought = any(one.says is Says.CONTESTED for one in clashing)
    if not all(one.holds for one in clashing) or lost & set(clashing) or fought:
        return Nature.OUTCOME
    camps = {one.camp for one in clashing if one.says is Says.HELD}
    return Nature.ACTOR if len(camps) > 1 else Nature.SCOPE


def _explained(group: Sequence[Statement], clashing: Sequence[Target]) -> str | None:
    turning = {one.after for one in group if one.turns} & set(clashing)
    if len(turning) > 1:
        return "it may have changed hands more than once in these days"
    if turning and any(one.interval.days > 1 for one in group if one.after in clashing):
        return "it may have changed hands within these days"
    if any(one.interval.days > NARROW for one in group):
        return "the days are not known well enough to say which account comes first"
    if any(one.says is not Says.HELD for one in clashing):
        return "one account may speak of a part, the other of the whole"
    return None


def _words(target: Target, names: Names) -> str:
    match target.says:
        case Says.HELD:
            return f"held by {names.of(target.camp)}" if target.holds else f"not held by {names.of(target.camp)}"
        case Says.PART:
            return f"partly held by {names.of(target.camp)}"
        case Says.CONTESTED:
            return "contested" if target.holds else "not contested"
        case Says.BESIEGED:
            return f"besieged by {names.of(target.camp)}"


def _captures(model: PlaceModel, voices: Voices, names: Names) -> Iterator[Contradiction]:
    """One capture told of different days: turns to one holder, nobody being told to have lost the place in between."""
    for before, after in _twice_taken(model):
        sides = [
            (days_in_words(turn.interval), [one.claim for one in turn.statements if one.dated])
            for turn in (before, after)
        ]
        if several(voices, sides):
            yield contradiction(
                Nature.TIME,
                f"when {names.of(model.place)} came to be {_words(after.target, names)}",
                sides,
                place=model.place,
                when=before.interval.hull(after.interval),
                explanation=_corrected(sides, voices),
            )


def _corrected(sides: Sequence[tuple[str, Sequence[GroundedClaim]]], voices: Voices) -> str | None:
    """Who gave one account first and the other later, and so withdrew the first."""
    first: dict[str, dict[str, tuple[date, str]]] = defaultdict(dict)
    for value, claims in sides:
        for claim in claims:
            if claim.published is not None:
                told = (claim.published.earliest, claim.origin.name)
                known = first[voices.key(claim)].get(value, told)
                first[voices.key(claim)][value] = min(known, told)
    for given in first.values():
        (day, name), (later, _) = min(given.values()), max(given.values())
        if day < later:
            old, new = sorted(given, key=lambda value: given[value])[:2]
            return f"{name} gave {old} at first and {new} later, and so withdrew the former"
    return None


def _twice_taken(model: PlaceModel) -> Iterator[tuple[Turn, Turn]]:
    """Neighbouring turns to one holder; the fight for the place, or for a part of it, in between changes nothing."""
    dated = [turn for turn in model.turns if any(one.dated for one in turn.statements)]
    last: Turn | None = None
    for turn in sorted(dated, key=lambda turn: (turn.interval, turn.statements[0].id)):
        if turn.target.says is not Says.HELD:
            continue
        if last is not None and _same_capture(last, turn) and not _held_otherwise(model, last, turn):
            yield last, turn
        last = turn


def _same_capture(one: Turn, other: Turn) -> bool:
    apart = one.interval.gap(other.interval)
    return one.target == other.target and not one.interval.overlaps(other.interval) and apart <= _SAME_CAPTURE


def _held_otherwise(model: PlaceModel, before: Turn, after: Turn) -> bool:
    """Is another camp told to hold the place between two turns?"""
    first = bisect_right(model.observations, before.interval.last, key=lambda one: one.day)
    last = bisect_left(model.observations, after.interval.start, key=lambda one: one.day)
    between = (one for one in model.observations[first:last] if one.follows and one.target.says is Says.HELD)
    return any(one.target.holds == (one.target.camp != after.target.camp) for one in between)
