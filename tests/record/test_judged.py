"""A person's word on two claims holds for incidents, tolls and contradictions, whatever the scores say."""

from itertools import permutations

import pytest
from claims_builder import MANBIJ, at_least, event, exactly, outlet, prior, toll, unnamed, when

from tadmor.datamodel.claims import EventType, Harm
from tadmor.datamodel.history import Judgement
from tadmor.record import conclude
from tadmor.record.judged import Judged

A, B, C = outlet("A"), outlet("B"), outlet("C")


def concluded(*claims, judgements=()):
    return conclude(claims, judgements=judgements, prior=prior)


def word(one, other, *, same):
    return Judgement(one=one.id, other=other.id, same=same)


def incidents(*claims, judgements=()):
    """The incidents as sets of the numbers of claims in them."""
    number = {claim.id: at for at, claim in enumerate(claims)}
    found = concluded(*claims, judgements=judgements).incidents
    return sorted(({number[claim] for claim in one.claims} for one in found), key=min)


def strike(source, day="2016-12-10", **fields):
    return event(source, EventType.AIR_STRIKE, when(day), **fields)


def test_a_parted_pair_is_never_in_one_incident():
    """Two reports of one strike are joined by their words, and apart once a person says so."""
    one, other = strike(A), strike(B)
    assert incidents(one, other) == [{0, 1}]
    assert incidents(one, other, judgements=(word(one, other, same=False),)) == [{0}, {1}]


def test_a_third_report_does_not_bring_a_parted_pair_back_together():
    """What matches both goes to one of them."""
    one, other, third = strike(A), strike(B), strike(C)
    found = incidents(one, other, third, judgements=(word(other, one, same=False),))
    assert sorted(len(each) for each in found) == [1, 2]
    assert not any({0, 1} <= each for each in found)


def test_a_linked_pair_is_always_in_one_incident():
    """Linked by a person, two reports are of one incident though neither place nor day nor act agrees."""
    one, other = strike(A), event(B, EventType.CLASH, when("2014-01-01"), place=MANBIJ)
    undated = strike(C, place=None)
    assert len(incidents(one, other, undated)) == 3
    assert incidents(
        one, other, undated, judgements=(word(one, other, same=True), word(undated, other, same=True))
    ) == [{0, 1, 2}]


def test_links_reach_on():
    """Of two linked pairs that share a claim, parting any member from another parts it from all."""
    one, other, third, fourth = (strike(source) for source in (A, B, C, outlet("D")))
    words = (word(one, other, same=True), word(other, third, same=True), word(third, fourth, same=False))
    for order in permutations(words):
        judged = Judged(order)
        assert judged.same(one.id, third.id)
        assert judged.apart(fourth.id, one.id)
        assert not judged.apart(one.id, other.id)


@pytest.mark.parametrize("last", [True, False])
def test_of_words_that_cannot_all_hold_the_later_count(last):
    """A with B, then B with C, then A apart from C: the first gives way; the other way round the parting does."""
    one, other, third = (strike(source) for source in (A, B, C))
    links = (word(one, other, same=True), word(other, third, same=True))
    apart = (word(one, third, same=False),)
    judged = Judged(apart + links if last else links + apart)
    assert judged.same(one.id, third.id) is last
    assert judged.apart(one.id, third.id) is not last


def test_parted_figures_contradict_each_other_no_more():
    """Two numbers of one strike exclude each other, until a person says that they are of two."""
    one, other = (toll(source, exactly(count), when("2016-12-10")) for source, count in ((A, 20), (B, 30)))
    assert [found.nature for found in concluded(one, other).contradictions] == ["number"]
    told = concluded(one, other, judgements=(word(one, other, same=False),))
    assert (told.contradictions, len(told.tolls)) == ((), 2)


def test_a_contradiction_stands_while_one_pair_of_it_is_not_parted():
    """Parted from one of two voices that say the same, a figure still contradicts the other."""
    one, other, third = (
        toll(source, exactly(count), when("2016-12-10")) for source, count in ((A, 20), (B, 30), (C, 30))
    )
    told = concluded(one, other, third, judgements=(word(one, other, same=False), word(third, one, same=True)))
    assert any(
        {one.id, third.id} <= {claim for side in found.sides for claim in side.claims} for found in told.contradictions
    )


def test_dead_and_wounded_are_linked_to_one_incident_and_not_to_one_toll():
    """A person who links a count of dead with one of wounded says that they are of one act, and not the same people."""
    dead = toll(A, exactly(5), when("2016-12-10"))
    hurt = toll(B, at_least(20), when("2014-03-01"), harm=Harm.WOUNDED, place=MANBIJ)
    told = concluded(dead, hurt, judgements=(word(dead, hurt, same=True),))
    assert (len(told.incidents), sorted(toll.harm for toll in told.tolls)) == (1, ["killed", "wounded"])


def test_words_on_claims_that_the_case_lacks_change_nothing():
    """A judgement may outlive a claim, or speak of one that came out after the day asked for."""
    one, other = strike(A), strike(unnamed("a source"))
    gone = Judgement(one=one.id, other="gone", same=True)
    assert incidents(one, other, judgements=(gone,)) == incidents(one, other)
