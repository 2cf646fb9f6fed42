"""A newcomer's way through keys, checkpoints, proofs, redaction and locked cases, on the command line."""

import hashlib
import json
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from tadmor.datamodel.exchanges import Exchange
from tadmor.datamodel.issues import Severity
from tadmor.documents.archives import warc
from tadmor.errors import CaseBusyError
from tadmor.ledger import Ledger
from tadmor.ledger.accounts import Accounts
from tadmor.ledger.sealing import lock
from tadmor.pipeline.redacting import redact

NAME = "Nadim al-Khoury"
REPORT = (
    "Army takes Palmyra\nReuters\n2016-03-27\n\nThe Syrian army captured Palmyra from Islamic State on Sunday, "
    f"Colonel {NAME} said. At least 12 soldiers were killed in the city.\n"
)


@pytest.fixture(scope="module")
def told_of(tadmor, tmp_path_factory):
    """A case in which a person is named: in a text, in a file's name, in an HTML page that says it otherwise."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "reports").mkdir()
    (folder / "reports" / "taken.txt").write_text(REPORT, "utf-8")
    page = "<html><body><article><h1>Raqqa shelled</h1><p>2017-06-01</p><p>Shells hit Raqqa on Thursday, N&#97;dim al-Khoury told AFP.</p></article></body></html>"
    (folder / "reports" / "nadim_al_khoury.html").write_text(page, "utf-8")
    (folder / "reports" / "other.txt").write_text("Rebels take Homs\nAFP\n2016-04-01\n\nRebels captured Homs on Friday, activists said.\n", "utf-8")  # fmt: skip
    assert tadmor("read", folder / "reports", "--case", folder / "case", "--reader", "rules").returncode == 0
    return folder


@pytest.fixture
def own(told_of, tmp_path, monkeypatch):
    """A copy of that case with a folder of keys."""
    monkeypatch.setenv("TADMOR_KEYS", str(tmp_path / "keys"))
    shutil.copytree(told_of / "case", tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture(scope="module")
def withheld(told_of, tmp_path_factory):
    """A case that a name was taken out of."""
    own = shutil.copytree(told_of / "case", tmp_path_factory.mktemp("withheld") / "case")
    assert redact(own, [NAME, "Khoury"], author="Ada", reason="asked to").left == ()
    with Ledger.open(own) as ledger:
        assert ledger.verify() == ()
    return own


def test_a_name_goes_from_a_capture_and_from_the_archive_that_holds_it(tadmor, tmp_path):
    """Packed in a web archive no search of bytes finds it: the archive of a page that holds it is kept no longer."""
    page = f"<html><body><article><h1>Raqqa shelled</h1><p>2017-06-01</p><p>Shells hit Raqqa, {NAME} told AFP on Thursday.</p></article></body></html>"
    url = "http://news.example/nadim-al-khoury"
    exchange = Exchange(
        url=url, made=datetime(2017, 6, 2, tzinfo=UTC), address="203.0.113.9", asked=b"GET / HTTP/1.1\r\n\r\n",
        answered=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode(), status=200, headers=(), body=page.encode(),
    )  # fmt: skip
    (tmp_path / "pages.warc.gz").write_bytes(warc.written((exchange,), {}, "tadmor/0"))
    own = tmp_path / "case"
    _done(tadmor("read", tmp_path / "pages.warc.gz", "--case", own, "--reader", "rules"))
    with Ledger.open(own) as ledger:
        ((capture,), archives) = (ledger.captures(), set((own / "originals").rglob("*")))
    done = redact(own, [NAME, "Khoury"], author="Ada", reason="asked to")
    assert done.left == ()
    assert capture.archive in done.redaction.originals
    with Ledger.open(own) as ledger:
        assert ledger.verify() == ()
        (told,) = ledger.captures()
    assert "khoury" not in str(told).lower()
    assert len(set((own / "originals").rglob("*"))) < len(archives)


def _done(told):
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_signing_proving_and_checking(tadmor, own, tmp_path):
    """A key, a checkpoint, a proof that holds without the case, and a case put back that is found out."""
    key = _done(tadmor("key", "new", "ada@example.org")).strip()
    assert _done(tadmor("key", "show", "ada@example.org")).strip() == key
    shutil.copytree(own, tmp_path / "earlier")
    _done(tadmor("export", "claims", "--case", own))
    _done(tadmor("checkpoint", "--case", own, "-o", tmp_path / "note"))
    _done(tadmor("checkpoint", "--case", own))
    assert "all hold" in _done(tadmor("verify", "--case", own, "--checkpoint", tmp_path / "note"))
    _done(tadmor("prove", "2", "--case", own, "-o", tmp_path / "proof"))
    assert "a key known here" in _done(tadmor("prove", "--check", tmp_path / "proof"))
    _done(tadmor("prove", "--since", tmp_path / "note", "--case", own))
    told = tadmor("verify", "--case", tmp_path / "earlier")
    assert told.returncode == 1
    assert "the last checkpoint signed on this machine: the history was cut off" in told.stderr
    edited = (tmp_path / "proof").read_text().replace('"number": 2', '"number": 3')
    (tmp_path / "proof").write_text(edited)
    assert tadmor("prove", "--check", tmp_path / "proof").returncode == 1


def test_a_working_copy_is_the_original_and_is_noted(tadmor, own, tmp_path):
    """Byte for byte, outside the case, and in the audit; not into the case, nor over a file."""
    [sha256] = [path.name for path in (own / "originals").glob("*/*") if path.read_bytes() == REPORT.encode()]
    _done(tadmor("copy", sha256[:10], "-o", tmp_path / "work.txt", "--case", own))
    assert (tmp_path / "work.txt").read_text() == REPORT
    assert tadmor("copy", sha256, "-o", tmp_path / "work.txt", "--case", own).returncode == 2
    assert tadmor("copy", sha256, "-o", own / "work.txt", "--case", own).returncode == 2
    _done(tadmor("export", "claims", "--case", own))
    with Accounts.open(own) as accounts:
        told = [(act.what, act.about) for act in accounts.acts(5)]
    assert told[1] == ("working copy", f"{sha256} to {tmp_path / 'work.txt'}")
    assert told[0] == ("export", "claims as jsonl to standard output")


def test_a_person_is_taken_out_and_the_case_verifies(tadmor, own, tmp_path):
    """No byte of the case has the name, what was signed before holds, a tombstone stays, and the rest is as it was."""
    _done(tadmor("key", "new", "ada"))
    _done(tadmor("checkpoint", "--case", own, "-o", tmp_path / "note"))
    _done(tadmor("brief", "Palmyra", "--case", own))
    _done(tadmor("copy", _original(REPORT), "-o", tmp_path / f"{NAME}.txt", "--case", own))
    before = _claims(own)
    shown = _done(tadmor("redact", NAME, "--case", own))
    assert shown.startswith("2 passages in 2 documents would be masked, 2 originals no longer kept\n")
    _done(tadmor("redact", NAME, "--also", "Khoury", "--reason", "asked to", "--author", "Ada", "--yes", "--case", own))
    assert "all hold" in _done(tadmor("verify", "--case", own, "--checkpoint", tmp_path / "note"))
    every = [path.relative_to(own).as_posix() + str(path.read_bytes()) for path in own.rglob("*") if path.is_file()]
    assert [words for words in every if "khoury" in words.casefold() or "nadim" in words.casefold()] == []
    assert _claims(own) == before
    with sqlite3.connect(own / "ledger.db") as raw:
        [value] = [json.loads(one) for (one,) in raw.execute("SELECT value FROM redactions")]
    raw.close()
    assert (value["author"], value["reason"], len(value["originals"])) == ("Ada", "asked to", 2)
    assert _original(REPORT) not in {path.name for path in (own / "originals").glob("*/*")}
    told = tadmor("redact", NAME, "--reason", "again", "--author", "Ada", "--yes", "--case", own)
    assert (told.returncode, "no such name" in told.stderr) == (2, True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE redactions SET value = replace(CAST(value AS TEXT), 'asked to', 'no cause')",
        "DELETE FROM redactions",
        "DELETE FROM redacted",
        "UPDATE redacted SET content = link",
        "UPDATE revisions SET made = '2020' || substr(made, 5) WHERE number = (SELECT max(revision) FROM redacted)",
        "UPDATE raws SET text = replace(text, 'Sunday', 'Monday')",
    ],
)
def test_a_redaction_hides_no_other_change(withheld, tmp_path, statement):
    """The tombstone, its digests, and what it changed are covered as anything else."""
    own = shutil.copytree(withheld, tmp_path / "case")
    with sqlite3.connect(own / "ledger.db") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
    raw.close()
    with Ledger.open(own) as ledger:
        assert [issue for issue in ledger.verify() if issue.severity is Severity.ERROR]


def test_a_reason_does_not_name_whom_it_withholds(tadmor, own):
    """It stays in the case."""
    told = tadmor("redact", NAME, "--reason", f"{NAME} asked", "--author", "Ada", "--yes", "--case", own)
    assert (told.returncode, "leave the name out" in told.stderr) == (2, True)


def test_a_locked_case_is_one_file_that_its_passphrase_alone_opens(tadmor, own):
    """No word of it stands in the file; unlocked, it is as it was."""
    _done(tadmor("lock", "--case", own, input="four words and more\n"))
    assert not own.exists()
    locked = own.with_name("case.age")
    assert locked.stat().st_mode & 0o777 == 0o600
    assert b"Palmyra" not in locked.read_bytes()
    assert tadmor("brief", "--case", own).returncode == 3
    assert tadmor("unlock", "--case", own, input="five words and more\n").returncode == 2
    whole = locked.read_bytes()
    locked.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    told = tadmor("unlock", "--case", own, input="four words and more\n")
    assert (told.returncode, own.exists()) == (2, False)
    locked.write_bytes(whole)
    _done(tadmor("unlock", "--case", own, input="four words and more\n"))
    assert not locked.exists()
    assert "all hold" in _done(tadmor("verify", "--case", own))
    assert {path.stat().st_mode & 0o777 for path in (own / "originals").glob("*/*")} == {0o444}


def test_nothing_is_put_in_place_of_what_somebody_reads_into(own):
    """Between two files of a reading another may write; but not exchange the ledger, nor lock the case."""
    with Ledger.open(own, writable=True) as ledger, ledger.shared():
        with pytest.raises(CaseBusyError):
            redact(own, [NAME], author="Ada", reason="asked to")
        with pytest.raises(CaseBusyError):
            lock(own, (), lambda: "four words and more")
    assert own.is_dir()


def _claims(case):
    with Ledger.open(case) as ledger:
        return {claim.id: claim.claim.quote for claim in ledger.claims()}


def _original(text):
    return hashlib.sha256(text.encode()).hexdigest()
