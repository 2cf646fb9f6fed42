"""Who does a thing must not decide what is read of it."""

import pytest
from quality.swapped import READERS_MEASURED, pairs, swapped, told

#: Of a hundred pairs at least so many are read the same.
LEAST = 0.98


@pytest.mark.parametrize("reader", READERS_MEASURED)
def test_names_swapped_nothing_else_changes(reader):
    """On at least two hundred sentences and their twins, of many wars."""
    found = list(pairs(reader))
    same = sum(told(pair.original, reader) == told(pair.swapped, reader) for pair in found)
    assert len(found) >= 200
    assert same / len(found) >= LEAST


def test_sides_are_swapped_and_loaded_words_made_plain():
    """Groups for groups, forces for forces, adjectives for adjectives."""
    assert swapped("Hezbollah said rebels fired at Syrian army posts.") == (
        "Boko Haram said government troops fired at Iraqi army posts."
    )
    assert swapped("Terrorists fled the regime's jets.") == "Fighters fled the government's jets."
