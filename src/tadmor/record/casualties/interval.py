"""Within which bounds another independent voice would count the same victims, four times in five.

The right figure is one of those told, or near: how often voices agree exactly, and how far they lie apart upwards and
downwards, near and far, is learned over all tallies of the case by `record/estimation` (see `docs/decisions/0012`).
Figures are then weighed against each other, and the bounds leave out so much on either side that, each voice left
out in turn, four of five figures lie inside. A figure of one voice alone has bounds too, by how second voices differ.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, expm1, log, log1p
from typing import NamedTuple

#: Voices that tell a second figure, from which on the spread is learned from the case; below, the usual one serves.
_ENOUGH = 20
#: The share of left-out voices' figures that should lie inside, and shares of the model's mass to leave out on either
#: side, of which the largest is taken that leaves enough inside: a model of independent errors is too sure of revisions
#: told days apart. More than four in five, since links favour equal numbers: at 0.8 only 0.69 of marked figures did.
_INSIDE = 0.85
_TAILS = (0.1, 0.07, 0.05, 0.035, 0.025)
#: How far from the outermost figure bounds are looked for, in e-folds: hundredfold; and halvings of that distance.
_REACH, _HALVINGS = 5.0, 24
#: Width at which two wrong figures count as two chances, as in `estimation.numbers`.
_WIDTH = 0.1


class Figured(NamedTuple):
    """What one voice counts: 0 where it does not serve its side, 1 where it does, 2 where it speaks against it."""

    voice: str
    number: int
    kind: int


class Spread(NamedTuple):
    """How voices differ: chance to be exact by kind of voice; shares and mean sizes, in e-folds, of errors.

    The sorts are near ones upwards and downwards, then far ones. `tail` is the share left out on either side.
    """

    exact: tuple[float, ...]
    shares: tuple[float, ...]
    sizes: tuple[float, ...]
    tail: float


#: Learned on FA-KES; used where a case has too few figures of its own.
USUAL = Spread((0.6, 0.5, 0.6), (0.35, 0.25, 0.25, 0.15), (0.12, 0.12, 0.5, 0.5), 0.05)


class Estimated(NamedTuple):
    """The bounds and the most probable of the figures told."""

    low: int
    best: int
    high: int


def spread_of(tallies: Iterable[Sequence[Figured]]) -> Spread:
    """How the voices of a case differ, learned from the tallies that two or more of them count."""
    shared = [figures for figures in tallies if len(figures) > 1]
    if sum(map(len, shared)) < _ENOUGH:
        return USUAL
    import numpy as np  # noqa: PLC0415 - most cases need it, a first look at a place does not

    from tadmor.record.estimation import numbers  # noqa: PLC0415

    rows = [(item, one) for item, figures in enumerate(shared) for one in figures]
    index = {voice: number for number, voice in enumerate(sorted({(one.voice, one.kind) for _, one in rows}))}
    learned = numbers(
        np.array([item for item, _ in rows], dtype=np.int64),
        np.array([index[one.voice, one.kind] for _, one in rows], dtype=np.int64),
        np.array([float(one.number) for _, one in rows]),
        kinds=np.array([kind for _, kind in sorted(index)], dtype=np.int64),
    )
    exact = [float(chance) for chance in learned.estimate.kinds[:, 0]]
    known = exact + list(USUAL.exact[len(exact) :])
    spread = Spread(tuple(known), tuple(map(float, learned.shares)), tuple(map(float, learned.sizes)), _TAILS[0])
    return _calibrated(shared, spread)


def _calibrated(shared: Sequence[Sequence[Figured]], spread: Spread) -> Spread:
    """The spread with the tail at which, each voice left out in turn, enough figures lie inside the others' bounds."""
    for tail in _TAILS:
        spread = spread._replace(tail=tail)
        if _inside(shared, spread) >= _INSIDE:
            break
    return spread


def _inside(shared: Sequence[Sequence[Figured]], spread: Spread) -> float:
    tried = [
        (one, estimated([other for other in figures if other is not one], spread))
        for figures in shared
        for one in figures
    ]
    return sum(found is not None and found.low <= one.number <= found.high for one, found in tried) / len(tried)


def estimated(figures: Sequence[Figured], spread: Spread) -> Estimated | None:
    """The bounds of what another voice would count; `None` where no voice gives a figure."""
    return _estimated(tuple((one.number, one.kind) for one in figures), spread) if figures else None


#: A number and who gives it, of the kinds of voice that are told apart.
_Given = tuple[int, int]


@lru_cache(maxsize=10_000)  # most tolls are small, and told by one voice or two
def _estimated(figures: tuple[_Given, ...], spread: Spread) -> Estimated:
    weights = _weighed(figures, spread)
    low, high = min(weights), max(weights)
    best = max(sorted(weights), key=lambda number: weights[number])
    return Estimated(
        min(best, _quantile(weights, spread, spread.tail, low, high)),
        best,
        max(best, _quantile(weights, spread, 1 - spread.tail, low, high)),
    )


def _weighed(figures: Sequence[_Given], spread: Spread) -> dict[int, float]:
    """How probable each of the figures told is."""
    logs = {
        right: sum(_log_chance(number, kind, right, spread) for number, kind in figures)
        for right in sorted({number for number, _ in figures})
    }
    most = max(logs.values())
    weights = {number: exp(value - most) for number, value in logs.items()}
    total = sum(weights.values())
    return {number: weight / total for number, weight in weights.items()}


def _log_chance(number: int, kind: int, right: int, spread: Spread) -> float:
    exact = spread.exact[kind]
    if number == right:
        return log(exact)
    error = log1p(number) - log1p(right)
    up = error > 0
    sorts = (sort for sort in range(4) if (sort % 2 == 0) is up)
    density = sum(spread.shares[each] / spread.sizes[each] * exp(-abs(error) / spread.sizes[each]) for each in sorts)
    return log(max((1 - exact) * density * _WIDTH, 1e-300))


def _quantile(weights: dict[int, float], spread: Spread, share: float, low: int, high: int) -> int:
    """The least number that at most the given share of what the next voice may say lies below; found by halving."""
    bottom, top = log1p(low) - _REACH, log1p(high) + _REACH
    for _ in range(_HALVINGS):
        middle = (bottom + top) / 2
        if _below(middle, weights, spread) < share:
            bottom = middle
        else:
            top = middle
    return max(0, round(expm1(top)))


def _below(point: float, weights: dict[int, float], spread: Spread) -> float:
    """The chance that the next voice says no more than a number, given as log(1 + number)."""
    exact = spread.exact[0]
    return sum(
        weight * (exact * (log1p(number) <= point) + (1 - exact) * _error_below(point - log1p(number), spread))
        for number, weight in weights.items()
    )


def _error_below(error: float, spread: Spread) -> float:
    """The chance of an error of no more than this, in e-folds."""
    found = 0.0
    for number, (share, size) in enumerate(zip(spread.shares, spread.sizes, strict=True)):
        if number % 2 == 0:
            found += share * (1 - exp(-error / size)) if error > 0 else 0.0
        else:
            found += share if error >= 0 else share * exp(error / size)
    return found
