"""Reviewed claims as marks: what a person looked at, in the format that the readers are trained and measured with."""

import json
import shutil
from pathlib import Path

import pytest

from tadmor.datamodel.history import Decision
from tadmor.ledger import Ledger
from tadmor.views.deciding import By, on_claim
from tadmor.views.exporting import EXPORTS
from tadmor.views.reviewed import reviewed

BY = By.now("R. Reviewer", "read it")
#: Fields of a mark, by the guidelines of the marked texts.
COMMON = {
    "doc",
    "kind",
    "text",
    "occurrence",
    "start",
    "end",
    "place",
    "when",
    "count",
    "modality",
    "polarity",
    "by_source",
}
OWN = {
    "control": {"holder", "from", "change", "degree"},
    "event": {"type", "actors", "targets"},
    "presence": {"actor", "what"},
    "movement": {"actor", "what", "from", "to"},
    "toll": {"harm", "group", "status", "by"},
}


@pytest.fixture
def ledger(case, tmp_path):
    """A copy of the small case, to decide on."""
    with Ledger.open(shutil.copytree(case, tmp_path / "own"), writable=True) as found:
        yield found


def test_accepted_claims_are_marks_at_their_words(ledger, reports):
    """Each mark stands where it says in the file, has fields of the guidelines alone, and names things as printed."""
    for claim in list(ledger.claims()):
        on_claim(ledger, claim, Decision("accept"), BY)
    rows = list(reviewed(ledger))
    assert len(rows) == ledger.counts()["claims"]
    for row in rows:
        text = Path(reports, row["doc"]).read_text(encoding="utf-8")
        assert text[row["start"] : row["end"]] == row["text"]
        at = -1
        for _ in range(row["occurrence"]):
            at = text.find(row["text"], at + 1)
        assert at == row["start"]
        assert set(row) <= COMMON | OWN[row["kind"]]
        assert "place" not in row or row["place"]["name"] in text
    taken = next(row for row in rows if row["kind"] == "control" and " captured" in row["text"])
    assert (taken["holder"], taken["from"], taken["change"]) == ("Syrian army", "Islamic State", "gained")
    assert taken["by_source"] == ["army command"]
    twelve = next(row for row in rows if row["kind"] == "toll" and row["doc"] == "taken.txt")
    assert twelve["count"] == {"low": 12, "high": None, "expr": "At least 12"}
    assert rows == sorted(rows, key=lambda row: (row["doc"], row["start"]))


def test_a_correction_is_told_as_corrected(ledger):
    """The place that a person put there, the actor taken out, how it is told; the rest as printed."""
    claim = next(one for one in ledger.claims() if one.kind == "control" and " captured" in one.claim.quote)
    on_claim(ledger, claim, Decision("correct"), BY, {"place": "Raqqa", "from": "", "modality": "hedged"})
    (row,) = reviewed(ledger)
    assert row["place"]["name"] == "Raqqa"
    assert "from" not in row
    assert (row["modality"], row["holder"]) == ("hedged", "Syrian army")


def test_what_was_rejected_undone_or_never_looked_at_is_no_mark(ledger):
    """Only a decision that stands, and lets the claim stand, makes a mark."""
    one, other, third = list(ledger.claims())[:3]
    on_claim(ledger, one, Decision("reject"), BY)
    on_claim(ledger, other, Decision("accept"), BY)
    on_claim(ledger, other, Decision("undo"), BY)
    on_claim(ledger, third, Decision("accept"), BY)
    assert len(list(reviewed(ledger))) == 1
    assert EXPORTS["reviewed"] is reviewed
    assert json.loads(json.dumps(next(reviewed(ledger))))["doc"]
