"""Files of places: how each layout is recognised and read, and what is said of lines that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.places import Level
from tadmor.dictionaries.gazetteer.layouts import LAYOUTS, LeftOut, PlaceRow, Unread, layout_of, read_rows


def dumped(id_, name, feature="P.PPL", *, lat="35.10", alternate="", people="0"):
    """A line of GeoNames' dump."""
    kind, code = feature.split(".")
    cells = [id_, name, name, alternate, lat, "38.20", kind, code, "SY", "", "04"]
    return "\t".join([*cells, "", "", "", people, "", "250", "Asia/Damascus", "2020-01-01"]) + "\n"


DUMP = (
    dumped("9000001", "Tall Ḩulwān", alternate="Tell Helwan,تل حلوان,تل حلوان القديمة,XYZ", people="1200")
    + dumped("9000002", "Wādī Ḩulwān", "H.WAD")
    + dumped("9000003", "Matar Zurayq", "S.AIRB")
    + dumped("9000004", "Zurayq", "A.ADM3")
)
DISTRICTS = (
    "NAME_EN,NAM_EN_REF,NAME_AR,PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,ADM0_EN,ADM0_PCODE,lon_c,lat_c\n"
    "Zurayq,Zureik,زريق,XX0101,Homs,حمص,XX01,Syrian Arab Republic,SY,38.1,34.9\n"
)
QUARTERS = (
    "NAME_EN,NAM_EN_REF,NAME_AR,PCODE,ADM4_EN,ADM4_PCODE,ADM3_PCODE,ADM1_PCODE,ADM0_PCODE,LATITUDE,LONGITUDE,lon_c,lat_c\n"
    "Wihda_ Ish Al Tair,Wihda (Homs),الوحدة,N9001,Homs,C9,XX010100,XX01,SY,34.70,36.70,36.71,34.72\n"
)
OWN = "name,lat,lon,id,aliases,level,radius_m,country,parent\nTell Hulwan,35.1,38.2,7,Hulwan Hill | Helwan,site,400,sy,gn:1\n"


def places(text, layout):
    """The places that a text tells of."""
    return [row for row in read_rows(text.encode(), layout) if isinstance(row, PlaceRow)]


def faults(text, layout):
    """Lines that could not be read, with what is said of them."""
    return [(row.line, row.message) for row in read_rows(text.encode(), layout) if isinstance(row, Unread)]


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (DUMP, "geonames"),
        (DISTRICTS, "ocha"),
        (QUARTERS, "ocha"),
        (OWN, "csv"),
        ("\ufeffLon;Lat;Name\n38.2;35.1;X\n", "csv"),
        ("a text of no layout\n", None),
        ("", None),
    ],
)
def test_the_layout_shows_in_the_first_line(text, layout):
    """Nineteen cells after a number; PCODE and the country's code; name, lat and lon in any order and case."""
    assert layout_of(text.encode()) == layout


def test_a_line_of_the_dump_is_a_place():
    """Names without the marks of transliteration, other names apart, the division's code, and the feature's level."""
    village, base, district = places(DUMP, "geonames")
    assert (village.id, village.name, village.level) == ("gn:9000001", "Tall Hulwan", Level.SETTLEMENT)
    assert village.others == ("Tell Helwan", "تل حلوان", "تل حلوان القديمة")
    assert (village.country, village.admin1, village.population) == ("SY", "04", 1200)
    assert (base.level, base.site_kind) == (Level.SITE, "air_base")
    assert district.level is Level.DISTRICT


def test_features_that_no_report_tells_of_are_left_out():
    """A valley's row is neither a place nor a fault."""
    assert [type(row) for row in read_rows(DUMP.encode(), "geonames")].count(LeftOut) == 1


def test_ocha_rows_tell_what_they_lie_in():
    """A district in its province; a neighbourhood in its city first."""
    district = places(DISTRICTS, "ocha")[0]
    assert (district.id, district.level, district.names) == ("pcode:XX0101", Level.DISTRICT, ("Zureik", "زريق"))
    assert [outer.id for outer in district.within] == ["pcode:XX01"]
    quarter = places(QUARTERS, "ocha")[0]
    assert (quarter.level, quarter.lat, quarter.lon) == (Level.SITE, 34.72, 36.71)
    assert [(outer.id, outer.level) for outer in quarter.within][:2] == [
        ("pcode:C9", Level.SETTLEMENT),
        ("pcode:XX010100", Level.DISTRICT),
    ]


def test_two_names_in_one_cell_are_two_but_a_city_in_brackets_is_none():
    """As in "Wihda_ Ish Al Tair", and "Wihda (Homs)" of Homs."""
    quarter = places(QUARTERS, "ocha")[0]
    assert (quarter.name, quarter.names) == ("Wihda", ("Ish Al Tair", "الوحدة"))


def test_an_own_table_says_everything_of_a_place():
    """Aliases apart by bars, a level, a radius, a country in small letters, a parent."""
    row = places(OWN, "csv")[0]
    assert (row.id, row.names, row.level, row.radius_m) == ("own:7", ("Hulwan Hill", "Helwan"), Level.SITE, 400.0)
    assert (row.country, row.within[0].id) == ("SY", "gn:1")


def test_an_own_table_needs_three_columns():
    """A place is a settlement, and its id made from its name, where nothing else is said; semicolons do as well."""
    row = places("name;lat;lon\nTell Hulwan;35.1;38.2\n", "csv")[0]
    assert (row.id, row.level, row.country) == ("own:tell_hulwan", Level.SETTLEMENT, None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Tell Hulwan,95,38.2,,,", "'95' is no latitude; write degrees between -90 and 90"),
        ('Tell Hulwan,"35,1",38.2,,,', "'35,1' is no latitude"),
        ("Tell Hulwan,35.1,,,,", "'' is no longitude"),
        (",35.1,38.2,,,", "has no name"),
        ("Tell Hulwan,35.1,38.2,hamlet,,", "'hamlet' is no level of a place; write one of site, settlement"),
        ("Tell Hulwan,35.1,38.2,,wide,", "'wide' is no radius; write metres"),
        ("Tell Hulwan,35.1,38.2,,,Syria", "'SYRIA' is no country; write its ISO code"),
        ("Tell Hulwan,nan,38.2,,,", "'nan' is no latitude"),
    ],
)
def test_a_row_that_cannot_be_read_says_what_to_do(line, told):
    """One fault, with the line, the cell and a way out; the rows around it are read."""
    head = "name,lat,lon,level,radius_m,country\n"
    text = f"{head}Before,35,38,,,\n{line}\nAfter,35,38,,,\n"
    assert [row.name for row in places(text, "csv")] == ["Before", "After"]
    [(number, message)] = faults(text, "csv")
    assert number == 3
    assert message.startswith(told)


def test_a_place_without_id_stands_once():
    """Of two rows of one name, the second is a fault that names the first."""
    text = "name,lat,lon\nTell Hulwan,35.1,38.2\nTell Hulwan,36.5,39.9\n"
    assert faults(text, "csv") == [(3, "'Tell Hulwan' stands on line 2 too; give both an id, or leave one out")]


def test_lines_of_the_dump_and_of_ocha_that_cannot_be_read():
    """A line cut short; a latitude that is none; a row without PCODE."""
    assert faults(DUMP + "9000009\tCut\n" + dumped("9000010", "High", lat="135.0"), "geonames") == [
        (5, "has 2 cells apart by tabs, not 19; take the line from GeoNames' dump again"),
        (6, "'135.0' is no latitude; write degrees between -90 and 90 with a point, as 36.2048"),
    ]
    assert faults(DISTRICTS + "X,X,X,,Homs,,XX01,,SY,38,35\n", "ocha") == [(3, "has no PCODE; fill that cell")]


def test_bytes_that_are_no_utf8_spoil_one_row():
    """The row is named with what to do; the others are read."""
    data = b"name,lat,lon\nCaf\xe9,35,38\nTell Hulwan,35,38\n"
    rows = list(read_rows(data, "csv"))
    assert isinstance(rows[0], Unread)
    assert "UTF-8" in rows[0].message
    assert isinstance(rows[1], PlaceRow)


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_can_be_tried_with_any_layout(layout, data):
    """Whatever a file holds, its lines come out as values."""
    assert all(isinstance(row, PlaceRow | Unread | LeftOut) for row in read_rows(data, layout))
