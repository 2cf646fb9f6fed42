"""How good chances are, beside what was so."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: A certain mistake costs log-loss this much at most, as -ln.
_LEAST = 1e-6
_BINS = 10


def scores(chances: Floats, truth: NDArray[np.int64]) -> dict[str, float]:
    """Accuracy, Brier score, log-loss and expected calibration error.

    A tie counts as right by its share. The Brier score of two classes is that of one of them. The calibration error is
    that of the likeliest class over ten equal bins of its chance (Guo et al. 2017, arXiv:1706.04599).

    Args:
        chances: cases by classes.
        truth: index of the class that was so.
    """
    best = chances.max(1)
    ties = chances >= best[:, None] - 1e-12
    right = ties[np.arange(len(truth)), truth] / ties.sum(1)
    so = np.eye(chances.shape[1])[truth]
    log_loss = -np.log(np.clip(chances[np.arange(len(truth)), truth], _LEAST, 1 - _LEAST))
    found = {
        "accuracy": float(right.mean()),
        "brier": float(((chances - so) ** 2).sum(1).mean() / 2),
        "log_loss": float(log_loss.mean()),
        "ece": calibration_error(best, right),
    }
    return {name: round(value, 4) for name, value in found.items()}


def calibration_error(told: Floats, right: Floats) -> float:
    """How far what is told lies from how often it is right, weighed over ten equal bins."""
    return sum(abs(row["told"] - row["right"]) * row["count"] for row in reliability(told, right)) / len(told)


def reliability(told: Floats, right: Floats) -> list[dict[str, float]]:
    """For each bin of chances told: the mean told, how often it was right, how many."""
    bins = np.minimum((told * _BINS).astype(int), _BINS - 1)
    return [
        {"told": float(told[one].mean()), "right": float(right[one].mean()), "count": int(one.sum())}
        for one in (bins == number for number in range(_BINS))
        if one.any()
    ]
