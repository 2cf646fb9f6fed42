"""When claims are about: expressions resolved against a publication or a story, and the choice for a claim."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import of_blocks

from tadmor.datamodel.claims import Change, ControlClaim, Degree, EventClaim, EventType, Mention, Modality
from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import DAY, Basis, Extent, Grain, Interval, When
from tadmor.dictionaries.times import TimeKind, find_times
from tadmor.grounding.times import TimeLine, default_when, resolve

WEDNESDAY = date(2016, 5, 11)
PUBLISHED = Interval(WEDNESDAY, WEDNESDAY + DAY)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(when: When | None) -> tuple[str, str] | None:
    return None if when is None else (when.earliest.isoformat(), when.latest.isoformat())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 3 March 2016", "2016-03-03", "2016-03-03"),
        ("on 3 March", "2016-03-03", "2016-03-03"),
        ("on 3 June", "2015-06-03", "2015-06-03"),
        ("in April", "2016-04-01", "2016-04-30"),
        ("last June", "2015-06-01", "2015-06-30"),
        ("in mid-March", "2016-03-11", "2016-03-20"),
        ("late February", "2016-02-21", "2016-02-29"),
        ("in late 2015", "2015-10-01", "2015-12-31"),
        ("in mid-2012", "2012-06-01", "2012-08-31"),
        ("in the summer of 2015", "2015-06-01", "2015-08-31"),
        ("in winter 2014", "2014-12-01", "2015-02-28"),
        ("in the first half of 2015", "2015-01-01", "2015-07-01"),
        ("during the 1990s", "1990-01-01", "1999-12-31"),
        ("on Tuesday", "2016-05-10", "2016-05-10"),
        ("on Wednesday", "2016-05-11", "2016-05-11"),
        ("last Wednesday", "2016-05-04", "2016-05-04"),
        ("yesterday", "2016-05-10", "2016-05-10"),
        ("overnight", "2016-05-10", "2016-05-11"),
        ("two days ago", "2016-05-09", "2016-05-09"),
        ("two months ago", "2016-03-01", "2016-03-31"),
        ("a year ago", "2015-01-01", "2015-12-31"),
        ("last week", "2016-05-02", "2016-05-08"),
        ("this week", "2016-05-09", "2016-05-11"),
        ("over the weekend", "2016-05-07", "2016-05-08"),
        ("last month", "2016-04-01", "2016-04-30"),
        ("this year", "2016-01-01", "2016-05-11"),
        ("earlier this month", "2016-05-01", "2016-05-10"),
        ("recently", "2016-04-11", "2016-05-11"),
        ("over the past 24 hours", "2016-05-10", "2016-05-11"),
        ("in the past three days", "2016-05-08", "2016-05-11"),
        ("since 2013", "2013-01-01", "2016-05-11"),
        ("since March", "2016-03-01", "2016-05-11"),
        ("from 5 to 9 May", "2016-05-05", "2016-05-09"),
        ("between Sunday and Tuesday", "2016-05-08", "2016-05-10"),
        ("from November to February 2016", "2015-11-01", "2016-02-29"),
    ],
)
def test_a_report_reckons_from_its_publication(text: str, first: str, last: str) -> None:
    """A Wednesday's report looks back: the last such day, month or week, never a day after it."""
    (expression,) = find_times(text)
    assert days(resolve(expression, PUBLISHED)) == (first, last)


@pytest.mark.parametrize(
    ("text", "story", "first", "last"),
    [
        ("the next day", "2016-03-12", "2016-03-13", "2016-03-13"),
        ("two days later", "2016-03-12", "2016-03-14", "2016-03-14"),
        ("the previous day", "2016-03-12", "2016-03-11", "2016-03-11"),
        ("On 4 January", "2016-11-12", "2017-01-04", "2017-01-04"),
        ("On 12 February", "2016-03-12", "2016-02-12", "2016-02-12"),
        ("the previous July", "2016-03-12", "2015-07-01", "2015-07-31"),
        ("the following December", "2016-03-12", "2016-12-01", "2016-12-31"),
        ("later that month", "2016-03-12", "2016-03-21", "2016-03-31"),
        ("in August of that year", "2016-03-12", "2016-08-01", "2016-08-31"),
        ("last month", "2016-03-12", "2016-02-01", "2016-02-29"),
    ],
)
def test_a_history_reckons_from_its_story(text: str, story: str, first: str, last: str) -> None:
    """Where a story is given, dates without a year and shifts are reckoned from it."""
    (expression,) = find_times(text)
    told = Interval.of_days(day(story), day(story))
    assert days(resolve(expression, None, story=told)) == (first, last)


def test_a_sentence_that_looks_ahead_means_the_coming_day() -> None:
    """The tense turns a weekday and a date round."""
    (weekday,), (month,) = find_times("on Friday"), find_times("on 3 June")
    assert days(resolve(weekday, PUBLISHED, tense="future")) == ("2016-05-13", "2016-05-13")
    assert days(resolve(month, PUBLISHED, tense="future")) == ("2016-06-03", "2016-06-03")


def test_an_uncertain_publication_widens_what_is_reckoned_from_it() -> None:
    """A document that may be from any day of a week makes "on Tuesday" no finer than that."""
    (expression,) = find_times("on Tuesday")
    when = resolve(expression, Interval(WEDNESDAY, WEDNESDAY + 7 * DAY))
    assert days(when) == ("2016-05-10", "2016-05-17")


def test_nothing_is_told_without_a_reference() -> None:
    """A relative time with nothing to reckon from stays open; a full date does not need it."""
    assert resolve(find_times("on Tuesday")[0], None) is None
    assert resolve(find_times("in 480 BC")[0], None) is None
    assert days(resolve(find_times("on 3 March 2016")[0], None)) == ("2016-03-03", "2016-03-03")


def test_a_duration_up_to_now_held_throughout() -> None:
    """What lasts "for nine months" fills its interval; a date lies somewhere inside."""
    lasting = resolve(find_times("for nine months")[0], PUBLISHED)
    assert lasting is not None
    assert lasting.extent is Extent.THROUGHOUT
    assert lasting.latest == WEDNESDAY


@pytest.mark.parametrize(("change", "extent"), [(Change.HELD, Extent.THROUGHOUT), (Change.GAINED, Extent.WITHIN)])
def test_what_is_held_from_a_day_to_another_is_held_throughout(change: Change, extent: Extent) -> None:
    """A capture told with two days lies somewhere between them."""
    words = "Harna was held by the army from 3 March 2015 to 8 June 2015"
    document = of_blocks((Form.BODY, f"{words}."))
    claim = ControlClaim(document=document.id, start=0, end=22, quote=words[:22], change=change, degree=Degree.FULL)
    found = TimeLine(document).when(claim)
    assert found is not None
    assert found.extent is extent


def test_the_basis_says_what_a_time_rests_on() -> None:
    """A named year is stated, the rest is reckoned, silence rests on the publication."""
    stated, relative = (resolve(find_times(text)[0], PUBLISHED) for text in ("in May 2015", "on Tuesday"))
    assert stated is not None
    assert relative is not None
    silent = default_when(PUBLISHED)
    assert silent is not None
    assert (stated.basis, relative.basis, silent.basis) == (Basis.STATED, Basis.RELATIVE, Basis.PUBLICATION)
    assert days(silent) == ("2016-05-09", "2016-05-11")
    assert default_when(None) is None


GRAIN_DAYS = {Grain.DAY: 1, Grain.WEEK: 2, Grain.MONTH: 28, Grain.SEASON: 28, Grain.YEAR: 365, Grain.DECADE: 1200}
WORDS = (
    "on Tuesday|last May|in mid-August|two weeks ago|last week|this month|over the weekend|in 2014|in late 2015|"
    "yesterday|in the summer of 2015|three years ago|a month later|the next day|recently|in recent months|"
    "over the past 24 hours|since September|from 5 to 9 May|the previous July|last year|days later|"
    "in the 1990s|on 29 February|"
    "currently|in the next two weeks|this summer|the following week|by the end of the month|"
    "for nine months"
)
TEXTS = st.sampled_from(WORDS.split("|"))


@given(TEXTS, st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 40), st.booleans())
def test_no_time_is_finer_than_its_words(text: str, start: date, length: int, in_story: bool) -> None:  # noqa: FBT001
    """Whatever the reference: an interval runs forward and is at least as wide as the unit that the words speak in."""
    reference = Interval(start, start + timedelta(days=length))
    (expression,) = find_times(text)
    when = resolve(expression, None if in_story else reference, story=reference if in_story else None)
    assert when is not None or expression.day == 29
    if when is not None:
        cut = expression.part is not None or when.interval.end == reference.end  # a part, or cut at publication
        assert when.interval.days >= (1 if cut else GRAIN_DAYS.get(when.grain, 1))
        assert when.expression == expression.text


# A document's time line


def made(text: str, published: date | None = WEDNESDAY) -> Document:
    when = None
    if published is not None:
        when = When(interval=Interval(published, published + DAY), grain=Grain.DAY, basis=Basis.STATED)
    forms = (Form.HEADLINE, *[Form.BODY] * text.count("\n\n"))
    return of_blocks(*zip(forms, text.split("\n\n"), strict=True), gap="\n\n", published=when)


def event(document: Document, words: str, **more: object) -> EventClaim:
    start = document.text.index(words)
    return EventClaim(
        document=document.id, start=start, end=start + len(words), quote=words, type=EventType.CLASH, **more
    )  # type: ignore[arg-type]


REPORT = made(
    "Shells fall on Harna\n\n"
    "Shells hit the market of Harna on Tuesday, residents said. Ten people were killed. Government forces took the "
    "town in March. It has been besieged since 2013. The army will attack the hills on Friday, a source said yesterday."
)
HISTORY = made(
    "Battle of Harna (2014)\n\n"
    "The battle began on 30 November 2014 when rebels attacked the hills. Two days later, the army left the barracks. "
    "It then shelled the road.\n\nOn 4 January, the rebels entered Harna. The next day, a truce was signed.",
    date(2023, 9, 3),
)


SUMMED_UP = of_blocks(
    (Form.HEADLINE, "Battle of Harna"),
    (Form.BODY, "The battle of Harna was fought from 24 February 2014 until the army left it on 11 November 2014."),
    (Form.HEADLINE, "Background"),
    (Form.BODY, "On 26 February, rebels came to the river. On 3 March, they took the bridge of Harna."),
    (Form.BODY, "On 2 January, after the end of it, a commission came to Harna."),
    gap="\n\n",
    published=When(interval=Interval(date(2023, 9, 3), date(2023, 9, 4)), grain=Grain.DAY, basis=Basis.STATED),
)


@pytest.mark.parametrize(
    ("words", "first"),
    [("rebels came to the river", "2014-02-26"), ("they took the bridge", "2014-03-03")],
)
def test_a_history_begins_anew_below_its_summary(words: str, first: str) -> None:
    """The lead tells the end; what follows is of the year that the battle was in, not of the one after its end."""
    assert days(TimeLine(SUMMED_UP).when(event(SUMMED_UP, words))) == (first, first)


def test_several_months_with_their_years_make_a_history() -> None:
    """A day without year then is of their time, though by chance it lies shortly before publication."""
    document = made(
        "Siege of Harna\n\n"
        "Harna was besieged in June 2014. In July 2014 its wells were dry. On 31 August, the siege was broken.",
        date(2023, 9, 3),
    )
    timeline = TimeLine(document)
    assert timeline.history
    assert days(timeline.when(event(document, "the siege was broken"))) == ("2014-08-31", "2014-08-31")


def test_texts_are_told_apart_by_their_own_dates() -> None:
    """Weekdays make a report; a chain of dates long before publication makes a history."""
    assert not TimeLine(REPORT).history
    assert TimeLine(HISTORY).history


def test_a_bare_year_in_its_opening_makes_no_history_of_a_report() -> None:
    """What counts back from the day of writing is a report, though its first line has a number like a year."""
    document = made("Topic: the war (1881) 0 25\n\nA bomb killed ten people in Harna on Monday.", date(2016, 5, 11))
    timeline = TimeLine(document)
    assert not timeline.history
    assert days(timeline.when(event(document, "killed ten people"))) == ("2016-05-09", "2016-05-09")


@pytest.mark.parametrize(
    "text",
    [
        (
            "Ten die in Harna\n\nA bomb killed ten people in Harna on Monday. On 4 April, a raid killed six there. Two "
            "days later, and on 11 and 12 December 2015, others did. One day after, on 30 March 2016, it was hit."
        ),
        "Raids on Harna\n\nJets flew forty sorties over Harna in the past week, as they have since 30 September 2015.",
        (
            "Ten die in Harna\n\nA bomb killed ten people in Harna. It was hit on Feb. 23, on March 4 and on March 9. "
            "So it was after the war of 2013. They came this morning, a nurse said."
        ),
    ],
)
def test_what_a_report_tells_of_earlier_days_makes_no_history_of_it(text: str) -> None:
    """It says in its opening what day it is, or gives no year to any of its days."""
    assert not TimeLine(made(text, date(2016, 5, 11))).history


def test_a_day_of_the_last_month_is_not_of_a_year_told_before() -> None:
    """In a report a day without year that lies shortly before it is of then, whatever year was named last."""
    text = (
        "A minister spoke on Wednesday. The war began with a rising in March 2011. Gas killed ten people on April 21."
    )
    document = made(text, date(2016, 5, 11))
    assert days(TimeLine(document).when(event(document, "killed ten people"))) == ("2016-04-21", "2016-04-21")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Shells hit the market of Harna", "2016-05-10", "2016-05-10"),
        ("Ten people were killed", "2016-05-09", "2016-05-11"),
        ("Government forces took the town", "2016-03-01", "2016-03-31"),
        ("The army will attack the hills", "2016-05-13", "2016-05-13"),
    ],
)
def test_a_report_dates_a_claim_by_the_nearest_words_or_its_last_days(words: str, first: str, last: str) -> None:
    """The expression of the same clause counts; where the sentence has none, the days up to publication."""
    assert days(TimeLine(REPORT).when(event(REPORT, words))) == (first, last)


def test_a_held_state_with_a_known_start_is_of_now() -> None:
    """What is besieged "since 2013" says that it holds at publication, not when in 2013."""
    words = "has been besieged since 2013"
    start = REPORT.text.index(words)
    claim = ControlClaim(
        document=REPORT.id,
        start=start,
        end=start + len(words),
        quote=words,
        change=Change.HELD,
        degree=Degree.BESIEGED,
    )
    assert days(TimeLine(REPORT).when(claim)) == ("2016-05-09", "2016-05-11")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("rebels attacked the hills", "2014-11-30"),
        ("the army left the barracks", "2014-12-02"),
        ("It then shelled the road", "2014-12-02"),
        ("the rebels entered Harna", "2015-01-04"),
        ("a truce was signed", "2015-01-05"),
    ],
)
def test_a_history_goes_on_from_date_to_date(words: str, first: str) -> None:
    """A date without a year follows the story across the new year; a sentence without a time stays where it was."""
    assert days(TimeLine(HISTORY).when(event(HISTORY, words))) == (first, first)


def gain(document: Document, words: str) -> ControlClaim:
    start = document.text.index(words)
    return ControlClaim(
        document=document.id,
        start=start,
        end=start + len(words),
        quote=words,
        change=Change.GAINED,
        degree=Degree.FULL,
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("the capture of Harna", None),
        ("the fall of Salqin", "2014-12-05"),
        ("The rebels took Kafr", "2014-12-09"),
    ],
)
def test_a_capture_reckoned_from_is_not_of_the_day_reckoned_to(words: str, first: str | None) -> None:
    """What "after the capture of X" tells lies before what follows, whose day is not its own."""
    document = made(
        "Battle of Harna (2014)\n\n"
        "The battle began on 30 November 2014. On 4 December 2014, after the capture of Harna, the army shelled a hill. "
        "After the fall of Salqin on 5 December 2014, it left. The rebels took Kafr on 9 December 2014.",
        date(2023, 9, 3),
    )
    found = TimeLine(document).when(gain(document, words))
    assert (found.earliest.isoformat() if found is not None else None) == first


def test_a_change_told_below_a_heading_before_any_date_has_none() -> None:
    """The lead's last day is not that of what a section of background begins with."""
    document = of_blocks(
        (Form.HEADLINE, "Battle of Harna"),
        (Form.BODY, "The battle of Harna was fought from 24 February 2014 until the army left on 11 November 2014."),
        (Form.HEADLINE, "Background"),
        (Form.BODY, "Rebels took the town of Salqin. On 3 March, they took the bridge of Harna."),
        gap="\n\n",
        published=When(interval=Interval(date(2023, 9, 3), date(2023, 9, 4)), grain=Grain.DAY, basis=Basis.STATED),
    )
    timeline = TimeLine(document)
    assert timeline.when(gain(document, "Rebels took the town")) is None
    assert days(timeline.when(gain(document, "they took the bridge"))) == ("2014-03-03", "2014-03-03")


FAR = st.sampled_from(
    ["3000 years ago", "99999 centuries later", "in 2099", "in the 1st century", "two decades earlier"]
)


@given(st.lists(FAR | TEXTS | st.text(max_size=20), max_size=6).map(". ".join))
def test_any_text_has_a_time_line(text: str) -> None:
    """No text makes the time line fail, and what it tells stands in the text."""
    document = made(f"Headline\n\n{text} .")
    told = [one.expression for one in TimeLine(document).told]
    assert [one.text for one in told] == [document.text[one.start : one.end] for one in told]


@pytest.mark.parametrize("words", ["3000 years ago", "99999 centuries later"])
def test_what_lies_outside_the_calendar_stays_open(words: str) -> None:
    """Day one of year one is the first that can be told."""
    assert [one.when for one in TimeLine(made(f"Headline\n\nIt was {words}.")).told] == [None]


def test_the_readers_own_words_of_time_come_first() -> None:
    """A claim that names its time is dated by it, wherever that stands."""
    start = REPORT.text.index("March")
    mention = Mention(expression="March", start=start, end=start + 5)
    claim = event(REPORT, "Ten people were killed", time=mention)
    assert days(TimeLine(REPORT).when(claim)) == ("2016-03-01", "2016-03-31")


def test_what_might_be_is_given_no_day_by_silence() -> None:
    """A hypothetical claim without words of time stays undated."""
    claim = event(REPORT, "Ten people were killed", modality=Modality.HYPOTHETICAL)
    assert TimeLine(REPORT).when(claim) is None


def test_an_undated_report_tells_no_days() -> None:
    """Without a publication, weekdays and silence stay open; full dates do not."""
    document = made("A headline\n\nShells fell on Tuesday. The town fell on 3 March 2016.", None)
    line = TimeLine(document)
    told = {one.expression.kind: one.when for one in line.told}
    assert days(told[TimeKind.DATE]) == ("2016-03-03", "2016-03-03")
    assert told[TimeKind.WEEKDAY] is None


@pytest.mark.parametrize("saying", ["a monitor said on Monday", "a monitor told reporters late on Monday"])
def test_the_day_of_saying_is_not_the_day_of_the_act(saying: str) -> None:
    """What is said on Monday happened on Monday or in the days before."""
    document = made(f"A headline\n\nShells fell on the market of Harna, {saying}.")
    when = TimeLine(document).when(event(document, "Shells fell"))
    assert when is not None
    assert when.basis is Basis.PUBLICATION
    assert days(when) == ("2016-05-07", "2016-05-09")


def test_a_gerund_after_a_length_of_time_lies_back_from_the_main_clause() -> None:
    """As in "on Tuesday, two months after losing it": the loss lies two months before the Tuesday, not on it."""
    document = made("A headline\n\nRebels entered Harna on Tuesday, two months after losing it to the army.")
    line = TimeLine(document)
    assert days(line.when(event(document, "Rebels entered Harna on Tuesday"))) == ("2016-05-10", "2016-05-10")
    assert days(line.when(event(document, "losing it"))) == ("2016-03-01", "2016-03-31")


def test_a_history_without_years_is_of_the_year_before_where_its_days_are_yet_to_come() -> None:
    """Nobody tells in early September of what was done on the tenth of this one; nor then of this April."""
    text = (
        "Battle of Harna\n\nRebels came to Harna. On 18 April, they took the bridge. On 2 May, they took the mill.\n\n"
        "On 10 September, the army took the town. The next day, a truce was signed."
    )
    for published, year in ((date(2023, 9, 3), 2022), (date(2023, 9, 20), 2023)):
        told = [day.when for day in TimeLine(made(text, published)).told]
        assert [when.interval.start.year for when in told if when is not None] == [year] * 4


@pytest.mark.parametrize(
    ("told", "number", "found"),
    [
        ("2011-03-05", "on the 17th", "2011-03-17"),
        ("2011-03-28", "on the 3rd", "2011-04-03"),
        (None, "on the 9th", "2016-05-09"),
        (None, "on the 20th", "2016-04-20"),
    ],
)
def test_a_day_told_by_its_number_is_of_the_month_of_the_story(told: str | None, number: str, found: str) -> None:
    """Without a story it is the last such day before publication."""
    (expression,) = find_times(f"The ford was lost {number}.")
    story = Interval(day(told), day(told) + DAY) if told else None
    assert days(resolve(expression, PUBLISHED, story=story)) == (found, found)


def test_how_long_something_else_went_on_dates_nothing():
    """The ten years are those of the seat of government; the capture is of the report's days."""
    document = made("Report\n\nTroops took Harna, which had been the seat of the rebels for ten years.")
    assert days(TimeLine(document).when(event(document, "Troops took Harna"))) == ("2016-05-09", "2016-05-11")
