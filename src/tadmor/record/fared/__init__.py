"""How the sources of a case fared: how often each was right where others could tell, and the grade that earns it."""

from tadmor.record.fared.lessons import Fared, Lesson, Standing, fared
from tadmor.record.fared.standings import standings

__all__ = ["Fared", "Lesson", "Standing", "fared", "standings"]
