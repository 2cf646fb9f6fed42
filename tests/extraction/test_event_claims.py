"""Events: acts of violence, and deals."""

import pytest


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Russian warplanes bombed a market in Idlib.", "air_strike"),
        ("Air strikes hit the town of Douma.", "air_strike"),
        ("Artillery shelled residential areas of Kharkiv.", "shelling"),
        ("Terrorists targeted the district of Midan with rocket shells.", "shelling"),
        ("A car bomb exploded in Qamishli.", "bombing"),
        ("Clashes broke out between rebels and the army near Hama.", "clash"),
        ("The army launched an offensive in northern Hama.", "ground_attack"),
        ("Militants executed 12 prisoners in Mosul.", "execution"),
        ("The strike destroyed a school in Saada.", "destruction"),
        ("A ceasefire took effect in Aleppo on Monday.", "agreement"),
        ("A chlorine gas attack was reported in Saraqib.", "chemical_attack"),
    ],
)
def test_the_kind_of_act(read, text, kind):
    """The verb, the noun or the weapons beside it tell the kind of act."""
    assert kind in {claim.type for claim in read(text, "event")}


def test_one_act_told_by_verb_and_noun_is_one_claim(read):
    """As in "launched an offensive": it is the offensive, not a launch and an offensive."""
    assert len(read("The army launched an offensive on Maskanah.", "event")) == 1


def test_the_number_of_acts(read):
    """The number before the act is its count."""
    claim = read("Russia launched 64 air strikes on Palmyra.", "event")[0]
    assert (claim.count.low, claim.count.high) == (64, 64)


def test_attacks_on_several_towns_are_several_claims(read):
    """A list of targets gives a claim each."""
    claims = read("Rocket attacks on Aleppo and Homs were reported.", "event")
    assert {claim.place.expression for claim in claims} == {"Aleppo", "Homs"}


def test_a_unit_is_no_assault(read):
    """The name of a unit is no act."""
    assert read("The 80th Air Assault Brigade celebrated its anniversary.", "event") == []


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Artillery shelled Tamanna through the night.", "shelling"),
        ("Warplanes bombed Tamanna at dawn.", "air_strike"),
        ("A car bomb exploded in Tamanna.", "bombing"),
        ("Reporters reached the town at noon.", "ground_attack"),
    ],
)
def test_an_attack_nameless_in_kind_is_of_the_acts_told_around_it(read, told, kind):
    """An "attack" takes the kind of the acts of the sentences near it; without any it is one on the ground."""
    claims = read(f"{told} The attack on the market began without warning.", "event")
    assert [claim.type for claim in claims if claim.span.start > len(told)] == [kind]


def test_the_nearer_act_counts_more(read):
    """Of two kinds of act told before, an attack without a kind is of the nearer."""
    text = (
        "Warplanes bombed Idlib on Monday. The mayor spoke. Artillery shelled Tamanna. The attack hit a school there."
    )
    assert [claim.type for claim in read(text, "event")] == ["air_strike", "shelling", "shelling"]


def test_what_is_destroyed_by_a_strike_is_its_own_claim(read):
    """A destruction and the strike that did it stand side by side."""
    claims = read("Air strikes destroyed two bridges near Raqqa.", "event")
    assert {claim.type for claim in claims} == {"air_strike", "destruction"}


@pytest.mark.parametrize(
    "text",
    [
        "Sappers dismantled mines and explosive devices in Raqqa.",
        "Two car bombs were defused in Kirkuk.",
        "Troops destroyed three infantry fighting vehicles near Hama.",
    ],
)
def test_a_weapon_that_does_not_go_off_is_no_act(read, text):
    """What is found, cleared or part of a vehicle's name is neither a bombing nor a clash."""
    assert not {claim.type for claim in read(text, "event")} & {"bombing", "clash"}


def test_who_is_struck_does_not_strike(read):
    """The phrase after "against" is the target of what one side does, and a party only of a clash."""
    strike = read("The ministry reported 20 air strikes against Islamic State near Raqqa.", "event")[0]
    assert (strike.actors, [one.expression for one in strike.targets]) == ((), ["Islamic State"])
    clash = read("Clashes with Islamic State broke out near Raqqa.", "event")[0]
    assert "Islamic State" in {one.expression for one in clash.actors}


def test_a_particle_before_the_object_makes_no_passive(read):
    """As in "carried out 20 strikes": the subject acts."""
    claim = read("Turkish warplanes carried out 20 air strikes on Afrin.", "event")[0]
    assert [one.expression for one in claim.actors] == ["Turkish warplanes"]


def test_a_place_before_a_colon_is_where_its_story_is(read):
    """A bulletin's run-in heading sets the scene of its sentence, whatever was told of before."""
    text = "Rebels shelled Hama. KHAN SHAYKHUN: Two car bombs exploded on Monday."
    assert [claim.place.expression for claim in read(text, "event")] == ["Hama", "KHAN SHAYKHUN"]


def test_who_says_it_does_not_do_it(read):
    """Over "the source said", the acts go on with whoever did the first."""
    claims = read("Rebel units repelled an assault on Idlib, the source said, and destroyed four tanks.", "event")
    assert {one.expression for claim in claims for one in claim.actors} == {"Rebel units"}


def test_a_participle_after_the_subject_is_not_its_verb(read):
    """In "rebels positioned in the hills shelled Goma" the rebels shelled."""
    claim = read("Rebels positioned in the hills shelled Goma.", "event")[0]
    assert [actor.expression for actor in claim.actors] == ["Rebels"]


def test_plans_to_strike_at_a_place_need_no_object(read):
    """Who strikes inside a city is told, what it hits is not."""
    (claim,) = read("The coalition had no plans to strike inside Mosul.", "event")
    assert (claim.type, claim.modality, claim.polarity) == ("air_strike", "planned", "denied")
    assert [actor.expression for actor in claim.actors] == ["coalition"]


def test_people_shot_are_killed(read):
    """Shooting people is a killing with its toll; shooting at them, or in the leg, is none."""
    assert [claim.type for claim in read("Militiamen shot 12 men in Kidal.", "event")] == ["killing"]
    assert [claim.count.best for claim in read("Militiamen shot 12 men in Kidal.", "toll")] == [12]
    for text in ("Militiamen shot at a car in Kidal.", "Militiamen shot two men in the leg in Kidal."):
        assert read(text, "toll") == []


def test_a_mass_killing_is_a_noun(read):
    """The words of its place belong to it."""
    (claim,) = read("A doctor knew of no mass killing in Kidal.", "event")
    assert (claim.quote, claim.polarity) == ("no mass killing in Kidal", "denied")


def test_what_happened_in_a_nameless_hospital_did_not_happen_all_over_the_town(read):
    """A site of no name is one in the town of the story."""
    claims = read("Rebels entered Kidal on Monday. A doctor knew of no mass killing in the hospital.", "event")
    assert [claim.place.expression for claim in claims] == ["hospital in Kidal"]


def test_a_day_may_stand_between_an_act_and_what_it_hits(read):
    """As in "shelled on Monday X": the place is X, not where the story was before."""
    (claim,) = read("The army left Mosul. Rebels shelled on Monday al-Qadhra neighborhood with mortars.", "event")
    assert claim.place.expression == "al-Qadhra neighborhood"


def test_acts_told_more_than_once_are_counted(read):
    """After the verb, or as a vague number of acts done to people."""
    (twice,) = read("The market in Kidal was shelled twice.", "event")
    (often,) = read("The market in Kidal has been shelled more than once.", "event")
    (acts,) = read("The group carried out several executions in Kidal.", "event")
    assert [(one.count.low, one.count.high) for one in (twice, often, acts)] == [(2, 2), (2, None), (3, 9)]
