"""What a page said when: versions, and which originals stand on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.captures import Capture, Outcome, Standing, page_of, versions_of

PAGE = "http://news.example/a"


def seen(day, stands, page=PAGE, outcome=None):
    """A capture on a day of March 2017; `None`: the page was no more."""
    outcome = outcome or (Outcome.WITHDRAWN if stands is None else Outcome.READ)
    made = datetime(2017, 3, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)
    return Capture(made=made, archive="0" * 64, position="#1", outcome=outcome, page=page, stands=stands)


def march(day):
    return date(2017, 3, day)


def test_captures_that_say_the_same_are_one_version():
    """From the first to the last of them, until something else was seen; in whatever order they were noted."""
    captures = [seen(5, "b"), seen(1, "a"), seen(3, "a"), seen(4, "x", outcome=Outcome.OTHER), seen(7, None)]
    first, second, gone = versions_of(captures)[PAGE]
    assert (first.original, first.seen.day, first.last_seen.day, first.until.day, first.captures) == ("a", 1, 3, 5, 2)
    assert (second.original, second.until.day) == ("b", 7)
    assert (gone.original, gone.until) == (None, None)


def test_a_text_stands_from_before_it_was_seen_until_the_day_another_was():
    """What was seen second stands from its day on; of what is gone nothing stands."""
    standing = Standing([seen(1, "a"), seen(5, "b"), seen(9, None)])
    assert standing.replaced(date(2010, 1, 1)) == {"b"}
    assert standing.replaced(march(4)) == {"b"}
    assert standing.replaced(march(5)) == {"a"}
    assert standing.replaced(march(9)) == {"a", "b"}
    assert standing.replaced(None) == {"a", "b"}
    assert standing.days() == (march(5), march(9))


def test_a_text_that_another_page_still_says_stands():
    """One page takes it back, another keeps it."""
    other = "http://mirror.example/a"
    standing = Standing([seen(1, "a"), seen(2, "a", page=other), seen(3, None)])
    assert standing.replaced(None) == frozenset()
    assert standing.until("a") is None


def test_a_text_that_comes_back_stands_again():
    """And did not in between."""
    standing = Standing([seen(1, "a"), seen(3, None), seen(5, "a")])
    assert standing.replaced(march(3)) == {"a"}
    assert standing.replaced(None) == frozenset()


@given(
    st.lists(st.tuples(st.integers(1, 28), st.sampled_from(["a", "b", None])), max_size=8, unique_by=lambda one: one[0])
)
def test_on_every_day_at_most_one_text_of_a_page_stands(told):
    """Whatever was captured when."""
    captures = [seen(day, stands) for day, stands in told]
    standing = Standing(captures)
    texts = {stands for _, stands in told if stands is not None}
    for day in (*map(march, range(1, 29)), None):
        assert len(texts - standing.replaced(day)) <= 1


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("HTTP://News.Example:80/A#b", "http://news.example/A"),
        ("https://news.example:443", "https://news.example/"),
        ("https://news.example:8443/?q=1", "https://news.example:8443/?q=1"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_pages_are_told_apart_by_what_servers_see(url, page):
    """Not by fragment, usual port or the case of the host."""
    assert page_of(url) == page
