"""A fault of the program's own ends no run: one line names the file, the rest goes on, and nothing is half-written."""

import pytest

from tadmor import pipeline
from tadmor.documents import loading
from tadmor.extraction.rules import RuleReader
from tadmor.ledger import Ledger
from tadmor.settings import Settings

WORDS = "{}\nReuters\n2016-03-27\n\nThe Syrian army captured {} from Islamic State on Sunday, officials said.\n"
MAIL = "From a@b.example Sun Mar 27 10:00:00 2016\nFrom: a@b.example\nSubject: {0}\nDate: Sun, 27 Mar 2016 10:00:00 +0000\n\n{0}\n\n"
SETTINGS = Settings(reader="rules", workers=1)
BROKEN = "Homs"


@pytest.fixture
def broken(monkeypatch):
    """A reader that fails on one town, as none should."""
    read = RuleReader.read

    def failing(self, reading, kinds):
        if BROKEN in reading.document.text:
            {}["town"]
        return read(self, reading, kinds)

    with monkeypatch.context() as patch:
        patch.setattr(RuleReader, "read", failing)
        yield patch


def told(folder, case):
    """A reading of a folder, and the names of the documents that the case then has."""
    with Ledger.open(case, create=True) as ledger:
        summary = pipeline.read([folder], ledger, settings=SETTINGS)
        assert ledger.verify() == ()
        return summary, sorted(document.title or document.name for document in ledger.documents())


def test_a_reader_that_fails_on_one_file_is_told_and_the_others_are_read(tmp_path, broken):
    """The line says whose fault it is and where in the program; mended, the same call takes the file in."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, town in enumerate(("Palmyra", BROKEN, "Hama")):
        (folder / f"{number}.txt").write_text(WORDS.format(f"Army takes {town}", town), "utf-8")
    summary, titles = told(folder, tmp_path / "case")
    assert titles == ["Army takes Hama", "Army takes Palmyra"]
    assert not summary.complete
    [line] = [issue.line() for issue in summary.issues if issue.rule == "fault"]
    assert line.startswith("1.txt: a fault of tadmor ")
    assert "KeyError: 'town' (pipeline/machine.py, line " in line or "KeyError: 'town' (extraction/" in line
    assert "Please report this line" in line
    broken.undo()
    summary, titles = told(folder, tmp_path / "case")
    assert (summary.known, summary.documents, len(titles)) == (2, 1, 3)


def test_a_message_that_fails_is_read_by_the_next_call(tmp_path, broken):
    """Of a mailbox too the others are taken in, and only the one is left for later."""
    (tmp_path / "in.mbox").write_text("".join(MAIL.format(WORDS.format("x", town)) for town in ("Palmyra", BROKEN)))
    summary, titles = told(tmp_path / "in.mbox", tmp_path / "case")
    assert (summary.documents, len(titles)) == (1, 1)
    broken.undo()
    summary, titles = told(tmp_path / "in.mbox", tmp_path / "case")
    assert (summary.known, summary.documents, len(titles)) == (1, 1, 2)


def test_bytes_that_make_the_program_fail_are_told_likewise(tmp_path, monkeypatch):
    """Not in the reading of words, but in the opening of a file."""

    def failing(*_):
        raise ZeroDivisionError

    monkeypatch.setitem(loading._READERS, "text/html", failing)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text("<html><body><p>The army captured Homs.</p></body></html>", "utf-8")
    (folder / "b.txt").write_text(WORDS.format("Army takes Hama", "Hama"), "utf-8")
    summary, titles = told(folder, tmp_path / "case")
    assert titles == ["Army takes Hama"]
    assert [(issue.where.rpartition("/")[2], issue.rule) for issue in summary.issues] == [("a.html", "fault")]
    assert "ZeroDivisionError" in summary.issues[0].message
    assert "documents/loading.py" in summary.issues[0].message
