"""A seeded sample of what `python -m quality.mutations` measures in full."""

import random

from quality.mutated_bundles import KINDS as BUNDLE_KINDS
from quality.mutated_bundles import changed
from quality.mutations import alarms_of, changed_case, false_alarms, made_case, some_bundles, verifier


def test_single_changes_of_a_case_are_found(tmp_path):
    """Originals, rows and history, changed behind tadmor's back."""
    case = made_case(tmp_path / "case", 0)
    results = [changed_case(random.Random(f"test/{number}"), case, tmp_path) for number in range(24)]
    assert [one for one in results if not one.found] == []


def test_single_changes_of_a_bundle_are_found(tmp_path):
    """Bytes, members and what the zip says of them: two of every kind."""
    [_, bundle] = some_bundles(made_case(tmp_path / "case", 0), tmp_path, 2, 0)
    whole = bundle.read_bytes()
    assert [one for one in verifier().found_in(bundle).unchecked if "each time stamp" in one]
    for kind in BUNDLE_KINDS:
        for number in range(2):
            what, data = changed(kind, random.Random(f"{kind}/{number}"), whole)
            bundle.write_bytes(data)
            assert alarms_of(bundle), what


def test_untouched_bundles_raise_no_alarm(tmp_path):
    """Of the case, of a place, of findings."""
    assert list(false_alarms(tmp_path, 4, 0)) == []
