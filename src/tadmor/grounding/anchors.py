"""Captures that a sentence only reckons from: "after the capture of X", "since the fall of Y".

They lie before what the sentence tells; the day of that is not theirs.
"""

import re
from functools import lru_cache

from tadmor.datamodel.claims import Change, Claim, ControlClaim
from tadmor.dictionaries.lexicon import load_lexicon
from tadmor.dictionaries.times import TimeExpression

_BEFORE = re.compile(r"\b(?:after|following|since|before|prior to|until)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE)
_END = re.compile(r"[,;:.]")


def anchors(claim: Claim, text: str, sentence: tuple[int, int], time: TimeExpression | None) -> bool:
    """Does a claim tell of a capture from which its sentence reckons, and has it no time of its own?

    Args:
        claim: what is told.
        text: that of the document.
        sentence: where the claim's sentence begins and ends.
        time: the nearest expression of time in it.
    """
    if not isinstance(claim, ControlClaim) or claim.change is Change.HELD or not _capture().match(claim.quote):
        return False
    if _BEFORE.search(text, sentence[0], claim.start) is None:
        return False
    stop = _END.search(text, claim.end)
    end = min(stop.start() if stop is not None else sentence[1], sentence[1])
    return time is None or not claim.start <= time.start < end


@lru_cache(maxsize=1)
def _capture() -> re.Pattern[str]:
    """A noun for a change of control near the beginning of a claim's words."""
    triggers = (trigger for found in load_lexicon().triggers.values() for trigger in found)
    nouns = sorted(
        {one.words[0] for one in triggers if (one.kind, one.part, one.subtype) == ("control", "noun", "gained")}
    )
    return re.compile(rf"(?:[\w’'-]+\s+){{0,3}}(?:{'|'.join(nouns)})\b", re.IGNORECASE)
