"""A side's claims that it took places: how likely each is to be confirmed, told when it is made.

A claim serves its side, so that its word alone is worth little; what tells is whether the front moves there. A claim
among many others, where the side's share of the places around has grown, is mostly borne out; a lone one on a
standing front is not. How much each counts is learned from earlier claims, once they are old enough, by what the
record then said.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.nearby import neighbours
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.voices import Voice

Floats = NDArray[np.float64]
#: Days over which the side's gains around are looked at.
_LOOK_BACK = 14
#: Logistic weights believed before any claim is old enough: of the claim itself (three in four are confirmed), of the
#: side's gain around, of the share of places around that are claimed the same day; and how firmly, as precisions.
#: Rounded from a regression over 947 claims of one war; weights from four fifths of its 25 km cells do as well on the
#: rest.
_BELIEVED = np.array([1.0, 2.0, 0.7])
_FIRMLY = np.array([5.0, 20.0, 20.0])
#: A step of Newton's method halves the error of these few weights at least; twenty are plenty.
_STEPS = 20


class Made(NamedTuple):
    """The claims of one voice, in order of day.

    Args:
        day: of each claim.
        place: of each claim.
    """

    day: NDArray[np.int64]
    place: NDArray[np.int64]


def made(voice: Voice, word: str) -> Made:
    """Where and when a voice that spoke of a place before begins to say the word of a claim."""
    claimed = voice.word == voice.vocabulary.index(word)
    goes_on = (voice.place[1:] == voice.place[:-1]) & (voice.first[1:] == voice.last[:-1] + 1)
    begins = np.flatnonzero(goes_on & claimed[1:] & ~claimed[:-1]) + 1
    order = np.lexsort((voice.place[begins], voice.first[begins]))
    return Made(voice.first[begins][order], voice.place[begins][order])


def serves(voice: Voice, word: str, smoothed: Floats) -> int:
    """Whom the claims serve: the actor in whose places, by the record, the word is said most for their number."""
    claimed = voice.grid(*smoothed.shape[:2]) == voice.vocabulary.index(word)
    return int((smoothed[claimed].sum(0) / smoothed.sum((0, 1))).argmax())


def confirmation(claims: Made, holds: Floats, points: Floats, within: int, settings: Settings | None = None) -> Floats:
    """Chance, when each claim is made, that the side will be found to hold the place within some days.

    Args:
        claims: what is claimed.
        holds: chance that the side holds each place as could be known on the day (filter); days by places.
        points: latitude and longitude, degrees.
        within: days.
        settings: how places inform one another.
    """
    settings = settings or Settings()
    if not len(claims.day):
        return np.zeros(0)
    signs = _signs(claims, holds, neighbours(points, settings.neighbours, settings.near_km))
    pairs = zip(claims.day, claims.place, strict=True)
    borne_out = np.array([holds[day + 1 : day + 1 + within, place].max(initial=0.0) for day, place in pairs])
    found = np.empty(len(signs))
    for day in np.unique(claims.day):
        old = claims.day + within < day
        weights = _learned(signs[old], borne_out[old])
        today = claims.day == day
        found[today] = _chance(signs[today], weights)
    return found


def _signs(claims: Made, holds: Floats, around: tuple[NDArray[np.int64], Floats]) -> Floats:
    """One, the side's gain around, the share around that is claimed on the same day; claims by signs."""
    who, share = around[0][claims.place], around[1][claims.place]
    before = np.maximum(claims.day - _LOOK_BACK, 0)
    gain = ((holds[claims.day[:, None], who] - holds[before[:, None], who]) * share).sum(1)
    claimed = np.zeros(holds.shape, bool)
    claimed[claims.day, claims.place] = True
    beside = (claimed[claims.day[:, None], who] * share).sum(1)
    return np.stack([np.ones(len(gain)), gain, beside], 1)


def _learned(signs: Floats, borne_out: Floats) -> Floats:
    """Logistic weights, drawn towards what is believed, by Newton's method."""
    weights = _BELIEVED.copy()
    for _ in range(_STEPS if len(signs) else 0):
        told = _chance(signs, weights)
        bend = (signs * (told * (1 - told))[:, None]).T @ signs + np.diag(_FIRMLY)
        weights += np.linalg.solve(bend, signs.T @ (borne_out - told) - _FIRMLY * (weights - _BELIEVED))
    return weights


def _chance(signs: Floats, weights: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-signs @ weights)))
