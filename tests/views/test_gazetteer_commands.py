"""`tadmor gazetteer`: places that a user brings into a case, up to a report that names one of them."""

import json
import shutil

import pytest

REPORT = (
    "Army takes a village\nReuters\n2016-03-27\n\n"
    "The Syrian army captured the village of Kafr Zurayq from Islamic State on Sunday, the army command said. "
    "At least 12 soldiers were killed near Palmyra.\n"
)
OWN = "name,lat,lon,aliases,country\nKafr Zurayq,34.80,38.60,Zureik Hill,SY\nKhan Zurayq,34.90,38.70,,SY\n"
DUMP = "9000001\tKafr Zurayq\tKafr Zurayq\tKafr Zurayq\t34.80\t38.60\tP\tPPL\tSY\t\t11\t\t\t\t900\t\t250\tAsia/Damascus\t2020-01-01\n"
QUARTERS = (
    "NAME_EN,NAM_EN_REF,NAME_AR,PCODE,ADM4_EN,ADM4_PCODE,ADM1_EN,ADM1_PCODE,ADM0_EN,ADM0_PCODE,lon_c,lat_c\n"
    "Zurayq Quarter,Zurayq,زريق,N9001,Homs,C9,Homs,SY04,Syrian Arab Republic,SY,36.71,34.72\n"
)
BAD = "name,lat,lon\nKafr Zurayq,34.80,38.60\nNo Man's Hill,95,38.6\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A small file of each layout, one with a bad row, and a report."""
    folder = tmp_path_factory.mktemp("places")
    for name, text in {"own.csv": OWN, "SY.txt": DUMP, "quarters.csv": QUARTERS, "bad.csv": BAD}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "reports").mkdir()
    (folder / "reports" / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder


def taken(tadmor, case, *words):
    """The places that the report tells to be taken, each as an export has it."""
    rows = json.loads(tadmor("claims", "--kind", "control", *words, "--case", case, "--json").stdout)
    return [row["place"] for row in rows if row["place"] is not None]


@pytest.mark.parametrize(("name", "id_"), [("own.csv", "own:SY.kafr_zurayq"), ("SY.txt", "gn:9000001")])
def test_a_village_that_the_shipped_gazetteer_lacks_is_grounded_after_the_import(tadmor, files, tmp_path, name, id_):
    """Read before the import, the village has a name only; read after it, a point, a country, and the given id."""
    before, after = tmp_path / "before", tmp_path / "after"
    assert tadmor("read", files / "reports", "--case", before).returncode == 0
    assert {(place["id"], place["lat"]) for place in taken(tadmor, before)} == {("name:kafr_zurayq", None)}
    done = tadmor("gazetteer", "import", files / name, "--case", after)
    assert done.returncode == 0, done.stderr
    assert tadmor("read", files / "reports", "--case", after).returncode == 0
    assert {(place["id"], place["lat"], place["lon"]) for place in taken(tadmor, after)} == {(id_, 34.8, 38.6)}
    assert "KAFR ZURAYQ" in tadmor("brief", "Kafr Zurayq", "--case", after).stdout
    assert tadmor("verify", "--case", after).returncode == 0


@pytest.fixture(scope="module")
def case(tadmor, files, tmp_path_factory):
    """A case with a file of each layout."""
    folder = tmp_path_factory.mktemp("imported") / "case"
    words = ("own.csv", "SY.txt", "quarters.csv")
    done = tadmor("gazetteer", "import", *(files / word for word in words), "--case", folder, "--licence", "CC BY 4.0")
    assert done.returncode == 0, done.stderr
    return folder


def test_what_was_imported_is_listed(tadmor, case):
    """File, layout, licence and places, as a table and as JSON."""
    lines = tadmor("gazetteer", "list", "--case", case).stdout.splitlines()
    assert lines[0].split("\t") == ["places", "layout", "imported", "file", "licence"]
    assert [(line.split("\t")[0], line.split("\t")[1], line.split("\t")[3]) for line in lines[1:]] == [
        ("2", "csv", "own.csv"),
        ("1", "geonames", "SY.txt"),
        ("1", "ocha", "quarters.csv"),
    ]
    rows = json.loads(tadmor("gazetteer", "list", "--case", case, "--json").stdout)
    assert {row["licence"] for row in rows} == {"CC BY 4.0"}


def test_the_same_file_adds_nothing(tadmor, case, files, tmp_path):
    """Under whatever name it comes; nothing in the folder changes."""
    copy = tmp_path / "copy"
    shutil.copytree(case, copy)
    shutil.copy(files / "own.csv", tmp_path / "renamed.csv")
    done = tadmor("gazetteer", "import", tmp_path / "renamed.csv", "--case", copy)
    assert (done.returncode, done.stdout) == (0, "renamed.csv: imported before, nothing added\n")
    index = "places/imports.jsonl"
    assert (copy / index).read_bytes() == (case / index).read_bytes()
    kept = [sorted(path.relative_to(one).as_posix() for path in (one / "places").rglob("*")) for one in (case, copy)]
    assert kept[0] == kept[1]


def test_a_bad_row_is_one_line_and_the_rest_goes_in(tadmor, files, tmp_path):
    """File, line and what to do on standard error; exit code 1; the good row is there."""
    done = tadmor("gazetteer", "import", files / "bad.csv", "--case", tmp_path / "case")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "bad.csv: line 3: '95' is no latitude; write degrees between -90 and 90 with a point, as 36.2048"
    ]
    assert done.stdout.startswith("bad.csv (csv): 1 place, 1 of them new")


def test_files_that_cannot_be_read_are_named_and_the_rest_goes_in(tadmor, files, tmp_path):
    """A missing file, a folder, an archive, a file of no layout, one without a place: a line each."""
    (tmp_path / "notes.txt").write_text("some notes\n", encoding="utf-8")
    (tmp_path / "SY.zip").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "head.csv").write_text("name,lat,lon\n", encoding="utf-8")
    bad = [tmp_path / name for name in ("none.csv", "notes.txt", "SY.zip", "head.csv")]
    done = tadmor("gazetteer", "import", *bad, files / "reports", files / "own.csv", "--case", tmp_path / "case")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["none.csv", "notes.txt", "SY.zip", "head.csv", "reports"]
    assert all(";" in line for line in lines)
    assert len(json.loads(tadmor("gazetteer", "list", "--case", tmp_path / "case", "--json").stdout)) == 1


def test_a_layout_can_be_named(tadmor, files, tmp_path):
    """A named layout is taken at its word: what does not fit it is not read."""
    done = tadmor("gazetteer", "import", files / "own.csv", "--layout", "ocha", "--case", tmp_path / "case")
    assert done.returncode == 1
    assert "own.csv: lacks the columns PCODE" in done.stderr
    wrong = tadmor("gazetteer", "import", files / "own.csv", "--layout", "shapefile", "--case", tmp_path / "case")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "geonames, ocha, csv" in wrong.stderr


def test_a_missing_parent_is_a_warning(tadmor, tmp_path):
    """The place goes in without it, and the exit code stays 0."""
    (tmp_path / "own.csv").write_text("name,lat,lon,parent\nKafr Zurayq,34.8,38.6,Nowhere\n", encoding="utf-8")
    done = tadmor("gazetteer", "import", tmp_path / "own.csv", "--case", tmp_path / "case")
    assert done.returncode == 0
    assert done.stderr.startswith("own.csv: line 2: imported, but no place near it has the id or name of its parent")


def test_listing_needs_a_case(tadmor, tmp_path):
    """As every question does."""
    assert tadmor("gazetteer", "list", "--case", tmp_path / "none").returncode == 3


def test_without_a_command_the_help_is_shown(tadmor):
    """The two commands explain themselves with an example."""
    assert "import" in tadmor("gazetteer", "--help").stdout
    for command in ("import", "list"):
        assert "Example: tadmor gazetteer" in tadmor("gazetteer", command, "--help").stdout
