"""Which place a name means where a case brings places of its own: ranked with the shipped ones, not guessed far away."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import PlaceFile
from tadmor.dictionaries.gazetteer import Gazetteer, open_gazetteer
from tadmor.dictionaries.gazetteer.joining import compile_files
from tadmor.grounding.places import PlaceResolver
from tadmor.grounding.setting import Setting

FOLDER = Path(__file__).parents[2] / "src" / "tadmor" / "dictionaries" / "gazetteer"
pytestmark = pytest.mark.skipif(not (FOLDER / "places.bin").is_file(), reason="the gazetteer is not built (make setup)")

#: Quarters of Homs, Hasakah and Aleppo, and a subdistrict whose spelling no shipped town has.
QUARTERS = """NAME_EN,NAME_AR,PCODE,ADM4_EN,ADM4_PCODE,ADM1_EN,ADM1_PCODE,ADM0_PCODE,lon_c,lat_c
Zurayqiyeh,,N9001,Homs,C1,Homs,SY04,SY,36.71,34.72
Mashriqiyeh,,N9002,Al-Hasakeh,C2,Al-Hasakeh,SY08,SY,40.75,36.50
Kalassah,,N9003,Al-Hasakeh,C2,Al-Hasakeh,SY08,SY,40.75,36.50
"""
TABLE = "name,lat,lon,country\nKafr Zurayq,34.80,38.60,SY\n"


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The shipped places with those of two files."""
    folder, tables = tmp_path_factory.mktemp("own"), []
    for name, text, layout in (("quarters", QUARTERS, "ocha"), ("table", TABLE, "csv")):
        (folder / name).write_text(text, encoding="utf-8")
        file = PlaceFile(
            sha256=name, name=name, layout=layout, size=1, places=1, imported=datetime(2024, 1, 1, tzinfo=UTC)
        )
        tables.append((file, folder / name))
    (folder / "made").mkdir()
    compile_files(tables, open_gazetteer(), folder / "made")
    return open_gazetteer(case=folder / "made")


def where(gazetteer: Gazetteer, text: str, name: str) -> str | None:
    """The id of the place of a name in a text."""
    start = text.index(name)
    resolver = PlaceResolver(gazetteer, Setting(gazetteer, text, None), text)
    place, _ = resolver.resolve(Mention(expression=name, start=start, end=start + len(name)), "place")
    return place.id if place else None


def test_a_quarter_is_meant_in_a_text_about_its_country(gazetteer: Gazetteer) -> None:
    """By its name as the file has it."""
    assert where(gazetteer, "Shells fell on Zurayqiyeh in Homs, Syria.", "Zurayqiyeh") == "pcode:N9001"


def test_a_quarter_is_not_meant_in_a_text_about_another_country(gazetteer: Gazetteer) -> None:
    """A name of the same letters there is a place that no table has."""
    text = "Shells fell on Zurayqiyeh. Kyiv, Kharkiv, Odesa and Lviv in Ukraine were quiet."
    assert where(gazetteer, text, "Zurayqiyeh") == "name:zurayqiyeh"


def test_a_place_of_the_users_own_table_is_meant_anyhow(gazetteer: Gazetteer) -> None:
    """The user gave it for this case, whatever else a text tells of."""
    text = "Shells fell on Kafr Zurayq. Moscow, Kazan and Samara in Russia were quiet."
    assert where(gazetteer, text, "Kafr Zurayq") == "own:SY.kafr_zurayq"


def test_a_misspelt_quarter_is_found_near_other_places_of_the_text_only(gazetteer: Gazetteer) -> None:
    """In a text about Hasakah it is that city's; in one about Daraa, 500 km away, no place that a table has."""
    assert where(gazetteer, "Shells fell on Mashriqia in Hasakah, in Syria.", "Mashriqia") == "pcode:N9002"
    assert where(gazetteer, "Shells fell on Mashriqia. Daraa in Syria was quiet.", "Mashriqia") == "name:mashriqia"


def test_a_quarter_far_away_hides_no_shipped_place_of_another_spelling(gazetteer: Gazetteer) -> None:
    """The Kallaseh of Aleppo, written as a quarter of Hasakah is, in a text about Aleppo."""
    text = "In Aleppo, shells fell on Kalassah and on Hanano. Aleppo is in northern Syria."
    assert where(open_gazetteer(), text, "Kalassah") == "site:kallaseh"
    assert where(gazetteer, text, "Kalassah") == "site:kallaseh"
    assert where(gazetteer, "In Hasakah and Qamishli in Syria shells fell on Kalassah.", "Kalassah") == "pcode:N9003"
