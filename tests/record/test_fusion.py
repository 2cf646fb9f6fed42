"""Unequal voices about places: what fusing them finds, in an invented war whose truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_war import ACTORS, War, disagree, grid, later, mapmaker, right, war

from tadmor.record.fusion import SILENT, Fused, Settings, Spell, Voice, carried, from_grid, from_spells, fuse

NOWHERE = np.array([[np.nan, np.nan]])
WAR = war()
SLOW, QUICK, SPARSE = (
    mapmaker("slow", WAR, 9, seed=1),
    mapmaker("quick", WAR, 1, seed=2),
    mapmaker("sparse", WAR, 3, seed=3, shown=0.4),
)
THREE = fuse([SLOW, QUICK, SPARSE], ACTORS, WAR.points)


def constant(name: str, word: str, days: int = 12) -> Voice:
    """A voice that says one word of one place every day."""
    return from_spells(name, [Spell(0, word, 0, days - 1)], ("blue", "green", "unclear"))


def held(fused: Fused, actor: str) -> float:
    """Chance that the actor holds the one place in the end."""
    return float(fused.smoothed[-1, 0, ACTORS.index(actor)])


def test_three_unequal_voices_are_fused_better_than_the_best_of_them() -> None:
    """No label says that one of them is quick."""
    where = disagree(SLOW, QUICK, SPARSE)
    best = max(float((grid(one) == WAR.held)[where].mean()) for one in (SLOW, QUICK, SPARSE))
    assert right(THREE.smoothed, WAR, where) >= best - 0.01
    assert right(THREE.filtered, WAR, where) > 0.75


def test_two_unequal_voices_do_not_collapse_to_the_wrong_one() -> None:
    """One against one: what each corrects, and what holds around, tells which is the slow one."""
    where = disagree(SLOW, QUICK)
    fused = fuse([SLOW, QUICK], ACTORS, WAR.points)
    assert right(fused.smoothed, WAR, where) > 0.8


@pytest.mark.parametrize("seed", range(3))
def test_chances_are_about_as_often_right_as_they_say(seed: int) -> None:
    """Over disputed place-days, in other worlds."""
    world = war(seed + 10)
    voices = [mapmaker("slow", world, 8, seed=seed), mapmaker("quick", world, 2, error=0.05, seed=seed + 20)]
    fused = fuse(voices, ACTORS, world.points)
    where = disagree(*voices)
    told = fused.smoothed.max(2)[where].mean()
    assert told == pytest.approx(right(fused.smoothed, world, where), abs=0.12)


def test_chances_are_chances() -> None:
    """They lie between 0 and 1 and sum to 1 over the actors."""
    for chances in (THREE.smoothed, THREE.filtered):
        assert chances.min() >= 0
        assert np.allclose(chances.sum(2), 1)


def test_the_order_of_voices_and_places_does_not_matter() -> None:
    """Whatever comes in first."""
    order = np.random.default_rng(3).permutation(len(WAR.points))
    voices = [from_grid(one.name, ACTORS, grid(one)[:, order]) for one in (SPARSE, QUICK, SLOW)]
    shuffled = fuse(voices, ACTORS, WAR.points[order])
    assert np.allclose(shuffled.smoothed, THREE.smoothed[:, order], atol=1e-6)
    assert np.allclose(shuffled.filtered, THREE.filtered[:, order], atol=1e-6)


def test_actors_under_other_names_hold_the_same_places() -> None:
    """Relabelling the actors relabels the findings."""
    names = {"blue": "zebra", "green": "antelope"}
    voices = [one._replace(vocabulary=tuple(names[word] for word in one.vocabulary)) for one in (SLOW, QUICK, SPARSE)]
    renamed = fuse(voices, ("antelope", "zebra"), WAR.points)
    assert np.allclose(renamed.smoothed[..., ::-1], THREE.smoothed, atol=1e-9)


def test_who_says_nothing_changes_nothing() -> None:
    """Silence is no evidence."""
    mute = from_grid("mute", ACTORS, np.full_like(grid(SLOW), SILENT))
    assert np.allclose(fuse([SLOW, QUICK, SPARSE, mute], ACTORS, WAR.points).smoothed, THREE.smoothed)


def test_what_is_told_of_a_day_does_not_rest_on_later_words() -> None:
    """The filter over a part of the days is the filter over all, as far as the part goes.

    Up to how places on which all agree are taken together, which is over all days.
    """
    part = [from_grid(one.name, ACTORS, grid(one)[:50]) for one in (SLOW, QUICK, SPARSE)]
    cut = fuse(part, ACTORS, WAR.points)
    assert np.abs(cut.filtered - THREE.filtered[:50]).mean() < 0.005


@pytest.mark.parametrize(("lag", "wrong", "number"), [(0, 0.0, 1), (0, 0.0, 8), (2, 0.0, 1), (3, 0.03, 6)])
def test_copies_add_almost_nothing(lag: int, wrong: float, number: int) -> None:
    """One voice, however often it is repeated, weighs as one."""
    copies = [later(SLOW, f"echo {rank}", lag, wrong, seed=rank) for rank in range(number)]
    fused = fuse([SLOW, QUICK, SPARSE, *copies], ACTORS, WAR.points)
    where = disagree(SLOW, QUICK, SPARSE)
    assert np.abs(fused.smoothed - THREE.smoothed)[where].mean() < 0.02
    assert fused.weight[3:].sum() + fused.weight[0] == pytest.approx(1.0, abs=0.05)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["blue", "green", "unclear"]), min_size=1, max_size=5), st.sampled_from(ACTORS))
def test_one_more_voice_for_an_actor_never_lowers_his_chance(words: list[str], actor: str) -> None:
    """Whatever the others say."""
    voices = [constant(f"voice {rank}", word) for rank, word in enumerate(words)]
    fewer = fuse(voices, ACTORS, NOWHERE)
    more = fuse([*voices, constant("one more", actor)], ACTORS, NOWHERE)
    assert held(more, actor) >= held(fewer, actor) - 1e-9


def test_sixty_repetitions_are_not_sixty_voices() -> None:
    """One of two voices speaks every day, the other once a week: sixty fresh voices would leave no doubt at all."""
    daily = constant("daily", "blue", 63)
    weekly = from_spells("weekly", [Spell(0, "green", day, day) for day in range(0, 63, 7)], ACTORS)
    assert held(fuse([daily, weekly], ACTORS, NOWHERE, Settings(doubt=0.0)), "blue") < 0.99


def test_claims_of_single_days_are_voices_too() -> None:
    """Two claims of a change, months apart, place it between them."""
    spells = [Spell(0, "blue", 5, 5), Spell(0, "green", 80, 80)]
    voices = [from_spells(name, spells, ACTORS) for name in ("one", "two")]
    fused = fuse(voices, ACTORS, NOWHERE, days=100)
    assert fused.smoothed[5, 0, 0] > 0.9
    assert fused.smoothed[80, 0, 1] > 0.9
    assert 0.2 < fused.smoothed[42, 0, 0] < 0.8


def test_a_third_actor_and_words_that_name_nobody() -> None:
    """Any number of actors; what "unclear" means is learned, not known."""
    vocabulary = ("blue", "green", "red", "unclear")
    spells = [Spell(0, "red", 0, 9), Spell(1, "green", 0, 9), Spell(2, "unclear", 0, 9)]
    voices = [from_spells(name, spells, vocabulary) for name in ("one", "two")]
    fused = fuse(voices, ("blue", "green", "red"), np.full((3, 2), np.nan))
    assert fused.smoothed[-1].argmax(1)[:2].tolist() == [2, 1]
    assert fused.smoothed[-1, 2].max() < 0.7


def test_a_place_between_others_leans_to_who_holds_them() -> None:
    """Where one says the one and one the other, what holds around tells, against the usual word of the country."""
    points = np.array([[10.0 + place // 9, 20.0 + 0.01 * (place % 9)] for place in range(27)])
    around = [Spell(place, "green" if place < 9 else "blue", 0, 19) for place in range(27) if place != 4]
    one = from_spells("one", [*around, Spell(4, "green", 0, 19)], ACTORS)
    other = from_spells("other", [*around, Spell(4, "blue", 0, 19)], ACTORS)
    near = Settings(neighbours=8)
    assert fuse([one, other], ACTORS, points, near).smoothed[-1, 4, 1] > 0.6


def test_gaps_are_filled_for_some_days_only() -> None:
    """A word counts for as many days as said, then no longer."""
    said = np.array([[1], [SILENT], [SILENT], [SILENT], [0]], np.int8)
    assert carried(said, 2)[:, 0].tolist() == [1, 1, 1, SILENT, 0]


def test_a_wrong_call_is_told_in_words() -> None:
    """No voice, one actor, voices of other places."""
    with pytest.raises(ValueError, match="a voice that says something and two actors"):
        fuse([], ACTORS, NOWHERE)
    with pytest.raises(ValueError, match="a voice that says something and two actors"):
        fuse([constant("one", "blue")], ("blue",), NOWHERE)
    with pytest.raises(ValueError, match="same days and places"):
        fuse([constant("one", "blue")], ACTORS, NOWHERE, days=5)


def test_what_is_believed_before_can_be_given() -> None:
    """Without doubt, chances go further from the shares of the voices."""
    sure = fuse([SLOW, QUICK], ACTORS, WAR.points, Settings(doubt=0.0))
    unsure = fuse([SLOW, QUICK], ACTORS, WAR.points, Settings(doubt=0.5))
    where = disagree(SLOW, QUICK)
    assert sure.smoothed.max(2)[where].mean() > unsure.smoothed.max(2)[where].mean()


def test_the_invented_war_is_a_war() -> None:
    """Places change hands, some twice: else the tests above would prove nothing."""
    turns = np.abs(np.diff(WAR.held, axis=0)).sum(0)
    assert isinstance(WAR, War)
    assert {1, 2} <= set(turns.tolist())
