"""An invented war over a grid of villages whose holder on each day is known, and sources that tell of it badly."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion import SILENT, Voice, from_grid

ACTORS = ("blue", "green")
SIDE = 12


class War(NamedTuple):
    """Who held what: index of the actor, days by places; and where the places lie."""

    held: NDArray[np.int64]
    points: NDArray[np.float64]


def war(seed: int = 0, side: int = SIDE, days: int = 100) -> War:
    """Green pushes a front eastward through blue's villages, unevenly, and is thrown back in the north."""
    draw = np.random.default_rng(seed)
    row, column = np.divmod(np.arange(side * side), side)
    # Off a perfect grid, on which many places would lie equally near.
    points = np.stack([10 + row * 0.05, 20 + column * 0.05], 1) + draw.normal(0, 0.005, (side * side, 2))
    taken = 8 * column + draw.integers(-6, 6, side * side)
    back = np.where(row < side // 3, taken + 25 + draw.integers(0, 15, side * side), days)
    day = np.arange(days)[:, None]
    return War(((day >= taken) & (day < back)).astype(np.int64), points)


def mapmaker(name: str, war: War, lag: float, *, error: float = 0.02, seed: int = 1, shown: float = 1.0) -> Voice:
    """A source that learns of each change after some days, marks some places wrongly all along, and shows a part of them."""
    draw = np.random.default_rng(seed)
    days, places = war.held.shape
    said = np.empty((days, places), np.int8)
    late = draw.geometric(1 / (1 + lag), places) - 1
    for place in range(places):
        said[:, place] = war.held[np.maximum(np.arange(days) - late[place], 0), place]
    wrong = draw.random(places) < error
    said[:, wrong] = 1 - said[:, wrong]
    said[:, draw.random(places) > shown] = SILENT
    return from_grid(name, ACTORS, said)


def grid(voice: Voice) -> NDArray[np.int8]:
    """What a voice of an invented war says, days by places, up to its last day."""
    return voice.grid(int(voice.last.max()) + 1, SIDE * SIDE)


def later(voice: Voice, name: str, lag: int, wrong: float = 0.0, seed: int = 9) -> Voice:
    """A copy some days later, a share of whose words is wrong."""
    draw = np.random.default_rng(seed)
    before = grid(voice)
    said = np.full_like(before, SILENT)
    said[lag:] = before[: len(said) - lag]
    hit = (draw.random(said.shape) < wrong) & (said != SILENT)
    return from_grid(name, voice.vocabulary, np.where(hit, 1 - said, said).astype(np.int8))


def disagree(*voices: Voice) -> NDArray[np.bool_]:
    """Where some voice says another word than the first."""
    first, *others = map(grid, voices)
    return np.any([(one != first) & (one >= 0) & (first >= 0) for one in others], axis=0)


def right(chances: NDArray[np.float64], war: War, where: NDArray[np.bool_]) -> float:
    """How often the likeliest actor is the one who held."""
    return float((chances.argmax(2) == war.held)[where].mean())
