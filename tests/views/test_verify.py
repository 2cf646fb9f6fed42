"""What `tadmor verify` says of a case that holds, and of cases that something was done to."""

import json
import shutil
import sqlite3

import pytest


@pytest.fixture
def copied(case, tmp_path):
    """A copy of the case, to be damaged."""
    return shutil.copytree(case, tmp_path / "case")


def _edit(case, statement):
    with sqlite3.connect(case / "ledger.db") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.executescript(statement)
    raw.close()


def test_a_good_case_holds(tadmor, case):
    """One line says what was checked and that all holds; nothing else is said."""
    told = tadmor("verify", "--case", case)
    assert told.stdout.startswith("3 originals, ")
    assert told.stdout.endswith(" checked: all hold\n")
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE names", "the table names is gone"),
        ("DROP TABLE claims", "the table claims is gone"),
        ("DROP TABLE revisions", "the table revisions is gone"),
        ("UPDATE raws SET text = CAST(text AS BLOB)", "the raw text is stored as bytes"),
        ("UPDATE documents SET text = CAST(X'FF' AS TEXT)", "UTF-8"),
        ("UPDATE claims SET value = 5", "cannot be read"),
        ("INSERT INTO quotes_words(quotes_words) VALUES ('delete-all')", "quotes_words"),
        ("UPDATE shingles SET value = X'00'", "not the shingles"),
    ],
)
def test_damage_is_told_in_lines(tadmor, copied, statement, words):
    """Each finding is a line on standard error that says where and what; the exit code is 1, and nothing breaks."""
    _edit(copied, statement)
    told = tadmor("verify", "--case", copied)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    lines = told.stderr.splitlines()
    assert any(words in line for line in lines)
    assert all(": " in line for line in lines)
    assert told.stdout.rstrip().endswith("1 fault" if len(lines) == 1 else f"{len(lines)} faults")


def test_a_file_that_no_row_knows_is_a_warning(tadmor, copied):
    """A stray file under `originals` is named, and the case holds."""
    (copied / "originals" / "notes.txt").write_text("mine")
    told = tadmor("verify", "--case", copied)
    assert told.returncode == 0
    assert told.stderr.startswith("warning: originals/notes.txt: ")
    assert told.stdout.endswith("all hold, 1 warning\n")
    [issue] = json.loads(tadmor("verify", "--case", copied, "--json").stdout)["issues"]
    assert (issue["rule"], issue["severity"]) == ("original-unknown", "warning")


def test_a_bundle_is_verified_as_the_program_in_it_does(tadmor, case, tmp_path):
    """By its path; a folder that is a case is taken for one, and what is neither is told in one line."""
    assert tadmor("bundle", "-o", tmp_path / "x.zip", "--case", case).returncode == 0
    done = tadmor("verify", tmp_path / "x.zip")
    assert (done.returncode, "everything holds" in done.stdout, "not checked: " in done.stdout) == (0, True, True)
    assert " checked: all hold" in tadmor("verify", case).stdout
    data = bytearray((tmp_path / "x.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "x.zip").write_bytes(data)
    assert tadmor("verify", tmp_path / "x.zip").returncode == 1
    missing = tadmor("verify", tmp_path / "none.zip")
    assert (missing.returncode, len(missing.stderr.splitlines())) == (2, 1)
