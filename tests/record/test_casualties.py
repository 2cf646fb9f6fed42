"""Which documents count the same victims, and within which bounds."""

import random
from datetime import UTC, datetime

import pytest
from claims_builder import (
    HOMS,
    MANBIJ,
    PALMYRA,
    SYRIA,
    at_least,
    day,
    event,
    exactly,
    outlet,
    prior,
    toll,
    when,
)
from msgspec.structs import replace

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import EventType, Harm, Status
from tadmor.datamodel.findings import Record, toll_id
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, Judgement, Review, judgements_of, link_id
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Basis, Grain, When
from tadmor.record import conclude
from tadmor.record.casualties import spread_of
from tadmor.record.casualties.grounds import APART, FINE, relation
from tadmor.record.casualties.interval import USUAL, Figured, estimated

A, B, C = outlet("Gazette"), outlet("Weekly"), outlet("Courier")
CHILDREN = Actor(id="civilians", name="children", kind=ActorKind.CIVILIANS)
BIG = Place(
    id="gn:1", name="Aleppo", level=Level.SETTLEMENT, lat=36.2, lon=37.16, country="SY", admin1="09",
    parents=("adm1:SY.09", "country:SY"), population=2_000_000,
)  # fmt: skip
SMALL = Place(
    id="gn:2", name="Atareb", level=Level.SETTLEMENT, lat=36.14, lon=36.83, country="SY", admin1="09",
    parents=("adm1:SY.09", "country:SY"), population=11_000,
)  # fmt: skip
OTHER = Place(
    id="gn:3", name="Manbij", level=Level.SETTLEMENT, lat=36.53, lon=37.95, country="SY", admin1="09",
    parents=("adm1:SY.09", "country:SY"), population=99_000,
)  # fmt: skip


EITHER = Quantity(low=14, high=90, expression="between 14 and 90")


def concluded(*claims: GroundedClaim, judgements: tuple[Judgement, ...] = ()) -> Record:
    return conclude(claims, prior=prior, judgements=judgements)


def bests(record: Record) -> list[int | None]:
    return sorted(one.best or 0 for one in record.tolls)


def test_a_toll_that_rises_is_one():
    """45 on the day, 58 a day later, 61 in another outlet: one toll, with the latest of each voice."""
    record = concluded(
        toll(A, at_least(45), when("2016-12-10"), published="2016-12-10"),
        toll(A, at_least(58), when("2016-12-10"), published="2016-12-11"),
        toll(B, exactly(61), when("2016-12-10"), published="2016-12-12"),
    )
    assert [(one.low, one.high) for one in record.tolls] == [(58, None)]
    assert {one.best for one in record.tolls[0].figures} == {58, 61}


def test_a_headline_takes_its_place_from_the_text_below():
    """The headline says "in Syria", the text the town: another outlet's toll of the town is of both."""
    record = concluded(
        toll(A, exactly(31), when("2016-12-09", "2016-12-10", Basis.PUBLICATION), place=SYRIA, document="one"),
        toll(A, exactly(31), when("2016-12-10"), document="one"),
        toll(B, exactly(31), when("2016-12-10")),
    )
    assert [len(one.claims) for one in record.tolls] == [3]


def test_two_strikes_on_a_city_in_one_day_stay_apart():
    """In a large city different numbers of one day are of different strikes until more speaks for one."""
    record = concluded(
        toll(A, exactly(11), when("2016-07-01"), place=BIG),
        toll(B, exactly(34), when("2016-07-01"), place=BIG),
    )
    assert bests(record) == [11, 34]


def _weeks_and_then(place: Place) -> list[GroundedClaim]:
    """Victims at a place on every other day of a month, and after it two outlets' numbers of one day in the city."""
    before = [
        toll(A, exactly(1 + number % 3), when(told), place=place, published=told, document=f"before {number}")
        for number, told in enumerate(f"2016-06-{number:02}" for number in range(1, 29, 2))
    ]
    return [
        *before,
        at_the_head(toll(A, exactly(31), when("2016-07-01"), place=BIG, published="2016-07-01", document="one")),
        at_the_head(toll(B, exactly(39), when("2016-07-01"), place=BIG, published="2016-07-02", document="two")),
    ]


def at_the_head(claim: GroundedClaim, start: int = 0) -> GroundedClaim:
    """What its document is about."""
    return replace(claim, claim=replace(claim.claim, start=start, end=start + 10))


def test_unlike_numbers_of_a_day_are_one_toll_in_a_city_that_was_quiet_and_two_where_all_days_have_victims():
    """What both reports are about, in a city of whose victims nobody had told for weeks, is one attack."""
    quiet, busy = (concluded(*_weeks_and_then(place)) for place in (OTHER, BIG))
    assert [len(one.claims) for one in quiet.tolls if (one.best or 0) > 3] == [2]
    assert [len(one.claims) for one in busy.tolls if (one.best or 0) > 3] == [1, 1]


@pytest.mark.parametrize(("told", "tolls"), [((), 1), ((31, 39), 2)])
def test_what_one_document_counts_by_two_numbers_is_joined_by_no_others(told, tolls):
    """The 31 and the 39 of a quiet city's day, each of several outlets, are one toll, but two where one tells both."""
    others = [(outlet(f"Outlet {at}"), number, f"doc {at}") for at, number in enumerate((31, 39) * 3)]
    heads = [
        at_the_head(claim, number)
        for source, number, document in (*others, *((C, number, "both") for number in told))
        for claim in (
            event(source, EventType.CHEMICAL_ATTACK, when("2016-07-01"), place=BIG, document=document),
            toll(source, exactly(number), when("2016-07-01"), place=BIG, document=document),
        )
    ]
    record = concluded(*_weeks_and_then(OTHER), *heads)
    assert sum((one.best or 0) > 3 for one in record.tolls) == tolls


def test_some_of_the_wounded_are_no_other_count_of_them():
    """Forty wounded and "fifteen of the wounded" are two tolls, each of two outlets."""
    record = concluded(
        *(
            said_so(toll(source, exactly(number), when("2016-07-05"), harm=Harm.WOUNDED, document=source.id), said)
            for source in (A, B)
            for number, said in ((40, "wounded 40"), (15, "fifteen of the wounded"))
        )
    )
    assert bests(record) == [15, 40]
    assert all(one.independent_sources == 2 for one in record.tolls)


def said_so(claim: GroundedClaim, words: str) -> GroundedClaim:
    return replace(claim, claim=replace(claim.claim, quote=words, end=claim.claim.start + len(words)))


def test_a_part_is_linked_to_the_same_part():
    """Two documents tell of 21 dead, 15 in the town and 6 in a village: three tolls, not one."""
    record = concluded(
        *(
            toll(source, exactly(number), when("2016-07-18"), document=source.id, published="2016-07-18")
            for source in (A, B)
            for number in (21, 15, 6)
        )
    )
    assert bests(record) == [6, 15, 21]
    assert all(one.independent_sources == 2 for one in record.tolls)


def test_children_are_counted_apart():
    """Eleven children among fifteen dead are no other count of the dead."""
    record = concluded(
        *(
            toll(source, exactly(number), when("2016-08-25"), group=group, status=Status.CIVILIAN, document=source.id)
            for source in (A, B)
            for number, group in ((15, None), (11, CHILDREN))
        )
    )
    assert {(one.best, one.group) for one in record.tolls} == {(15, None), (11, "children")}


def test_a_total_of_months_is_not_a_days_toll():
    """The dead since spring are not those of a day, however like the numbers."""
    record = concluded(
        toll(A, exactly(300), when("2016-04-01", "2016-07-10")),
        toll(B, exactly(290), when("2016-07-10")),
    )
    assert len(record.tolls) == 2


def test_killed_and_wounded_are_two_tolls_of_one_number():
    """Twenty killed and twenty wounded are never one toll."""
    record = concluded(
        toll(A, exactly(20), when("2016-12-10")),
        toll(B, exactly(20), when("2016-12-10"), harm=Harm.WOUNDED),
    )
    assert {one.harm for one in record.tolls} == {Harm.KILLED, Harm.WOUNDED}
    assert len(record.tolls) == 2


def _war(seed: int) -> list[GroundedClaim]:
    """Strikes on three towns over weeks, told by three outlets with errors, days later too."""
    chance = random.Random(seed)
    claims = []
    for strike in range(12):
        place, number = chance.choice((PALMYRA, MANBIJ, BIG)), chance.randint(2, 90)
        told = 1 + chance.randrange(27)
        for source in (A, B, C):
            late = min(28, told + chance.randrange(3))
            claims.append(
                toll(
                    source,
                    exactly(max(1, number + chance.choice((0, 0, 0, 1, 4)))),
                    when(f"2016-12-{told:02}"),
                    place=place,
                    published=f"2016-12-{late:02}",
                    document=f"{strike}/{source.id}",
                )
            )
    return claims


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_does_not_matter(seed):
    """A case read in any order has the same tolls."""
    claims = _war(seed)
    mixed = random.Random(seed + 100).sample(claims, len(claims))
    assert concluded(*claims).tolls == concluded(*mixed).tolls


@pytest.mark.parametrize("seed", range(4))
def test_ids_stay_as_more_is_published(seed):
    """What is published later joins tolls or makes new ones; no toll that was there changes its id or loses a claim."""
    claims = sorted(_war(seed), key=lambda one: (one.published.earliest, one.claim.document))
    half = claims[: len(claims) // 2]
    days = {one.published.earliest for one in half}
    half = [one for one in claims if one.published.earliest in days]
    before, after = concluded(*half).tolls, {one.id: one for one in concluded(*claims).tolls}
    for one in before:
        assert set(one.claims) <= set(after[one.id].claims)


def test_an_id_given_earlier_still_finds_its_toll():
    """An older report that comes in late gives the toll another id; the old one answers as well."""
    first = toll(A, exactly(26), when("2016-12-10"), published="2016-12-12")
    older = toll(B, exactly(26), when("2016-12-10"), published="2016-12-11")
    before, after = concluded(first).tolls[0], concluded(first, older).tolls[0]
    assert before.id == toll_id(first.id) != after.id == toll_id(older.id)
    assert after.answers(before.id)
    assert after.answers(after.id)


def test_a_person_parts_what_the_scores_join():
    """Told that two claims count different victims, the record keeps them apart."""
    one, other = (toll(source, exactly(26), when("2016-12-10")) for source in (A, B))
    assert len(concluded(one, other).tolls) == 1
    apart = Judgement(one=one.id, other=other.id, same=False)
    assert len(concluded(one, other, judgements=(apart,)).tolls) == 2


def test_a_person_joins_what_the_scores_part():
    """Told that two claims count the same victims, the record takes them for one toll, whatever they say."""
    one = toll(A, exactly(26), when("2016-12-10"))
    other = toll(B, exactly(3), when("2016-12-20"), place=MANBIJ)
    assert len(concluded(one, other).tolls) == 2
    same = Judgement(one=one.id, other=other.id, same=True)
    assert [len(found.claims) for found in concluded(one, other, judgements=(same,)).tolls] == [2]


def test_the_latest_word_on_a_pair_counts():
    """A review of a link is a row like any other; the last of a pair decides."""
    one, other = (toll(source, exactly(26), when("2016-12-10")) for source in (A, B))
    reviews = [
        Review(
            subject=link_id(one.id, other.id),
            decision=decision,
            author="an analyst",
            made=_moment(),
            reason="read both",
            value={"one": first, "other": second},
        )
        for decision, first, second in (
            (Decision.REJECT, one.id, other.id),
            (Decision.ACCEPT, other.id, one.id),
        )
    ]
    assert len(concluded(one, other, judgements=judgements_of(reviews[:1])).tolls) == 2
    assert len(concluded(one, other, judgements=judgements_of(reviews)).tolls) == 1


def _moment() -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC)


def test_reviews_of_claims_are_no_judgements():
    """A review of a claim says nothing of links."""
    review = Review(subject="some claim", decision=Decision.REJECT, author="an analyst", made=_moment(), reason="wrong")
    assert judgements_of([review]) == ()


def test_a_large_town_may_stand_for_its_province():
    """The word In Aleppo neither ties a small town of the province nor parts it; two small towns are two grounds."""
    assert relation(SMALL, SMALL) >= FINE > relation(BIG, BIG)
    assert APART < relation(BIG, SMALL) < 1
    assert relation(SMALL, OTHER) <= APART
    assert relation(SMALL, HOMS) <= 0
    assert relation(SMALL, SYRIA) == 0


def test_acts_that_are_seldom_told_tie_accounts():
    """Two tolls of a gas attack told of the city and of the province on one day are one; of shelling they stay two."""

    def told(act: EventType) -> Record:
        wide = Place(id="adm1:SY.09", name="Aleppo", level=Level.PROVINCE, country="SY", parents=("country:SY",))
        return concluded(
            event(A, act, when("2016-12-10"), place=SMALL, document="one"),
            toll(A, exactly(72), when("2016-12-10"), place=SMALL, document="one"),
            event(B, act, when("2016-12-10"), place=wide, document="two"),
            toll(B, exactly(80), when("2016-12-10"), place=wide, document="two"),
        )

    assert len(told(EventType.CHEMICAL_ATTACK).tolls) <= len(told(EventType.SHELLING).tolls)


def test_tallies_that_a_later_report_brings_together_are_joined():
    """In a large city 14 and 90 start two tolls; reports that give both numbers of the attack join them to one."""
    early = [
        toll(A, exactly(14), when("2016-12-10"), place=BIG, document="one", published="2016-12-10"),
        toll(B, exactly(90), when("2016-12-10"), place=BIG, document="two", published="2016-12-10"),
    ]
    both = [
        told
        for number, source in enumerate((C, outlet("Herald"), outlet("Globe")))
        for document in (f"later {number}",)
        for told in (
            event(source, EventType.CHEMICAL_ATTACK, when("2016-12-10"), place=BIG, document=document),
            toll(source, EITHER, when("2016-12-10"), place=BIG, document=document, published="2016-12-11"),
        )
    ]
    before, after = concluded(*early).tolls, concluded(*early, *both).tolls
    assert (len(before), len(after)) == (2, 1)
    assert after[0].id in {one.id for one in before}
    assert all(after[0].answers(one.id) for one in before)


def _gas(number: int, told: When, document: str, *, published: str) -> list[GroundedClaim]:
    """A gas attack on Palmyra and its dead, as one document tells them."""
    act = event(B, EventType.CHEMICAL_ATTACK, told, document=document, published=published)
    return [act, beside(act, toll(B, exactly(number), told, document=document, published=published))]


def beside(act: GroundedClaim, claim: GroundedClaim) -> GroundedClaim:
    """In the sentence of another claim."""
    return replace(claim, claim=replace(claim.claim, start=act.claim.start, end=act.claim.end))


BY_YEAR = replace(when("2013-01-01", "2013-12-31"), grain=Grain.YEAR)


@pytest.mark.parametrize(
    ("others", "number", "told", "tolls"),
    [
        ((), 1429, BY_YEAR, 1),
        ((), 140, BY_YEAR, 2),  # of no like size
        ((), 1429, replace(BY_YEAR, grain=Grain.SPAN), 2),  # it runs
        (("2013-11-02",), 1429, BY_YEAR, 3),  # either may be meant
    ],
)
def test_an_incident_told_by_its_year_is_the_only_one_that_it_can_be(others, number, told, tolls):
    """The 1,429 whom gas killed there in 2013 are the 1,400 of August, where the case knows of no others like them."""
    record = concluded(
        *(claim for one in ("2013-08-21", *others) for claim in _gas(1400, when(one), one, published=one)),
        *_gas(number, told, "later", published="2016-08-01"),
    )
    assert len(record.tolls) == tolls


def test_two_named_quarters_of_a_town_are_two_grounds():
    """Each lies in the town; neither is the other, nor holds it."""
    one, other = (
        Place(id=f"name:{name}", name=name, level=Level.SITE, lat=36.2, lon=37.16, country="SY", admin1="09",
              parents=(BIG.id, *BIG.parents), relative_to=BIG.id)
        for name in ("Midan", "Masharqa")
    )  # fmt: skip
    assert relation(one, BIG) > relation(one, other)


def test_words_for_many_soldiers_and_a_number_of_civilians_are_apart():
    """Dozens of civilians and 40 soldiers of one text are not one account, though 40 is some dozens."""
    record = concluded(
        toll(
            A, Quantity(low=24, high=99, expression="dozens"), when("2016-12-10"), status=Status.CIVILIAN, document="a"
        ),
        toll(A, exactly(40), when("2016-12-10"), status=Status.COMBATANT, document="a"),
    )
    assert len(record.tolls) == 2


def test_the_interval_holds_what_agreeing_voices_say():
    """Three voices of one number leave little room; two that differ leave more."""
    alike = estimated([Figured(voice, 40, 0) for voice in "abc"], USUAL)
    apart = estimated([Figured("a", 40, 0), Figured("b", 70, 0)], USUAL)
    assert alike is not None
    assert apart is not None
    assert alike.low <= alike.best == 40 <= alike.high
    assert apart.high - apart.low > alike.high - alike.low
    assert estimated([], USUAL) is None


def test_one_voice_has_bounds_too():
    """A figure that nobody else gives stands within what second voices usually say."""
    found = estimated([Figured("a", 100, 0)], USUAL)
    assert found is not None
    assert found.low < 100 < found.high


def test_the_spread_is_learned_from_the_case():
    """Where second voices err far, bounds are wider than where they are exact; few figures leave the usual spread."""
    exact = spread_of([[Figured("a", number, 0), Figured("b", number, 0)] for number in range(10, 60)])
    loose = spread_of([[Figured("a", number, 0), Figured("b", number * 3, 0)] for number in range(10, 60)])
    near, far = (estimated([Figured("a", 40, 0)], spread) for spread in (exact, loose))
    assert near is not None
    assert far is not None
    assert far.high - far.low > near.high - near.low
    assert spread_of([[Figured("a", 1, 0), Figured("b", 2, 0)]]) == USUAL


def test_each_figure_names_its_voice_and_claims():
    """A toll tells which voice gives which number, and by which claims."""
    told = [toll(source, exactly(number), when("2016-12-10")) for source, number in ((A, 20), (B, 22))]
    found = concluded(*told).tolls[0]
    assert {(one.voice, one.best, one.claims) for one in found.figures} == {
        ("Gazette", 20, (told[0].id,)),
        ("Weekly", 22, (told[1].id,)),
    }
    assert found.interval is not None
    assert found.interval[0] <= 20
    assert found.interval[1] >= 22


def test_words_are_no_number():
    """The word Dozens goes with the number of the same text that it holds, and adds no figure of its own."""
    record = concluded(
        toll(A, Quantity(low=24, high=99, expression="dozens"), when("2016-12-10"), document="one"),
        toll(A, exactly(43), when("2016-12-10"), document="one"),
    )
    assert [(one.best, len(one.claims)) for one in record.tolls] == [(43, 2)]
    assert day("2016-12-10") == record.tolls[0].when.start


def test_far_towns_of_which_no_province_is_known_are_two_grounds():
    """Without provinces their distance parts them; of one without a point nothing is known."""
    here, there = (
        Place(id=f"at:{lat}", name=f"Town {lat}", level=Level.SETTLEMENT, lat=lat, lon=37.0) for lat in (36.0, 36.1)
    )
    far = replace(there, id="at:37", lat=37.0)
    nowhere = replace(there, id="at:none", lat=None, lon=None)
    assert relation(here, far) <= APART < relation(here, there) == relation(here, nowhere)


def _region(name: str, base: str, lat: float, radius: float, admin1: str | None) -> Place:
    return Place(id=f"rel:{name}", name=name, level=Level.REGION, lat=lat, lon=37.16, country="SY", admin1=admin1,
                 radius_m=radius, parents=(base, "country:SY"), relative_to=base)  # fmt: skip


def test_a_side_of_a_country_says_as_little_as_the_country():
    """The words "northern Syria" neither tie a town of the north to an account nor part it; the south is elsewhere."""
    north, south = (_region(side, "country:SY", lat, 120_000, None) for side, lat in (("north", 36.1), ("south", 31.5)))
    assert relation(north, BIG) == relation(north, SMALL) == 0
    assert APART < relation(south, SMALL) < 0


def test_what_lies_in_the_outskirts_of_a_town_may_be_told_by_them():
    """A town of another province lies in the suburbs all the same; one beyond their reach does not."""
    suburbs = _region("suburbs", "gn:9", 36.2, 22_000, "13")
    near = replace(SMALL, id="gn:8", lat=36.1, lon=37.2)
    assert relation(suburbs, near) > 0 > APART > relation(suburbs, OTHER)


def _pair_in_city(*wounded: int) -> list[int | None]:
    """The dead by two outlets' numbers in a large city; each tells the wounded right beside them, by these numbers."""
    told = [
        toll(source, exactly(number), when("2016-07-01"), harm=harm, place=BIG, document=source.id)
        for source, dead, hurt in zip((A, B), (11, 25), wounded, strict=True)
        for number, harm in ((dead, Harm.KILLED), (hurt, Harm.WOUNDED))
    ]
    beside = [replace(one, claim=replace(one.claim, start=9 * at, end=9 * at + 8)) for at, one in enumerate(told)]
    return sorted(one.best or 0 for one in concluded(*beside).tolls if one.harm is Harm.KILLED)


def test_tolls_told_beside_one_and_the_same_are_of_one_incident():
    """Eleven or 25 dead beside the same 43 wounded are one number in revision; beside other wounded they are two."""
    assert len(_pair_in_city(43, 43)) == 1
    assert len(_pair_in_city(43, 160)) == 2
