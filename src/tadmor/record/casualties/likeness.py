"""How far an account counts the victims that others count: what ground, days, numbers, acts and words say.

In the manner of Fellegi and Sunter (1969, doi:10.1080/01621459.1969.10501049): each agreement and disagreement of two
accounts is a piece of evidence with a value, each piece has a weight (`weights`), and their products are added up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum, log

from tadmor.datamodel.claims import EventType, Status
from tadmor.record.casualties.accounts import Account

#: Pieces of evidence by name, each with how much of it there is.
Evidence = dict[str, float]

#: Acts that are seldom told in one province on one day: two accounts that share one are likely of one.
_SELDOM = (EventType.CHEMICAL_ATTACK, EventType.EXECUTION, EventType.ABDUCTION, EventType.BOMBING)
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
#: words that few accounts use count; and the most that the words of two accounts may tell.
_HEARD, _USUAL, _ENOUGH = 5, 1.5, 14.0
#: Accounts that a case is taken to have had before its first, so that words count from the beginning.
_BEFORE = 500
#: How far numbers may differ before it no longer matters how far: twentyfold; and days between accounts.
_FARTHEST, _LONGEST = 3.0, 12
#: How telling an equal number is, by the largest number of each class; round numbers tell half a step less.
_TELLING = ((2, 0.6), (5, 1.0), (10, 1.5), (30, 2.2))
_MOST_TELLING, _ROUND = 2.8, 0.5


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


def added(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What all pieces of evidence come to."""
    return fsum(weights.get(name, 0.0) * value for name, value in evidence.items())


def mixed(parts: Iterable[tuple[float, Mapping[str, float]]]) -> Evidence:
    """A mean of several bodies of evidence, each with its share."""
    found: Evidence = {}
    for share, evidence in parts:
        for name, value in evidence.items():
            found[name] = found.get(name, 0.0) + share * value
    return found


def likeness(one: Account, other: Account, ground: float, words: Mapping[str, float]) -> Evidence:
    """What two accounts of one harm have in common, their numbers aside.

    Args:
        one: an account.
        other: another.
        ground: the score of their places.
        words: the information of the words of `one`.
    """
    found = {"ground": ground, "part": float(one.part is not None)}
    found["words"] = min(_ENOUGH, fsum(words[word] for word in one.words & other.words))
    found |= _days(one, other) | _acts(one.acts, other.acts) | _calling(one.calling, other.calling)
    found |= _named(one.by, other.by, "culprit") | _named(one.on, other.on, "camp")
    if one.included is not other.included:
        found["one_included"] = 1.0
    if _of_other_status(one, other):
        found["other_status"] = 1.0
    return found


def _days(one: Account, other: Account) -> Evidence:
    if not one.moments or not other.moments:
        return {"undated": 1.0}
    both = bool(one.days and other.days)
    if any(a.overlaps(b) for a in one.moments for b in other.moments):
        return {"same_days" if both else "same_days_once" if one.days or other.days else "same_publication": 1.0}
    apart = float(min(_LONGEST, *(a.gap(b) for a in one.moments for b in other.moments)))
    if both:
        return {"other_days": 1.0, "days_apart": apart}
    if not one.days and not other.days:
        return {"other_publication": 1.0, "days_between": apart}
    return {"late": 1.0, "days_late": apart} if _looks_back(one, other) else {"early": 1.0, "days_early": apart}


def _looks_back(one: Account, other: Account) -> bool:
    """Of two accounts that share no day, did the one that is dated by its publication come out after the other's?"""
    undated, dated = (other, one) if one.days else (one, other)
    return undated.published is not None and all(day.last <= undated.published for day in dated.days)


def _of_other_status(one: Account, other: Account) -> bool:
    fighting = frozenset({Status.COMBATANT})
    return any(Status.CIVILIAN in a.status and b.status == fighting for a, b in ((one, other), (other, one)))


def _calling(one: str | None, other: str | None) -> Evidence:
    if one is None and other is None:
        return {}
    if one is None or other is None:
        return {"one_calling": 1.0}
    return {"same_calling" if one == other else "other_calling": 1.0}


def _named(one: frozenset[str], other: frozenset[str], role: str) -> Evidence:
    if not one or not other:
        return {}
    return {f"other_{role}" if one.isdisjoint(other) else f"same_{role}": 1.0}


def _acts(one: frozenset[EventType], other: frozenset[EventType]) -> Evidence:
    if not one or not other:
        return {}
    if one & other:
        return {"act": 1.0} | {act.value: 1.0 for act in _SELDOM if act in one & other}
    return {"like_act" if any(one & alike and other & alike for alike in _ALIKE) else "other_act": 1.0}


def of_numbers(one: Account, numbers: frozenset[int], ranges: frozenset[tuple[float, float]]) -> Evidence:
    """What the numbers of an account say, beside those of a tally."""
    shared = one.numbers & numbers
    if shared:
        return {"equal": 1.0, "telling": max(map(telling, shared))}
    if one.numbers and numbers:
        apart = min((log(a / b) for a in one.numbers for b in numbers), key=abs)
        return {"more" if apart > 0 else "fewer": min(_FARTHEST, abs(apart))}
    known, bounds = one.numbers or numbers, one.ranges or ranges
    if known and bounds:
        inside = any(low <= number <= high for number in known for low, high in bounds)
    else:
        inside = bool(one.ranges & ranges)
    return {"vague": 1.0, "not_vague": float(not inside)}


def telling(number: int) -> float:
    """How seldom two accounts share a number by chance."""
    step = next((told for most, told in _TELLING if number <= most), _MOST_TELLING)
    return step - _ROUND * (number % 10 == 0)


def better_half(scores: Sequence[float]) -> float:
    """The mean of the better half."""
    ordered = sorted(scores, reverse=True)[: (len(scores) + 1) // 2]
    return sum(ordered) / len(ordered)
