"""From tags to stretches of words that say something."""

import numpy as np
from made_documents import document_of

from tadmor.datamodel.claims import KINDS
from tadmor.extraction.context import Reading
from tadmor.extraction.learned.labels import BEGIN, INSIDE, OUTSIDE
from tadmor.extraction.learned.network import Read
from tadmor.extraction.learned.spans import inside, stretches
from tadmor.extraction.learned.windows import windows

TEXT = "Rebels shelled Mosul on Monday. Two people were killed there."


def found(tagged, kind="event"):
    """The stretches where words are tagged as a kind: pairs of words and tags."""
    reading = Reading(document_of(TEXT))
    (window,) = windows(reading)
    tags = np.zeros((len(window.pieces), len(KINDS), 3), dtype=np.float32)
    tags[:, :, OUTSIDE] = 0.6
    for word, tag in tagged:
        for at in window.within(TEXT.index(word), TEXT.index(word) + len(word)):
            tags[at, KINDS.index(kind), tag] = 0.9
    read = Read(window, tags[:, 0], tags, {}, {})
    return [TEXT[one.start : one.end] for one in stretches(read, reading)]


def test_neighbouring_pieces_are_one_claim():
    """From its beginning to its last piece."""
    assert found([("Rebels", BEGIN), ("shelled", INSIDE), ("Mosul", INSIDE)]) == ["Rebels shelled Mosul"]


def test_a_small_gap_does_not_end_a_claim():
    """A piece or two that the network is unsure of in the middle."""
    assert found([("Rebels", BEGIN), ("shelled", INSIDE), ("on", INSIDE)]) == ["Rebels shelled Mosul on"]


def test_a_beginning_after_words_opens_a_second_claim():
    """Two claims stand beside each other; a number belongs to the noun after it."""
    tags = [("Rebels", BEGIN), ("shelled", INSIDE), ("people", BEGIN), ("were", INSIDE), ("killed", INSIDE)]
    assert found(tags) == ["Rebels shelled", "Two people were killed"]


def test_remains_that_say_nothing_are_no_claim():
    """A single word, or words without a verb or a word for an act."""
    assert found([("Mosul", BEGIN)]) == []
    assert found([("on", BEGIN), ("Monday", INSIDE)]) == []


def test_how_sure_the_network_is_of_words():
    """On average, and at most."""
    tags = np.zeros((4, len(KINDS), 3), dtype=np.float32)
    tags[:, 0, OUTSIDE] = [1.0, 0.5, 0.25, 1.0]
    assert inside(tags, 0, range(1, 3)) == (0.625, 0.75)
