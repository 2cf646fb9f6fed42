"""A sample of the faults that `python -m quality.faults` goes through in full."""

import random

import pytest

from quality import faults


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The case that every work begins with."""
    return faults.made(tmp_path_factory.mktemp("faults") / "base")


@pytest.mark.slow
def test_nothing_finished_is_lost_when_a_work_is_killed(base):
    """Each kind of work, killed at a random moment, and carried out again."""
    assert faults.kills(base, len(faults.WORKS), seed=11, usual=dict.fromkeys(faults.WORKS, 1.0)) == []


@pytest.mark.slow
def test_a_full_disk_and_several_writers_lose_nothing(base):
    """Writing fails in one line where no file may grow; three processes write and read in turn; the clock goes back."""
    assert faults.full_disk(base, random.Random(11), 1) == []
    assert faults.clock_set_back(base) == []
    assert faults.two_writers(base) == []


def test_a_loss_would_be_told(base):
    """What a work tells of and the case does not hold is a fault."""
    case, signed = base
    assert faults.wrong(case, ("review never made", "file none.txt"), signed) == [
        "lost: review never made",
        "lost: file none.txt",
    ]
