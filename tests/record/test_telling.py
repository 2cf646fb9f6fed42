"""What is said as spells, and chains over told days alone: the same as day by day."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tadmor.record.fusion import SILENT, Spell, chain, from_grid, from_spells, fuse
from tadmor.record.fusion.learning import shares
from tadmor.record.fusion.told import finder, tell
from tadmor.record.fusion.voices import AGES, ANEW, expanded, utterances

WORDS = ("blue", "green", "red")
GRIDS = arrays.arrays(np.int8, st.tuples(st.integers(1, 30), st.integers(1, 4)), elements=st.integers(SILENT, 2))
SPELL = st.tuples(st.integers(0, 3), st.sampled_from(WORDS), st.integers(0, 19), st.integers(0, 19))


@given(GRIDS)
def test_spells_say_what_the_days_said(said: np.ndarray) -> None:
    """There and back."""
    assert (from_grid("one", WORDS, said).grid(*said.shape) == said).all()


@given(st.lists(SPELL, max_size=12))
def test_a_later_spell_overwrites_an_earlier_one_where_they_overlap(rows: list[tuple[int, str, int, int]]) -> None:
    """As if painted day by day; and no two of a place overlap then."""
    spells = [Spell(place, word, min(one, other), max(one, other)) for place, word, one, other in rows]
    painted = np.full((20, 4), SILENT, np.int8)
    for spell in spells:
        painted[spell.first : spell.last + 1, spell.place] = WORDS.index(spell.word)
    voice = from_spells("one", spells, WORDS)
    assert (voice.grid(20, 4) == painted).all()
    assert voice.days_said() == (painted != SILENT).sum()


def day_by_day(said: np.ndarray) -> list[int]:
    """The numbers of utterances of one place, told as they are defined."""
    found, before, since, spoke, words = [], SILENT, 0, 0, len(WORDS)
    for day, word in enumerate(said.tolist()):
        if word == SILENT:
            continue
        if before != SILENT and (word == before or day - spoke < ANEW):
            age = sum(day - since >= least for least in AGES) - 1
            found.append(1 + words + (age * words + before) * words + word)
        else:
            found.append(1 + word)
        since, before, spoke = (since if word == before else day), word, day
    return found


@given(GRIDS)
def test_words_are_numbered_by_the_one_before_and_its_age(said: np.ndarray) -> None:
    """Place by place."""
    numbers = utterances(expanded(from_grid("one", WORDS, said)), len(WORDS))
    assert numbers.tolist() == [number for place in said.T for number in day_by_day(place)]


@settings(deadline=None)
@given(GRIDS, st.integers(0, 2**32 - 1))
def test_silent_days_are_jumped_over_exactly(said: np.ndarray, seed: int) -> None:
    """A chain over told days has the chances of one over all days, whatever the rates and the evidence."""
    days, places = said.shape
    rows = tell([from_grid("one", WORDS, said)], np.arange(places), places)
    draw = np.random.default_rng(seed)
    rate, likely = 0.05 * draw.random((3, places)), draw.random((3, len(rows.day)))
    start = chain.normal(rate)
    way = chain.steps(rate[:, rows.column], rows.gap)
    sparse = chain.read(likely, start[:, rows.column], way, rows.before, rows.order, rows.rank)
    evidence = np.ones((3, days, places))
    evidence[:, rows.day, rows.column] = likely
    day, place = np.divmod(np.arange(days * places), places)
    dense = chain.read(
        evidence.reshape(3, -1),
        start[:, place],
        chain.steps(rate[:, place], np.ones(days * places, int)),
        np.maximum(np.arange(days * places) - places, -1),
        np.arange(days * places),
        day,
    )
    at = rows.day * places + rows.column
    assert np.allclose(sparse.forward, dense.forward[:, at])
    assert np.allclose(sparse.smoothed, dense.smoothed[:, at])


@given(GRIDS, st.integers(0, 30))
def test_what_was_told_by_a_day_is_a_part_of_what_was_told(said: np.ndarray, day: int) -> None:
    """Cutting off later days is the same as never hearing of them."""
    places = np.arange(said.shape[1])
    cut = tell([from_grid("one", WORDS, said)], places, len(places)).until(day)
    heard = tell([from_grid("one", WORDS, said[:day])], places, len(places)) if day else cut
    for name in ("day", "column", "before", "gap", "rank", "row", "code"):
        assert (getattr(cut, name) == getattr(heard, name)).all()


@given(GRIDS)
def test_the_last_row_of_a_place_is_found(said: np.ndarray) -> None:
    """By any day; none before its first word."""
    days, places = said.shape
    rows = tell([from_grid("one", WORDS, said)], np.arange(places), places)
    find = finder(rows, days)
    for place in range(places):
        for day in range(days):
            spoken = np.flatnonzero(said[: day + 1, place] != SILENT)
            found = int(find.up_to(np.array([place]), np.array([day]))[0])
            assert (found == -1) if not len(spoken) else rows.day[found] == spoken[-1]


def claims(shift: int = 0) -> list:
    """Three voices that claim now and then, of places one of which nobody speaks of."""
    return [
        from_spells(
            f"voice {rank}",
            [
                Spell(place, WORDS[(place + day) // 150 % 3], day + shift, day + shift)
                for place in range(5)
                for day in range(7 * rank + 3 * place, 700, 41 + 12 * rank)
            ],
            WORDS,
        )
        for rank in range(3)
    ]


POINTS = np.array([[10.0, 20.0 + 0.05 * place] for place in range(6)])


def test_days_before_and_after_all_claims_change_nothing() -> None:
    """A war that is looked at from an earlier day on, and to a later one."""
    once = fuse(claims(), WORDS, POINTS)
    later = fuse(claims(400), WORDS, POINTS, days=2000)
    assert np.allclose(once.lesson.read.smoothed, later.lesson.read.smoothed)


def test_chances_by_day_are_those_of_the_told_days_and_lead_from_one_to_the_next() -> None:
    """At told days as learned; between them they move little by little; all are chances."""
    fused = fuse(claims(), WORDS, POINTS)
    told = fused.world.told
    daily = fused.at(np.arange(6))
    place = fused.world.columns.picked[told.column]
    bare = (daily.smoothed[told.day, place] - 0.15 * _shares(fused)) / 0.85
    assert np.allclose(bare, fused.lesson.read.smoothed.T)
    for part in (daily.smoothed, daily.filtered):
        assert np.allclose(part.sum(2), 1)
        assert part.min() >= 0


def _shares(fused) -> np.ndarray:
    return shares(fused.world.told, fused.world.speech, fused.weight).T


def test_what_was_known_on_a_day_rests_on_no_later_word() -> None:
    """Claims after a day do not change what could be known by then; of untold places neither."""
    cut = [
        one._replace(**{name: getattr(one, name)[one.first < 300] for name in ("place", "first", "last", "word")})
        for one in claims()
    ]
    part, whole = fuse(cut, WORDS, POINTS, days=300), fuse(claims(), WORDS, POINTS)
    assert np.allclose(part.at(np.arange(6)).filtered, whole.at(np.arange(6)).filtered[:300], atol=1e-9)


def test_memory_does_not_grow_with_silent_days() -> None:
    """A word every thousand days makes as many rows as a word every day."""
    slow = from_spells("slow", [Spell(0, "blue", 1000 * step, 1000 * step) for step in range(5)], WORDS)
    assert len(fuse([slow], WORDS, POINTS[:1]).world.told.day) == 5


def test_a_spell_that_cannot_be_is_told() -> None:
    """It ends before it begins, or begins before the first day."""
    for first, last in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="a spell must begin on day 0"):
            from_spells("one", [Spell(0, "blue", first, last)], WORDS)
