"""The ledger keeps everything, once, and changes nothing."""

import sqlite3
from datetime import UTC, date, datetime

import pytest
from made_case import RUN, kept_bytes, made

from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.issues import Issue
from tadmor.errors import CaseBusyError, CaseNotFoundError, CaseNotWritableError, CaseTooNewError, UsageError
from tadmor.ledger import ClaimFilter, Ledger


@pytest.fixture
def ledger(tmp_path):
    """An empty case, open for writing."""
    with Ledger.open(tmp_path / "case", create=True) as opened:
        yield opened


def test_what_goes_in_comes_out(ledger):
    """Documents and claims are read back equal to what was written, and the bytes are kept."""
    original, data, read = made(1)
    assert ledger.add(RUN, original, data, read)
    document, [claim] = read[0]
    assert ledger.document(document.id) == document
    assert list(ledger.claims()) == [claim]
    assert ledger.claim(claim.id[:8]) == claim
    assert kept_bytes(ledger, original) == data
    assert ledger.verify() == ()


def test_the_same_bytes_twice_add_nothing(ledger):
    """A second reading of the same bytes leaves every table as it was."""
    ledger.add(RUN, *made(1))
    before = ledger.counts()
    assert not ledger.add(RUN, *made(1))
    assert ledger.counts() == before


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ClaimFilter(), 3),
        (ClaimFilter(place="raqqa"), 3),
        (ClaimFilter(place="gn:172955"), 3),
        (ClaimFilter(place="Aleppo"), 0),
        (ClaimFilter(kind="toll"), 0),
        (ClaimFilter(source="Made Up Times", kind="control"), 3),
        (ClaimFilter(words="captured"), 3),
        (ClaimFilter(words="surrendered"), 0),
        (ClaimFilter(first=date(2016, 1, 3)), 2),
        (ClaimFilter(last=date(2016, 1, 2)), 1),
        (ClaimFilter(as_of=date(2016, 1, 3)), 2),
    ],
)
def test_filters(ledger, wanted, found):
    """Place, kind, source, words and days select; all conditions must hold."""
    for number in (1, 2, 3):
        ledger.add(RUN, *made(number))
    assert len(list(ledger.claims(wanted))) == found


def test_a_rejected_claim_is_kept_and_left_out(ledger):
    """A review is a row; the latest decision on a claim counts, and nothing is deleted."""
    ledger.add(RUN, *made(1))
    [claim] = ledger.claims()
    for second, decision, count in ((1, Decision.REJECT, 0), (2, Decision.ACCEPT, 1)):
        made_at = datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC)
        ledger.add_review(
            Review(subject=claim.id, decision=decision, author="reviewer", made=made_at, reason="because")
        )
        assert len(list(ledger.claims())) == count
    assert len(ledger.reviews()) == 2
    assert len(list(ledger.claims(rejected=True))) == 1


def test_issues_are_kept(ledger):
    """What could not be read is noted with its run."""
    issue = Issue(where="broken.pdf", rule="broken", message="cannot be opened")
    ledger.add_issues(RUN, [issue])
    assert ledger.issues() == (issue,)


@pytest.mark.parametrize("identity", ["ffff", "", "%"])
def test_an_unknown_claim_is_a_usage_error(ledger, identity):
    """A prefix that names no claim, or every claim, says so."""
    ledger.add(RUN, *made(1))
    ledger.add(RUN, *made(2))
    with pytest.raises(UsageError):
        ledger.claim(identity)


@pytest.mark.parametrize("table", ["originals", "documents", "claims", "groundings", "revisions", "reviews", "runs"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_rows_cannot_be_changed(ledger, table, statement):
    """The database itself refuses updates and deletions."""
    ledger.add(RUN, *made(1))
    ledger.add_review(
        Review(subject="x", decision=Decision.ACCEPT, author="a", made=datetime(2026, 1, 1, tzinfo=UTC), reason="r")
    )
    with (
        sqlite3.connect(ledger.folder / "ledger.db") as raw,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        raw.execute(statement.format(table))
    raw.close()


def _tamper(folder, statement):
    with sqlite3.connect(folder / "ledger.db") as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE claims SET quote = 'The army lost Raqqa'", "claim-changed"),
        ("UPDATE documents SET text = replace(text, 'captured', 'abandoned')", "document-changed"),
        ("UPDATE raws SET text = text || '!'", "document-changed"),
        ("UPDATE revisions SET made = '2001-01-01' WHERE number = 3", "chain-broken"),
        ("DELETE FROM revisions WHERE number = 2", "chain-broken"),
        ("UPDATE groundings SET value = replace(value, 'gn:172955', 'gn:169577')", "claims-changed"),
        ("UPDATE entities SET value = replace(value, 'Raqqa', 'Homs')", "entity-changed"),
        ("DELETE FROM groundings", "claims-changed"),
        ("DELETE FROM documents", "document-missing"),
    ],
)
def test_tampering_is_found(ledger, statement, rule):
    """Whoever edits the file behind the program's back is found out, by the name of what was changed."""
    for number in (1, 2):
        ledger.add(RUN, *made(number))
    _tamper(ledger.folder, statement)
    assert rule in {issue.rule for issue in ledger.verify()}


def test_a_changed_or_missing_original_is_found(ledger):
    """A flipped byte, or a missing file, in the archive is named."""
    original, data, read = made(1)
    ledger.add(RUN, original, data, read)
    path = ledger.folder / "originals" / original.sha256[:2] / original.sha256
    path.chmod(0o644)
    path.write_bytes(data.replace(b"Monday", b"Sunday"))
    assert [issue.rule for issue in ledger.verify()] == ["original-changed"]
    path.unlink()
    assert [issue.rule for issue in ledger.verify()] == ["original-missing"]


def test_only_one_writer(ledger):
    """A second writer is told so at once; readers come in."""
    ledger.add(RUN, *made(1))
    with pytest.raises(CaseBusyError):
        Ledger.open(ledger.folder, writable=True)
    with Ledger.open(ledger.folder) as reader:
        assert len(list(reader.claims())) == 1


def test_no_case(tmp_path):
    """Opening nothing says how to make a case."""
    with pytest.raises(CaseNotFoundError, match="no case here"):
        Ledger.open(tmp_path / "nowhere")


def test_a_case_that_cannot_be_written(tmp_path):
    """A file in the folder's place is one clear error."""
    (tmp_path / "case").write_text("not a folder")
    with pytest.raises(CaseNotWritableError, match="cannot be written"):
        Ledger.open(tmp_path / "case", create=True)


def test_a_ledger_that_is_no_database(tmp_path):
    """A broken ledger file is one clear error, and the lock is let go."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "ledger.db").write_bytes(b"this is no database at all" * 100)
    for _ in range(2):
        with pytest.raises(CaseNotWritableError):
            Ledger.open(folder, writable=True)


@pytest.mark.parametrize("writable", [True, False])
def test_a_newer_case_is_refused(tmp_path, writable):
    """A schema of a later version is not touched."""
    folder = tmp_path / "case"
    Ledger.open(folder, create=True).close()
    with sqlite3.connect(folder / "ledger.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(CaseTooNewError, match="newer tadmor"):
        Ledger.open(folder, writable=writable)
