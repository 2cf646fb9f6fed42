"""What was last asked for is kept, up to so many bytes."""

from tadmor.views.serving.lately import Lately


def test_what_was_not_asked_for_longest_gives_way():
    """By bytes, an entry's own thousand counted; asking keeps."""
    kept = Lately[str, str](10_000)
    for name in "abc":
        kept.keep(name, name.upper(), 2000)
    assert kept.get("a") == "A"
    kept.keep("d", "D", 2000)
    assert [kept.get(name) for name in "abcd"] == ["A", None, "C", "D"]


def test_many_small_ones_are_bounded_too():
    """Each takes room besides its own bytes."""
    kept = Lately[int, bytes](10_000)
    for number in range(1000):
        kept.keep(number, b"", 0)
    assert len(kept) == 10


def test_one_stays_however_large_and_is_replaced_and_dropped():
    """A day of a large case is kept, or nothing would be."""
    kept = Lately[str, int](10)
    kept.keep("a", 1, 5000)
    kept.keep("a", 2, 7000)
    assert (kept.get("a"), len(kept)) == (2, 1)
    kept.keep("b", 3, 9000)
    assert (kept.get("a"), kept.get("b")) == (None, 3)
    kept.drop("b")
    assert len(kept) == 0
