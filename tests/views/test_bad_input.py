"""Input that cannot be read, and calls that cannot be carried out: one line each, and the rest goes on."""

import json
import os
import sqlite3

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

GOOD = "The Syrian army captured Palmyra on Sunday, 27 March 2016, the army command said.\n"


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """One good file among bad ones of every sort."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nno objects follow")
    page = Canvas(str(folder / "locked.pdf"), encrypt=StandardEncryption("secret", canPrint=0))
    page.drawString(100, 700, GOOD.strip())
    page.save()
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    (folder / "latin.txt").write_bytes("At a café in Homs, 12 people were killed on 3 May 2016.".encode("latin-1"))
    (folder / "wide.txt").write_bytes(GOOD.encode("utf-16"))
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def done(tadmor, batch, tmp_path_factory):
    """The batch read, with a path that is missing."""
    case = tmp_path_factory.mktemp("bad") / "case"
    return case, tadmor("read", batch, batch / "missing.txt", "--case", case)


@pytest.mark.parametrize("name", ["empty.txt", "binary.bin", "broken.pdf", "locked.pdf", "huge.txt", "missing.txt"])
def test_what_cannot_be_read_is_named_in_one_line(done, name):
    """One line on standard error names the file and says what to do."""
    lines = [line for line in done[1].stderr.splitlines() if name in line]
    assert len(lines) == 1
    assert ";" in lines[0] or ":" in lines[0].split(name, 1)[1]
    assert len(lines[0].split(name, 1)[1]) > 20


def test_the_rest_of_the_batch_is_read(done, tadmor):
    """Good files and those in other encodings are in the case; the exit code says that something is missing."""
    case, told = done
    assert told.returncode == 1
    files = {one["file"] for one in json.loads(tadmor("brief", "--case", case, "--json").stdout)["documents"]}
    assert files == {"good.txt", "latin.txt", "wide.txt"}
    assert tadmor("verify", "--case", case).returncode == 0


def test_a_guessed_encoding_is_said(done):
    """Text that is not UTF-8 is read, and that its encoding was guessed is said."""
    assert any("latin.txt" in line and "UTF-8" in line for line in done[1].stderr.splitlines())


def test_nothing_raises_a_traceback(done):
    """However broken the input, no Python error reaches the user."""
    assert "Traceback" not in done[1].stderr


def test_reading_again_adds_nothing(tadmor, case, reports):
    """The same bytes are known, and the exit code is 0."""
    told = json.loads(tadmor("read", reports, "--case", case, "--json").stdout)
    assert (told["documents"], told["claims"], told["known"]) == (0, 0, 3)


WRONG = {
    "an unknown place": ("brief", "Atlantis"),
    "an unknown kind": ("claims", "--kind", "rumour"),
    "an unknown claim": ("show", "ffffffffff"),
    "an unknown export": ("export", "everything"),
    "an unknown format": ("export", "claims", "--format", "xlsx"),
    "no day": ("brief", "Palmyra", "--as-of", "yesterday"),
    "an unknown option": ("claims", "--colour", "red"),
    "an unknown command": ("predict",),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_a_wrong_call_is_one_line_and_exit_code_2(tadmor, case, words):
    """A call that cannot be carried out says why in one line."""
    told = tadmor(*words, env={**os.environ, "TADMOR_CASE": str(case)})
    assert told.returncode == 2
    assert told.stderr.startswith("tadmor: ")
    assert told.stderr.count("\n") == 1


def test_a_misspelt_place_is_guessed(tadmor, case):
    """A name that is close to one in the case brings that one to mind."""
    assert "Palmyra" in tadmor("brief", "Palmira x", "--case", case).stderr


def test_a_missing_case_is_exit_code_3(tadmor, tmp_path):
    """Asking a folder without a case says how to make one."""
    told = tadmor("brief", "--case", tmp_path / "none")
    assert told.returncode == 3
    assert "tadmor read" in told.stderr


def test_a_case_that_cannot_be_written_is_exit_code_3(tadmor, reports, tmp_path):
    """A case folder that is a file cannot be written, and no half case is left."""
    (tmp_path / "file").write_text("no folder")
    told = tadmor("read", reports, "--case", tmp_path / "file" / "case")
    assert told.returncode == 3
    assert told.stderr.startswith("tadmor: ")
    assert told.stderr.count("\n") == 1


def test_a_case_of_a_newer_version_is_left_alone(tadmor, reports, tmp_path):
    """A case with a later schema is opened neither for reading nor for writing."""
    case = tmp_path / "newer"
    assert tadmor("read", reports / "taken.txt", "--case", case).returncode == 0
    with sqlite3.connect(case / "ledger.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    connection.close()
    for words in (("brief",), ("read", reports)):
        told = tadmor(*words, "--case", case)
        assert told.returncode == 3
        assert "newer" in told.stderr


def test_an_output_that_cannot_be_written_is_one_line(tadmor, case, tmp_path):
    """-o into a missing folder is a wrong call."""
    told = tadmor("export", "claims", "-o", tmp_path / "none" / "out.jsonl", "--case", case)
    assert told.returncode == 2
    assert "out.jsonl" in told.stderr


def test_an_altered_original_is_found(tadmor, reports, tmp_path):
    """`verify` names an original whose archived bytes were changed, and exits with 1."""
    case = tmp_path / "altered"
    tadmor("read", reports / "taken.txt", "--case", case)
    original = next(path for path in (case / "originals").rglob("*") if path.is_file())
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"12", b"21"))
    told = tadmor("verify", "--case", case)
    assert told.returncode == 1
    assert "taken.txt" in told.stderr
