"""A place's holder as a chain over the days of which something is said: forward as it is heard, backward with the rest.

From one day to the next a place stays with its holder, or goes over to another at a rate of the other's own. Over many
days of silence that has a closed form: with the chance `keep` that nothing happened all the while the place stays, and
else it goes where the rates lead (`drift`), so that silent days cost nothing.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Steps(NamedTuple):
    """From each row's row before to the row.

    Args:
        keep: chance that nothing happened in the days between; by row.
        drift: chance that something did and it is each holder's since; holders by rows.
        repeats: how many times something is expected to have happened, if anything has; by row.
    """

    keep: Floats
    drift: Floats
    repeats: Floats


class Read(NamedTuple):
    """A pass over the rows; arrays are holders by rows.

    Args:
        forward: chance of each holder given the words up to the row.
        smoothed: the same given all words.
        turns: expected changes of hands since the row before, one number a row.
    """

    forward: Floats
    smoothed: Floats
    turns: Floats


def steps(rate: Floats, gap: NDArray[np.integer]) -> Steps:
    """The way over some days.

    Args:
        rate: chance a day that a place goes over to each holder from any other one; holders by rows.
        gap: days.
    """
    whole = rate.sum(0)
    keep = (1 - whole) ** gap
    happened = 1 - keep
    # After one day this is the rate itself, to the last digit: `happened` is `whole` only up to rounding.
    drift = np.where(gap == 1, rate, rate * (happened / whole))
    return Steps(keep, drift, np.where(gap == 1, 1.0, gap * whole / happened))


def normal(weights: Floats) -> Floats:
    """Chances out of weights, over the first axis."""
    return np.asarray(weights / np.add.reduce(weights, 0))


def read(evidence: Floats, start: Floats, way: Steps, before: Ints, order: Ints, rank: Ints) -> Read:
    """Forward and backward over the rows (Rabiner 1989, doi:10.1109/5.18626).

    Args:
        evidence: how likely the row's words are by holder, up to a factor; holders by rows.
        start: chances before a column's first row, holders by rows; looked at in first rows alone.
        way: to each row from the one before.
        before: the row before of the same column; -1 for a column's first.
        order: the rows, each after the one before it, by rank.
        rank: of each row.
    """
    place_in_order = np.empty(len(order), np.int64)
    place_in_order[order] = np.arange(len(order))
    # All in the order of ranks, so that each step reads and writes one stretch of memory.
    likely, keep, drift = evidence[:, order], way.keep[order], way.drift[:, order]
    earlier = place_in_order[before[order]]
    ends = np.searchsorted(rank[order], np.arange(int(rank.max(initial=-1)) + 2))
    forward = _forward(likely, start[:, order[: ends[1]]] if len(order) else start, keep, drift, earlier, ends)
    later, moved = _backward(likely, forward, keep, drift, earlier, ends)
    smoothed = normal(forward * later)
    return Read(
        forward[:, place_in_order], smoothed[:, place_in_order], moved[place_in_order] * np.asarray(way.repeats)
    )


def _forward(likely: Floats, start: Floats, keep: Floats, drift: Floats, earlier: Ints, ends: Ints) -> Floats:
    forward = np.empty_like(likely)
    for begin, end in pairwise(ends):
        part = slice(begin, end)
        ahead = forward[:, earlier[part]] * keep[part] + drift[:, part] if begin else start
        forward[:, part] = normal(ahead * likely[:, part])
    return forward


def _backward(
    likely: Floats, forward: Floats, keep: Floats, drift: Floats, earlier: Ints, ends: Ints
) -> tuple[Floats, Floats]:
    """How likely all later words are by holder, up to a factor; and the chance that the row before had another one."""
    later = np.ones_like(likely)
    moved = np.zeros(likely.shape[1])
    for begin, end in zip(ends[-2:0:-1], ends[:1:-1], strict=True):
        part = slice(begin, end)
        ahead = likely[:, part] * later[:, part]
        led = ahead * drift[:, part]
        gone = led.sum(0) - led
        whole = ahead * (keep[part] + drift[:, part]) + gone
        held = forward[:, earlier[part]]
        moved[part] = (held * gone).sum(0) / (held * whole).sum(0)
        later[:, earlier[part]] = normal(whole)
    return later, moved
