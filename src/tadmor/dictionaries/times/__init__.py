"""English expressions of time in running text, read without a clock.

`find_times` gives what the words say (a weekday, two days before some day, mid-March); what days those are is worked
out in `grounding`, against a publication day or a story.
"""

from tadmor.dictionaries.times.expression import Lead, Part, Reference, Season, TimeExpression, TimeKind, Unit
from tadmor.dictionaries.times.finding import find_times

__all__ = ["Lead", "Part", "Reference", "Season", "TimeExpression", "TimeKind", "Unit", "find_times"]
