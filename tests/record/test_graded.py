"""A source that a person graded weighs so: the letter in place of its kind's prior, and the case still teaches."""

import pytest
from claims_builder import PALMYRA, control, exactly, outlet, prior, toll, when
from msgspec.structs import replace

from tadmor.record import conclude
from tadmor.record.grades import grade, worth
from tadmor.record.memory import Memory

FAIR, PLAIN, SOUND, WRONG = (outlet(name) for name in ("Fair", "Plain", "Sound", "Wrong"))
TOWNS = tuple(replace(PALMYRA, id=f"gn:{number}", name=f"Town {number}", lat=-60.0 + number) for number in range(20))


def two(letter=None):
    """Two outlets that disagree on one town, the first graded."""
    one, other = (
        control(source, holder, when("2016-03-27")) for source, holder in ((FAIR, "islamic_state"), (PLAIN, "sdf"))
    )
    return [replace(one, grade=letter), other]


def war(letter=None):
    """Many towns of which three outlets say one thing and a fourth, graded, another."""
    claims = [
        control(source, "sdf" if source is WRONG else "islamic_state", when("2016-03-27"), place=town)
        for town in TOWNS
        for source in (FAIR, PLAIN, SOUND, WRONG)
    ]
    return [replace(one, grade=letter) if one.origin == WRONG else one for one in claims]


def standing(claims):
    return next(one for one in conclude(claims, prior=prior).standings if one.voice == "wrong")


def holder(claims):
    spells = [one for one in conclude(claims, prior=prior).spells if one.holder is not None]
    return spells[0].holder if spells else None


def test_the_better_graded_of_two_is_believed():
    """Of two outlets that stand against each other the grade decides; without one neither is believed."""
    assert holder(two()) is None
    assert holder(two("A")) == "islamic_state"
    assert holder(two("E")) == "sdf"


def test_each_letter_is_worth_what_earns_it():
    """The number behind a letter is graded with that letter; E weighs nothing, and F says nothing."""
    for letter in "ABCD":
        assert grade(worth(letter), 10.0) == letter
    assert worth("E") == 0.5
    assert worth("F") is None
    assert worth(None) is None


def test_the_case_still_teaches_and_what_it_teaches_by_itself_is_told():
    """An A who errs everywhere falls from its letter; the program's own letter and number are those without it."""
    by_itself, given = standing(war()), standing(war("A"))
    assert given.first == pytest.approx(0.975)
    assert by_itself.right < given.right < given.first
    assert (given.given, given.grade) == ("A", "A")
    assert given.unaided.grade == by_itself.grade
    assert given.unaided.right == pytest.approx(by_itself.right, abs=0.02)


def test_f_leaves_what_the_case_finds():
    """That nobody can judge is shown, and weighs as if nothing were said."""
    by_itself, given = standing(war()), standing(war("F"))
    assert (given.right, given.given) == (by_itself.right, "F")


def test_a_grade_stands_with_the_voice_in_a_spell():
    """Its letter is shown with the claim in place of the one it earned, and the reason says that a person gave it."""
    (spell,) = [one for one in conclude(two("A"), prior=prior).spells if one.holder is not None]
    mine = next(one for one in spell.weights if "fair" in one.members)
    assert mine.grade[0] == "A"
    assert "graded A by a person" in mine.reason


def test_a_graded_source_counts_in_tolls_too():
    """Of two figures that stand against each other the better graded is taken."""
    claims = [toll(source, exactly(count), when("2016-03-27")) for source, count in ((FAIR, 10), (PLAIN, 13))]
    best = [
        conclude([replace(claims[0], grade=one), replace(claims[1], grade=other)], prior=prior).tolls[0].best
        for one, other in (("A", "E"), ("E", "A"))
    ]
    assert best == [10, 13]


def test_a_memory_of_before_the_grade_does_not_hold_it_back():
    """What was remembered without the grade is not taken for what follows from it."""
    memory, graded = Memory(), war("A")
    conclude([replace(one, grade=None) for one in graded], memory=memory)
    assert conclude(graded, memory=Memory(memory.kept)) == conclude(graded)
