"""When a place changed hands: not a day that looks exact, but the days between which the change lies."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.daily import Daily

Floats = NDArray[np.float64]
#: How surely a change lies within its days, unless asked otherwise.
_SURELY = 0.8


class Change(NamedTuple):
    """A place goes over from one actor to another.

    Args:
        place: index among the places asked for.
        before: index of the actor who held.
        after: index of the actor who took over.
        earliest: first day of the interval.
        latest: last day of it, included.
        likeliest: the day by which the change is as likely past as to come.
    """

    place: int
    before: int
    after: int
    earliest: int
    latest: int
    likeliest: int


def changes(found: Daily, surely: float = _SURELY) -> tuple[Change, ...]:
    """The changes of hands at some places, each with the days between which it lies.

    A change stands between two spells over which one and then another actor is the likeliest. It is looked for from the
    day on which the first is surest of its hold to the day on which the second is; the interval leaves out an equal
    chance at both ends that the second took over earlier or later.

    Args:
        found: the places, day by day.
        surely: chance that a change lies within its interval, given that there was one.
    """
    return tuple(
        change
        for place in range(found.smoothed.shape[1])
        for change in _at(place, found.smoothed[:, place], found.entered[:, place], surely)
    )


def _at(place: int, smoothed: Floats, entered: Floats, surely: float) -> list[Change]:
    holds = smoothed.argmax(1)
    bounds = [0, *(np.flatnonzero(np.diff(holds)) + 1).tolist(), len(holds)]
    found = []
    for (start, turn), (_, end) in pairwise(pairwise(bounds)):
        before, after = int(holds[turn - 1]), int(holds[turn])
        surest = turn - 1 - int(smoothed[start:turn, before][::-1].argmax())
        settled = turn + int(smoothed[turn:end, after].argmax())
        came = entered[surest + 1 : settled + 1, after].cumsum()
        days = surest + 1 + np.searchsorted(came, came[-1] * np.array([(1 - surely) / 2, (1 + surely) / 2, 0.5]))
        earliest, latest, likeliest = (min(int(day), settled) for day in days)
        found.append(Change(place, before, after, earliest, latest, likeliest))
    return found
