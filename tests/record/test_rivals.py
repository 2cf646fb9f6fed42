"""Who lost a place that is only said to be taken, and who took one that is only said to fall."""

from datetime import date
from typing import Any

import msgspec
import pytest
from claims_builder import ACTORS, MANBIJ, PALMYRA, control, day, outlet, prior, when

from tadmor.datamodel.claims import Change, Mention, Modality
from tadmor.datamodel.findings import Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.record import conclude

A, B = outlet("Gazette"), outlet("Weekly")
STATE = msgspec.structs.replace(ACTORS["syrian_government"], country="SY")
TOWNS = tuple(
    Place(id=f"gn:{name}", name=name, level=Level.SETTLEMENT, country="SY", parents=("country:SY",))
    for name in ("Harna", "Talia", "Zaruf")
)


def spells(claims: list[GroundedClaim], place: Place = PALMYRA) -> list[Spell]:
    return [spell for spell in conclude(claims, prior=prior).spells if spell.place == place.id]


def holders(claims: list[GroundedClaim], place: Place = PALMYRA) -> list[tuple[str | None, date | None]]:
    return [(one.holder, one.start) for one in spells(claims, place)]


def story(holder: str, loser: str | None = None) -> list[GroundedClaim]:
    """A document that tells of towns which one camp takes from another in March 2016."""
    return [
        control(A, holder, when(f"2016-03-{10 + number}"), loser=loser, place=town, document="story")
        for number, town in enumerate(TOWNS)
    ]


def test_the_loser_of_a_capture_is_the_other_side_of_its_story() -> None:
    """The same document says thrice that the army took towns from the group, and once that it took this one."""
    taken = control(A, "syrian_army", when("2016-03-20"), document="story")
    found = holders([*story("syrian_army", "islamic_state"), taken])
    assert found == [("islamic_state", None), ("syrian_government", day("2016-03-20"))]


def test_a_story_of_several_enemies_leaves_the_loser_open() -> None:
    """Who it was of two is not said."""
    others = [
        control(A, "syrian_army", when("2016-03-11"), loser=loser, place=town, document="story")
        for loser, town in zip(("islamic_state", "sdf", "sdf", "islamic_state"), (*TOWNS, MANBIJ), strict=True)
    ]
    taken = control(A, "syrian_army", when("2016-03-20"), document="story")
    assert holders([*others, taken]) == [("syrian_government", day("2016-03-20"))]


def test_another_document_is_another_story() -> None:
    """Its sides say nothing of this one's."""
    taken = control(A, "syrian_army", when("2016-03-20"), document="elsewhere")
    assert holders([*story("syrian_army", "islamic_state"), taken]) == [("syrian_government", day("2016-03-20"))]


@pytest.mark.parametrize("loser", [None, "islamic_state"], ids=["nobody named", "the loser named"])
def test_a_fall_without_a_gainer_is_the_gain_of_the_side_that_takes_places(loser: str | None) -> None:
    """As in "Palmyra was liberated", told of by a story in which one side takes town after town."""
    before = control(B, "islamic_state", when("2015-05-20"))
    freed = control(A, None, when("2016-03-20"), loser=loser, document="story")
    found = holders([before, *story("syrian_army", "islamic_state"), freed])
    assert found[-1] == ("syrian_government", day("2016-03-20"))


def test_a_place_was_its_countrys_before_the_first_capture_told() -> None:
    """States hold their ground until told otherwise; since when, nobody says."""
    named = control(B, STATE, when("2015-01-01"), place=MANBIJ)
    taken = control(A, "islamic_state", when("2015-05-20"))
    assert holders([named, taken]) == [("syrian_government", None), ("islamic_state", day("2015-05-20"))]


def test_a_state_that_no_claim_names_is_not_brought_in() -> None:
    """The record speaks of whom its claims name."""
    assert holders([control(A, "islamic_state", when("2015-05-20"))]) == [("islamic_state", day("2015-05-20"))]


def test_a_rumour_of_a_change_does_not_undo_what_is_known() -> None:
    """What is hedged, and hardly readable at that, does not take a place from whoever is told to have taken it."""
    told = control(A, "islamic_state", when("2016-03-01"))
    rumour = control(B, "sdf", when("2016-05-01"), score=0.5, modality=Modality.HEDGED)
    assert holders([told, rumour])[-1][0] == "islamic_state"
    assert holders([told, control(B, "sdf", when("2016-05-01"))])[-1][0] == "sdf"


def test_a_spell_begins_with_the_capture_told_not_with_a_word_against_the_other() -> None:
    """That the army did not hold it in May does not tell that the group did, who are told to have taken it in June."""
    told = [
        control(A, "syrian_army", when("2016-01-10")),
        control(B, "syrian_army", when("2016-05-01"), change=Change.LOST),
        control(A, "islamic_state", when("2016-06-10")),
        control(B, "islamic_state", when("2016-06-10")),
    ]
    assert ("islamic_state", day("2016-06-10")) in holders(told)


def _said(claim: GroundedClaim, **fields: Any) -> GroundedClaim:
    return msgspec.structs.replace(claim, claim=msgspec.structs.replace(claim.claim, **fields))


def test_a_gainer_who_is_named_elsewhere_counts_for_less() -> None:
    """Readers err there: the finding is less sure than where the words name him."""
    plain = control(A, "islamic_state", when("2015-05-20"))
    holder = plain.claim.holder  # type: ignore[union-attr]
    assert isinstance(holder, Mention)
    guessed = _said(plain, holder=msgspec.structs.replace(holder, carried=True))
    assert spells([guessed])[0].confidence < spells([plain])[0].confidence


def test_a_former_stronghold_is_held_no_more() -> None:
    """It tells who holds the town no more on its day."""
    held = control(A, "islamic_state", when("2017-05-20"), change=Change.HELD, quote="the stronghold of Palmyra")
    assert holders([held]) == [("islamic_state", None)]
    assert not spells([_said(held, quote="the group's former stronghold of Palmyra")])


def test_ground_without_a_name_is_not_the_town_beside_it() -> None:
    """Of "captured a hill" the town nearby is where it was, not what was taken."""
    taken = control(A, "islamic_state", when("2017-05-20"))
    hill = Mention(expression="hill", start=0, end=4)
    assert spells([taken])
    assert not spells([_said(taken, place=hill, count=Quantity(low=1, best=1, high=1))])
