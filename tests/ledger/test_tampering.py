"""Whatever is edited behind the program's back is found out, whichever table it stands in."""

import hashlib
import sqlite3
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import pytest
from made_case import RAQQA, RUN, made

from tadmor.datamodel.captures import Capture, Outcome
from tadmor.datamodel.documents import Copy, CopyKind
from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.issues import Issue
from tadmor.datamodel.places import Place
from tadmor.ledger import Ledger
from tadmor.ledger.rows import entity_row
from tadmor.ledger.tables import FULL_TEXT, metadata

MOVED = msgspec.structs.replace(RAQQA, lat=36.0)
ISSUE = Issue(where="x.pdf", rule="broken", message="cannot be opened")
CAPTURE = Capture(
    made=datetime(2026, 1, 1, tzinfo=UTC),
    page="http://news.example/",
    archive=made(1)[0].sha256,
    position="#1",
    outcome=Outcome.READ,
    original=made(2)[0].sha256,
    stands=made(2)[0].sha256,
)
AS_TEXT = "CAST(replace(CAST(value AS TEXT), '{}', '{}') AS BLOB)"


def _changed(table: str, old: str, new: str) -> str:
    return f"UPDATE {table} SET value = {AS_TEXT.format(old, new)}"


def _slipped_in(place: Place) -> str:
    """A snapshot with its own digest, found by names that are there."""
    row = entity_row(place)
    values = f"'{row['type']}', '{row['id']}', '{row['digest']}', '{row['name']}', X'{row['value'].hex()}'"
    return f"INSERT INTO entities(type, id, digest, name, value) VALUES ({values})"


def _reindexed(index: str, place: str) -> str:
    """The words of a quote exchanged for others in an index, as many as there were."""
    number = "FROM claims WHERE number = 1"
    return (
        f"INSERT INTO {index}({index}, rowid, quote) SELECT 'delete', number, quote {number};"
        f"INSERT INTO {index}(rowid, quote) SELECT number, replace(quote, 'Raqqa', '{place}') {number}"
    )


#: What was done -> the rule that names it.
EDITS = {
    _changed("entities", "35.95", "55.95"): "entity-changed",
    "DELETE FROM entities WHERE type = 'place'": "claim-damaged",
    "UPDATE entities SET name = 'homs' WHERE type = 'place'": "place-column",
    "DELETE FROM blocks WHERE original = (SELECT subject FROM revisions WHERE what = 'original' ORDER BY number DESC)": (
        "blocks-missing"
    ),
    "DELETE FROM blocks WHERE original = (SELECT subject FROM revisions WHERE what = 'original' ORDER BY number)": (
        "blocks-missing"
    ),
    _slipped_in(MOVED): "entity-unrevised",
    "UPDATE entities SET value = X'00' WHERE type = 'place'": "entity-changed",
    "DELETE FROM entities WHERE type = 'source'": "entity-missing",
    "DELETE FROM revisions WHERE what = 'entity' AND subject LIKE 'place %'": "entity-unrevised",
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
    "UPDATE documents SET value = X'00'": "document-damaged",
    "UPDATE documents SET text = CAST(text AS BLOB)": "document-damaged",
    "UPDATE documents SET text = CAST(X'FF' AS TEXT)": "document-damaged",
    "UPDATE claims SET value = 5": "claim-damaged",
    "UPDATE groundings SET value = 5": "claim-damaged",
    "UPDATE shingles SET value = X'00'": "shingles-changed",
    "DELETE FROM shingles": "shingles-missing",
    "UPDATE captures SET page = 'http://other.example/'": "capture-column",
    _changed("captures", "news.example", "olds.example"): "capture-changed",
    "DELETE FROM captures": "capture-changed",
    "INSERT INTO captures(run, page, made, archive, position, original, value)"
    " SELECT run, page, made, archive, position, original, value FROM captures": "capture-changed",
    "INSERT INTO shingles SELECT id, X'00' FROM documents WHERE id NOT IN (SELECT document FROM shingles)": (
        "shingles-unrevised"
    ),
    "UPDATE raws SET text = CAST(text AS BLOB)": "document-damaged",
    "DELETE FROM raws": "document-missing",
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
    "DROP TABLE names": "table-missing",
    "INSERT INTO quotes_words(quotes_words) VALUES ('delete-all')": "index-changed",
    "INSERT INTO quotes_words(rowid, quote) VALUES (9, 'never said')": "index-changed",
    _reindexed("quotes_words", "Homs"): "index-changed",
    _reindexed("quotes_trigrams", "Homs"): "index-changed",
    "DELETE FROM quotes_trigrams_docsize WHERE id = 1": "index-changed",
    "DELETE FROM quotes_words_data WHERE id = 10": "index-changed",
    "UPDATE revisions SET content = previous WHERE number = 3": "chain-broken",
    "DELETE FROM revisions WHERE number = 1": "chain-broken",
    "DELETE FROM revisions WHERE what = 'review'": "review-changed",
}

#: What makes a check fail -> the words of the one finding that says so.
ALONE = {
    "UPDATE raws SET text = CAST(text AS BLOB) WHERE original = (SELECT min(original) FROM raws)": (
        "the raw text is stored as bytes"
    ),
    "UPDATE documents SET text = CAST(text AS BLOB) WHERE id = (SELECT min(id) FROM documents)": (
        "the cleaned text is stored as bytes"
    ),
    "UPDATE documents SET text = CAST(X'FF' AS TEXT) WHERE id = (SELECT min(id) FROM documents)": "UTF-8",
    "UPDATE claims SET value = 5 WHERE number = 1": "cannot be read",
    "DROP TABLE claims": "the table claims is gone",
    "DROP TABLE names": "the table names is gone",
    "DROP TABLE revisions": "the table revisions is gone",
    "DROP TABLE quotes_words": "the table quotes_words is gone",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A case with something in every table."""
    folder = tmp_path_factory.mktemp("whole") / "case"
    with Ledger.create(folder) as ledger:
        for number in (1, 2):
            ledger.add(RUN, *made(number), shingles={made(number)[2][0][0].id: b"1234"})
        first, second = (document.id for document in ledger.documents())
        copy = Copy(earlier=first, later=second, kind=CopyKind.SAME, share=1.0)
        ledger.add(RUN, *made(3), copies=[copy], issues=[ISSUE])
        subject = next(ledger.claims()).id
        made_at = datetime(2026, 1, 1, tzinfo=UTC)
        ledger.add_review(
            Review(subject=subject, decision=Decision.ACCEPT, author="reviewer", made=made_at, reason="seen")
        )
        ledger.capture(RUN, CAPTURE, [])
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
    """A changed text is named with its document and both digests, of what it is and of what it was."""
    _edited(whole, tmp_path / "case", "UPDATE raws SET text = text || '!'")
    with Ledger.open(tmp_path / "case") as ledger:
        told = {issue.where: issue.message for issue in ledger.verify() if issue.rule == "raw-changed"}
    assert set(told) == {"1.txt", "2.txt", "3.txt"}
    text = made(1)[2][0][0].raw
    was, now = (hashlib.sha256(words.encode()).hexdigest() for words in (text, text + "!"))
    assert f"SHA-256 {now}, was {was}" in told["1.txt"]


@pytest.mark.parametrize("statement", ALONE, ids=lambda statement: statement[:60])
def test_damage_is_one_finding(whole, tmp_path, statement):
    """A table that is gone, or a text of another type, is told once, in one line, whatever rests on it."""
    _edited(whole, tmp_path / "case", statement)
    with Ledger.open(tmp_path / "case") as ledger:
        [found] = [issue for issue in ledger.verify() if issue.rule.endswith(("-damaged", "table-missing"))]
        assert ledger.counts().keys() > {"originals", "claims", "revisions"}
    assert ALONE[statement] in found.line()
    assert "\n" not in found.line()


@pytest.mark.parametrize("table", [*metadata.tables, *FULL_TEXT, "quotes_words_data", "quotes_trigrams_docsize"])
def test_a_table_that_is_gone_is_named(whole, tmp_path, table):
    """Every table of the schema is missed by its name, and no other is."""
    _edited(whole, tmp_path / "case", f"DROP TABLE {table}")
    with Ledger.open(tmp_path / "case") as ledger:
        found = ledger.verify()
    [gone] = [issue.message for issue in found if issue.rule == "table-missing"]
    assert f"table {table} is gone" in gone


def test_one_damaged_document_hides_no_other(whole, tmp_path):
    """Where one document cannot be read, what was done to the others is still found."""
    first, last = (f"(SELECT {which}(id) FROM documents)" for which in ("min", "max"))
    edits = f"UPDATE documents SET value = X'00' WHERE id = {first}; UPDATE documents SET text = 'x' WHERE id = {last}"
    _edited(whole, tmp_path / "case", edits)
    with Ledger.open(tmp_path / "case") as ledger:
        rules = {issue.rule for issue in ledger.verify()}
    assert {"document-damaged", "document-changed"} <= rules
    assert "claims-missing" not in rules


def test_verifying_changes_nothing(whole, tmp_path):
    """The file is the same after it was verified, twice, and by a writer while its own questions are open."""
    _edited(whole, tmp_path / "case", "SELECT 1")
    ledger_file = tmp_path / "case" / "ledger.db"
    before = ledger_file.read_bytes()
    with Ledger.open(tmp_path / "case") as ledger:
        assert ledger.verify() == ledger.verify() == ()
    assert ledger_file.read_bytes() == before
    with Ledger.open(tmp_path / "case", writable=True) as ledger:
        claims = ledger.claims()
        next(claims)
        assert ledger.verify() == ledger.verify() == ()
        assert len(list(claims)) == 2


def test_each_revision_follows_the_one_before(whole):
    """The history is one chain, numbered from 1, told with what each revision is about."""
    with Ledger.open(whole.parent) as ledger:
        history = list(ledger.history())
    assert [revision.number for revision in history] == list(range(1, len(history) + 1))
    assert all(later.previous == earlier.digest for earlier, later in pairwise(history))
    first = ["run", "original", "document", "entity", "entity", "claims", "shingles"]
    assert [revision.what for revision in history[:7]] == first


def _fill(raw, empty):
    """A row, whatever it says, in each of some tables."""
    for name in empty:
        columns = [column for _, column, *_ in raw.execute(f"PRAGMA table_info({name})")]
        raw.execute(f"INSERT INTO {name}({', '.join(columns)}) VALUES ({', '.join(['1'] * len(columns))})")


def test_all_tables_refuse_changes(whole, tmp_path):
    """No table of the ledger can be updated or deleted from, whoever asks."""
    target = tmp_path / "ledger.db"
    with sqlite3.connect(whole) as source, sqlite3.connect(target) as raw:
        source.backup(raw)
        known = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'quotes%' AND name != ?"
        tables = [name for (name,) in raw.execute(known, ["alembic_version"])]
        assert set(tables) == set(metadata.tables)
        _fill(raw, [name for name in tables if not raw.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()])
        for name in tables:
            for statement in (f"UPDATE {name} SET rowid = rowid", f"DELETE FROM {name}"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    raw.execute(statement)
    source.close()
    raw.close()
