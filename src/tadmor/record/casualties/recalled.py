"""Links and joins of tallies as they were reckoned before, where nothing that they rest on has changed.

Accounts are linked in the order of publication, and how telling a word is hangs on all that came out before. So each
document's links are remembered under a digest of all accounts up to it: one that came out last finds all others linked,
one that came out in the middle has what came later linked anew.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec

from tadmor.datamodel.documents import Copy
from tadmor.datamodel.history import Judgement
from tadmor.record.casualties.accounts import Account
from tadmor.record.casualties.tally import Tally
from tadmor.record.memory import Memory, key_of


class Recalled:
    """Which links and scores of joins are known.

    Args:
        memory: what was reckoned before.
        keys: digests of the claims, by id.
        copies: which documents share words with which.
        judgements: what persons said of pairs of claims.
        weights: of the evidence.
    """

    def __init__(
        self,
        memory: Memory,
        keys: Mapping[str, bytes],
        copies: Sequence[Copy],
        judgements: Sequence[Judgement],
        weights: Mapping[str, float],
    ) -> None:
        self._memory, self._claims = memory, keys
        self._so_far = key_of(sorted(weights.items()), judgements)
        self._accounts: dict[str, bytes] = {}  # by the first claim
        self._seen: set[str] = set()
        self._partners: dict[str, set[str]] = defaultdict(set)
        for one in copies:
            self._partners[one.earlier].add(one.later)
            self._partners[one.later].add(one.earlier)

    def meet(self, accounts: Sequence[Account]) -> None:
        """Go on to the accounts that are linked next."""
        own = [
            ([self._claims[one.id] for one in each.told], sorted(each.acts), sorted(each.words)) for each in accounts
        ]
        before = sorted(self._seen & self._partners[accounts[0].document])
        self._seen.add(accounts[0].document)
        self._so_far = key_of(self._so_far, own, before)
        for number, account in enumerate(accounts):
            self._accounts[account.told[0].id] = self._so_far + number.to_bytes(2, "big")

    def links(self, accounts: Sequence[Account], choose: Callable[[], Mapping[int, int]]) -> Mapping[int, int]:
        """The tallies that some of the accounts met last go to, by number."""
        if not accounts:
            return {}
        key = self._accounts[accounts[0].told[0].id]
        known = self._memory.recall("links", key)
        if known is not None:
            return msgspec.msgpack.decode(known, type=dict[int, int])
        found = choose()
        self._memory.keep("links", key, msgspec.msgpack.encode(found))
        return found

    def score(self, one: Tally, other: Tally, reckon: Callable[[], float | None]) -> float | None:
        """How far two tallies are one."""
        key = key_of(self._key(one), self._key(other))
        known = self._memory.recall("joins", key)
        if known is not None:
            return msgspec.msgpack.decode(known, type=float | None)
        found = reckon()
        self._memory.keep("joins", key, msgspec.msgpack.encode(found))
        return found

    def _key(self, tally: Tally) -> bytes:
        if tally.key is None:
            partners = sorted({each for one in tally.documents for each in self._partners.get(one, ())})
            own = [self._accounts[account.told[0].id] for account in tally.accounts]
            tally.key = key_of(own, sorted(tally.elsewhere), partners)
        return tally.key
