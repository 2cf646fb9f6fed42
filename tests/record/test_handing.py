"""When a place changed hands: the interval, in an invented war whose turns are known."""

import numpy as np
import pytest
from made_war import ACTORS, mapmaker, war

from tadmor.record.fusion import Settings, Spell, changes, from_spells, fuse

NOWHERE = np.full((2, 2), np.nan)


def test_a_change_between_two_claims_lies_between_them() -> None:
    """Nothing is said for 75 days: the change may be on nearly any of them; another place never changes."""
    spells = [Spell(0, "blue", 5, 5), Spell(0, "green", 80, 80), Spell(1, "blue", 5, 5)]
    voices = [from_spells(name, spells, ACTORS) for name in ("one", "two")]
    (found,) = changes(fuse(voices, ACTORS, NOWHERE, days=100).at([0, 1]))
    assert (found.place, found.before, found.after) == (0, 0, 1)
    assert 6 <= found.earliest <= 16
    assert found.likeliest == pytest.approx(43, abs=3)
    assert 70 <= found.latest <= 80


def test_who_is_surer_asks_for_more_days() -> None:
    """The interval widens with the chance that the change lies in it."""
    spells = [Spell(0, "blue", 5, 5), Spell(0, "green", 80, 80)]
    voices = [from_spells(name, spells, ACTORS) for name in ("one", "two")]
    at = fuse(voices, ACTORS, NOWHERE, days=100).at([0])
    ((narrow,), (wide,)) = (changes(at, surely) for surely in (0.5, 0.95))
    assert wide.earliest < narrow.earliest < narrow.latest < wide.latest


def test_a_third_actor_changes_hands_too() -> None:
    """Any number of actors: from each to the next."""
    actors = ("blue", "green", "red")
    spells = [Spell(0, "blue", 0, 20), Spell(0, "red", 25, 40), Spell(0, "green", 45, 60)]
    voices = [from_spells(name, spells, actors) for name in ("one", "two", "three")]
    found = changes(fuse(voices, actors, NOWHERE[:1]).at([0]))
    assert [(one.before, one.after) for one in found] == [(0, 2), (2, 1)]
    assert found[0].earliest <= found[0].latest <= 25 < found[1].likeliest
    assert found[1].earliest <= found[1].latest <= 45


def test_most_true_changes_of_an_invented_war_lie_in_their_interval() -> None:
    """At least as many as promised, within a margin for 150 changes told by voices that are late."""
    held = met = 0
    for seed in range(2):
        world = war(seed)
        voices = [mapmaker(f"voice {rank}", world, lag, seed=seed * 9 + rank) for rank, lag in enumerate((2, 3, 4))]
        found = changes(fuse(voices, ACTORS, world.points, Settings()).at(np.arange(144)))
        for one in found:
            turned = np.flatnonzero(np.diff(world.held[:, one.place])) + 1
            same = [day for day in turned if world.held[day, one.place] == one.after]
            if same:
                near = min(same, key=lambda day: abs(day - one.likeliest))
                held += 1
                met += one.earliest - 1 <= near <= one.latest + 1
    assert held > 150
    assert met / held > 0.6
