"""Rows of tables in the record: each its own incident, and whole."""

import msgspec
from claims_builder import PALMYRA, SYRIA, event, exactly, outlet, prior, toll, when

from tadmor.datamodel.claims import EventType, Status, claim_id
from tadmor.record import conclude
from tadmor.record.memory import Memory

COUNT, WIRE = outlet("Orontes Count"), outlet("Meridian Wire")
DAY = when("2016-03-28")


def row(claim, line, document="table"):
    """The claim as one from a row of a table."""
    place = msgspec.structs.replace(claim.claim.place, start=line * 100, end=line * 100 + 7)
    said = msgspec.structs.replace(
        claim.claim, document=document, reader="table/events", place=place, start=line * 100, end=line * 100 + 50
    )
    return msgspec.structs.replace(claim, claim=said)


def strike(line, killed, place=PALMYRA, document="table"):
    """An air strike with its dead, in one row."""
    return [
        row(event(COUNT, EventType.AIR_STRIKE, DAY, by=("russia",), place=place), line, document),
        row(toll(COUNT, exactly(killed), DAY, place=place), line, document),
    ]


def concluded(*rows):
    """The record of some claims."""
    return conclude([claim for claims in rows for claim in claims], prior=prior)


def test_two_rows_of_a_table_are_two_incidents():
    """Of one day, town and kind of act, in one part of the table or in two: the table tells them apart."""
    for other in ("table", "second part"):
        record = concluded(strike(1, 12), strike(2, 12, document=other))
        assert [len(found.claims) for found in record.incidents] == [2, 2]
        assert sorted(found.best for found in record.tolls) == [12, 12]
        assert record.contradictions == ()


def test_a_row_is_one_incident_with_what_it_cost_however_wide_its_place():
    """Also where only the country is known."""
    (found,) = concluded(strike(1, 12, place=SYRIA)).incidents
    assert len(found.claims) == 2


def test_a_report_joins_one_row_and_never_ties_two():
    """Whichever of two rows it matches better."""
    report = [event(WIRE, EventType.AIR_STRIKE, DAY, by=("russia",)), toll(WIRE, exactly(12), DAY)]
    record = concluded(strike(1, 12), strike(2, 40), report)
    rows = {claim.id: number for number, pair in enumerate((strike(1, 12), strike(2, 40))) for claim in pair}
    for found in record.incidents:
        assert len({rows[claim] for claim in found.claims if claim in rows}) <= 1
    assert any(
        {one.id for one in report} & set(found.claims) - {one.id} for found in record.incidents for one in report
    )


def test_groups_under_one_headline_are_claims_of_their_own():
    """The dead of each side share the row's words; of a text, the same words give one toll of a harm."""
    one = row(toll(COUNT, exactly(3), DAY, group="syrian_army", status=Status.COMBATANT), 1)
    other = row(toll(COUNT, exactly(2), DAY, group="islamic_state", status=Status.COMBATANT), 1)
    assert claim_id(one.claim) != claim_id(other.claim)
    told = [msgspec.structs.replace(claim.claim, reader="rules") for claim in (one, other)]
    assert claim_id(told[0]) == claim_id(told[1])


def test_dead_and_wounded_of_one_row_are_counted_apart():
    """Equal numbers in two columns are no "killed or wounded"."""
    dead = row(toll(COUNT, exactly(5), DAY), 1)
    hurt = msgspec.structs.replace(dead, claim=msgspec.structs.replace(dead.claim, harm="wounded"))
    record = concluded([dead, hurt])
    assert not any("together" in reason for found in record.tolls for reason in found.reasons)


def test_rows_that_come_in_later_are_matched_as_if_they_had_come_at_once():
    """What was scored before a row was there says nothing of it, and a row taken back leaves nothing behind."""
    report = [event(WIRE, EventType.AIR_STRIKE, DAY, by=("russia",)), toll(WIRE, exactly(12), DAY)]
    wide, near = strike(1, 12, place=SYRIA), strike(2, 40)
    memory = Memory()
    for told in (
        [*wide, *report],
        [*wide, *report, *near],
        [*report, *near],
        [*wide[1:], *near, *report],
        [*wide, *near],
    ):
        memory = Memory(memory.kept)
        assert conclude(told, prior=prior, memory=memory) == conclude(told, prior=prior)
