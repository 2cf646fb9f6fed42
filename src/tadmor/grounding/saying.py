"""Times that are not of what is told: of the telling ("said on Monday"), or of something else named beside it."""

import re
from functools import lru_cache

from tadmor.dictionaries.lexicon import said
from tadmor.dictionaries.times import Lead, TimeExpression, TimeKind

#: What leads to a clause about something that the one before names.
_RELATIVE = re.compile(r"\b(?:which|who|whom|whose|where)\b")


def lasts_elsewhere(text: str, end: int, one: TimeExpression) -> bool:
    """As in "took the town, which had been their seat for ten years": how long something else went on.

    `end` is where what is told ends.
    """
    beyond = end <= one.start and one.kind is TimeKind.DURATION and one.lead in (None, Lead.FOR)
    return beyond and _RELATIVE.search(text, end, one.start) is not None


@lru_cache(maxsize=1)
def saying() -> re.Pattern[str]:
    """A verb of saying right before a time, maybe with its hearer: "said on Monday", "told reporters on Monday"."""
    verbs = "|".join(sorted(said()))
    return re.compile(
        rf"\b(?:told\s+(?:\S+\s+){{1,3}}?|(?:{verbs})\s+)(?:(?:early|late|earlier|later)\s+)?(?:(?:on|in)\s+)?$"
    )
