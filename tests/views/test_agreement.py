"""Agreement of reviewers by Krippendorff's alpha."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.history import Decision, Review, link_id
from tadmor.views.agreement import agreement, alpha

#: The nominal example of Krippendorff's "Computing Krippendorff's alpha-reliability" (2011), section C: four observers,
#: twelve units, 41 values of which one stands alone.
OBSERVED = (
    "1 1 - 1",
    "2 2 3 2",
    "3 3 3 3",
    "3 3 3 3",
    "2 2 2 2",
    "1 2 3 4",
    "4 4 4 4",
    "1 1 2 1",
    "2 2 2 2",
    "- 5 5 5",
    "- - 1 1",
    "- - 3 -",
)


def review(subject, author, decision, **value):
    made = datetime(2017, 1, 1, tzinfo=UTC)
    return Review(subject=subject, decision=Decision(decision), author=author, made=made, reason="seen", value=value)


def test_the_published_example_has_its_published_alpha():
    """0.743, with missing values left out."""
    units = [[value for value in line.split() if value != "-"] for line in OBSERVED]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_two_observers_and_two_values():
    """Section A of the same: two observers, ten units, alpha 0.095."""
    one, other = "0100000010", "1110010000"
    assert alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=0.0005)


@given(st.lists(st.lists(st.sampled_from("ar"), min_size=2, max_size=4), min_size=1, max_size=20))
def test_alpha_is_one_just_where_all_agree(units):
    """It is never above 1, is 1 where each unit has one value, and is not defined where all values are the same."""
    found = alpha(units)
    every = {value for unit in units for value in unit}
    if len(every) == 1:
        assert found is None
    elif all(len(set(unit)) == 1 for unit in units):
        assert found == 1
    else:
        assert found < 1


def test_nothing_decided_twice_has_no_alpha():
    """One word on a claim says nothing of agreement."""
    told = agreement([review("c1", "A", "accept"), review("c2", "B", "reject"), review("c1", "A", "reject")])
    assert (told.claims, told.alpha) == (0, None)


def test_words_of_each_person_count_though_only_the_latest_stands():
    """A's acceptance counts beside B's rejection; what was undone, corrections and links do not."""
    rows = [
        review("c1", "A", "accept"),
        review("c1", "B", "reject"),
        review("c2", "A", "accept"),
        review("c2", "B", "accept"),
        review("c3", "A", "accept"),
        review("c3", "B", "reject"),
        review("c3", "B", "undo"),
        review("c4", "A", "accept"),
        review("c4", "B", "correct", modality="hedged"),
        review(link_id("c1", "c2"), "A", "accept", one="c1", other="c2"),
        review(link_id("c1", "c2"), "B", "reject", one="c1", other="c2"),
    ]
    told = agreement(rows)
    assert (told.claims, told.agreed) == (2, 1)
    assert [one.claim for one in told.disputed] == ["c1"]
    assert dict(told.authors) == {"A": 2, "B": 2}
    assert told.alpha == pytest.approx(0)
