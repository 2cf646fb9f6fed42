"""Amounts in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.extraction.amounts import AmountKind, find_amounts


def bounds(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(text[one.start : one.end], one.quantity.low, one.quantity.high) for one in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("12 soldiers", "12", 12, 12),
        ("1,000 people", "1,000", 1000, 1000),
        ("4.000 rebels", "4.000", 4000, 4000),
        ("2 250 men", "2 250", 2250, 2250),
        ("400000 refugees", "400000", 400000, 400000),
        ("1.9 million people", "1.9 million", 1_900_000, 1_900_000),
        ("twenty-one soldiers", "twenty-one", 21, 21),
        ("two hundred and fifty men", "two hundred and fifty", 250, 250),
        ("sixty thousand people", "sixty thousand", 60000, 60000),
        ("a dozen men", "a dozen", 12, 12),
        ("two dozen men", "two dozen", 24, 24),
        ("half a million displaced", "half a million", 500_000, 500_000),
        ("at least 12 civilians", "at least 12", 12, None),
        ("more than 300 fighters", "more than 300", 300, None),
        ("well over 1,000 men", "well over 1,000", 1000, None),
        ("20+ dead", "20+", 20, None),
        ("up to 40 tanks", "up to 40", None, 40),
        ("as many as 1300 people", "as many as 1300", None, 1300),
        ("fewer than 10 men", "fewer than 10", None, 10),
        ("about 30 men", "about 30", 27, 33),
        ("some 50 people", "some 50", 45, 55),
        ("between 20 and 30 men", "between 20 and 30", 20, 30),
        ("12-15 men", "12-15", 12, 15),
        ("3 to 4 million people", "3 to 4 million", 3_000_000, 4_000_000),
        ("an estimated 200–300 men", "an estimated 200–300", 200, 300),
        ("dozens of shells", "dozens", 24, 99),
        ("scores of shells", "scores", 40, 99),
        ("hundreds of shells", "hundreds", 200, 999),
        ("thousands of people", "thousands", 2000, 9999),
        ("tens of thousands of people", "tens of thousands", 20_000, 99_999),
        ("several shells", "several", 3, 9),
        ("several hundred men", "several hundred", 300, 999),
        ("both pilots", "both", 2, 2),
        ("another 20 men", "another 20", 20, 20),
        ("a number of men", "a number", None, None),
        ("a car bomb", "a", 1, 1),
    ],
)
def test_bounds_follow_the_guidelines(text: str, words: str, low: int | None, high: int | None) -> None:
    """Each wording has the bounds that coders give it, with the qualifier in its words."""
    assert bounds(text) == [(words, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "30mm guns 40 km away, 40km",
        "50 percent and 12%",
        "aged 12, 9-year-old twins' age",
        "Su-35, T4, S-400, T-72, T 72, M4",
        "the 3rd of them",
        "on 5 May 2016, in 2014, three days at 5:30 pm",
        "Route 4, Resolution 2254, $300",
    ],
)
def test_numbers_that_count_nothing_are_left(text: str) -> None:
    """Measures, shares, ages, models, ordinals, times, roads and money are no amounts."""
    assert bounds(text) == []


def test_a_count_between_dates_is_found() -> None:
    """A number beside a month is a count where it counts."""
    assert bounds("In May 12 people died on Tuesday 3 June.") == [("12", 12, 12)]


def test_what_is_counted_is_hinted() -> None:
    """The word after an amount says of what, over "of the" too."""
    assert [one.of for one in find_amounts("12 civilians, dozens of the shells")] == ["civilians", "shells"]


def test_articles_are_told_from_figures() -> None:
    """One thing by an article is marked as such, so that a figure nearby can come first."""
    assert [one.kind for one in find_amounts("a bomb killed 3 men, two women and scores of others")] == [
        AmountKind.ARTICLE,
        AmountKind.FIGURE,
        AmountKind.WORD,
        AmountKind.VAGUE,
    ]


WORDS = (
    "at least more than 12 1,000 2 250 twenty one - hundred and thousand million half a dozen dozens of several few "
    "between to 3.5 + up about some many as killed men km % another both . , 99999999 0 T 72 few tens"
)
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_amounts_are_exact_stretches_with_ordered_bounds(text: str) -> None:
    """Whatever the text: amounts are its stretches in order, apart from each other, low never above high."""
    at = 0
    for found in find_amounts(text):
        assert at <= found.start < found.end
        at = found.end
        assert text[: found.end].endswith(found.quantity.expression)  # a share goes before: "half of the 40 men"
        low, high = found.quantity.bounds()
        assert low <= high
        if found.quantity.best is not None:
            assert low <= found.quantity.best <= high
