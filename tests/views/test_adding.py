"""A claim that a person makes from words of a document: what is typed becomes a claim like others, or one line says why not."""

import json
import shutil

import pytest

from tadmor.datamodel.issues import Severity
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.adding import Said, add, document_named, fields_for
from tadmor.views.deciding import By
from tadmor.views.deciding_things import take_back
from tadmor.views.exports import claim_row
from tadmor.views.reviewed import reviewed

BY = By.now("R. Reviewer", "no reader took it")


@pytest.fixture
def ledger(case, tmp_path):
    with Ledger.open(shutil.copytree(case, tmp_path / "own"), writable=True) as found:
        yield found


def said(ledger, name="taken.txt", **values):
    return Said(document=document_named(ledger, name), **values)


def row(ledger, claim):
    return claim_row(ledger.claim(claim.id), ledger.document(claim.claim.document))


def test_the_claim_is_one_of_its_document_with_its_exact_words(ledger):
    """Words found as they stand, the names that they print linked as a reader's, the publisher that of the document."""
    wanted = said(
        ledger,
        kind="presence",
        words="the  army command said",
        fields={"what": "army command", "actor": "The Syrian army", "place": "the city = Palmyra", "when": "Sunday"},
    )
    claim = add(ledger, wanted, BY)
    found = row(ledger, claim)
    document = ledger.document(claim.claim.document)
    assert found["quote"] == "the army command said" == document.raw[found["start"] : found["end"]]
    assert (found["reader"], found["score"]) == ("person", 1)
    assert (found["place"]["id"], found["place"]["expression"]) == ("gn:163808", "the city")
    assert found["actor"]["id"] == "syrian_army"
    assert (found["when"]["earliest"], found["when"]["expression"]) == ("2016-03-27", "Sunday")
    assert found["attribution"][0]["id"] == "reuters"
    assert [one for one in ledger.verify() if one.severity is Severity.ERROR] == []


def test_start_and_end_are_trimmed_of_white_space(ledger):
    """Words selected with the space behind them are the words."""
    text = ledger.document(document_named(ledger, "taken.txt")).text
    at = text.index(" At least 12 soldiers")
    wanted = said(ledger, kind="event", start=at, end=at + len(" At least 12 soldiers "), fields={"type": "killing"})
    assert add(ledger, wanted, BY).claim.quote == "At least 12 soldiers"


def test_who_is_not_printed_is_whom_the_words_mean_in_exports_and_in_gold(ledger):
    """An id for the actor, a day for the time, a range for the count: in the claim, and in the mark made of it."""
    fields = {
        "harm": "wounded",
        "by": "russia",
        "when": "2016-03-20..2016-03-27",
        "count": "10-20",
        "attribution": "x; Y",
    }
    claim = add(ledger, said(ledger, kind="toll", words="soldiers were killed", fields=fields), BY)
    found = row(ledger, claim)
    assert (found["by"]["id"], found["count"]["low"], found["count"]["high"]) == ("russia", 10, 20)
    assert (found["when"]["earliest"], found["when"]["latest"]) == ("2016-03-20", "2016-03-27")
    assert [one["name"] for one in found["attribution"]][1:] == ["x", "Y"]
    (mark,) = reviewed(ledger)
    assert (mark["kind"], mark["by"], mark["harm"], mark["by_source"]) == ("toll", "Russia", "wounded", ["x", "Y"])


def test_taking_it_back_leaves_it_out_of_answers_and_gold(ledger):
    """The decision that added it is the one by which it stands."""
    claim = add(ledger, said(ledger, kind="event", words="killed", fields={"type": "killing"}), BY)
    number = len(ledger.reviews())
    take_back(ledger, number, BY)
    assert claim.id not in [one.id for one in ledger.claims()]
    assert list(reviewed(ledger)) == []
    with pytest.raises(UsageError, match=f"decision {number} stands no more"):
        take_back(ledger, number, BY)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "song", "words": "killed"}, "'song' is no kind of claim"),
        ({"kind": "event", "words": "never said"}, "does not say 'never said'"),
        ({"kind": "event"}, "which words?"),
        ({"kind": "event", "start": 5, "end": 5}, "the start before the end"),
        ({"kind": "event", "start": 5}, "the start before the end"),
        ({"kind": "event", "start": 0, "end": 10**9}, "the start before the end"),
        ({"kind": "event", "words": "killed"}, "needs type"),
        ({"kind": "event", "words": "killed", "fields": {"type": "dance"}}, "'dance' is no type"),
        ({"kind": "event", "words": "killed", "fields": {"holder": "x"}}, "has no field holder"),
        ({"kind": "toll", "words": "killed", "fields": {"harm": "killed", "place": "Xyzzy"}}, "no place is known"),
        ({"kind": "toll", "words": "killed", "fields": {"harm": "killed", "by": "nobody = x"}}, "not say 'nobody'"),
        (
            {"kind": "toll", "words": "killed", "fields": {"harm": "killed", "when": "2016-02-30"}},
            "no day of the calendar",
        ),
        ({"kind": "toll", "words": "killed", "fields": {"harm": "killed", "when": "2016-03..2015"}}, "runs backwards"),
        ({"kind": "toll", "words": "killed", "fields": {"harm": "killed", "when": "tomorrow"}}, "neither a day"),
        ({"kind": "toll", "words": "killed", "fields": {"harm": "killed", "count": "many a"}}, "is no number"),
        ({"kind": "toll", "words": "killed", "fields": {"harm": "killed", "count": "9-3"}}, "runs backwards"),
        ({"kind": "presence", "words": "killed", "fields": {"what": "tanks"}}, "what: the document does not say"),
        ({"kind": "presence", "words": "killed", "fields": {"equipment": "broom"}}, "no id of the table"),
        (
            {"kind": "event", "words": "killed", "modality": "sung", "fields": {"type": "killing"}},
            "'sung' is no modality",
        ),
    ],
)
def test_what_is_no_claim_is_refused_in_one_line(ledger, values, words):
    """Each wrong field is named; nothing is noted."""
    head = ledger.head()
    with pytest.raises(UsageError, match=words) as told:
        add(ledger, said(ledger, **values), BY)
    assert "\n" not in str(told.value)
    assert ledger.head() == head


def test_what_a_reader_took_already_is_not_added_again(ledger):
    """The same words, kind and place: the case has that claim, and says which."""
    known = next(claim for claim in ledger.claims() if claim.kind == "event")
    fields = {"type": known.claim.type.value, "place": known.claim.place.expression}
    document = ledger.document(known.claim.document)
    with pytest.raises(UsageError, match=f"has this claim already: {known.id}"):
        add(
            ledger,
            said(ledger, document.name, kind="event", start=known.claim.start, end=known.claim.end, fields=fields),
            BY,
        )


def test_each_kind_has_its_own_fields():
    """Those of exports, what must be chosen first; no kind has another's."""
    assert fields_for("control") == ("change", "degree", "place", "holder", "from", "when", "count", "attribution")
    assert "from" in fields_for("movement")
    assert "equipment" not in fields_for("toll")


def test_the_command_adds_and_says_so(tadmor, case, tmp_path):
    """`tadmor review add` by the file's name; the claim is listed, and undone by number it is gone."""
    own = shutil.copytree(case, tmp_path / "own")
    by = ("--author", "R", "--reason", "seen", "--case", own)
    told = tadmor("review", "add", "lost.txt", "--words", "air strikes on Palmyra", "--kind", "control", "--set", "change=held",
                  "--set", "holder=Russian aircraft", "--set", "place=Palmyra", "--json", *by)  # fmt: skip
    assert told.returncode == 0, told.stderr
    made = json.loads(told.stdout)
    claim = made["claims"][0]["claim"]
    assert made["what"] == "add"
    assert claim in tadmor("claims", "--case", own, "--json").stdout
    assert tadmor("review", "undo", "--number", "1", *by).returncode == 0
    assert claim not in tadmor("claims", "--case", own, "--json").stdout
    missing = tadmor("review", "add", "none.txt", "--words", "x", "--kind", "event", *by)
    assert (missing.returncode, missing.stderr) == (2, "tadmor: the case has no document 'none.txt'\n")
