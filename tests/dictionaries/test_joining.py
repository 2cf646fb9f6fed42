"""Places of a case's own files beside the shipped ones: joined, found in text, preferred a little, never in the way."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tadmor.datamodel.places import Level, PlaceFile
from tadmor.dictionaries.gazetteer import Gazetteer, open_gazetteer
from tadmor.dictionaries.gazetteer.joining import Joined, compile_files, name_of
from tadmor.dictionaries.gazetteer.nearness import Towns, distance

FOLDER = Path(__file__).parents[2] / "src" / "tadmor" / "dictionaries" / "gazetteer"
pytestmark = pytest.mark.skipif(not (FOLDER / "places.bin").is_file(), reason="the gazetteer is not built (make setup)")

OWN = """name,lat,lon,id,aliases,level,radius_m,country,parent
Qasr Zurayq,34.60,38.60,,Qasr Zureik | قصر زريق,,,,
Zurayq Checkpoint,34.61,38.61,z2,,site,300,SY,Qasr Zurayq
Palmyra,34.57,38.27,,Tadmurta,,,SY,
Wadi Hulwan Steppe,34.5,39.0,,Hulwan Steppe,region,40000,SY,gn:163808
Mashriq,34.70,36.72,,,site,700,SY,Homs
Lost Mill,34.60,38.60,,,site,,SY,Nowhere at all
"""
DISTRICTS = """NAME_EN,NAM_EN_REF,NAME_AR,PCODE,ADM2_EN,ADM2_PCODE,ADM1_EN,ADM1_PCODE,ADM0_EN,ADM0_PCODE,lon_c,lat_c
Tadmor,Tadmor,تدمر,SY9901,Tadmor,SY99,Homs,SY9,Syrian Arab Republic,SY,38.5,34.6
"""
UPPER = """NAME_EN,NAM_EN_REF,NAME_AR,PCODE,ADM1_EN,ADM1_PCODE,ADM0_EN,ADM0_PCODE,lon_c,lat_c
Tadmor,Tadmor,تدمر,SY99,Homs,SY9,Syrian Arab Republic,SY,38.9,34.4
"""


def compiled(folder: Path, *texts: tuple[str, str]) -> tuple[Gazetteer, list[Joined]]:
    """A gazetteer with some files (text and layout), and what became of each."""
    tables = []
    for number, (text, layout) in enumerate(texts):
        path, data = folder / f"file{number}", text.encode()
        path.write_bytes(data)
        digest = sha256(data).hexdigest()
        tables.append(
            (
                PlaceFile(
                    sha256=digest,
                    name=path.name,
                    layout=layout,
                    size=1,
                    places=1,
                    imported=datetime(2024, 1, 1, tzinfo=UTC),
                ),
                path,
            )
        )
    made = folder / "made"
    made.mkdir()
    joined = compile_files(tables, open_gazetteer(), made)
    return open_gazetteer(case=made), [joined[file.sha256] for file, _ in tables]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gazetteer, Joined]:
    gazetteer, [joined] = compiled(tmp_path_factory.mktemp("own"), (OWN, "csv"))
    return gazetteer, joined


def names(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in gazetteer.find(text)]


def test_a_new_place_is_known_by_all_its_names(own):
    """By its name, its aliases in either script, its id, and spelt in another way; the shipped gazetteer lacks it."""
    gazetteer, _ = own
    for name in ("Qasr Zurayq", "Qasr Zureik", "قصر زريق"):
        assert [place.id for place in gazetteer.lookup(name)] == ["own:qasr_zurayq"], name
    assert [reading.place.id for reading in gazetteer.alike("Qasr Zuraik", "SY")] == ["own:qasr_zurayq"]
    assert open_gazetteer().lookup("Qasr Zurayq") == ()
    assert len(gazetteer) == len(open_gazetteer()) + 5


def test_country_and_division_come_from_the_nearest_town(own):
    """A row that says neither lies in Syria and in Homs, like the towns around it."""
    place = own[0].get("own:qasr_zurayq")
    assert place is not None
    assert (place.country, place.admin1, place.parents) == ("SY", "11", ("adm1:SY.11", "country:SY"))


def test_a_parent_is_found_by_name_or_id_and_its_own_parents_follow(own):
    """A row of the same file, a shipped town by its name, one by its id."""
    gazetteer, joined = own
    chains = {id_: place.parents for id_ in ("own:z2", "own:SY.mashriq") if (place := gazetteer.get(id_))}
    assert chains["own:z2"] == ("own:qasr_zurayq", "adm1:SY.11", "country:SY")
    assert chains["own:SY.mashriq"] == ("gn:169577", "adm1:SY.11", "country:SY")
    steppe = gazetteer.get("own:SY.wadi_hulwan_steppe")
    assert steppe is not None
    assert (steppe.level, steppe.radius_m, steppe.parents[0]) == (Level.REGION, 40_000.0, "gn:163808")
    assert joined.lost == ((7, "Nowhere at all"),)


def test_a_place_that_is_shipped_gets_the_names_and_stays_one(own):
    """The row of Palmyra, 2 km off, is the shipped Palmyra, which is now called Tadmurta too."""
    gazetteer, joined = own
    assert [place.id for place in gazetteer.lookup("Tadmurta")] == ["gn:163808"]
    assert gazetteer.lookup("Palmyra") == open_gazetteer().lookup("Palmyra")
    assert gazetteer.get("own:SY.palmyra") == gazetteer.get("gn:163808")
    assert (joined.added, joined.enriched) == (5, 1)


def test_the_same_id_in_a_later_file_counts(tmp_path):
    """A corrected row takes the place of the first, its old name gone."""
    first = "name,lat,lon,id\nOld Zurayq,34.60,38.60,z1\n"
    second = "name,lat,lon,id\nNew Zurayq,34.80,38.90,z1\n"
    gazetteer, _ = compiled(tmp_path, (first, "csv"), (second, "csv"))
    assert gazetteer.lookup("Old Zurayq") == ()
    assert [(place.lat, place.lon) for place in gazetteer.lookup("New Zurayq")] == [(34.8, 38.9)]


def test_a_subdistrict_lies_in_its_district_whatever_the_order(tmp_path):
    """Both are called after the same town, whose spelling they add; the town is what the name means first."""
    gazetteer, _ = compiled(tmp_path, (DISTRICTS, "ocha"), (UPPER, "ocha"))
    inner = gazetteer.get("pcode:SY9901")
    assert inner is not None
    assert inner.parents == ("pcode:SY99", "adm1:SY.11", "country:SY")
    assert gazetteer.lookup("Tadmor")[0].id == "gn:163808"
    assert {"pcode:SY99", "pcode:SY9901"} <= {place.id for place in gazetteer.lookup("Tadmor")}


def test_own_names_are_found_in_text(own):
    """As the shipped ones are: with articles and possessives, the longest first."""
    text = "Troops left Qasr Zurayq's centre for the Zurayq Checkpoint and Palmyra. Nobody stayed in Mashriq."
    assert names(own[0], text) == ["Qasr Zurayq", "Zurayq Checkpoint", "Palmyra", "Mashriq"]


@pytest.mark.parametrize(
    "text",
    [
        "President Mashriq spoke.",
        "Yusuf Mashriq spoke, and Mashriq went home.",
        "The Mashriq Party won.",
        "Camp Mashriq was shelled.",
        "They stayed in Mashriq, far from any mashriq.",
        "Liwa Mashriq al-Haq said so.",
    ],
)
def test_own_names_that_a_text_uses_otherwise_are_no_places(own, text):
    """After a title, as a person's (then anywhere in the text), in longer names, or written small as a word."""
    assert "Mashriq" not in names(own[0], text)


def test_a_kind_of_place_after_the_name_makes_it_one(own):
    """As in "the Mashriq neighbourhood"."""
    assert names(own[0], "Rebels held the Mashriq neighbourhood.") == ["Mashriq"]


def test_own_names_keep_no_shipped_name_from_being_found(own):
    """A shipped town beside an own name that is no English word is still a town."""
    text = "They left Homs and Hama, Idlib and Deir ez-Zor for Mashriq."
    assert names(own[0], text) == [*names(open_gazetteer(), text), "Mashriq"]


def test_own_places_are_preferred_a_little(tmp_path):
    """Of two places as well known, that of the case comes first, but a city stays before its namesakes."""
    table = "name,lat,lon,country\nHoms,36.9,41.9,SY\nKhan Hulwan,36.9,41.5,SY\n"
    gazetteer, _ = compiled(tmp_path, (table, "csv"))
    fame = {reading.place.id: reading.fame for reading in gazetteer.readings("Homs") if reading.place.country == "SY"}
    assert 4.3 < fame["own:SY.homs"] < fame["gn:169577"]
    assert not gazetteer.readings("Homs")[0].own


def test_names_in_capitals_are_names(tmp_path):
    """A table that writes "KHAN HULWAN" finds "Khan Hulwan"."""
    gazetteer, _ = compiled(tmp_path, ("name,lat,lon\nHULWAN,34.60,38.60\n", "csv"))
    assert names(gazetteer, "Shells fell on Hulwan and Homs.") == ["Hulwan", "Homs"]


def test_what_is_compiled_is_known_by_what_it_is_made_from(tmp_path):
    """Another file, order or layout gives another name; the same gives the same, and the same version."""
    one, _ = compiled(tmp_path, (OWN, "csv"))
    again = tmp_path / "again"
    again.mkdir()
    other, _ = compiled(again, (OWN, "csv"))
    assert one.version == other.version != open_gazetteer().version
    now = datetime(2024, 1, 1, tzinfo=UTC)
    files = [
        PlaceFile(sha256=digest, name="x", layout=layout, size=1, places=1, imported=now)
        for digest, layout in (("a", "csv"), ("b", "csv"), ("a", "ocha"))
    ]
    shipped = open_gazetteer()
    assert len({name_of(some, shipped) for some in (files[:1], files[:2], files[1::-1], files[2:])}) == 4
    assert name_of(files, shipped) == name_of(list(files), shipped)


def test_the_nearest_town_can_be_asked_of_one_country():
    """East of Abu Kamal the nearest town is Iraqi, the nearest Syrian one another; in mid-ocean there is none."""
    towns = Towns(open_gazetteer())
    nearest, syrian = towns.nearest(34.37, 41.09, None), towns.nearest(34.37, 41.09, "SY")
    assert nearest is not None
    assert syrian is not None
    assert (nearest.country, syrian.country) == ("IQ", "SY")
    assert towns.nearest(-45.0, -120.0, None) is None


def test_distances_are_on_the_sphere():
    """A degree of latitude is 111 km; Palmyra and Homs lie 145 km apart."""
    assert distance((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)
    assert distance((34.55, 38.28), (34.73, 36.71)) == pytest.approx(145, abs=3)
