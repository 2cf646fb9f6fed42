"""The normaliser of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.dictionaries.names import fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Deir ez-Zor", "deir zor"),
        ("ar-Raqqah", "raqqah"),
        ("AL-NUSRA", "nusra"),
        ("El Fasher", "fasher"),
        ("Tell er-Rumman", "tell rumman"),
        ("Ra’s al-‘Ayn", "ras ayn"),
        ("Bashar al-Assad", "bashar assad"),
    ],
)
def test_articles_are_dropped(name: str, folded: str) -> None:
    """Arabic articles fall in every transliteration, at the start of any word."""
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Sana'a", "sanaa"), ("Da’esh", "daesh"), ("Türkiye", "turkiye"), ("Łódź", "lodz"), ("Авдеевка", "avdeevka")],
)
def test_apostrophes_and_diacritics_are_dropped(name: str, folded: str) -> None:
    """Accents, apostrophes of any shape and other scripts end in plain letters."""
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "folded"), [("U.S.", "us"), ("U.S.-led", "us led"), ("P.K.K", "pkk"), ("St. Petersburg", "st petersburg")]
)
def test_dots_of_initials_join(name: str, folded: str) -> None:
    """Initials become one word, other dots separate."""
    assert fold(name) == folded


@pytest.mark.parametrize("name", ["An-26", "AT-4", "AS-90", "Al", "el"])
def test_no_article_before_a_number_or_nothing(name: str) -> None:
    """Aircraft and missiles keep their letters, and a name that is only an article stays."""
    assert fold(name) == name.casefold().replace("-", " ")


def test_spellings_of_one_name_meet() -> None:
    """Hyphens, spaces, case and articles do not tell names apart."""
    assert len({fold(name) for name in ("Al-Nusra Front", "al Nusra  front", "an-Nusra-Front", "NUSRA FRONT")}) == 1


@given(st.text())
def test_folded_names_are_plain_words(name: str) -> None:
    """Whatever comes in, lower-case ASCII words with single spaces come out."""
    folded = fold(name)
    assert folded.isascii()
    assert all(letter.isalnum() or letter == " " for letter in folded)
    assert folded == " ".join(folded.split())
    assert folded == folded.lower()
