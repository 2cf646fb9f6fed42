"""Accounts that count the same victims, linked document by document in the order of publication.

A document's accounts are compared with the tallies of what came out before, where ground, days or a telling number
bring them together (blocking), and go to the tally that fits best or start one of their own. What is linked so is never
undone by what comes out later: a tally keeps its first account, and so its id. The order in which documents come into a
case changes nothing; a document older than others may. A person's word on two claims goes before any score.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from tadmor.datamodel.claims import Harm
from tadmor.datamodel.documents import Copy
from tadmor.datamodel.findings import toll_id
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import DAY
from tadmor.record.casualties.accounts import Account, accounts_of, near
from tadmor.record.casualties.grounds import FINE, Grounds
from tadmor.record.casualties.likeness import (
    WEIGHTS,
    Rarity,
    Weights,
    better_half,
    likeness,
    of_numbers,
)
from tadmor.record.matching import Told
from tadmor.record.tabled import TableRow, may_meet

#: Days before and after an account's own in which another of the same victims may lie; and how far back an account that
#: gives no day may look.
_BEFORE, _AFTER, _BACK = 2, 3, 8
#: Accounts of longer stretches are found by their number alone.
_LONGEST = 45
#: From this number on an equal one brings accounts together from wherever and for so many days; so many tallies each.
_TELLING, _REMEMBERED, _RECENT = 21, 45, 6
#: Accounts of a tally that another is compared with: the first ones, by which it is known.
_SAMPLE = 12
_ANYWHERE = "anywhere"
#: A person's word.
_CERTAIN = 1000.0

_Key = tuple[Harm, str | None, date, str]


class Tally:
    """The accounts of one harm to the same people in one incident."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self.numbers: frozenset[int] = frozenset()
        self.ranges: frozenset[tuple[float, float]] = frozenset()
        self.elsewhere: frozenset[int] = frozenset()  # numbers of other victims in the same documents
        self.documents: set[str] = set()

    @property
    def id(self) -> str:
        """By the claim that was first to count: later reports do not change it."""
        return toll_id(self.accounts[0].told[0].id)

    @property
    def told(self) -> list[Told]:
        """All claims, by id."""
        return sorted((one for account in self.accounts for one in account.told), key=lambda one: one.id)

    def add(self, account: Account, beside: Iterable[Account]) -> None:
        """Take an account in, and note what its document counts beside it."""
        self.accounts.append(account)
        self.numbers |= account.numbers
        self.ranges |= account.ranges
        others = (other for other in beside if other is not account and _alike(other, account))
        self.elsewhere = self.elsewhere.union(*(other.numbers for other in others)) - self.numbers
        self.documents.add(account.document)


def tallies_of(
    told: Iterable[Told],
    copies: Sequence[Copy] = (),
    judgements: Sequence[Judgement] = (),
    weights: Weights = WEIGHTS,
) -> list[Tally]:
    """All tallies of a case, as they came up.

    Args:
        told: claims of events and tolls; tolls with a number are linked, events around them are evidence.
        copies: which documents share words with which.
        judgements: what persons said of pairs of claims.
        weights: of the evidence.
    """
    apart = frozenset(frozenset((one.one, one.other)) for one in judgements if not one.same)
    linking = _Linking(copies, judgements, weights)
    for _, accounts in groupby(accounts_of(told, linking.grounds, apart), key=_whole):
        linking.take(list(accounts))
    return linking.tallies


class _Linking:
    """The tallies so far, and where to look for them."""

    def __init__(self, copies: Sequence[Copy], judgements: Sequence[Judgement], weights: Weights) -> None:
        self.tallies: list[Tally] = []
        self.grounds = Grounds()
        self._weights, self._rarity = weights, Rarity()
        self._by_day: dict[_Key, list[int]] = defaultdict(list)
        self._by_number: dict[tuple[Harm, str | None, int], list[int]] = defaultdict(list)
        self._by_claim: dict[str, int] = {}
        self._copies = frozenset(frozenset((copy.earlier, copy.later)) for copy in copies)
        self._judged = _by_claim(judgements)

    def take(self, accounts: Sequence[Account]) -> None:
        """Link the accounts of a document."""
        for account in accounts:
            self._rarity.add(account)
        for long in (False, True):  # totals of months are linked among themselves
            alike = [account for account in accounts if account.long is long]
            chosen = _Choosing(self, alike, self._weights).choose()
            for number, account in enumerate(alike):
                self._enter(account, chosen.get(number), alike)

    def fits(self, account: Account, beside: Sequence[Account]) -> Iterator[tuple[int, float]]:
        """The tallies that an account may belong to, with how well it fits each."""
        words = self._rarity.of(account)
        for number in sorted(self._near(account)):
            score = self._score(account, self.tallies[number], beside, words)
            if score is not None:
                yield number, score

    def _near(self, account: Account) -> set[int]:
        if account.long:
            return {
                tally
                for number in account.numbers
                for tally in self._by_number.get((account.harm, account.part, number), ())[-_RECENT:]
                if self.tallies[tally].accounts[0].long
            }
        found: set[int] = set()
        for day in _days_around(account):
            for ground in {*_grounds(account), _ANYWHERE}:
                found.update(self._by_day.get((account.harm, account.part, day, ground), ()))
        for number in account.numbers:
            if number >= _TELLING:
                for tally in self._by_number.get((account.harm, account.part, number), ())[-_RECENT:]:
                    known = self.tallies[tally]
                    if not known.accounts[0].long and _days_between(account, known) <= _REMEMBERED:
                        found.add(tally)
        judged = (other for one in account.told for other in self._judged.get(one.id, {}))
        return found | {self._by_claim[other] for other in judged if other in self._by_claim}

    def _score(
        self, account: Account, tally: Tally, beside: Sequence[Account], words: Mapping[str, float]
    ) -> float | None:
        judged = self._word_of_a_person(account, tally)
        if judged is not None:
            return _CERTAIN if judged else None
        if not may_meet(_rows(account), (row for other in tally.accounts for row in _rows(other))):
            return None
        known, weights = tally.accounts[:_SAMPLE], self._weights
        grounds = [self.grounds.between(account.places, other.places) for other in known]
        if better_half(grounds) <= weights.grounds:
            return None
        pairs = [
            likeness(account, other, ground, words, weights) + weights.copy * self._is_copy(account, other)
            for other, ground in zip(known, grounds, strict=True)
        ]
        alike = weights.best * max(pairs) + (1 - weights.best) * better_half(pairs)
        numbers = of_numbers(account, tally.numbers, tally.ranges, weights)
        return weights.bias + alike + numbers + _parted(account, tally, beside, max(grounds), weights)

    def _word_of_a_person(self, account: Account, tally: Tally) -> bool | None:
        words = [
            self._judged[one.id][other.id]
            for one in account.told
            if one.id in self._judged
            for each in tally.accounts
            for other in each.told
            if other.id in self._judged[one.id]
        ]
        return all(words) if words else None

    def _is_copy(self, one: Account, other: Account) -> bool:
        return frozenset((one.document, other.document)) in self._copies

    def _enter(self, account: Account, chosen: int | None, beside: Sequence[Account]) -> None:
        if chosen is None:
            chosen = len(self.tallies)
            self.tallies.append(Tally())
        self.tallies[chosen].add(account, beside)
        self._by_claim.update((one.id, chosen) for one in account.told)
        for key in _keys(account):
            _note(self._by_day[key], chosen)
        for number in account.numbers:
            _note(self._by_number[account.harm, account.part, number], chosen)


class _Choosing:
    """Which account of one document goes to which tally: the best fit first, each account to one."""

    def __init__(self, linking: _Linking, accounts: Sequence[Account], weights: Weights) -> None:
        self._linking, self._accounts, self._weights = linking, accounts, weights
        self._fits = {
            (number, tally): score
            for number, account in enumerate(accounts)
            for tally, score in linking.fits(account, accounts)
        }
        self._company = [
            {each for each, other in enumerate(accounts) if other is not account and _beside(other, account)}
            for account in accounts
        ]
        self._chosen: dict[int, int] = {}

    def choose(self) -> Mapping[int, int]:
        """The tally of each account that has one."""
        left = dict(self._fits)
        while left:
            pair = max(left, key=lambda pair: (left[pair], -pair[0], -pair[1]))
            if left[pair] < 0:
                break
            if self._in_doubt(pair, left):
                left = {each: score for each, score in left.items() if each[0] != pair[0] or self._shares(each)}
            else:
                self._chosen[pair[0]] = pair[1]
                left = {each: self._again(each, score, pair) for each, score in left.items() if each[0] != pair[0]}
        return self._chosen

    def _again(self, pair: tuple[int, int], score: float, chosen: tuple[int, int]) -> float:
        """A fit after another account was linked: another one only beside that account, or for the same tally."""
        touched = pair[1] == chosen[1] or chosen[0] in self._company[pair[0]]
        return self._with_company(*pair) if touched else score

    def _with_company(self, number: int, tally: int) -> float:
        """A fit in the light of where the other accounts of the passage went."""
        account, weights, score = self._accounts[number], self._weights, self._fits[number, tally]
        documents = self._linking.tallies[tally].documents
        siblings = [other for each, other in self._chosen.items() if each in self._company[number]]
        if siblings:
            shared = any(self._linking.tallies[other].documents & documents for other in siblings)
            score += weights.sibling if shared else weights.not_sibling
        taken = [self._accounts[each] for each, other in self._chosen.items() if other == tally]
        if taken and all(account.numbers != other.numbers for other in taken):
            score += weights.taken
        return score

    def _shares(self, pair: tuple[int, int]) -> bool:
        """Does the account name a number of the tally?"""
        return not self._accounts[pair[0]].numbers.isdisjoint(self._linking.tallies[pair[1]].numbers)

    def _in_doubt(self, best: tuple[int, int], left: Mapping[tuple[int, int], float]) -> bool:
        """Does another tally fit as well, and no number decide?"""
        account, tally = best
        if self._shares(best):
            return False
        rivals = (score for pair, score in left.items() if pair[0] == account and pair[1] != tally)
        return max(rivals, default=-_CERTAIN) > left[best] - self._weights.doubt


def _parted(account: Account, tally: Tally, beside: Sequence[Account], ground: float, weights: Weights) -> float:
    """What speaks against two different numbers being of the same victims."""
    if account.numbers & tally.numbers:
        return 0.0
    score = weights.other_number + (weights.other_number_fine if ground >= FINE else weights.other_number_wide)
    if not account.numbers:
        return score
    own = frozenset(number for other in beside if _alike(other, account) for number in other.numbers)
    return score + weights.elsewhere * (bool(own & tally.numbers) + bool(account.numbers & tally.elsewhere))


def _whole(account: Account) -> tuple[str, TableRow | None]:
    """What is linked at once: a document, or a row of a table."""
    return account.document, account.told[0].row


def _rows(account: Account) -> Iterator[TableRow]:
    """The rows of tables that an account was taken from."""
    yield from (one.row for one in account.told if one.row is not None)


def _alike(one: Account, other: Account) -> bool:
    return one.harm is other.harm and one.part == other.part


def _beside(one: Account, other: Account) -> bool:
    return any(near(a, b) for a in one.told for b in other.told)


def _by_claim(judgements: Sequence[Judgement]) -> Mapping[str, Mapping[str, bool]]:
    """What was said of each pair, from both sides; the latest word counts."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for judged in judgements:
        found[judged.one][judged.other] = judged.same
        found[judged.other][judged.one] = judged.same
    return found


def _note(known: list[int], number: int) -> None:
    if not known or known[-1] != number:
        known.append(number)


def _keys(account: Account) -> Iterator[_Key]:
    for moment in account.moments:
        if moment.days <= _LONGEST:
            for offset in range(moment.days):
                for ground in _grounds(account):
                    yield account.harm, account.part, moment.start + timedelta(days=offset), ground


def _days_around(account: Account) -> set[date]:
    """The days on which accounts of the same victims may be found."""
    back = _BEFORE if account.days else _BEFORE + _BACK
    return {
        moment.start + timedelta(days=offset)
        for moment in account.moments
        if moment.days <= _LONGEST
        for offset in range(-back, moment.days + _AFTER)
    }


def _grounds(account: Account) -> set[str]:
    """Provinces in which an account lies, or names that no table has; anywhere, if it tells only of a country."""
    found: set[str] = set()
    for place in account.places:
        if place.level is Level.COUNTRY:
            continue
        province = next((parent for parent in place.parents if parent.startswith("adm1:")), None)
        found.add(place.id if place.level is Level.PROVINCE else province or _ANYWHERE)
    return found or {_ANYWHERE}


def _days_between(account: Account, tally: Tally) -> int:
    last = tally.accounts[-1]
    if account.published is None or last.published is None:
        return 0
    return abs(account.published - last.published) // DAY
