"""Times of the telling rather than of what is told: "said on Monday"."""

import re
from functools import lru_cache

from tadmor.dictionaries.lexicon import said


@lru_cache(maxsize=1)
def saying() -> re.Pattern[str]:
    """A verb of saying right before a time, maybe with its hearer: "said on Monday", "told reporters on Monday"."""
    verbs = "|".join(sorted(said()))
    return re.compile(
        rf"\b(?:told\s+(?:\S+\s+){{1,3}}?|(?:{verbs})\s+)(?:(?:early|late|earlier|later)\s+)?(?:(?:on|in)\s+)?$"
    )
