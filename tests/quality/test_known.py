"""The measurement of well-known control: the list, what counts as found, what counts as right."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from quality.known_confidence import intervals, reliability
from quality.known_list import Change, KnownChange, KnownPlace, Part, PlaceDay, changes_of, drawn, half_of
from quality.known_stretches import Holding, Stretch

from quality import known, known_list
from tadmor.datamodel.findings import Spell, State, Verdict
from tadmor.datamodel.times import Interval

SIDES = {"rebels": ("rebels",), "army": ("army",)}
CHANGE = Change(
    loser="army", gainer="rebels", first=date(2015, 3, 28), last=date(2015, 3, 29), sources="news", told="day"
)
PLACE = KnownPlace(name="Harna", id="gn:1", held=(), changes=(CHANGE,))


def told(day: int, holder: str | None = "rebels") -> list[Stretch]:
    holding = Holding.HELD if holder else Holding.CONTESTED
    return [Stretch(date.min, Holding.HELD, "army"), Stretch(date(2015, 3, day), holding, holder)]


def test_the_list_is_in_halves_of_whole_places() -> None:
    """Each place lies on one side only; the forty written first stay in the halves that they had."""
    listed = known_list.listed()
    halves = [{place.id for place in half_of(listed, half)} for half in known_list.HALVES]
    assert not halves[0] & halves[1]
    assert halves[0] | halves[1] == {place.id for place in listed.places}
    first = [len(changes_of(half_of(listed, half), Part.FIRST)) for half in known_list.HALVES]
    assert first == [17, 23]


def test_forty_changes_were_written_first_and_as_many_more_are_told() -> None:
    """What no text tells stays on the list, and is known as such."""
    listed = known_list.listed()
    parts = {part: changes_of(listed.places, part) for part in Part}
    assert len(parts[Part.FIRST]) == 40
    assert sum(one.change.told == "day" for one in parts[Part.ADDED]) >= 40
    assert len(parts[Part.ALL]) == len(parts[Part.FIRST]) + len(parts[Part.ADDED])


def test_the_days_are_the_same_whenever_they_are_drawn() -> None:
    """And the 200 of the first list do not hang on what was added."""
    listed = known_list.listed()
    without = known_list.Known(sides=listed.sides, places=tuple(place for place in listed.places if not place.added))
    assert drawn(listed) == drawn(listed) == drawn(without)
    assert len(drawn(listed)) == known_list.DRAWN
    assert drawn(listed, Part.ALL) == drawn(listed) + drawn(listed, Part.ADDED)


def test_what_is_held_does_not_overlap_and_ends_before_the_next_change_of_it() -> None:
    """A day that two sides were known to hold could not be right."""
    for place in known_list.listed().places:
        for held, then in pairwise(place.held):
            assert held.first <= held.last < then.first, place.name
        for change in place.changes:
            assert change.first <= change.last
            for held in place.held:
                during = max(held.first, change.first) <= min(held.last, change.last)
                assert not during or held.by == change.gainer, (place.name, change.first)


@pytest.mark.parametrize(("day", "found"), [(24, False), (25, True), (28, True), (31, True)])
def test_a_change_is_found_within_three_days(day: int, found: bool) -> None:  # noqa: FBT001
    """Of the days that it is known for."""
    assert known.found(told(day), CHANGE, SIDES) is found


def test_a_holder_who_is_told_to_hold_on_gains_nothing() -> None:
    """A change counts where another, or nobody, was told to hold the place before."""
    again = [Stretch(date(2014, 1, 1), Holding.HELD, "rebels"), *told(28)[1:]]
    assert not known.found(again, CHANGE, SIDES)


@pytest.mark.parametrize(
    ("holder", "given"), [("rebels", "right"), ("army", "wrong"), (None, "contested")], ids=["right", "wrong", "fought"]
)
def test_answers_are_told_apart(holder: str | None, given: str) -> None:
    """The right holder, another, or a contest; before the first word it is unknown."""
    asked = PlaceDay(PLACE, date(2016, 1, 1), "rebels")
    assert known.answer(told(28, holder), asked, SIDES) == given
    assert known.answer([], asked, SIDES) == "unknown"


def test_it_says_so_where_the_texts_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With code 0: the data are no part of the repository."""
    monkeypatch.setenv("TADMOR_SHARED", str(tmp_path))
    assert known.main([]) == 0
    assert "skipped" in capsys.readouterr().err


def spell(start: date | None, holder: str | None, confidence: float, change: Interval | None = None) -> Spell:
    return Spell(
        place=PLACE.id,
        state=State.HELD if holder else State.UNKNOWN,
        holder=holder,
        besieger=None,
        start=start,
        end=None,
        change=change,
        confidence=confidence,
        verdict=Verdict.LIKELY,
        independent_sources=1,
        supports=(),
        opposes=(),
    )


def test_confidence_is_held_to_how_often_findings_are_right() -> None:
    """What is called unknown is no finding; a sure finding that is wrong costs."""
    spells = {
        PLACE.id: [spell(None, None, 1.0), spell(date(2015, 1, 1), "army", 0.97), spell(CHANGE.last, "rebels", 0.7)]
    }
    days = [PlaceDay(PLACE, date(year, 2, 1), "rebels") for year in (2014, 2015, 2016)]
    given = reliability(spells, days, SIDES)
    assert given["answers"] == 2
    assert given["brier"] == round((0.97**2 + 0.3**2) / 2, 3)
    assert [(row["from"], row["right"]) for row in given["bins"]] == [(0.7, 1.0), (0.95, 0.0)]


@pytest.mark.parametrize(("last", "inside"), [(date(2015, 3, 27), 0), (date(2015, 4, 2), 1)], ids=["before", "around"])
def test_a_change_lies_between_the_days_told_for_it_or_not(last: date, inside: int) -> None:
    """The days of the spell of the new holder count, not its start alone."""
    change = Interval.of_days(date(2015, 3, 20), last)
    spells = {PLACE.id: [spell(None, "army", 0.9), spell(date(2015, 3, 24), "rebels", 0.9, change)]}
    given = intervals(spells, [KnownChange(PLACE, CHANGE)], SIDES)
    assert (given["within_a_year"], given["inside"]) == (1, inside)
