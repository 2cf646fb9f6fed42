"""Expressions of time: what is found in running text, and what it says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.dictionaries.times import Lead, Part, Reference, Season, TimeExpression, TimeKind, Unit, find_times


def only(text: str) -> TimeExpression:
    (found,) = find_times(text)
    return found


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("It began on 11 May 2016.", "11 May 2016", {"year": 2016, "month": 5, "day": 11}),
        ("It began May 11th, 2016.", "May 11th, 2016", {"year": 2016, "month": 5, "day": 11}),
        ("Dated 2016-05-11.", "2016-05-11", {"year": 2016, "month": 5, "day": 11}),
        ("Dated 02/11/2017.", "02/11/2017", {"year": 2017, "month": 11, "day": 2}),
        ("Dated 11/23/2017.", "11/23/2017", {"year": 2017, "month": 11, "day": 23}),
        ("Thu Sep 5 2013 A bomb", "Thu Sep 5 2013", {"year": 2013, "month": 9, "day": 5}),
        ("Updated Nov 022017 A bomb", "Nov 022017", {"year": 2017, "month": 11, "day": 2}),
        ("on the 4th of July 2015", "the 4th of July 2015", {"year": 2015, "month": 7, "day": 4}),
        ("on March 27th they left", "March 27th", {"year": None, "month": 3, "day": 27}),
        ("in mid-August", "mid-August", {"month": 8, "part": Part.MID}),
        ("in early March 2016", "early March 2016", {"year": 2016, "month": 3, "part": Part.EARLY}),
        ("at the end of May 2015", "the end of May 2015", {"year": 2015, "month": 5, "part": Part.END}),
        ("in late 2015", "late 2015", {"year": 2015, "part": Part.LATE}),
        ("in 2014", "2014", {"year": 2014, "month": None}),
        ("during the 1990s", "the 1990s", {"decade": 1990}),
        ("in the nineteenth century", "the nineteenth century", {"century": 19}),
        ("in summer 2016", "summer 2016", {"year": 2016, "season": Season.SUMMER}),
        ("in the fall of 2003", "the fall of 2003", {"year": 2003, "season": Season.AUTUMN}),
        ("in the first quarter of 2016", "the first quarter of 2016", {"year": 2016, "quarter": 1}),
        ("in April", "April", {"month": 4, "year": None}),
        ("last May", "last May", {"month": 5, "shift": -1, "reference": Reference.EITHER}),
        ("the previous July", "the previous July", {"month": 7, "shift": -1, "reference": Reference.STORY}),
        ("the following December", "the following December", {"month": 12, "shift": 1}),
        ("in August of that year", "August of that year", {"month": 8, "unit": Unit.YEAR, "shift": 0}),
        ("in 490 BC", "490 BC", {"year": 490, "before_christ": True}),
        ("le 5 juillet 2017", "5 juillet 2017", {"year": 2017, "month": 7, "day": 5}),
        ("13 марта 2016", "13 марта 2016", {"year": 2016, "month": 3, "day": 13}),
        ("14 مارس 2016", "14 مارس 2016", {"year": 2016, "month": 3, "day": 14}),
        ("12 كانون الأول 2016", "12 كانون الأول 2016", {"year": 2016, "month": 12, "day": 12}),
    ],
)
def test_calendar_dates_are_read(text: str, words: str, says: dict[str, Any]) -> None:
    """A date is found whole, with the calendar parts that its words give and no others."""
    found = only(text)
    assert found.text == words
    assert found.kind is TimeKind.DATE
    assert {name: getattr(found, name) for name in says} == says


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("on Tuesday", "Tuesday", {"kind": TimeKind.WEEKDAY, "weekday": 1, "shift": None}),
        ("early on Wednesday", "early on Wednesday", {"weekday": 2, "part": Part.EARLY}),
        ("Saturday evening", "Saturday evening", {"weekday": 5, "time_of_day": "evening"}),
        ("last Sunday", "last Sunday", {"weekday": 6, "shift": -1}),
        ("yesterday", "yesterday", {"unit": Unit.DAY, "shift": -1, "reference": Reference.SPEECH}),
        ("two days ago", "two days ago", {"unit": Unit.DAY, "shift": -2, "reference": Reference.SPEECH}),
        ("twenty-one days later", "twenty-one days later", {"shift": 21, "reference": Reference.STORY}),
        ("the next day", "the next day", {"shift": 1, "reference": Reference.STORY}),
        ("the day before.", "the day before", {"shift": -1, "reference": Reference.STORY}),
        ("two days after the attack", "two days after", {"shift": 2, "reference": Reference.EVENT}),
        ("last week", "last week", {"unit": Unit.WEEK, "shift": -1}),
        ("earlier this month", "earlier this month", {"unit": Unit.MONTH, "shift": 0, "part": Part.EARLY}),
        ("over the weekend", "the weekend", {"unit": Unit.WEEKEND, "shift": 0}),
        ("a few weeks later", "a few weeks later", {"shift": None, "vague": True, "unit": Unit.WEEK}),
        ("over the past 24 hours", "the past 24 hours", {"kind": TimeKind.SPAN, "amount": 24, "unit": Unit.HOUR}),
        ("over the past month", "the past month", {"kind": TimeKind.SPAN, "amount": 1, "unit": Unit.MONTH}),
        ("in recent days", "recent days", {"kind": TimeKind.SPAN, "amount": None, "unit": Unit.DAY}),
        ("in the next two weeks", "the next two weeks", {"kind": TimeKind.SPAN, "forward": True}),
        ("recently", "recently", {"kind": TimeKind.SPAN, "unit": None}),
        ("for nine months", "nine months", {"kind": TimeKind.DURATION, "amount": 9, "lead": Lead.FOR}),
        ("a six-month-long siege", "six-month-long", {"kind": TimeKind.DURATION, "amount": 6}),
        ("currently", "currently", {"kind": TimeKind.PRESENT}),
        ("at dawn", "dawn", {"kind": TimeKind.CLOCK, "time_of_day": "dawn"}),
        ("at 5:34 pm", "5:34 pm", {"kind": TimeKind.CLOCK, "clock": (17, 34)}),
        ("at 1459 GMT", "1459 GMT", {"kind": TimeKind.CLOCK, "clock": (14, 59)}),
    ],
)
def test_relative_times_keep_what_they_are_reckoned_from(text: str, words: str, says: dict[str, Any]) -> None:
    """A relative expression says how far from which reference, and names no day itself."""
    found = only(text)
    assert found.text == words
    assert not found.absolute
    assert {name: getattr(found, name) for name in says} == says


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 15-16 March 2016", "15", "16 March 2016"),
        ("from 5 to 9 May", "5", "9 May"),
        ("between 9 and 10 March", "9", "10 March"),
        ("March 15-17, 2016", "March 15", "17, 2016"),
        ("from Sunday to Tuesday", "Sunday", "Tuesday"),
        ("from May to July 2016", "May", "July 2016"),
        ("in 2012–2016", "2012", "2016"),
        ("in 2012-13", "2012", "13"),
        ("from 25 February 2022 to 31 March 2022", "25 February 2022", "31 March 2022"),
    ],
)
def test_ranges_have_two_ends(text: str, first: str, last: str) -> None:
    """Two ends joined by a dash, "to" or "between .. and" are one range."""
    found = only(text)
    assert found.kind is TimeKind.RANGE
    assert found.first is not None
    assert found.last is not None
    assert (found.first.text, found.last.text) == (first, last)


def test_a_range_shares_its_year() -> None:
    """The year at the end holds for the beginning too, the year before where the months run over."""
    found = only("from November to February 2017")
    assert found.first is not None
    assert found.last is not None
    assert (found.first.year, found.last.year) == (2016, 2017)


@pytest.mark.parametrize(
    "text",
    [
        "They may attack and the troops march on.",
        "Theresa May said so.",
        "The fall of the city.",
        "A Su-35 and 2013 people were killed with 30mm guns.",
        "At least 1900 were wounded.",
        "more than a quarter of a million people",
        "He is 12 and the 3rd Division has 31 tanks.",
    ],
)
def test_what_only_looks_like_a_time_is_left(text: str) -> None:
    """Verbs, names and counts are no times."""
    assert find_times(text) == ()


def test_a_count_after_a_month_is_no_day() -> None:
    """The words "In May 12 people" speak of May, "On May 12 people" of a day."""
    assert only("In May 12 people were killed.").day is None
    assert only("On May 12 people were killed.").day == 12


def test_words_that_place_nothing_come_only_on_request() -> None:
    """Vague words are left out unless asked for."""
    text = "the former mayor said every day"
    assert find_times(text) == ()
    assert [one.kind for one in find_times(text, vague=True)] == [TimeKind.VAGUE, TimeKind.VAGUE]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("since September", Lead.SINCE),
        ("until 2014", Lead.UNTIL),
        ("by 5 May", Lead.BY),
        ("over the weekend", Lead.DURING),
    ],
)
def test_the_preposition_is_beside_the_span(text: str, lead: Lead) -> None:
    """What stands before an expression is kept apart from its words."""
    found = only(text)
    assert found.lead is lead
    assert found.start > 0


WORDS = (
    "on 11 May 2016 , . - the of to and in mid - August last this next Tuesday morning two days ago later week month "
    "year years since until between from 9 10 1990s 2015 5:30 pm early end half a past couple 490 BC Nov 022017 "
    "weekend 12,000 3rd summer first quarter ( ) – \n\n troops 2016-05-11 31/02/2016 seize Марта марта 99 0 00 recently"
)
PIECES = st.sampled_from(WORDS.split(" "))


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_offsets_are_exact_and_apart(text: str) -> None:
    """Whatever the text: each expression is its stretch of it, in order, no two overlapping, ranges hold their ends."""
    at = 0
    for found in find_times(text, vague=True):
        assert text[found.start : found.end] == found.text
        assert at <= found.start < found.end
        at = found.end
        for end in (found.first, found.last):
            if end is not None:
                assert text[end.start : end.end] == end.text
                assert found.start <= end.start < end.end <= found.end


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes the grammar fail."""
    for found in find_times(text, vague=True):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("text", ["They recaptured 2000 sqkm of land.", "See media/65c428ae2042.mp4 for it."])
def test_four_digits_that_measure_or_lie_in_a_code_name_no_year(text: str) -> None:
    """Nor do they date what a text tells."""
    assert not find_times(text)


def test_the_twenty_first_century_is_not_the_first() -> None:
    """Tens and ordinal together."""
    assert only("It is the twenty-first century.").century == 21


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They came in March and took the ford on the 17th.", "the 17th"),
        ("It was lost on the morning of the 19th.", "the morning of the 19th"),
        ("The town was theirs by the 9th, and the bridge too.", "the 9th"),
    ],
)
def test_a_day_may_be_told_by_its_number_alone(text: str, words: str) -> None:
    """Histories and reports name a month once and then only its days."""
    found = find_times(text)[-1]
    assert (found.text, found.month, found.reference) == (words, None, Reference.STORY)


@pytest.mark.parametrize(
    "text", ["Shells fell on the 17th Division.", "It was the 5th attack.", "They met on the 3rd floor."]
)
def test_an_ordinal_that_counts_something_is_no_day(text: str) -> None:
    """Units, attacks and floors have numbers too."""
    assert find_times(text) == ()
