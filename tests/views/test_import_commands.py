"""`tadmor import`: tables of others, from the file to the record, and newer editions of them."""

import csv
import gzip
import json
from datetime import UTC, datetime

import pytest

from tadmor.datamodel.history import Decision, Review
from tadmor.ledger import Ledger

MAP = (
    "place,lat,lon,status,first_day,last_day\n"
    "Palmyra,34.56,38.28,REB,2015-05-21,2016-03-26\n"
    "Palmyra,34.56,38.28,GOV,2016-03-27,2016-12-10\n"
    "Kafr Zurayq,34.80,38.60,GOV,2016-03-27,2016-12-10\n"
)
HOLDERS = ("--holder", "REB=Islamic State", "--holder", "GOV=Syrian government")
EVENTS = (
    "id,date,place,lat,lon,type,actor,killed,killed_low,killed_high,headline\n"
    "e1,2016-03-28,Palmyra,34.56,38.28,air_strike,Russia,12,10,15,Strike on the old town\n"
    "e2,2016-03-28,Palmyra,34.56,38.28,air_strike,Russia,3,,,Second strike near the museum\n"
    "e3,2016-04-02,Kafr Zurayq,34.80,38.60,shelling,Islamic State,,,,Shells fall on a village\n"
)


@pytest.fixture
def folder(tmp_path):
    """Two tables."""
    (tmp_path / "map.csv").write_text(MAP, encoding="utf-8")
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def case(tmp_path):
    """Where a case will be."""
    return tmp_path / "case"


def control(tadmor, path, case, *more):
    """Import a table of control."""
    return tadmor("import", "control", path, "--source", "Meridian Maps", *HOLDERS, "--case", case, *more)


def events(tadmor, path, case, *more):
    """Import a table of events."""
    return tadmor("import", "events", path, "--source", "Orontes Count", "--case", case, *more)


def claims(tadmor, case, *words):
    """The claims of a case, as exported."""
    return json.loads(tadmor("claims", *words, "--case", case, "--json").stdout)


def test_a_table_of_control_is_in_the_record_with_its_words(tadmor, folder, case):
    """Import, brief, timeline, show, export, verify: as for reports."""
    done = control(tadmor, folder / "map.csv", case)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"map.csv (control, Meridian Maps): 3 rows, all new; 3 claims added; case in {case}\n"
    assert "held by Islamic State" in tadmor("brief", "Palmyra", "--case", case).stdout
    assert "Palmyra,34.56,38.28,GOV" in tadmor("timeline", "Palmyra", "--case", case).stdout
    rows = [json.loads(line) for line in tadmor("export", "claims", "--case", case).stdout.splitlines()]
    for row in rows:
        assert row["quote"] == MAP[row["start"] : row["end"]]
        assert (row["doc"], row["score"], row["reader"]) == ("map.csv", 1.0, "table/control")
        assert row["when"]["extent"] == "throughout"
    assert rows[0]["holder"] == {"name": "Islamic State", "id": "islamic_state", "expression": "REB"}
    assert rows[0]["attribution"] == [{"name": "Meridian Maps", "id": "meridian_maps"}]
    assert {row["place"]["id"] for row in rows} == {"gn:163808", "at:34.800,38.600:kafr_zurayq"}
    assert "[[Palmyra" in tadmor("show", rows[0]["id"], "--case", case).stdout
    assert tadmor("verify", "--case", case).returncode == 0


def test_statuses_that_nobody_explained_are_asked_for_in_one_line(tadmor, folder, case):
    """Nothing is imported, and the same call with the option goes in."""
    done = tadmor("import", "control", folder / "map.csv", "--source", "Meridian Maps", "--case", case)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "map.csv: nothing was imported: it is not known whom these statuses name: GOV (2 rows)"
    )
    assert "--holder GOV=NAME" in done.stderr
    assert control(tadmor, folder / "map.csv", case).returncode == 0


def test_the_same_file_adds_nothing(tadmor, folder, case):
    """Under whatever name; read in another way, it says that the first way stands."""
    control(tadmor, folder / "map.csv", case)
    (folder / "renamed.csv").write_text(MAP, encoding="utf-8")
    again = control(tadmor, folder / "renamed.csv", case)
    assert (again.returncode, again.stdout) == (0, "renamed.csv: imported before, nothing added\n")
    other = control(tadmor, folder / "map.csv", case, "--holder", "GOV=Russia")
    assert "was read before in another way, which stands" in other.stderr
    assert len(claims(tadmor, case)) == 3


def test_a_newer_edition_corrects_what_it_tells_otherwise(tadmor, folder, case):
    """Rows that stand are not told twice, others are withdrawn with a reason; all of it stays in the ledger."""
    control(tadmor, folder / "map.csv", case)
    newer = MAP.replace("2016-03-26", "2016-03-25").replace("2016-12-10\nKafr", "2016-12-11\nKafr")
    (folder / "newer.csv").write_text(newer, encoding="utf-8")
    done = control(tadmor, folder / "newer.csv", case)
    assert "3 rows, 0 new, 2 corrected, 1 unchanged; 2 claims added" in done.stdout
    rows = claims(tadmor, case)
    assert sorted((row["doc"], row["when"]["latest"]) for row in rows) == [
        ("map.csv", "2016-12-10"),
        ("newer.csv", "2016-03-25"),
        ("newer.csv", "2016-12-11"),
    ]
    assert tadmor("verify", "--case", case).returncode == 0
    third = control(tadmor, folder / "map.csv", case)
    assert third.stdout == "map.csv: imported before, nothing added\n"


def test_rows_of_a_place_that_a_newer_map_leaves_out_are_withdrawn(tadmor, folder, case):
    """Of the places it tells of; other places stand, unless the file is said to take the other's place."""
    control(tadmor, folder / "map.csv", case)
    (folder / "newer.csv").write_text("".join(MAP.splitlines(keepends=True)[:2]), encoding="utf-8")
    done = control(tadmor, folder / "newer.csv", case)
    assert "1 row, 0 new, 0 corrected, 1 unchanged, 1 earlier row withdrawn; 0 claims added" in done.stdout
    assert len(claims(tadmor, case)) == 2
    (folder / "newest.csv").write_text("".join(MAP.splitlines(keepends=True)[:2]) + "\n", encoding="utf-8")
    done = control(tadmor, folder / "newest.csv", case, "--replaces", "map.csv")
    assert "1 earlier row withdrawn" in done.stdout
    assert len(claims(tadmor, case)) == 1
    wrong = control(tadmor, folder / "newest.csv", case, "--replaces", "none.csv")
    assert (wrong.returncode, "those imported are: map.csv, newer.csv, newest.csv" in wrong.stderr) == (2, True)


def test_rows_of_a_table_are_incidents_of_their_own(tadmor, folder, case):
    """Two strikes of one day in one town stay two, each with its dead; and contradict nothing."""
    assert events(tadmor, folder / "events.csv", case).returncode == 0
    brief = json.loads(tadmor("brief", "Palmyra", "--case", case, "--json").stdout)
    assert sorted((one["low"], one["best"], one["high"]) for one in brief["tolls"]) == [(3, 3, 3), (10, 12, 15)]
    assert len(brief["incidents"]) == 2
    assert brief["contradictions"] == []
    assert {row["quote"] for row in claims(tadmor, case, "--kind", "toll")} == {
        "Strike on the old town",
        "Second strike near the museum",
    }


def test_what_a_person_decided_on_a_row_is_not_undone_unseen(tadmor, folder, case):
    """A correction of a reviewed row is made, and said; a row that a person rejected does not come back."""
    events(tadmor, folder / "events.csv", case)
    with Ledger.open(case, writable=True) as ledger:
        of = {claim.claim.quote: claim.id for claim in ledger.claims() if claim.kind == "event"}
        for words, decision in (("Strike on the old town", "accept"), ("Shells fall on a village", "reject")):
            made = datetime.now(UTC)
            ledger.add_review(
                Review(subject=of[words], decision=Decision(decision), author="Ada", made=made, reason="seen")
            )
    (folder / "newer.csv").write_text(EVENTS.replace(",12,10,15,", ",13,10,15,"), encoding="utf-8")
    done = events(tadmor, folder / "newer.csv", case)
    assert done.returncode == 0
    assert "newer.csv: withdraws a row on which Ada had decided" in done.stderr
    assert "3 rows, 0 new, 1 corrected, 2 unchanged" in done.stdout
    assert "Shells fall on a village" not in {row["quote"] for row in claims(tadmor, case)}


def test_bad_rows_are_named_and_the_rest_goes_in(tadmor, folder, case):
    """A line each, with file, line and what to do; exit code 1; as JSON too."""
    (folder / "bad.csv").write_text(EVENTS + "e4,yesterday,Homs,34.7,36.7,clash,,,,,\n", encoding="utf-8")
    done = events(tadmor, folder / "bad.csv", case)
    assert done.returncode == 1
    assert done.stderr == "bad.csv: line 5: first day 'yesterday' is no day; write it as 2016-12-11\n"
    assert "3 rows, all new" in done.stdout
    assert "line 5: first day" in tadmor("export", "issues", "--case", case).stdout
    (folder / "worse.csv").write_text(EVENTS.replace("e1,2016", "e1,long ago"), encoding="utf-8")
    told = json.loads(events(tadmor, folder / "worse.csv", case, "--json").stdout)
    assert told["issues"][0]["rule"] == "table-row"
    assert told["files"][0]["unchanged"] == 2


def test_files_that_are_no_tables_are_named_and_the_rest_goes_in(tadmor, folder, case):
    """Missing, a folder, an archive, an empty file, prose, a damaged gzip: a line each."""
    (folder / "empty.csv").write_text("", encoding="utf-8")
    (folder / "prose.txt").write_text("The army captured Palmyra.\n", encoding="utf-8")
    (folder / "a.zip").write_bytes(b"PK\x03\x04rest")
    (folder / "b.csv.gz").write_bytes(b"\x1f\x8brest")
    bad = [folder / name for name in ("none.csv", "empty.csv", "prose.txt", "a.zip", "b.csv.gz")]
    done = events(tadmor, folder, case)
    assert done.stderr.endswith("is a folder; name the files in it\n")
    done = tadmor("import", "events", *bad, folder / "events.csv", "--source", "Count", "--case", case)
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [path.name for path in bad]
    assert "3 rows, all new" in done.stdout
    assert tadmor("import", "events", folder / "events.csv", "--case", case / "b").stderr.endswith(
        "give --source NAME\n"
    )


def test_a_packed_table_is_kept_as_it_came(tadmor, folder, case):
    """The archive's bytes in the case, its text as the document's; a byte-order mark is part of it."""
    (folder / "map.csv.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + MAP.encode()))
    assert control(tadmor, folder / "map.csv.gz", case).returncode == 0
    row = claims(tadmor, case)[0]
    assert row["quote"] == ("\ufeff" + MAP)[row["start"] : row["end"]]
    assert tadmor("verify", "--case", case).returncode == 0


def test_a_place_that_cannot_be_made_out_is_a_warning(tadmor, folder, case):
    """A name alone is judged beside the others of the table; an id that nothing is known by is said."""
    text = "date,place,place_id,killed\n2016-01-01,Aleppo,,3\n2016-01-02,Palmyra,,2\n2016-01-03,,x77,2\n"
    (folder / "names.csv").write_text(text, encoding="utf-8")
    done = events(tadmor, folder / "names.csv", case)
    assert done.returncode == 0
    assert "names.csv: no place is known, or several are, by the name 'x77'" in done.stderr
    rows = claims(tadmor, case)
    assert [row["place"]["id"] for row in rows] == ["gn:170063", "gn:163808", None]


def test_columns_of_other_names_can_be_told(tadmor, folder, case):
    """By the role they fill; an option that is not of the form A=B is a wrong call."""
    (folder / "fr.csv").write_text("Jour;Lieu;Tués\n2016-01-01;Palmyra;3\n", encoding="utf-8")
    words = ("--column", "date=Jour", "--column", "place=Lieu", "--column", "killed=Tués")
    assert events(tadmor, folder / "fr.csv", case, *words).returncode == 0
    assert claims(tadmor, case)[0]["count"] == {"low": 3, "best": 3, "high": 3, "expression": "3"}
    wrong = events(tadmor, folder / "fr.csv", case, "--column", "Lieu")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_a_source_has_its_side_from_the_users_table(tadmor, folder, case):
    """As with reports: `--sources`, or sources.yaml in the case."""
    (folder / "own.yaml").write_text(
        "meridian: {name: Meridian Maps, kind: monitor, sides: syrian_opposition}\n", encoding="utf-8"
    )
    control(tadmor, folder / "map.csv", case, "--sources", folder / "own.yaml")
    (source,) = json.loads(tadmor("sources", "--case", case, "--json").stdout)
    assert (source["kind"], source["sides"]) == ("monitor", ["syrian_opposition"])


def test_the_day_that_a_table_came_out_is_given_or_told_as_an_interval(tadmor, folder, case):
    """Not before the last day that it tells of; `--as-of` an earlier day leaves it out."""
    control(tadmor, folder / "map.csv", case)
    assert tadmor("export", "claims", "--as-of", "2016-12-09", "--case", case).stdout == ""
    given = case.with_name("given")
    control(tadmor, folder / "map.csv", given, "--published", "2016-12-31")
    shown = tadmor("show", claims(tadmor, given)[0]["id"], "--case", given).stdout
    assert "2016-12-31 (stated: given when the table was imported)" in shown


def test_a_long_table_is_several_documents_of_one_original(tadmor, folder, case):
    """Each of at most 5,000 rows, whose quotes lead back to the file."""
    with (folder / "long.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["place", "lat", "lon", "status", "first_day", "last_day"])
        writer.writerows(
            [f"Town {at}", 34 + at / 10_000, 38.5, "GOV", "2016-01-01", "2016-01-02"] for at in range(5_003)
        )
    assert control(tadmor, folder / "long.csv", case).returncode == 0
    text = (folder / "long.csv").read_bytes().decode()
    rows = claims(tadmor, case)
    assert len(rows) == 5_003
    assert all(row["quote"] == text[row["start"] : row["end"]] for row in rows)
    done = tadmor("verify", "--case", case)
    assert (done.returncode, "1 original" in done.stdout) == (0, True)
    titles = [told["title"] for told in json.loads(tadmor("brief", "--case", case, "--json").stdout)["documents"]]
    assert sorted(titles) == ["control table, lines 2 to 5,001", "control table, lines 5,002 to 5,004"]


def test_the_help_shows_examples(tadmor):
    """Of both commands; without one, which there are."""
    assert "control" in tadmor("import", "--help").stdout
    for command in ("control", "events", "table"):
        assert f"tadmor import {command}" in tadmor("import", command, "--help").stdout


def test_a_map_without_its_makers_name_is_refused(tadmor, folder, case):
    """Only VIINA's own columns say whose it is."""
    done = tadmor("import", "control", folder / "map.csv", *HOLDERS, "--case", case)
    assert done.returncode == 1
    assert "does not say whose table it is; give --source NAME" in done.stderr
