"""How it is told: plans, guesses, scenarios and denials never pass as facts."""

import pytest


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The army captured Raqqa.", "asserted"),
        ("The army reportedly captured Raqqa.", "hedged"),
        ("The army plans to capture Raqqa.", "planned"),
        ("The army is preparing to retake Raqqa.", "planned"),
        ("The army will capture Raqqa.", "predicted"),
        ("The army is expected to capture Raqqa.", "predicted"),
        ("If the army captures Raqqa, the war changes.", "hypothetical"),
        ("In the event that rebels seize Aleppo, the road is closed.", "hypothetical"),
        ("The rebels would have captured Aleppo without the strikes.", "hypothetical"),
        ("The rebels could seize Aleppo.", "hypothetical"),
        ("The general is unwilling to risk losing Aleppo.", "hypothetical"),
        ("It is unclear who captured Aleppo.", "asked"),
        ("The rebels are poised to seize Aleppo.", "predicted"),
        ("Analysts doubt the rebels captured Aleppo.", "hedged"),
        ("The army managed to capture Raqqa.", "asserted"),
        ("The army may have captured Raqqa.", "hedged"),
        ("The army wants to capture Raqqa.", "planned"),
        ("The militia could enter the plain and seize Aleppo.", "hypothetical"),
        ("The militia entered the plain and seized Aleppo.", "asserted"),
        ("Had the rebels captured Aleppo, the road would be closed.", "hypothetical"),
        ("Were the army to capture Raqqa, the war would end.", "hypothetical"),
        ("An offensive began to retake the town of Raqqa.", "planned"),
        ("Two brigades were sent to help recapture Raqqa.", "planned"),
        ("The rebels launched a counterattack aimed on retaking Raqqa.", "planned"),
        ("The army began to retake Raqqa.", "asserted"),
    ],
)
def test_modality(read, text, modality):
    """The words before the verb in its clause tell how it is meant."""
    assert read(text, "control")[0].modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "The army did not capture Raqqa.",
        "The army failed to capture Raqqa.",
        "A spokesman denied that the army captured Raqqa.",
        "The rebels have not taken control of Raqqa.",
        "The ministry ruled out that rebels had captured Raqqa.",
        "The rebels were prevented from capturing Raqqa.",
        "The rebels stopped short of capturing Raqqa.",
        "The rebels did not enter the plain or seize Aleppo.",
    ],
)
def test_denials(read, text):
    """Negated, failed and denied acts are denied claims."""
    assert read(text, "control")[0].polarity == "denied"


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("At least 15 civilians were killed in a suspected coalition air strike near Raqqa.", "toll", "asserted"),
        (
            "The attack believed to have been carried out by jets killed at least 58 people in Idlib.",
            "toll",
            "asserted",
        ),
        ("Experts called for access to the site of the alleged chemical attack in Douma.", "event", "hedged"),
        ("Residents of Damascus are bracing for a possible air strike.", "event", "hedged"),
        ("It was reported that Krasna Hora was encircled by the army.", "control", "hedged"),
        ("Reports indicate that several soldiers were killed in Idlib.", "toll", "hedged"),
        ("Warplanes tried to repel the assault on Kobani.", "event", "asserted"),
        ("The rebels hoped to repel an assault on Kobani.", "event", "planned"),
        ("The two sides agreed to halt the bombing of Aleppo.", "event", "asserted"),
        ("The rebels have been unable to recapture Aleppo.", "control", "asserted"),
    ],
)
def test_how_far_doubt_and_plans_reach(read, text, kind, modality):
    """Doubt stays with its noun, a hedge with its verb; what is repelled or halted is there."""
    assert read(text, kind)[0].modality == modality


def test_an_attribute_is_a_fact_inside_a_plan(read):
    """In a plan to attack rebel-held Idlib, that rebels hold it is told as fact."""
    claims = read("The army plans to attack rebel-held Idlib.", "control")
    assert [claim.modality for claim in claims] == ["asserted"]


def test_a_denial_ends_where_something_else_is_said(read):
    """A source that denies one thing and says another denies only the first."""
    claims = read("A spokesman denied that rebels seized Aleppo and said that the army had captured Raqqa.", "control")
    assert {claim.place.expression: claim.polarity for claim in claims} == {"Aleppo": "denied", "Raqqa": "affirmed"}


@pytest.mark.parametrize(
    "text",
    [
        "The rebels' claim to have taken Maskanah is a lie, the governor said.",
        "Reports of the capture of Maskanah by the rebels are untrue, the governor said.",
        "The governor said claims that the rebels had captured Maskanah were false.",
        "The rebels are near Maskanah. Rumours of its capture are unfounded, the governor said.",
    ],
)
def test_an_account_called_false_is_denied(read, text):
    """What is told and then called a lie is denied, and no guess or plan."""
    claim = read(text, "control")[0]
    assert "Maskanah" in claim.place.expression
    assert (claim.polarity, claim.modality) == ("denied", "asserted")


def test_what_someone_claims_to_have_done_is_no_plan(read):
    """A perfect infinitive tells of what is done."""
    claim = read("Insurgents boasted on Friday to have captured Maskanah.", "control")[0]
    assert (claim.polarity, claim.modality) == ("affirmed", "asserted")


def test_a_condition_without_if_reaches_over_that_place(read):
    """An auxiliary opens a condition; "that" before a noun there is no conjunction."""
    (claim,) = read("Rebels shelled Marib on Monday. Were that city to fall, the war would be over.", "control")
    assert (claim.place.expression, claim.modality) == ("Marib", "hypothetical")


def test_a_relative_clause_may_go_on_with_a_condition(read):
    """In the present it is part of what is supposed; in the past it tells what was."""
    supposed = read("If they hand Kidal over to the army, who then lose it, that is another matter.", "control")
    assert [claim.modality for claim in supposed] == ["hypothetical", "hypothetical"]
    claims = read("If the army, which lost Kidal in May, attacks Gao, it will need help.", "control")
    assert [claim.modality for claim in claims if "lost Kidal" in claim.quote] == ["asserted"]
