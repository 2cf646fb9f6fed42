"""Words cut into wordpieces, with their places in the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.extraction.learned.wordpieces import pieces, vocabulary


def cut(text):
    names = {number: piece for piece, number in vocabulary().items()}
    return [(names[one.id], text[one.start : one.end]) for one in pieces(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army retook", [("the", "The"), ("army", "army"), ("re", "re"), ("##to", "to"), ("##ok", "ok")]),
        ("Idlib's", [("id", "Id"), ("##lib", "lib"), ("'", "'"), ("s", "s")]),
        ("Léré", [("le", "Lé"), ("##re", "ré")]),
        ("4,000", [("4", "4"), (",", ","), ("000", "000")]),
    ],
)
def test_words_are_cut_into_the_longest_pieces_known(text, expected):
    """From the left, in lower case and without accents, each with the characters that it stands for."""
    assert cut(text) == expected


def test_a_word_that_cannot_be_cut_is_unknown_as_a_whole():
    """One piece for all of it."""
    assert cut("ok ☃☃ ok") == [("ok", "ok"), ("[UNK]", "☃"), ("[UNK]", "☃"), ("ok", "ok")]


def test_control_signs_and_lone_accents_are_left_out():
    """They say nothing, and the encoder has never seen them."""
    assert cut("a\u200eb") == [("a", "a"), ("b", "b")]
    assert cut("\x95 \u0301") == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_pieces_stand_in_order_and_overlap_nothing(text):
    """Whatever the text, pieces are stretches of it, one after the other."""
    found = list(pieces(text, 0, len(text)))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start or one.start == other.start for one, other in pairwise(found))
