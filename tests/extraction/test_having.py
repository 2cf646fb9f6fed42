"""Control told by everyday verbs of having, getting and giving up."""

import pytest


@pytest.mark.parametrize(
    ("text", "holder", "change"),
    [
        ("The rebels have Kharkiv.", "rebels", "held"),
        ("The army still has the eastern half of Kharkiv.", "army", "held"),
        ("The rebels kept Kharkiv.", "rebels", "held"),
        ("Kharkiv was run by the militants.", "militants", "held"),
        ("Kharkiv belongs to the rebels.", "rebels", "held"),
        ("The army's hold on Kharkiv is firm.", "army", "held"),
        ("On October 5th the army recovered Kharkiv.", "army", "gained"),
        ("The army got back Kharkiv.", "army", "gained"),
        ("Kharkiv surrendered to the rebels.", "rebels", "gained"),
        ("Kharkiv was handed over to the army on Friday.", "army", "gained"),
    ],
)
def test_who_has_a_place(read, text, holder, change):
    """An armed actor has, gets or is given a named place."""
    claim = read(text, "control")[0]
    assert (claim.holder.expression, claim.change) == (holder, change)
    assert "Kharkiv" in claim.place.expression


def test_what_is_given_up_is_lost(read):
    """Who gives a place up loses it, whoever comes after."""
    claim = read("The rebels gave up Kharkiv on 28 June.", "control")[0]
    assert (claim.change, claim.holder, claim.loser.expression) == ("lost", None, "rebels")


def test_a_place_that_changed_hands_has_no_told_holder(read):
    """That a place changed hands is a change; to whom is not said."""
    claim = read("Kharkiv changed hands twice on Wednesday.", "control")[0]
    assert (claim.change, claim.holder) == ("gained", None)


@pytest.mark.parametrize(
    "text",
    [
        "The army has no money for Kharkiv.",
        "The rebels have a base in Kharkiv.",
        "The militants ran a prison in Kharkiv.",
        "The army kept people from Kharkiv out.",
        "The army has denied that it bombed Kharkiv.",
        "The Russians have their eyes on Kharkiv.",
        "A farmer has Kharkiv in mind.",
    ],
)
def test_other_things_that_one_has(read, text):
    """Having something else, or a place had by nobody armed, tells nothing of control."""
    assert not read(text, "control")


@pytest.mark.parametrize("text", ["The army lifted the siege of Kharkiv.", "The army broke the siege on Kharkiv."])
def test_a_siege_that_is_lifted_is_over(read, text):
    """Only its end is told, not that it lasts."""
    assert [(claim.change, claim.degree) for claim in read(text, "control")] == [("lost", "besieged")]


@pytest.mark.parametrize(
    ("text", "place", "change", "degree"),
    [
        ("The rebels reclaimed Maungdaw.", "Maungdaw", "gained", "full"),
        ("The rebels took Nawnghkio.", "Nawnghkio", "gained", "full"),
        ("The Arakan Army surrounds Maungdaw.", "Maungdaw", "gained", "besieged"),
        ("The army lost Nawnghkio.", "Nawnghkio", "lost", "full"),
        ("Nawnghkio fell to the rebels.", "Nawnghkio", "gained", "full"),
        ("The army has ringed Kharkiv since December.", "Kharkiv", "gained", "besieged"),
    ],
)
def test_a_name_that_no_table_has_is_ground(read, text, place, change, degree):
    """What a force takes, loses or rings is a place by what is done to it."""
    claim = read(text, "control")[0]
    assert (claim.place.expression, claim.change, claim.degree) == (place, change, degree)


@pytest.mark.parametrize("text", ["The army took John Smith prisoner.", "The army took Smith to Bago."])
def test_a_person_is_no_ground(read, text):
    """Who is taken as a prisoner or somewhere is no place."""
    assert not read(text, "control")
