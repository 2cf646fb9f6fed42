"""Control: who holds, gains, loses, contests or besieges a place."""

import pytest


@pytest.mark.parametrize(
    ("text", "holder", "place", "change", "degree"),
    [
        (
            "Government troops captured the town of Maskanah on Friday.",
            "Government troops",
            "Maskanah",
            "gained",
            "full",
        ),
        ("The city of Izium was recaptured by Ukrainian forces.", "Ukrainian forces", "Izium", "gained", "full"),
        ("Rebel fighters took full control of Manbij.", "Rebel fighters", "Manbij", "gained", "full"),
        ("Shells fell on rebel-held Idlib.", "rebel", "Idlib", "held", "full"),
        ("Fallujah is under Islamic State control.", "Islamic State", "Fallujah", "held", "full"),
        ("Iraqi forces have encircled Mosul.", "Iraqi forces", "Mosul", "gained", "besieged"),
        ("Ramadi fell to Islamic State fighters in May.", "Islamic State fighters", "Ramadi", "gained", "full"),
        ("The SDF controls parts of Raqqa.", "SDF", "Raqqa", "held", "partial"),
        ("Turkish troops drove the militants out of Jarabulus.", "Turkish troops", "Jarabulus", "gained", "full"),
        ("The Islamic State lost Manbij to the SDF.", "SDF", "Manbij", "gained", "full"),
    ],
)
def test_who_holds_what(read, text, holder, place, change, degree):
    """Taking, holding and besieging give holder, place, change and degree in active, passive and attribute form."""
    claim = read(text, "control")[0]
    assert holder in claim.holder.expression
    assert place in claim.place.expression
    assert (claim.change, claim.degree) == (change, degree)


def test_each_place_of_a_list_is_a_claim(read):
    """Several places taken in one sentence are several claims."""
    claims = read("Ukrainian forces recaptured Izium, Balakliia, Kupiansk and Lyman in September.", "control")
    assert [claim.place.expression for claim in claims] == ["Izium", "Balakliia", "Kupiansk", "Lyman"]


def test_a_loss_without_a_winner_has_no_holder(read):
    """The word "lost" is used only where no new holder is said."""
    claim = read("The army lost Palmyra.", "control")[0]
    assert claim.change == "lost"
    assert claim.holder is None
    assert "army" in claim.loser.expression


def test_the_town_is_the_town_told_before(read):
    """A definite noun without a name stands for the last place of its kind, and says that it was carried."""
    claim = read("Fighting reached Maskanah on Monday. The army captured the town a day later.", "control")[0]
    assert claim.place.expression == "Maskanah"
    assert claim.place.carried


def test_a_capital_is_seized_but_power_is_not(read):
    """Seizing power or a cache of weapons is no control of ground."""
    assert read("The generals seized power.", "control") == []
    assert read("Police seized a cache of weapons.", "control") == []


def test_a_site_without_a_name_is_not_the_town(read):
    """Who takes "the citadel" has not taken the town that the story is set in."""
    claims = read("Fighting went on in Palmyra for a week. The army took the citadel on Friday.", "control")
    assert claims
    assert all(claim.place is None or claim.place.expression != "Palmyra" for claim in claims)


def test_the_object_of_a_relative_clause_is_no_subject(read):
    """What was taken is the citadel, not the city that it overlooks."""
    claims = read("The citadel that overlooks Palmyra had been captured on Friday by army units.", "control")
    assert [claim.place.expression for claim in claims] == ["citadel"]
    named = read("Kobani, which overlooks Turkey, was captured by Islamic State.", "control")
    assert [claim.place.expression for claim in named] == ["Kobani"]


def test_a_date_belongs_to_its_noun(read):
    """A date between a possessive and its noun is that noun's, and dates no other change."""
    claims = {
        c.place.expression: c
        for c in read("Its capture of Homs surprised few; its May 2014 capture of Hama did.", "control")
    }
    assert claims["Homs"].time is None
    assert claims["Hama"].time.expression == "May 2014"


def test_a_takeover_that_is_reversed_was_one(read):
    """What an act presupposes happened, also where the act is only a possibility."""
    claims = read("If the rebels fail, the army could reverse their takeover of Hama.", "control")
    assert [(claim.place.expression, claim.modality) for claim in claims] == [("Hama", "asserted")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shelling hit Hama overnight. Rebels seized the military airport on Monday.", "military airport in Hama"),
        ("Fighting neared Tabqa. SDF fighters captured the dam on Monday.", "dam in Tabqa"),
        ("Shayrat air base was bombed. In Hama, rebels seized the military airport.", "military airport in Hama"),
        ("Rebels shelled Taftanaz air base, north of Hama. They seized the airport on Monday.", "Taftanaz air base"),
        ("Rebels shelled the citadel of Aleppo. They seized the airport on Monday.", "airport in Aleppo"),
    ],
)
def test_a_site_called_by_its_kind_is_the_one_told_of_or_the_towns(read, text, place):
    """A definite description means the site of that kind told of, else the town's of the sentence or the story."""
    claim = next(claim for claim in read(text, "control") if claim.change == "gained")
    assert claim.place.expression == place
    assert claim.place.carried


def test_another_site_of_the_kind_is_none_told_of(read):
    """Of "the other airport" nothing tells which one it is."""
    claims = read("Rebels shelled Taftanaz air base. They seized the other airport.", "control")
    assert [claim.place.expression for claim in claims] == ["airport"]


def test_an_oil_and_gas_field_is_one_place(read):
    """Its two kinds are no two places."""
    claims = read("Islamic State captured the Tuwaym oil and gas field on Monday.", "control")
    assert [claim.place.expression for claim in claims] == ["Tuwaym oil and gas field"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Army units restored security and stability to the town of Nawa on Friday.", "asserted"),
        ("The army intends to restore security to Nawa.", "planned"),
    ],
)
def test_security_restored_to_a_town_is_the_town_taken(read, text, modality):
    """State agencies say so of a town that the army has taken."""
    claim = read(text, "control")[0]
    assert "Nawa" in claim.place.expression
    assert (claim.change, claim.modality) == ("gained", modality)


def test_order_restored_takes_no_street(read):
    """Police work is no control gained."""
    assert not read("The police restored order to the streets of Homs.", "control")


def test_its_recapture_is_the_places(read):
    """A place's own fall or recapture points back to it; a loss is its loser's."""
    claim = read("Maskanah has been quiet since its recapture by government troops.", "control")[0]
    assert (claim.place.expression, claim.holder.expression) == ("Maskanah", "government troops")


def test_a_town_without_such_a_site_is_passed_over(read):
    """The story's other town has the site that the nearest lacks."""
    text = "Rebels shelled Hama. They also shelled Salamiyah. They seized the military airport on Monday."
    assert read(text, "control")[0].place.expression == "military airport in Hama"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels captured the air base at Tiyas.", "air base in Tiyas"),
        ("The army retook the citadel in Palmyra.", "citadel in Palmyra"),
    ],
)
def test_a_site_is_named_after_its_noun(read, text, place):
    """As in "the air base at Tiyas": the noun and the name are one place."""
    assert [claim.place.expression for claim in read(text, "control")] == [place]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The rebels cut the road to Homs, capturing Azaz on the way.", "rebels"),
        ("The road was cut by the rebels, capturing Azaz on the way.", "rebels"),
        ("Jets struck in support of army operations to retake Azaz.", "army"),
        ("After capturing Azaz, the rebels advanced on Idlib.", "rebels"),
        ("Azaz was the de facto capital of the rebels.", "rebels"),
        ("Azaz is a major stronghold for Syrian opposition forces.", "Syrian opposition forces"),
        ("The rebels were driven back to their stronghold Azaz.", "rebels"),
    ],
)
def test_who_holds_is_told_around_the_words_that_take(read, text, holder):
    """An infinitive or participle has the subject of the clause around it; a stronghold is whoever's it is."""
    claims = [claim for claim in read(text, "control") if claim.place.expression == "Azaz"]
    assert [claim.holder.expression for claim in claims] == [holder]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The capture of Manbij was announced by Islamic State on Monday.", "Islamic State"),
        ("The capture of Manbij was announced by the monitor on Monday.", None),
    ],
)
def test_a_capture_that_a_force_announces_is_its_own(read, text, holder):
    """A monitor that announces one has taken nothing."""
    (found,) = read(text, "control")
    assert (found.holder and found.holder.expression) == holder
