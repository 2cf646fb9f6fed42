"""Whatever is edited behind the program's back is found out, whichever table it stands in."""

import sqlite3
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from made_case import RUN, made

from tadmor.datamodel.documents import Copy, CopyKind
from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.issues import Issue
from tadmor.ledger import Ledger

ISSUE = Issue(where="x.pdf", rule="broken", message="cannot be opened")
AS_TEXT = "CAST(replace(CAST(value AS TEXT), '{}', '{}') AS BLOB)"


def _changed(table: str, old: str, new: str) -> str:
    return f"UPDATE {table} SET value = {AS_TEXT.format(old, new)}"


#: What was done -> the rule that names it.
EDITS = {
    _changed("entities", "35.95", "55.95"): "entity-changed",
    "DELETE FROM entities WHERE type = 'place'": "claim-damaged",
    "UPDATE entities SET name = 'homs' WHERE type = 'place'": "place-column",
    "DELETE FROM names": "names-changed",
    "UPDATE namings SET entity = 'gn:1' WHERE type = 'place'": "namings-changed",
    "DELETE FROM namings": "namings-changed",
    "UPDATE claims SET kind = 'toll'": "claim-changed",
    "UPDATE claims SET modality = 'planned'": "claim-changed",
    "UPDATE claims SET score = 0.1": "claim-changed",
    _changed("claims", "gained", "lost"): "claims-changed",
    "UPDATE claims SET value = X'00'": "claim-damaged",
    "UPDATE groundings SET earliest = '1999-01-01'": "claim-changed",
    "INSERT INTO groundings(claim, run, earliest, latest, value)"
    " SELECT claim, run, earliest, latest, value FROM groundings LIMIT 1": "claims-changed",
    "DELETE FROM groundings WHERE number = 1": "claim-ungrounded",
    "DELETE FROM groundings; DELETE FROM claims": "claims-changed",
    "UPDATE originals SET name = 'other.txt'": "original-changed",
    "UPDATE originals SET size = 1": "original-changed",
    "DELETE FROM originals": "original-missing",
    "UPDATE documents SET published_from = '1999-01-01'": "document-column",
    _changed("documents", ".txt", ".doc"): "document-changed",
    "UPDATE documents SET value = X'00'": "documents-damaged",
    "UPDATE raws SET text = replace(text, 'Raqqa', 'Homs!')": "raw-changed",
    "UPDATE raws SET text = replace(text, 'Report', 'Rumour')": "map-unfaithful",
    "DELETE FROM documents; DELETE FROM claims": "claims-missing",
    _changed("reviews", "accept", "reject"): "review-changed",
    "DELETE FROM reviews": "review-changed",
    "INSERT INTO reviews(subject, made, value) SELECT subject, made, value FROM reviews": "review-changed",
    "UPDATE reviews SET subject = 'x'": "review-column",
    "UPDATE copies SET share = 0.1": "copy-changed",
    "DELETE FROM copies": "copy-missing",
    "DELETE FROM issues": "issue-changed",
    _changed("runs", "rules", "model"): "run-changed",
    "INSERT INTO runs SELECT 'run-2', started, value FROM runs": "run-unrevised",
    "INSERT INTO quotes_words(quotes_words) VALUES ('delete-all')": "index-changed",
    "UPDATE revisions SET content = previous WHERE number = 3": "chain-broken",
    "DELETE FROM revisions WHERE number = 1": "chain-broken",
    "DELETE FROM revisions WHERE what = 'review'": "review-changed",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A case with something in every table."""
    folder = tmp_path_factory.mktemp("whole") / "case"
    with Ledger.create(folder) as ledger:
        for number in (1, 2):
            ledger.add(RUN, *made(number))
        first, second = (document.id for document in ledger.documents())
        copy = Copy(earlier=first, later=second, kind=CopyKind.SAME, share=1.0)
        ledger.add(RUN, *made(3), copies=[copy], issues=[ISSUE])
        subject = next(ledger.claims()).id
        made_at = datetime(2026, 1, 1, tzinfo=UTC)
        ledger.add_review(
            Review(subject=subject, decision=Decision.ACCEPT, author="reviewer", made=made_at, reason="seen")
        )
        assert ledger.verify() == ()
    return folder / "ledger.db"


def _edited(whole, folder, statement):
    folder.mkdir()
    with sqlite3.connect(whole) as source, sqlite3.connect(folder / "ledger.db") as raw:
        source.backup(raw)
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.executescript(statement)
    source.close()
    raw.close()
    (folder / "originals").symlink_to(whole.parent / "originals")


@pytest.mark.parametrize("statement", EDITS, ids=lambda statement: statement[:60])
def test_every_edit_is_found(whole, tmp_path, statement):
    """Rows changed, deleted or slipped in, of any table, are named by a rule of their own; nothing raises."""
    _edited(whole, tmp_path / "case", statement)
    with Ledger.open(tmp_path / "case") as ledger:
        assert EDITS[statement] in {issue.rule for issue in ledger.verify()}


def test_an_untouched_copy_holds(whole, tmp_path):
    """The edits are what is found: without one, a copy of the case verifies."""
    _edited(whole, tmp_path / "case", "SELECT 1")
    with Ledger.open(tmp_path / "case") as ledger:
        assert ledger.verify() == ()


def test_messages_say_what_was_and_is(whole, tmp_path):
    """A changed text is named with its document and both digests."""
    _edited(whole, tmp_path / "case", "UPDATE raws SET text = text || '!'")
    with Ledger.open(tmp_path / "case") as ledger:
        [first, *_] = [issue for issue in ledger.verify() if issue.rule == "raw-changed"]
    assert first.where.endswith(".txt")
    assert first.message.count("SHA-256") == 1
    assert " was " in first.message


def test_each_revision_follows_the_one_before(whole):
    """The history is one chain, numbered from 1, told with what each revision is about."""
    with Ledger.open(whole.parent) as ledger:
        history = list(ledger.history())
    assert [revision.number for revision in history] == list(range(1, len(history) + 1))
    assert all(later.previous == earlier.digest for earlier, later in pairwise(history))
    assert [revision.what for revision in history[:4]] == ["run", "original", "document", "claims"]


def test_all_tables_refuse_changes(whole, tmp_path):
    """No table of the ledger can be updated or deleted from, whoever asks."""
    target = tmp_path / "ledger.db"
    with sqlite3.connect(whole) as source, sqlite3.connect(target) as raw:
        source.backup(raw)
        known = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'quotes%' AND name != ?"
        tables = [name for (name,) in raw.execute(known, ["alembic_version"])]
        assert len(tables) == 14
        filled = [name for name in tables if raw.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
        assert set(tables) - set(filled) == {"shingles"}
        for name in filled:
            for statement in (f"UPDATE {name} SET rowid = rowid", f"DELETE FROM {name}"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    raw.execute(statement)
    source.close()
    raw.close()
