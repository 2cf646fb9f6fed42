"""Sources are judged by others: how often each is right, what grade that earns, and what moved it."""

from math import isclose

import pytest
from claims_builder import PALMYRA, control, exactly, outlet, prior, toll, unnamed, when
from msgspec.structs import replace

from tadmor.datamodel.findings import Standing
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.record import conclude, footing_of
from tadmor.record.fared import fared
from tadmor.record.fared import standings as standings_of

FAIR, PLAIN, SOUND, WRONG = (outlet(name) for name in ("Fair", "Plain", "Sound", "Wrong"))
ARMY = Source(id="army", name="Army", kind=SourceKind.PARTY, sides=("syrian_government",))
TOWNS = tuple(replace(PALMYRA, id=f"gn:{number}", name=f"Town {number}", lat=-60.0 + number) for number in range(120))


def war(truth: str = "islamic_state", lie: str = "syrian_government") -> list[GroundedClaim]:
    """Many towns of which three outlets say one thing and a fourth another."""
    return [
        control(source, lie if source is WRONG else truth, when("2016-03-27"), place=town)
        for town in TOWNS
        for source in (FAIR, PLAIN, SOUND, WRONG)
    ]


def standings(claims: list[GroundedClaim], about: str = "control") -> dict[tuple[str, int], Standing]:
    found = conclude(claims, prior=prior).standings
    return {(one.voice, one.interest): one for one in found if one.about == about}


def test_who_is_contradicted_everywhere_is_believed_less():
    """Three that agree rise, the fourth falls below a coin and is graded unreliable."""
    found = standings(war())
    assert found["fair", 0].right > prior(SourceKind.OUTLET)
    assert found["wrong", 0].right < 0.5
    assert (found["fair", 0].grade, found["wrong", 0].grade) == ("B", "E")
    assert found["wrong", 0].agreed < 0.1 * found["wrong", 0].compared


def test_a_voice_that_erred_everywhere_no_longer_makes_a_town_disputed():
    """At a town of which only it and one other tell, the other is believed."""
    town = replace(PALMYRA, id="gn:999", name="Far town")
    two = [
        control(FAIR, "islamic_state", when("2016-03-27"), place=town),
        control(WRONG, "syrian_government", when("2016-03-27"), place=town),
    ]
    assert not conclude(two, prior=prior).spells
    after = [one for one in conclude([*war(), *two], prior=prior).spells if one.place == town.id]
    assert [(one.holder, one.verdict) for one in after] == [("islamic_state", "likely")]


def test_nobody_is_judged_by_what_only_he_tells():
    """Places of which one voice tells teach nothing of it, however many they are."""
    alone = [control(FAIR, "islamic_state", when("2016-03-27"), place=town) for town in TOWNS]
    assert not conclude(alone, prior=prior).standings


def test_whom_a_document_quotes_is_no_check_on_it():
    """An outlet that quotes activists with its own opinion in every article is not borne out by them."""
    claims = [
        replace(claim, claim=replace(claim.claim, document=f"of {town.id}"))
        for town in TOWNS
        for claim in (
            control(FAIR, "islamic_state", when("2016-03-27"), place=town),
            control((FAIR, unnamed("activists")), "islamic_state", when("2016-03-27"), place=town),
        )
    ]
    assert not conclude(claims, prior=prior).standings


def test_boasts_and_admissions_are_learned_apart():
    """A party whose boasts others deny and whose losses they confirm is distrusted in the former alone."""
    fights = [
        control(source, "syrian_government", when("2015-01-01"), loser="islamic_state", place=PALMYRA)
        for source in (FAIR, PLAIN)
    ]
    boasts = [
        control(source, "syrian_government" if source is ARMY else "islamic_state", when("2016-03-27"), place=town)
        for town in TOWNS[:60]
        for source in (FAIR, PLAIN, SOUND, ARMY)
    ]
    losses = [
        control(source, "islamic_state", when("2016-03-27"), place=town)
        for town in TOWNS[60:]
        for source in (FAIR, PLAIN, SOUND, ARMY)
    ]
    found = standings([*fights, *boasts, *losses])
    assert found["army", -1].right < 0.5
    assert found["army", 1].right > 0.8
    assert found["army", -1].grade == "E"


def test_what_moved_a_standing_is_listed_with_how_far():
    """Each listed claim took from it as much as it would be higher by if that had never been said."""
    claims = war()
    footing = footing_of(claims, prior=prior)
    (standing,) = (one for one in footing.fared.all() if one.voice == "wrong")
    (told,) = (one for one in standings_of(footing.fared) if one.voice == "wrong")
    words = {lesson.claim.id: lesson for lesson in standing.lessons}
    kept = [one for one in footing.fared.taught if one.claim.id != told.moved[0].claim]
    (without,) = (one for one in fared(kept, prior, footing.voices).all() if one.voice == "wrong")
    assert len(told.moved) == 5
    assert all(one.by < 0 and words[one.claim].chance < words[one.claim].blind for one in told.moved)
    assert told.moved[0].by == pytest.approx(standing.right - without.right, abs=5e-3)  # its kind loses a word too


def test_a_source_never_heard_before_starts_with_its_kind_and_wide():
    """With few words to compare, the bounds are wide and there is no grade."""
    claims = [*war(), control(outlet("New"), "islamic_state", when("2016-03-27"), place=TOWNS[0])]
    new, old = standings(claims)["new", 0], standings(claims)["fair", 0]
    assert new.grade == "F"
    assert new.high - new.low > 1.3 * (old.high - old.low)


def test_figures_are_judged_apart_from_places():
    """Who is right on places may be wrong on numbers."""
    counts = [
        toll(source, exactly(14 if source is FAIR else 12), when(f"{1890 + number}-03-27"), place=town)
        for number, town in enumerate(TOWNS)
        for source in (FAIR, PLAIN, SOUND)
    ]
    claims = [*war(), *counts]
    assert standings(claims)["fair", 0].right > 0.8
    assert standings(claims, "toll")["fair", 0].right < standings(claims, "toll")["plain", 0].right


def test_renaming_sources_renames_their_standings():
    """Nothing hangs on a name."""
    other = {source.id: outlet(f"Z {source.name}") for source in (FAIR, PLAIN, SOUND, WRONG)}
    claims = war()
    renamed = [replace(claim, voices=tuple(other[source.id] for source in claim.voices)) for claim in claims]
    one, two = standings(claims), standings(renamed)
    assert len(one) == len(two) == 4
    assert all(isclose(one[key].right, two[other[key[0]].id, key[1]].right, abs_tol=1e-4) for key in one)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_claims_teaches_nothing(order):
    """Any order gives the same standings."""
    claims = war()
    assert standings(claims[::order]) == standings(claims)
