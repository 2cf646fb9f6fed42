"""Names in Arabic script: which one is shown of a place, and how typed ones are found."""

from pathlib import Path

import pytest

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.arabic import asked_keys, search_keys
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.gazetteer.local import Local, local_names, with_seats, write_local
from tadmor.errors import DictionaryError

BUILT = Path(__file__).parents[2] / "src/tadmor/dictionaries/gazetteer/local.marisa"
built = pytest.mark.skipif(not BUILT.is_file(), reason="the gazetteer is not built (make setup)")


@pytest.mark.parametrize(
    ("own", "country", "given", "first"),
    [
        ("Nahr al Wādī", "SY", ["نهر الوادي", "نهرلواد", "Nahr"], "نهر الوادي"),
        ("Safrah", "IQ", ["صفرة", "الصفرة", "سەفرە"], "الصفرة"),
        ("Dashtābād", "IR", ["تپه", "دشت\u200cآباد", "دشت آباد"], "دشت آباد"),
        ("Şurmān", "LY", ["سرمان", "صرمان"], "صرمان"),
        ("As Sūq", "YE", ["سوق", "السوق"], "السوق"),
        ("Kūlā", "PK", ["کولا", "كولا"], "کولا"),
    ],
)
def test_the_name_that_sounds_like_geonames_own_in_the_countrys_alphabet_is_shown(own, country, given, first):
    assert local_names(own, country, given)[0] == first


def test_names_in_alphabets_of_other_languages_are_left_out():
    assert local_names("Hewar", "IQ", ["هەوار", "Hewar", "Хевар"]) == ()


def test_a_division_is_called_as_the_town_in_it_of_its_name():
    town = Place(id="gn:1", name="Sahl", level=Level.SETTLEMENT, country="XX", admin1="01")
    province = Place(id="adm1:XX.01", name="Sahl", level=Level.PROVINCE, country="XX", admin1="01")
    other = Place(id="adm1:XX.02", name="Sahl", level=Level.PROVINCE, country="XX", admin1="02")
    found = with_seats({"gn:1": ("سهل",)}, [town, province, other])
    assert found == {"gn:1": ("سهل",), "adm1:XX.01": ("سهل",)}


def test_what_is_written_is_read_back_with_its_language(tmp_path):
    write_local(tmp_path, {"gn:1": ("سهل", "السهل"), "gn:2": ()})
    known = Local(tmp_path)
    place = Place(id="gn:1", name="Sahl", level=Level.SETTLEMENT, country="IR")
    found = known.get(place)
    assert found is not None
    assert (found.names, found.language) == (("سهل", "السهل"), "fa")
    assert known.get(Place(id="gn:2", name="Other", level=Level.SETTLEMENT)) is None


def test_a_missing_file_says_how_to_build_it(tmp_path):
    with pytest.raises(DictionaryError, match=r"gazetteer\.build"):
        Local(tmp_path)


@pytest.mark.parametrize("typed", ["السوق", "سوق", "بالسوق", "والسوق", "للسوق", "وبالسوق", "السُّوق"])
def test_a_name_is_found_with_article_particles_and_vowel_marks(typed):
    assert set(asked_keys(typed)) & set(search_keys("السوق"))


@pytest.mark.parametrize(("typed", "kept"), [("مدينه", "مدينة"), ("اربد", "إربد"), ("موسي", "موسى"), ("کوت", "كوت")])
def test_letters_that_are_typed_for_one_another_are_one(typed, kept):
    assert set(asked_keys(typed)) & set(search_keys(kept))


def test_a_name_that_begins_like_a_particle_is_asked_for_whole_first():
    assert asked_keys("بابل")[0] == "بابل"


@built
@pytest.mark.parametrize(
    ("name", "local"), [("Palmyra", "تدمر"), ("Aleppo", "حلب"), ("Mosul", "الموصل"), ("Sirte", "سرت"), ("Hama", "حماة")]
)
def test_towns_that_reporting_names_are_known_by_their_arabic_names(name, local):
    gazetteer = open_gazetteer()
    found = gazetteer.local(gazetteer.lookup(name)[0])
    assert found is not None
    assert found.names[0] == local
    assert found.language == "ar"
