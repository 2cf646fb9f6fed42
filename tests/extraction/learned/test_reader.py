"""The reader in charge, with the network that ships."""

import msgspec
import pytest
from made_documents import document_of

from tadmor.datamodel.claims import KINDS, kind_of
from tadmor.datamodel.issues import Issue, Severity
from tadmor.extraction import READERS, extract
from tadmor.extraction.learned.decisions import load_decisions
from tadmor.extraction.learned.labels import ATTRIBUTES, ROLES
from tadmor.extraction.rules import RIGHT

TEXT = (
    "Government troops retook the town of Bria from the rebels on Tuesday after two days of fighting, witnesses said. "
    "At least 12 civilians were killed and dozens wounded when helicopters bombed the market. The rebels have denied "
    "losing the town. Hundreds of residents fled towards Bangui. The army plans to push on to Ndele next week."
)


@pytest.fixture(scope="module")
def extraction():
    """What is read of a text about a war that no table knows well."""
    return extract(document_of(TEXT))


def test_claims_of_all_sorts_are_read_with_calibrated_scores(extraction):
    """Every claim quotes the text, and says how sure the reader is."""
    kinds = {kind_of(claim) for claim in extraction.claims}
    assert {"control", "event", "toll", "movement"} <= kinds
    assert {claim.reader for claim in extraction.claims} == {"learned/1"}
    assert all(TEXT[claim.start : claim.end] == claim.quote for claim in extraction.claims)
    assert all(0.0 < claim.score < 1.0 for claim in extraction.claims)


def test_where_it_abstains_it_says_so(monkeypatch, extraction):
    """Asked to be all but certain, it makes no claim, and notes the words of each that it would have made."""
    sure = msgspec.structs.replace(load_decisions(), least=dict.fromkeys(KINDS, 2.0))
    monkeypatch.setattr("tadmor.extraction.learned.reader.load_decisions", lambda: sure)
    abstained = extract(document_of(TEXT))
    assert abstained.claims == ()
    assert {(issue.severity, issue.rule) for issue in abstained.issues} == {(Severity.NOTE, "claim-doubtful")}
    noted = {(issue.start, issue.end) for issue in abstained.issues}
    assert noted >= {(claim.start, claim.end) for claim in extraction.claims}


def test_the_rules_alone_can_be_asked():
    """They judge no single claim: a kind has one score."""
    claims = extract(document_of(TEXT), READERS["rules"]).claims
    assert claims
    assert {claim.reader for claim in claims} == {"rules"}
    assert all(claim.score == RIGHT[kind_of(claim)] for claim in claims)


def test_only_the_kinds_asked_for_are_read():
    """A reader takes what it is given."""
    from tadmor.extraction.context import Reading  # noqa: PLC0415

    (reader,) = READERS["learned"]
    told = list(reader.read(Reading(document_of(TEXT)), frozenset({"toll"})))
    assert told
    assert {kind_of(one) for one in told if not isinstance(one, Issue)} == {"toll"}


def test_every_decision_that_the_network_needs_is_chosen():
    """For each kind how likely a claim must be, for each field when the rules are overruled."""
    decisions = load_decisions()
    assert set(decisions.least) == set(KINDS)
    assert set(decisions.change) == set(ATTRIBUTES)
    assert set(decisions.point) == set(decisions.fill) == set(ROLES)
    assert all(0.0 < least < 1.0 for least in decisions.least.values())


def test_an_empty_text_tells_nothing():
    """No window, no claim."""
    assert extract(document_of(" ")).claims == ()


LATER = (
    "Between 98 and 300 villagers were killed at Bouca on Thursday night. Troops stationed at a barracks nearby did not "
    "intervene. The army says that it controls the road to Bossangoa."
)


def test_what_is_told_is_not_laid_where_only_a_later_sentence_is():
    """The barracks are where the story is when they are told of; nobody has spoken of the other town yet."""
    (troops,) = (claim for claim in extract(document_of(LATER)).claims if kind_of(claim) == "presence")
    assert troops.place is not None
    assert troops.place.expression == "Bouca"
