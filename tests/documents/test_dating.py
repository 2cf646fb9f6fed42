"""When a document was published: printed, worked out from what it tells, or from its company."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.times import Basis, Grain
from tadmor.documents.company import Company
from tadmor.documents.dates import date_at, printed_dates
from tadmor.documents.dating import date_document
from tadmor.documents.inference import date_from_content
from tadmor.documents.loading import load_bytes

LATER = " People in the town said that they had heard shells all night, and that the bakery had burnt down."


def date_by_company(document, others):
    """When an undated document was written, told by the others."""
    return Company(others).date(document)


def read(text, **known):
    """The documents of a text."""
    return load_bytes(text.encode(), "a.txt", **known).documents


def headed(line, body="The army took the bridge of Karsova, a doctor in the town said."):
    """A document with a line below its headline."""
    (document,) = read(f"Army takes the bridge of Karsova\n{line}\n\n{body}{LATER}\n")
    return document


@pytest.mark.parametrize(
    "line",
    [
        "2019-04-12",
        "12 April 2019",
        "12 April, 2019",
        "April 12, 2019",
        "Apr. 12, 2019",
        "Friday, April 12, 2019",
        "Fri 12 Apr 2019 14:28",
        "12.04.2019",
        "12-04-2019",
        "12th of April 2019",
        "Published: 12 April 2019, 10:15 GMT",
        "Last updated at Apr 12 2019",
        "Last updated at Apr 122019",
        "Published 12 April 2019, updated 13 April 2019",
    ],
)
def test_a_printed_date_line_dates_the_document(line):
    """However the press prints it."""
    published = headed(line).published
    assert (published.earliest, published.latest) == (date(2019, 4, 12), date(2019, 4, 12))
    assert published.basis is Basis.STATED
    assert published.reasons


@pytest.mark.parametrize(
    "opening",
    [
        "KARSOVA, April 12, 2019 (Reuters) - ",
        "KARSOVA, Lakeland — 12 April 2019 — ",
        "Karsova, 12 April 2019 - ",
        "Karsova, April 12, 2019. ",
        "Karsova al-Sharqi, Lakeland, 12 April 2019 (wire) - ",
        "12.04.2019(updated 1041 12.04.2019) Get short URL 0 73 ",
        "Date of publication 12 April 2019 ",
        "AFP Friday 12 Apr 2019 ",
        "Army takes the bridge of Karsova AFP Friday 12 Apr 2019 ",
    ],
)
def test_a_dateline_dates_the_document(opening):
    """A date that opens the first paragraph, alone, after the headline, or in an agency's dateline."""
    (document,) = read(
        f"Army takes the bridge of Karsova\n\n{opening}The army took the bridge, a doctor in the town said.{LATER}\n"
    )
    assert document.published.earliest == date(2019, 4, 12)
    assert "\n\nThe army took the bridge" in document.text


def test_the_dateline_goes_before_a_head_date_that_contradicts_it():
    """It stands closer to the words; the contradiction is told."""
    published = headed(
        "2019-03-01", "Friday 12 April 2019 The army took the bridge, a doctor in the town said."
    ).published
    assert published.earliest == date(2019, 4, 12)
    assert "the head says 2019-03-01" in " ".join(published.reasons)


def test_figures_that_have_two_readings_keep_both():
    """A date is never made finer than it was printed."""
    published = headed("03/04/2019").published
    assert (published.earliest, published.latest) == (date(2019, 3, 4), date(2019, 4, 3))
    assert published.grain is Grain.SPAN


def test_a_date_of_the_story_is_no_publication_date():
    """Only the head and the dateline print it; a sentence that tells of a day does not."""
    (document,) = read(f"Army takes the bridge\n\nOn 12 April 2011 the war began at the bridge.{LATER}{LATER}\n")
    assert date_document(document, guess=False) is None


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"]))
def test_any_printed_day_is_read_back(day, form):
    """Every calendar day, in every common form."""
    found = date_at(day.strftime(form))
    assert found is not None
    assert found.days() == (day,)


@pytest.mark.parametrize(
    "text", ["31 February 2019", "may 20 people", "99.99.2019", "in 2019", "1.2.2019.5", "May 2019"]
)
def test_what_is_no_day_is_not_read_as_one(text):
    """Impossible days, verbs, versions, months."""
    assert list(printed_dates(text)) == []


class TestContent:
    """Undated documents are dated by what they tell."""

    def test_days_without_a_year_set_the_earliest_day(self):
        """They lie before the document, mostly by weeks; the printed year is not the present one."""
        text = (
            "Shells fell on the mill of Karsova on May 3rd, and the bridge was lost on May 7th.\n\n"
            "The alliance had entered the war in September 2017.\n\n" + LATER
        )
        published = date_from_content(*read(text))
        assert published.basis is Basis.INFERRED
        assert published.earliest == date(2018, 5, 7)
        assert published.latest < date(2018, 8, 1)
        assert "May 7th" in " ".join(published.reasons)

    def test_last_march_is_not_said_in_march(self):
        """A month that is called last has ended."""
        text = (
            "The dam was lost last March.\n\nAn offensive that was launched last November 9 goes on.\n\n"
            "The dam was first taken in May 2018, and Karsova in August 2017.\n\n" + LATER
        )
        published = date_from_content(*read(text))
        assert published.earliest >= date(2019, 12, 1)
        assert published.latest < date(2020, 3, 1)

    def test_dates_to_come_do_not_count(self):
        """A planned day says nothing of how late it is."""
        text = f"The bridge was lost on 3 May 2018.{LATER}\n\nA vote is scheduled for 9 September 2021.{LATER}"
        assert date_from_content(*read(text)).latest < date(2020, 1, 1)

    def test_without_a_year_nothing_is_told(self):
        """Weekdays and bare months leave every year open."""
        assert date_from_content(*read(f"Shells fell on Saturday evening and in March.{LATER}")) is None

    def test_the_answer_holds_most_of_the_weight_after_the_latest_day(self):
        """The interval starts at or after the latest day told of as past."""
        for day in (date(2016, 2, 29), date(2019, 12, 31), date(2020, 1, 1)):
            text = f"The bridge was lost on {day:%d %B %Y}.{LATER}"
            published = date_from_content(*read(text))
            assert published.earliest >= day
            assert published.latest - day < timedelta(days=400)

    def test_articles_of_one_file_are_dated_together(self):
        """What one tells dates the other."""
        first = f"Bridge falls to the army\n\n{'The army holds the town. ' * 15}On May 3rd it took the bridge.{LATER}"
        biography = "Vera Molnar is a Karsova-based journalist."
        second = f"{'The rebels hold the hills. ' * 15}They have done so since September 2017.{LATER}"
        one, other = read(f"{first}\n\n{biography}\n\n{second}\n")
        assert one.published == other.published
        assert one.published.earliest == date(2018, 5, 3)


class TestCompany:
    """Undated documents are dated by dated ones that tell their story."""

    STORY = (
        "The Tanners Gate of {} burnt for 3 nights, Colonel Petrik said. "
        "Doctor Molnar of the Mill Hospital counted 14 dead."
    )

    def others(self):
        """Reports of several stories, dated."""
        return [
            read(
                self.STORY.format(place) if place == "Karsova" else f"In {place} the harvest of {crop} failed.{LATER}",
                published=day,
            )[0]
            for place, crop, day in [
                ("Karsova", "", date(2019, 4, 12)),
                ("Ostrava", "Plums", date(2018, 1, 1)),
                ("Brod", "Wheat", date(2018, 2, 1)),
                ("Velin", "Hops", date(2018, 3, 1)),
                ("Ilva", "Rye", date(2018, 5, 1)),
                ("Lom", "Beet", date(2018, 7, 1)),
            ]
        ]

    def test_the_same_story_dates_within_days(self):
        """The day of the report that shares rare names, give or take three."""
        (document,) = read(self.STORY.format("Karsova") + LATER)
        published = date_by_company(document, self.others())
        assert published.basis is Basis.INFERRED
        assert (published.earliest, published.latest) == (date(2019, 4, 9), date(2019, 4, 15))
        assert "Colonel Petrik".lower() in " ".join(published.reasons)

    def test_another_story_dates_nothing(self):
        """Common words are no company."""
        (document,) = read(f"A ferry sank off Lom with Captain Ivo Zeman.{LATER}")
        assert date_by_company(document, self.others()) is None

    def test_few_documents_say_nothing(self):
        """How rare a name is cannot be told from two."""
        (document,) = read(self.STORY.format("Karsova"))
        assert date_by_company(document, self.others()[:2]) is None


class TestEpisodes:
    """Undated documents that look back on what dated ones told."""

    def case(self, *days):
        """Reports that Karsova changed hands, one a day given."""
        takers = ("Army", "Rebel force")
        return [
            read(
                f"{takers[at % 2]} takes Karsova\n\nThe {takers[at % 2].lower()} captured Karsova in {at + 2} hours.{LATER}\n",
                published=day,
            )[0]
            for at, day in enumerate(days)
        ]

    def opinion(self, sentence, title="Karsova is a lesson"):
        """An undated text of one sentence that matters."""
        return read(f"{title}\n\nNobody in the capital speaks of Karsova. {sentence} So much for Karsova.{LATER}\n")[0]

    DAYS = (date(2018, 3, 20), date(2018, 12, 9), date(2019, 6, 2))

    def test_a_second_loss_dates_after_the_second_episode(self):
        """Two episodes are known: it was written after the later one, within the quarter that follows."""
        published = date_by_company(self.opinion("The second fall of Karsova was a shock."), self.case(*self.DAYS[:2]))
        assert published.basis is Basis.INFERRED
        assert published.grain is Grain.SPAN
        assert published.earliest == date(2018, 12, 7)
        assert date(2019, 3, 1) < published.latest < date(2019, 4, 1)
        assert "'The second fall of Karsova was a shock. ...'" in published.reasons[0]
        assert "a.txt (2018-12-09)" in published.reasons[1]

    def test_last_week_brings_it_nearer(self):
        """A fortnight after the report."""
        published = date_by_company(self.opinion("Last week the army lost Karsova again."), self.case(*self.DAYS[:2]))
        assert (published.earliest, published.latest) == (date(2018, 12, 7), date(2018, 12, 23))

    def test_a_month_without_a_year_tells_which_episode(self):
        """Of three, the one that follows the one of March within a year."""
        sentence = "The army took Karsova in March. Last week it lost Karsova again."
        published = date_by_company(self.opinion(sentence), self.case(*self.DAYS[:2], date(2020, 2, 1)))
        assert published.earliest == date(2018, 12, 7)

    def test_several_episodes_that_fit_leave_it_wide(self):
        """Nothing says which of two it was."""
        published = date_by_company(self.opinion("Last week the army lost Karsova again."), self.case(*self.DAYS))
        assert (published.earliest, published.latest) == (date(2018, 12, 7), date(2019, 6, 16))

    @pytest.mark.parametrize(
        "sentence",
        [
            "Last week the army lost Karsova.",
            "The army will lose Karsova again.",
            "The army hopes to take Karsova again.",
            "The second bridge of Karsova stands.",
            "The fall of Ostrava came again.",
        ],
    )
    def test_what_does_not_look_back_on_a_repetition_dates_nothing(self, sentence):
        """First losses, plans, other things and other places."""
        assert date_by_company(self.opinion(sentence), self.case(*self.DAYS[:2])) is None

    def test_news_is_not_dated_by_what_came_before(self):
        """A report that opens with a weekday tells an episode of its own."""
        document = read(f"Karsova falls again\n\nThe army lost Karsova again on Sunday. Karsova burns.{LATER}\n")[0]
        assert date_by_company(document, self.case(*self.DAYS[:2])) is None

    def test_one_episode_is_no_repetition(self):
        """The case does not know the other."""
        assert date_by_company(self.opinion("Last week it lost Karsova again."), self.case(self.DAYS[0])) is None


@pytest.mark.parametrize(
    ("head", "first", "last"),
    [
        ("Lake Province: monthly access review\nMarch 2018", date(2018, 3, 1), date(2018, 3, 31)),
        ("Lake Province: protection bulletin, December 2018", date(2018, 12, 1), date(2018, 12, 31)),
        ("Lake Province: access review\nApril-June 2018", date(2018, 4, 1), date(2018, 6, 30)),
        ("Lake Province: snapshot\nAs of 31 March 2018", date(2018, 3, 31), date(2018, 3, 31)),
        ("Evening news, 31 March 2018, 1900 hours", date(2018, 3, 31), date(2018, 3, 31)),
        ("Elders of Karsova, letter of 31 March 2018", date(2018, 3, 31), date(2018, 3, 31)),
    ],
)
def test_a_head_that_names_its_month_or_the_day_of_its_text_dates_it(head, first, last):
    """Situation reports, bulletins and letters date themselves otherwise than newspapers do."""
    (document,) = read(f"{head}\n\nThe army took the bridge of Karsova, a doctor in the town said.{LATER}\n")
    assert (document.published.interval.start, document.published.interval.last) == (first, last)


@pytest.mark.parametrize("head", ["The battle of Karsova in March 2018", "Karsova, March 2018"])
def test_a_title_that_is_about_a_month_prints_no_date(head):
    """Only a report says which month it is of; a history's title says what it tells of, and is dated by guess."""
    (document,) = read(f"{head}\n\nThe army took the bridge of Karsova, a doctor in the town said.{LATER}\n")
    assert document.published.basis is Basis.INFERRED


def test_a_dateline_may_have_any_words_in_its_brackets():
    """The agency's name need not begin with a capital."""
    (document,) = read(f"KARSOVA, March 3, 2018 (wire) - The army took the bridge, a doctor said.{LATER}\n")
    assert document.published.interval.start == date(2018, 3, 3)
