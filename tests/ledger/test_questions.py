"""What the ledger is asked, and how it answers while it is written, corrected and understood anew."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest
from made_case import RAQQA, RUN, made

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import Mention, Modality
from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.spans import OffsetMap
from tadmor.errors import UsageError
from tadmor.ledger import ClaimFilter, Ledger

LATER = msgspec.structs.replace(RUN, id="run-2", gazetteer="better")
HOMS = Place(id="gn:169577", name="Homs", level=Level.SETTLEMENT, aliases=("Hims", "حمص"))


@pytest.fixture
def ledger(tmp_path):
    """An empty case, open for writing."""
    with Ledger.create(tmp_path / "case") as opened:
        yield opened


def _said(words, number=1, **changes):
    """The numbered original with other words, all of them quoted."""
    original, _, [(document, [grounded])] = made(number)
    data = words.encode()
    original = msgspec.structs.replace(original, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    document = msgspec.structs.replace(
        document, original=original.sha256, raw=words, text=words, offsets=OffsetMap.identity(len(words)), blocks=()
    )
    claim = msgspec.structs.replace(grounded.claim, document=document.id, start=0, end=len(words), quote=words)
    return original, data, [(document, [msgspec.structs.replace(grounded, claim=claim, **changes)])]


def _review(claim, decision, **value):
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    return Review(subject=claim.id, decision=decision, author="a", made=made_at, reason="because", value=value)


def _found(ledger, **wanted):
    return len(list(ledger.claims(ClaimFilter(**wanted))))


def test_questions_may_be_asked_within_questions(ledger):
    """A document is fetched, and another original added, while claims are being read."""
    for number in (1, 2, 3):
        ledger.add(RUN, *made(number))
    names = []
    for number, claim in enumerate(ledger.claims()):
        names.append(ledger.document(claim.claim.document).name)
        assert ledger.add(RUN, *made(10 + number))
    assert names == ["1.txt", "2.txt", "3.txt"]
    assert ledger.counts()["originals"] == 6


def test_many_threads_may_read(ledger):
    """One open ledger answers many threads at once."""
    ledger.add(RUN, *made(1))
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: len(list(ledger.claims())), range(100)))
    assert answers == [1] * 100


@pytest.mark.parametrize(
    ("quote", "words", "found"),
    [
        ("القوات سيطرت على بتدمر أمس", "تدمر", 1),
        ("القوات سيطرت على بتدمر أمس", "حلب", 0),
        ("军队占领了帕尔米拉", "帕尔", 1),
        ("军队占领了帕尔米拉", "帕 拉", 1),
        ("军队占领了帕尔米拉", "拉卡", 0),
        ("Силы вошли в Авдіївку", "авдіївку в", 1),
        ("fighters near al-Qaryatayn, Hama’s east", "QARYATAYN hama's", 1),
        ("a café in Deir ez-Zor", "cafe", 1),
        ("a cafe in Deir ez-Zor", "café", 1),
        ("they fight on", "fighters", 0),
        ("they fight on", 'fight" OR "nothing', 0),
        ("they fight on", "quote : they*", 0),
        ("they fight on", "fig*", 1),
        ("they fight on", "igh*", 0),
        ("they fight on", '"', 0),
        ("they fight on", "  ", 0),
    ],
)
def test_words_of_any_script(ledger, quote, words, found):
    """Words are found whole, without regard to case and accents; where none stand apart, by their letters."""
    ledger.add(RUN, *_said(quote))
    assert _found(ledger, words=words) == found


def test_places_are_found_by_any_of_their_names(ledger):
    """An alias, another spelling and the id find a place; several may be asked for at once."""
    ledger.add(RUN, *_said("one", places={"place": HOMS}))
    ledger.add(RUN, *made(2))
    assert [_found(ledger, place=name) for name in ("Homs", "HIMS", "حمص", "gn:169577", "Hama")] == [1, 1, 1, 1, 0]
    assert _found(ledger, place=("Homs", "ar-Raqqa")) == 2


def test_a_place_not_made_out_is_found_by_its_words(ledger):
    """A village that no gazetteer knows can still be asked for."""
    original, data, [(document, [grounded])] = _said("The army took Huwwarin", places={})
    said = msgspec.structs.replace(grounded.claim, place=Mention(expression="Huwwarin", start=14, end=22))
    ledger.add(RUN, original, data, [(document, [msgspec.structs.replace(grounded, claim=said)])])
    assert _found(ledger, place="Huwwarin") == 1
    assert ledger.verify() == ()


def test_a_later_understanding_counts(ledger):
    """A better gazetteer adds groundings; the claim as said, and what was first understood, stay."""
    ledger.add(RUN, *made(1))
    [claim] = ledger.claims()
    ledger.ground(LATER, claim.claim.document, [msgspec.structs.replace(claim, places={"place": HOMS})])
    [again] = ledger.claims()
    assert (again.place, again.claim) == (HOMS, claim.claim)
    assert (_found(ledger, place="Homs"), _found(ledger, place="Raqqa")) == (1, 0)
    assert ledger.verify() == ()
    with pytest.raises(UsageError, match="already"):
        ledger.ground(LATER, claim.claim.document, [claim])


def test_a_grounding_needs_its_claim(ledger):
    """What was never said cannot be understood."""
    ledger.add(RUN, *made(1))
    [(_, [other])] = made(2)[2]
    [claim] = ledger.claims()
    with pytest.raises(UsageError, match="has no claim"):
        ledger.ground(LATER, claim.claim.document, [other])
    assert ledger.verify() == ()


def test_corrections_are_applied(ledger):
    """A corrected claim reads as corrected under its old id, and the ledger still holds what was read."""
    ledger.add(RUN, *made(1))
    [claim] = ledger.claims()
    ledger.add_review(_review(claim, Decision.CORRECT, modality="planned", place=HOMS.id), known=[HOMS])
    [corrected] = ledger.claims()
    assert (corrected.id, corrected.claim.modality, corrected.place) == (claim.id, Modality.PLANNED, HOMS)
    assert ledger.claim(claim.id[:6]) == corrected
    ledger.add_review(_review(claim, Decision.CORRECT, place=""))
    assert next(ledger.claims()).place is None
    ledger.add_review(_review(claim, Decision.ACCEPT))
    assert next(ledger.claims()) == claim
    assert ledger.verify() == ()


def test_undoing_brings_back_what_was_decided_before(ledger):
    """Each undoing takes back the decision that stands; all rows stay, and with none left there is nothing to undo."""
    ledger.add(RUN, *made(1))
    [claim] = ledger.claims()
    ledger.add_review(_review(claim, Decision.CORRECT, modality="planned"))
    ledger.add_review(_review(claim, Decision.REJECT))
    assert list(ledger.claims()) == []
    ledger.add_review(_review(claim, Decision.UNDO))
    assert next(ledger.claims()).claim.modality is Modality.PLANNED
    assert ledger.claim(claim.id).claim.modality is Modality.PLANNED
    ledger.add_review(_review(claim, Decision.UNDO))
    assert list(ledger.claims()) == [claim]
    with pytest.raises(UsageError, match="nothing to undo"):
        ledger.add_review(_review(claim, Decision.UNDO))
    assert [review.decision for review in ledger.reviews()] == ["correct", "reject", "undo", "undo"]
    assert ledger.verify() == ()


def test_what_a_person_let_stand_is_surely_read(ledger):
    """Accepted or corrected, a claim that was doubtfully read has a score of 1; undone, its own again."""
    doubtful = _said("a doubtful sentence")
    [(document, [grounded])] = doubtful[2]
    low = msgspec.structs.replace(grounded, claim=msgspec.structs.replace(grounded.claim, score=0.4))
    ledger.add(RUN, *doubtful[:2], [(document, [low])])
    [claim] = ledger.claims()
    assert claim.claim.score == 0.4
    for decision, value in ((Decision.ACCEPT, {}), (Decision.CORRECT, {"modality": "hedged"})):
        ledger.add_review(_review(claim, decision, **value))
        assert ledger.claim(claim.id).claim.score == 1
    ledger.add_review(_review(claim, Decision.UNDO))
    ledger.add_review(_review(claim, Decision.UNDO))
    assert ledger.claim(claim.id) == claim


def test_an_actor_is_corrected(ledger):
    """The id of an actor in a role puts it there."""
    sdf = Actor(id="sdf", name="Syrian Democratic Forces", kind=ActorKind.ARMED_GROUP)
    ledger.add(RUN, *made(1))
    [claim] = ledger.claims()
    ledger.add_review(_review(claim, Decision.CORRECT, holder="sdf"), known=[sdf])
    assert next(ledger.claims()).actor("holder") == sdf


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"modality": "surely"},
        {"place": "gn:0"},
        {"degree": "most"},
        {"harm": "killed"},
        {"when": "2016-02-30..2016-03-01"},
        {"when": "2016-03-02..2016-03-01"},
        {"when": "March"},
        {"count": ".."},
        {"count": "9..3"},
        {"source": "nobody"},
    ],
)
def test_a_correction_that_cannot_be_applied_is_refused(ledger, value):
    """Unknown values, unknown places and fields of another kind are refused, and nothing is written."""
    ledger.add(RUN, *made(1))
    [claim] = ledger.claims()
    with pytest.raises(UsageError):
        ledger.add_review(_review(claim, Decision.CORRECT, **value))
    assert ledger.reviews() == ()
    assert ledger.verify() == ()


def test_two_readings_of_one_claim_are_signalled(ledger):
    """One id is one claim: the first is kept, and a different second is a warning, never silence."""
    original, data, [(document, [claim])] = made(1)
    other = msgspec.structs.replace(claim, claim=msgspec.structs.replace(claim.claim, score=0.2))
    ledger.add(RUN, original, data, [(document, [claim, claim, other])])
    assert list(ledger.claims()) == [claim]
    assert [issue.rule for issue in ledger.issues(RUN.id)] == ["claim-repeated"]
    assert ledger.issues("another run") == ()


def test_bytes_must_be_what_they_are_called(ledger):
    """Bytes of another digest are refused before anything is written."""
    original, data, read = made(1)
    with pytest.raises(UsageError, match="SHA-256"):
        ledger.add(RUN, original, data + b"!", read)
    assert not ledger.holds(original.sha256)


def test_snapshots_of_one_place_stay_apart(ledger):
    """A place that a later gazetteer moved is what each claim was linked to, as it was then."""
    moved = msgspec.structs.replace(RAQQA, lat=36.0)
    ledger.add(RUN, *made(1))
    ledger.add(LATER, *_said("later", places={"place": moved}))
    assert [claim.place for claim in ledger.claims()] == [RAQQA, moved]
    assert ledger.verify() == ()
