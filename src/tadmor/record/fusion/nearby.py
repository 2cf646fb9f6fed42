"""Which places lie around a place, and how much each counts."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_KM_A_DEGREE = 111.32
#: Rows of distances computed together: bounds the memory at some ten megabytes for ten thousand places.
_BLOCK = 128


def neighbours(
    points: Floats, count: int, near_km: float, of: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.int64], Floats]:
    """The nearest places of each place, and their shares by nearness, which sum to 1.

    Args:
        points: latitude and longitude, degrees; `nan` where a place has no point: it neither informs nor is informed.
        count: how many.
        near_km: the distance under which nearness makes no difference.
        of: the places whose neighbours are wanted; all.

    Returns:
        places by neighbours, twice; a place with nobody around has shares of 0.
    """
    count = min(count, len(points) - 1)
    of = np.arange(len(points)) if of is None else of
    if count <= 0:
        return np.zeros((len(of), 0), np.int64), np.zeros((len(of), 0))
    flat = _flat(points)
    who, share = np.empty((len(of), count), np.int64), np.empty((len(of), count))
    for start in range(0, len(of), _BLOCK):
        block, rows = slice(start, start + _BLOCK), of[start : start + _BLOCK]
        squares = (flat[rows, None, 0] - flat[None, :, 0]) ** 2 + (flat[rows, None, 1] - flat[None, :, 1]) ** 2
        squares[np.arange(len(rows)), rows] = np.inf
        squares[np.isnan(squares)] = np.inf
        who[block] = np.argpartition(squares, count - 1, axis=1)[:, :count]
        share[block] = 1 / (near_km**2 + np.take_along_axis(squares, who[block], 1))
    whole = share.sum(1, keepdims=True)
    return who, np.divide(share, whole, out=np.zeros_like(share), where=whole > 0)


def _flat(points: Floats) -> Floats:
    """The points on a plane, km; good to some per cent over a country."""
    middle = np.nanmean(points[:, 0]) if not np.isnan(points[:, 0]).all() else 0.0
    scale = np.array([_KM_A_DEGREE, _KM_A_DEGREE * np.cos(np.radians(middle))])
    return np.asarray(points * scale)
