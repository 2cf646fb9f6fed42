"""How far an account counts the victims that others count: the sum of what ground, days, numbers and words say.

In the manner of Fellegi and Sunter (1969, doi:10.1080/01621459.1969.10501049): each field adds what its agreement or
disagreement says. The weights were found by search on incidents of `quality/marks/tolls.jsonl` that are for choosing,
for recall, by incident and by pair, with a charge for each wrong link; see `docs/decisions/0013`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum, log
from typing import NamedTuple

from tadmor.datamodel.claims import EventType, Status
from tadmor.record.casualties.accounts import Account

#: Acts that are seldom told in one province on one day: two accounts that share one are likely of one.
_SELDOM = {EventType.CHEMICAL_ATTACK: 4.0, EventType.EXECUTION: 4.0, EventType.ABDUCTION: 4.0, EventType.BOMBING: 2.0}
#: Acts that reporters use for one another.
_ALIKE = (
    frozenset(
        {
            EventType.AIR_STRIKE,
            EventType.SHELLING,
            EventType.DESTRUCTION,
            EventType.CHEMICAL_ATTACK,
            EventType.BOMBING,
        }
    ),
    frozenset({EventType.CLASH, EventType.GROUND_ATTACK, EventType.SHELLING, EventType.AIR_STRIKE}),
    frozenset({EventType.KILLING, EventType.EXECUTION, EventType.OTHER_VIOLENCE}),
)
#: Words met in fewer accounts than this tell nothing yet; and what is taken off a word's information, so that only
#: words that few accounts use count.
_HEARD, _USUAL = 5, 1.5
#: Accounts that a case is taken to have had before its first, so that words count from the beginning.
_BEFORE = 500
#: How far numbers may differ before it no longer matters how far: twentyfold.
_FARTHEST = 3.0
#: How telling an equal number is, by the largest number of each class; round numbers tell half a step less.
_TELLING = ((2, 0.6), (5, 1.0), (10, 1.5), (30, 2.2))
_MOST_TELLING, _ROUND = 2.8, 0.5


class Weights(NamedTuple):
    """What each agreement and disagreement adds, in log-odds up to a common factor."""

    bias: float = -5.1  # what all others must overcome
    equal: float = 1.04  # one names a number of the other
    telling: float = 1.5  # times how telling the number is
    ratio: float = -1.23  # times the log of how far the numbers differ
    vague: float = 0.42  # "dozens" holds the other's number
    not_vague: float = -1.29
    other_number: float = 0.03  # no number in common
    other_number_fine: float = 1.35  # the same, on one small ground
    other_number_wide: float = -0.97  # the same, on wide ground
    ground: float = 0.9  # times the score of the grounds
    same_days: float = 2.94  # both give days, and share one
    same_days_once: float = 2.45  # one gives days, the other is dated by its publication
    same_publication: float = 2.32
    other_days: float = -0.82  # times the days between two accounts that both give days, and one
    gap: float = -0.45  # times the days between two where one is dated by its publication
    looking_back: float = -0.41  # times the days between the event's and an undated account that came out later
    other_status: float = -0.6  # civilians and fighters
    same_culprit: float = 0.48
    other_culprit: float = -0.4
    same_camp: float = 0.24
    other_camp: float = -0.3
    act: float = 0.58  # times how seldom the shared act is told
    like_act: float = 0.2
    other_act: float = -0.95
    word: float = 0.23  # times the information of shared words
    words: float = 14.0  # no more information of words than this counts
    part: float = 0.28  # both count the same part of the people
    same_calling: float = 0.5  # both count medics, or police
    one_calling: float = -0.32
    other_calling: float = -2.0
    copy: float = 0.92  # one document copies the other
    sibling: float = 1.11  # another toll of the same passage is linked to the same documents
    not_sibling: float = -0.26
    taken: float = -4.02  # the document counts these already, by another number
    elsewhere: float = -1.32  # the number is told in these documents, or this one, of other victims
    best: float = 0.5  # share of the best of the accounts; the rest is that of the better half
    grounds: float = -3.4  # mean score of the grounds below which nothing is compared
    doubt: float = 0.7  # two tallies that fit equally within this are a doubt, and doubts are not linked


WEIGHTS = Weights()


class Rarity:
    """How seldom each word has been met so far: what comes later changes nothing that was read before."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()
        self._accounts = 0

    def add(self, account: Account) -> None:
        """Meet an account."""
        self._met.update(account.words)
        self._accounts += 1

    def of(self, account: Account) -> dict[str, float]:
        """The information of an account's words."""
        heard = _BEFORE + self._accounts
        return {word: max(0.0, log(heard / (_HEARD + self._met[word])) - _USUAL) for word in account.words}


def likeness(one: Account, other: Account, ground: float, words: Mapping[str, float], weights: Weights) -> float:
    """What two accounts of one harm have in common, their numbers aside.

    Args:
        one: an account.
        other: another.
        ground: the score of their places.
        words: the information of the words of `one`.
        weights: of the evidence.
    """
    return (
        weights.ground * ground
        + _days(one, other, weights)
        + _who(one, other, weights)
        + _acts(one.acts, other.acts, weights)
        + weights.word * min(weights.words, fsum(words[word] for word in one.words & other.words))
        + (weights.part if one.part is not None else 0.0)
        + _calling(one.calling, other.calling, weights)
    )


def _days(one: Account, other: Account, weights: Weights) -> float:
    if not one.moments or not other.moments:
        return -0.5
    both = bool(one.days and other.days)
    if any(a.overlaps(b) for a in one.moments for b in other.moments):
        if both:
            return weights.same_days
        return weights.same_days_once if one.days or other.days else weights.same_publication
    apart = min(a.gap(b) for a in one.moments for b in other.moments)
    if both:
        return weights.same_days_once * 0.3 + weights.other_days * (apart + 1)
    return _undated(one, other, apart, weights)


def _undated(one: Account, other: Account, apart: int, weights: Weights) -> float:
    """Of two accounts that share no day at least one is dated by its publication: it may look back, but not ahead."""
    if not one.days and not other.days:
        return 0.6 + weights.gap * apart
    undated, dated = (other, one) if one.days else (one, other)
    if undated.published is not None and all(day.last <= undated.published for day in dated.days):
        return 1.0 + weights.looking_back * apart
    return 0.3 + weights.gap * (apart + 1)


def _who(one: Account, other: Account, weights: Weights) -> float:
    civilian, fighting = Status.CIVILIAN, frozenset({Status.COMBATANT})
    parted = (civilian in one.status and other.status == fighting) or (
        civilian in other.status and one.status == fighting
    )
    return (
        (weights.other_status if parted else 0.0)
        + _named(one.by, other.by, weights.same_culprit, weights.other_culprit)
        + _named(one.on, other.on, weights.same_camp, weights.other_camp)
    )


def _calling(one: str | None, other: str | None, weights: Weights) -> float:
    if one is None and other is None:
        return 0.0
    if one is None or other is None:
        return weights.one_calling
    return weights.same_calling if one == other else weights.other_calling


def _named(one: frozenset[str], other: frozenset[str], same: float, differ: float) -> float:
    if not one or not other:
        return 0.0
    return differ if one.isdisjoint(other) else same


def _acts(one: frozenset[EventType], other: frozenset[EventType], weights: Weights) -> float:
    if not one or not other:
        return 0.0
    if one & other:
        return weights.act * max(_SELDOM.get(act, 1.0) for act in one & other)
    return weights.like_act if any(one & alike and other & alike for alike in _ALIKE) else weights.other_act


def of_numbers(
    one: Account, numbers: frozenset[int], ranges: frozenset[tuple[float, float]], weights: Weights
) -> float:
    """What the numbers of an account say, beside those of a tally."""
    shared = one.numbers & numbers
    if shared:
        return weights.equal + weights.telling * max(map(telling, shared))
    if one.numbers and numbers:
        apart = min(abs(log(a / b)) for a in one.numbers for b in numbers)
        return weights.ratio * min(_FARTHEST, apart)
    known, bounds = one.numbers or numbers, one.ranges or ranges
    if known and bounds:
        inside = any(low <= number <= high for number in known for low, high in bounds)
        return weights.vague if inside else weights.not_vague
    return weights.vague if one.ranges & ranges else weights.not_vague


def telling(number: int) -> float:
    """How seldom two accounts share a number by chance."""
    step = next((told for most, told in _TELLING if number <= most), _MOST_TELLING)
    return step - _ROUND * (number % 10 == 0)


def better_half(scores: Sequence[float]) -> float:
    """The mean of the better half."""
    ordered = sorted(scores, reverse=True)[: (len(scores) + 1) // 2]
    return sum(ordered) / len(ordered)
