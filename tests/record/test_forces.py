"""Accounts of movements and of the strength of forces that cannot all hold."""

from claims_builder import MANBIJ, at_least, exactly, movement, outlet, presence, prior, when

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import Polarity
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record import conclude

A, B, C = outlet("Gazette"), outlet("Weekly"), outlet("Courier")
DENIED = Polarity.DENIED


def found(*claims: GroundedClaim) -> list[Contradiction]:
    return list(conclude(claims, prior=prior).contradictions)


def test_an_evacuation_told_and_denied():
    """Families were brought out to one voice, nobody was to another."""
    one = found(
        movement(A, None, when("2015-05-20"), what="most of the families"),
        movement(B, None, when("2015-05-20"), what="nobody", polarity=DENIED),
    )
    assert [each.nature for each in one] == [Nature.OUTCOME]
    assert [side.value for side in one[0].sides] == ["it happened", "it did not happen"]
    assert [side.sources for side in one[0].sides] == [("Gazette",), ("Weekly",)]


def test_a_withdrawal_told_and_denied():
    """That a side left the town, and that it did not; the place told of as where from, or only as where."""
    left = movement(A, "sdf", when("2016-12-11"), origin=MANBIJ, place=MANBIJ)
    denied = movement(B, "sdf", when("2016-12-11"), place=MANBIJ, polarity=DENIED)
    one = found(left, denied)
    assert [each.about for each in one] == ["whether Syrian Democratic Forces left Manbij"]


def test_a_denial_of_other_people_way_or_days_is_none():
    """Another side, the way in rather than out, another week, the same voice: no contradiction."""
    left = movement(A, "sdf", when("2016-12-11"), origin=MANBIJ, place=MANBIJ)
    others = [
        movement(B, "islamic_state", when("2016-12-11"), origin=MANBIJ, place=MANBIJ, polarity=DENIED),
        movement(B, "civilians", when("2016-12-11"), origin=MANBIJ, place=MANBIJ, polarity=DENIED),
        movement(B, None, when("2016-12-11"), what="nobody", origin=MANBIJ, place=MANBIJ, polarity=DENIED),
        movement(B, "sdf", when("2016-12-11"), destination=MANBIJ, place=MANBIJ, polarity=DENIED),
        movement(B, "sdf", when("2016-12-21"), origin=MANBIJ, place=MANBIJ, polarity=DENIED),
        movement(A, "sdf", when("2016-12-11"), origin=MANBIJ, place=MANBIJ, polarity=DENIED),
    ]
    assert [found(left, one) for one in others] == [[]] * 6


def test_the_strength_of_a_force_to_two_voices():
    """Four thousand gathered, several hundred came: a contradiction in number, the least first."""
    one = found(
        presence(A, "islamic_state", when("2016-12-09", "2016-12-11"), count=exactly(4000)),
        movement(B, "islamic_state", when("2016-12-10"), count=exactly(300)),
        presence(C, "islamic_state", when("2016-12-10"), count=at_least(3900)),
    )
    assert [each.nature for each in one] == [Nature.NUMBER]
    assert [side.value for side in one[0].sides] == ["300", "at least 3900", "4000"]


def test_counts_of_two_sides_or_of_other_days_are_none():
    """Two sides have two strengths, and a force grows from one month to the next."""
    one = presence(A, "islamic_state", when("2016-12-09"), count=exactly(4000))
    assert found(one, presence(B, "syrian_army", when("2016-12-09"), count=exactly(300))) == []
    assert found(one, presence(B, "islamic_state", when("2016-11-09"), count=exactly(300))) == []
    assert found(one, presence(A, "islamic_state", when("2016-12-09"), count=exactly(300))) == []


def test_families_that_no_table_knows_are_people():
    """An actor made of the words "of the families" is of civilians, and one of "defence groups" is not."""
    nobody = movement(B, None, when("2015-05-20"), what="nobody", polarity=DENIED)
    for words, opposed in (("of the families", 1), ("popular defence groups", 0)):
        unknown = Actor(id="name:" + words.replace(" ", "_"), name=words, kind=ActorKind.GENERIC)
        assert len(found(movement(A, unknown, when("2015-05-20")), nobody)) == opposed
