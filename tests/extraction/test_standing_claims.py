"""Control told as how a place stands: in someone's hands, under someone's control, contested."""

import pytest


@pytest.mark.parametrize(
    ("text", "holder", "change"),
    [
        ("Idlib remains in rebel hands.", "rebel", "held"),
        ("Idlib is largely in the hands of the army.", "army", "held"),
        ("Idlib fell into the hands of the rebels.", "rebels", "gained"),
        ("The rebels pressed on. Idlib was also in their hands.", "rebels", "held"),
        ("Idlib is under the control of the rebels.", "rebels", "held"),
    ],
)
def test_hands_and_control_of_someone(read, text, holder, change):
    """Whose hands a place is in stands before them, or after "of"."""
    claim = read(text, "control")[-1]
    assert (claim.place.expression, claim.holder.expression, claim.change) == ("Idlib", holder, change)


def test_each_subject_of_a_list_is_in_the_hands(read):
    """A list of places as subject gives a claim for each."""
    claims = read("Kobani, Manbij and Jarabulus were also in Kurdish hands, a monitor said.", "control")
    assert [claim.place.expression for claim in claims] == ["Kobani", "Manbij", "Jarabulus"]


@pytest.mark.parametrize(
    "text", ["They died with their hands tied.", "Idlib is in good hands.", "He had a gun in hand."]
)
def test_other_hands_hold_nothing(read, text):
    """Only an actor's hands hold a place."""
    assert not read(text, "control")


@pytest.mark.parametrize(
    "text",
    [
        "The monitor said Bakhmut was still contested.",
        "The fiercely contested Bakhmut was quiet.",
        "Ukrainian troops entered Bakhmut. A spokesman said it remains contested.",
    ],
)
def test_a_contested_place_has_no_holder(read, text):
    """A place that is said to be contested, by name or by a pronoun."""
    claim = read(text, "control")[-1]
    assert (claim.place.expression, claim.change, claim.degree, claim.holder) == ("Bakhmut", "held", "contested", None)


def test_in_control_is_denied_of_who_is_there(read):
    """The second half of a predicate has the subject of the first."""
    claim = read("Soldiers were in Kherson, a resident said, but not yet in control of it.", "control")[0]
    assert (claim.holder.expression, claim.place.expression, claim.polarity) == ("Soldiers", "Kherson", "denied")


def test_what_is_yet_to_be_done_is_not_done(read):
    """What one "has yet to do" is no aim, but did not happen."""
    claim = read("The army had yet to secure Kherson on Friday.", "control")[0]
    assert (claim.polarity, claim.modality) == ("denied", "asserted")
