"""The methods that tadmor is measured against do what their papers say, and the classic sets are read rightly."""

import numpy as np
import pytest
from quality.truth_sets import last_names

from quality import peers


@pytest.mark.parametrize(("freedom", "point"), [(1, 5.0239), (2, 7.3778), (10, 20.483), (100, 129.561)])
def test_chi_square_points_are_those_of_the_tables(freedom: int, point: float):
    """The 97.5 % points as printed."""
    assert peers.chi_square(freedom) == pytest.approx(point, abs=1e-3)


def test_a_weighted_middle_is_the_lower_of_two():
    """Half of the weight is reached by the lower figure."""
    found = peers.weighted_middle(np.array([0, 0, 1, 1, 1]), np.array([4.0, 2.0, 9.0, 7.0, 8.0]), np.ones(5))
    assert found.tolist() == [2.0, 8.0]


def test_catd_trusts_who_is_heard_more():
    """Of two sources without error the one with more claims has the greater weight."""
    asked = np.array([0, 0, 1, 2, 3, 4, 4])
    sources = np.array([0, 1, 0, 0, 0, 0, 2])
    figures = np.array([10.0, 20.0, 5.0, 5.0, 5.0, 7.0, 7.0])
    assert abs(peers.catd(asked, sources, figures)[0] - 10) < abs(peers.catd(asked, sources, figures)[0] - 20)


def test_truthfinder_lets_alike_values_support_each_other():
    """Two near values beat one that as many tell alone."""
    facts, sources = np.array([0, 1, 2]), np.array([0, 1, 2])
    implied = (np.array([0, 1]), np.array([1, 0]), np.array([0.5, 0.5]))
    score = peers.truthfinder(facts, sources, implied, 3)
    assert score[0] > score[2]


def test_dawid_and_skene_learn_who_errs():
    """Three sources that agree outweigh one that says the opposite throughout."""
    asked = np.repeat(np.arange(20), 4)
    right = np.arange(20) % 2
    told = np.stack([right, right, right, 1 - right], axis=1).ravel()
    chance = peers.dawid_skene(asked, np.tile(np.arange(4), 20), told)
    assert (chance.argmax(axis=1) == right).all()


@pytest.mark.parametrize(
    "written",
    [
        "Ostrow, Lena; Mbeki, Carl J.",
        "Lena Ostrow, Carl J. Mbeki",
        "OSTROW/ MBEKI",
        "Ostrow, Lena (Author) Mbeki, Carl (Joint Author)",
        "By (author) Ostrow, Lena By (author) Mbeki, Carl",
        "Lena Ostrow &amp; Carl Mbeki, Ph.D.",
        "Ostrow, Lena, and Mbeki, Carl J",
        "OSTROW, LENA; MBEKI, CARL",
    ],
)
def test_lists_of_authors_are_read_whichever_way_they_are_written(written: str):
    """Last names, whatever the order and the separators."""
    assert last_names(written) == {"ostrow", "mbeki"}


def test_lists_run_together_keep_their_last_names():
    """Without separators each part begins with one's first name and ends with the next one's last."""
    assert last_names("OSTROW, LENA MBEKI, CARL J. DUPONT, ANNE") == {"ostrow", "mbeki", "dupont"}


def test_no_author_is_no_name():
    """What stands for nobody gives an empty list."""
    assert last_names("Not Available") == last_names("None") == last_names("") == frozenset()
