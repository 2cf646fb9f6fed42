"""Decisions on actors, places and sources: all claims follow, those read later too, and no row is rewritten."""

from datetime import UTC, datetime

import msgspec
import pytest
from made_case import RAQQA, RUN, faults, made

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import HAND, Mention
from tadmor.datamodel.history import Decision, Review, grade_id
from tadmor.datamodel.identities import identity_id
from tadmor.datamodel.places import Level, Place
from tadmor.errors import UsageError
from tadmor.ledger import ClaimFilter, Ledger

TOWN = Place(id="gn:1", name="Tabqa", level=Level.SETTLEMENT, aliases=("Thawra",), parents=("gn:172955",))
ARMY = Actor(id="army", name="Army", kind=ActorKind.STATE_FORCE, side="government")
TIGERS = Actor(id="tigers", name="Tigers", kind=ActorKind.STATE_FORCE, parents=("army",), side="army")


def review(subject, decision="accept", **value):
    made_at = datetime(2017, 1, 1, tzinfo=UTC)
    return Review(subject=subject, decision=Decision(decision), author="R", made=made_at, reason="seen", value=value)


def said(kind, one, other, decision="accept"):
    return review(identity_id(kind, one, other), decision, identity=kind, one=one, other=other)


def grounded(number, **changed):
    original, data, [(document, [claim])] = made(number)
    return original, data, [(document, [msgspec.structs.replace(claim, **changed)])]


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "case") as found:
        found.add(RUN, *grounded(0))
        found.add(RUN, *grounded(1, places={"place": TOWN}, actors={"holder": (ARMY, TIGERS)}))
        yield found


def test_claims_of_a_merged_place_are_the_others_also_those_read_later(ledger):
    """Found by either name, under one id, with both names; what lies in the merged place lies in the other."""
    before = [(one.claim, one.links) for one in ledger.claims()]
    ledger.add_review(said("place", RAQQA.id, TOWN.id))
    ledger.add(RUN, *grounded(2))
    assert [claim.place.id for claim in ledger.claims()] == ["gn:1"] * 3
    place = next(ledger.claims()).place
    assert place.name == "Tabqa"
    assert set(place.aliases) == {"Thawra", "Raqqa"}
    assert place.parents == ()
    for asked in ("Raqqa", "Tabqa", RAQQA.id, TOWN.id, "thawra"):
        assert len(list(ledger.claims(ClaimFilter(place=asked)))) == 3, asked
    assert ledger.claim(next(ledger.claims()).id).place.id == "gn:1"
    assert [(one.claim, one.links) for one in ledger.claims()][:2] == before
    assert faults(ledger) == []


def test_a_merge_taken_back_leaves_no_trace_in_claims(ledger):
    """Undone or parted, every claim is as it was before."""
    before = list(ledger.claims())
    ledger.add_review(said("place", RAQQA.id, TOWN.id))
    assert list(ledger.claims()) != before
    ledger.add_review(said("place", RAQQA.id, TOWN.id, "undo"))
    assert list(ledger.claims()) == before
    ledger.add_review(said("actor", "army", "tigers"))
    ledger.add_review(said("actor", "tigers", "army", "reject"))
    assert list(ledger.claims()) == before


def test_actors_that_are_one_are_named_once_and_camps_follow(ledger):
    """The army is really the Tigers: one actor in the role, whose side is its own and no longer the army's."""
    ledger.add_review(said("actor", "army", "tigers"))
    (_, claim) = ledger.claims()
    (who,) = claim.actors["holder"]
    assert (who.id, who.parents, who.side) == ("tigers", (), "tigers")
    assert "Army" in who.aliases
    assert len(list(ledger.claims(ClaimFilter(actor="army")))) == 1


def test_a_graded_source_is_graded_in_every_claim_it_makes(ledger):
    """The letter stands on claims whose origin it is, until it is taken back."""
    source = next(ledger.claims()).origin.id
    ledger.add_review(review(grade_id(source), "correct", source=source, grade="B"))
    assert [claim.grade for claim in ledger.claims()] == ["B", "B"]
    assert ledger.claim(next(ledger.claims()).id).grade == "B"
    ledger.add_review(review(grade_id(source), "undo", source=source, grade="B"))
    assert [claim.grade for claim in ledger.claims()] == [None, None]


def by_hand(ledger):
    claim = next(ledger.claims())
    place = Mention(expression="Raqqa", start=claim.claim.place.start, end=claim.claim.place.end)
    end = claim.claim.end - len(" Raqqa")
    quote = claim.claim.quote.removesuffix(" Raqqa")
    said_so = msgspec.structs.replace(claim.claim, end=end, quote=quote, place=place, reader=HAND)
    return msgspec.structs.replace(claim, claim=said_so)


def test_a_claim_by_hand_stands_by_its_decision_alone(ledger):
    """It counts while the decision that added it stands; taken back it is gone from answers and stays in the case."""
    claim, run = by_hand(ledger), msgspec.structs.replace(RUN, id="run-2", reader=HAND)
    ledger.add_claim(run, claim, review(claim.id, added="control"))
    assert [one.id for one in ledger.claims()][-1] == claim.id
    assert faults(ledger) == []
    ledger.add_review(review(claim.id, "undo"))
    assert claim.id not in [one.id for one in ledger.claims()]
    assert claim.id in [one.id for one in ledger.claims(rejected=True)]
    assert ledger.claim(claim.id).id == claim.id
    ledger.add_review(review(claim.id, "accept"))
    assert claim.id in [one.id for one in ledger.claims()]


def test_the_same_claim_twice_is_refused_and_nothing_is_noted(ledger):
    """The case has it: one line says which, and neither run nor decision is added."""
    claim = next(ledger.claims())
    head = ledger.head()
    with pytest.raises(UsageError, match="has this claim already"):
        ledger.add_claim(msgspec.structs.replace(RUN, id="run-2"), claim, review(claim.id))
    assert ledger.head() == head


def test_a_claim_by_hand_after_a_later_understanding_verifies(ledger):
    """The history tells of claims, of a later grounding and of a claim by hand in the order written."""
    claim = next(ledger.claims())
    ledger.ground(msgspec.structs.replace(RUN, id="run-2"), claim.claim.document, [claim])
    own = by_hand(ledger)
    ledger.add_claim(msgspec.structs.replace(RUN, id="run-3", reader=HAND), own, review(own.id, added="control"))
    assert faults(ledger) == []
