"""Lists of other texts are no part of a report."""

import pytest

from tadmor.documents.elsewhere import elsewhere

_PROSE = "The army said on Monday that its units had taken the hill above the town."


@pytest.mark.parametrize(
    "title", ["See also", "## See also", "Related stories", "More from the region", "Read more:", "Most read"]
)
def test_titles_of_other_stories_are_left_out_until_the_report_goes_on(title):
    told = [_PROSE, title, "Siege of Homs", "Rebels capture Ariha", _PROSE, "Siege of Homs"]
    assert list(elsewhere(told)) == [False, True, True, True, False, False]


def test_references_are_left_out_though_they_end_as_sentences_do():
    told = [
        "References",
        "[1] Two villages change hands in the north of the province, The Paper, 3 May. Retrieved 4 May 2016.",
        "A. Writer, The Long Siege of a Northern Town, Some Press, 2016, pp. 12 to 40, with maps and a list.",
        _PROSE,
    ]
    assert list(elsewhere(told)) == [True, True, True, False]


@pytest.mark.parametrize("words", ["Sources said the town had fallen.", "See also the map above.", "Related: a siege"])
def test_words_that_only_begin_so_are_no_such_title(words):
    assert list(elsewhere([words, "Siege of Homs"])) == [False, False]
