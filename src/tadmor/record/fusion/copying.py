"""Who says again what another said before: learned from changes of word alone."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.voices import SILENT, Voice

#: How many days later a copy may follow.
_LATEST = 7
#: Changes of word that are looked at, evenly taken where a voice has more.
_ENOUGH = 5000
#: Shares of a voice's changes that another repeats a fixed number of days later, beyond those that it repeats a day
#: earlier or later (who is quick meets others, but not on one day alone): under the first it speaks for itself, over
#: the second it only repeats. Four maps of one war repeat one another's in at most 0.06; a copy of which a tenth of the
#: words is wrong repeats 0.8.
_FIXED = (0.25, 0.5)
#: The same for changes that it repeats at any time within `_LATEST` days: the four maps reach 0.28, and a voice that is
#: merely slower than another may well reach 0.6.
_LOOSE = (0.7, 0.9)
#: Days of changes believed to be the voice's own before any is seen, so that meeting once makes no copier.
_OWN = 2.0


class Copying(NamedTuple):
    """One voice repeats another.

    Args:
        copier: index of the voice that repeats.
        origin: index of the voice that it repeats.
        lag: days later, the commonest.
        share: of the origin's changes, those that it repeats.
        strength: how surely it has nothing of its own, 0 to 1.
        either: both say the same at the same time, so that the one may as well copy the other.
    """

    copier: int
    origin: int
    lag: int
    share: float
    strength: float
    either: bool


class _Echo(NamedTuple):
    strength: float
    share: float
    lag: int


def copying(voices: Sequence[Voice]) -> tuple[Copying, ...]:
    """For each voice that repeats another, whom it repeats most.

    The repeated one is the one that speaks first; at the same time, the one whose changes the other has all, and not
    the reverse; where they cannot be told apart, the one with more words, or the first by name.
    """
    news = [_changes(voice) for voice in voices]
    echoes = {
        (origin, copier): _echo(news[origin], voices[copier])
        for origin in range(len(voices))
        for copier in range(len(voices))
        if origin != copier and voices[origin].vocabulary == voices[copier].vocabulary
    }
    found = []
    for copier in range(len(voices)):
        candidates = [
            (echo.strength, echo.share, -echo.lag, origin)
            for (origin, other), echo in echoes.items()
            if other == copier and echo.strength > 0 and _follows(origin, copier, echoes, voices)
        ]
        if candidates:
            strength, share, lag, origin = max(candidates)
            found.append(Copying(copier, origin, -lag, share, strength, _same(origin, copier, echoes)))
    return tuple(found)


def own_weight(voices: Sequence[Voice], copies: Sequence[Copying]) -> NDArray[np.float64]:
    """What of each voice counts as its own, 0 to 1."""
    weight = np.ones(len(voices))
    for copy in copies:
        weight[copy.copier] = 1 - copy.strength
    return weight


def _follows(origin: int, copier: int, echoes: dict[tuple[int, int], _Echo], voices: Sequence[Voice]) -> bool:
    """Is it the copier who follows, not the origin?"""
    ours, theirs = echoes[origin, copier], echoes[copier, origin]
    if not _same(origin, copier, echoes):
        return (ours.strength, ours.share) > (theirs.strength, theirs.share)
    return _rank(voices[origin]) < _rank(voices[copier])


def _same(origin: int, copier: int, echoes: dict[tuple[int, int], _Echo]) -> bool:
    """Do both say nearly the same at the same time?"""
    ours, theirs = echoes[origin, copier], echoes[copier, origin]
    return ours.lag == theirs.lag == 0 and ours.strength > 0 and abs(ours.share - theirs.share) < 0.02


def _rank(voice: Voice) -> tuple[int, str]:
    return -int((voice.said != SILENT).sum()), voice.name


def _changes(voice: Voice) -> NDArray[np.int64]:
    """Day, place, word before and word after of its changes: four rows."""
    said = voice.said
    before = said[0].copy()
    found = []
    for day in range(1, len(said)):
        today = said[day]
        moved = np.flatnonzero((today != SILENT) & (before != SILENT) & (today != before))
        found.append(np.stack([np.full(len(moved), day), moved, before[moved], today[moved]]))
        before = np.where(today != SILENT, today, before)
    changes = np.concatenate(found, axis=1) if found else np.zeros((4, 0), np.int64)
    step = -(-changes.shape[1] // _ENOUGH) or 1
    return changes[:, ::step].astype(np.int64)


def _echo(news: NDArray[np.int64], copier: Voice) -> _Echo:
    """How much of the origin's news the copier repeats, and after how many days."""
    # A day more at both ends, to compare each lag with its neighbours.
    shares = np.array([_repeated(news, copier, lag) for lag in range(-1, _LATEST + 2)])
    alone = shares[1:-1] - np.maximum(shares[:-2], shares[2:])
    lag = int(np.argmax(alone))
    strength = max(_between(float(alone[lag]), *_FIXED), _between(float(shares[1:-1].sum()), *_LOOSE))
    return _Echo(strength, float(shares[lag + 1]), lag)


def _repeated(news: NDArray[np.int64], copier: Voice, lag: int) -> float:
    """Share of the news that the copier tells just so many days later, of those that it could tell by the last day.

    All news of a day weigh together as one: a front that breaks moves many places at once, in all eyes.
    """
    day, place, old, new = news[:, (news[0] + lag < len(copier.said)) & (news[0] + lag > 0)]
    said = copier.said
    before = said[day + lag - 1, place]
    could = np.bincount(day, before != SILENT, len(said))
    did = np.bincount(day, (said[day + lag, place] == new) & (before == old), len(said))
    heard = could > 0
    return float((did[heard] / could[heard]).sum() / (heard.sum() + _OWN))


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
