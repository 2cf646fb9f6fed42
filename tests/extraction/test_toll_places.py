"""Where tolls stand: of an act, of a battle, of a war."""

import pytest


def _places(claims):
    return {claim.count.low: claim.place.expression for claim in claims if claim.count and claim.place}


@pytest.mark.parametrize(
    "text",
    [
        (
            "The army retook Sirte on Sunday. More than 300 gunmen were killed in five weeks of battle, and others fled "
            "towards Misrata."
        ),
        (
            "The army retook Sirte on Sunday.\nTroops entered the port after taking the Zueitina oil field. The ministry "
            "says 300 gunmen have been killed since the offensive started."
        ),
        (
            "Militants cut Sirte in two on Monday, reaching the road at the Zueitina oil field.\nCasualties since the assault "
            "began: at least 300 dead."
        ),
        (
            "The attack on Sirte began with the capture of the Zueitina oil field. At least 300 troops have been killed "
            "since then."
        ),
    ],
)
def test_a_battle_is_summed_up_where_it_was(read, text):
    """A toll with a battle's span is not at the last site or destination told of, but where the story is."""
    assert _places(read(text, "toll", title="Battle for Sirte"))[300] == "Sirte"


def test_a_battle_told_with_its_place(read):
    """The place in the battle's own words counts before the story's."""
    text = (
        "Misrata is calm. At least 540 gunmen were killed in the three-week battle in which the army recaptured Sirte."
    )
    assert _places(read(text, "toll", title="Quiet day in Misrata"))[540] == "Sirte"
    text = "Misrata is calm. At least 90 people have died since the assault on Sirte began."
    assert _places(read(text, "toll", title="Quiet day in Misrata"))[90] == "Sirte"


def test_a_toll_of_one_act_keeps_its_place(read):
    """A toll without a battle's span stands where the story has just been."""
    text = "Jets hit Sirte. Later a car bomb went off at a market in Misrata. At least 12 people were killed."
    assert _places(read(text, "toll", title="Battle for Sirte"))[12] == "Misrata"


@pytest.mark.parametrize(
    "text",
    [
        "Jets hit Taiz. More than 20,000 people have been killed since Yemen's conflict began.",
        "Jets hit Taiz. The Yemeni war that began in 2014 has killed 20,000 people.",
    ],
)
def test_a_war_is_summed_up_in_its_country(read, text):
    """The dead of a war are its country's, whose name or adjective stands before the war."""
    assert _places(read(text, "toll"))[20000].startswith("Yemen")


def test_a_headline_without_a_place_looks_ahead(read):
    """Before any place is told, a claim is set at the first one that the text says something is in."""
    claims = read("Shells hit a school in Taiz on Monday.", "toll", title="Shelling kills nine civilians")
    assert _places(claims) == {9: "Taiz"}


def test_a_total_goes_on_from_the_toll_before(read):
    """A number of dead told right after a battle's toll is of that battle, not of the site told in between."""
    text = (
        "Militants cut Sirte in two, reaching the road at the Zueitina oil field.\nAt least 300 people have died since "
        "the assault began. The ministry put the losses of the militia at 90."
    )
    assert _places(read(text, "toll", title="Battle for Sirte")) == {300: "Sirte", 90: "Sirte"}


def test_where_others_were_taken_is_not_where_people_died(read):
    """A later clause's destination is not the toll's place."""
    text = "Fighting went on in Sirte. The militia lost more than 60 men, whose bodies were sent to Misrata by truck."
    assert _places(read(text, "toll"))[60] == "Sirte"


@pytest.mark.parametrize(
    "text",
    [
        "Jets hit Sirte. At least 12 people died in air raids on the city the Observatory said.",
        "Jets hit Sirte. 12 Killed in Gas Attack.",
        "Jets hit Sirte. 12 people were killed in a raid on Hospital.",
    ],
)
def test_capitals_are_not_always_names_of_places(read, text):
    """Who reports, an act of a headline and a noun for a site name no place of their own."""
    assert _places(read(text, "toll"))[12] == "Sirte"
