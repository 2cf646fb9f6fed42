"""Names are found however they are written, and masked letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.withholding import MASK, Withheld


@pytest.mark.parametrize(
    "words",
    [
        "Nadim al-Khoury said",
        "NADIM AL-KHOURY said",
        "it was Nadím  al Khoury’s house",
        "nadim_khoury",
        "Nadim al-Khou-\nry said",
        "Nadim\nal-Khoury",
        "https://example.org/nadim-al-khoury",
    ],
)
def test_a_name_is_found_in_all_its_forms(words):
    """Case, accents, the article, ids, addresses and broken lines."""
    assert Withheld(["Nadim al-Khoury"]).within(words)


@pytest.mark.parametrize("words", ["Nadim alone", "Anadim al-Khoury", "Nadim al-Khouryan", "Nadim said that al-Khoury"])
def test_another_word_is_no_name(words):
    """Half a name, and a word that only holds it, stay."""
    assert not Withheld(["Nadim al-Khoury"]).within(words)


def test_an_arabic_name_is_found_behind_a_particle():
    """Particles are written on to a word."""
    assert Withheld(["نديم الخوري"]).within("وقال لنديم الخوري")


def test_a_mask_moves_no_letter():
    """As many letters as before, white space where it was."""
    text = "Then Nadim al-Khoury, 41, said"
    told = Withheld(["Nadim al-Khoury"]).masked(text)
    assert told == f"Then {MASK * 5} {MASK * 9}, 41, said"


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_is_left_of_a_name_wherever_it_stands(before, behind):
    """After masking no name is found, and the length is the same."""
    names = Withheld(["Nadim al-Khoury", "Khoury"])
    text = f"{before} Nadim al-Khoury {behind}"
    told = names.masked(text)
    assert len(told) == len(text)
    assert not names.within(told)


@pytest.mark.parametrize("names", [[], [""], ["--"], ["Al"]])
def test_too_little_is_no_name(names):
    """It would stand in half of all words."""
    with pytest.raises(ValueError, match="3 letters"):
        Withheld(names)
