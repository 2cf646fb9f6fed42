"""Each layout of tables: what a row says, and what makes it a bad one."""

from datetime import date

import pytest

from tadmor.datamodel.claims import Change, ControlClaim, Degree, EventClaim, TollClaim
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import Extent
from tadmor.dictionaries.actors import load_actors
from tadmor.tables import EVENTS, Control, Statuses, open_table, parts, survey
from tadmor.tables.layouts import HEADLESS

TODAY = date(2024, 1, 1)
MAP = "place,lat,lon,status,first_day,last_day\n"


def control(text, **given):
    """The table of control in a text."""
    return open_table("map.csv", text, (Control(Statuses(load_actors(), given)),))


def told(table):
    """The rows of a table that are read, and what is wrong with the others."""
    found = survey(table, TODAY)
    rows = [row for _, rows in parts(table, found, "0" * 64, outlet="Meridian Maps", published=None) for row in rows]
    return rows, found


def ucdp(**cells):
    """A text with one row of UCDP's, with a head."""
    row = {
        "id": "7001",
        "type_of_violence": "1",
        "side_a": "Government of Syria",
        "side_b": "HTS, Southern Front",
        "source_office": "SOHR;SOHR",
        "source_original": "SOHR",
        "source_headline": "Clashes near the mill",
        "where_prec": "1",
        "where_coordinates": "Kafr Zurayq village",
        "adm_1": "Homs Governorate",
        "latitude": "34.8",
        "longitude": "38.6",
        "country": "Syria",
        "date_prec": "1",
        "date_start": "2016-03-01 00:00:00.000",
        "date_end": "2016-03-01 00:00:00.000",
        "deaths_a": "3.0",
        "deaths_b": "2",
        "deaths_civilians": "0",
        "deaths_unknown": "0",
        "low": "5",
        "best": "5",
        "high": "7",
        **cells,
    }
    written = [f'"{value}"' for value in row.values()]
    return ",".join(row) + "\n" + ",".join(written) + "\n"


def events(text):
    """The table of events in a text."""
    return open_table("events.csv", text, EVENTS)


def only(text):
    """Its one row."""
    (row,), found = told(events(text))
    assert found.issues == []
    return row


def test_a_row_of_control_is_a_claim_of_all_its_days():
    """Held throughout, first to last day inclusive, in the row's own words."""
    (row,), found = told(control(MAP + "Kafr Zurayq,34.8,38.6,Islamic State,2016-01-02,2016-03-04\n"))
    (claim,) = row.claims
    assert isinstance(claim, ControlClaim)
    assert (claim.change, claim.degree, claim.holder.expression) == (Change.HELD, Degree.FULL, "Islamic State")
    assert claim.quote == "Kafr Zurayq,34.8,38.6,Islamic State,2016-01-02,2016-03-04"
    assert (claim.score, claim.reader) == (1.0, "table/control")
    assert (row.when.earliest, row.when.latest, row.when.extent) == (
        date(2016, 1, 2),
        date(2016, 3, 4),
        Extent.THROUGHOUT,
    )
    assert row.when.expression == "2016-01-02,2016-03-04"
    assert found.last == date(2016, 3, 4)


def test_statuses_mean_what_the_user_says_else_what_names_mean():
    """A code needs the user's word, a known name none; contested names nobody; other, unknown and - say nothing."""
    text = MAP + "".join(
        f"Town {at},34.{at},38.6,{status},2016-01-02,\n"
        for at, status in enumerate(("RU", "Russia", "Contested", "X", "other", "SIEGE"))
    )
    rows, found = told(control(text, RU="Russia", X="-", SIEGE="besieged"))
    assert [(row.claims[0].degree.value, row.called) for row in rows] == [
        ("full", {"RU": "russia"}),
        ("full", {"Russia": "russia"}),
        ("contested", {}),
        ("besieged", {}),
    ]
    assert found.left_out == 2


def test_a_status_that_is_not_known_refuses_the_whole_table():
    """Codes are never guessed: IN may be inside a layer or India. What it may be is for the message to say."""
    found = survey(control(MAP + "A,34,38,IN,2016-01-02,\nB,34,39,IN,2016-01-02,\n"), TODAY)
    assert found.refused
    assert dict(found.strange) == {"IN": 2}
    assert Statuses(load_actors()).guess("RU") == "Russia"
    assert Statuses(load_actors(), {"RU": "Russa"}).unknown_holders() == ("Russa",)


def test_each_bad_row_is_one_issue_with_its_line_and_the_rest_is_read():
    """What is wrong with it and what to do."""
    bad = (
        "A,95,38,Russia,2016-01-02,\n"
        "B,34,38,Russia,03/04/2016,\n"
        "C,34,38,Russia,2016-05-01,2016-04-01\n"
        "D,34,38,Russia,2016-05-01,2999-12-31\n"
        ",34,38,Russia,2016-05-01,\n"
        "F,34,38,Russia,2016-05-01\n"
        "G,34,38,Russia,2016-05-01,\n"
        "G,34,38,Ukraine,2016-05-01,\n"
        "H,34,,Russia,2016-05-01,\n"
    )
    rows, found = told(control(MAP + bad))
    assert [row.line for row in rows] == [8]
    assert [issue.message for issue in found.issues] == [
        "line 2: '95' is no latitude; write degrees between -90 and 90 with a point, as 36.2048",
        "line 3: first day '03/04/2016' is no day; write it as 2016-12-11",
        "line 4: its last day 2016-04-01 comes before its first 2016-05-01; exchange or correct them",
        "line 5: tells of 2999-12-31, which is yet to come; leave the last day empty where it still holds",
        "line 6: has no place; fill that cell",
        "line 7: has 5 cells where the head has 6; check its commas and quotation marks",
        "line 9: tells again what line 8 tells; the first is kept: leave one out",
        "line 10: an empty cell is no longitude; write degrees between -180 and 180 with a point, as 36.2048",
    ]
    assert {issue.severity for issue in found.issues} == {Severity.ERROR}


def test_a_row_of_ucdp_is_an_event_with_its_dead():
    """In all as low, best and high; of each side apart; the headline is the quote of all."""
    row = only(ucdp())
    event, total, *sides = row.claims
    assert isinstance(event, EventClaim)
    assert (event.type.value, [one.expression for one in event.actors]) == (
        "clash",
        ["Government of Syria", "HTS", "Southern Front"],
    )
    assert all(claim.quote == "Clashes near the mill" for claim in row.claims)
    assert isinstance(total, TollClaim)
    assert (total.count.low, total.count.best, total.count.high, total.status.value) == (5, 5, 7, "combatant")
    assert [(one.group.expression, one.count.best, one.count.expression) for one in sides] == [
        ("Government of Syria", 3, None),
        ("HTS, Southern Front", 2, "2"),
    ]
    assert [voice.name for voice in event.attribution] == ["SOHR"]
    assert row.called["Government of Syria"] == "Syria"
    assert row.key == "7001"
    assert row.when.latest == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("cells", "voices"),
    [
        ({"source_office": "Reuters", "source_original": "SOHR"}, ["Reuters", "SOHR"]),
        ({"source_office": "Reuters;AFP", "source_original": "SOHR"}, ["SOHR"]),
        ({"source_office": "SOHR;Airwars", "source_original": "SOHR, Airwars"}, []),
        ({"source_office": "Reuters", "source_original": ""}, ["Reuters"]),
    ],
)
def test_what_rests_on_one_report_is_that_reports_word(cells, voices):
    """One origin speaks through UCDP; what UCDP makes of several is its own."""
    assert [voice.name for voice in only(ucdp(**cells)).claims[0].attribution] == voices


def test_one_sided_violence_is_killing_of_civilians_by_the_first_side():
    """Its dead are civilians, and killed by it."""
    row = only(ucdp(type_of_violence="3.0", side_b="Civilians", deaths_a="0", deaths_b="0", deaths_civilians="5"))
    event, total = row.claims
    assert (event.type.value, event.targets[0].expression) == ("killing", "Civilians")
    assert (total.status.value, total.by.expression) == ("civilian", "Government of Syria")


@pytest.mark.parametrize(
    ("precision", "place", "level", "near"),
    [
        ("1", "Kafr Zurayq village", None, False),
        ("2", "Kafr Zurayq village", None, True),
        ("4", "Homs Governorate", Level.PROVINCE, False),
        ("6", "Syria", Level.COUNTRY, False),
    ],
)
def test_a_place_is_no_finer_than_ucdp_knows_it(precision, place, level, near):
    """Where only the province is known, the province is the place."""
    row = only(ucdp(where_prec=precision))
    assert (row.claims[0].place.expression, row.spot.level, row.spot.near) == (place, level, near)


def test_counts_out_of_order_are_taken_as_their_range_and_said():
    """The files of UCDP have such rows; nothing is lost, and nothing made up."""
    (row,), found = told(events(ucdp(low="6", best="5", high="0")))
    count = row.claims[1].count
    assert (count.low, count.best, count.high) == (0, 5, 6)
    assert found.issues == [
        Issue(
            where="events.csv",
            rule="table-row",
            message="line 2: its counts are not in order (low 6, best 5, high 0); taken as 0 to 6",
            severity=Severity.WARNING,
        )
    ]


def test_ucdp_without_a_head_is_read_by_position():
    """As its monthly candidate files come; with a byte-order mark or without."""
    head, row = ucdp().splitlines()
    cells = dict(zip(head.split(","), row.strip('"').split('","'), strict=True))
    bare = ",".join(f'"{cells.get(name, "")}"' for name in HEADLESS)
    for text in (bare, "\ufeff" + bare):
        (found,), _ = told(events(text))
        assert found.claims[1].count.high == 7


ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,country,admin1,"
    "location,latitude,longitude,geo_precision,source,notes,fatalities\n"
)


def acled(sub, day="2017-02-14", precision="1", geo="1", dead="4", source="Orontes Wire"):
    """One row of ACLED's."""
    return ACLED + (
        f'SYR1,{day},{precision},Battles,{sub},Islamic State (Syria),2,"Military Forces of Syria (2000-)",1,Syria,Homs,'
        f'Kafr Zurayq,34.8,38.6,{geo},{source},"On 14 February, the army ""withdrew"", locals said.",{dead}\n'
    )


def test_a_row_of_acled_is_an_event_with_its_dead_quoted_from_the_notes():
    """The notes as the file has them, doubled quotation marks and all."""
    row = only(acled("Armed clash"))
    event, toll = row.claims
    assert event.quote == 'On 14 February, the army ""withdrew"", locals said.'
    assert event.type.value == "clash"
    assert toll.count.best == 4
    assert [voice.name for voice in event.attribution] == ["Orontes Wire"]
    assert row.called["Military Forces of Syria (2000-)"] == "Syria army"


def test_territory_that_is_taken_is_a_claim_of_control():
    """By the first actor; by the state where the government regains it, wherever it stands."""
    taken = only(acled("Non-state actor overtakes territory")).claims[1]
    assert (taken.change, taken.holder.expression) == (Change.GAINED, "Islamic State (Syria)")
    regained = only(acled("Government regains territory")).claims[1]
    assert regained.holder.expression == "Military Forces of Syria (2000-)"


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("1", (14, 14), 2), ("2", (11, 17), 2), ("3", (1, 28), 2)],
)
def test_a_day_is_no_finer_than_acled_knows_it(precision, first, last):
    """A week around it, or its month."""
    when = only(acled("Armed clash", precision=precision)).when
    assert (when.earliest.day, when.latest.day) == first
    assert when.latest.month == last


def test_what_is_no_violence_is_left_out_and_an_unknown_kind_is_said():
    """Protests and the like are counted as left out; a word that is none of ACLED's is a bad row."""
    rows, found = told(events(acled("Peaceful protest", dead="0")))
    assert (rows, found.left_out) == ([], 1)
    _, found = told(events(acled("Skirmish")))
    assert found.issues[0].message == "line 2: sub_event_type 'Skirmish' is none of ACLED's; correct it"


def test_older_days_of_acled_are_read():
    """As "14 February 2017"."""
    assert only(acled("Armed clash", day="14 February 2017")).when.earliest == date(2017, 2, 14)


OWN = "date,place,lat,lon,type,actor,target,killed,killed_low,killed_high,wounded,source,headline\n"


def test_a_table_of_ones_own_needs_few_columns():
    """Event, dead and wounded; several actors in one cell are several."""
    row = only(OWN + '2016-02-01,Kafr Zurayq,34.8,38.6,air strike,Russia,"Civilians",12,10,15,30,SANA,Strike on mill\n')
    event, killed, wounded = row.claims
    assert (event.type.value, event.quote) == ("air_strike", "Strike on mill")
    assert (killed.count.low, killed.count.best, killed.count.high) == (10, 12, 15)
    assert (wounded.harm.value, wounded.count.best) == ("wounded", 30)
    assert event.attribution[0].name == "SANA"
    rows, found = told(events("date,place,killed\n2016-02-01,Palmyra,3\n2016-02-02,Palmyra,many\n"))
    assert [row.claims[0].quote for row in rows] == ["2016-02-01,Palmyra,3"]
    assert found.issues[0].message.startswith("line 3: best 'many' is no number of people; write a whole number")


def test_a_type_that_is_not_known_is_said_with_those_that_are():
    """One line, with the words that may be written."""
    _, found = told(events(OWN + "2016-02-01,A,34,38,ambush?,,,,,,,,\n"))
    assert "'ambush?' is no type of event; write one of clash, ground_attack" in found.issues[0].message


def test_a_table_of_no_known_layout_says_which_columns_it_needs():
    """And which it has; a column that the user names and the table lacks likewise."""
    found = events("Datum,Ort\n1,2\n")
    assert isinstance(found, Issue)
    assert "it needs the columns date, place, type or killed" in found.message
    assert "has Datum, Ort" in found.message
    missing = open_table("t.csv", "a,b\n1,2\n", EVENTS, {"place": "Town"})
    assert missing.message == "has no column 'Town'; its columns are a, b"


def test_the_documents_of_a_table_are_all_of_its_text(monkeypatch):
    """Parts of so many rows, of which each quote leads back to the file."""
    monkeypatch.setattr("tadmor.tables.reading.PART", 2)
    text = MAP + "".join(f"Town {at},34.{at},38.6,Russia,2016-01-02,\n" for at in range(5))
    table = control(text)
    found = list(parts(table, survey(table, TODAY), "0" * 64, outlet="Maps", published=None))
    assert "".join(document.text for document, _ in found) == text
    assert [len(rows) for _, rows in found] == [2, 2, 1]
    for document, rows in found:
        for claim in (claim for row in rows for claim in row.claims):
            assert claim.document == document.id
            span = document.raw_span(claim.span)
            assert text[span.start : span.end] == claim.quote == document.text[claim.start : claim.end]
