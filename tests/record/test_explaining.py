"""Explanations say what would change a finding, and are right about it."""

import pytest
from claims_builder import PALMYRA, control, day, outlet, prior, unnamed, when

from tadmor.datamodel.claims import Change
from tadmor.datamodel.findings import Explanation, Left, State
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.errors import UsageError
from tadmor.record import conclude, explain, footing_of, leaving_out

A, B, C, D = (outlet(name) for name in ("Gazette", "Weekly", "Herald", "Post"))
SANA = Source(id="sana", name="SANA", kind=SourceKind.AGENCY, sides=("syrian_government",), aliases=("Syrian agency",))
DAY = "2016-12-11"


def explained(claims: list[GroundedClaim], on: str = DAY) -> Explanation:
    return explain(footing_of(claims, prior=prior), PALMYRA.id, day(on))


def two_against_one() -> list[GroundedClaim]:
    return [
        control(A, "islamic_state", when(DAY)),
        control(B, "islamic_state", when(DAY)),
        control(SANA, "syrian_government", when(DAY), change=Change.HELD),
    ]


def test_the_finding_explained_is_the_record_s():
    """An explanation concludes nothing of its own."""
    claims = two_against_one()
    (spell,) = (one for one in conclude(claims, prior=prior).spells if one.holder == "islamic_state")
    assert explained(claims).finding == spell


def test_a_finding_that_rests_on_one_voice_falls_with_it():
    """Without the only voice for it nothing is known."""
    told = explained([control(A, "islamic_state", when(DAY))])
    (alone,) = told.without
    assert (alone.left_out, alone.name, alone.state, alone.differs) == (Left.VOICE, "Gazette", State.UNKNOWN, True)


def test_without_one_of_two_the_finding_stands_weaker():
    """What a voice adds is shown as what its silence would take."""
    told = explained(two_against_one())
    assert told.finding is not None
    without = {one.id: one for one in told.without}
    assert not without["gazette"].differs
    assert without["gazette"].confidence < told.finding.confidence <= without["sana"].confidence


def test_a_counterfactual_is_the_record_without_those_claims():
    """Leaving a voice out gives what concluding without its claims gives."""
    claims = two_against_one()
    then = {one.id: one for one in explained(claims).without}["sana"]
    (spell,) = conclude(leaving_out(claims, ["Syrian agency"]), prior=prior).spells
    assert (then.state, then.holder, then.verdict) == (spell.state, spell.holder, spell.verdict)
    assert then.confidence == pytest.approx(spell.confidence, abs=1e-6)


@pytest.mark.parametrize("claims", [two_against_one(), two_against_one()[1:], two_against_one()[:1]])
def test_so_many_more_voices_do_change_it(claims):
    """With as many outlets as are said to be needed another holder is found; with one fewer not."""
    claims = [*claims, control(SANA, "syrian_government", when("2016-03-27"))]
    told = explained(claims)
    (needed,) = (one for one in told.needed if one.holder == "syrian_government")

    def holder(voices: int) -> str | None:
        new = [
            control(outlet(f"New {number}"), "syrian_government", when(DAY), change=Change.HELD)
            for number in range(voices)
        ]
        return max(explained([*claims, *new]).chances, key=lambda one: one.probability).holder

    assert holder(needed.voices) == "syrian_government"
    assert holder(needed.voices - 1) == "islamic_state"


def test_a_side_is_left_out_with_all_who_belong_to_it():
    """The sources of a side go together, where they are more than one voice."""
    army = Source(id="army", name="Army", kind=SourceKind.PARTY, sides=("syrian_government",))
    claims = [*two_against_one(), control(army, "syrian_government", when(DAY), change=Change.HELD)]
    (side,) = (one for one in explained(claims).without if one.left_out is Left.SIDE)
    assert (side.id, side.claims) == ("syrian_government", 2)


def test_what_the_claims_leave_open_is_said():
    """Since when is not told, silence, one outlet for all."""
    claims = [
        control((A, unnamed("activists")), "islamic_state", when(DAY), change=Change.HELD),
        control(A, "islamic_state", when(DAY), change=Change.HELD),
    ]
    open_questions = explained(claims, "2016-12-21").not_known
    assert "since when it was so is not told" in open_questions
    assert "the last word on it is of 2016-12-11, 10 days before" in open_questions
    assert "all that speak for it are carried by one outlet, Gazette" in open_questions


def test_of_a_place_that_nobody_tells_of_nothing_is_concluded():
    """No finding, no chances, and the reason."""
    told = explain(footing_of([control(A, "islamic_state", when(DAY))], prior=prior), "gn:1", day(DAY))
    assert (told.finding, told.chances, told.without) == (None, (), ())
    assert told.not_known == ("no claim tells of this place on or before this day",)


def test_leaving_out_nobody_by_that_name_is_refused():
    """The name is said, and where the right ones stand."""
    with pytest.raises(UsageError, match="'Nobody'; see `tadmor sources`"):
        leaving_out(two_against_one(), ["Gazette", "Nobody"])


def test_leaving_out_an_outlet_takes_whom_it_quotes():
    """Who is heard only through an outlet is not heard without it."""
    claims = [control((A, SANA), "islamic_state", when(DAY)), control(B, "islamic_state", when(DAY))]
    assert [claim.origin.name for claim in leaving_out(claims, ["gazette"])] == ["Weekly"]
    assert [claim.origin.name for claim in leaving_out(claims, ["syrian_government"])] == ["Weekly"]
