"""Files as they come: each kind of bad file gives one clear line and never an exception."""

import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.documents import Form
from tadmor.datamodel.issues import Severity
from tadmor.datamodel.times import Basis
from tadmor.documents import load, loading, walk
from tadmor.documents.loading import load_bytes

ENGLISH = "The army took the bridge of Karsova on Friday, and the rebels said that they had left it in the night."


def only_issue(loaded):
    """The one problem of a file."""
    (issue,) = loaded.issues
    return issue


def test_a_missing_path_is_an_issue(tmp_path):
    """The path is named, and what to do."""
    issue = only_issue(load(tmp_path / "gone.txt"))
    assert issue.rule == "missing"
    assert "gone.txt" in issue.line()
    assert issue.severity is Severity.ERROR


def test_an_empty_file_is_an_issue(tmp_path):
    """A file of nothing, or of blanks, has nothing to read."""
    for data in (b"", b" \r\n\t\n"):
        (tmp_path / "empty.txt").write_bytes(data)
        loaded = load(tmp_path / "empty.txt")
        assert only_issue(loaded).rule == "empty"
        assert loaded.documents == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG picture"),
        (b"PK\x03\x04" + bytes(200), "zip archive or an Office file"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "JPEG picture"),
        (bytes(range(256)) * 20, "control characters"),
    ],
)
def test_a_binary_file_says_what_it_looks_like(data, what):
    """It is not read as text, whatever it is called."""
    loaded = load_bytes(data, "report.txt")
    assert only_issue(loaded).rule == "binary"
    assert what in only_issue(loaded).message
    assert loaded.documents == ()


def test_a_file_over_the_limit_is_not_read(tmp_path, monkeypatch):
    """Size is checked before anything is read."""
    (tmp_path / "big.txt").write_text(ENGLISH)
    monkeypatch.setattr(loading, "LARGEST_TEXT", 10)
    loaded = load(tmp_path / "big.txt")
    assert only_issue(loaded).rule == "too-big"
    assert loaded.data is None


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path):
    """A sparse file of 200 MB costs nothing to refuse."""
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    assert only_issue(load(tmp_path / "huge.txt")).message.startswith("200 MB, over the limit of 50 MB")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission_is_an_issue(tmp_path):
    """The reason is the system's own."""
    (tmp_path / "closed.txt").write_text(ENGLISH)
    (tmp_path / "closed.txt").chmod(0)
    assert only_issue(load(tmp_path / "closed.txt")).rule == "unreadable"


def test_a_file_that_fails_while_read_is_an_issue(tmp_path, monkeypatch):
    """An error of the disk stops this file only."""
    (tmp_path / "bad.txt").write_text(ENGLISH)

    def fail(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    assert only_issue(load(tmp_path / "bad.txt")).message.startswith("cannot be read (Permission denied)")


def test_a_pipe_is_no_document(tmp_path):
    """Reading it would wait for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert only_issue(load(tmp_path / "pipe.txt")).rule == "unreadable"


def test_a_path_with_a_nul_is_an_issue():
    """The system cannot even look for it."""
    assert only_issue(load("a\0b.txt")).severity is Severity.ERROR


def test_an_empty_folder_is_an_issue(tmp_path):
    """The walk keeps a folder without files, and loading it says so."""
    (tmp_path / ".hidden").write_text(ENGLISH)
    (path,) = walk([tmp_path])
    assert only_issue(load(path)).rule == "empty-folder"


def test_utf8_is_decoded_exactly():
    """Byte-order mark and Windows line ends stay in the raw text, since offsets are exported against it."""
    data = ("\ufeff" + ENGLISH + "\r\n\r\nA “second” paragraph.\r\n").encode()
    loaded = load_bytes(data, "a.txt")
    assert loaded.issues == ()
    assert loaded.documents[0].raw == data.decode("utf-8")
    assert loaded.documents[0].text == ENGLISH + "\n\nA “second” paragraph."


RUSSIAN = "Армия взяла мост через реку в пятницу, сообщило министерство обороны. Повстанцы ушли ночью из города."
ARABIC = "سيطر الجيش على الجسر يوم الجمعة بعد معارك عنيفة مع المسلحين في المدينة وقال ناشطون إن عشرات المدنيين قتلوا"
FRENCH = (
    "L’armée a pris le pont près de la rivière vendredi, d’après l’agence ; les rebelles étaient partis à l’aube. Été."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "utf-16"),
        (ARABIC, "utf-8"),
    ],
)
def test_common_encodings_are_told(text, encoding):
    """Each is read back as the text it was made from."""
    assert load_bytes(text.encode(encoding), "a.txt").documents[0].raw == text


def test_bytes_that_no_windows_encoding_has_are_latin_1():
    """Every byte has a character there."""
    assert load_bytes(b"caf\xe9 \x81 " + ENGLISH.encode(), "a.txt").documents[0].raw.startswith("café \x81 ")


def test_a_guessed_encoding_is_a_warning():
    """Guessing is said, since names may come out wrong."""
    issue = load_bytes(RUSSIAN.encode("cp1251"), "a.txt").issues[0]
    assert issue.rule == "encoding"
    assert issue.severity is Severity.WARNING
    assert "Windows-1251" in issue.message


def test_broken_utf8_is_read_with_a_warning():
    """A cut-off sequence does not make the file Western; what is lost is counted."""
    data = (ARABIC + " ").encode() + b"\xd8" + (" " + ARABIC).encode()
    loaded = load_bytes(data, "a.txt")
    assert "\ufffd" in loaded.documents[0].raw
    assert loaded.issues[0].message.startswith("1 character could not be decoded as UTF-8")


def test_nul_characters_are_left_out_and_said():
    """They stay in the raw text and go from the cleaned one."""
    loaded = load_bytes(f"{ENGLISH}\0 And more of it.".encode(), "a.txt")
    assert only_issue(loaded).rule == "nul"
    assert "\0" not in loaded.documents[0].text
    assert "\0" in loaded.documents[0].raw


def test_encoded_data_in_a_text_is_a_warning():
    """A word of thousands of characters is no word."""
    loaded = load_bytes(f"{ENGLISH} {'Zm9v' * 2000}".encode(), "a.txt")
    assert [issue.rule for issue in loaded.issues] == ["long-word"]


def test_a_very_long_line_is_read():
    """One line of a megabyte is a paragraph like any other."""
    loaded = load_bytes((ENGLISH + " ").encode() * 10_000, "a.txt")
    assert loaded.issues == ()
    assert len(loaded.documents[0].text) > 1_000_000


def test_an_odd_extension_is_a_warning():
    """What a file is called does not decide what it is."""
    loaded = load_bytes(ENGLISH.encode(), "a.log")
    assert only_issue(loaded).rule == "extension"
    assert len(loaded.documents) == 1


def test_another_language_is_a_warning_and_recorded():
    """The document is kept with its language."""
    loaded = load_bytes(RUSSIAN.encode(), "a.txt")
    assert only_issue(loaded).rule == "language"
    assert only_issue(loaded).severity is Severity.WARNING
    assert loaded.documents[0].language == "ru"


def test_furniture_alone_is_no_document():
    """A page of buttons holds nothing to read, and says so."""
    loaded = load_bytes(b"5 min read\nNo comments:\nPost a Comment\n", "a.txt")
    assert loaded.documents == ()
    assert only_issue(loaded).rule == "no-text"


def test_what_the_caller_knows_goes_before_the_text():
    """Source and day given with the file replace those printed in it."""
    data = f"Bridge falls to the army\nThe Lake Courier\n2019-04-16\n\n{ENGLISH}\n".encode()
    (printed,) = load_bytes(data, "a.txt").documents
    (given,) = load_bytes(data, "a.txt", source="Lake Radio", published=date(2020, 1, 2)).documents
    assert (printed.outlet, printed.published.earliest) == ("The Lake Courier", date(2019, 4, 16))
    assert (given.outlet, given.published.earliest) == ("Lake Radio", date(2020, 1, 2))
    assert given.published.basis is Basis.STATED


def test_a_single_paragraph_is_a_body():
    """Nothing is a headline where nothing follows it."""
    (document,) = load_bytes(b"The army took the bridge of Karsova on Friday", "a.txt").documents
    assert [block.form for block in document.blocks] == [Form.BODY]


@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    """Whatever the bytes, there is a document or a reason; files taken for PDF or HTML are tested on their own."""
    if b"%PDF" in data or b"<" in data:
        return
    loaded = load_bytes(data, "a.txt")
    assert loaded.documents or any(issue.severity is Severity.ERROR for issue in loaded.issues)


class TestWalk:
    """Which files are read."""

    def test_folders_are_walked_in_order_without_hidden_and_lock_files(self, tmp_path):
        """Sorted, each once, without what editors leave behind."""
        for name in ("b.txt", "a.txt", ".hidden.txt", "~$a.docx", ".~lock.a.odt#", "c.txt~", "Thumbs.db", "d.lock"):
            (tmp_path / name).write_text("x")
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "z.html").write_text("x")
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "config").write_text("x")
        found = walk([tmp_path, tmp_path / "a.txt"])
        assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.txt", "b.txt", "sub/z.html"]

    def test_a_named_file_is_read_whatever_it_is_called(self, tmp_path):
        """Only folders are picked over."""
        (tmp_path / ".hidden").write_text("x")
        assert walk([tmp_path / ".hidden"]) == [tmp_path / ".hidden"]

    def test_missing_paths_stay(self, tmp_path):
        """Loading them says that they are missing."""
        assert walk([tmp_path / "gone"]) == [tmp_path / "gone"]
