"""The folder of a case: made once, described, tidied, and refused in one clear line where it cannot be used."""

import sqlite3
import threading
from itertools import count

import pytest
from made_case import RUN, faults, kept_bytes, made

from tadmor.datamodel.issues import Issue, Severity
from tadmor.errors import CaseBusyError, CaseError, CaseNotFoundError, CaseNotWritableError
from tadmor.ledger import Ledger


@pytest.mark.parametrize("name", ["a b", "a#b", "a?b", "100%41", "дело", "it's; --"])
def test_any_folder_name(tmp_path, name):
    """The characters of a folder's name mean nothing to the database."""
    with Ledger.create(tmp_path / name) as ledger:
        assert ledger.add(RUN, *made(1))
        assert ledger.name == name
    assert (tmp_path / name / "ledger.db").is_file()
    with Ledger.open(tmp_path / name) as ledger:
        assert ledger.counts()["claims"] == 1


def test_a_case_may_be_renamed(tmp_path):
    """`case.toml` is the user's: its name is read, and not overwritten; nonsense in it stops nothing."""
    folder = tmp_path / "case"
    Ledger.create(folder).close()
    (folder / "case.toml").write_text('name = "Palmyra"\n')
    with Ledger.create(folder) as ledger:
        assert ledger.name == "Palmyra"
    (folder / "case.toml").write_text("not toml at all")
    with Ledger.open(folder) as ledger:
        assert ledger.name == "case"


def test_originals_are_read_only_files_named_by_their_digest(tmp_path):
    """The archive holds the bytes as obtained, and nothing else, without a right to write."""
    original, data, read = made(1)
    with Ledger.create(tmp_path / "case") as ledger:
        ledger.add(RUN, original, data, read)
    [path] = [path for path in (tmp_path / "case" / "originals").rglob("*") if path.is_file()]
    assert path.relative_to(tmp_path / "case").parts == ("originals", original.sha256[:2], original.sha256)
    assert path.read_bytes() == data
    assert path.stat().st_mode & 0o222 == 0


def test_what_a_killed_writer_left_is_tidied(tmp_path):
    """Half a file is no original, and is gone once the case is opened for writing."""
    original, data, _ = made(1)
    Ledger.create(tmp_path / "case").close()
    half = tmp_path / "case" / "originals" / original.sha256[:2] / f".{original.sha256}.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(data[:5])
    with Ledger.create(tmp_path / "case") as ledger:
        assert not half.exists()
        assert ledger.counts()["originals"] == 0


def test_a_file_that_no_row_knows_is_named(tmp_path):
    """An original whose writer was killed before its row stood is a warning, until it is read again; so is any file."""
    original, data, read = made(1)
    with Ledger.create(tmp_path / "case") as ledger:
        folder = tmp_path / "case" / "originals" / original.sha256[:2]
        folder.mkdir(parents=True)
        for name in (original.sha256, f".{original.sha256}.part", "notes.txt"):
            (folder / name).write_bytes(data)
        found = {issue.where: (issue.rule, issue.severity) for issue in ledger.verify()}
        names = (f"originals/{original.sha256[:2]}/{name}" for name in (original.sha256, "notes.txt"))
        assert found == dict.fromkeys(names, ("original-unknown", Severity.WARNING))
        ledger.add(RUN, original, data, read)
        assert [issue.where.rpartition("/")[2] for issue in ledger.verify()] == ["notes.txt"]


def test_a_torn_file_under_the_right_name_is_replaced(tmp_path):
    """A file is trusted for its digest, not for its name."""
    original, data, read = made(1)
    with Ledger.create(tmp_path / "case") as ledger:
        path = tmp_path / "case" / "originals" / original.sha256[:2] / original.sha256
        path.parent.mkdir(parents=True)
        path.write_bytes(b"torn")
        ledger.add(RUN, original, data, read)
        assert kept_bytes(ledger, original) == data
        assert ledger.verify() == ()


def test_an_archive_that_cannot_be_written_adds_nothing(tmp_path):
    """Where the bytes cannot be kept, nothing of the document is in the ledger."""
    original, data, read = made(1)
    with Ledger.create(tmp_path / "case") as ledger:
        (tmp_path / "case" / "originals" / original.sha256[:2]).write_text("a file in the folder's place")
        with pytest.raises(CaseNotWritableError):
            ledger.add(RUN, original, data, read)
        assert ledger.counts()["revisions"] == 0


def test_a_full_disk_is_one_clear_error(tmp_path):
    """When the database cannot grow, the error names the case, and what was committed stands."""
    with Ledger.create(tmp_path / "case") as ledger:
        ledger.add(RUN, *made(1))
        with ledger._engine.connect() as connection:  # the connection that the next transaction takes from the pool
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CaseNotWritableError, match="full"):
            _fill(ledger)
        assert faults(ledger) == []


def _fill(ledger):
    for number in range(2, 200):
        ledger.add(RUN, *made(number))


def test_a_case_opened_for_reading_is_not_written(tmp_path):
    """A reader cannot add, and says why."""
    Ledger.create(tmp_path / "case").close()
    with Ledger.open(tmp_path / "case") as ledger, pytest.raises(CaseNotWritableError):
        ledger.add_issues(RUN, [Issue(where="x", rule="r", message="m")])


def test_a_case_that_was_never_finished_making_is_no_case(tmp_path):
    """An empty database is as good as none, for a reader; a writer finishes it."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "ledger.db").touch()
    with pytest.raises(CaseNotFoundError):
        Ledger.open(folder)
    with Ledger.open(folder, writable=True) as ledger:
        assert ledger.counts()["originals"] == 0


@pytest.mark.parametrize("statement", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
def test_a_case_without_its_schema_number_is_not_called_none(tmp_path, statement):
    """A ledger that holds something, and does not say in which form, is damaged; nobody is told to make a new one."""
    with Ledger.create(tmp_path / "case") as ledger:
        ledger.add(RUN, *made(1))
    with sqlite3.connect(tmp_path / "case" / "ledger.db") as raw:
        raw.execute(statement)
    raw.close()
    with pytest.raises(CaseError, match="restore it"):
        Ledger.open(tmp_path / "case")


def test_a_reader_of_no_database_is_told_so(tmp_path):
    """A broken ledger file is one clear error for readers too."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "ledger.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(CaseError, match=r"ledger\.db cannot be read"):
        Ledger.open(folder)


@pytest.mark.parametrize("place", ["/proc/nowhere", "file/case"])
def test_places_where_nothing_can_be_made(tmp_path, place):
    """A folder that cannot exist is one clear error, also for the administrator."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(CaseNotWritableError, match="cannot be written"):
        Ledger.create(tmp_path / place)


def test_one_who_writes_file_after_file_lets_others_in_between(tmp_path):
    """While reports are read in another gets to write at once, if only for a moment, however quickly files follow."""
    folder = tmp_path / "case"
    done = threading.Event()

    def reading(ledger):
        with ledger.shared():
            for number in count(1):
                if done.is_set():
                    return
                ledger.add(RUN, *made(number))

    with Ledger.create(folder) as ledger:
        reader = threading.Thread(target=reading, args=(ledger,))
        reader.start()
        try:
            for number in range(100_000, 100_010):
                with Ledger.open(folder, writable=True, patience=2.0) as other:
                    assert other.add(RUN, *made(number))
        finally:
            done.set()
            reader.join()
    with Ledger.open(folder) as ledger:
        assert faults(ledger) == []


def test_only_one_reads_reports_in(tmp_path):
    """A second reading is told so; what one holds for its own is another's again when it has ended."""
    with (
        Ledger.create(tmp_path / "case") as ledger,
        ledger.shared(),
        Ledger.open(tmp_path / "case", writable=True) as second,
        pytest.raises(CaseBusyError),
        second.shared(),
    ):
        pass
    with Ledger.create(tmp_path / "case") as ledger, ledger.shared():
        assert ledger.add(RUN, *made(1))


def test_who_reads_sees_one_state_of_the_case(tmp_path):
    """All answers are of the moment of the first question, whatever is written meanwhile."""
    with Ledger.create(tmp_path / "case") as ledger:
        ledger.add(RUN, *made(1))
        with Ledger.open(tmp_path / "case") as reader:
            head = reader.head()
            ledger.add(RUN, *made(2))
            assert (reader.head(), len(list(reader.claims())), reader.counts()["documents"]) == (head, 1, 1)
        with Ledger.open(tmp_path / "case") as reader:
            assert reader.head() != head
            assert reader.counts()["documents"] == 2
