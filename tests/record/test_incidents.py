"""Claims of events and tolls come together to incidents, and incidents to tolls."""

from claims_builder import (
    CITADEL,
    HOMS,
    PALMYRA,
    at_least,
    control,
    day,
    days,
    event,
    exactly,
    outlet,
    prior,
    toll,
    when,
)

from tadmor.datamodel.claims import EventType, Harm, Modality, Status
from tadmor.datamodel.findings import Nature, Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.datamodel.times import Basis
from tadmor.record import conclude

A, B, C = outlet("Gazette"), outlet("Weekly"), outlet("Courier")
MONITOR = Source(id="sohr", name="Observatory", kind=SourceKind.MONITOR)


def concluded(*claims: GroundedClaim) -> Record:
    return conclude(claims, prior=prior)


def test_two_reports_of_one_strike_are_one_incident():
    """Same town, same day, same kind of act, in two outlets."""
    record = concluded(
        event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",)),
        event(B, EventType.AIR_STRIKE, when("2016-12-09", "2016-12-11"), by=("russia",)),
    )
    assert len(record.incidents) == 1
    assert record.incidents[0].independent_sources == 2
    assert record.incidents[0].when == days("2016-12-10")


def test_strikes_of_a_week_stay_apart():
    """A city bombed day after day has an incident a day, not one."""
    told = [
        event(one, EventType.AIR_STRIKE, when(f"2016-12-0{d}"), by=("russia",)) for d in range(1, 8) for one in (A, B)
    ]
    assert len(concluded(*told).incidents) == 7


def test_an_act_and_its_toll_are_one_incident():
    """The strike and those it killed, told in one sentence."""
    told = [
        event(A, EventType.AIR_STRIKE, when("2016-12-10"), document="one"),
        toll(A, exactly(20), when("2016-12-10"), status=Status.CIVILIAN, document="one"),
        toll(B, exactly(20), when("2016-12-10"), status=Status.CIVILIAN),
    ]
    record = concluded(*told)
    assert [one.claims for one in record.incidents] == [tuple(sorted(one.id for one in told))]
    assert record.tolls[0].incident == record.incidents[0].id


def test_an_incident_takes_the_finest_place():
    """One report says the citadel, another the town."""
    record = concluded(
        event(A, EventType.SHELLING, when("2016-12-10"), place=CITADEL),
        event(B, EventType.SHELLING, when("2016-12-10")),
    )
    assert [one.place for one in record.incidents] == [CITADEL.id]


def test_a_province_does_not_join_its_towns():
    """Strikes told of a whole province are no town's."""
    record = concluded(
        event(A, EventType.AIR_STRIKE, when("2016-12-10"), place=HOMS),
        event(B, EventType.AIR_STRIKE, when("2016-12-10")),
    )
    assert len(record.incidents) == 2


def test_an_incident_keeps_its_id_as_reports_come_in():
    """The id rests on the claim that told of it first."""
    first = event(A, EventType.EXECUTION, when("2016-12-10"), published="2016-12-10")
    later = [event(one, EventType.EXECUTION, when("2016-12-10"), published="2016-12-14") for one in (B, C)]
    assert concluded(first).incidents[0].id == concluded(first, *later).incidents[0].id


def test_a_toll_spans_its_voices():
    """Low is the least any voice gives, high the most, best the middle of the voices."""
    record = concluded(*(toll(one, exactly(n), when("2016-12-10")) for one, n in ((A, 20), (B, 22), (C, 25))))
    found = record.tolls[0]
    assert (found.low, found.best, found.high) == (20, 22, 25)
    assert found.independent_sources == 3
    assert any("Gazette" in reason for reason in found.reasons)


def test_one_origin_in_many_outlets_counts_once():
    """Three relays of one monitor do not outvote two outlets of their own."""
    relays = [toll((outlet(f"Relay {n}"), MONITOR), exactly(40), when("2016-12-10")) for n in range(3)]
    own = [toll(one, exactly(38), when("2016-12-10")) for one in (A, B)]
    found = concluded(*relays, *own).tolls[0]
    assert found.best == 38
    assert found.independent_sources == 3


def test_at_least_leaves_the_top_open():
    """A least number gives no high."""
    found = concluded(toll(A, at_least(12), when("2016-12-10"))).tolls[0]
    assert (found.low, found.best, found.high) == (12, 12, None)


def test_a_hedged_figure_is_widened():
    """What is only reported has looser bounds."""
    found = concluded(toll(A, exactly(100), when("2016-12-10"), modality=Modality.HEDGED)).tolls[0]
    assert (found.low, found.best, found.high) == (90, 100, 110)


def test_parts_are_not_added_to_the_whole():
    """The children stand beside the civilians, and the smaller figure of one text is inside the larger."""
    record = concluded(
        toll(A, exactly(20), when("2016-12-10"), status=Status.CIVILIAN, document="one"),
        toll(A, exactly(7), when("2016-12-10"), status=Status.CIVILIAN, document="one"),
        toll(A, exactly(2), when("2016-12-10"), status=Status.CIVILIAN, group=_children(), document="one"),
    )
    best = {one.group: one.best for one in record.tolls if one.status is Status.CIVILIAN and one.best != 7}
    assert best == {None: 20, "children": 2}


def test_killed_and_wounded_stay_apart():
    """Two harms of one incident are two tolls."""
    record = concluded(
        toll(A, exactly(20), when("2016-12-10"), document="one"),
        toll(A, exactly(50), when("2016-12-10"), harm=Harm.WOUNDED, document="one"),
    )
    assert {one.harm: one.best for one in record.tolls} == {Harm.KILLED: 20, Harm.WOUNDED: 50}
    assert len(record.incidents) == 1


def test_running_totals_are_no_incident():
    """The dead of a year are not those of a day in it."""
    record = concluded(
        toll(A, exactly(4000), when("2015-12-01", "2016-12-10")),
        toll(B, exactly(20), when("2016-12-10")),
    )
    assert len(record.incidents) == 2
    total = next(one for one in record.tolls if one.best == 4000)
    assert any("running total" in reason for reason in total.reasons)


def test_a_voice_stands_by_its_latest_figure():
    """A corrected count replaces the earlier one of the same voice."""
    record = concluded(
        toll(A, exactly(20), when("2016-12-10"), published="2016-12-10"),
        toll(A, exactly(24), when("2016-12-10"), published="2016-12-12"),
        toll(B, exactly(24), when("2016-12-10"), published="2016-12-12"),
    )
    assert [(one.low, one.best, one.high) for one in record.tolls] == [(24, 24, 24)]
    assert record.contradictions == ()


def test_plans_are_no_incidents():
    """A planned strike happened to nobody."""
    assert concluded(event(A, EventType.AIR_STRIKE, when("2016-12-10"), modality=Modality.PLANNED)).incidents == ()


def test_a_toll_without_a_number_stays_without():
    """Casualties of unstated number make no zero."""
    found = concluded(toll(A, None, when("2016-12-10"))).tolls[0]
    assert (found.low, found.best, found.high) == (None, None, None)


def test_ranges_keep_their_bounds():
    """Dozens are dozens."""
    found = concluded(toll(A, Quantity(low=24, high=99, expression="dozens"), when("2016-12-10"))).tolls[0]
    assert (found.low, found.high) == (24, 99)


def test_control_claims_are_no_incidents():
    """A capture is a spell, not an incident."""
    assert concluded(control(A, "sdf", when("2016-08-12"))).incidents == ()
    assert day("2016-08-12")


def _children():
    from tadmor.datamodel.actors import Actor, ActorKind  # noqa: PLC0415

    return Actor(id="civilians", name="two children", kind=ActorKind.CIVILIANS)


def test_an_execution_and_a_strike_are_two_incidents():
    """Deaths that may come of either join them to none: the same town, day and toll make no strike an execution."""
    claims = [
        event(A, EventType.EXECUTION, when("2016-12-10"), by=("islamic_state",)),
        toll(A, exactly(20), when("2016-12-10")),
        toll(B, exactly(20), when("2016-12-10")),
        event(B, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",)),
    ]
    kinds = [one.type for one in concluded(*claims).incidents]
    assert {EventType.EXECUTION, EventType.AIR_STRIKE} <= set(kinds)


def _site(name: str, lon: float, *parents: str) -> Place:
    return Place(
        id=f"site:{name}",
        name=name,
        level=Level.SITE,
        lat=34.55,
        lon=lon,
        country="SY",
        parents=(*parents, "country:SY"),
    )


def test_a_battle_told_of_a_town_and_of_a_site_right_beside_it_is_one():
    """The dead of the town and of the road into it, whether or not the gazetteer puts the road in the town."""
    for road in (_site("road", 38.30, PALMYRA.id), _site("road", 38.30)):
        record = conclude(
            [
                toll(A, exactly(150), when("2015-05-20"), group="islamic_state"),
                toll(B, at_least(300), when("2015-05-19", "2015-05-21"), group="islamic_state", place=road),
            ],
            prior=prior,
        )
        assert [len(one.claims) for one in record.incidents] == [2]
        assert [one.explanation for one in record.contradictions] == [
            "one figure is told of road, the other of Palmyra"
        ]


def test_a_battle_at_a_field_far_from_the_town_is_another():
    """An oil field twenty kilometres off is not the town, though told of by the same words for the dead."""
    field = _site("field", 38.05)
    record = conclude(
        [
            toll(A, exactly(150), when("2015-05-20"), group="islamic_state"),
            toll(B, at_least(300), when("2015-05-20"), group="islamic_state", place=field),
        ],
        prior=prior,
    )
    assert len(record.incidents) == 2
    assert record.contradictions == ()


def test_a_report_without_a_day_joins_no_two_days():
    """Strikes of the 14th and of the 16th stay two, though a report that has no day of its own fits both."""
    told = [
        event(A, EventType.AIR_STRIKE, when("2016-07-14"), by=("russia",)),
        toll(A, exactly(12), when("2016-07-14"), by="russia"),
        event(B, EventType.AIR_STRIKE, when("2016-07-16"), by=("russia",)),
        toll(B, exactly(18), when("2016-07-16"), by="russia"),
        event(C, EventType.AIR_STRIKE, when("2016-07-14", "2016-07-16", Basis.PUBLICATION), by=("russia",)),
    ]
    record = concluded(*told)
    assert record.contradictions == ()
    assert {one.when for one in record.incidents} >= {days("2016-07-14"), days("2016-07-16")}


def test_a_number_shared_by_two_days_is_of_one_act():
    """Twenty-six dead on Monday and twenty-six on Tuesday: one of the reports errs in the day."""
    record = concluded(
        event(A, EventType.AIR_STRIKE, when("2016-10-25"), by=("russia",), document="one"),
        toll(A, exactly(26), when("2016-10-25"), by="russia", document="one"),
        event(B, EventType.AIR_STRIKE, when("2016-10-26"), by=("russia",), document="two"),
        toll(B, exactly(26), when("2016-10-26"), by="russia", document="two"),
    )
    assert [one.nature for one in record.contradictions] == [Nature.TIME]


def test_numbers_of_different_orders_are_of_two_acts():
    """Twenty and four hundred dead of one kind in one town are two acts, however near their days."""
    record = concluded(
        toll(A, exactly(20), when("2015-05-25", "2015-05-27", Basis.PUBLICATION)),
        toll(B, exactly(400), when("2015-05-25", "2015-05-27", Basis.PUBLICATION)),
    )
    assert len(record.incidents) == 2
    assert record.contradictions == ()


def test_two_voices_in_one_text_may_count_one_act():
    """One text that gives two voices' numbers of the dead tells of one act."""
    mine = toll((A, MONITOR), exactly(20), when("2015-05-26"), document="one")
    other = toll((A, C), exactly(22), when("2015-05-26"), document="one")
    assert len(concluded(mine, other).incidents) == 1
