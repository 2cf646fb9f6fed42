"""Who took or held a place, and when, in the words of chronicles, communiques and wires."""

import pytest

from tadmor.datamodel.claims import Change, Degree, Polarity


def told(claim):
    """Holder, place, change and time of a claim, as said."""
    time = claim.time.expression if claim.time is not None else None
    return (claim.holder and claim.holder.expression, claim.place.expression, claim.change.value, time)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Rebels still control Bambari.", [("Rebels", "Bambari", "held", None)]),
        ("Government troops now hold Bambari.", [("Government troops", "Bambari", "held", "now")]),
        ("The insurgents hold Bria, which is in the east.", [("insurgents", "Bria", "held", None)]),
        ("Bambari fell on Monday.", [(None, "Bambari", "gained", "Monday")]),
        ("Bambari fell without a fight.", [(None, "Bambari", "gained", None)]),
        ("Bambari, too, is in army hands.", [("army", "Bambari", "held", None)]),
        (
            "Bambari and Bria are under rebel control.",
            [("rebel", "Bambari", "held", None), ("rebel", "Bria", "held", None)],
        ),
        (
            "Bambari was captured by the rebels in July and lost again four days later.",
            [("rebels", "Bambari", "gained", "July"), (None, "Bambari", "lost", "four days later")],
        ),
        (
            "Bambari was lost to the rebels on 4 January, and retaken on 14 March.",
            [("rebels", "Bambari", "gained", "4 January"), (None, "Bambari", "gained", "14 March")],
        ),
    ],
)
def test_each_is_told_with_its_own_holder_and_time(read, text, claims):
    """A verb that is a noun too, a fall with nothing but its day, two changes in one sentence."""
    assert [told(claim) for claim in read(text, "control")] == claims


def test_it_is_the_last_place_of_its_own_sentence(read):
    """What is left and retaken is one town, however often another was told of before; each has its month."""
    text = "Bria was shelled. Bria burned. The army withdrew from Bambari in January and recaptured it in March."
    (claim,) = read(text, "control")
    assert told(claim) == ("army", "Bambari", "gained", "March")


@pytest.mark.parametrize("ended", ["was lifted", "has been broken", "ended"])
def test_a_siege_that_is_over_is_no_siege(read, ended):
    """What is said of the siege itself ends it; one that was not lifted goes on."""
    (claim,) = read(f"The siege of Bambari {ended}.", "control")
    assert (claim.change, claim.degree) == (Change.LOST, Degree.BESIEGED)
    (still,) = read("The siege of Bambari has not been lifted.", "control")
    assert still.change is Change.HELD


@pytest.mark.parametrize(
    "text",
    [
        "The fall of Bambari was denied by the army.",
        "The rebels had taken Bambari, it was reported, but the report was false.",
        "The rebels said that they had taken Bambari, but this proved untrue.",
    ],
)
def test_what_the_sentence_takes_back_is_denied(read, text):
    """A denial may stand after what it denies."""
    assert [claim.polarity for claim in read(text, "control")] == [Polarity.DENIED]


@pytest.mark.parametrize(
    "text",
    [
        "The army's losses in Bambari fell on Monday.",
        "Of the soldiers in Bambari 40 more had been captured.",
        "The garrison of Bambari held out for nine months.",
    ],
)
def test_neither_men_nor_losses_are_ground(read, text):
    """Nobody takes or holds Bambari here."""
    assert read(text, "control") == []


def test_a_flag_that_is_taken_down_is_a_place_lost(read):
    """Whose flag it was has lost the place; whoever took it down is not said."""
    (claim,) = read("Residents pulled down the flag of Boko Haram in Bama.", "control")
    assert (claim.change, claim.holder, claim.loser.expression) == (Change.LOST, None, "Boko Haram")


def test_whom_a_report_comes_from_has_lost_nothing(read):
    """What stands after "according to" belongs to whoever reports."""
    (claim,) = read("Tobruk was reoccupied by the army, according to a note from the government.", "control")
    assert claim.loser is None


@pytest.mark.parametrize(
    ("before", "holder"),
    [
        ("Islamic State sent several hundred men to Palmyra.", "Islamic State"),
        ("Hezbollah is at home here. The Lebanese government is not, and few miss it.", "Hezbollah"),
    ],
)
def test_the_group_is_no_government_and_no_garrison(read, before, holder):
    """An organisation told of before is meant, not the last side told, nor whoever the sentence goes on to name."""
    text = f"{before} The group still holds Bambari, where a garrison of the army has been fed from the air."
    assert [claim.holder.expression for claim in read(text, "control")] == [holder]
