"""Figures without a noun, right after a toll."""

import pytest

_TOLL = "At least 100 policemen have been killed in Taiz since Friday, according to the monitor."


@pytest.mark.parametrize(
    ("text", "low", "high", "voice"),
    [
        ("The militia's channel claimed 'more than 160'.", 160, None, "militia's channel"),
        ("The ministry put it at 12.", 12, 12, "ministry"),
        ("A doctor gave a figure of 140.", 140, 140, "doctor"),
        (
            "A former teacher said that he had counted the bodies himself. There were 22, he said.",
            22,
            22,
            "former teacher",
        ),
    ],
)
def test_a_bare_figure_is_of_the_people_just_told_of(read, text, low, high, voice):
    """Harm, victims and place are the toll's before it; the figure and who gives it are its own."""
    first, second = read(f"{_TOLL} {text}", "toll")
    assert (second.count.low, second.count.high) == (low, high)
    assert (second.harm, second.group, second.place) == (first.harm, first.group, first.place)
    assert [one.name for one in second.attribution] == [voice]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said 40 tanks had been destroyed. The militia claimed 60.",
        "The ministry said seven were under repair.",
        "There were 22 in the square.",
    ],
)
def test_a_number_of_something_else_is_no_toll(read, text):
    """A number with a noun or a verb of its own, or of things counted since, is not of the dead."""
    assert len(read(f"{_TOLL} {text}", "toll")) == 1


def test_a_figure_does_not_reach_into_another_paragraph(read):
    """A new paragraph may be about something else."""
    assert len(read(f"{_TOLL}\nThe militia claimed 'more than 160'.", "toll")) == 1


def test_bodies_counted_after_other_things_are_the_dead(read):
    """What was counted before the dead are spoken of is past; the figure has the time told since."""
    text = "Whether there were two strikes is not known. A doctor said he had counted the bodies on Sunday. There were 22, he said."
    figure = read(f"{_TOLL} {text}", "toll")[-1]
    assert (figure.count.best, figure.time.expression) == (22, "Sunday")
