"""One matter is shown once, with what hangs on it, and first what most findings hang on."""

from claims_builder import CITADEL, control, event, exactly, outlet, prior, toll, when

from tadmor.datamodel.claims import Change, EventType, Polarity, Status
from tadmor.datamodel.findings import Nature
from tadmor.record import conclude

A, B, C, D = outlet("A"), outlet("B"), outlet("C"), outlet("D")
DAY = when("2015-05-21")


def concluded(*claims):
    return conclude(claims, prior=prior)


def fell(source, **fields):
    return control(source, None, DAY, polarity=Polarity.DENIED, **fields)


def test_who_held_it_and_whether_it_fell_are_one_matter():
    """Taken to one voice, held to another, and not fallen to a third: one contradiction with three accounts."""
    taken = control(A, "islamic_state", DAY)
    kept = control(B, "syrian_government", DAY, change=Change.HELD)
    found = concluded(taken, kept, fell(C)).contradictions
    [one] = [each for each in found if each.nature is not Nature.TIME]
    assert one.about == "who held Palmyra"
    assert [set(side.claims) for side in one.sides][-1] != set()
    assert len(one.sides) == 3
    claims = [claim for side in one.sides for claim in side.claims]
    assert len(claims) == len(set(claims)) == 3


def test_a_part_in_other_hands_is_a_further_account_of_the_same_matter():
    """Who held the town and whether all of it: both natures are told, the stronger as its nature."""
    taken = control(A, "islamic_state", DAY)
    kept = control(B, "syrian_government", DAY, change=Change.HELD)
    part = control(C, "syrian_government", DAY, change=Change.HELD, place=CITADEL)
    whole = [each for each in concluded(taken, kept, part).contradictions if each.place == taken.place.id]
    [one] = whole
    assert one.nature is one.natures[0]
    assert Nature.SCOPE in one.natures
    assert part.id in {claim for side in one.sides for claim in side.claims}


def test_matters_of_other_days_stay_apart():
    """A dispute of one year is not joined with that of the next, though the place is the same."""
    first = (control(A, "islamic_state", DAY), control(B, "syrian_government", DAY, change=Change.HELD))
    later = when("2016-05-21")
    second = (control(A, "islamic_state", later), control(B, "syrian_government", later, change=Change.HELD))
    assert len([each for each in concluded(*first, *second).contradictions if each.about == "who held Palmyra"]) == 2


def test_each_side_says_what_rests_on_it_and_what_the_record_would_say():
    """Of a number the tolls count, of who held a place the spells; a side that the record follows is told apart."""
    one, other = toll(A, exactly(20), DAY), toll(B, exactly(30), DAY)
    [number] = concluded(one, other, toll(C, exactly(30), DAY)).contradictions
    assert number.rests.findings == number.rests.tolls == 1
    assert [side.then for side in number.sides] == ["20, where the record has 30", "as the record has it: 30"]
    held = [control(source, "islamic_state", DAY) for source in (A, C, D)]
    kept = control(B, "syrian_government", DAY, change=Change.HELD)
    found = concluded(*held, kept).contradictions
    [dispute] = [each for each in found if each.about == "who held Palmyra"]
    assert dispute.rests.findings == dispute.rests.spells > 0
    then = {side.value: side.then for side in dispute.sides}
    assert then["held by Islamic State"].startswith("as the record has it: held by Islamic State")
    assert then["held by Syrian government"].startswith("otherwise than the record has it: held by Islamic State")


def test_what_more_findings_hang_on_comes_first():
    """Who held a town, on which two spells rest, stands before the number of one strike, on which one toll does."""
    before = [control(source, "syrian_government", when("2015-05-10"), change=Change.HELD) for source in (A, C)]
    taken = [control(source, "islamic_state", DAY, loser="syrian_government") for source in (A, C, D)]
    kept = control(B, "syrian_government", DAY, change=Change.HELD)
    far = when("2014-02-01")
    strikes = [toll(source, exactly(number), far, status=Status.CIVILIAN) for source, number in ((C, 20), (D, 30))]
    found = concluded(*before, *taken, kept, *strikes).contradictions
    assert next(each.about for each in found if each.nature is not Nature.TIME) == "who held Palmyra"
    assert [each.rests.findings for each in found] == sorted((each.rests.findings for each in found), reverse=True)


def test_a_contradiction_on_which_nothing_rests_says_so():
    """What is told of acts at no place is in an incident; a denial of it is in none."""
    told = event(A, EventType.AIR_STRIKE, DAY, by=("russia",))
    no = event(B, EventType.AIR_STRIKE, DAY, by=("russia",), polarity=Polarity.DENIED)
    [found] = concluded(told, no).contradictions
    assert [(side.rests.incidents, side.then) for side in found.sides] == [
        (1, "as the record has it"),
        (0, "otherwise than the record has it"),
    ]
