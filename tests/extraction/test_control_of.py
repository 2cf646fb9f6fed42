"""Control told by the noun itself: lost, full, beyond someone's reach."""

import pytest


@pytest.mark.parametrize(
    ("text", "change", "holder", "loser"),
    [
        ("Ukraine had lost control of Popasna to Russian forces.", "gained", "Russian forces", "Ukraine"),
        ("Ukraine had lost control of Popasna.", "lost", None, "Ukraine"),
        ("Russian forces are in full control of Popasna.", "held", "Russian forces", None),
        ("Popasna was once again captured by Russian forces.", "gained", "Russian forces", None),
    ],
)
def test_who_has_and_loses_control(read, text, change, holder, loser):
    """Control lost to someone is gained by them; control can be full, and taken once again."""
    (claim,) = read(text, "control")
    assert (claim.place.expression, claim.change) == ("Popasna", change)
    assert (claim.holder.expression if claim.holder else None) == holder
    assert (claim.loser.expression if claim.loser else None) == loser


def test_what_is_beyond_control_is_not_held(read):
    """A town outside someone's control is one that they do not hold."""
    (claim,) = read("Popasna remains outside the control of the Russian army.", "control")
    assert (claim.holder.expression, claim.polarity) == ("Russian army", "denied")


def test_a_base_known_by_a_number_is_named(read):
    """What is taken may be named by a number; a distance after a name is none of it."""
    (base,) = read("The battle ended with the takeover of Brigade 17 by the rebels.", "control")
    assert base.place.expression == "Brigade 17"


def test_no_country_is_besieged_with_forces(read):
    """Forces encircled at no told town besiege no place."""
    assert read("Syria is at war. Kurdish forces encircled the militants.", "control") == []


def test_fire_control_over_a_town_is_no_control_of_it(read):
    """Guns that reach a place do not hold it."""
    assert not read("The rebels had established full fire control over the town of Harasta.", "control")


def test_control_that_is_ceded_is_not_held(read):
    """One claim: from whom it went to whom."""
    (claim,) = read("The Iraqi army ceded control of Kirkuk to the Kurdish Peshmerga.", "control")
    assert (claim.change, claim.holder.expression, claim.loser.expression) == (
        "gained",
        "Kurdish Peshmerga",
        "Iraqi army",
    )


def test_whoever_is_given_control_has_it(read):
    """Not those whose withdrawal gives it to them."""
    (claim,) = read("Ukrainian troops withdrew, giving Russian troops full control of Kreminna.", "control")
    assert (claim.change, claim.holder.expression) == ("gained", "Russian troops")
