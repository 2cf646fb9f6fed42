"""A sample of the faults that `python -m quality.faults` goes through in full."""

import random

import pytest

from quality import fault_works, faults


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The case that every work begins with."""
    return fault_works.made(tmp_path_factory.mktemp("faults") / "base")


@pytest.mark.slow
def test_nothing_finished_is_lost_when_a_work_is_killed(base):
    """What writes into a case, and what writes out of it, killed at a random moment and carried out again."""
    usual = {"read": 1.0, "import": 0.3, "seal": 1.0, "publish": 0.6}
    assert faults.kills(base, len(usual), seed=11, usual=usual) == []


@pytest.mark.slow
def test_a_full_disk_and_several_writers_lose_nothing(base):
    """Writing fails in one line where there is no room; three processes write and read in turn; the clock goes back."""
    assert faults.no_growth(base, random.Random(11), 1) == []
    assert not faults.full_disks(["withhold", "bundle", "seal"], 3, 3)
    assert faults.clock_set_back(base) == []
    assert faults.two_writers(base) == []


def test_a_loss_would_be_told(base):
    """What a work tells of and the case does not hold is a fault."""
    case, signed = base
    assert fault_works.wrong(case, ("review never made", "file none.txt", "bundled", "published"), signed) == [
        "lost: review never made",
        "lost: file none.txt",
        "bundle: is not there",
        "site: is not there",
    ]
