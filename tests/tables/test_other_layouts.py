"""VIINA, POLECAT, Airwars and tables by a mapping file: what rows say; and rows that cannot be read."""

from datetime import date

import pytest

from tadmor.datamodel.claims import (
    ControlClaim,
    Degree,
    EventClaim,
    EventType,
    Harm,
    Modality,
    Polarity,
    Status,
    TollClaim,
)
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import Extent
from tadmor.dictionaries.actors import load_actors
from tadmor.tables import EVENTS, MappingError, controls, explained_by, open_table, parts, read_mapping, survey
from tadmor.tables.layouts.polecat import COLUMNS
from tadmor.tables.reading import LONGEST

TODAY = date(2026, 1, 1)


def told(text, layouts=EVENTS, called=None):
    """The layout of a text, its rows that are read, and what is wrong with the others."""
    table = open_table("table.csv", text, layouts, called)
    assert not isinstance(table, Issue), table
    found = survey(table, TODAY)
    rows = [row for _, rows in parts(table, found, "0" * 64, outlet="x", published=None) for row in rows]
    return table.layout.name, rows, [issue.message for issue in found.issues]


VIINA = (
    "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status,vcontrol_version\n"
    "706483,20220301,UA,UA,CONTESTED,RU,UA,2\n"
    "706483,20220302,,,,,RU,2\n"
    "706483,20220303,NA,,,,NA,2\n"
)


def test_each_map_maker_of_viina_says_its_own_status():
    name, rows, wrong = told(VIINA, controls(load_actors(), {}))
    assert (name, wrong) == ("viina-control", [])
    said = [(one.attribution[0].name if one.attribution else None, one.degree) for one in rows[0].claims]
    assert said == [
        ("Wikipedia", Degree.FULL),
        ("DeepStateMap", Degree.CONTESTED),
        ("Institute for the Study of War", Degree.FULL),
        (None, Degree.FULL),
    ]
    assert all(isinstance(one, ControlClaim) for one in rows[0].claims)
    assert rows[0].spot.id == "706483"
    assert rows[0].when.extent is Extent.THROUGHOUT
    assert rows[0].when.interval.days == 1
    assert set(rows[0].called) == {"UA", "RU"}


def test_the_vote_of_viina_counts_only_where_no_map_maker_says_anything():
    _, rows, _ = told(VIINA, controls(load_actors(), {}))
    assert len(rows) == 2  # the third row says nothing
    assert len(rows[1].claims) == 1
    assert rows[1].claims[0].attribution == ()


def test_claims_of_one_row_of_viina_have_words_of_their_own():
    _, rows, _ = told(VIINA, controls(load_actors(), {}))
    quotes = [one.quote for one in rows[0].claims]
    assert quotes[0] == "706483,20220301,UA"
    assert len(set(quotes)) == len(quotes)


EVENT_HEAD = "event_id,date,geonameid,asciiname,longitude,latitude,source,text,a_rus_b,a_ukr_b,a_ukr_init_b,t_airstrike_b,t_firefight_b\n"


def test_viinas_labels_say_what_happened_and_who_took_part():
    text = EVENT_HEAD + (
        "7,20220301,706483,Kharkiv,36.25,49.98,ukrinform,Raid on the ring road,1,1,0,1,0\n"
        "8,20220302,706483,Kharkiv,36.25,49.98,ukrinform,Street fighting,1,1,1,0,1\n"
        "9,20220302,706483,Kharkiv,36.25,49.98,ukrinform,Weather,0,0,0,0,0\n"
    )
    name, rows, wrong = told(text)
    assert (name, wrong) == ("viina", [])
    strike, fight = rows
    assert (strike.claims[0].type, strike.key) == (EventType.AIR_STRIKE, "7")
    assert strike.called == {"actors/0": "Russia", "actors/1": "Ukraine"}
    assert strike.claims[0].quote == "Raid on the ring road"
    assert fight.claims[0].type is EventType.CLASH
    assert len(fight.claims[0].actors) == 2


def test_a_label_that_is_neither_0_nor_1_is_a_bad_row():
    text = EVENT_HEAD + "7,20220301,706483,Kharkiv,36.25,49.98,u,Raid,1,0,0,maybe,0\n"
    _, rows, wrong = told(text)
    assert rows == []
    assert wrong == ["line 2: t_airstrike_b 'maybe' is neither 0 nor 1; correct it"]


def polecat(**cells):
    """A row of POLECAT's, with the head."""
    row = dict.fromkeys(COLUMNS, "None") | {
        "Event ID": "P1",
        "Event Date": "2019-05-01",
        "Event Type": "ASSAULT",
        "Event Mode": "explosives",
        "Actor Name": "Meridian Front",
        "Recipient Name": "police",
        "Placename": "Kafr Zurayq",
        "Latitude": "34.8",
        "Longitude": "38.6",
        "Source": "Orontes Wire",
        **cells,
    }
    return "\t".join(row) + "\n" + "\t".join(row.values()) + "\n"


def test_a_row_of_polecat_is_an_event_of_its_type_and_mode():
    name, rows, wrong = told(polecat())
    assert (name, wrong) == ("polecat", [])
    claim = rows[0].claims[0]
    assert claim.type is EventType.BOMBING
    assert [one.expression for one in claim.actors] == ["Meridian Front"]
    assert [one.expression for one in claim.targets] == ["police"]
    assert claim.attribution[0].name == "Orontes Wire"
    assert rows[0].spot.country is None  # written "None"


@pytest.mark.parametrize(
    ("kind", "mode", "wanted"),
    [
        ("AGREE", "None", EventType.AGREEMENT),
        ("RETREAT", "ceasefire", EventType.AGREEMENT),
        ("COERCE", "arrest", EventType.ARREST),
        ("ASSAULT", "heavy-weapons", EventType.OTHER_VIOLENCE),
        ("CONSULT", "visit", None),
        ("COERCE", "seize", None),
    ],
)
def test_types_of_plover_that_are_no_violence_and_no_deal_are_left_out(kind, mode, wanted):
    _, rows, _ = told(polecat(**{"Event Type": kind, "Event Mode": mode}))
    assert [one.claims[0].type for one in rows] == ([wanted] if wanted else [])


def test_a_type_that_plover_does_not_have_is_a_bad_row():
    _, rows, wrong = told(polecat(**{"Event Type": "SHOUT"}))
    assert rows == []
    assert "'SHOUT' is none of PLOVER's" in wrong[0]


def test_a_province_of_polecat_is_a_province():
    _, rows, _ = told(polecat(**{"Feature Type": "ADM1"}))
    assert rows[0].spot.level is Level.PROVINCE


AIRWARS = (
    "Unique Reference Code,Incident Date,Location,Latitude,Longitude,Strike Type,Belligerent,"
    "Civilian Deaths Min,Civilian Deaths Max,Civilian Injuries Min,Civilian Injuries Max,Militants Killed Min,"
    "Militants Killed Max,Grading,Description\n"
)


def test_airwars_grades_say_how_firmly_civilians_were_harmed():
    text = AIRWARS + (
        "R1,2017-03-01,Kafr Zurayq,34.8,38.6,Airstrike,US-led Coalition,3,5,2,2,,,Fair,Family killed\n"
        "R2,2017-03-02,Kafr Zurayq,34.8,38.6,Artillery,Unknown,1,1,,,,,Weak,One man said to have died\n"
        "R3,2017-03-03,Kafr Zurayq,34.8,38.6,Drone strike,US,4,4,,,4,4,Discounted,Those killed were fighters\n"
    )
    name, rows, wrong = told(text)
    assert (name, wrong) == ("airwars", [])
    fair, weak, discounted = (list(row.claims) for row in rows)
    tolls = [one for one in fair if isinstance(one, TollClaim)]
    assert [(one.harm, one.status, one.count.low, one.count.best, one.count.high) for one in tolls] == [
        (Harm.KILLED, Status.CIVILIAN, 3, None, 5),
        (Harm.WOUNDED, Status.CIVILIAN, 2, None, 2),
    ]
    assert fair[0].type is EventType.AIR_STRIKE
    assert fair[0].quote == "Family killed"
    assert {one.modality for one in weak} == {Modality.HEDGED}
    assert weak[0].actors == ()
    denied = [one for one in discounted if one.polarity is Polarity.DENIED]
    assert [one.status for one in denied] == [Status.CIVILIAN]


def test_a_grade_that_changes_is_another_word_of_the_row():
    line = "R1,2017-03-01,Kafr Zurayq,34.8,38.6,Airstrike,US,3,5,,,,,{},Family killed\n"
    before = told(AIRWARS + line.format("Weak"))[1][0]
    after = told(AIRWARS + line.format("Confirmed"))[1][0]
    assert before.key == after.key
    assert before.content != after.content


def test_an_unknown_grade_and_an_unknown_strike_are_bad_rows():
    text = AIRWARS + (
        "R1,2017-03-01,Kafr Zurayq,34.8,38.6,Airstrike,US,3,5,,,,,Splendid,x\n"
        "R2,2017-03-01,Kafr Zurayq,34.8,38.6,Catapult,US,3,5,,,,,Fair,x\n"
        "R3,2017-03-01,Kafr Zurayq,34.8,38.6,,US,3,5,,,,,Fair,x\n"
    )
    _, rows, wrong = told(text)
    assert [row.key for row in rows] == ["R3"]
    assert not any(isinstance(one, EventClaim) for one in rows[0].claims)  # what strike it was is not told
    assert "line 2: grade 'Splendid' is none of confirmed" in wrong[0]
    assert "line 3: strike type 'Catapult' is not known" in wrong[1]


MAPPING = """\
table: events
source: Harbour Monitor
columns:
  id: Ref
  date: When
  place: Town
  type: What
  killed: Dead
  notes: Remarks
constants:
  country: Syria
types:
  Luftangriff: air_strike
  Demonstration: "-"
days: ["%d/%m/%Y"]
empty: [n/a, "-"]
"""
MAPPED = (
    "Ref;When;Town;What;Dead;Remarks;type\n"
    "1;03/04/2016;Kafr Zurayq;Luftangriff;4;A house was hit;ignored\n"
    "2;04/04/2016;Kafr Zurayq;Demonstration;n/a;People marched;ignored\n"
    "3;2016-04-05;Kafr Zurayq;Luftangriff;1;Another;ignored\n"
    "4;06/04/2016;Kafr Zurayq;Schuss;1;A shot;ignored\n"
)


def mapped(mapping, text):
    """A table read by a mapping file."""
    found = read_mapping(mapping)
    return told(text, (explained_by(found, load_actors()),), found.columns)


def test_a_mapping_file_says_what_columns_words_and_days_mean():
    name, rows, wrong = mapped(MAPPING, MAPPED)
    assert name == "mapped"
    row = rows[0]
    assert row.when.earliest == date(2016, 4, 3)
    assert row.claims[0].type is EventType.AIR_STRIKE
    assert row.claims[0].quote == "A house was hit"
    assert row.claims[0].time.expression == "03/04/2016"
    assert row.claims[1].count.best == 4
    assert row.spot.country == "Syria"
    assert [one.key for one in rows] == ["1"]
    assert "line 4: day '2016-04-05' is not written as the mapping's days say" in wrong[0]
    assert "line 5: type 'Schuss' is not among the mapping's types" in wrong[1]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("table: events\ncolums:\n  date: When\n", "line 2: there is no 'colums' here"),
        ("table: events\ncolumns:\n  date: When\n  plce: Town\n", "line 4: 'plce' is nothing that columns can tell"),
        ("table: pigeons\n", "line 1: table 'pigeons' is neither events nor control"),
        ("columns:\n  date: When\ntypes:\n  A: war\n", "line 4: 'war' is no type of event"),
        ("columns:\n  date: A\n  date: B\n", "line 3: 'date' stands twice"),
        ("columns: [a, b]\n", "line 1: needs names with values"),
        ("days: '%Q'\n", "line 1: '%Q' tells no day"),
        ("columns:\n  date: 'When\n", "line 3:"),
        ("constants:\n  place: Palmyra\n", "line 2: 'place' is nothing that constants can tell"),
        ("", "line 1: holds nothing"),
    ],
)
def test_what_is_wrong_with_a_mapping_file_is_said_with_its_line(mapping, said):
    with pytest.raises(MappingError) as caught:
        read_mapping(mapping)
    assert str(caught.value).startswith(said)


def test_a_mapping_of_control_names_holders_by_the_tables_words():
    mapping = (
        "table: control\nsource: Barada Maps\ncolumns: {place: Ort, status: Macht, first_day: Ab}\n"
        "holders: {Regime: Syrian government, Leer: '-'}\n"
    )
    _, rows, wrong = mapped(mapping, "Ort,Macht,Ab\nPalmyra,Regime,2016-03-27\nPalmyra,Leer,2016-04-01\n")
    assert wrong == []
    assert [one.called for one in rows] == [{"Regime": "syrian_government"}]


def test_a_column_that_a_mapping_names_and_the_table_lacks_is_said():
    found = read_mapping(MAPPING)
    table = open_table("t.csv", "Ref;When\n1;2\n", (explained_by(found, load_actors()),), found.columns)
    assert isinstance(table, Issue)
    assert "has no column 'Town'" in table.message


HEAD = "id,date,place,lat,lon,type,killed,notes\n"
GOOD = "9,2016-03-03,Kafr Zurayq,34.8,38.6,shelling,2,Fine\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1,2016-03-01,Kafr\0Zurayq,34.8,38.6,shelling,2,x\n", "holds a NUL character"),
        (f"1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling,2,{'x' * (LONGEST + 1)}\n", "characters long"),
        ("1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling\n", "has 6 cells where the head has 8"),
        ("1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling,2,x,y,z\n", "has 10 cells where the head has 8"),
        ("1,2016-03-01,Kafr Zurayq,34.8,38.6,pillow fight,2,x\n", "'pillow fight' is no type of event"),
        ("1,01/03/2016,Kafr Zurayq,34.8,38.6,shelling,2,x\n", "is no day"),
        ("1,2016-03-01,Kafr Zurayq,134.8,38.6,shelling,2,x\n", "is no latitude"),
        ("1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling,many,x\n", "is no number of people"),
        ("1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling,nan,x\n", "is no number of people"),
    ],
)
def test_a_row_that_cannot_be_read_is_one_line_and_the_rest_goes_in(line, said):
    _, rows, wrong = told(HEAD + line + GOOD)
    assert [row.key for row in rows] == ["9"]
    assert len(wrong) == 1
    assert wrong[0].startswith("line 2: ")
    assert said in wrong[0]
    assert len(wrong[0]) < 400


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_table():
    _, rows, wrong = told(HEAD + '1,2016-03-01,"Kafr,34.8,38.6,shelling,2,x\n' + GOOD * 1)
    assert [row.key for row in rows] == ["9"]
    assert "quotation mark" in wrong[0]


def test_a_cell_that_looks_like_a_formula_is_text():
    _, rows, wrong = told(HEAD + "1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling,2,=cmd|' /C calc'!A0\n")
    assert wrong == []
    assert rows[0].claims[0].quote == "=cmd|' /C calc'!A0"


def test_an_apostrophe_before_a_formula_is_the_spreadsheets_and_no_words_of_the_source():
    _, rows, _ = told(HEAD + "1,2016-03-01,Kafr Zurayq,34.8,38.6,shelling,2,'=SUM(A1)\n")
    assert rows[0].claims[0].quote == "=SUM(A1)"
