"""Withdrawals as word on who holds a place: from the day on which forces are told to have left it."""

import msgspec
import pytest
from claims_builder import HOMS, MANBIJ, PALMYRA, control, day, exactly, movement, outlet, prior, when

from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.record import conclude
from tadmor.record.leaving import left

A, B = outlet("Gazette"), outlet("Weekly")


def leaving(quote: str, origin: Place | None = PALMYRA, actor: str = "syrian_army", **fields) -> GroundedClaim:
    return movement(A, actor, when("2016-03-20"), origin=origin, quote=quote, place=None, **fields)


@pytest.mark.parametrize(
    "quote",
    [
        "the army withdrew from Palmyra",
        "the army's withdrawal from Palmyra",
        "the army had pulled out of Palmyra",
        "the army abandoned Palmyra",
    ],
)
def test_forces_that_withdraw_from_a_town_have_left_it(quote: str) -> None:
    assert left(leaving(quote)) == PALMYRA


@pytest.mark.parametrize(
    "quote",
    [
        "the army withdrew some of its men from Palmyra",
        "the army began to withdraw from Palmyra",
        "the army withdrew from the outskirts of Palmyra",
        "the army pulled out its units from Palmyra",
        "the army marched from Palmyra to Homs",
    ],
)
def test_a_part_an_edge_or_a_march_leaves_nothing(quote: str) -> None:
    assert left(leaving(quote)) is None


def test_counted_people_civilians_and_provinces_are_left_out() -> None:
    """Ten soldiers, residents, and ground too wide say nothing of who holds a town."""
    words = "they withdrew from Palmyra"
    assert left(leaving(words, count=exactly(10))) is None
    assert left(leaving(words, actor="civilians")) is None
    assert left(leaving(words, origin=HOMS)) is None


def test_a_place_that_only_the_surroundings_name_is_left_out() -> None:
    """As in "they withdrew": from where is guessed."""
    said = leaving("they withdrew")
    origin = msgspec.structs.replace(said.claim.origin, carried=True)
    assert left(msgspec.structs.replace(said, claim=msgspec.structs.replace(said.claim, origin=origin))) is None


def test_a_withdrawal_ends_a_holding() -> None:
    """The army held the town; two voices tell that it withdrew."""
    held = control(B, "syrian_army", when("2016-03-01"))
    gone = [
        movement(one, "syrian_army", when("2016-03-20"), origin=PALMYRA, quote="the army withdrew from it", place=None)
        for one in (A, B)
    ]
    spells = [one for one in conclude([held, *gone], prior=prior).spells if one.place == PALMYRA.id]
    assert spells[-1].holder != "syrian_government"
    assert spells[-1].start == day("2016-03-20")


def test_a_withdrawal_of_others_leaves_the_holder() -> None:
    """A raid that withdraws held nothing."""
    held = control(B, "sdf", when("2016-03-01"), place=MANBIJ)
    gone = leaving("the army withdrew from Manbij", origin=MANBIJ)
    spells = [one for one in conclude([held, gone], prior=prior).spells if one.place == MANBIJ.id]
    assert [one.holder for one in spells] == ["sdf"]
