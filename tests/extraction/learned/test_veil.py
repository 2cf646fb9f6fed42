"""What the network is shown instead of names: who acts must not decide what is read."""

import pytest
from made_documents import document_of

from tadmor.extraction.context import Reading
from tadmor.extraction.learned.veil import veils
from tadmor.extraction.learned.windows import windows
from tadmor.extraction.learned.wordpieces import vocabulary


def shown(text):
    """The words of a text as the network sees them."""
    words = {number: word for word, number in vocabulary().items()}
    return [[words[piece.id] for piece in one.pieces[1:-1]] for one in windows(Reading(document_of(text)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Regime forces shelled the village.", "Hezbollah shelled the village."),
        ("Terrorists killed two people.", "Paratroopers killed two people."),
        ("The Syrian army took the town of Mosul.", "The Islamic State took the town of Aleppo."),
        ("Russian warplanes bombed a market.", "Ukrainian warplanes bombed a market."),
        ("A rebel was killed.", "A soldier was killed."),
    ],
)
def test_sentences_that_differ_in_who_look_alike(one, other):
    """Sides swapped, loaded words made plain, another war: the network sees one sentence."""
    assert shown(one) == shown(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syrian warplanes bombed a market.", "Syrian troops bombed a market."),
        ("Rebels killed two civilians.", "Rebels killed two soldiers."),
        ("The army took the town.", "The army lost the town."),
        ("Fighting went on in Iraq.", "Fighting went on in Mosul."),
    ],
)
def test_what_is_done_and_by_which_means_is_seen(one, other):
    """Aircraft are no troops, civilians no fighters, a country no town."""
    assert shown(one) != shown(other)


def test_a_veil_covers_whole_names():
    """A name of several words is one piece, with its place in the text; a word for a force beside it goes with it."""
    text = "Islamic State militants left Deir ez-Zor."
    found = veils(Reading(document_of(text)), 0)
    assert [(text[one.start : one.end], one.word) for one in found] == [
        ("Islamic State militants", "fighters"),
        ("Deir ez-Zor", "town"),
    ]


def test_names_that_no_table_knows_are_shown():
    """They may be anything."""
    assert shown("The army shelled Qarbistan.")[0][4:6] == ["q", "##ar"]
