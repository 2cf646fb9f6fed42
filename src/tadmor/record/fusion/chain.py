"""A place's holder as a chain over days: forward as one hears it, backward with what came later."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Read(NamedTuple):
    """A pass over the days.

    Args:
        forward: chance of each holder given the words up to the day; days by places by holders.
        smoothed: the same given all words.
        turns: expected changes of hands, by place.
    """

    forward: Floats
    smoothed: Floats
    turns: Floats


def step(now: Floats, rate: Floats) -> Floats:
    """Tomorrow's chances: from each holder to another at the other's rate.

    Args:
        now: chances today, places by holders.
        rate: chance that the place goes over to each holder from any other one.
    """
    return np.asarray(now * (1 - (total(rate) - rate)) + (1 - now) * rate)


def normal(weights: Floats) -> Floats:
    """Chances out of weights, over the last axis."""
    return np.asarray(weights / total(weights))


def total(values: Floats) -> Floats:
    """The sum over the last axis, which stays: by a product, which over few holders is far quicker than numpy's sum."""
    return np.asarray(values @ np.ones((values.shape[-1], 1)))


def read(evidence: Floats, start: Floats, rate: Floats) -> Read:
    """Forward and backward over the days (Rabiner 1989, doi:10.1109/5.18626).

    Args:
        evidence: how likely the day's words are by holder, up to a factor; days by places by holders.
        start: chances before the first day's words, places by holders.
        rate: chance of going over to each holder, days by places by holders.
    """
    forward = np.empty_like(evidence)
    forward[0] = normal(start * evidence[0])
    for day in range(1, len(evidence)):
        forward[day] = normal(step(forward[day - 1], rate[day]) * evidence[day])
    smoothed = np.empty_like(evidence)
    smoothed[-1] = forward[-1]
    later = np.ones_like(start)
    turns = np.zeros(len(start))
    for day in range(len(evidence) - 1, 0, -1):
        ahead, into = evidence[day] * later, rate[day]
        moved = ahead * into
        moved = total(moved) - moved
        whole = ahead * (1 - (total(into) - into)) + moved
        before = forward[day - 1]
        turns += (total(before * moved) / total(before * whole))[:, 0]
        later = normal(whole)
        smoothed[day - 1] = normal(before * later)
    return Read(forward, smoothed, turns)
