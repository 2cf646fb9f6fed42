"""Who says again what another said before: learned from changes of word alone."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.told import Told, tell
from tadmor.record.fusion.voices import Voice

Ints = NDArray[np.int64]
#: How many days later a copy may follow.
_LATEST = 7
#: A day more at both ends, to compare each lag with its neighbours.
_LAGS = np.arange(-1, _LATEST + 2)
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


class _Meetings(NamedTuple):
    """The news of one voice beside what another says.

    Args:
        day: on which the one had news.
        could: of the news of each day, how many are of places that the other had spoken of before.
        did: how many of them it tells some days later; lags by days.
    """

    day: Ints
    could: Ints
    did: Ints

    def ever(self) -> bool:
        """May the other be found to repeat the one as of any day? A bound, so that most pairs need no closer look."""
        met = np.minimum(self.did / np.maximum(self.could, 1), 1).sum(0).cumsum()
        could = np.append(0, ((self.could > 0) & (self.day > 1)).cumsum())
        # By the day on which so much is met, the other having spoken, at least the news of so long before is heard.
        heard = could[np.searchsorted(self.day, self.day + _LAGS[0] - _LAGS[-1], side="right")]
        return bool((met > min(_FIXED[0], _LOOSE[0]) * (heard + _OWN)).any())

    def echo(self, until: int) -> _Echo:
        """How much of the news the other repeats, which falls silent on a day, and after how many days.

        All news of a day weigh together as one: a front that breaks moves many places at once, in all eyes.
        """
        told = self.day + _LAGS[:, None]
        heard = (self.could > 0) & (told > 0) & (told < until)
        shares = np.where(heard, np.minimum(self.did / np.maximum(self.could, 1), 1), 0).sum(1)
        shares /= heard.sum(1) + _OWN
        alone = shares[1:-1] - np.maximum(shares[:-2], shares[2:])
        lag = int(np.argmax(alone))
        strength = max(_between(float(alone[lag]), *_FIXED), _between(float(shares[1:-1].sum()), *_LOOSE))
        return _Echo(strength, float(shares[lag + 1]), lag)


class Echoes(NamedTuple):
    """Who met whom in their news: counted once, to be asked as of any day.

    Args:
        meetings: by origin and copier.
        names: of the voices.
    """

    meetings: dict[tuple[int, int], _Meetings]
    names: tuple[str, ...]

    def copying(self, told: Told) -> tuple[Copying, ...]:
        """For each voice that repeats another, whom it repeats most, by what was told.

        The repeated one is the one that speaks first; at the same time, the one whose changes the other has all, and
        not the reverse; where they cannot be told apart, the one with more words, or the first by name.
        """
        if not self.meetings or not len(told.day):
            return ()
        voice = np.repeat(np.arange(len(self.names)), np.diff(told.offset))[told.code]
        said = np.bincount(voice, minlength=len(self.names))
        # Of an index that comes twice numpy keeps the last value; words are in order of day.
        until = np.zeros(len(self.names), np.int64)
        until[voice] = told.day[told.row] + 1
        echoes = {pair: met.echo(int(until[pair[1]])) for pair, met in self.meetings.items()}
        best: dict[int, tuple[float, float, int, int]] = {}
        for (origin, copier), echo in echoes.items():
            if echo.strength > 0 and self._follows(origin, copier, echoes, said):
                mine = (echo.strength, echo.share, -echo.lag, origin)
                best[copier] = max(best.get(copier, mine), mine)
        return tuple(
            Copying(copier, origin, -lag, share, strength, _same(origin, copier, echoes))
            for copier, (strength, share, lag, origin) in sorted(best.items())
        )

    def _follows(self, origin: int, copier: int, echoes: dict[tuple[int, int], _Echo], said: Ints) -> bool:
        """Is it the copier who follows, not the origin?"""
        if not _same(origin, copier, echoes):
            ours, theirs = echoes[origin, copier], _back(origin, copier, echoes)
            return (ours.strength, ours.share) > (theirs.strength, theirs.share)
        return (-said[origin], self.names[origin]) < (-said[copier], self.names[copier])


class _News(NamedTuple):
    """Changes of word, sorted by place, words and day."""

    place: Ints
    before: Ints
    after: Ints
    day: Ints
    voice: Ints


class _Days:
    """The news of one voice by day."""

    def __init__(self, news: _News, voice: int) -> None:
        mine = np.flatnonzero(news.voice == voice)
        self._place, self._said = news.place[mine], news.day[mine]
        self._day, self._which = np.unique(self._said, return_inverse=True)

    def met(self, lag: Ints, on: Ints, since: Ints) -> _Meetings:
        """Beside another voice: lag (its rank) and day of each meeting; since when it speaks of each place."""
        could = np.bincount(self._which[since[self._place] < self._said], minlength=len(self._day))
        did = np.zeros((len(_LAGS), len(self._day)), np.int64)
        np.add.at(did, (lag, np.searchsorted(self._day, on)), 1)
        return _Meetings(self._day, could.astype(np.int64), did)


def echoes(voices: Sequence[Voice]) -> Echoes:
    """The meetings of all voices, in time that grows with the changes of word and the pairs that meet."""
    news = _news(voices)
    met = _met(news, len(voices))
    places = max((int(voice.place.max(initial=-1)) for voice in voices), default=-1) + 1
    by_copier: dict[int, list[int]] = defaultdict(list)
    for origin, copier in met:
        by_copier[copier].append(origin)
    days = [_Days(news, index) for index in range(len(voices))] if met else []
    found = {}
    for copier, origins in by_copier.items():
        since = np.full(places, np.iinfo(np.int64).max)
        np.minimum.at(since, voices[copier].place, voices[copier].first)
        for origin in origins:
            meetings = days[origin].met(*met[origin, copier], since)
            if meetings.ever():
                found[origin, copier] = meetings
    return Echoes(found, tuple(voice.name for voice in voices))


def copying(voices: Sequence[Voice]) -> tuple[Copying, ...]:
    """For each voice that repeats another, whom it repeats most; see `Echoes.copying`."""
    places = max(int(voice.place.max(initial=-1)) for voice in voices) + 1
    return echoes(voices).copying(tell(voices, np.arange(places), places))


def own_weight(voices: int, copies: Sequence[Copying]) -> NDArray[np.float64]:
    """What of each voice counts as its own, 0 to 1."""
    weight = np.ones(voices)
    for copy in copies:
        weight[copy.copier] = 1 - copy.strength
    return weight


def _back(origin: int, copier: int, echoes: dict[tuple[int, int], _Echo]) -> _Echo:
    return echoes.get((copier, origin), _Echo(0.0, 0.0, 0))


def _same(origin: int, copier: int, echoes: dict[tuple[int, int], _Echo]) -> bool:
    """Do both say nearly the same at the same time?"""
    ours, theirs = echoes[origin, copier], _back(origin, copier, echoes)
    return ours.lag == theirs.lag == 0 and ours.strength > 0 and abs(ours.share - theirs.share) < 0.02


def _news(voices: Sequence[Voice]) -> _News:
    words = sorted({word for voice in voices for word in voice.vocabulary})
    parts = []
    for index, voice in enumerate(voices):
        number = np.array([words.index(word) for word in voice.vocabulary], np.int64)
        word = number[voice.word]
        turned = np.flatnonzero((voice.place[1:] == voice.place[:-1]) & (word[1:] != word[:-1])) + 1
        parts.append((voice.place[turned], word[turned - 1], word[turned], voice.first[turned], turned * 0 + index))
    news = _News(*(np.concatenate(part) for part in zip(*parts, strict=True)))
    order = np.lexsort((news.voice, news.day, news.after, news.before, news.place))
    return _News(*(part[order] for part in news))


def _met(news: _News, voices: int) -> dict[tuple[int, int], tuple[Ints, Ints]]:
    """Of voices that had the same news on two days or more: rank of the lag in `_LAGS`, and day, of each meeting."""
    rows: list[tuple[Ints, Ints, Ints, Ints]] = []
    shift, near = 1, np.arange(max(len(news.day) - 1, 0))
    while len(near):
        other = near + shift
        apart = news.day[other] - news.day[near]
        same = (news.place[other] == news.place[near]) & (news.after[other] == news.after[near])
        same &= (news.before[other] == news.before[near]) & (apart <= _LAGS[-1])
        near, other, apart = near[same], other[same], apart[same]
        for origin, copier, lag in ((near, other, apart), (other, near, -apart)):
            kept = (news.voice[origin] != news.voice[copier]) & (lag >= _LAGS[0])
            rows.append((news.voice[origin[kept]], news.voice[copier[kept]], lag[kept] + 1, news.day[origin[kept]]))
        shift += 1
        near = near[near + shift < len(news.day)]
    if not rows:
        return {}
    origin, copier, lag, day = (np.concatenate(part) for part in zip(*rows, strict=True))
    pair = origin * voices + copier
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(pair[order]) != 0)) if len(order) else np.zeros(0, np.int64)
    found = {}
    for part in np.split(order, starts[1:]):
        if len(part) and len(np.unique(day[part])) > 1:
            found[divmod(int(pair[part[0]]), voices)] = (lag[part], day[part])
    return found


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
