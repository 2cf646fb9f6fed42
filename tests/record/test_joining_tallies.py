"""Tallies joined from the most alike down, also where several pairs are equally alike."""

from types import SimpleNamespace

from tadmor.record.casualties.joining import all_joined
from tadmor.record.casualties.tally import Tally

#: How alike two tallies are, by the numbers that they begin with; those that are not named are not.
ALIKE = {(0, 1): 5.0, (0, 2): 1.0, (2, 3): 2.0}


def tally(number: int) -> Tally:
    """A tally of one account."""
    account = SimpleNamespace(
        document=f"d{number}",
        long=False,
        numbers=frozenset({number}),
        ranges=frozenset(),
        order=number,
        told=[SimpleNamespace(said=SimpleNamespace(start=0, end=1), row=None)],
    )
    found = Tally()
    found.add(account, ())
    return found


class Compared:
    """Likeness by a table, as if it had been reckoned before."""

    weights = {"company": 0.0}  # noqa: RUF012 - of one test
    recalled = property(lambda self: self)

    def near(self, _account) -> set[int]:
        return {0, 1, 2, 3}

    def score(self, one: Tally, other: Tally, _reckon) -> float | None:
        return ALIKE.get((one.accounts[0].order, other.accounts[0].order))


def test_a_pair_that_is_as_alike_after_a_join_as_before_is_joined_once():
    """The first with the second, the third with the fourth, then both: what was known of the first is out of date."""
    found = all_joined([tally(number) for number in range(4)], Compared())
    assert [sorted(account.order for account in one.accounts) for one in found] == [[0, 1, 2, 3]]
