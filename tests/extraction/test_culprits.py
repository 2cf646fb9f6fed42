"""Who did it: the `by` of tolls."""

import pytest


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Rebels shelled the market of Goma on Tuesday, killing three people and wounding ten.", "Rebels"),
        ("A Russian air strike hit a building in Sumy, killing eight people.", "Russian"),
        ("Twelve people were killed in Saudi air strikes on Taiz.", "Saudi"),
        ("Twelve people were killed in shelling by rebels on Goma.", "rebels"),
        ("A woman was killed and two were wounded when rebels shelled Goma.", "rebels"),
        ("A rebel attack on Goma left 20 people dead.", "rebel"),
        ("Rebels attacked Goma, claiming the lives of 12 people.", "Rebels"),
        ("Rebels positioned in the hills fired rockets at Goma, killing two people.", "Rebels positioned"),
    ],
)
def test_the_doer_of_the_act(read, text, who):
    """The subject of the act, in the toll's own clause or the one beside it, or whoever the act is named after."""
    claims = read(text, "toll")
    assert claims
    assert all(claim.by is not None and claim.by.expression in who for claim in claims)


@pytest.mark.parametrize(
    "text",
    [
        "The United Nations says the war has killed 2,000 people in Taiz.",
        "Five police officers were killed in a Goma blast.",
        "Residents of Goma said a missile had killed two people.",
        "Planes hit people at a market in Goma, killing 20.",
    ],
)
def test_nobody_is_blamed_whom_the_text_does_not_blame(read, text):
    """Neither who says so, nor the town, nor the weapon, nor those hit did it."""
    assert [claim.by for claim in read(text, "toll")] == [None]
