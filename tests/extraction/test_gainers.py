"""Who took a place: named in its own words, told before them, or nobody; never by the wrong words near them."""

import pytest

from tadmor.datamodel.claims import ControlClaim


def _holder(read, text):
    claim = [one for one in read(text) if isinstance(one, ControlClaim) and one.change != "held"][-1]
    return claim.holder.expression if claim.holder else None


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The capture of Homs ensured the closure of rebel supply lines.", None),
        ("Since the capture of Homs, rebel helicopter traffic has grown.", None),
        ("The capture of Homs enabled rebel forces to reach the road.", "rebel forces"),
        ("After the capture of Homs, the rebels turned to the base.", "rebels"),
        ("The rebels failed; in May, the army began a drive that ended in the recapture of Homs.", "army"),
        ("The SDF, along with reversing ISIL's gains and making progress in Hajin, took the town of Homs.", "SDF"),
        ("The rebels massed near Raqqa. Its defenders fled. Their forces seized Homs.", "rebels"),
        ("The army took most of the Mazrat district, thus largely securing southern Homs.", "army"),
    ],
)
def test_who_gained(read, text, holder):
    assert _holder(read, text) == holder


def test_nobody_takes_a_place_from_himself(read):
    claim = next(one for one in read("The attack worried Russia. It pushed Russia from Homs.") if one.place)
    assert (claim.holder, claim.loser.expression, str(claim.change)) == (None, "Russia", "lost")


def test_a_loser_is_named_without_its_control(read):
    claim = next(
        one for one in read("Troops took Homs from the control of the rebels.") if isinstance(one, ControlClaim)
    )
    assert claim.loser.expression == "rebels"


@pytest.mark.parametrize(
    "text",
    [
        "The shelling hit an area south of Homs, which the army captured on Monday.",
        "They entered the town of Homs which the army had retaken in March.",
    ],
)
def test_what_a_clause_with_which_is_about_is_what_is_taken(read, text):
    claim = next(one for one in read(text) if isinstance(one, ControlClaim))
    assert (claim.holder.expression, str(claim.change)) == ("army", "gained")
    assert "Homs" in claim.place.expression


def test_a_people_that_flees_took_no_town(read):
    text = "Yazidis were massacred. After the capture of Homs on 7 August, they fled their homes."
    assert _holder(read, text) is None


def test_a_flag_that_workers_raise_is_that_of_those_who_hold_the_place(read):
    assert _holder(read, "Workers at the plant raised the Ukrainian flag over Homs.") == "Ukrainian"
    assert _holder(read, "Rebels raised the flag of the opposition over Homs.") == "Rebels"
