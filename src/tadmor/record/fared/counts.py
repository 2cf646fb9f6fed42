"""What the figures of a voice teach: whether others count as many of the same victims.

Two honest figures of one toll often differ, for one is told earlier; so the chance that others bear a figure out is
held beside how often figures of one toll agree at all in the case.
"""

from collections.abc import Sequence
from itertools import permutations

from tadmor.record.casualties import Tally
from tadmor.record.fared.lessons import Lesson
from tadmor.record.independence import Voices
from tadmor.record.reliability import Reliability
from tadmor.record.toll import Figure, agrees, figures

#: Other voices that the common rate counts for beside those of one toll.
_COMMON = 2.0
#: A rate is kept so far from 0 and 1.
_EDGE = 0.05


def in_counts(tallies: Sequence[Tally], voices: Voices, reliability: Reliability) -> list[Lesson]:
    """The lessons of all figures of tolls that more than one voice counts."""
    counted = [[one for one in figures(tally.told, voices, reliability) if one.best is not None] for tally in tallies]
    shared = [known for known in counted if len(known) > 1]
    pairs = [_agree(one, other) for known in shared for one, other in permutations(known, 2)]
    usual = min(max(sum(pairs) / len(pairs), _EDGE), 1 - _EDGE) if pairs else 0.5
    return [_lesson(one, known, usual) for known in shared for one in known]


def _agree(one: Figure, other: Figure) -> bool:
    return one.best is not None and agrees(other, one.best)


def _lesson(one: Figure, known: Sequence[Figure], usual: float) -> Lesson:
    agreeing = [_agree(one, other) for other in known if other is not one]
    return Lesson(
        claim=one.told.claim,
        voice=one.voice,
        stake=one.weighed.interest,
        chance=(sum(agreeing) + _COMMON * usual) / (len(agreeing) + _COMMON),
        blind=usual,
        sure=one.weighed.sure,
    )
