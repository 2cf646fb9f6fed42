"""The measurement of well-known control: the list, what counts as found, what counts as right."""

from datetime import date
from pathlib import Path

import pytest
from quality.known_stretches import Holding, Stretch

from quality import known

SIDES = {"rebels": ("rebels",), "army": ("army",)}
CHANGE = known.Change(
    loser="army", gainer="rebels", first=date(2015, 3, 28), last=date(2015, 3, 29), sources="news", told="day"
)
PLACE = known.KnownPlace(name="Harna", id="gn:1", held=(), changes=(CHANGE,))


def told(day: int, holder: str | None = "rebels") -> list[Stretch]:
    holding = Holding.HELD if holder else Holding.CONTESTED
    return [Stretch(date.min, Holding.HELD, "army"), Stretch(date(2015, 3, day), holding, holder)]


def test_the_list_holds_forty_changes_in_halves_of_whole_places() -> None:
    """Each change lies on one side only, and the sample is the same whenever it is drawn."""
    listed = known.listed()
    halves = [{place.id for place in known.half_of(listed, half)} for half in known.HALVES]
    assert sum(len(place.changes) for place in listed.places) == 40
    assert not halves[0] & halves[1]
    assert halves[0] | halves[1] == {place.id for place in listed.places}
    assert len(known.drawn(listed)) == known.DRAWN
    assert known.drawn(listed) == known.drawn(listed)


def test_every_side_of_the_list_is_defined() -> None:
    """A name without ids could never be right."""
    listed = known.listed()
    named = {held.by for place in listed.places for held in place.held}
    named |= {side for place in listed.places for change in place.changes for side in (change.loser, change.gainer)}
    assert named <= set(listed.sides)


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
    asked = known.PlaceDay(PLACE, date(2016, 1, 1), "rebels")
    assert known.answer(told(28, holder), asked, SIDES) == given
    assert known.answer([], asked, SIDES) == "unknown"


def test_it_says_so_where_the_texts_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With code 0: the data are no part of the repository."""
    monkeypatch.setenv("TADMOR_SHARED", str(tmp_path))
    assert known.main([]) == 0
    assert "skipped" in capsys.readouterr().err
