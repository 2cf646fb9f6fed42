"""Maps of others in the record: what their tables say together is fused, and the rows stay its evidence."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest
from claims_builder import control, outlet, prior, when

from tadmor.datamodel.claims import Change
from tadmor.datamodel.findings import Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.sources import Source
from tadmor.datamodel.times import Extent
from tadmor.record import conclude

FIRST = date(2022, 4, 1)
PLACES = tuple(
    Place(id=f"p{number}", name=f"P{number}", level=Level.SETTLEMENT, lat=48.0 + number / 50, lon=37.0, country="UA")
    for number in range(8)
)


def row(source: Source, place: Place, holder: str, first: int, last: int) -> GroundedClaim:
    """A row of a map: who holds a place on some days, both included."""
    days = [(FIRST + timedelta(days=number)).isoformat() for number in (first, last)]
    told = when(*days, extent=Extent.THROUGHOUT)
    claim = control(source, holder, told, change=Change.HELD, place=place, published=days[1])
    return msgspec.structs.replace(claim, claim=msgspec.structs.replace(claim.claim, reader="table/control"))


def drawn(source: Source, turn: int, before: str = "iraq", after: str = "sdf") -> Iterator[GroundedClaim]:
    """A map on which all places go over on one day."""
    for place in PLACES:
        yield row(source, place, before, 0, turn - 1)
        yield row(source, place, after, turn, 120)


def spells(*claims: GroundedClaim) -> dict[str, list[Spell]]:
    record = conclude(claims, prior=prior)
    return {place.id: [one for one in record.spells if one.place == place.id] for place in PLACES}


@pytest.mark.parametrize("names", [("iraq", "sdf"), ("sdf", "iraq")])
def test_maps_that_agree_give_the_day(names):
    """Where two maps go over on one day the record does, whoever is called what."""
    before, after = names
    found = spells(*drawn(outlet("A"), 40, before, after), *drawn(outlet("B"), 40, before, after))
    for place in PLACES:
        assert [one.holder for one in found[place.id]] == [before, after]
        assert found[place.id][1].start == FIRST + timedelta(days=40)


def test_a_late_map_does_not_hold_the_others_back():
    """Two maps go over long before a third: the record goes with the two."""
    claims = [*drawn(outlet("A"), 40), *drawn(outlet("B"), 42), *drawn(outlet("C"), 90)]
    for told in spells(*claims).values():
        assert [one.holder for one in told] == ["iraq", "sdf"]
        assert told[1].start is not None
        assert told[1].start <= FIRST + timedelta(days=60)


def test_the_rows_of_maps_stay_the_evidence():
    """What is concluded from maps together names the rows that it rests on."""
    told = spells(*drawn(outlet("A"), 40), *drawn(outlet("B"), 40))[PLACES[0].id]
    assert len(told[1].supports) == 2


def test_wars_that_share_no_ground_are_fused_apart():
    """Another war's map changes nothing in this one."""
    here = [*drawn(outlet("A"), 40), *drawn(outlet("B"), 55)]
    far = Place(id="far", name="Far", level=Level.SETTLEMENT, lat=2.0, lon=45.0, country="SO")
    there = [row(outlet("A"), far, "russia", 0, 60), row(outlet("A"), far, "syrian_government", 61, 120)]
    assert spells(*here, *there) == spells(*here)


def test_order_of_arrival_changes_nothing():
    """The fusion is of the set of rows."""
    claims = [*drawn(outlet("A"), 40), *drawn(outlet("B"), 55), *drawn(outlet("C"), 41)]
    assert spells(*claims) == spells(*reversed(claims))


def test_a_single_map_is_followed():
    """Where one map alone speaks, the record changes when it does."""
    told = spells(*drawn(outlet("A"), 40))[PLACES[0].id]
    assert [one.holder for one in told] == ["iraq", "sdf"]
