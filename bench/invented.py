"""An invented case of any size: claims of many sources about many places over years, from a fixed seed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import Voice, from_arrays

ACTORS = ("blue", "green", "red")
Ints = NDArray[np.int64]


class Case(NamedTuple):
    """Voices, where the places lie, and who held them: the actor's index from each of a place's turns on.

    Args:
        voices: one a source.
        points: latitude and longitude, degrees.
        turns: first day of each actor's hold; places by turns.
        held: by whom; the same.
    """

    voices: list[Voice]
    points: NDArray[np.float64]
    turns: Ints
    held: Ints


def case(claims: int, places: int = 10_000, days: int = 3_000, sources: int = 200, seed: int = 0) -> Case:
    """Claims of single days: some places and some sources have many times as many as others.

    Args:
        claims: how many; a source's second word on a place and day replaces its first.
        places: scattered over a country of some 600 km.
        days: of the war; fronts pass over the places three times.
        sources: one in twenty claims wrong for the best of them, one in three for the worst, told up to 30 days late.
        seed: of the draws.
    """
    draw = np.random.default_rng(seed)
    points = np.stack([30 + 5 * draw.random(places), 40 + 6 * draw.random(places)], 1)
    turns, held = _war(draw, points, days)
    place = draw.choice(places, claims, p=_uneven(draw, places))
    source = draw.choice(sources, claims, p=_uneven(draw, sources))
    day = draw.integers(0, days, claims)
    late = draw.integers(0, 31, sources)[source]
    seen = np.maximum(day - draw.integers(0, late + 1), 0)
    turn = (turns[place] <= seen[:, None]).sum(1) - 1
    wrong = draw.random(claims) < draw.uniform(0.05, 0.33, sources)[source]
    word = (held[place, turn] + wrong * draw.integers(1, len(ACTORS), claims)) % len(ACTORS)
    voices = []
    for one in range(sources):
        mine = source == one
        voices.append(from_arrays(f"source {one}", ACTORS, place[mine], day[mine], day[mine], word[mine]))
    return Case(voices, points, turns, held)


def _uneven(draw: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Shares that differ by some ten times between the first and last tenth."""
    share = draw.lognormal(0.0, 0.8, count)
    return np.asarray(share / share.sum())


def _war(draw: np.random.Generator, points: NDArray[np.float64], days: int) -> tuple[Ints, Ints]:
    """Three fronts cross the country, each from another side, and bring another actor."""
    scaled = (points - points.min(0)) / np.ptp(points, axis=0)
    passing = np.stack([scaled[:, 0], 1 - scaled[:, 1], 1 - scaled[:, 0]], 1)
    begin = np.array([0.02, 0.35, 0.7]) * days
    turns = begin + passing * 0.25 * days + draw.normal(0, 10, passing.shape)
    first = np.zeros((len(points), 1), np.int64)
    held = np.tile(np.array([0, 1, 2, 0]), (len(points), 1))
    return np.concatenate([first, np.maximum(turns, 1).astype(np.int64)], 1), held
