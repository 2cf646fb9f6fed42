"""A capture that is killed, as `python -m quality.faults` does it to every work."""

import pytest

from quality import faults


@pytest.mark.slow
@pytest.mark.usefixtures("web")  # this machine may be asked
def test_pages_told_as_captured_are_kept_when_fetching_is_killed(tmp_path):
    """Two kills; afterwards the same call ends well."""
    base = faults.made(tmp_path / "base")
    assert faults.kills(base, 2, seed=2, usual={"fetch": 1.0}) == []
