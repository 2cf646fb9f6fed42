"""Control told by its signs: flags, and towns that are free of whoever held them."""

import pytest


@pytest.mark.parametrize(
    ("text", "place", "holder", "change"),
    [
        ("Soldiers raised the Libyan flag over Sirte.", "Sirte", "Soldiers", "gained"),
        (
            "The flag on the citadel of Aleppo was hoisted by Iranians on Monday.",
            "citadel of Aleppo",
            "Iranians",
            "gained",
        ),
        ("The Taliban flag is flying over Kunduz.", "Kunduz", "Taliban", "held"),
    ],
)
def test_whose_flag_flies_over_a_place_holds_it(read, text, place, holder, change):
    """Who raises a flag gains the place; whose flag flies there holds it."""
    (claim,) = read(text, "control")
    assert (claim.place.expression, claim.holder.expression, claim.change) == (place, holder, change)


@pytest.mark.parametrize(
    "text", ["Soldiers raised the flag.", "Jets were flying over Sirte.", "Protesters raised funds in Sirte."]
)
def test_a_flag_over_nothing_and_what_is_no_flag_are_no_control(read, text):
    """Only a flag at a place tells of control."""
    assert read(text, "control") == []


def test_a_town_that_is_free_of_a_force_is_lost_by_it(read):
    """Of whom it is free, where that is said."""
    (claim,) = read("Mosul is now completely free of the rebels, the minister said.", "control")
    assert (claim.place.expression, claim.loser.expression, claim.change) == ("Mosul", "rebels", "lost")


def test_freedom_that_is_expected_is_no_fact(read):
    """An expectation before it makes it a prediction."""
    (claim,) = read("Kunduz is expected to be free within days.", "control")
    assert (claim.change, claim.modality) == ("lost", "predicted")


def test_what_is_free_of_charge_or_of_mines_is_not_lost(read):
    """Only armed actors lose a place that is free of them."""
    assert read("Mosul is free of charge and Sirte is free of mines.", "control") == []
