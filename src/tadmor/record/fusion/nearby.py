"""Which places lie around a place, and how much each counts."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_KM_A_DEGREE = 111.32
#: Rows of distances computed together: bounds the memory at some ten megabytes for ten thousand places.
_BLOCK = 128


def neighbours(points: Floats, count: int, near_km: float) -> tuple[NDArray[np.int64], Floats]:
    """The nearest places of each place, and their shares by nearness, which sum to 1.

    Args:
        points: latitude and longitude, degrees; `nan` where a place has no point: it neither informs nor is informed.
        count: how many.
        near_km: the distance under which nearness makes no difference.

    Returns:
        places by neighbours, twice; a place with nobody around has shares of 0.
    """
    total = len(points)
    count = min(count, total - 1)
    if count <= 0:
        return np.zeros((total, 0), np.int64), np.zeros((total, 0))
    flat = _flat(points)
    who, share = np.empty((total, count), np.int64), np.empty((total, count))
    for start in range(0, total, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, total))
        squares = (flat[rows, None, 0] - flat[None, :, 0]) ** 2 + (flat[rows, None, 1] - flat[None, :, 1]) ** 2
        squares[np.arange(len(rows)), rows] = np.inf
        squares[np.isnan(squares)] = np.inf
        who[rows] = np.argpartition(squares, count - 1, axis=1)[:, :count]
        share[rows] = 1 / (near_km**2 + np.take_along_axis(squares, who[rows], 1))
    whole = share.sum(1, keepdims=True)
    return who, np.divide(share, whole, out=np.zeros_like(share), where=whole > 0)


def _flat(points: Floats) -> Floats:
    """The points on a plane, km; good to some per cent over a country."""
    middle = np.nanmean(points[:, 0]) if not np.isnan(points[:, 0]).all() else 0.0
    scale = np.array([_KM_A_DEGREE, _KM_A_DEGREE * np.cos(np.radians(middle))])
    return np.asarray(points * scale)
