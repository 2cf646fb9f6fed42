"""The simpler ways of fusing, on answers whose outcome is known, and the scores."""

import numpy as np
import pytest
from quality.scoring import reliability, scores

from quality import rivals


def answered(truth: np.ndarray, rights: list[float], seed: int = 0) -> np.ndarray:
    """Answers of sources that are right so often, over two classes."""
    draw = np.random.default_rng(seed)
    return np.stack([np.where(draw.random(len(truth)) < share, truth, 1 - truth) for share in rights], 1)


TRUTH = np.random.default_rng(7).integers(0, 2, 2000)


def test_votes_are_shared_out() -> None:
    """An answer that is no class counts for all; no answer for none."""
    found = rivals.vote(np.array([[0, 0, 1], [0, -1, -1], [2, -1, 1], [-1, -1, -1]]), 2)
    assert found.tolist() == [[2 / 3, 1 / 3], [1, 0], [0.25, 0.75], [0.5, 0.5]]


def test_dawid_and_skene_find_the_good_source() -> None:
    """Three poor sources outvote a good one, but do not fool it."""
    answers = answered(TRUTH, [0.95, 0.65, 0.65, 0.65, 0.65])
    voted = (rivals.vote(answers, 2).argmax(1) == TRUTH).mean()
    found = (rivals.dawid_skene(answers, 2).argmax(1) == TRUTH).mean()
    assert found > 0.92 > voted + 0.05


def test_dawid_and_skene_do_not_mind_missing_answers() -> None:
    """Half of them, at random."""
    answers = answered(TRUTH, [0.9] * 6)
    answers[np.random.default_rng(1).random(answers.shape) < 0.5] = -1
    assert (rivals.dawid_skene(answers, 2).argmax(1) == TRUTH).mean() > 0.93


def test_a_plain_chain_smooths_single_slips() -> None:
    """A class that lasts for weeks shows through answers that are often wrong; the smoother knows more than the filter."""
    truth = np.repeat(np.random.default_rng(2).integers(0, 2, (6, 50)), 20, axis=0)
    answers = answered(truth.ravel(), [0.8, 0.75, 0.7], 5).reshape(*truth.shape, 3)
    smoothed, filtered = rivals.hidden_markov(answers, 2)
    smooth, live = ((one.argmax(2) == truth).mean() for one in (smoothed, filtered))
    assert smooth > live > 0.85


def test_one_source_is_taken_at_its_word() -> None:
    """Where it has none, all classes are alike."""
    assert rivals.single(np.array([1, -1, 2]), 2).tolist() == [[0, 1], [0.5, 0.5], [0.5, 0.5]]


def test_scores_of_chances() -> None:
    """A tie is half right; the Brier score is that of one of two classes; certainty that is wrong costs at most 13.8."""
    found = scores(np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([0, 0]))
    assert found["accuracy"] == 0.75
    assert found["brier"] == pytest.approx((0.25 + 0.01) / 2)
    assert found["ece"] == pytest.approx((0.0 + 0.1) / 2)
    assert scores(np.array([[1.0, 0.0]]), np.array([1]))["log_loss"] == pytest.approx(13.8155, abs=1e-3)


def test_reliability_counts_every_case_once() -> None:
    """Ten bins; the last holds certainty."""
    told = np.array([0.05, 0.55, 0.58, 1.0])
    rows = reliability(told, np.array([0.0, 1.0, 0.0, 1.0]))
    assert [row["count"] for row in rows] == [1, 2, 1]
    assert rows[1]["right"] == 0.5
