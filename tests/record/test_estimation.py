"""What is so, learned from sources of unequal worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.record.estimation import labels, numbers, sets


def _answers(seed: int, right: list[float], questions: int = 60):
    """Claims of sources that are right so often, each on every question, of two labels."""
    random = np.random.default_rng(seed)
    true = random.integers(0, 2, questions)
    asked = np.repeat(np.arange(questions), len(right))
    sources = np.tile(np.arange(len(right)), questions)
    told = np.where(random.random(len(asked)) < np.array(right)[sources], true[asked], 1 - true[asked])
    return asked, sources, told, true


def test_one_good_source_outweighs_three_that_guess():
    """Three coins agree now and then; who is right elsewhere is believed."""
    asked, sources, told, true = _answers(1, [0.97, 0.95, 0.5, 0.5, 0.5])
    found = labels(asked, sources, told)
    votes = np.bincount(asked, told) * 2 > 5
    assert np.mean(found.best() % 2 == true) > np.mean(votes == true)
    assert found.profiles[0, 0] > 0.85 > found.profiles[2, 0]


def test_who_is_always_wrong_is_read_the_other_way_round():
    """A source that mixes two labels up tells as much as one that does not."""
    asked, sources, told, true = _answers(2, [0.9, 0.9, 0.9, 0.05])
    found = labels(asked, sources, told)
    assert found.profiles[3, 1] > 0.7
    assert np.mean(found.best() % 2 == true) > 0.95


@given(st.integers(0, 50))
def test_names_of_sources_and_order_of_claims_do_not_matter(seed: int):
    """Shuffled claims and renamed sources give the same probabilities."""
    asked, sources, told, _ = _answers(seed, [0.9, 0.8, 0.7, 0.6], questions=12)
    random = np.random.default_rng(seed)
    order, names = random.permutation(len(asked)), random.permutation(4)
    first = labels(asked, sources, told)
    second = labels(asked[order], names[sources][order], told[order])
    np.testing.assert_allclose(first.probability, second.probability, atol=1e-6)


def test_a_figure_told_by_more_is_likelier():
    """Two against one, nothing else being known."""
    found = numbers(np.array([0, 0, 0]), np.array([0, 1, 2]), np.array([120.0, 120.0, 450.0]))
    assert found.best().tolist() == [120.0]
    assert found.estimate.probability.sum() == pytest.approx(1.0)


def test_a_source_that_is_right_elsewhere_breaks_a_tie():
    """Source 0 is borne out on ten questions, source 1 on none; on the last each stands alone."""
    asked = [*np.repeat(np.arange(10), 4), 10, 10]
    sources = [*np.tile([0, 1, 2, 3], 10), 0, 1]
    told = [figure for n in range(10) for figure in (100 + n, 300 + 7 * n, 100 + n, 100 + n)] + [70, 55]
    found = numbers(np.array(asked), np.array(sources), np.array(told, dtype=float))
    assert found.best()[-1] == 70.0


def test_nobody_vouches_for_himself():
    """Two sources heard once each are worth the same, whatever they say."""
    found = numbers(np.array([0, 0]), np.array([0, 1]), np.array([10.0, 11.0]))
    assert found.estimate.profiles[0] == pytest.approx(found.estimate.profiles[1], abs=0.2)


def test_errors_upwards_are_learned():
    """Where most wrong figures lie above the right one, of two lone figures the lower is likelier."""
    random = np.random.default_rng(3)
    asked, sources, told = [], [], []
    for question in range(40):
        for source in range(3):
            asked.append(question), sources.append(source), told.append(1000.0)
        asked.append(question), sources.append(3 + question), told.append(1000.0 * (2 + random.random()))
    asked += [40, 40]
    sources += [100, 101]
    told += [1000.0, 2500.0]
    assert numbers(np.array(asked), np.array(sources), np.array(told)).best()[-1] == 1000.0


def test_kinds_of_sources_start_apart():
    """A source never heard before is believed as its kind is."""
    asked = np.array([*np.repeat(np.arange(20), 4), 20, 20])
    sources = np.array([*np.tile([0, 1, 2, 3], 20), 4, 5])
    kinds = np.array([0, 0, 0, 1, 1, 0])
    wrong = [float(200 + 13 * n) for n in range(20)]
    told = np.array([figure for n in range(20) for figure in (100.0, 100.0, 100.0, wrong[n])] + [80.0, 100.0])
    assert numbers(asked, sources, told, kinds=kinds).best()[-1] == 100.0


def test_a_part_of_a_list_speaks_for_the_whole():
    """Most sources name the first alone; where some name more, and others their parts, the longer list is true."""
    whole, first = frozenset({"adams", "brown"}), frozenset({"adams"})
    asked, sources, told = [], [], []
    for question in range(12):
        for source, names in enumerate((whole, whole, whole, first, first)):
            asked.append(question), sources.append(source), told.append(names)
    asked += [12] * 5
    sources += [0, 3, 4, 5, 6]
    told += [whole, first, first, first, first]
    found = sets(np.array(asked), np.array(sources), told)
    assert found.best()[-1] == whole
    assert found.estimate.kinds[0, 1] > found.estimate.kinds[0, 2]


def test_a_name_that_nobody_else_knows_is_left_out():
    """One source of five adds a name to every list."""
    true, more = frozenset({"adams"}), frozenset({"adams", "press"})
    asked = np.repeat(np.arange(8), 5)
    sources = np.tile(np.arange(5), 8)
    found = sets(asked, sources, [true, true, true, true, more] * 8)
    assert found.best() == [true] * 8
