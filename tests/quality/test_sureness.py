"""The fit of how surely claims are read, and how claims are paired with marks."""

import msgspec
import numpy as np
import pytest
from claims_builder import control, outlet, when
from quality.sureness import Judged, _paired, fitted

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.grounded import GroundedClaim

TOLD = control(outlet("Gazette"), "sdf", when("2016-08-12"))


def read(*, carried: bool) -> GroundedClaim:
    place = Mention(expression="Harna", start=0, end=5, carried=carried)
    said = msgspec.structs.replace(TOLD.claim, quote="they took Harna", place=place, score=0.5)
    return msgspec.structs.replace(TOLD, claim=said)


def test_the_fit_gives_the_shares_that_are_right():
    """Of claims with their own place three in four are right, of those with a carried one a quarter."""
    claims = [
        Judged(read(carried=carried), number < right)
        for carried, right in ((False, 300), (True, 100))
        for number in range(400)
    ]
    even, _, carried, _ = fitted(claims)
    assert 1 / (1 + np.exp(-even)) == pytest.approx(0.75, abs=0.01)
    assert 1 / (1 + np.exp(-even - carried)) == pytest.approx(0.25, abs=0.01)


def test_a_mark_is_taken_by_one_claim():
    """Of two claims on the words of one mark the right one takes it; the other has none."""
    scorer = {"right": lambda mark, row: row["good"], "agreement": lambda mark, row: {"place": row["good"]}}
    rows = [{"kind": "toll", "start": 0, "end": 9, "good": good} for good in (False, True)]
    assert _paired(scorer, [{"kind": "toll"}], [(0, 9)], rows) == {1: True}
