"""`tadmor exchange` and newer releases, from a table to the file that goes out."""

import csv
import io
import json
import os

import pytest

from tadmor.errors import UsageError
from tadmor.ledger.accounts import Accounts
from tadmor.views.outfile import write_whole

HEAD = (
    "id,relid,type_of_violence,conflict_new_id,side_a,side_b,source_office,source_headline,source_original,where_prec,"
    "where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,"
    "deaths_civilians,deaths_unknown,low,best,high\n"
)
ROWS = (
    "71.0,SYR-2016-1-71,1,299,Government of Syria,Meridian Front,Orontes Wire,Clashes near the mill,Barada Monitor,1,"
    "Kafr Zurayq village,Homs Governorate,34.812345,38.6,Syria,1,2016-03-01,2016-03-01,3,2,0,0,5,5,7\n"
    '72.0,SYR-2016-1-72,3,299,Meridian Front,Civilians,Orontes Wire;Delta Post,"Two shot, says ""Delta""",,2,'
    "Kafr Zurayq village,Homs Governorate,34.8,38.6,Syria,2,2016-03-04,2016-03-06,0,0,2,0,2,2,2\n"
)


@pytest.fixture
def case(tadmor, tmp_path):
    """A case with two rows of UCDP's."""
    (tmp_path / "ged1.csv").write_text("\ufeff" + HEAD + ROWS, encoding="utf-8")
    done = tadmor("import", "events", tmp_path / "ged1.csv", "--case", tmp_path / "case")
    assert done.returncode == 0, done.stderr
    return tmp_path / "case"


def exchanged(tadmor, case, kind, *options):
    """The rows that a format gives, what is said, and its loss report."""
    out = case.parent / f"out-{kind}.csv"
    done = tadmor("exchange", kind, "-o", out, "--case", case, *options)
    assert done.returncode == 0, done.stderr
    losses = json.loads((case.parent / f"out-{kind}.csv.losses.json").read_text())
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))), done, losses


def test_rows_of_ucdp_go_out_as_they_came_by_findings_and_by_claims(tadmor, case):
    came = list(csv.DictReader(io.StringIO(HEAD + ROWS)))
    for of in ("record", "claims"):
        rows, done, losses = exchanged(tadmor, case, "ucdp", "--of", of)
        assert [{name: row[name] for name in came[0]} for row in rows] == came
        assert len(rows[0]) == 49
        assert rows[0]["priogrid_gid"] == "179718"  # no column of the table: reckoned
        assert losses["rows"] == 2
        assert "row" not in {one["field"] for one in losses["lost"]}
        assert "not carried, or not in full, of 2: " in done.stderr


def test_a_row_that_a_person_corrected_goes_out_as_corrected_with_its_codes(tadmor, case):
    rows = [json.loads(line) for line in tadmor("export", "claims", "--case", case).stdout.splitlines()]
    event = next(row for row in rows if row["kind"] == "event" and row["type"] == "clash")
    tadmor(
        "review", "claim", event["id"], "--set", "place=gn:163808", "--reason", "so says the note", "--author", "R. Roe",
        "--case", case,
    )  # fmt: skip
    out = {row["id"]: row for row in exchanged(tadmor, case, "ucdp", "--of", "claims")[0]}
    assert out["71.0"]["relid"] == "SYR-2016-1-71"
    assert (out["71.0"]["where_coordinates"], out["71.0"]["latitude"][:4]) == ("Palmyra", "34.5")
    assert out["71.0"]["date_start"] == "2016-03-01 00:00:00.000"  # made of the claims, no cell of the table
    assert out["72.0"]["date_start"] == "2016-03-04"


def test_a_newer_release_corrects_and_by_the_users_word_deletes(tadmor, case):
    newer = case.parent / "ged2.csv"
    newer.write_text(HEAD + ROWS.splitlines(keepends=True)[0].replace(",5,5,7\n", ",5,6,9\n"), encoding="utf-8")
    done = tadmor("import", "events", newer, "--case", case)
    assert "1 row, 0 new, 1 corrected, 0 unchanged" in done.stdout
    assert "has not 1 earlier row, which stand; --replaces 'ged1.csv' would withdraw them" in done.stdout
    rows, _, _ = exchanged(tadmor, case, "ucdp", "--of", "claims")
    assert sorted((row["id"], row["best"], row["high"]) for row in rows) == [("71.0", "6", "9"), ("72.0", "2", "2")]
    newer.write_text(newer.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = tadmor("import", "events", newer, "--replaces", "ged1.csv", "--case", case)
    assert "1 unchanged, 1 earlier row withdrawn" in done.stdout
    rows, _, _ = exchanged(tadmor, case, "ucdp")
    assert [row["id"] for row in rows] == ["71.0"]
    assert tadmor("verify", "--case", case).returncode == 0


def test_a_table_goes_from_one_format_into_another_with_its_losses(tadmor, case):
    rows, _, losses = exchanged(tadmor, case, "acled", "--of", "claims")
    assert [(row["event_type"], row["fatalities"], row["geo_precision"]) for row in rows] == [
        ("Battles", "5", "1"),
        ("Violence against civilians", "2", "2"),
    ]
    assert {"toll.range", "toll.parts", "row"} <= {one["field"] for one in losses["lost"]}


def test_a_file_that_cannot_be_written_is_one_line(tadmor, case):
    done = tadmor("exchange", "kml", "-o", case.parent / "nowhere" / "x.kml", "--case", case)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_exchange_stands_in_the_audit_and_never_in_the_case(tadmor, case):
    exchanged(tadmor, case, "acled", "--of", "claims")
    into = tadmor("exchange", "acled", "-o", case / "ledger.db", "--case", case)
    assert (into.returncode, "lies in the case" in into.stderr) == (2, True)
    with Accounts.open(case) as accounts:
        acts = [(act.what, act.about) for act in accounts.acts(9)]
    assert acts == [("export", f"claims as acled, 2 entries, to {case.parent / 'out-acled.csv'}")]


def test_what_is_written_to_a_pipe_does_not_take_its_place(tmp_path):
    """A device or a pipe stays one; a file that fails half-way leaves the one before."""
    pipe, file = tmp_path / "pipe", tmp_path / "file"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, [b"one"])
    assert (os.read(reading, 9), pipe.is_fifo()) == (b"one", True)
    os.close(reading)
    write_whole(file, [b"before"])

    def broken():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(UsageError, match="No space left"):
        write_whole(file, broken())
    assert (file.read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == (b"before", ["file", "pipe"])


def test_a_table_comes_in_by_a_mapping_file_and_a_broken_one_is_told_by_line(tadmor, tmp_path):
    (tmp_path / "own.csv").write_text("Ref,Tag,Ort,Was\n1,03/04/2016,Palmyra,Luftangriff\n", encoding="utf-8")
    mapping = tmp_path / "own.yaml"
    mapping.write_text(
        "source: Harbour Monitor\ncolumns: {id: Ref, date: Tag, place: Ort, type: Was}\n"
        "types: {Luftangriff: air_strike}\ndays: '%d/%m/%Y'\n",
        encoding="utf-8",
    )
    call = ("import", "table", tmp_path / "own.csv", "--mapping", mapping, "--case", tmp_path / "own")
    assert "own.csv (mapped, Harbour Monitor): 1 row, all new" in tadmor(*call).stdout
    again = tmp_path / "again.csv"
    again.write_text("Ref,Tag,Ort,Was\n1,04/04/2016,Palmyra,Luftangriff\n", encoding="utf-8")
    told = tadmor("import", "table", again, "--mapping", mapping, "--case", tmp_path / "own").stdout
    assert "1 row, 0 new, 1 corrected" in told
    assert tadmor("verify", "--case", tmp_path / "own").returncode == 0
    mapping.write_text("colums: {}\n", encoding="utf-8")
    done = tadmor(*call)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the mapping file, line 1: there is no 'colums' here" in done.stderr
