"""The Admiralty grades that numbers earn: A to F for a source, 1 to 6 for what it says (NATO STANAG 2511, AJP-2.1)."""

#: How often a source of each grade is right at least; by judgement, after the words of the scale: "completely",
#: "usually", "fairly" and "not usually" reliable, "unreliable".
_GRADES = (("A", 0.95), ("B", 0.85), ("C", 0.70), ("D", 0.55), ("E", 0.0))
#: The least chance that others give a word, for each grade of it: "confirmed by other sources", "probably true",
#: "possibly true", "doubtful", "improbable".
_CREDIBLE = (("1", 0.85), ("2", 0.60), ("3", 0.30), ("4", 0.10), ("5", 0.0))
#: Words that others must be able to tell of before a source is graded, and how much of one before it is.
_ENOUGH, _HEARD = 3.0, 0.15


#: How often a source that a person gave a letter is taken to be right: the middle of what earns the letter. Half for E:
#: an unreliable source says nothing, and is no liar whose words could be turned round.
_WORTH = {"A": 0.975, "B": 0.90, "C": 0.775, "D": 0.625, "E": 0.5}


def worth(letter: str | None) -> float | None:
    """How often a source of a letter is right; `None` for F, by which nobody can judge, and where none was given."""
    return _WORTH.get(letter or "")


def grade(right: float, compared: float) -> str:
    """A (completely reliable) to E (unreliable); F where too few of its words could be compared to judge."""
    if compared < _ENOUGH:
        return "F"
    return next(letter for letter, least in _GRADES if right >= least)


def credibility(chance: float, told: float) -> str:
    """1 (confirmed by others) to 5 (improbable); 6 where nobody else tells enough to judge."""
    if told < _HEARD:
        return "6"
    return next(number for number, least in _CREDIBLE if chance >= least)
