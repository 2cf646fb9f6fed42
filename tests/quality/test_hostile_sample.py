"""A sample of hostile files does no harm; the whole of them is measured by `python -m quality.hostile`."""

import random

import pytest
from quality.fuzzing import ENTRIES
from quality.hostile import _allowed, measure
from quality.hostile_files import mutated, quick


@pytest.mark.slow
def test_a_sample_is_read_to_the_end_and_does_nothing_else(tmp_path):
    """No crash, nothing written outside the case, no address asked; the case verifies."""
    found = measure(tmp_path.resolve(), quick(24, 2))
    assert found.ended
    assert (found.asked, found.outside, found.traces) == ([], [], [])
    assert found.verified
    assert found.holds


def test_what_is_written_elsewhere_is_no_part_of_the_case(tmp_path):
    """The check itself tells the one from the other."""
    case = tmp_path / "case"
    assert _allowed(f"wrote {case}/ledger.db", case)
    assert not _allowed(f"wrote {tmp_path}/ledger.db", case)
    assert not _allowed(f"wrote {case}-beside/x", case)
    assert not _allowed("os.system ('x',)", case)


def test_the_same_seed_gives_the_same_files():
    """So that what was found can be found again."""
    assert list(quick(30, 3)) == list(quick(30, 3))
    assert list(quick(30, 3)) != list(quick(30, 4))


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_entry_raises_for_mutations_of_its_seed(entry):
    """Forty of each; atheris looks further (`python -m quality.fuzzing`)."""
    call, seed = ENTRIES[entry]
    for number in range(40):
        call(mutated(seed, random.Random(f"{entry} {number}")))
