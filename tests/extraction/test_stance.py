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
        ("One scenario is that the army would capture Raqqa first.", "hypothetical"),
        ("The army managed to capture Raqqa.", "asserted"),
        ("The army may have captured Raqqa.", "hedged"),
        ("The army wants to capture Raqqa.", "planned"),
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
    ],
)
def test_denials(read, text):
    """Negated, failed and denied acts are denied claims."""
    assert read(text, "control")[0].polarity == "denied"


def test_an_attribute_is_a_fact_inside_a_plan(read):
    """In a plan to attack rebel-held Idlib, that rebels hold it is told as fact."""
    claims = read("The army plans to attack rebel-held Idlib.", "control")
    assert [claim.modality for claim in claims] == ["asserted"]
