"""A record kept up claim by claim: only what is touched is read anew, and all is as at once after a lesson."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tadmor.record.fusion import Spell, Voice, begun, from_spells, fuse, told

ACTORS = ("blue", "green", "red")
PLACES, DAYS = 6, 40
POINTS = np.array([[10.0, 20.0 + 0.03 * place] for place in range(PLACES)])
CLAIM = st.tuples(
    st.sampled_from(["one", "two", "three"]),
    st.integers(0, PLACES - 1),
    st.sampled_from(ACTORS),
    st.integers(0, DAYS - 1),
)


def voices(claims: list[tuple[str, int, str, int]]) -> list[Voice]:
    """One voice for each name."""
    names = list(dict.fromkeys(name for name, *_ in claims))
    return [
        from_spells(name, [Spell(place, word, day, day) for who, place, word, day in claims if who == name], ACTORS)
        for name in names
    ]


def close(first: object, second: object) -> bool:
    return np.allclose(first.smoothed, second.smoothed) and (first.day == second.day).all()


BEGINNING = [
    (name, place, ACTORS[(place + day) // 20 % 3], day)
    for name in ("one", "two", "three")
    for place in range(PLACES - 1)
    for day in range(0, DAYS, 4)
]
BEGUN = begun(voices(BEGINNING), ACTORS, POINTS)


@settings(max_examples=40, deadline=None)
@given(st.lists(CLAIM, min_size=1, max_size=12))
def test_places_that_nothing_new_is_said_of_stay_as_they_are(claims: list[tuple[str, int, str, int]]) -> None:
    """To the last digit."""
    after = told(BEGUN, voices(claims))
    untouched = set(range(PLACES)) - {place for _, place, _, _ in claims}
    assert set(after.anew).isdisjoint(untouched)
    for place in untouched:
        assert (after.place(place).smoothed == BEGUN.place(place).smoothed).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(CLAIM, min_size=2, max_size=12, unique_by=lambda one: one[:2] + one[3:]), st.integers(1, 11))
def test_between_lessons_it_does_not_matter_how_claims_come_in(
    claims: list[tuple[str, int, str, int]], cut: int
) -> None:
    """In two parts or in one, the latter first or last."""
    parts = [part for part in (claims[:cut], claims[cut:]) if part]
    once, forth, back = BEGUN, BEGUN, BEGUN
    once = told(once, voices(claims))
    for part in parts:
        forth = told(forth, voices(part))
    for part in reversed(parts):
        back = told(back, voices(part))
    for place in range(PLACES):
        assert close(once.place(place), forth.place(place))
        assert close(once.place(place), back.place(place))


@settings(max_examples=10, deadline=None)
@given(st.lists(CLAIM, min_size=200, max_size=260, unique_by=lambda one: one[:2] + one[3:]))
def test_after_a_lesson_all_is_as_if_told_at_once(claims: list[tuple[str, int, str, int]]) -> None:
    """Claims have doubled at some point of the way; then what came since is read by that lesson."""
    some = claims[:60]
    standing = begun(voices(some), ACTORS, POINTS)
    for start in range(60, len(claims), 20):
        standing = told(standing, voices(claims[start : start + 20]))
        if not standing.anew:
            whole = fuse(standing.voices, ACTORS, POINTS)
            assert np.array_equal(standing.taught.smoothed, whole.smoothed)
            assert np.array_equal(standing.taught.filtered, whole.filtered)
    assert standing.taught.world.told.day.size > 60


def test_a_place_told_again_what_it_was_told_stays_as_it_is() -> None:
    """The reading of one place is that of the full run."""
    again = told(BEGUN, [one.of(np.array([2])) for one in voices(BEGINNING)])
    assert set(again.anew) == {2}
    assert close(again.place(2), BEGUN.place(2))


def test_a_new_voice_and_a_new_place_are_heard() -> None:
    """A voice that nothing is known of is believed as any voice."""
    assert not len(BEGUN.place(PLACES - 1).day)
    after = told(BEGUN, [from_spells("four", [Spell(PLACES - 1, "red", 30, 39)], ACTORS)])
    assert after.place(PLACES - 1).day.tolist() == list(range(30, 40))
    assert after.place(PLACES - 1).smoothed[-1, 2] > 0.5


def test_what_cannot_be_joined_is_told() -> None:
    """Another vocabulary under a known name, and a place that is none."""
    with pytest.raises(ValueError, match="does not go on"):
        told(BEGUN, [from_spells("one", [Spell(0, "white", 1, 1)], ("white", "black"))])
    with pytest.raises(ValueError, match="is none of the"):
        told(BEGUN, [from_spells("one", [Spell(PLACES, "red", 1, 1)], ACTORS)])
