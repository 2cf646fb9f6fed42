"""Chances and their log-odds."""

from math import exp, log


def probability(log_odds: float) -> float:
    """From log-odds to a probability."""
    return 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))


def log_odds(chance: float) -> float:
    """From a probability above 0 and below 1 to its log-odds."""
    return log(chance / (1 - chance))
