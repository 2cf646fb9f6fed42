"""Who held what and when, concluded from claims."""

from datetime import date

import msgspec
from claims_builder import (
    CITADEL,
    COUNTRYSIDE,
    PALMYRA,
    SYRIA,
    control,
    day,
    days,
    event,
    outlet,
    prior,
    unnamed,
    when,
)

from tadmor.datamodel.claims import Change, Degree, EventType, Modality, Polarity
from tadmor.datamodel.documents import Copy, CopyKind
from tadmor.datamodel.findings import Spell, State, Verdict
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.datamodel.times import Basis, Extent, Grain, When
from tadmor.record import MISREAD, conclude

A, B, C = outlet("Gazette"), outlet("Weekly"), outlet("Courier")
SANA = Source(id="sana", name="SANA", kind=SourceKind.PARTY, sides=("syrian_government",))
AMAQ = Source(id="amaq", name="Amaq", kind=SourceKind.PARTY, sides=("islamic_state",))


def spells(claims: list[GroundedClaim], place: Place = PALMYRA, as_of: date | None = None) -> list[Spell]:
    record = conclude(claims, prior=prior, as_of=as_of)
    return [spell for spell in record.spells if spell.place == place.id]


def four_changes() -> list[GroundedClaim]:
    return [
        control(A, "islamic_state", when("2015-05-01", "2015-05-31"), published="2016-12-13"),
        control(B, "syrian_army", when("2016-03-27"), loser="islamic_state", published="2016-04-10"),
        control(A, "syrian_army", when("2016-03-01", "2016-03-31"), loser="islamic_state", published="2016-12-13"),
        control(A, "islamic_state", when("2016-12-11"), published="2016-12-13"),
        control(C, "islamic_state", when("2016-12-11"), loser="syrian_government", published="2016-12-12"),
        control(C, "syrian_army", when("2017-03-02"), loser="islamic_state", published="2017-03-03"),
    ]


def test_a_place_changes_hands_on_the_days_told():
    """A month stays a month, a day narrows the month that holds it, and the last spell stays open."""
    found = [(one.holder, one.start, one.end, one.change) for one in spells(four_changes())]
    assert found == [
        ("islamic_state", day("2015-05-16"), day("2016-03-26"), days("2015-05-01", "2015-05-31")),
        ("syrian_government", day("2016-03-27"), day("2016-12-10"), days("2016-03-27")),
        ("islamic_state", day("2016-12-11"), day("2017-03-01"), days("2016-12-11")),
        ("syrian_government", day("2017-03-02"), None, days("2017-03-02")),
    ]


def test_a_force_holds_for_its_camp():
    """What the army takes, its government holds."""
    assert spells([control(A, "syrian_army", when("2016-03-27"))])[0].holder == "syrian_government"


def test_as_of_uses_only_what_had_been_said():
    """On 1 May 2016 nobody had yet told of December."""
    known = spells(four_changes(), as_of=day("2016-05-01"))
    assert [(one.holder, one.end) for one in known] == [
        ("islamic_state", day("2016-03-26")),
        ("syrian_government", None),
    ]


def test_plans_and_scenarios_are_no_evidence():
    """What somebody plans, predicts, imagines or asks leaves no spell."""
    told = [Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL, Modality.ASKED]
    assert spells([control(A, "sdf", when("2016-03-27"), modality=one) for one in told]) == []


def test_two_voices_establish_what_one_makes_likely():
    """Agreement of independent voices makes a finding established."""
    one = [control(A, "islamic_state", when("2016-12-11"))]
    two = [*one, control(B, "islamic_state", when("2016-12-11")), control(C, "islamic_state", when("2016-12-11"))]
    assert spells(one)[0].verdict is Verdict.LIKELY
    assert spells(two)[0].verdict is Verdict.ESTABLISHED
    assert spells(two)[0].independent_sources == 3


def test_many_outlets_quoting_one_monitor_are_one_voice():
    """Ten relays of one origin weigh what one does."""
    monitor = Source(id="sohr", name="Observatory", kind=SourceKind.MONITOR)
    ten = [control((outlet(f"Outlet {number}"), monitor), "sdf", when("2016-08-12")) for number in range(10)]
    alone, together = spells(ten[:1])[0], spells(ten)[0]
    assert together.independent_sources == 1
    assert together.confidence == alone.confidence
    assert len(together.weights[0].members) == 11


def test_copies_of_a_document_are_one_voice():
    """A rewrite speaks with the voice of what it rewrites."""
    first = control(A, "sdf", when("2016-08-12"), document="one")
    second = control(B, "sdf", when("2016-08-12"), document="two")
    copies = [Copy(earlier="one", later="two", kind=CopyKind.REWRITE, share=0.9)]
    record = conclude([first, second], copies=copies, prior=prior)
    assert record.spells[0].independent_sources == 1
    assert record.spells[0].confidence == conclude([first], prior=prior).spells[0].confidence


def test_an_unnamed_origin_is_a_voice_within_its_outlet():
    """The activists of two outlets are two voices, those of one outlet are one."""
    two = [control((one, unnamed("activists")), "sdf", when("2016-08-12")) for one in (A, B)]
    one = [control((A, unnamed("activists")), "sdf", when("2016-08-12")) for _ in range(2)]
    assert spells(two)[0].independent_sources == 2
    assert spells(one)[0].independent_sources == 1


def test_an_admission_weighs_more_than_a_boast():
    """A party that admits its loss is believed further than one that claims a gain."""
    admits = spells([control(SANA, "islamic_state", when("2016-12-11"), loser="syrian_government")])[0]
    boasts = spells([control(AMAQ, "islamic_state", when("2016-12-11"), loser="syrian_government")])[0]
    assert admits.confidence > boasts.confidence
    assert "against its own side" in admits.weights[0].reason
    assert "serves its own side" in boasts.weights[0].reason


def test_boasts_alone_establish_nothing():
    """However many voices of one side say so, it takes one without that interest."""
    many = [
        Source(id=f"party{number}", name=f"Party {number}", kind=SourceKind.PARTY, sides=("islamic_state",))
        for number in range(8)
    ]
    boasts = [control(one, "islamic_state", when("2016-12-11")) for one in many]
    assert spells(boasts)[0].verdict is not Verdict.ESTABLISHED
    assert spells([*boasts, control(A, "islamic_state", when("2016-12-11"))])[0].verdict is Verdict.ESTABLISHED


def test_a_denial_counts_against():
    """A denied loss lowers the confidence in it and stands among what opposes it."""
    told = control(A, "islamic_state", when("2016-12-11"), loser="syrian_government")
    denial = control(B, "islamic_state", when("2016-12-11"), polarity=Polarity.DENIED)
    before, after = spells([told])[-1], [one for one in spells([told, denial]) if one.holder == "islamic_state"]
    assert not after or after[0].confidence < before.confidence
    assert not after or denial.id in after[0].opposes


def test_a_siege_has_a_besieger_and_a_holder():
    """A besieged city is held by whoever is besieged, however often it is told to be held."""
    claims = [
        control(
            A,
            "islamic_state",
            when("2016-12-13"),
            loser="syrian_government",
            change=Change.HELD,
            degree=Degree.BESIEGED,
        ),
        *(control(one, "syrian_government", when("2016-12-13"), change=Change.HELD) for one in (B, C)),
    ]
    siege = spells(claims)[0]
    assert (siege.state, siege.holder, siege.besieger) == (State.BESIEGED, "syrian_government", "islamic_state")


def test_a_broken_siege_leaves_the_holder():
    """After a siege is told to be broken its defender holds on."""
    claims = [
        control(A, "islamic_state", when("2014-09-16"), loser="sdf", degree=Degree.BESIEGED),
        control(A, None, when("2015-01-26"), loser="islamic_state", change=Change.LOST, degree=Degree.BESIEGED),
    ]
    assert [(one.state, one.holder, one.start) for one in spells(claims)] == [
        (State.BESIEGED, "sdf", day("2014-09-16")),
        (State.HELD, "sdf", day("2015-01-26")),
    ]


def test_a_loss_without_a_new_holder_leaves_the_place_unknown():
    """Who holds it after "lost" is not made up."""
    found = spells([control(A, None, when("2015-11-13"), loser="islamic_state", change=Change.LOST)])
    assert [(one.state, one.holder, one.end) for one in found] == [
        (State.HELD, "islamic_state", day("2015-11-12")),
        (State.UNKNOWN, None, None),
    ]


def test_ground_around_a_town_does_not_move_the_town():
    """Sites, relative places and whole countries are apart from the town."""
    claims = [
        control(A, "islamic_state", when("2016-12-13"), change=Change.HELD, place=place)
        for place in (CITADEL, COUNTRYSIDE, SYRIA)
    ]
    record = conclude(claims, prior=prior)
    assert {one.place for one in record.spells} == {CITADEL.id, COUNTRYSIDE.id}


def test_fighting_for_a_place_makes_it_contested():
    """Battles with no holder named make a state of their own."""
    claims = [
        control(A, "syrian_government", when("2016-03-27")),
        control(B, None, when("2016-12-09"), change=Change.HELD, degree=Degree.CONTESTED),
        control(C, None, when("2016-12-09"), change=Change.HELD, degree=Degree.CONTESTED),
        control(B, "islamic_state", when("2016-12-11")),
    ]
    assert [one.state for one in spells(claims)] == [State.HELD, State.CONTESTED, State.HELD]


def test_a_present_state_counts_at_the_days_of_its_document():
    """A city called ISIS-held, without a date, was so on the day it was written; since when is not told."""
    claim = control(A, "islamic_state", None, change=Change.HELD, published="2016-12-13")
    (found,) = spells([claim])
    assert found.start is None
    assert "since when is not told" in found.reasons
    other = control(C, "islamic_state", None, change=Change.HELD, published="2016-12-13")
    taken = control(B, "syrian_government", when("2015-06-01"))
    before, after = spells([claim, other, taken])[-2:]
    assert (before.holder, after.holder) == ("syrian_government", "islamic_state")
    assert after.change is not None
    assert after.change.last == day("2016-12-13")


def test_news_without_a_day_does_not_say_who_held_it_the_day_before():
    """A change known only by its document's date starts no gap in an older spell."""
    claims = [
        control(A, "islamic_state", when("2016-12-11")),
        control(B, "islamic_state", when("2016-12-18", "2016-12-20", Basis.PUBLICATION)),
    ]
    assert len(spells(claims)) == 1


def test_the_militants_are_the_only_group_told_of_there():
    """A general word is read as the place's only armed group."""
    claims = [
        control(A, "islamic_state", when("2016-12-11"), loser="syrian_government"),
        control(B, "militants", when("2016-12-11"), loser="syrian_government"),
    ]
    assert spells(claims)[-1].independent_sources == 2


def test_opposing_voices_make_a_finding_disputed():
    """A finding that voices of like weight deny is disputed, and shows them."""
    claims = [
        control(A, "islamic_state", when("2016-12-11")),
        control(B, "islamic_state", when("2016-12-11")),
        control(C, "syrian_government", when("2016-12-11"), change=Change.HELD),
        control(outlet("Fourth"), None, when("2016-12-11"), loser="islamic_state", change=Change.LOST),
    ]
    last = spells(claims)[-1]
    assert last.verdict is Verdict.DISPUTED
    assert len(last.opposes) == 2


def test_enemies_are_learned_from_the_case():
    """An ally's outlet that tells of the enemy's loss serves its side, once two voices tell who fights whom."""
    tass = Source(id="tass", name="TASS", kind=SourceKind.AGENCY, sides=("russia",))
    loss = control(tass, "syrian_government", when("2016-03-27"), loser="islamic_state")
    strikes = [
        event(one, EventType.AIR_STRIKE, when("2016-03-20"), by=("russia",), on=("islamic_state",)) for one in (A, B)
    ]
    reasons = [spells([loss, *more])[-1].weights[0].reason for more in ([], strikes)]
    assert ["serves its own side" in reason for reason in reasons] == [False, True]


def test_the_held_town_that_is_seized_was_held_until_then():
    """To seize the ISIS-held town on 27 March tells of the state before."""
    claims = [
        control(A, "syrian_army", when("2016-03-27"), document="one"),
        control(A, "islamic_state", when("2016-03-27"), change=Change.HELD, document="one"),
    ]
    assert [(one.holder, one.start) for one in spells(claims)] == [
        ("islamic_state", None),
        ("syrian_government", day("2016-03-27")),
    ]


def test_recently_joins_the_day_that_another_tells():
    """A town "recently" taken is the capture of six weeks ago, not a second one."""
    claims = [
        control(A, "syrian_army", when("2016-03-27")),
        control(B, "syrian_army", loose("2016-04-11", "2016-05-11")),
    ]
    record = conclude(claims, prior=prior)
    assert [(one.start, one.independent_sources) for one in record.spells] == [(day("2016-03-27"), 2)]
    assert record.contradictions == ()


def test_who_lost_it_held_it_until_then():
    """A capture from somebody implies that they held it before, since when is not told."""
    capture = control(A, "sdf", when("2016-08-12"), loser="islamic_state")
    before, after = spells([capture])
    assert (before.holder, before.start, before.end) == ("islamic_state", None, day("2016-08-11"))
    assert before.verdict is Verdict.LIKELY
    assert before.confidence < after.confidence
    assert any("inferred" in reason for reason in before.reasons)


def test_that_it_was_held_says_not_since_when():
    """A report that it is held, before its loss, says no more of the time before than the loss does."""
    told = control(B, "islamic_state", when("2016-08-01"), change=Change.HELD)
    capture = control(A, "sdf", when("2016-08-12"), loser="islamic_state")
    assert spells([told, capture])[0].start is None


def test_a_holder_whose_gain_or_spell_is_told_has_a_start():
    """Where a report tells of the gain, or of all the days since, the spell starts there and not in the dark."""
    capture = control(A, "sdf", when("2016-08-12"), loser="islamic_state")
    gained = control(B, "islamic_state", when("2014-01-10"))
    since = control(B, "islamic_state", when("2016-07-01", "2016-08-01", extent=Extent.THROUGHOUT), change=Change.HELD)
    assert spells([gained, capture])[0].start == day("2014-01-10")
    assert spells([since, capture])[0].start == day("2016-07-01")


def test_a_capture_from_nobody_named_tells_nothing_of_before():
    """That the gainer did not have it before says not who did."""
    assert [one.holder for one in spells([control(A, "sdf", when("2016-08-12"))])] == ["sdf"]


def test_after_a_broken_siege_of_which_nothing_else_is_told_nobody_is_known_to_hold_it():
    """The last spell of a place stays open, if only as unknown."""
    claims = [
        control(A, "sdf", when("2016-01-01"), degree=Degree.BESIEGED),
        control(A, "sdf", when("2016-01-09"), degree=Degree.BESIEGED, change=Change.LOST),
    ]
    assert [(one.state, one.start, one.end) for one in spells(claims)] == [
        (State.BESIEGED, day("2016-01-01"), day("2016-01-08")),
        (State.UNKNOWN, day("2016-01-09"), None),
    ]


def test_the_part_that_the_besieged_hold_is_no_contest():
    """Besieged since January and holding the western districts: besieged, held by the garrison's side."""
    since = when("2015-01-10", "2016-02-20", extent=Extent.THROUGHOUT)
    claims = [
        control(A, "islamic_state", since, change=Change.HELD, degree=Degree.BESIEGED),
        control(A, "syrian_government", when("2016-02-19"), change=Change.HELD, degree=Degree.PARTIAL),
        control(B, None, when("2016-02-20"), change=Change.HELD, degree=Degree.BESIEGED),
    ]
    last = spells(claims)[-1]
    assert (last.state, last.holder, last.besieger, last.end) == (
        State.BESIEGED,
        "syrian_government",
        "islamic_state",
        None,
    )


def test_the_part_that_the_besieger_holds_is_a_contest():
    """Without a siege, or in the hands of the besieger, a part held leaves the place contested."""
    part = control(A, "islamic_state", when("2016-02-19"), change=Change.HELD, degree=Degree.PARTIAL)
    siege = control(B, "islamic_state", when("2016-02-01"), degree=Degree.BESIEGED)
    assert spells([part])[-1].state is State.CONTESTED
    assert spells([siege, part])[-1].state is State.CONTESTED


def test_the_besieged_have_held_the_place_since_the_siege_began():
    """Who is first told to hold a besieged town months into the siege held it all along."""
    claims = [
        control(A, "islamic_state", when("2015-01-10"), degree=Degree.BESIEGED),
        control(B, "syrian_government", when("2015-06-01"), change=Change.HELD),
    ]
    found = [(one.state, one.holder, one.besieger, one.start, one.end) for one in spells(claims)]
    assert found == [(State.BESIEGED, "syrian_government", "islamic_state", day("2015-01-10"), None)]


def test_civilians_hold_no_place():
    """To encircle the people of a town is to besiege it, and makes them no holders."""
    claim = control(A, "islamic_state", when("2015-01-10"), loser="civilians", degree=Degree.BESIEGED)
    assert [(one.state, one.holder, one.besieger) for one in spells([claim])] == [
        (State.BESIEGED, None, "islamic_state")
    ]


def loose(first: str, last: str) -> When:
    return msgspec.structs.replace(when(first, last, Basis.RELATIVE), grain=Grain.SPAN)


def test_a_change_of_some_day_in_a_month_does_not_outlast_one_in_it():
    """A counter-attack on some Sunday of the month does not stand after the capture told of the 11th."""
    claims = [
        control(A, "islamic_state", when("2016-12-11")),
        control(B, "islamic_state", when("2016-12-11")),
        control(C, None, when("2016-11-27", "2016-12-25", Basis.RELATIVE), loser="islamic_state", change=Change.LOST),
    ]
    last = spells(claims)[-1]
    assert (last.holder, last.end, len(last.opposes)) == ("islamic_state", None, 1)


def test_the_fight_on_the_way_does_not_undo_its_end():
    """An account that tells of the fight, of a part retaken, and of the end tells of the end."""
    told = when("2016-12-11")
    claims = [
        control(A, None, told, degree=Degree.CONTESTED, change=Change.HELD, document="one"),
        control(A, "syrian_army", told, degree=Degree.PARTIAL, document="one"),
        control(A, "islamic_state", told, document="one"),
    ]
    assert (spells(claims)[-1].state, spells(claims)[-1].holder) == (State.HELD, "islamic_state")


def test_news_starts_a_spell_on_the_day_it_came_out():
    """A change dated only by its report starts on the report's day, and keeps the days it may have begun in."""
    told = spells([control(A, "sdf", when("2016-08-10", "2016-08-12", Basis.PUBLICATION))])[0]
    assert (told.start, told.change) == (day("2016-08-12"), days("2016-08-10", "2016-08-12"))


def test_the_weakest_word_is_heard():
    """One unnamed source's hedged word is a finding, if an unsupported one."""
    claim = control((A, unnamed("a resident")), "sdf", when("2016-08-12"), modality=Modality.HEDGED)
    assert [(one.holder, one.verdict) for one in spells([claim])] == [("sdf", Verdict.UNSUPPORTED)]


def test_a_siege_by_nobody_named_is_a_siege():
    """A city called besieged is said to be so, not by whom."""
    claim = control(A, None, when("2016-12-11"), change=Change.HELD, degree=Degree.BESIEGED)
    assert [(one.state, one.holder, one.besieger) for one in spells([claim])] == [(State.BESIEGED, None, None)]


def test_a_siege_that_nobody_tells_of_any_more_ends():
    """While the town goes on being told of, its siege ends a year after the last word on it; in silence it stays open."""
    siege = control(
        A, "islamic_state", when("2014-07-02"), loser="syrian_government", change=Change.HELD, degree=Degree.BESIEGED
    )
    later = control(B, "syrian_government", when("2019-03-01"), change=Change.HELD)
    assert [(one.state, one.end) for one in spells([siege])] == [(State.BESIEGED, None)]
    assert [(one.state, one.end) for one in spells([siege, later])] == [
        (State.BESIEGED, day("2015-07-02")),
        (State.HELD, None),
    ]


def test_ground_told_by_its_town_is_unknown_once_the_town_has_turned():
    """Who took the area around a town does not hold it for ever after the town has passed to another."""
    around = Place(
        id="rel:around", name="area around Palmyra", level=Level.SITE, relative_to=PALMYRA.id, parents=(PALMYRA.id,)
    )
    told = conclude(
        [
            control(A, "islamic_state", when("2015-05-24"), place=around),
            control(A, "islamic_state", when("2015-05-21")),
            control(B, "syrian_government", when("2016-03-27")),
        ],
        prior=prior,
    )
    assert [(one.state, one.holder, one.end) for one in told.spells if one.place == around.id] == [
        (State.HELD, "islamic_state", day("2016-03-26")),
        (State.UNKNOWN, None, None),
    ]


def test_a_site_told_of_after_its_town_turned_stays_held():
    """A citadel that is still told to be held out when the town has passed to another is not unknown."""
    told = conclude(
        [
            control(A, "syrian_government", when("2015-05-01"), place=CITADEL),
            control(A, "islamic_state", when("2015-05-21")),
            control(B, "syrian_government", when("2015-06-01"), place=CITADEL, change=Change.HELD),
        ],
        prior=prior,
    )
    assert [(one.state, one.end) for one in told.spells if one.place == CITADEL.id] == [(State.HELD, None)]


def test_what_was_read_too_unsurely_concludes_nothing():
    """Below the score from which claims are counted there is no spell; above it a surer reading weighs more."""
    told = when("2015-05-20")
    assert spells([control(A, "islamic_state", told, score=MISREAD - 0.01)]) == []
    (doubtful,) = spells([control(A, "islamic_state", told, score=MISREAD)])
    (sure,) = spells([control(A, "islamic_state", told)])
    assert doubtful.confidence < sure.confidence


def test_who_is_told_in_passing_to_hold_a_place_may_have_held_it_long():
    """Between two holders of which the second is only said to hold it, the change lies in the middle of the silence."""
    first = control(A, "syrian_government", when("2014-01-01"))
    later = control(B, "islamic_state", when("2016-01-01"), change=Change.HELD)
    found = spells([first, later])[1]
    assert found.holder == "islamic_state"
    assert found.start == day("2015-01-01")
    assert found.change is not None
    assert (found.change.start, found.change.last) == (day("2014-01-02"), day("2016-01-01"))


def test_the_fall_of_a_besieged_town_is_its_besiegers_gain():
    """Nobody is named, but one camp besieges it."""
    claims = [
        control(A, "syrian_government", when("2014-01-01"), change=Change.HELD),
        control(A, "islamic_state", when("2015-05-01"), loser="syrian_government", degree=Degree.BESIEGED),
        control(B, None, when("2015-05-20")),
        control(C, None, when("2015-05-20")),
    ]
    found = spells(claims)[-1]
    assert (found.holder, found.start) == ("islamic_state", day("2015-05-20"))


def test_the_fall_of_a_town_is_the_loss_of_its_holder():
    """Without a siege nothing is known of who has it since, and a fall told after a capture means that capture."""
    held = control(A, "syrian_government", when("2014-01-01"))
    fall = [control(one, None, when("2015-05-20")) for one in (B, C)]
    assert spells([held, *fall])[-1].holder is None
    capture = [control(one, "islamic_state", when("2015-05-18")) for one in (A, B)]
    assert spells([held, *capture, *fall])[-1].holder == "islamic_state"


def test_an_aside_tells_who_held_the_town_until_its_capture():
    """As in "captured the rebel stronghold": the rebels held it until then, though no gainer is named."""
    capture = control(A, None, when("2016-08-24"))
    aside = control(A, "islamic_state", when("2016-08-24"), change=Change.HELD)
    told = [
        msgspec.structs.replace(one, claim=msgspec.structs.replace(one.claim, document="one", start=start, end=end))
        for one, start, end in ((capture, 0, 40), (aside, 13, 40))
    ]
    found = spells(told)
    assert (found[0].holder, found[0].end) == ("islamic_state", day("2016-08-23"))
    assert all(one.holder != "islamic_state" for one in found[1:])


def test_what_a_history_tells_without_a_day_is_not_of_the_day_it_was_written():
    """A document that looks back years says nothing of its own time."""
    told = [control(A, "islamic_state", when(f"2014-06-{number}"), published="2023-09-03") for number in (10, 11, 12)]
    undated = control(A, "sdf", None, published="2023-09-03")
    same = [
        msgspec.structs.replace(one, claim=msgspec.structs.replace(one.claim, document="history", start=number))
        for number, one in enumerate((*told, undated))
    ]
    assert {one.holder for one in spells(same)} == {"islamic_state"}


def test_a_voice_that_told_of_another_holder_in_between_is_heard_anew():
    """An encyclopaedia is one voice: its word on the last capture is no repetition of its word on the first."""
    claims = [
        control(A, "sdf", when("2017-08-10")),
        control(A, "islamic_state", when("2017-09-01")),
        control(A, "sdf", when("2017-10-17")),
    ]
    assert [(one.holder, one.start) for one in spells(claims)][-1] == ("sdf", day("2017-10-17"))
