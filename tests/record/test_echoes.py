"""An outlet that only says again what another said counts no further; outlets that tell of the same events do."""

from datetime import timedelta

from claims_builder import PALMYRA, control, day, exactly, outlet, prior, toll, when
from msgspec.structs import replace

from tadmor.datamodel.claims import Polarity
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.datamodel.times import Interval, When
from tadmor.record import conclude

FIRST, SECOND, THIRD, LATE = (outlet(name) for name in ("First", "Second", "Third", "Late"))
TOWNS = tuple(replace(PALMYRA, id=f"gn:{number}", name=f"Town {number}", lat=20.0 + number) for number in range(60))
START = day("2016-01-01")


def published(number: int, lag: int) -> When:
    first = START + timedelta(days=10 * number + lag)
    return replace(when("2016-01-01"), interval=Interval(first, first + timedelta(days=1)))


def told(source: Source, numbers: range, lag: int = 0, holder: str = "islamic_state") -> list[GroundedClaim]:
    """What an outlet tells of some towns, one every ten days."""
    return [
        control(source, holder, published(number, 0), place=TOWNS[number], published=published(number, lag))
        for number in numbers
    ]


def test_who_repeats_another_without_naming_it_is_named():
    """Twenty towns, each told two days after the other outlet told of it."""
    record = conclude([*told(FIRST, range(20)), *told(LATE, range(20), 2)], prior=prior)
    (found,) = record.copying
    assert (found.copier, found.origin, found.repeated, found.lag, found.wholly) == ("late", "first", 20, 2.0, False)


def test_a_repeated_word_is_one_voice():
    """Its spells rest on one voice, and the weight says who carries it on."""
    record = conclude([*told(FIRST, range(20)), *told(LATE, range(20), 2)], prior=prior)
    assert {one.independent_sources for one in record.spells} == {1}
    assert all("said again by Late" in one.weights[0].reason for one in record.spells)


def test_twenty_rewrites_weigh_as_one():
    """However many repeat a false word, it stays the word of one against two."""
    lies = told(FIRST, range(20), holder="syrian_government")
    rewrites = [
        claim
        for number in range(20)
        for claim in told(outlet(f"Rewrite {number}"), range(20), 1 + number % 5, "syrian_government")
    ]
    honest = [*told(SECOND, range(4)), *told(THIRD, range(4))]
    record = conclude([*lies, *rewrites, *honest], prior=prior)
    held = {spell.holder for spell in record.spells if spell.place in {town.id for town in TOWNS[:4]}}
    assert held == {"islamic_state"}
    assert len(record.copying) == 20


def test_outlets_on_the_same_war_are_no_copiers():
    """Half of the towns told by both, each first as often: nobody repeats anybody."""
    claims = [
        *told(FIRST, range(12), 1),
        *told(SECOND, range(6), 3),
        *told(SECOND, range(6, 20), 0),
    ]
    record = conclude(claims, prior=prior)
    assert not record.copying
    assert sum(one.independent_sources == 2 for one in record.spells) == 12


def test_what_is_said_on_the_same_day_tells_nobody_s_direction():
    """Two that always tell on one day are not told apart."""
    assert not conclude([*told(FIRST, range(20)), *told(LATE, range(20))], prior=prior).copying


def test_numbers_are_news_too():
    """An outlet that gives the same figures some days later repeats."""
    counts = [
        toll(source, exactly(12 + number), published(number, 0), place=TOWNS[number], published=published(number, lag))
        for number in range(20)
        for source, lag in ((FIRST, 0), (LATE, 3))
    ]
    (found,) = conclude(counts, prior=prior).copying
    assert (found.copier, found.origin) == ("late", "first")


def test_what_a_copier_attributes_stays_whose_it_is():
    """A quoted party speaks for itself, whoever carries it."""
    army = outlet("Army command")
    quoted = control((LATE, army), "syrian_government", when("2017-01-01"), place=PALMYRA)
    record = conclude([*told(FIRST, range(20)), *told(LATE, range(20), 2), quoted], prior=prior)
    (spell,) = (one for one in record.spells if one.place == PALMYRA.id)
    assert spell.weights[0].voice == "Army command"


def test_what_is_taken_adds_no_weight_to_what_it_was_taken_from():
    """A copier that drops whom the origin quoted, and is itself of a weightier kind, makes nothing likelier."""
    party = outlet("Party", kind=SourceKind.PARTY)
    through = [replace(claim, voices=(FIRST, party)) for claim in told(FIRST, range(20))]
    before = conclude(through, prior=prior)
    after = conclude([*through, *told(LATE, range(20), 2)], prior=prior)
    assert len(after.copying) == 1
    assert [one.confidence for one in after.spells] == [one.confidence for one in before.spells]
    assert [one.weights[0].value for one in after.spells] == [one.weights[0].value for one in before.spells]


def test_a_denial_is_news_too():
    """Who repeats denials repeats; they are one voice's."""
    claims = [*told(FIRST, range(20)), *told(LATE, range(20), 2)]
    denials = [replace(one, claim=replace(one.claim, polarity=Polarity.DENIED)) for one in claims]
    (found,) = conclude(denials, prior=prior).copying
    assert found.repeated == 20


def test_a_slip_of_who_only_repeats_is_nobody_s_word():
    """Sixty towns taken over, one of them with another holder: the origin has not changed its mind."""
    first = told(FIRST, range(60))
    before = conclude(first, prior=prior)
    slipped = [*told(LATE, range(59), 2), *told(LATE, range(59, 60), 2, "syrian_government")]
    after = conclude([*first, *slipped], prior=prior)
    assert [one.wholly for one in after.copying] == [True]
    assert [(one.place, one.holder, one.confidence) for one in after.spells] == [
        (one.place, one.holder, one.confidence) for one in before.spells
    ]
