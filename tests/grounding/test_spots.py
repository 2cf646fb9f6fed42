"""Which place a row of a table means: its name near its point, at its level, or a place of its own there."""

import pytest

from tadmor.datamodel.places import Level
from tadmor.datamodel.tables import Spot
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.grounding.spots import SpotResolver


@pytest.fixture(scope="module")
def resolver():
    """Over the shipped gazetteer."""
    return SpotResolver(open_gazetteer())


def chosen(resolver, name, **spot):
    """The place of a name with its hints."""
    return resolver.resolve(name, Spot(**spot))[0]


@pytest.mark.parametrize(
    ("name", "point", "id_"),
    [
        ("Tadmur/Palmyra town", (34.55, 38.27), "gn:163808"),
        ("Duma town", (33.57, 36.40), "gn:170592"),
        ("Duma", (32.05, 35.05), None),
        ("Palmyra", (43.06, -77.23), None),
    ],
)
def test_a_name_means_the_place_near_its_point(resolver, name, point, id_):
    """Spellings, kind nouns and two names in one cell included; a namesake elsewhere is another place."""
    place = chosen(resolver, name, lat=point[0], lon=point[1])
    assert place.id == id_ if id_ is not None else place.id not in ("gn:163808", "gn:170592")


def test_what_the_gazetteer_lacks_is_a_place_of_its_own_at_its_point(resolver):
    """In the country of the nearest town; the same name and point give the same id; another point another."""
    place = chosen(resolver, "An Zurayq village", lat=34.81, lon=38.61)
    assert (place.id, place.name, place.country) == ("at:34.810,38.610:zurayq", "An Zurayq", "SY")
    assert (place.lat, place.lon, place.level) == (34.81, 38.61, Level.SETTLEMENT)
    assert chosen(resolver, "An Zurayq village", lat=34.9, lon=38.61).id != place.id


def test_an_id_goes_before_the_name(resolver):
    """GeoNames' number in each of the ways tables write it; one that the gazetteer lacks stays the place's id."""
    for written in ("163808", "gn163808", "gn:163808", "163808.0"):
        assert chosen(resolver, "Tadmor city", id=written).id == "gn:163808"
    assert chosen(resolver, "Palmyra", id="gn999999999", lat=34.56, lon=38.28).id == "gn:999999999"


def test_near_a_town_is_no_town(resolver):
    """Somewhere within so far of it, told from it."""
    place = chosen(resolver, "Palmyra", lat=34.56, lon=38.28, near=True, radius_m=25_000.0)
    assert (place.relative_to, place.radius_m, place.level) == ("gn:163808", 25_000.0, Level.REGION)


def test_a_province_is_a_province_and_a_country_a_country(resolver):
    """Whatever town of that name stands at the point."""
    homs = chosen(resolver, "Homs Governorate", lat=34.73, lon=36.71, level=Level.PROVINCE, country="Syria")
    assert homs.id == "adm1:SY.11"
    assert chosen(resolver, "Syria", lat=35.0, lon=38.0, level=Level.COUNTRY).id == "country:SY"


def test_a_row_without_point_and_id_is_left_to_its_name(resolver):
    """Names are judged together, elsewhere."""
    assert resolver.resolve("Palmyra", Spot()) is None
