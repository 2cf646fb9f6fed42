"""What stands between a subject and its verb as an aside does not part them."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Three medics - better known as the White Helmets - were killed in Douma.",
        "Three medics — two of them women — were killed in Douma.",
        "Three medics (two of them women) were killed in Douma.",
        "Three medics, two of them women, were killed in Douma.",
        "Three medics, among them two women, were killed in Douma.",
    ],
)
def test_the_toll_is_the_subjects(read, text):
    """The number is that of the subject, and what counts out of it is no second total."""
    assert read(text, "toll")[0].count.low == 3


def test_who_is_named_twice_is_counted_once(read):
    """A commander who is named and then told of is one dead."""
    assert len(read("Abu Omar, a commander of the group, was killed in Douma.", "toll")) == 1


def test_a_place_named_twice(read):
    """What stands between commas after a name tells more of it."""
    claim = read("Palmyra, the ancient oasis in the desert, was taken by the Islamic State.", "control")[0]
    assert (claim.place.expression, claim.holder.expression) == ("Palmyra", "Islamic State")


def test_commas_of_a_list_open_no_aside(read):
    """The members of a list are all hit."""
    claims = read("Azaz, Jarablus and al-Bab were shelled by the army.", "event")
    assert sorted(claim.place.expression for claim in claims) == ["Azaz", "Jarablus", "al-Bab"]


def test_two_marks_with_nothing_between(read):
    """A text that has lost words is read on: what follows it is told."""
    claims = read("The flag,, was raised over the citadel of Aleppo. The army captured Azaz.", "control")
    assert "Azaz" in [claim.place.expression for claim in claims]
