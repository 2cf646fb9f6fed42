"""Which actors and places are one: by the words that stand, in the order said."""

from datetime import UTC, datetime

from tadmor.datamodel.history import (
    Coding,
    Decision,
    Review,
    coded,
    coding_id,
    coding_value,
    codings_of,
    grade_id,
    grades_of,
)
from tadmor.datamodel.identities import Identities, identities_of, identity_id, identity_of


def review(subject, decision, author="R", **value):
    made = datetime(2017, 1, 1, tzinfo=UTC)
    return Review(subject=subject, decision=Decision(decision), author=author, made=made, reason="seen", value=value)


def said(one, other, decision="accept", kind="actor"):
    return review(identity_id(kind, one, other), decision, identity=kind, one=one, other=other)


def actors(*words):
    return Identities(identities_of(words), "actor")


def test_a_merge_leads_to_the_other_and_chains_reach_on():
    """A is B, B is C: all are C; of A is B and A is D, that counts for all which the latest led to."""
    assert actors(said("a", "b"), said("b", "c")).merged == {"a": "c", "b": "c"}
    assert actors(said("a", "b"), said("a", "d")).of("b") == "d"
    assert actors(said("a", "b"), said("b", "c")).within("b") == ("a", "b", "c")
    assert actors().of("a") == "a"


def test_said_the_other_way_round_the_latest_counts():
    """The same two have one subject, whichever is named first."""
    assert actors(said("a", "b"), said("b", "a")).merged == {"b": "a"}


def test_a_parting_takes_a_merge_back_and_undoing_it_brings_the_merge_again():
    """A parting of the same two stands in its place; taken back, the merge stands again."""
    assert actors(said("a", "b"), said("b", "a", "reject")).merged == {}
    assert actors(said("a", "b"), said("b", "a", "reject"), said("a", "b", "undo")).merged == {"a": "b"}


def test_where_words_cannot_all_hold_the_later_count():
    """A is B, B is C, and then A is not C: the first merge is none."""
    found = actors(said("a", "b"), said("b", "c"), said("a", "c", "reject"))
    assert found.merged == {"b": "c"}
    assert found.joined.apart("a", "b")


def test_actors_and_places_are_told_apart_and_other_decisions_are_none():
    """A word on places says nothing of actors of the same ids; a correction that names both is no word on them."""
    assert actors(said("a", "b", kind="place")).merged == {}
    assert identity_of(review("claim", "correct", identity="actor", one="a", other="b")) is None


def test_the_latest_grade_that_stands_counts():
    """Of one source several letters: the last; taken back, the one before."""
    words = [review(grade_id("s"), "correct", source="s", grade=letter) for letter in "BD"]
    assert grades_of(words) == {"s": "D"}
    assert grades_of([*words, review(grade_id("s"), "undo", source="s", grade="D")]) == {"s": "B"}


def test_each_persons_coding_stands_beside_the_others():
    """Two persons code one claim: neither replaces the other; one of another's name is no coding of theirs."""

    def says(author, word, decision="accept", **fields):
        coding = Coding(author=author, claims=("c",), says=word, fields=fields)
        return review(coding_id(author, "c"), decision, author, **coding_value(coding))

    words = [says("A", "accept"), says("B", "correct", "correct", place="p")]
    assert [(one.author, one.answer) for one in codings_of(words)["c"]] == [("A", "accept"), ("B", "correct place=p")]
    assert codings_of([*words, says("A", "accept", "undo")])["c"][0].author == "B"
    assert coded(review(coding_id("A", "c"), "accept", "B", coding="c", says="accept")) is None
