"""Accounts that cannot all hold stand side by side, by what they disagree on."""

import msgspec
from claims_builder import (
    CITADEL,
    MANBIJ,
    PALMYRA,
    SYRIA,
    at_least,
    control,
    event,
    exactly,
    outlet,
    prior,
    toll,
    unnamed,
    when,
)

from tadmor.datamodel.claims import Change, Degree, EventType, Harm, Polarity, Status
from tadmor.datamodel.findings import Contradiction, Nature
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Basis
from tadmor.record import conclude

A, B, C = outlet("Gazette"), outlet("Weekly"), outlet("Courier")


def found(*claims: GroundedClaim) -> list[Contradiction]:
    return list(conclude(claims, prior=prior).contradictions)


def test_two_figures_of_one_toll():
    """Twenty and thirty dead of one strike are a contradiction in number, the least first."""
    one = found(toll(A, exactly(20), when("2016-12-10")), toll(B, exactly(30), when("2016-12-10")))
    assert [(each.nature, [side.value for side in each.sides]) for each in one] == [(Nature.NUMBER, ["20", "30"])]
    assert one[0].sides[0].sources == ("Gazette",)


def test_a_voice_stands_by_its_figure_however_it_words_it():
    """Twenty in the headline and "at least 20" below it are one figure of one voice, on one side."""
    claims = [
        toll(A, exactly(20), when("2016-12-10"), document="one"),
        toll(A, at_least(20), when("2016-12-10"), document="one"),
        toll(B, exactly(30), when("2016-12-10")),
    ]
    one = found(*claims)
    assert [len(side.claims) for side in one[0].sides] == [2, 1]


def test_a_least_number_stands_with_the_number_that_it_names():
    """A third voice's "at least 20" rules out nothing, and stands beside the 20 of another."""
    claims = [
        toll(A, exactly(20), when("2016-12-10")),
        toll(C, at_least(20), when("2016-12-10")),
        toll(B, exactly(30), when("2016-12-10")),
    ]
    one = found(*claims)
    assert [side.sources for side in one[0].sides] == [("Courier", "Gazette"), ("Weekly",)]
    assert [side.value for side in one[0].sides] == ["20", "30"]


def test_a_risen_toll_is_explained():
    """A later, larger figure may be no contradiction, and says so."""
    one = found(
        toll(A, exactly(20), when("2016-12-10"), published="2016-12-10"),
        toll(B, exactly(30), when("2016-12-10"), published="2016-12-12"),
    )
    assert one[0].explanation is not None
    assert "risen" in one[0].explanation


def test_a_wider_place_is_an_explanation():
    """The larger figure may be of the whole town."""
    one = found(
        toll(A, exactly(20), when("2016-12-10"), place=CITADEL),
        toll(B, exactly(24), when("2016-12-10"), place=PALMYRA),
    )
    assert one[0].explanation is not None
    assert "Palmyra" in one[0].explanation


def test_compatible_figures_are_none():
    """At least twelve and fifteen can both hold."""
    assert found(toll(A, at_least(12), when("2016-12-10")), toll(B, exactly(15), when("2016-12-10"))) == []


def test_two_look_backs_on_one_execution():
    """Twenty a year ago in May and twenty-one last July: time and number, side by side, maybe two executions."""
    site = Place(
        id="site:theatre", name="Roman theatre", level=Level.SITE, country="SY", parents=(PALMYRA.id, "country:SY")
    )
    claims = [
        event(
            A,
            EventType.EXECUTION,
            when("2015-05-01", "2015-05-31"),
            by=("islamic_state",),
            count=exactly(20),
            published="2016-05-11",
            place=site,
        ),
        event(
            B,
            EventType.EXECUTION,
            when("2015-07-01", "2015-07-31"),
            by=("islamic_state",),
            on=("soldiers",),
            count=exactly(21),
            published="2016-12-13",
        ),
    ]
    natures = {each.nature: each for each in found(*claims)}
    assert set(natures) == {Nature.TIME, Nature.NUMBER}
    assert [side.value for side in natures[Nature.NUMBER].sides] == ["20", "21"]
    assert all(each.explanation is not None for each in natures.values())


def test_far_look_backs_are_two_executions():
    """Twenty in May and two hundred in July are no two accounts of one."""
    told = [
        event(one, EventType.EXECUTION, when(f"2015-{month}-01"), count=exactly(n), published="2016-12-13")
        for one, month, n in ((A, "05", 20), (B, "07", 200))
    ]
    assert found(*told) == []


def test_who_did_it():
    """Two camps are blamed for one strike."""
    one = found(
        event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",)),
        event(B, EventType.AIR_STRIKE, when("2016-12-10"), by=("syrian_government",)),
    )
    assert [each.nature for each in one] == [Nature.ACTOR]


def test_both_sides_of_a_clash_are_no_contradiction():
    """In a clash both act."""
    assert (
        found(
            event(A, EventType.CLASH, when("2016-12-10"), by=("islamic_state",)),
            event(B, EventType.CLASH, when("2016-12-10"), by=("syrian_government",)),
        )
        == []
    )


def test_told_and_denied():
    """A strike that one reports and another denies."""
    one = found(
        event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",)),
        event(B, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",), polarity=Polarity.DENIED),
    )
    assert [each.nature for each in one] == [Nature.OUTCOME]


def test_an_article_is_no_count():
    """An air strike to one, three of them to another: the first does not say that there was but one."""
    single = Quantity(low=1, best=1, high=1, expression="an")
    told = [event(one, EventType.AIR_STRIKE, when("2016-12-10"), count=n) for one, n in ((A, single), (B, exactly(3)))]
    assert found(*told) == []


def test_a_denied_gas_attack_is_no_denied_strike():
    """That gas was used is denied, the air strike told of on the same day is not; nor is the one by the other's name."""
    strike = event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",))
    told = event(A, EventType.BOMBING, when("2016-12-10"), by=("russia",))
    denials = [
        event(B, kind, when("2016-12-10"), by=("russia",), polarity=Polarity.DENIED)
        for kind in (EventType.CHEMICAL_ATTACK, EventType.CLASH, EventType.AIR_STRIKE)
    ]
    assert [len(found(strike, one)) for one in denials] == [0, 0, 1]
    assert [len(found(told, one)) for one in denials] == [0, 0, 1]


def test_what_is_denied_of_a_country_is_of_no_one_town():
    """A denial told of the country at large is not set against a strike on one town."""
    strike = event(A, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",))
    denial = event(B, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",), polarity=Polarity.DENIED, place=SYRIA)
    assert found(strike, denial) == []


def test_civilians_or_fighters():
    """The same dead, called civilians by one and fighters by another."""
    one = found(
        toll(A, exactly(20), when("2016-12-10"), status=Status.CIVILIAN),
        toll(B, exactly(20), when("2016-12-10"), status=Status.COMBATANT),
        event(A, EventType.AIR_STRIKE, when("2016-12-10")),
        event(B, EventType.AIR_STRIKE, when("2016-12-10")),
    )
    assert [each.nature for each in one] == [Nature.DEFINITION]


def test_the_same_toll_told_of_two_places():
    """Forty-seven dead of the same day and hand, here and there."""
    one = found(
        toll(A, exactly(47), when("2016-12-10"), by="russia"),
        toll(B, exactly(47), when("2016-12-10"), by="russia", place=MANBIJ),
    )
    assert [each.nature for each in one] == [Nature.PLACE]


def test_was_it_retaken_on_sunday():
    """One says the militants were driven out that day, another that they took the city: outcome."""
    press = unnamed("the press")
    one = found(
        control((A, press), None, when("2016-12-11"), loser="islamic_state", change=Change.LOST),
        control(B, "islamic_state", when("2016-12-11")),
    )
    assert [each.nature for each in one] == [Nature.OUTCOME]
    assert one[0].explanation == "it may have changed hands more than once in these days"
    assert {side.value for side in one[0].sides} == {"held by Islamic State", "not held by Islamic State"}


def test_two_holders_on_one_day():
    """Each side's outlet says that its own holds the town."""
    one = found(
        control(A, "islamic_state", when("2016-12-11"), change=Change.HELD),
        control(B, "syrian_government", when("2016-12-11"), change=Change.HELD),
    )
    assert [each.nature for each in one] == [Nature.ACTOR]


def test_the_whole_or_a_part():
    """All of the town to one, a part of it to another."""
    one = found(
        control(A, "sdf", when("2016-08-12")),
        control(B, "sdf", when("2016-08-12"), degree=Degree.PARTIAL),
    )
    assert [each.nature for each in one] == [Nature.SCOPE]
    assert one[0].explanation is not None


def test_who_holds_a_part_may_hold_the_whole():
    """Government-held districts of a town are no word against the town's being the government's."""
    told = [
        control(A, "syrian_government", when("2016-08-12"), change=Change.HELD),
        control(B, "syrian_government", when("2016-08-12"), change=Change.HELD, degree=Degree.PARTIAL),
    ]
    assert found(*told) == []


def test_a_siege_says_of_no_part_that_its_besieger_lacks_it():
    """Who besieges a town may hold districts of it."""
    siege = control(A, "sdf", when("2016-08-12"), change=Change.HELD, degree=Degree.BESIEGED)
    part = control(B, "sdf", when("2016-08-12"), change=Change.HELD, degree=Degree.PARTIAL)
    assert found(siege, part) == []


def test_two_dates_of_one_capture():
    """The same capture on the 12th and on the 15th."""
    one = found(control(A, "sdf", when("2016-08-12")), control(B, "sdf", when("2016-08-15")))
    assert [each.nature for each in one] == [Nature.TIME]


def test_one_after_the_other_is_none():
    """Holders in turn contradict nobody."""
    assert (
        found(
            control(A, "islamic_state", when("2015-05-20")),
            control(B, "syrian_government", when("2016-03-27"), loser="islamic_state"),
        )
        == []
    )


def test_one_text_that_tells_of_two_turns_is_none():
    """A voice that tells how a town was taken and lost again on one day does not contradict itself."""
    assert (
        found(
            control(A, "syrian_government", when("2016-12-11"), document="one"),
            control(A, "islamic_state", when("2016-12-11"), document="one"),
        )
        == []
    )


def test_more_claims_come_first():
    """Contradictions on which more hangs stand before others."""
    claims = [
        toll(A, exactly(20), when("2016-12-10")),
        toll(B, exactly(30), when("2016-12-10")),
        toll(A, exactly(5), when("2016-08-10"), place=MANBIJ),
        *(toll(outlet(f"Outlet {n}"), exactly(9), when("2016-08-10"), place=MANBIJ) for n in range(4)),
    ]
    assert [each.place for each in found(*claims)] == [MANBIJ.id, PALMYRA.id]


def test_a_denial_meets_only_what_it_denies():
    """That nobody was killed is set against deaths, and not against the strike that all tell of."""
    strikes = [event(who, EventType.AIR_STRIKE, when("2016-12-10"), by=("russia",)) for who in (A, B)]
    nobody = toll(B, None, when("2016-12-10"), by="russia", polarity=Polarity.DENIED)
    assert found(*strikes, nobody) == []
    one = found(*strikes, nobody, toll(A, exactly(20), when("2016-12-10"), by="russia"))
    assert [each.nature for each in one] == [Nature.OUTCOME]
    assert all(len(side.claims) == 1 for side in one[0].sides)


def test_a_denied_fall_meets_whoever_took_it():
    """That a town has fallen is denied without a name: it stands against the gain that others tell of."""
    one = found(
        control(A, "sdf", when("2016-08-12")),
        control(B, None, when("2016-08-12"), polarity=Polarity.DENIED),
        control(C, "sdf", when("2016-12-01"), change=Change.HELD),
    )
    assert [each.nature for each in one] == [Nature.OUTCOME]
    assert [side.value for side in one[0].sides] == ["Syrian Democratic Forces took it", "it did not fall"]
    assert [side.sources for side in one[0].sides] == [("Gazette",), ("Weekly",)]


def test_a_denied_fall_of_other_days_meets_nothing():
    """What is denied in June says nothing of August; nor does a side deny its own gain."""
    gain = control(A, "sdf", when("2016-08-12"))
    own = outlet("Front page", sides=("sdf",))
    assert found(gain, control(B, None, when("2016-06-12"), polarity=Polarity.DENIED)) == []
    assert found(gain, control(own, None, when("2016-08-12"), polarity=Polarity.DENIED)) == []


def test_retaken_or_still_fought_over():
    """One says that the army retook it, another that it is contested: outcome."""
    one = found(
        control(A, "syrian_army", when("2017-03-02")),
        control(B, None, when("2017-03-02"), change=Change.HELD, degree=Degree.CONTESTED),
    )
    assert [each.nature for each in one] == [Nature.OUTCOME]
    assert {side.value for side in one[0].sides} == {"held by Syrian government", "contested"}


def test_a_capture_dated_anew_by_a_correction():
    """Thursday in the report, Friday in its correction and to another voice: two dates of one capture."""
    one = found(
        control(A, "syrian_army", when("2016-03-24"), published="2016-03-28"),
        control(A, "syrian_army", when("2016-03-25"), published="2016-03-30"),
        control(B, "syrian_army", when("2016-03-25"), published="2016-03-27"),
        control(C, "syrian_army", when("2016-03-25"), degree=Degree.PARTIAL, published="2016-03-25"),
    )
    times = [each for each in one if each.nature is Nature.TIME]
    assert [[side.value for side in each.sides] for each in times] == [["2016-03-24", "2016-03-25"]]
    assert times[0].explanation == "Gazette gave 2016-03-24 at first and 2016-03-25 later, and so withdrew the former"


def test_days_that_overlap_are_one_capture():
    """The 20th and 21st against the 21st: grain, no contradiction."""
    assert found(control(A, "sdf", when("2016-08-20", "2016-08-21")), control(B, "sdf", when("2016-08-21"))) == []


def test_taken_again_after_another_held_it_is_no_other_date():
    """Two captures with another's holding told in between are two."""
    assert (
        found(
            control(A, "sdf", when("2016-08-12")),
            control(C, "islamic_state", when("2016-08-20"), change=Change.HELD),
            control(B, "sdf", when("2016-09-01")),
        )
        == []
    )


def test_all_of_a_town_while_a_part_is_in_other_hands():
    """Full control of the town to one voice; the citadel in it still the other side's to another: scope."""
    whole = control(A, "syrian_army", when("2016-03-27"))
    part = control(B, "islamic_state", when("2016-03-27"), change=Change.HELD, place=CITADEL)
    one = found(whole, part)
    assert [each.nature for each in one] == [Nature.SCOPE]
    assert [side.sources for side in one[0].sides] == [("Gazette",), ("Weekly",)]
    assert one[0].place == PALMYRA.id


def test_a_part_on_another_day_or_told_by_the_same_voice_is_none():
    """Neither what was so a month before, nor what one voice tells of town and citadel."""
    whole = control(A, "syrian_army", when("2016-03-27"))
    before = control(B, "islamic_state", when("2016-02-27"), change=Change.HELD, place=CITADEL)
    own = control(A, "islamic_state", when("2016-03-27"), change=Change.HELD, place=CITADEL)
    assert found(whole, before) == []
    assert found(whole, own) == []


def test_far_from_a_town_is_no_part_of_it():
    """Forty kilometres to the west are told from the town, and lie not in it."""
    far = Place(
        id="rel:far",
        name="40 km west of Palmyra",
        level=Level.SITE,
        lat=34.55,
        lon=37.83,
        country="SY",
        parents=(PALMYRA.id, "country:SY"),
        relative_to=PALMYRA.id,
    )
    whole = control(A, "syrian_army", when("2016-03-27"))
    assert found(whole, control(B, "islamic_state", when("2016-03-27"), change=Change.HELD, place=far)) == []


def test_a_report_without_a_day_is_no_other_date():
    """What is dated only by the day it came out tells no day that could clash with one that is told."""
    strikes = [
        event(A, EventType.AIR_STRIKE, when("2016-12-08"), by=("russia",), count=exactly(7)),
        event(
            B,
            EventType.AIR_STRIKE,
            when("2016-12-09", "2016-12-10", Basis.PUBLICATION),
            by=("russia",),
            count=exactly(7),
        ),
    ]
    assert found(*strikes) == []
    told = event(C, EventType.AIR_STRIKE, when("2016-12-09"), by=("russia",), count=exactly(7))
    assert [each.nature for each in found(*strikes, told)] == [Nature.TIME]


def test_a_denial_at_one_house_meets_nothing_told_of_the_town():
    """No killing at the citadel: that says nothing of the killing told of the whole town; of the same place it does."""
    killing = event(A, EventType.KILLING, when("2016-12-10"), by=("islamic_state",))
    no = event(B, EventType.KILLING, when("2016-12-10"), by=("islamic_state",), place=CITADEL, polarity=Polarity.DENIED)
    assert found(killing, no) == []
    there = event(A, EventType.KILLING, when("2016-12-10"), by=("islamic_state",), place=CITADEL)
    assert [each.nature for each in found(there, no)] == [Nature.OUTCOME]


def test_killed_against_killed_or_wounded():
    """A count of the dead and one of dead and wounded differ in what they count, and not in number."""
    alone = toll(A, exactly(283), when("2017-01-20"), group="islamic_state", status=Status.COMBATANT)
    both = same_words(
        toll(B, exactly(1000), when("2017-01-20"), group="islamic_state", status=Status.COMBATANT),
        toll(B, exactly(1000), when("2017-01-20"), group="islamic_state", status=Status.COMBATANT, harm=Harm.WOUNDED),
    )
    record = conclude([alone, *both], prior=prior)
    assert [each.nature for each in record.contradictions] == [Nature.DEFINITION]
    assert record.contradictions[0].explanation == "one counts the wounded as well"
    killed = next(each for each in record.tolls if each.harm is Harm.KILLED)
    assert (killed.best, killed.high) == (283, 283)
    assert any("together" in reason for reason in killed.reasons)


def test_a_running_total_and_a_total_with_the_wounded():
    """A total of weeks, in no incident with the other number, is set beside it all the same; of other weeks it is not."""
    both = same_words(
        *(toll(B, exactly(900), when("2017-03-01"), group="sdf", harm=one) for one in (Harm.KILLED, Harm.WOUNDED))
    )
    one = found(toll(A, exactly(283), when("2017-01-11", "2017-03-02"), group="sdf"), *both)
    assert [(each.nature, each.explanation) for each in one] == [(Nature.DEFINITION, "one counts the wounded as well")]
    assert found(toll(A, exactly(283), when("2016-01-11", "2016-03-02"), group="sdf"), *both) == []


def test_captives_who_are_killed_are_no_other_count():
    """Twelve captives beheaded are twelve captured and twelve killed, and not so many in all."""
    both = same_words(*(toll(B, exactly(12), when("2017-01-15"), harm=one) for one in (Harm.KILLED, Harm.CAPTURED)))
    assert found(toll(A, exactly(14), when("2017-01-15"), harm=Harm.CAPTURED), *both)[0].nature is Nature.NUMBER


def same_words(*claims: GroundedClaim) -> list[GroundedClaim]:
    """The claims as if read from one sentence."""
    first = claims[0].claim
    where = {"document": first.document, "start": first.start, "end": first.end, "quote": first.quote}
    return [msgspec.structs.replace(one, claim=msgspec.structs.replace(one.claim, **where)) for one in claims]


def test_a_fall_is_denied_by_who_says_that_the_other_holds():
    """Who says that the army holds the town denies its fall to the group, not that the army took it back."""
    one = found(
        control(A, "islamic_state", when("2016-12-11")),
        control(C, "syrian_army", when("2016-12-11")),
        control(B, "syrian_army", when("2016-12-11"), change=Change.HELD),
        control(B, None, when("2016-12-11"), polarity=Polarity.DENIED),
    )
    [held] = [each for each in one if each.about == "who held Palmyra"]
    accounts = ["held by Islamic State", "held by Syrian government", "it did not fall"]
    assert sorted(side.value for side in held.sides) == accounts


def test_the_dead_of_an_armed_group_are_fighters():
    """Losses of a group that are not called fighters are set against its fighters killed."""
    one = found(
        toll(A, exactly(40), when("2017-01-15"), group="islamic_state", status=Status.COMBATANT),
        toll(B, exactly(60), when("2017-01-15"), group="islamic_state"),
    )
    assert [each.nature for each in one] == [Nature.NUMBER]
