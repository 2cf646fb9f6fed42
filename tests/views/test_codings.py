"""Blind double coding: nobody sees what others say before answering; the record follows what is settled alone."""

import shutil

import pytest

from tadmor.datamodel.history import Decision
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.agreement import agreement
from tadmor.views.codings import answered_by, coded_twice
from tadmor.views.deciding import By, MissingError, decisions, made_in, on_claim
from tadmor.views.deciding_things import code, settle, take_back


@pytest.fixture
def ledger(case, tmp_path):
    with Ledger.open(shutil.copytree(case, tmp_path / "own"), writable=True) as found:
        yield found


def by(name):
    return By.now(name, "as I read it")


def claims(ledger, kind, count=1):
    return [claim for claim in ledger.claims() if claim.kind == kind][:count]


def test_a_coding_changes_nothing_in_the_record(ledger):
    """Rejected blind by two, the claim is in every answer still; settled, it is gone; undone, it is back."""
    (claim,) = claims(ledger, "control")
    for name in "AB":
        code(ledger, [claim], "reject", by(name))
    assert ledger.claim(claim.id) == claim
    assert claim.id in [one.id for one in ledger.claims()]
    (found,) = coded_twice(ledger.reviews())
    assert (found.differ, found.answers) == (False, (("reject", 1, ("A", "B")),))
    settle(ledger, 1, by("C"))
    assert claim.id not in [one.id for one in ledger.claims()]
    assert coded_twice(ledger.reviews()) == []
    take_back(ledger, 3, by("C"))
    assert claim.id in [one.id for one in ledger.claims()]
    assert len(coded_twice(ledger.reviews())) == 1


def test_what_one_says_is_sealed_until_another_answers_or_it_is_settled(ledger):
    """To B, and to nobody in particular, A's answer is sealed; once B answered each sees the other's."""
    (claim,) = claims(ledger, "control")
    code(ledger, [claim], "correct", by("A"), {"modality": "hedged"})
    sealed = {viewer: made_in(ledger, every=False, viewer=viewer)[0].sealed for viewer in ("A", "B", None)}
    assert sealed == {"A": False, "B": True, None: True}
    (told,) = decisions(ledger, every=False)
    assert (told.what, told.sealed, told.value) == ("code", True, {})
    code(ledger, [claim], "accept", by("B"))
    assert [one.sealed for one in made_in(ledger, every=False, viewer="B")] == [False, False]
    assert [one.sealed for one in made_in(ledger, every=False, viewer="C")] == [True, True]
    on_claim(ledger, claim, Decision.ACCEPT, by("C"))
    told = list(decisions(ledger, every=False))
    assert [one.sealed for one in told] == [False, False, False]
    assert told[0].value == {"says": "correct", "modality": "hedged"}


def test_differing_answers_are_a_queue_of_their_own(ledger):
    """Those on which coders differ come first; each answer is shown with who gives it."""
    one, other = claims(ledger, "control", 2)
    for claim, words in ((one, ("accept", "accept")), (other, ("accept", "reject"))):
        for name, word in zip("AB", words, strict=True):
            code(ledger, [claim], word, by(name))
    found = coded_twice(ledger.reviews())
    assert [(each.claims, each.differ) for each in found] == [((other.id,), True), ((one.id,), False)]
    assert [(answer, who) for answer, _, who in found[0].answers] == [("accept", ("A",)), ("reject", ("B",))]


def test_whoever_has_seen_the_others_answer_does_not_code_again(ledger):
    """One's own answer may be changed until another's is known; then it is settled by a decision."""
    (claim,) = claims(ledger, "control")
    code(ledger, [claim], "accept", by("A"))
    code(ledger, [claim], "reject", by("A"))
    code(ledger, [claim], "reject", by("B"))
    with pytest.raises(UsageError, match="settle it with a decision"):
        code(ledger, [claim], "accept", by("A"))
    take_back(ledger, 2, by("A"))
    assert [one.answer for _, one in coded_twice(ledger.reviews())[0].codings] == ["accept", "reject"]


def test_nobody_takes_back_what_another_says(ledger):
    """A coding is its author's alone, and counts until its author takes it back."""
    (claim,) = claims(ledger, "control")
    code(ledger, [claim], "accept", by("A"))
    with pytest.raises(UsageError, match="what A says"):
        take_back(ledger, 1, by("B"))
    take_back(ledger, 1, by("A"))
    assert answered_by(ledger.reviews(), "A") == frozenset()


def test_links_are_coded_and_settled_too(ledger):
    """Two tolls: one says they count the same victims, one that they do not; settled as the latter, they are apart."""
    one, other = claims(ledger, "toll", 2)
    code(ledger, [one, other], "link", by("A"))
    code(ledger, [other, one], "part", by("B"))
    (found,) = coded_twice(ledger.reviews())
    assert found.differ
    settle(ledger, 2, by("C"))
    assert [told.what for told in decisions(ledger, every=False)] == ["code", "code", "part"]
    with pytest.raises(UsageError, match="only events and tolls"):
        code(ledger, [one, *claims(ledger, "control")], "link", by("A"))


def test_agreement_counts_codings_and_not_what_settles_them(ledger):
    """Two claims coded by two: one of one mind, one not; whoever settles is no third coder."""
    one, other = claims(ledger, "control", 2)
    for claim, words in ((one, ("accept", "accept")), (other, ("accept", "reject"))):
        for name, word in zip("AB", words, strict=True):
            code(ledger, [claim], word, by(name))
    before = agreement(ledger.reviews())
    assert (before.claims, before.agreed, before.blind, before.authors) == (2, 1, 2, (("A", 2), ("B", 2)))
    assert before.alpha == before.blind_alpha == pytest.approx(0.0)
    settle(ledger, 3, by("C"))
    assert agreement(ledger.reviews()) == before


def test_what_cannot_be_coded_or_settled_is_refused(ledger):
    """A correction that cannot be applied, a number that is no coding."""
    (claim,) = claims(ledger, "control")
    with pytest.raises(UsageError, match="'sung' is no modality"):
        code(ledger, [claim], "correct", by("A"), {"modality": "sung"})
    on_claim(ledger, claim, Decision.ACCEPT, by("A"))
    for number in (1, 7):
        with pytest.raises(MissingError):
            settle(ledger, number, by("A"))


def test_the_command_codes_blind_and_shows_what_is_to_be_settled(tadmor, case, tmp_path):
    """`--blind` notes a coding; `review codings` lists two that differ; `review settle` decides."""
    own = shutil.copytree(case, tmp_path / "own")
    with Ledger.open(own) as found:
        claim = claims(found, "control")[0].id
    for name, word in (("A", "--accept"), ("B", "--reject")):
        told = tadmor("review", "claim", claim, word, "--blind", "--author", name, "--reason", "r", "--case", own)
        assert told.returncode == 0, told.stderr
    assert "reject" in told.stdout
    shown = tadmor("review", "codings", "--case", own).stdout
    assert shown.splitlines()[1].split("\t")[1:] == ["yes", "accept", "A", "1"]
    told = tadmor("review", "settle", "2", "--author", "C", "--reason", "r", "--case", own)
    assert told.stdout.startswith("reject ")
