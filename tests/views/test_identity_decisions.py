"""A person's word on actors, places and sources: refused where it cannot hold, followed by the record, taken back."""

import json
import shutil

import pytest

from tadmor import pipeline
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.deciding import By, MissingError, decisions
from tadmor.views.deciding_things import decided_on_things, now_one_with, on_identity, on_source, take_back

BY = By.now("R. Reviewer", "as they say themselves")
IS, ARMY, RUSSIANS = "islamic_state", "syrian_army", "russian_aerospace_forces"


@pytest.fixture
def ledger(case, tmp_path):
    with Ledger.open(shutil.copytree(case, tmp_path / "own"), writable=True) as found:
        yield found


def holders(ledger):
    record, _ = pipeline.record(ledger)
    return {spell.holder for spell in record.spells} - {None}


def test_the_record_follows_a_merge_and_its_undoing(ledger):
    """Islamic State is really Russia: it holds nothing any more; taken back, all is as before."""
    before = holders(ledger)
    assert IS in before
    on_identity(ledger, "actor", "Islamic State", "russia", BY, same=True)
    assert IS not in holders(ledger)
    assert "russia" in holders(ledger)
    take_back(ledger, 1, BY)
    assert holders(ledger) == before


def test_an_actor_of_the_tables_that_the_case_does_not_name_may_be_the_other(ledger):
    """The case learns of it with the decision, and shows claims under its name."""
    assert not ledger.knows("actor", "hezbollah")
    on_identity(ledger, "actor", RUSSIANS, "hezbollah", BY, same=True)
    who = {actor.id: actor.name for claim in ledger.claims() for each in claim.actors.values() for actor in each}
    assert "hezbollah" in who
    assert now_one_with(ledger, "actor", RUSSIANS) == "hezbollah"


def test_words_that_cannot_all_hold_are_refused(ledger):
    """A is B and B is C: A is not parted from C; A apart from B: nothing makes them one through C."""
    on_identity(ledger, "actor", IS, ARMY, BY, same=True)
    on_identity(ledger, "actor", ARMY, RUSSIANS, BY, same=True)
    with pytest.raises(UsageError, match="are one by what was decided of others"):
        on_identity(ledger, "actor", IS, RUSSIANS, BY, same=False)
    with pytest.raises(UsageError, match="are one already"):
        on_identity(ledger, "actor", IS, RUSSIANS, BY, same=True)
    on_identity(ledger, "actor", IS, ARMY, BY, same=False)
    with pytest.raises(UsageError, match="are apart by what was decided of others"):
        on_identity(ledger, "actor", IS, RUSSIANS, BY, same=True)


def test_what_would_stand_again_must_fit_what_was_decided_since(ledger):
    """A is B, then not; then B is C and A is not C: the parting cannot be taken back, for A would be C."""
    on_identity(ledger, "actor", IS, ARMY, BY, same=True)
    on_identity(ledger, "actor", IS, ARMY, BY, same=False)
    on_identity(ledger, "actor", ARMY, RUSSIANS, BY, same=True)
    on_identity(ledger, "actor", IS, RUSSIANS, BY, same=False)
    with pytest.raises(UsageError, match="cannot stand again"):
        take_back(ledger, 2, BY)


@pytest.mark.parametrize(
    ("kind", "one", "other", "words"),
    [
        ("actor", IS, IS, "nothing to merge"),
        ("actor", IS, "", "which actor"),
        ("actor", IS, "Nobody at all", "no actor is known by 'Nobody at all'"),
        ("place", "Palmyra", "Xyzzy", "no place is known by 'Xyzzy'"),
    ],
)
def test_who_cannot_be_merged_is_said_in_one_line(ledger, kind, one, other, words):
    """Nothing is noted."""
    head = ledger.head()
    with pytest.raises(UsageError, match=words):
        on_identity(ledger, kind, one, other, BY, same=True)
    assert ledger.head() == head


def test_a_grade_is_noted_followed_and_taken_back(ledger):
    """By the source's name, in any case of letter; it stands in the record's voices, and is gone when undone."""
    on_source(ledger, "Al Jazeera", "e", BY)
    (told,) = decisions(ledger, every=False)
    assert (told.what, told.about[0].id, told.value, told.claims) == ("grade", "al_jazeera", {"grade": "E"}, ())
    letters = {claim.origin.id: claim.grade for claim in ledger.claims()}
    assert (letters["al_jazeera"], letters["reuters"]) == ("E", None)
    assert decided_on_things(ledger)["source", "al_jazeera"][0].author == "R. Reviewer"
    take_back(ledger, 1, BY)
    assert {claim.grade for claim in ledger.claims()} == {None}
    with pytest.raises(UsageError, match="'G' is no grade"):
        on_source(ledger, "al_jazeera", "G", BY)
    with pytest.raises(MissingError, match="nobody called 'Gazette'"):
        on_source(ledger, "Gazette", "A", BY)


def test_the_commands_decide_and_say_so(tadmor, case, tmp_path):
    """`review identity` and `review grade`; a call that decides nothing is refused in one line."""
    own = shutil.copytree(case, tmp_path / "own")
    by = ("--author", "R", "--reason", "seen", "--case", own)
    told = tadmor("review", "identity", "place", "Raqqa", "Palmyra", "--merge", "--json", *by)
    assert told.returncode == 0, told.stderr
    assert [one["name"] for one in json.loads(told.stdout)["about"]] == ["Raqqa", "Palmyra"]
    assert {row["place"]["name"] for row in json.loads(tadmor("claims", "--case", own, "--json").stdout)} == {"Palmyra"}
    assert "grade source Reuters" in tadmor("review", "grade", "reuters", "B", *by).stdout
    wrong = tadmor("review", "identity", "place", "Raqqa", "Palmyra", *by)
    assert (wrong.returncode, wrong.stderr) == (2, "tadmor: decide one thing: --merge or --part\n")
