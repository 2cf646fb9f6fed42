"""What a sentence tells in one voice and its opposite in another."""

import pytest


def voices(claim):
    return [voice.name for voice in claim.attribution]


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("Activists said rebels shelled Idlib on Monday, an account that Ankara denies.", "Ankara"),
        (
            "Activists said rebels shelled Idlib on Monday, a claim rejected by the defence ministry.",
            "defence ministry",
        ),
        ("Activists said rebels shelled Idlib on Monday, which Ankara denied.", "Ankara"),
    ],
)
def test_who_denies_an_account_tells_the_opposite(read, text, denier):
    """The account stays the first speaker's; the denier gets a claim of its own, in words of its own."""
    told, denied = read(text, "event")
    assert (voices(told), told.polarity) == (["Activists"], "affirmed")
    assert (voices(denied), denied.polarity) == ([denier], "denied")
    assert denied.quote.startswith(told.quote)


def test_an_account_is_not_told_by_who_denies_it(read):
    """Without a speaker of its own the account is the publisher's."""
    told, denied = read("Rebels shelled Idlib on Monday, a claim that Ankara rejects.", "event")
    assert (told.attribution, told.polarity) == ((), "affirmed")
    assert (voices(denied), denied.polarity) == (["Ankara"], "denied")


def test_contrary_to_a_report(read):
    """Whoever reported it told the opposite of what the sentence says."""
    claims = read("Contrary to a report by Reuters, Manbij was not retaken by the rebels: it is calm.", "control")
    assert {(tuple(voices(claim)), claim.polarity) for claim in claims} == {(("Reuters",), "affirmed"), ((), "denied")}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Idlib, a town that denies them passage.",
        "Contrary to what was feared, rebels did not shell Idlib.",
    ],
)
def test_no_other_voice(read, text):
    """A place that refuses something and a fear deny no account."""
    assert len(read(text, "event")) == 1
