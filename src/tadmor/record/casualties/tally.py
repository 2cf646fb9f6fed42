"""The accounts of one harm to the same people in one incident."""

from collections.abc import Iterable, Iterator, Sequence

from tadmor.datamodel.findings import toll_id
from tadmor.record.casualties.accounts import Account
from tadmor.record.matching import Told
from tadmor.record.tabled import TableRow

#: A headline and the first sentences, in characters: what a document counts there it is mostly about. By judgement.
_OPENING = 500


class Tally:
    """The accounts of one harm to the same people in one incident."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self.numbers: frozenset[int] = frozenset()
        self.ranges: frozenset[tuple[float, float]] = frozenset()
        self.elsewhere: frozenset[int] = frozenset()  # numbers of other victims in the same documents
        self.documents: set[str] = set()
        self.key: bytes | None = None  # of all that it is compared by, once that is asked for

    @property
    def id(self) -> str:
        """By the claim that was first to count: later reports do not change it."""
        return toll_id(self.accounts[0].told[0].id)

    @property
    def told(self) -> list[Told]:
        """All claims, by id."""
        return sorted((one for account in self.accounts for one in account.told), key=lambda one: one.id)

    @property
    def rows(self) -> Iterator[TableRow]:
        """The rows of tables that its accounts were taken from."""
        for account in self.accounts:
            yield from rows_of(account)

    def add(self, account: Account, beside: Iterable[Account]) -> None:
        """Take an account in, and note what its document counts beside it."""
        self.accounts.append(account)
        self.key = None
        self.numbers |= account.numbers
        self.ranges |= account.ranges
        others = (other for other in beside if other is not account and are_alike(other, account))
        self.elsewhere = self.elsewhere.union(*(other.numbers for other in others)) - self.numbers
        self.documents.add(account.document)


def joined(one: Tally, other: Tally) -> Tally:
    """Two tallies as one, known by the account that came first."""
    found = Tally()
    for account in sorted([*one.accounts, *other.accounts], key=lambda account: account.order):
        found.add(account, ())
    found.elsewhere = (one.elsewhere | other.elsewhere) - found.numbers
    return found


def rows_of(account: Account) -> Iterator[TableRow]:
    """The rows of tables that an account was taken from."""
    yield from (one.row for one in account.told if one.row is not None)


def are_alike(one: Account, other: Account) -> bool:
    """Do they count the same harm to the same part of the people?"""
    return one.harm is other.harm and one.part == other.part


def mains_of(accounts: Sequence[Account]) -> frozenset[str]:
    """The first claims of what a document is about: of each harm, the first account of its headline and opening."""
    found: dict[object, str] = {}
    for account in accounts:
        if account.part is None and not account.long and account.told[0].said.start < _OPENING:
            found.setdefault(account.harm, account.told[0].id)
    return frozenset(found.values())


def of_taken(account: Account, taken: Sequence[Account], tally: Tally) -> dict[str, float]:
    """What it says that the same document counts the victims of a tally by other numbers.

    Against it, less where another voice gives the other number, and where nobody else gave this one yet.
    """
    if not taken or any(account.numbers == other.numbers for other in taken):
        return {}
    own = {one.claim.origin.id for one in account.told}
    voices = {one.claim.origin.id for other in taken for one in other.told}
    new = bool(account.numbers) and account.numbers.isdisjoint(tally.numbers)
    return {"taken": 1.0, "taken_by_another": float(own.isdisjoint(voices)), "taken_anew": float(new)}
