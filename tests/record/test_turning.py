"""Changes that are told of carry the state of a place over, as surely as they are told and read."""

import msgspec
from claims_builder import PALMYRA, control, day, outlet, prior, when

from tadmor.datamodel.claims import Change
from tadmor.datamodel.findings import Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.times import Extent
from tadmor.record import conclude

FIRST, SECOND, THIRD, FOURTH = (outlet(name) for name in ("First", "Second", "Third", "Fourth"))


def spells(claims: list[GroundedClaim]) -> list[Spell]:
    return [one for one in conclude(claims, prior=prior).spells if one.place == PALMYRA.id]


def in_one_text(*claims: GroundedClaim) -> list[GroundedClaim]:
    """The claims as sentences of one document, each with words of its own."""
    return [
        msgspec.structs.replace(
            one, claim=msgspec.structs.replace(one.claim, document="one", start=at, quote=f"sentence {at}")
        )
        for at, one in enumerate(claims)
    ]


def test_a_capture_told_again_with_another_day_unsettles_nothing():
    """The slip of a writer two weeks on leaves the place with whoever is told to have taken it."""
    told = [control(FIRST, "sdf", when("2014-06-13")), control(FIRST, "sdf", when("2014-06-29"))]
    others = [control(SECOND, "syrian_government", when("2014-06-01"))]
    assert spells([*told, *others])[-1].holder == "sdf"


def test_an_idle_word_does_not_undo_what_many_say():
    """Three outlets tell of a capture; half a sentence, hardly readable, months later names another."""
    taken = [control(source, "syrian_government", when("2016-12-22")) for source in (FIRST, SECOND, THIRD)]
    idle = control(FOURTH, "sdf", when("2017-04-29"), score=0.4)
    assert spells([*taken, idle])[-1].holder == "syrian_government"


def test_one_clear_word_of_a_change_is_heard():
    """What one outlet plainly tells of a later capture, and nobody denies, passes the place on."""
    taken = [control(source, "syrian_government", when("2016-12-22")) for source in (FIRST, SECOND, THIRD)]
    assert spells([*taken, control(FOURTH, "islamic_state", when("2017-04-29"))])[-1].holder == "islamic_state"


def test_a_second_sentence_of_a_voice_makes_its_reading_surer():
    """Sentences of one text that say the same are read twice, and told once."""
    one, other = (control(FIRST, "sdf", when("2016-08-12"), score=0.5) for _ in range(2))
    sure = control(FIRST, "sdf", when("2016-08-12"), score=1.0)
    once, twice, wholly = spells(in_one_text(one)), spells(in_one_text(one, other)), spells(in_one_text(sure))
    assert once[0].confidence < twice[0].confidence < wholly[0].confidence
    assert twice[0].independent_sources == 1


def test_the_days_of_a_change_reach_as_far_as_the_evidence_is_spread():
    """Two outlets tell of the fall two days apart: it lies between them."""
    claims = [control(FIRST, "sdf", when("2016-08-12")), control(SECOND, "sdf", when("2016-08-14"))]
    change = spells(claims)[-1].change
    assert change is not None
    assert (change.start, change.last) == (day("2016-08-12"), day("2016-08-14"))


def test_a_place_held_from_a_day_to_another_was_gained_on_the_first():
    """As in "was occupied from 27 February to 10 September": told once, long after."""
    before = control(FIRST, "syrian_government", when("2022-01-05"))
    span = when("2022-02-27", "2022-09-10", extent=Extent.THROUGHOUT)
    found = spells([before, control(SECOND, "sdf", span, change=Change.HELD)])
    assert [(one.holder, one.start) for one in found][1:] == [("sdf", day("2022-02-27"))]


def test_a_place_held_within_a_span_was_gained_on_no_day_of_it():
    """As in "held by them in the summer": since when, nobody says."""
    span = when("2022-02-27", "2022-09-10")
    found = spells([control(SECOND, "sdf", span, change=Change.HELD)])
    assert [(one.holder, one.start) for one in found] == [("sdf", None)]
