"""Who held what and when: a hidden state per place, told of by claims.

The model, per place: states are *unknown*, *held by c* and *contested*, for the camps c that claims name there. A day's
evidence is the sum over independent voices of what they say of it; in a state that agrees fully it is

    L = w + (2 r - 1) log(n - 1),  r = 1 / (1 + exp(-w)),

with w the voice's weight in log-odds and n the number of states: of n - 1 ways to be wrong only one looks like this
claim (the one-coin model of Dawid and Skene 1979, doi:10.2307/2346806), and a voice without information (r = 1/2) says
nothing. The same voice that says the same again adds only what may have changed since: it errs the same way twice.
States change rarely of themselves; a change that is told of carries the state over, as surely as it was told and read
(`turning`). `chain` gives the probabilities. Silence is no evidence: a spell stays open until something else is told,
while the probability of its state on a later day fades towards `resting`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from math import log
from typing import TYPE_CHECKING, NamedTuple

from tadmor.datamodel.findings import Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.chain import Chain, smoothed
from tadmor.record.evidence import Statement, statements_of
from tadmor.record.hearing import Word, heard
from tadmor.record.independence import Voices
from tadmor.record.mapped import Stretch, is_mapped, stretches
from tadmor.record.odds import probability
from tadmor.record.passing import settle
from tadmor.record.prevalence import Usual, prevalence
from tadmor.record.reliability import Reliability
from tadmor.record.rivals import Rivals
from tadmor.record.sieges import Siege, garrisoned, sieges_of
from tadmor.record.spells import Reading, spells_of
from tadmor.record.states import CONTESTED, UNKNOWN, PlaceState, Says, Target, agreement, alphabet
from tadmor.record.turning import HAZARD, Landing, is_turning, steps, told_of, turn_of
from tadmor.record.turns import Observation, Turn, observations_of, turns_of

if TYPE_CHECKING:
    from tadmor.record.chain import Array

#: Share of the unknown beside 1 for each named state: before anything is told, just below a named one, so that even a
#: weak word for a holder is heard; after, less, since a place that changes hands mostly goes to a camp told of there.
UNTOLD = 0.9
LEFT = 0.1
#: How many times as soon as a holder's a contest ends: fights for a town last about a month, unless more is told.
FIGHTING = 24.0
#: Chance of a change where one stretch of the maps follows another, before the maps themselves are weighed.
TOLD = 0.9
#: Who is told to have taken a part of a place may have all of it; and how far such a word is gone by. By judgement: on
#: the half for choosing of `quality.known` 0 to 1 for the second differ by a day.
PARTLY, PART = 0.33, 0.5


class Outset(NamedTuple):
    """What is known of a place before words are weighed: by state, and what maps say, days x states.

    `initial` and `resting` are probabilities before anything is told and after a change that nobody tells of; `rates`
    how many times as soon each state is left; `usual` how usual it is, 0..1; `passing` the rows on which maps change.
    """

    initial: "Array"
    resting: "Array"
    rates: "Array"
    usual: "Array"
    mapped: "Array"
    passing: tuple[int, ...]


class PlaceModel(NamedTuple):
    """One place's evidence and its chain, rows of which are `days`; `words` are what of it is weighed one by one."""

    place: str
    states: tuple[PlaceState, ...]
    days: tuple[date, ...]
    chain: Chain
    outset: Outset
    words: tuple[Word, ...]
    observations: tuple[Observation, ...]
    turns: tuple[Turn, ...]
    sieges: tuple[Siege, ...]


def concluded(model: PlaceModel, voices: Voices) -> list[Spell]:
    """The spells of one place, by day."""
    table = smoothed(model.chain)
    reading = Reading(model.place, model.states, model.days, table, model.observations, model.turns, model.sieges)
    return spells_of(reading, voices)


def models(
    claims: Iterable[GroundedClaim], voices: Voices, reliability: Reliability, as_of: date | None = None
) -> Iterable[PlaceModel]:
    """The model of each place, by place id."""
    told = statements_of(claims, reliability, as_of)
    return models_of(told, voices, stretches(told, voices))


def models_of(
    told: Sequence[Statement],
    voices: Voices,
    maps: Mapping[str, Sequence[Stretch]],
    only: Collection[str] | None = None,
) -> Iterator[PlaceModel]:
    """The model of each place that statements are about, by place id; of some places `only`, where they are given."""
    places: dict[str, list[Statement]] = defaultdict(list)
    rivals = Rivals(told)
    statements = rivals.supposed(told)
    for statement in statements:
        places[statement.place.id].append(statement)
    known = prevalence(statements, voices)
    for place in sorted(places.keys() if only is None else places.keys() & set(only)):
        usual, mapped = known.get(places[place][0].place.country, Usual({})), maps.get(place, ())
        first = _model(place, places[place], voices, usual, mapped)
        settled = settle(places[place], partial(_held_by, first), first.turns, first.sieges, rivals)
        yield first if settled is None else _model(place, settled, voices, usual, mapped)


def _held_by(model: PlaceModel, day: date) -> str | None:
    """Who more likely than not holds a place on a day; `None` where nobody does."""
    chances = probabilities(model, day)
    state = max(chances, key=lambda one: chances[one])
    return state.holder if chances[state] > 0.5 else None


def probabilities(model: PlaceModel, day: date) -> dict[PlaceState, float]:
    """P(state) of a place on any day, by what is known now; before the first day told of all is unknown."""
    table = smoothed(model.chain)
    at = bisect_right(model.days, day) - 1
    if at < 0:
        return {state: float(state == UNKNOWN) for state in model.states}
    stay = (1 - HAZARD) ** ((day - model.days[at]).days * model.outset.rates)
    row = stay * table[at] + model.outset.resting * float(((1 - stay) * table[at]).sum())
    return {state: float(value) for state, value in zip(model.states, row, strict=True)}


def _model(
    place: str, statements: Sequence[Statement], voices: Voices, usual: Usual, mapped: Sequence[Stretch]
) -> PlaceModel:
    turns = turns_of(statements)
    sieges = sieges_of(statements, voices)
    observations = garrisoned(observations_of(statements, turns), sieges)
    states = alphabet(_targets(one for one in observations if not voices.tells_again(one.statement.claim)))
    days = tuple(sorted({one.day for one in observations} | {day for one in mapped for day in (one.first, one.last)}))
    words = heard(_unmapped(observations, mapped), turns, voices)
    outset = _outset(states, days, usual, mapped)
    return PlaceModel(
        place=place,
        states=states,
        days=days,
        chain=chain_of(states, days, outset, words, turns),
        outset=outset,
        words=tuple(words),
        observations=tuple(observations),
        turns=tuple(turns),
        sieges=tuple(sieges),
    )


def _targets(observations: Iterable[Observation]) -> list[Target]:
    """What is said, in the order of claim ids: the order of states must not hang on the names of camps."""
    ordered = sorted(observations, key=lambda one: (one.statement.id, one.day, one.follows))
    return [one.target for one in ordered]


def _outset(states: Sequence[PlaceState], days: Sequence[date], usual: Usual, mapped: Sequence[Stretch]) -> Outset:
    import numpy as np  # noqa: PLC0415  # only where a record is concluded

    return Outset(
        initial=_shares(states, UNTOLD, usual),
        resting=_shares(states, LEFT if len(states) > 2 else 1.0, usual),
        rates=np.array([FIGHTING if state == CONTESTED else 1.0 for state in states]),
        usual=np.array([_usual(state, usual) for state in states]),
        mapped=_of_maps(states, days, mapped),
        passing=_passing(days, mapped),
    )


def chain_of(
    states: Sequence[PlaceState], days: Sequence[date], outset: Outset, words: Sequence[Word], turns: Sequence[Turn]
) -> Chain:
    """The chain of a place by some words; what they tell of changes moves the state, all else is weighed."""
    number = turn_of(turns)
    weighed = (word for word in words if not is_turning(word, number))
    landing = partial(_landing, states, outset)
    stays, draws = steps(days, told_of(words, turns), landing, outset.resting, outset.rates)
    for row in outset.passing:
        stays[row] = stays[row] * (1 - TOLD)
        draws[row] = outset.resting
    return Chain(
        evidence=outset.mapped + evidence_of(weighed, states, days), stays=stays, draws=draws, initial=outset.initial
    )


def _landing(states: Sequence[PlaceState], outset: Outset, target: Target) -> Landing:
    """What a change leads to: the camp that it tells of, or a contest; from a camp that lost the place to any other."""
    import numpy as np  # noqa: PLC0415

    same = np.array([float(state.holder is not None and state.holder == target.camp) for state in states])
    fought = np.array([float(state == CONTESTED) for state in states])
    if not target.holds:
        other = outset.resting * (1 - same)
        return Landing(other / other.sum(), same)
    if target.says is Says.CONTESTED:
        return Landing(fought, 1 - fought)
    if target.says is Says.PART:
        return Landing(PARTLY * same + (1 - PARTLY) * fought, PART * (1 - fought))
    return Landing(same, np.full(len(states), float(same @ outset.usual)))


def evidence_of(words: Iterable[Word], states: Sequence[PlaceState], days: Sequence[date]) -> "Array":
    """Log-likelihood of words, days x states."""
    import numpy as np  # noqa: PLC0415

    evidence = np.zeros((len(days), len(states)))
    rows = {day: index for index, day in enumerate(days)}
    columns: dict[Target, Array] = {}
    for word in words:
        target = word.observation.target
        if target not in columns:
            columns[target] = np.array([agreement(target, state) for state in states])
        evidence[rows[word.observation.day]] += _likelihood(columns[target], word.weight, len(states))
    return evidence


def _unmapped(observations: Sequence[Observation], mapped: Sequence[Stretch]) -> list[Observation]:
    """What is weighed one by one: all but the rows of maps where these are fused."""
    return [one for one in observations if not mapped or not is_mapped(one.statement)]


def _of_maps(states: Sequence[PlaceState], days: Sequence[date], mapped: Sequence[Stretch]) -> "Array":
    """What the maps say together: half of a stretch's weight on its first day, half on its last."""
    import numpy as np  # noqa: PLC0415

    evidence, rows = np.zeros((len(days), len(states))), {day: row for row, day in enumerate(days)}
    for one in mapped:
        agreeing = np.array([agreement(Target(Says.HELD, one.camp), state) for state in states])
        for day in (one.first, one.last):
            evidence[rows[day]] += _likelihood(agreeing, one.weight, len(states)) / 2
    return evidence


def _passing(days: Sequence[date], mapped: Sequence[Stretch]) -> tuple[int, ...]:
    """The rows on which one stretch of the maps follows another: there they tell of a change."""
    rows = {day: row for row, day in enumerate(days)}
    return tuple(rows[one.first] for one in mapped[1:])


def _shares(states: Sequence[PlaceState], unknown: float, usual: Usual) -> "Array":
    """Shares of the states: a camp's as far as it is known to hold places there, and one for the unknown."""
    import numpy as np  # noqa: PLC0415

    shares = np.array([unknown if state == UNKNOWN else _usual(state, usual) for state in states])
    normed: Array = shares / shares.sum()
    return normed


def _usual(state: PlaceState, usual: Usual) -> float:
    return usual.share(state.holder) if state.holder is not None else 1.0


def _likelihood(agreeing: "Array", weight: float, states: int) -> "Array":
    """Log-likelihood of one voice's word in every state."""
    import numpy as np  # noqa: PLC0415

    surprise = (2 * probability(weight) - 1) * log(max(states - 1, 1))
    return np.where(agreeing > 0, agreeing * (weight + surprise), agreeing * weight)
