"""The invented case that speed is measured on is what it says it is."""

import numpy as np
from bench.invented import ACTORS, case

from bench import record, record_child
from tadmor.record.fusion import fuse


def test_a_case_has_the_claims_asked_for() -> None:
    """But for second words of a source on one place and day; the same seed makes the same case."""
    made, again = (case(2_000, places=50, days=300, sources=10) for _ in range(2))
    assert 1_900 <= sum(voice.days_said() for voice in made.voices) <= 2_000
    assert all((one.word == other.word).all() for one, other in zip(made.voices, again.voices, strict=True))


def test_the_engine_finds_who_held_in_it() -> None:
    """What is timed also works, though sources tell of a turn up to 30 days late."""
    made = case(6_000, places=60, days=600, sources=12)
    fused = fuse(made.voices, ACTORS, made.points, days=600)
    day = np.arange(600)[:, None, None]
    turn = (made.turns[None] <= day).sum(2) - 1
    held = np.take_along_axis(made.held.T, turn, 0)
    assert (fused.smoothed.argmax(2) == held).mean() > 0.85


def test_the_two_ways_of_dawid_and_skene_that_are_timed_agree() -> None:
    """They are given the same answers and find the same labels."""
    task, source, answer = record_child._answers()
    quick = record_child._dawid_skene("tadmor")
    assert quick is not None
    loops = record_child._loops(task, source, answer)
    assert (quick().argmax(0) == loops.argmax(1)).mean() > 0.999


def test_a_figure_is_the_median_of_the_runs(monkeypatch) -> None:
    """Of each part that a run tells."""
    told = iter([3.0, 1.0, 2.0])
    monkeypatch.setattr(record, "_child", lambda *_: dict.fromkeys(("seconds", "processor", "megabytes"), next(told)))
    assert [figure.value for figure in record._timed("name", 3, "case", 1)] == [2.0, 2.0, 2.0]
