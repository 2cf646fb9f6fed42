"""What is believed of voices and places before anything is heard, each number with how it was found."""

from typing import NamedTuple


class Settings(NamedTuple):
    """Priors of the fusion. Rates are per day; strengths count as that many place-days.

    Chosen by hand, one at a time, on one window of a war's maps, all of whose places were looked at, and on invented
    wars; `quality.control --folds` shows what choosing among a few of them anew on other 25 km cells would give.
    """

    #: Share of first words said from knowledge; the rest falls on the voice's words as often as it uses them.
    known: float = 0.85
    #: How many first words that prior weighs.
    known_strength: float = 20.0
    #: How soon a wrong word is corrected at first: a fifth of them each day. It slows with the age of the word.
    correcting: float = 0.2
    #: How often a right word is left for a wrong one.
    straying: float = 1 / 1000
    #: How many words the priors of correcting and straying weigh.
    moving_strength: float = 200.0
    #: How far what is heard of the correcting of younger words is believed of older ones until these are heard (0 not
    #: at all, 1 wholly): who corrects slowly at first is not taken to correct soon later.
    tied: float = 1.0
    #: How often a place changes hands to an actor who holds all places around it, and what that weighs in place-days.
    turning: float = 1 / 300
    turning_strength: float = 2000.0
    #: What an actor who holds no place around counts beside one who holds all: landings and revolts are rare, not ruled
    #: out.
    afar: float = 0.3
    #: How many places around a place inform it, and the distance, km, within which nearness makes no difference.
    neighbours: int = 12
    near_km: float = 3.0
    #: How often the reasons for choosing between voices do not hold at a place: then each voice is as good as another.
    #: Maps differ in what they call held, which no voice's record tells.
    doubt: float = 0.15
    #: Rounds of learning.
    rounds: int = 10
    #: The filter learns anew when it has heard so many times as many days as at its last lesson.
    lessons: float = 1.25
