"""How surely a claim was read, by its score and by where its place is from."""

import msgspec
import pytest
from claims_builder import control, outlet, when

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.sureness import calls_a_place, sureness

TOLD = control(outlet("Gazette"), "sdf", when("2016-08-12"))


def read(quote: str, *, carried: bool = False, score: float = 0.7, reader: str = "learned/1") -> GroundedClaim:
    place = Mention(expression="Harna", start=0, end=5, carried=carried)
    said = msgspec.structs.replace(TOLD.claim, quote=quote, place=place, score=score, reader=reader)
    return msgspec.structs.replace(TOLD, claim=said)


def test_a_place_of_the_claims_own_is_surer_than_one_it_calls_and_that_than_one_of_the_surroundings():
    own, called = read("they took Harna"), read("they took the old town", carried=True)
    bare = read("they took two villages", carried=True)
    assert sureness(own) > sureness(called) > sureness(bare)


def test_the_score_counts():
    assert sureness(read("they took Harna", score=0.9)) > sureness(read("they took Harna", score=0.4))


def test_readers_that_nothing_was_fitted_for_are_taken_at_their_word():
    """Rows of tables and claims by hand are as sure as they say, wherever their place is from."""
    for reader in ("rules", "table/acled", "hand"):
        assert sureness(read("they took it", carried=True, score=0.9, reader=reader)) == 0.9


@pytest.mark.parametrize(
    ("quote", "called"),
    [
        ("they entered the city", True),
        ("that small village fell", True),
        ("it was retaken", True),
        ("seven villages were taken", False),
        ("the rebels took their positions", False),
    ],
)
def test_words_that_call_a_place(quote, called):
    assert calls_a_place(quote) is called
