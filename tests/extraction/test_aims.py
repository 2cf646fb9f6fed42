"""What is aimed at, barred, or only thought of is told as no fact."""

import pytest

from tadmor.datamodel.claims import ControlClaim, Modality, Polarity


def _gains(claims):
    return [claim for claim in claims if isinstance(claim, ControlClaim) and claim.change == "gained"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rebels began an assault with the goal of capturing the town of Harim.", Modality.PLANNED),
        ("The general received the task by 4 May of either fully capturing Harim or shelling it.", Modality.PLANNED),
        ("In spring the army focused on taking control of Harim and Salqin.", Modality.PLANNED),
        ("The aim of the assault was to secure the town of Harim.", Modality.PLANNED),
        ("It was a sweep aimed at weakening the rebels and retaking Harim.", Modality.PLANNED),
        ("The rebels attempted to cut off the road to Harim.", Modality.PLANNED),
        ("The fall of Harim to the rebels would open the road to the coast.", Modality.HYPOTHETICAL),
        ("By taking Harim, the rebels could also reach the road.", Modality.HYPOTHETICAL),
        ("The capture of Harim by the army will free many.", Modality.PREDICTED),
        ("The capture of Harim by the army would later prove costly.", Modality.ASSERTED),
        ("In May the rebels captured Harim.", Modality.ASSERTED),
        ("Aimed at the road, the attack succeeded in capturing Harim.", Modality.ASSERTED),
    ],
)
def test_an_aim_or_a_prospect_is_no_fact(read, text, modality):
    assert {claim.modality for claim in _gains(read(text))} == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "The attack was halted just short of capturing Harim.",
        "The garrison held out, preventing the rebels from retaking Harim.",
    ],
)
def test_what_was_prevented_is_denied(read, text):
    assert {claim.polarity for claim in _gains(read(text))} == {Polarity.DENIED}
