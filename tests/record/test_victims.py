"""Numbers contradict each other where they count the same victims, whichever incidents they are told in."""

from claims_builder import CITADEL, MANBIJ, PALMYRA, at_least, exactly, outlet, prior, toll, when

from tadmor.datamodel.claims import Harm, Status
from tadmor.datamodel.findings import Nature
from tadmor.datamodel.history import Judgement
from tadmor.datamodel.times import Basis
from tadmor.record import conclude

A, B, C, D = outlet("A"), outlet("B"), outlet("C"), outlet("D")
DAY = when("2016-12-10")


def numbers(*claims, judgements=()):
    """The sides of the contradictions of number, as values."""
    found = conclude(claims, judgements=judgements, prior=prior).contradictions
    return [tuple(side.value for side in one.sides) for one in found if one.nature is Nature.NUMBER]


def test_one_toll_told_in_two_incidents_is_one_matter():
    """Two reports name 126, of the town and of its citadel, a third 140: whatever the incidents, the same victims."""
    one = toll(A, exactly(126), DAY)
    again = toll(B, exactly(126), when("2016-12-10", "2016-12-11", basis=Basis.PUBLICATION), place=CITADEL)
    other = toll(C, exactly(140), DAY)
    record = conclude((one, again, other), prior=prior)
    [found] = [each for each in record.contradictions if each.nature is Nature.NUMBER]
    assert {claim for side in found.sides for claim in side.claims} == {one.id, again.id, other.id}


def test_who_revises_his_own_figure_contradicts_nobody():
    """The death toll rises to 70, says the voice that counted 45 the day before; another's 45 is still contradicted."""
    first = toll(A, exactly(45), DAY, published="2016-12-10")
    risen = toll(A, exactly(70), DAY, published="2016-12-11")
    assert numbers(first, risen) == []
    assert numbers(first, risen, toll(B, exactly(45), DAY, published="2016-12-10")) == [("45", "70")]


def test_a_part_is_no_rival_of_its_total():
    """Of eight dead in one report, five are counted once more to another voice: no two accounts of one number."""
    whole = toll(A, exactly(8), DAY, document="one", quote="eight people were killed")
    assert numbers(whole, toll((A, B), exactly(5), DAY, document="one", quote="including five rescuers")) == []
    assert numbers(whole, toll((A, B), exactly(5), DAY, document="one", quote="five were killed")) == [("5", "8")]


def test_rivals_differ_by_no_more_than_a_partisan_count():
    """In one report, of people at large, 20 may be 30 to another and not 90; of a camp's fighters it may be 90."""

    def told(voice, number, **fields):
        return toll((A, voice), exactly(number), DAY, document="one", **fields)

    assert numbers(told(B, 20), told(C, 30)) == [("20", "30")]
    assert numbers(told(B, 20), told(C, 90)) == []
    fighters = {"group": "islamic_state", "status": Status.COMBATANT}
    assert numbers(told(B, 20, **fighters), told(C, 90, **fighters)) == [("20", "90")]


def test_rivals_of_a_rival_differ_no_more_either():
    """In one report 20 may be 35 to another, and 35 be 60; but 20 and 60 are no two accounts of one number."""
    told = (toll((A, voice), exactly(number), DAY, document="one") for voice, number in ((B, 20), (C, 35), (D, 60)))
    assert numbers(*told) in ([("20", "35")], [("35", "60")])


def test_who_gives_both_numbers_counts_them_apart():
    """A voice that tells of 20 dead and of 30 has two matters in mind; whoever gives one of them contradicts neither."""
    report = {"document": "report"}
    both = (toll(A, exactly(20), DAY, **report), toll(A, exactly(30), DAY, **report))
    assert numbers(*both) == []


def test_few_victims_are_counted_in_many_incidents():
    """Two dead here and three there are mostly two incidents of a day."""
    assert numbers(toll(A, exactly(2), DAY, document="one"), toll(B, exactly(3), DAY, document="one")) == []


def test_numbers_of_other_harms_places_and_camps_stand_beside_each_other():
    """Nothing is compared but the same harm to the same people on the same ground."""
    one = toll(A, exactly(20), DAY, group="islamic_state", status=Status.COMBATANT)
    for other in (
        toll(B, exactly(30), DAY, group="islamic_state", status=Status.COMBATANT, harm=Harm.WOUNDED),
        toll(B, exactly(30), DAY, group="sdf", status=Status.COMBATANT),
        toll(B, exactly(30), DAY, group="civilians", status=Status.CIVILIAN),
        toll(B, exactly(30), DAY, group="islamic_state", status=Status.COMBATANT, place=MANBIJ),
    ):
        assert numbers(one, other) == []


def test_one_report_may_set_two_counts_of_other_incidents_side_by_side():
    """Told in one document of one town and the same days, by two voices: 217 and 400."""
    monitor = toll((A, B), exactly(217), when("2015-05-22", "2015-05-24"), document="one", place=PALMYRA)
    agency = toll((A, C), exactly(400), when("2015-05-22", "2015-05-24"), document="one", place=PALMYRA)
    assert numbers(monitor, agency) == [("217", "400")]


def test_a_least_number_allows_any_greater_one():
    """At least 217 and 400 can both hold."""
    assert numbers(toll(A, at_least(217), DAY), toll(B, exactly(400), DAY)) == []


def test_linked_by_a_person_any_two_numbers_contradict_each_other():
    """Told that 20 and 90 are of the same victims, the record has them exclude each other."""
    one, other = toll(A, exactly(20), DAY), toll(B, exactly(90), DAY)
    assert numbers(one, other, judgements=(Judgement(one=one.id, other=other.id, same=True),)) == [("20", "90")]
