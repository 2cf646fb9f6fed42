"""Tolls of one battle told at several places and over several days."""

from claims_builder import COUNTRYSIDE, MANBIJ, control, event, exactly, outlet, prior, toll, unnamed, when

from tadmor.datamodel.claims import EventType, Harm, Status
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.times import Basis
from tadmor.record import conclude

A, B, C = outlet("Gazette"), outlet("Weekly"), outlet("Courier")
ROAD = Place(
    id="in:gn:167357:jarablus_road",
    name="Jarablus road",
    level=Level.SITE,
    country="SY",
    parents=(MANBIJ.id, "country:SY"),
    relative_to=MANBIJ.id,
)


def found(*claims: GroundedClaim) -> list[Contradiction]:
    return list(conclude(claims, prior=prior).contradictions)


def fighters(source, number, told, **fields) -> GroundedClaim:
    fields = {"group": "islamic_state", "status": Status.COMBATANT, "place": MANBIJ, **fields}
    return toll(source, exactly(number), told, **fields)


def test_a_total_and_a_larger_figure_for_the_road_to_the_town():
    """One counts 150 in nine days at the town, another 300 on the road to it: both cannot hold, unless of other ground."""
    one = found(
        fighters(A, 150, when("2016-06-01", "2016-06-09")),
        fighters(B, 300, when("2016-06-07", "2016-06-09", Basis.PUBLICATION), place=ROAD),
    )
    assert [(each.nature, [side.value for side in each.sides]) for each in one] == [(Nature.NUMBER, ["150", "300"])]
    assert one[0].place == MANBIJ.id
    assert one[0].explanation is not None
    assert "Jarablus road" in one[0].explanation


def test_a_part_may_be_smaller_than_the_total():
    """What fell on the road in one day is part of what the battle cost."""
    total = fighters(A, 150, when("2016-06-01", "2016-06-09"))
    assert found(total, fighters(B, 23, when("2016-06-08"), place=ROAD)) == []


def test_other_days_other_ground_and_other_people_are_no_part():
    """Nothing meets a total from outside its days, its ground, its harm or its camp."""
    total = fighters(A, 150, when("2016-06-01", "2016-06-09"))
    others = (
        fighters(B, 300, when("2016-06-20")),
        fighters(B, 300, when("2016-06-08"), place=COUNTRYSIDE),
        fighters(B, 300, when("2016-06-08"), harm=Harm.CAPTURED),
        fighters(B, 300, when("2016-06-08"), group="sdf"),
        fighters(B, 300, when("2016-06-08"), group="civilians", status=Status.CIVILIAN),
    )
    assert [found(total, other) for other in others] == [[]] * len(others)


def test_a_strike_and_a_clash_part_no_figures():
    """One tells of the clash and 150 dead, another of the air strikes, of what they destroyed and of 300 dead."""
    days = when("2016-06-07", "2016-06-09", Basis.PUBLICATION)
    clash = event(A, EventType.CLASH, days, place=MANBIJ, document="one")
    ruin = event(B, EventType.DESTRUCTION, days, place=MANBIJ, document="two")
    one = found(clash, fighters(A, 150, days, document="one"), ruin, fighters(B, 300, days, document="two"))
    assert [[side.value for side in each.sides] for each in one] == [["150", "300"]]


def test_an_armed_groups_dead_are_fighters():
    """Whether a report calls them fighters or not, it is one figure against another."""
    one = found(
        fighters(A, 40, when("2016-06-08"), status=Status.UNSTATED),
        fighters((A, unnamed("residents")), 200, when("2016-06-08")),
    )
    assert [[side.value for side in each.sides] for each in one] == [["40", "200"]]


def test_control_claims_make_no_battle():
    """A capture in between leaves tolls alone."""
    assert (
        found(fighters(A, 150, when("2016-06-01", "2016-06-09")), control(B, "sdf", when("2016-06-09"), place=MANBIJ))
        == []
    )
