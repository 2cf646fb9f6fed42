"""Which place a name means: by the rest of the document, by the words beside it, and told from another place."""

from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.gazetteer.nearness import distance
from tadmor.grounding.places import PlaceResolver
from tadmor.grounding.relative import place_from, told_from
from tadmor.grounding.setting import Setting
from tadmor.grounding.wording import asked_by, worded

FOLDER = Path(__file__).parents[2] / "src" / "tadmor" / "dictionaries" / "gazetteer"
built = pytest.mark.skipif(not (FOLDER / "places.bin").is_file(), reason="the gazetteer is not built (make setup)")
HOMS = Place(id="gn:1", name="Homs", level=Level.SETTLEMENT, lat=34.73, lon=36.71, radius_m=5000.0, country="SY")


def resolved(text: str, name: str, *, last: bool = False) -> Place | None:
    """The place of a name in a text."""
    gazetteer = open_gazetteer()
    start = text.rindex(name) if last else text.index(name)
    resolver = PlaceResolver(gazetteer, Setting(gazetteer, text, None), text)
    return resolver.resolve(Mention(expression=name, start=start, end=start + len(name)), "place")[0]


def where(text: str, name: str, *, last: bool = False) -> str | None:
    place = resolved(text, name, last=last)
    return place.id if place else None


@built
@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The army retook Palmyra and went on towards Deir ez-Zor, in eastern Syria.", "SY"),
        ("Palmyra, a town in Pennsylvania, lies east of Harrisburg.", "US"),
        ("Trains from Perth to Fremantle stop near Palmyra, in Western Australia.", "AU"),
    ],
)
def test_the_document_decides_among_the_palmyras(text: str, country: str) -> None:
    """One name means another town in another setting."""
    place = resolved(text, "Palmyra")
    assert place is not None
    assert place.country == country


@built
@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        ("Paris, Texas, is small. France won.", "Paris", "gn:4717560"),
        ("A man of Paris, Ky., was held.", "Paris", "gn:4303602"),
        ("They met in Tripoli, in northern Lebanon, not in Libya.", "Tripoli", "gn:266826"),
    ],
)
def test_what_a_name_is_told_with_decides(text: str, name: str, id_: str) -> None:
    """A name right before what it lies in is the one that lies there, abbreviations included."""
    assert where(text, name) == id_


@built
@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Fighting in Homs province went on.", "Homs province", Level.PROVINCE),
        ("Fighting in Homs province went on.", "Homs", Level.PROVINCE),
        ("Fighting in the province of Homs went on.", "Homs", Level.PROVINCE),
        ("Fighting in the city of Homs went on.", "the city of Homs", Level.SETTLEMENT),
        ("Fighting in Homs went on.", "Homs", Level.SETTLEMENT),
        ("Shells fell on Kharkiv Oblast in Ukraine.", "Kharkiv Oblast", Level.PROVINCE),
        ("Strikes hit Shayrat air base in Syria.", "Shayrat air base", Level.SITE),
        ("The New York Gov. said so in Albany.", "New York", Level.PROVINCE),
        ("The mayor of Quebec spoke in Canada.", "Quebec", Level.SETTLEMENT),
        ("WASHINGTON (Wire) Senators met.", "WASHINGTON", Level.SETTLEMENT),
        ("QUEBEC, Canada - Ministers met.", "QUEBEC", Level.SETTLEMENT),
        ("QUEBEC MINISTERS MEET IN CANADA", "QUEBEC", Level.PROVINCE),
    ],
)
def test_words_ask_for_a_level(text: str, name: str, level: Level) -> None:
    """Kind nouns in the name or beside it choose the town, the division or the site."""
    place = resolved(text, name)
    assert place is not None
    assert place.level is level


@built
@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        ("Fires burn in Oregon, Washington and Idaho.", "Washington", "adm1:US.WA"),
        ("They flew to Boston, Chicago and Washington.", "Washington", "gn:4140963"),
        ("Envoys came from Mali, Niger, Nigeria and Chad.", "Niger", "country:NE"),
        ("Envoys came from Azerbaijan, Armenia and Georgia.", "Georgia", "country:GE"),
        ("Voters in Alabama, Georgia and Florida were called.", "Georgia", "adm1:US.GA"),
    ],
)
def test_names_in_a_row_are_of_one_kind(text: str, name: str, id_: str) -> None:
    """An enumeration of states, towns or countries says what each of its names is, and its commas tell of no part."""
    assert where(text, name) == id_


@built
@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        ("A shop in Albany, New York, was robbed.", "New York", "adm1:US.NY"),
        ("A shop in Brooklyn, New York, was robbed.", "New York", "gn:5128581"),
        ("A shop in Atlanta, Georgia, was robbed.", "Georgia", "adm1:US.GA"),
    ],
)
def test_what_a_town_is_told_as_part_of_holds_it(text: str, name: str, id_: str) -> None:
    """After a town and a comma, a name is what the town lies in; the town of that name only where it is near."""
    assert where(text, name) == id_


@built
def test_a_thing_in_a_town_is_not_the_town() -> None:
    """A prison told by its town is a site of its own in it, as wide as the town and what lies around it."""
    place = resolved("They held Homs in Syria, and the Homs prison.", "Homs prison")
    assert place is not None
    assert place.level is Level.SITE
    assert place.relative_to == "gn:169577"
    assert place.parents[0] == "gn:169577"


@built
def test_a_close_tie_stays_open_with_its_candidates() -> None:
    """Two towns as likely as each other and far apart are not chosen between; both are kept."""
    gazetteer = open_gazetteer()
    text = "It happened in Union Springs."
    setting = Setting(gazetteer, text, None)
    readings = gazetteer.readings("Union Springs")
    place, link = PlaceResolver(gazetteer, setting, text).resolve(
        Mention(expression="Union Springs", start=15, end=28), "place"
    )
    assert len(link.candidates) == min(len(readings), 6)
    assert (place.id if place else None) == link.chosen
    assert isclose(sum(candidate.score for candidate in link.candidates), 1, abs_tol=0.02)


@built
def test_an_unknown_village_is_a_place_of_its_own() -> None:
    """A name that no table has keeps its words, lies in what it is told with, and has no made-up point."""
    place = resolved("Clashes broke out in Wxyzabad in Homs province, Syria.", "Wxyzabad")
    assert place is not None
    assert (place.id, place.lat, place.lon) == ("name:wxyzabad", None, None)
    assert place.country == "SY"
    assert "adm1:SY.11" in place.parents


@built
@pytest.mark.parametrize(
    "text",
    [
        "A shell fell on the Wxyzab neighbourhood of Mosul in Iraq.",
        "A shell fell on the Wxyzab quarter in the city of Mosul in Iraq.",
        "A shell fell on Wxyzab, Mosul, in Iraq.",
    ],
)
def test_an_unknown_quarter_lies_in_its_town(text: str) -> None:
    """A part of a town that no table has is somewhere in the town, as wide as it."""
    place, town = resolved(text, "Wxyzab"), resolved(text, "Mosul")
    assert place is not None
    assert town is not None
    assert (place.id, place.level, place.relative_to) == ("name:wxyzab", Level.SITE, town.id)
    assert (place.lat, place.lon, place.radius_m) == (town.lat, town.lon, town.radius_m)


@built
def test_an_unknown_village_told_by_a_town_has_no_point() -> None:
    """A village is no part of the town that it is told by."""
    place = resolved("A shell fell on the village of Wxyzab, Mosul, in Iraq.", "Wxyzab")
    assert place is not None
    assert (place.level, place.lat) == (Level.SETTLEMENT, None)


@built
def test_a_small_town_far_from_the_story_is_not_meant() -> None:
    """A village of the story's country that no table has is not a small town of its name on another continent."""
    text = "In Syria the army shelled Homs, Hama, Idlib and Aleppo before it entered Vinci."
    assert open_gazetteer().lookup("Vinci")
    assert where(text, "Vinci") == "name:vinci"


@built
def test_a_misspelt_name_is_found_by_its_country() -> None:
    """A spelling that no table has is read as the place of the document's country that it sounds like."""
    text = "In Syria, Homs and Hama were quiet, but Maarit an-Noumaan was bombed."
    assert where(text, "Maarit an-Noumaan") == "gn:167611"


@built
def test_the_town_is_the_last_town_told() -> None:
    """A part of "the town" is told from the town named before."""
    text = "Rebels entered Saraqib in Idlib province, Syria. They hold the northern part of the town."
    place = resolved(text, "the northern part of the town")
    assert place is not None
    assert place.relative_to == where(text, "Saraqib")


@built
def test_owners_and_lost_apostrophes_do_not_hide_a_place() -> None:
    """As said: "Syria's Idlib" and "Aleppos" (an apostrophe lost in the source) are Idlib and Aleppo."""
    text = "Strikes hit Syria's Idlib and Aleppos outskirts."
    assert where(text, "Syria's Idlib") == "gn:169389"
    outskirts = resolved(text, "Aleppos outskirts")
    assert outskirts is not None
    assert outskirts.relative_to == "gn:170063"


@built
@pytest.mark.parametrize(
    ("expression", "km", "north", "east"),
    [
        ("40 km west of Palmyra", 40, 0, -1),
        ("10 kilometres north of Idlib city", 10, 1, 0),
        ("25 miles south-east of Raqqa", 40.2, -1, 1),
    ],
)
def test_distances_are_reckoned(expression: str, km: float, north: int, east: int) -> None:
    """So many kilometres in a direction give a point there, with a radius for the roundness of the figure."""
    text = f"In Syria, a convoy was hit {expression}."
    place = resolved(text, expression)
    assert place is not None
    assert place.relative_to is not None
    base = open_gazetteer().get(place.relative_to)
    assert base is not None
    assert None not in (base.lat, base.lon, place.lat, place.lon)
    assert isclose(distance((base.lat, base.lon), (place.lat, place.lon)), km, rel_tol=0.02)  # type: ignore[arg-type]
    assert (place.lat - base.lat) * north >= 0  # type: ignore[operator]
    assert (place.lon - base.lon) * east >= 0  # type: ignore[operator]
    assert place.radius_m is not None
    assert place.radius_m <= km * 1000 / 3


@pytest.mark.parametrize(
    ("expression", "base", "outside"),
    [
        ("the western countryside of Homs", "Homs", True),
        ("Homs's western countryside", "Homs", True),
        ("outskirts of Homs", "Homs", True),
        ("near Homs", "Homs", True),
        ("a village north-west of Homs", "Homs", True),
        ("eastern rural Homs", "Homs", True),
        ("eastern Homs", "Homs", False),
        ("central Homs", "Homs", False),
        ("the northern part of Homs", "Homs", False),
        ("the area between Homs and Hama", "Homs", False),
    ],
)
def test_expressions_are_taken_apart(expression: str, base: str, outside: bool) -> None:  # noqa: FBT001
    """A relative expression gives the name it is told from and whether it lies outside it."""
    how = told_from(expression)
    assert how is not None
    assert (how.base, how.outside) == (base, outside)


@pytest.mark.parametrize(
    "name",
    ["Homs", "Deir ez-Zor", "Tell Rifaat", "Khan Sheikhoun", "northern city of Homs", "central town of Salamiyah"],
)
def test_plain_names_are_not_told_from_another(name: str) -> None:
    """A name alone has nothing to take apart, nor has one with its kind and the side of the country it lies on."""
    assert told_from(name) is None


@built
@pytest.mark.parametrize(
    ("name", "level"),
    [("western city of Homs", Level.SETTLEMENT), ("western province of Homs", Level.PROVINCE)],
)
def test_a_kind_of_a_side_is_the_place_itself(name: str, level: Level) -> None:
    """The "western city of Homs" is Homs, which lies in the west; "western Homs" is a part of it."""
    place = resolved(f"Shells fell on the {name} in Syria.", name)
    assert place is not None
    assert (place.name, place.level, place.relative_to) == ("Homs", level, None)


@built
def test_a_quarter_is_of_the_town_that_it_is_told_with() -> None:
    """A quarter of one town is not meant where the text tells of one of its name in another."""
    at_home = resolved("A shell fell on Jobar, in Damascus in Syria. Hama is quiet.", "Jobar")
    abroad = resolved("A shell fell on Jobar in Aleppo in Syria. Hama is quiet.", "Jobar")
    assert at_home is not None
    assert abroad is not None
    assert (at_home.id.split(":")[0], abroad.id, abroad.level) == ("site", "name:jobar", Level.SITE)


def test_between_two_places_is_the_midpoint() -> None:
    """Between A and B is halfway, with a radius that reaches both."""
    hama = Place(id="gn:2", name="Hama", level=Level.SETTLEMENT, lat=35.13, lon=36.75)
    how = told_from("between Homs and Hama")
    assert how is not None
    place = place_from("between Homs and Hama", how, HOMS, hama)
    assert place.lat == pytest.approx(34.93)
    assert place.radius_m == pytest.approx(22_300, rel=0.02)


@given(st.sampled_from(["north", "southern", "north-east", "west"]), st.integers(1, 300))
def test_a_told_point_lies_as_far_as_told(direction: str, km: int) -> None:
    """Whatever the distance and direction, the point lies that far from the base, and the same words give the same id."""
    expression = f"{km} km {direction} of Homs"
    how = told_from(expression)
    assert how is not None
    place = place_from(expression, how, HOMS)
    assert distance((34.73, 36.71), (place.lat or 0, place.lon or 0)) == pytest.approx(km, rel=0.05, abs=0.02)
    assert place == place_from(expression, how, HOMS)
    assert place.parents[0] == HOMS.id


def test_kind_nouns_are_taken_off() -> None:
    """As said: "The besieged city of Homs" is Homs as a town; "Homs military academy" keeps what is no kind noun."""
    assert (worded("the besieged city of Homs").name, worded("the besieged city of Homs").levels) == (
        "Homs",
        (Level.SETTLEMENT,),
    )
    assert worded("Idlib governorate").levels == (Level.PROVINCE,)
    assert worded("Homs prison").thing == "prison"
    assert worded("Homs").levels == ()


def test_words_beside_a_name_are_heard() -> None:
    """The noun right after a name, or with "of" before it, asks for its level; a thing does not."""
    text = "in Homs province and the town of Hama near the Idlib hospital"
    assert asked_by(text, 3, 7) == (Level.PROVINCE,)
    assert asked_by(text, text.index("Hama"), text.index("Hama") + 4) == (Level.SETTLEMENT,)
    assert asked_by(text, text.index("Idlib"), text.index("Idlib") + 5) == ()


@built
@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        ("In Syria, rebels took the citadel in Aleppo.", "citadel in Aleppo", "site:aleppo_citadel"),
        ("In Syria, rebels took the dam in Tabqa.", "dam in Tabqa", "site:tabqa_dam"),
        ("In Iraq, militants took the prison in Mosul.", "prison in Mosul", "in:gn:99072:prison_in_mosul"),
    ],
)
def test_a_site_told_by_its_kind_and_town(text: str, name: str, id_: str) -> None:
    """The town's only site of the kind; where a town must have several, something somewhere in it."""
    assert where(text, name) == id_


@built
@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Tiyas airport", "site:tiyas_air_base"),
        ("Hayyan plant", "site:hayyan_gas_field"),
        ("Omar oil and gas field", "site:omar_oil_field"),
        ("Rastan barrage", "site:rastan_dam"),
    ],
)
def test_a_site_by_another_noun_for_its_kind(text: str, id_: str) -> None:
    """A field is told by its plant, an air base as an airport; the name and the family decide."""
    assert where(f"In Syria, rebels took the {text} near Homs.", text) == id_


@built
@pytest.mark.parametrize(
    ("text", "name", "inside"),
    [
        ("Fighting went on in the northern suburb of Jobar, near Damascus.", "northern suburb of Jobar", True),
        ("Shells fell in a suburb of Damascus, in Syria.", "suburb of Damascus", False),
        ("Shells fell in the suburb of Damascus, in Syria.", "suburb of Damascus", False),
    ],
)
def test_the_suburb_of_a_small_name_is_that_name(text: str, name: str, *, inside: bool) -> None:
    """An apposition, unless the name is a large town's, which has suburbs."""
    place = resolved(text, name)
    assert place is not None
    assert (place.relative_to is None) is inside
