"""What a person is asked: contradictions first, then what is in doubt and has findings resting on it."""

import msgspec
from claims_builder import control, event, exactly, outlet, prior, toll, when

from tadmor.datamodel.claims import EventType
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.times import Basis
from tadmor.record import conclude
from tadmor.record.asking import Asked, questions
from tadmor.record.stakes import Stakes

A, B, C = outlet("A"), outlet("B"), outlet("C")


def asked(*claims, judgements=(), reviewed=()):
    record = conclude(claims, judgements=judgements, prior=prior)
    return questions(record, claims, judgements, reviewed)


def read_at(score, claim):
    return msgspec.structs.replace(claim, claim=msgspec.structs.replace(claim.claim, score=score))


def test_findings_are_counted_by_the_claims_they_rest_on():
    """A toll claim carries its incident and its toll, a control claim the spells for and against; others carry none."""
    held = control(A, "islamic_state", when("2016-12-11"))
    dead = toll(B, exactly(5), when("2016-12-11"))
    record = conclude((held, dead), prior=prior)
    stakes = Stakes(record.spells, record.incidents, record.tolls)
    assert (stakes.count((dead.id,)).incidents, stakes.count((dead.id,)).tolls, stakes.count((dead.id,)).spells) == (
        1,
        1,
        0,
    )
    assert stakes.count((held.id,)).spells >= 1
    assert stakes.count(("another",)).findings == 0
    assert stakes.count((dead.id, dead.id)) == stakes.count((dead.id,))


def test_contradictions_come_first():
    """Two numbers of one act are asked about before a reading in doubt."""
    one, other = (toll(source, exactly(number), when("2016-12-10")) for source, number in ((A, 20), (B, 30)))
    doubtful = read_at(0.4, control(C, "islamic_state", when("2016-12-11")))
    found = asked(one, other, doubtful)
    assert found[0].asked is Asked.CONTRADICTION
    assert (Asked.READING, (doubtful.id,)) in [(each.asked, each.claims) for each in found]


def test_a_contradiction_all_of_whose_claims_were_looked_at_is_not_asked_about():
    """Half of them looked at, it still is."""
    one, other = (toll(source, exactly(number), when("2016-12-10")) for source, number in ((A, 20), (B, 30)))
    assert Asked.CONTRADICTION in [each.asked for each in asked(one, other, reviewed=(one.id,))]
    assert Asked.CONTRADICTION not in [each.asked for each in asked(one, other, reviewed=(one.id, other.id))]


def test_a_reading_on_which_more_hangs_is_asked_about_before_a_surer_one():
    """The surer a reading and the more voices say the same, the less an answer changes."""
    lone = read_at(0.4, control(A, "islamic_state", when("2016-12-11")))
    surer = read_at(0.8, toll(B, exactly(5), when("2015-05-01")))
    sure = read_at(0.95, toll(C, exactly(7), when("2014-05-01")))
    readings = [each for each in asked(lone, surer, sure) if each.asked is Asked.READING]
    assert [each.claims for each in readings] == [(lone.id,), (surer.id,)]
    assert readings[0].gain > readings[1].gain > 0


def test_a_link_near_the_threshold_is_asked_about_until_it_is_answered():
    """One place and one kind of act, one report of the day after: two incidents, and well they may be one."""
    one = event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",))
    other = event(B, EventType.AIR_STRIKE, when("2016-12-11", basis=Basis.PUBLICATION), by=("russia",))
    [link] = asked(one, other)
    assert (link.asked, set(link.claims), link.together) == (Asked.LINK, {one.id, other.id}, False)
    assert link.rests.incidents == 2
    for same in (True, False):
        assert asked(one, other, judgements=(Judgement(one=one.id, other=other.id, same=same),)) == []


def test_acts_of_other_kinds_are_no_doubtful_link():
    """An execution is no air strike, whatever else agrees."""
    one = event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",), count=exactly(7))
    other = event(B, EventType.EXECUTION, when("2016-12-10"), by=("russia",), count=exactly(7))
    assert asked(one, other) == []
