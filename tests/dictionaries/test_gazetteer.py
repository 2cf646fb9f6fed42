"""The gazetteer: what it knows, how it finds names in text, and what it does when it is not built."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import Gazetteer, open_gazetteer
from tadmor.dictionaries.gazetteer.divisions import middle, reach
from tadmor.dictionaries.gazetteer.packed import NameFlag, PackedPlaces, write
from tadmor.dictionaries.gazetteer.spelling import rough
from tadmor.dictionaries.gazetteer.tables import read_countries, read_kinds, read_provinces, read_regions, read_towns
from tadmor.errors import DictionaryError

FOLDER = Path(__file__).parents[2] / "src" / "tadmor" / "dictionaries" / "gazetteer"
built = pytest.mark.skipif(not (FOLDER / "places.bin").is_file(), reason="the gazetteer is not built (make setup)")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def ids(places: tuple[Place, ...]) -> list[str]:
    return [place.id for place in places]


def names(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in gazetteer.find(text)]


def test_an_unbuilt_gazetteer_says_how_to_build_it(tmp_path: Path) -> None:
    """A missing file pair is one clear error that names the command."""
    with pytest.raises(DictionaryError, match=r"python -m tadmor\.dictionaries\.gazetteer\.build"):
        Gazetteer(tmp_path)


def test_a_foreign_file_is_no_gazetteer(tmp_path: Path) -> None:
    """Bytes that are no compiled gazetteer are refused, not read."""
    (tmp_path / "places.bin").write_bytes(b"x" * 200)
    with pytest.raises(DictionaryError, match="no compiled gazetteer"):
        PackedPlaces(tmp_path / "places.bin")


def test_what_is_packed_is_read_back(tmp_path: Path) -> None:
    """A place keeps every field through the file pair, absent coordinates included, and equal content equal bytes."""
    places = [
        Place(
            id="gn:1",
            name="Tadmur",
            level=Level.SETTLEMENT,
            lat=34.5624,
            lon=-38.28402,
            radius_m=1500.0,
            country="SY",
            admin1="11",
            parents=("adm1:SY.11", "country:SY"),
            aliases=("Palmyra", "تدمر"),
            population=51015,
        ),
        Place(id="site:x", name="X", level=Level.SITE, site_kind="air_base"),
    ]
    keys = [("tadmur", 0, NameFlag.MAIN), ("x", 1, NameFlag.ALTERNATE), ("=gn:1", 0, 0)]
    rows = [(place, 4.5) for place in places]
    first = write(tmp_path, rows, keys)
    data = (tmp_path / "places.bin").read_bytes()
    packed = PackedPlaces(tmp_path / "places.bin")
    assert [packed[0], packed[1]] == places
    assert packed.fame(0) == 4.5
    assert packed.version == first == write(tmp_path, rows, reversed(keys))
    assert (tmp_path / "places.bin").read_bytes() == data


def test_the_tables_are_of_their_types() -> None:
    """Every table beside GeoNames reads, with coordinates on the globe and towns that name one source."""
    points = [row.at for row in read_countries().values()] + [row.at for row in read_regions()]
    points += [row.at for rows in read_provinces().values() for row in rows.values() if row.at is not None]
    for rows in read_towns().values():
        assert all((row.of is None) != (row.at is None) for row in rows)
        points += [row.at for row in rows if row.at is not None]
    assert all(abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in points)
    assert read_kinds().levels["village"] == (Level.SETTLEMENT,)


@built
@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Palmyra", "gn:163808"),
        ("Tadmor", "gn:163808"),
        ("Deir Ezzor", "gn:170794"),
        ("Dayr az-Zawr", "gn:170794"),
        ("Qaryateyn", "gn:173361"),
        ("Kiev", "gn:703448"),
        ("Artemivsk", "gn:713174"),
        ("Georgia", "country:GE"),
        ("the United States", "country:US"),
        ("U.S.", "country:US"),
        ("Nineveh", "adm1:IQ.15"),
        ("Donbass", "region:donbas"),
        ("Syrian", "country:SY"),
        ("Syrian capital", "gn:170654"),
        ("تدمر", "gn:163808"),
        ("Донецк", "gn:709717"),
    ],
)
def test_places_are_known_by_many_names(gazetteer: Gazetteer, name: str, first: str) -> None:
    """Spellings, scripts, old names, abbreviations and words formed from names lead to the best known place."""
    assert ids(gazetteer.lookup(name))[:1] == [first]


@built
@pytest.mark.parametrize(
    ("country", "capital"),
    [("country:JP", "Tokyo"), ("country:RS", "Belgrade"), ("adm1:US.MA", "Boston"), ("adm1:US.VA", "Richmond")],
)
def test_a_country_or_division_has_its_middle_not_its_capital(gazetteer: Gazetteer, country: str, capital: str) -> None:
    """The point of an area is none of a town in it."""
    area = gazetteer.get(country)
    town = next(place for place in gazetteer.lookup(capital) if place.level is Level.SETTLEMENT)
    assert area is not None
    assert area.lat is not None
    assert area.lon is not None
    assert town.lat is not None
    assert town.lon is not None
    assert abs(area.lat - town.lat) + abs(area.lon - town.lon) > 0.5


@built
@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Tarlac", "gn:"),
        ("Camarines Norte", "adm2:PH.05."),
        ("Province of Camarines Norte", "adm2:PH.05."),
        ("Rutland", "gn:"),
        ("Devon", "adm2:GB.ENG.devon"),
        ("Essex", "adm2:GB.ENG.essex"),
    ],
)
def test_a_district_is_known_unless_a_town_has_its_name(gazetteer: Gazetteer, name: str, first: str) -> None:
    """A county or a province below another is as well known as its people make it, but goes behind a town."""
    assert gazetteer.lookup(name)[0].id.startswith(first)


@built
@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("the Urals", "region:ural_mountains"),
        ("Lake Tanganyika", "region:lake_tanganyika"),
        ("the Aegean", "region:aegean_sea"),
        ("Katanga", "region:katanga"),
        ("the Americas", "region:americas"),
    ],
)
def test_seas_lakes_and_mountains_are_places(gazetteer: Gazetteer, name: str, first: str) -> None:
    """What lies in several countries, or was a division once, is known by its own name."""
    assert gazetteer.lookup(name)[0].id == first


@built
def test_a_name_keeps_all_its_places(gazetteer: Gazetteer) -> None:
    """Palmyra stands in several countries, the most prominent first."""
    places = gazetteer.lookup("Palmyra")
    assert {place.country for place in places} >= {"SY", "US", "AU"}
    assert gazetteer.readings("Palmyra")[0].fame == max(reading.fame for reading in gazetteer.readings("Palmyra"))


@built
def test_places_lie_in_their_parents(gazetteer: Gazetteer) -> None:
    """A town names its division and country, and each parent is a place of the gazetteer."""
    town = gazetteer.get("gn:163808")
    assert town is not None
    assert town.parents == ("adm1:SY.11", "country:SY")
    assert [parent.name for id_ in town.parents if (parent := gazetteer.get(id_))] == ["Homs", "Syria"]


@built
def test_a_town_goes_before_the_division_named_after_it(gazetteer: Gazetteer) -> None:
    """Idlib is the town; Quebec, whose town holds few of its people, is the division."""
    assert gazetteer.lookup("Idlib")[0].level is Level.SETTLEMENT
    assert gazetteer.lookup("Quebec")[0].level is Level.PROVINCE


@built
def test_names_are_found_where_they_stand(gazetteer: Gazetteer) -> None:
    """The longest name wins, articles belong to it, possessives do not."""
    text = "Troops left al-Bab for Deir ez-Zor and Syria's Raqqa; the Democratic Republic of the Congo is far."
    assert names(gazetteer, text) == ["al-Bab", "Deir ez-Zor", "Syria", "Raqqa", "Democratic Republic of the Congo"]


@built
@pytest.mark.parametrize(
    "text",
    [
        "March was quiet. Police said Reading is hard. Along the way, Mobile phones rang on Sunday.",
        "He said the army would help us and them.",
        "President Ibrahim Hamlo met Colonel Manbij and Dr. Hama.",
        "Syrian and Turkish soldiers",
        "a market in Bab al-Faraj, and the hill of Tal al-Mal",
    ],
)
def test_words_and_persons_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    """English words with a capital, persons after titles, words formed from names, first parts of names: not found."""
    assert names(gazetteer, text) == []


@built
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They took Division 17 near Raqqa.", ["Division 17", "Raqqa"]),
        ("Base 46 fell.", ["Base 46"]),
        ("In Aleppo 24 were killed, in 2014 Homs fell on October 6.", ["Aleppo", "Homs"]),
        ("They took Aleppo's 17 districts.", ["Aleppo"]),
    ],
)
def test_a_site_may_have_a_number_in_its_name_and_a_town_has_none(
    gazetteer: Gazetteer, text: str, found: list[str]
) -> None:
    assert names(gazetteer, text) == found


@built
def test_an_article_that_is_an_english_word_wants_its_hyphen(gazetteer: Gazetteer) -> None:
    """As in "at Hama", "an IS position", "as Idlib": no part of the name; "at-Tabqa" is one name."""
    text = "Jets stood at Hama as Idlib burned. Rebels entered at-Tabqa and al Bab."
    assert names(gazetteer, text) == ["Hama", "Idlib", "at-Tabqa", "al Bab"]


@built
def test_initials_count_only_in_capitals(gazetteer: Gazetteer) -> None:
    """As said: "US" is a country; "us" and "Us" are not."""
    assert names(gazetteer, "The US said. Us too, it told us.") == ["US"]


@built
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    """Found names lie inside the text, in order, without overlap, each with at least one place."""
    end_before = 0
    for start, end, places in open_gazetteer().find(text):
        assert end_before <= start < end <= len(text)
        assert places
        end_before = end


@built
def test_misspelt_names_are_found_in_their_country(gazetteer: Gazetteer) -> None:
    """A spelling that no table has leads to the place that sounds like it, in countries with transliterated names."""
    assert "gn:167611" in ids(tuple(reading.place for reading in gazetteer.alike("Maarit an-Noumaan", "SY")))
    assert gazetteer.alike("Parris", "FR") == ()


def test_transliterations_sound_alike() -> None:
    """Vowels, doubled letters and final h do not tell spellings apart; consonants do."""
    assert rough("qaryatayn") == rough("qaryateyn")
    assert rough("sukhna") == rough("sukhnah")
    assert rough("idlib") == rough("idleb")
    assert rough("hama") != rough("homs")


@given(st.lists(st.tuples(st.floats(-60, 60), st.floats(-170, 170)), min_size=1, max_size=30))
def test_the_middle_lies_among_the_towns(points: list[tuple[float, float]]) -> None:
    """The middle of a division lies within the box of its towns (a cell's width aside), and it reaches somewhere."""
    lat, lon = middle(points)
    assert min(p[0] for p in points) - 0.26 <= lat <= max(p[0] for p in points) + 0.26
    assert min(p[1] for p in points) - 0.26 <= lon <= max(p[1] for p in points) + 0.26
    assert reach((lat, lon), points) >= 10_000
