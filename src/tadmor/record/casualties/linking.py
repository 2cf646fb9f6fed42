"""Accounts that count the same victims, linked document by document in the order of publication.

A document's accounts are compared with the tallies of what came out before, where ground, days or a telling number
bring them together (blocking), and go to the tally that fits best or start one of their own. Tallies that turn out to
be of the same victims are then joined (`joining`) and known by the account that came first, and so is their id. The
order in which documents come into a case changes nothing. A person's word on two claims goes before any score.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import log

from tadmor.datamodel.claims import Harm
from tadmor.datamodel.documents import Copy
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import DAY
from tadmor.record.casualties.accounts import Account, accounts_of, near
from tadmor.record.casualties.bustle import Bustle
from tadmor.record.casualties.by_year import with_years
from tadmor.record.casualties.grounds import FINE, Grounds
from tadmor.record.casualties.joining import all_joined
from tadmor.record.casualties.likeness import Evidence, Rarity, added, better_half, likeness, mixed, of_numbers
from tadmor.record.casualties.recalled import Recalled
from tadmor.record.casualties.tally import Tally, are_alike, mains_of, of_taken, rows_of
from tadmor.record.casualties.weights import WEIGHTS
from tadmor.record.matching import Told
from tadmor.record.memory import Memory
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
#: The share of the account most like it in what an account and a tally have in common; the rest is of the better half.
_BEST = 0.5
#: Mean score of the grounds up to which nothing is compared; two tallies that fit equally within so much are a doubt.
_ASTRAY, _DOUBT = -3.4, 0.7
#: From this share of the accounts compared on, two are what their documents are about.
_MOSTLY = 0.5

_Key = tuple[Harm, str | None, date, str]


def tallies_of(
    told: Iterable[Told],
    copies: Sequence[Copy] = (),
    judgements: Sequence[Judgement] = (),
    weights: Mapping[str, float] = WEIGHTS,
    memory: Memory | None = None,
    keys: Mapping[str, bytes] | None = None,
) -> list[Tally]:
    """All tallies of a case, as they came up.

    Args:
        told: claims of events and tolls; tolls with a number are linked, events around them are evidence.
        copies: which documents share words with which.
        judgements: what persons said of pairs of claims.
        weights: of the evidence.
        memory: what was reckoned before.
        keys: digests of the claims, by id; without them nothing is recalled.
    """
    apart = frozenset(frozenset((one.one, one.other)) for one in judgements if not one.same)
    recalled = Recalled(memory or Memory(), keys, copies, judgements, weights) if keys is not None else None
    linking = Linking(copies, judgements, weights, recalled)
    for _, accounts in groupby(accounts_of(told, linking.grounds, apart), key=_whole):
        linking.take(list(accounts))
    return with_years(all_joined(linking.tallies, linking), linking)


class Linking:
    """The tallies so far, and where to look for them."""

    def __init__(
        self,
        copies: Sequence[Copy],
        judgements: Sequence[Judgement],
        weights: Mapping[str, float] = WEIGHTS,
        recalled: Recalled | None = None,
    ) -> None:
        self.tallies: list[Tally] = []
        self.grounds = Grounds()
        self.weights = weights
        self.recalled = recalled
        self._rarity = Rarity()
        self._bustle = Bustle()
        self._quiet: dict[str, frozenset[str]] = {}  # by the first claim of an account
        self._words: dict[str, Mapping[str, float]] = {}  # by the first claim of an account
        self._mains: set[str] = set()
        self._by_day: dict[_Key, list[int]] = defaultdict(list)
        self._by_number: dict[tuple[Harm, str | None, int], list[int]] = defaultdict(list)
        self._by_claim: dict[str, int] = {}
        self._copies = frozenset(frozenset((copy.earlier, copy.later)) for copy in copies)
        self._judged = _by_claim(judgements)

    def take(self, accounts: Sequence[Account]) -> None:
        """Link the accounts of a document."""
        if self.recalled is not None:
            self.recalled.meet(accounts)
        for account in accounts:
            self._rarity.add(account)
        self._mains |= mains_of(accounts)
        self._quiet.update((account.told[0].id, self._bustle.quiet(account)) for account in accounts)
        for account in accounts:
            self._bustle.add(account)
        self._words.update((account.told[0].id, self._rarity.of(account)) for account in accounts)
        for long in (False, True):  # totals of months are linked among themselves
            alike = [account for account in accounts if account.long is long]
            chosen = self._chosen(alike)
            for number, account in enumerate(alike):
                self._enter(account, chosen.get(number), alike)

    def _chosen(self, accounts: Sequence[Account]) -> Mapping[int, int]:
        def choose() -> Mapping[int, int]:
            return _Choosing(self, accounts).choose()

        return self.recalled.links(accounts, choose) if self.recalled is not None else choose()

    def fits(self, account: Account, beside: Sequence[Account]) -> Iterator[tuple[int, Evidence]]:
        """The tallies that an account may belong to, with what speaks for and against each."""
        for number in sorted(self.near(account)):
            evidence = self.evidence(account, self.tallies[number], beside)
            if evidence is not None:
                yield number, evidence

    def near(self, account: Account) -> set[int]:
        """The tallies that may be of the same victims, by ground and days, a telling number, or a person's word."""
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

    def quiet(self, account: Account) -> frozenset[str]:
        """The large towns of an account that had been quiet when it came out."""
        return self._quiet[account.told[0].id]

    def evidence(
        self, account: Account, tally: Tally, beside: Sequence[Account], quiet: frozenset[str] = frozenset()
    ) -> Evidence | None:
        """What speaks for and against an account being of a tally; `None` where it cannot be.

        Large towns that are `quiet` count as small ones.
        """
        judged = self._word_of_a_person(account, tally)
        if judged is not None:
            return {"judged": 1.0} if judged else None
        if not may_meet(rows_of(account), tally.rows):
            return None
        known = tally.accounts[:_SAMPLE]
        grounds = [self.grounds.between(account.places, other.places, quiet) for other in known]
        if better_half(grounds) <= _ASTRAY:
            return None
        found = self._of_pairs(account, list(zip(known, grounds, strict=True)))
        found |= {"bias": 1.0, "documents": log(len(tally.documents))}
        found |= of_numbers(account, tally.numbers, tally.ranges)
        small = max(grounds) >= FINE and (not quiet or found["mains"] >= _MOSTLY)
        return found | _of_other_numbers(account, tally, beside, found, small=small)

    def _of_pairs(self, account: Account, others: Sequence[tuple[Account, float]]) -> Evidence:
        """What an account has in common with others: half by the one most like it, half by the better half."""
        pairs = [self._pair(account, other, ground) for other, ground in others]
        pairs.sort(key=lambda pair: -added(pair, self.weights))
        better = pairs[: (len(pairs) + 1) // 2]
        return mixed([(_BEST, pairs[0]), *(((1 - _BEST) / len(better), pair) for pair in better)])

    def _pair(self, one: Account, other: Account, ground: float) -> Evidence:
        found = likeness(one, other, ground, self._words[one.told[0].id])
        if frozenset((one.document, other.document)) in self._copies:
            found["copy"] = 1.0
        mains = sum(account.told[0].id in self._mains for account in (one, other))
        return found | {"mains": float(mains == 2), "one_main": float(mains == 1)}

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

    def are_parted(self, one: Tally, other: Tally) -> bool:
        """Did a person say that claims of both count different victims?"""
        judged = (account for account in one.accounts if any(told.id in self._judged for told in account.told))
        return any(self._word_of_a_person(account, other) is False for account in judged)

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

    def __init__(self, linking: Linking, accounts: Sequence[Account]) -> None:
        self._linking, self._accounts, self._weights = linking, accounts, linking.weights
        self._fits = {
            (number, tally): added(evidence, self._weights)
            for number, account in enumerate(accounts)
            for tally, evidence in linking.fits(account, accounts)
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
        return self._fits[pair] + added(self._with_company(*pair), self._weights) if touched else score

    def _with_company(self, number: int, tally: int) -> Evidence:
        """What it says where the other accounts of the passage and of the tally went."""
        found: Evidence = {}
        siblings = [other for each, other in self._chosen.items() if each in self._company[number]]
        if siblings:
            documents = self._linking.tallies[tally].documents
            shared = any(self._linking.tallies[other].documents & documents for other in siblings)
            found["sibling" if shared else "not_sibling"] = 1.0
        taken = [self._accounts[each] for each, other in self._chosen.items() if other == tally]
        return found | of_taken(self._accounts[number], taken, self._linking.tallies[tally])

    def _shares(self, pair: tuple[int, int]) -> bool:
        """Does the account name a number of the tally?"""
        return not self._accounts[pair[0]].numbers.isdisjoint(self._linking.tallies[pair[1]].numbers)

    def _in_doubt(self, best: tuple[int, int], left: Mapping[tuple[int, int], float]) -> bool:
        """Does another tally fit as well, and no number decide?"""
        account, tally = best
        if self._shares(best):
            return False
        rivals = (score for pair, score in left.items() if pair[0] == account and pair[1] != tally)
        return max(rivals, default=-self._weights["judged"]) > left[best] - _DOUBT


def _of_other_numbers(
    account: Account, tally: Tally, beside: Sequence[Account], pairs: Mapping[str, float], *, small: bool
) -> Evidence:
    """What speaks for and against two different numbers being of the same victims."""
    if account.numbers & tally.numbers:
        return {}
    found = {"other_number": 1.0, "other_number_fine" if small else "other_number_wide": 1.0}
    found["other_number_mains"] = pairs.get("mains", 0.0)
    if account.numbers and tally.numbers:
        found["other_number_calling"] = pairs.get("one_calling", 0.0)
    if account.numbers:
        own = frozenset(number for other in beside if are_alike(other, account) for number in other.numbers)
        found["elsewhere"] = float(bool(own & tally.numbers) + bool(account.numbers & tally.elsewhere))
    return found


def _whole(account: Account) -> tuple[str, TableRow | None]:
    """What is linked at once: a document, or a row of a table."""
    return account.document, account.told[0].row


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
