"""What words on who held a place teach: the chain of the place without a voice, beside what the voice says.

Whom a document quotes beside a voice is no check on it: a writer quotes those that fit.

The chains are reckoned anew with what was learned: expectation and maximisation take turns (Dempster, Laird and Rubin
1977) over all places that two voices at least tell of.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tadmor.record.chain import Chain, Smoothed, carried, smoothed_together
from tadmor.record.control import PlaceModel, chain_of
from tadmor.record.fared.lessons import Fared, Lesson, fared
from tadmor.record.hearing import Word
from tadmor.record.independence import Voices
from tadmor.record.reliability import Prior, weight
from tadmor.record.states import UNKNOWN, Says

if TYPE_CHECKING:
    from tadmor.record.chain import Array

#: Turns of expectation and maximisation: the third moves no voice by a hundredth.
ROUNDS = 3
#: Camps that may hold a place where fewer are named of it: a word is also right by chance. By judgement.
_CAMPS = 3
#: Reports of one change differ by so much.
LATE = timedelta(days=3)
#: Chances are kept so far from 0 and 1: others err too.
_EDGE = 1e-3


class _Trial(NamedTuple):
    """A place's chain without one voice and whom its documents quote beside it, and that voice's words."""

    model: PlaceModel
    chain: Chain
    words: tuple[Word, ...]


def in_holders(models: Iterable[PlaceModel], prior: Prior, voices: Voices) -> list[Lesson]:
    """The lessons of all words on who held a place that more than one voice tells of."""
    shared = [model for model in models if len({word.voice for word in model.words}) > 1]
    found: list[Lesson] = []
    for _ in range(ROUNDS if shared else 0):
        found = lessons(shared, fared(found, prior, voices))
    return found


def lessons(models: Sequence[PlaceModel], known: Fared) -> list[Lesson]:
    """What every word on who held one of these places teaches, others believed as far as is known."""
    trials = [trial for model in models for trial in _trials(model, known)]
    silent = [_untold(model) for model in models]
    tables = smoothed_together([*(trial.chain for trial in trials), *silent])
    blind = {model.place: found.table for model, found in zip(models, tables[len(trials) :], strict=True)}
    return [
        lesson
        for trial, table in zip(trials, tables[: len(trials)], strict=True)
        for lesson in _taught(trial, table, blind[trial.model.place])
    ]


def _trials(model: PlaceModel, known: Fared) -> Iterator[_Trial]:
    words = [_believed(word, known) for word in model.words]
    spoken: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        spoken[word.voice].append(word)
    for voice, own in spoken.items():
        telling = {_document(word) for word in own}
        others = [word for word in words if word.voice != voice and _document(word) not in telling]
        yield _Trial(model, _chain(model, others), tuple(own))


def _chain(model: PlaceModel, words: Sequence[Word]) -> Chain:
    return chain_of(model.states, model.days, model.outset, words, model.turns)


def _untold(model: PlaceModel) -> Chain:
    """The place's chain when nobody tells anything of it."""
    outset = model.outset._replace(mapped=0 * model.outset.mapped, passing=())
    return chain_of(model.states, model.days, outset, (), model.turns)


def _document(word: Word) -> str:
    return word.observation.statement.claim.claim.document


def _believed(word: Word, known: Fared) -> Word:
    """A word with the weight that is left to it by what is known of its voice."""
    weighed = word.observation.statement.weighed
    standing = known.standing(word.observation.statement.claim, weighed.interest)
    if standing is None or not weighed.value:
        return word
    return word._replace(weight=word.weight * weight(standing.right, weighed.sure) / weighed.value)


def _taught(trial: _Trial, known: Smoothed, blind: "Array") -> Iterator[Lesson]:
    """The lessons of one voice at one place: by what others tell, beside what nobody's telling anything would leave.

    What is said of the day before a change teaches nothing: it says that the change came, and others may date it by
    some days.
    """
    columns = {state.holder: at for at, state in enumerate(trial.model.states) if state.holder is not None}
    for word in trial.words:
        one, target = word.observation, word.observation.target
        if not one.follows or target.says is not Says.HELD or target.camp not in columns or not one.value:
            continue
        row, told = _told(word, trial, known, blind)
        column, camps = columns[target.camp], len(columns)
        held, unheard = (_held(each, column, camps, trial.model) for each in (told, blind[row]))
        yield Lesson(
            claim=one.statement.claim,
            voice=word.voice,
            stake=one.statement.weighed.interest,
            chance=held if target.holds else 1 - held,
            blind=unheard if target.holds else 1 - unheard,
            sure=one.statement.weighed.sure,
            share=min(word.weight / one.value, 1.0),
        )


def _told(word: Word, trial: _Trial, known: Smoothed, blind: "Array") -> tuple[int, "Array"]:
    """The row on which others are asked about a word, and the chances of the states there by what they tell.

    Of a change nobody speaks before it came: others are asked about the days around it and all that follow, for who
    told of the old holder last is silent, and does not disagree.
    """
    days, day = trial.model.days, word.observation.day
    if not word.observation.statement.turns:
        row = bisect_right(days, day) - 1
        return row, known.table[row]
    first = bisect_left(days, word.observation.statement.interval.start - LATE) - 1
    row = bisect_right(days, day + LATE) - 1
    start = blind[first] if first >= 0 else trial.chain.initial
    told = carried(trial.chain, first, row, start) * known.after[row]
    return row, told / told.sum()


def _held(chances: "Array", column: int, camps: int, model: PlaceModel) -> float:
    """The chance that a camp holds a place: its own, and its part of what is not known."""
    unknown = chances[model.states.index(UNKNOWN)]
    return min(max(float(chances[column] + unknown / max(camps, _CAMPS)), _EDGE), 1 - _EDGE)
