"""Releases stay and tell what differs; changes tell what the record told before, what it tells now, and why."""

import json
import shutil

import pytest

from tadmor.ledger import Ledger
from tadmor.views.changes import changes_from

BY = ("--author", "R. Reviewer", "--reason", "it is another town")
CREATOR = ("--creator", "Example Monitor", "--licence", "CC-BY-4.0")


@pytest.fixture(scope="module")
def decided(tadmor, case, tmp_path_factory):
    """A copy of the case, the folder of its releases before and after a decision, and the claim decided on."""
    own = shutil.copytree(case, tmp_path_factory.mktemp("decided") / "case")
    releases = own.parent / "releases"
    done = tadmor("release", "1.0", "-o", releases, "--case", own, *CREATOR, "--doi", "10.5555/first")
    assert done.returncode == 0, done.stderr
    claims = json.loads(tadmor("claims", "--kind", "toll", "--case", own, "--json").stdout)
    claim = next(one["id"] for one in claims if one["count"]["best"] == 40)
    assert tadmor("review", "claim", claim, "--reject", *BY, "--case", own).returncode == 0
    done = tadmor("release", "1.1", "-o", releases, "--case", own, *CREATOR)
    assert done.returncode == 0, done.stderr
    return own, releases, claim


def test_a_release_tells_what_differs_from_the_last(decided):
    _, releases, _ = decided
    first = [json.loads(line)["id"] for line in (releases / "1.0/data/claims.jsonl").read_text().splitlines()]
    last = [json.loads(line)["id"] for line in (releases / "1.1/data/claims.jsonl").read_text().splitlines()]
    told = json.loads((releases / "1.1/data/differences.json").read_text())
    assert told["since"] == "1.0"
    assert told["tables"]["claims"]["removed"] == sorted(set(first) - set(last))
    assert len(told["tables"]["claims"]["removed"]) == 1
    assert not told["tables"]["claims"]["added"]


def test_a_datacite_record_has_all_that_the_schema_asks_for(decided):
    _, releases, _ = decided
    told = json.loads((releases / "1.1/datacite.json").read_text())
    assert told["schemaVersion"] == "http://datacite.org/schema/kernel-4"
    for field in ("creators", "titles", "publisher", "publicationYear", "types"):
        assert told[field]
    assert told["types"]["resourceTypeGeneral"] == "Dataset"
    assert told["version"] == "1.1"
    assert told["relatedIdentifiers"][0] == {
        "relatedIdentifier": "10.5555/first",
        "relatedIdentifierType": "DOI",
        "relationType": "IsNewVersionOf",
    }


def test_a_release_is_never_made_again(tadmor, decided):
    own, releases, _ = decided
    done = tadmor("release", "1.0", "-o", releases, "--case", own, *CREATOR)
    assert done.returncode == 2
    assert "stay as they are" in done.stderr


def test_changes_name_the_decision_that_a_finding_changed_by(decided):
    own, _, claim = decided
    with Ledger.open(own) as ledger:
        (review,) = ledger.reviews()
        told = changes_from(ledger, review.made)
    assert (told.documents, told.decisions) == (0, 1)
    (change,) = (one for one in told.changes if one.kind == "toll")
    assert [each.subject for each in change.decisions] == [claim]
    assert change.before[0].endswith("2 voices")
    assert change.now[0].endswith("1 voices")
    assert not change.documents


def test_changes_name_the_documents_that_a_finding_came_with(tadmor, case):
    told = json.loads(tadmor("changes", "--since", "2000-01-01", "--case", case, "--json").stdout)
    control = next(one for one in told["changes"] if one["kind"] == "control" and one["place"] == "Palmyra")
    assert control["before"] == []
    assert {each["name"] for each in control["documents"]} == {"taken.txt", "denied.txt", "lost.txt"}


def test_nothing_changed_since_a_day_to_come(tadmor, decided):
    told = json.loads(tadmor("changes", "--since", "2999-01-01", "--case", decided[0], "--json").stdout)
    assert told == {"since": "2999-01-01", "documents": 0, "decisions": 0, "changes": []}
