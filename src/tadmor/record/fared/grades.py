"""The Admiralty grades that numbers earn: A to F for a source, 1 to 6 for what it says (NATO STANAG 2511, AJP-2.1)."""

from tadmor.record.fared.lessons import Lesson, Standing

#: The least r of each grade; by judgement, after the words of the scale: "completely", "usually", "fairly", "not
#: usually" reliable, and "unreliable".
_GRADES = (("A", 0.95), ("B", 0.85), ("C", 0.70), ("D", 0.55), ("E", 0.0))
#: The least chance that others give a word, for each grade of it.
_CREDIBLE = (("1", 0.85), ("2", 0.60), ("3", 0.30), ("4", 0.10), ("5", 0.0))
#: Words that others must be able to tell of before a source is graded by them, and how much before a word is.
ENOUGH, HEARD = 3.0, 0.15


def grade(standing: Standing | None) -> str:
    """A (completely reliable) to E (unreliable); F where it cannot be judged."""
    if standing is None or not standing.voice or standing.compared < ENOUGH:
        return "F"
    return next(letter for letter, least in _GRADES if standing.right >= least)


def credibility(lesson: Lesson | None) -> str:
    """1 (confirmed by others) to 5 (improbable); 6 where nobody else tells enough to judge."""
    if lesson is None or lesson.told < HEARD:
        return "6"
    return next(number for number, least in _CREDIBLE if lesson.chance >= least)
