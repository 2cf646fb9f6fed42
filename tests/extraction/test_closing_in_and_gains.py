"""Control told as closing in on a place, and as ground gained in part."""

import pytest


@pytest.mark.parametrize(
    ("text", "place", "holder"),
    [
        ("The army made gains in Hama.", "Hama", "army"),
        ("Rebels have made rapid gains around Idlib.", "Idlib", "Rebels"),
        ("Jets struck the road to stem rebel gains in Homs.", "Homs", "rebel"),
        ("Kurdish forces gained ground south of Manbij.", "south of Manbij", "Kurdish forces"),
    ],
)
def test_gains_are_ground_gained_in_part(read, text, place, holder):
    """Gains at a place are a part of it, whoever plans to stem them."""
    claim = read(text, "control")[0]
    assert (claim.place.expression, claim.holder.expression) == (place, holder)
    assert (claim.change, claim.degree, claim.modality) == ("gained", "partial", "asserted")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russian forces cut off the city of Chernihiv.", "city of Chernihiv"),
        ("The rebels have encircled the army in Idlib.", "Idlib"),
        ("The rebels threaten two villages they have surrounded near Azaz.", "area around Azaz"),
        ("Russian forces encircled Kyiv, the capital of Ukraine.", "Kyiv"),
    ],
)
def test_closing_in_besieges_what_is_named(read, text, place):
    """A town cut off and forces encircled are besieged where they are; a village near a town is not the town."""
    claims = [claim for claim in read(text, "control") if claim.degree == "besieged"]
    assert [claim.place.expression for claim in claims] == [place]


def test_a_road_between_towns_is_cut_and_no_town_besieged(read):
    """A road may be named by the towns at its ends."""
    claims = read("The SDF cut off the Homs – Palmyra road.", "control")
    assert [(claim.place.expression, claim.degree) for claim in claims] == [("Palmyra road", "partial")]


@pytest.mark.parametrize(
    "text", ["A street surrounded by trees was hit in Homs.", "It was not clear who fired on the city of Homs."]
)
def test_what_is_surrounded_by_no_force_or_not_clear_is_no_control(read, text):
    """Trees besiege nobody; what is not clear was not cleared."""
    assert read(text, "control") == []


def test_a_part_of_a_town_is_never_the_town(read):
    """Villages and districts without a name are taken in a place, which is not taken whole."""
    claims = read("The army took two districts in Homs.", "control")
    assert [(claim.place.expression, claim.degree) for claim in claims] == [("Homs", "partial")]


def test_what_a_relative_clause_holds_stands_before_it(read):
    """The object of a clause about a place is that place."""
    claims = read("Militants left the last district they controlled in Homs.", "control")
    assert [(claim.holder.expression, claim.degree) for claim in claims] == [("Militants", "partial")]


@pytest.mark.parametrize(
    ("text", "loser"),
    [
        ("The rebels have encircled government soldiers in Idlib.", "government soldiers"),
        ("The rebels have encircled about 30,000 people in Idlib.", None),
    ],
)
def test_forces_hold_out_and_people_do_not(read, text, loser):
    """Who is besieged with a town without arms does not hold it."""
    claim = read(text, "control")[0]
    assert (claim.place.expression, claim.degree) == ("Idlib", "besieged")
    assert (claim.loser.expression if claim.loser else None) == loser
