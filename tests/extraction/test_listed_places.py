"""Control of several places told in one list: a claim for each, to words that reach it."""

import pytest


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Iraqi forces took the towns of Baiji and Sharqat, along with Kirkuk.", ["Baiji", "Sharqat", "Kirkuk"]),
        ("Iraqi forces took several villages on Monday, including Badush and Hammam.", ["Badush", "Hammam"]),
        ("Iraqi forces seized 14 villages in the north, including: Badush, Hammam and Kalak.", 3),
        ("Iraqi forces captured Tikrit in the north, as well as Mosul.", ["Tikrit", "Mosul"]),
        ("Tikrit and Mosul were captured by Iraqi forces.", ["Tikrit", "Mosul"]),
        ("Russian forces captured Popasna, Luhansk Oblast and Izium.", ["Popasna", "Izium"]),
    ],
)
def test_each_place_of_a_list_is_a_claim(read, text, places):
    """A list goes on over "including", "along with" and "as well as", and stands before a passive verb too."""
    claims = [claim for claim in read(text, "control") if not claim.place.expression.startswith("area")]
    named = [claim.place.expression for claim in claims]
    assert named == places if isinstance(places, list) else len(named) == places


def test_the_words_of_a_claim_reach_its_place(read):
    """A reader opens a claim on the third place of a list and finds that place in its words."""
    claims = read("The rebels captured Idlib, Ariha and Saraqib.", "control")
    assert [claim.quote.endswith(claim.place.expression) for claim in claims] == [True, True, True]


def test_a_place_before_a_comma_is_no_list(read):
    """What a sentence is set by is not what its passive verb is about."""
    claims = read("After the fall of Mosul, Tikrit was captured by the militants.", "control")
    assert [claim.place.expression for claim in claims if claim.holder] == ["Tikrit"]


def test_a_share_of_two_places_is_a_share_of_either(read):
    """Of "parts of" two places neither is taken whole; what is named after it by itself is."""
    claims = read("The rebels took parts of Idlib and Hama, and the city of Homs.", "control")
    assert [(claim.place.expression, claim.degree) for claim in claims] == [
        ("parts of Idlib", "partial"),
        ("Hama", "partial"),
        ("city of Homs", "full"),
    ]
