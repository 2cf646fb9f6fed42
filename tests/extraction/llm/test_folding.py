"""Words are found where they stand, however they are copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.spans import Span
from tadmor.extraction.llm.folding import Folded


@pytest.mark.parametrize(
    ("text", "words", "stretch"),
    [
        ("The army\n  took\tthe town.", "army took the town", "army\n  took\tthe town"),
        ("They “fled”, he said — twice.", 'They "fled", he said - twice', "They “fled”, he said — twice"),
        ("the city’s north", "the city's north", "the city’s north"),
        ("Cafe\u0301 Zaki was hit.", "Caf\u00e9 Zaki", "Cafe\u0301 Zaki"),
        ("Caf\u00e9 Zaki was hit.", "Cafe\u0301 Zaki", "Caf\u00e9 Zaki"),
        ("the o\ufb03ce of 20\u00a0000 men", "office of 20 000", "o\ufb03ce of 20\u00a0000"),
        ("and then\u2026 it fell", "then... it", "then\u2026 it"),
        ("a sol\u00addier and a me\u200bdic", "soldier and a medic", "sol\u00addier and a me\u200bdic"),
        ("قُتل 20 شخصاً", "20 شخصاً", "20 شخصاً"),
    ],
)
def test_copied_words_lead_back_to_the_exact_stretch(text, words, stretch):
    """White space, marks, accents, ligatures and hidden characters may differ; the stretch is the text's own."""
    assert [span.of(text) for span in Folded(text).find(words)] == [stretch]


@pytest.mark.parametrize("words", ["", "  ", "...", "\u200b", "asc", "Damascu", "damascus", "Damascus fell"])
def test_other_words_stand_nowhere(words):
    """Nothing, a part of a word, another case, and words that are not there are not found."""
    assert not list(Folded("Damascus was shelled... twice").find(words))


def test_case_is_left_aside_where_asked():
    """A name in capitals is the name, also where a letter in small is two."""
    text = "PALMYRA and Große Straße"
    assert [span.of(text) for span in Folded(text, loose=True).find("Palmyra")] == ["PALMYRA"]
    assert [span.of(text) for span in Folded(text, loose=True).find("GROSSE STRASSE")] == ["Große Straße"]


def test_a_search_stays_in_its_stretch():
    """Of words that stand twice, only those within the stretch are found."""
    text = "Osk fell. Later  Osk fell."
    assert list(Folded(text).find("Osk fell", Span(10, len(text)))) == [Span(17, 25)]
    assert not list(Folded(text).find("Later Osk", Span(12, len(text))))


@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_every_word_of_a_text_is_found_in_it(words, data):
    """For any text, what is copied from it between spaces is found, at its own place among others."""
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    start = len(" ".join(words[:first])) + (first > 0)
    copied = " ".join(words[first:last])
    found = list(Folded(text).find(copied))
    if any(letter.isascii() and letter.isalnum() for letter in copied):
        assert any(span.start <= start + len(copied) and start <= span.end for span in found)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
