"""Standings as findings: with their bounds, and the claims that moved them most."""

from math import log, sqrt

from tadmor.datamodel import findings
from tadmor.datamodel.findings import Moved
from tadmor.record.fared.lessons import Fared, Lesson, Standing
from tadmor.record.odds import probability

#: Claims shown with a standing.
_SHOWN = 5
#: The normal distribution has four fifths of its mass within so many deviations of its middle.
_FOUR_FIFTHS = 1.2816


def standings(known: Fared, unaided: Fared | None = None) -> tuple[findings.Standing, ...]:
    """The standings of a case's voices, in order of kind of claim, voice and interest.

    Args:
        known: how they fared.
        unaided: how they would have fared if no person had graded a source; `None`: nobody did.
    """
    return tuple(_finding(one, unaided.like(one) if unaided is not None else None) for one in known.all())


def _finding(one: Standing, unaided: Standing | None) -> findings.Standing:
    low, high = _bounds(one)
    return findings.Standing(
        voice=one.voice,
        name=one.lessons[0].claim.origin.name,
        kind=one.kind,
        about=one.about,
        interest=one.stake,
        first=round(one.first, 4),
        right=round(one.right, 4),
        low=round(low, 4),
        high=round(high, 4),
        compared=round(one.compared, 3),
        agreed=round(one.agreed, 3),
        grade=one.grade,
        given=one.given,
        unaided=_unaided(one, unaided),
        moved=tuple(_moved(one, lesson) for lesson in _heaviest(one)),
    )


def _unaided(one: Standing, unaided: Standing | None) -> findings.Unaided | None:
    """What the program would have given a source that a person graded."""
    if one.given is None:
        return None
    if unaided is None:
        return findings.Unaided(grade="F", right=None)
    return findings.Unaided(grade=unaided.grade, right=round(unaided.right, 4))


def _bounds(one: Standing) -> tuple[float, float]:
    """Four fifths of what `right` may be: normal in log-odds, by the words that prior and case bring."""
    spread = _FOUR_FIFTHS / sqrt((one.held + one.compared) * one.right * (1 - one.right))
    middle = log(one.right / (1 - one.right))
    return probability(middle - spread), probability(middle + spread)


def _heaviest(one: Standing) -> list[Lesson]:
    """The lessons of which others tell most, those that they speak against first."""
    ordered = sorted(one.lessons, key=lambda each: (-each.weight, each.claim.id))
    return sorted(ordered[:_SHOWN], key=lambda each: (each.chance >= each.blind, -each.told, each.claim.id))


def _moved(one: Standing, lesson: Lesson) -> Moved:
    return Moved(claim=lesson.claim.id, chance=round(lesson.chance, 4), by=round(one.right - one.without(lesson), 4))
