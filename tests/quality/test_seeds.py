"""The checks on the first documents: each must be able to fail."""

from typing import Any

from quality.seeds import CHECKS, Case, results_of, table


def case_of(**fields: Any) -> Case:
    """A case with these exports and nothing else."""
    empty: dict[str, Any] = {"claims": [], "control": [], "contradictions": [], "documents": [], "texts": {}}
    return Case(**(empty | {"seconds": 1.0, "megabytes": 100.0} | fields))


def spell(place: str, holder: str | None, start: str, end: str | None, **more: Any) -> dict[str, Any]:
    holder_row = {"id": holder} if holder else None
    row = {"place": {"name": place, "level": "settlement"}, "state": "held", "holder": holder_row, "besieger": None}
    return row | {"from": start, "to": end} | more


def test_an_empty_case_meets_no_check_that_asks_for_something() -> None:
    """Only the limits of time and memory hold where nothing was read."""
    holding = {name for name, (holds, _) in results_of(case_of()).items() if holds}
    assert holding == {"read in under 60 s from a cold start", "in under 600 MB"}


def test_a_scenario_told_as_fact_is_seen() -> None:
    """Any claim of some of the words holds as a guess and fails as a fact; without a claim the check says so."""
    check = CHECKS["'Syrian troops would reach Raqqa' is no fact"]
    texts = {"a.txt": "One scenario is that Syrian\ntroops would reach Raqqa before the SDF."}
    row = {"doc": "a.txt", "start": 21, "end": 49, "polarity": "affirmed", "count": None}
    assert check(case_of(texts=texts, claims=[row | {"modality": "hypothetical"}]))[0]
    assert not check(case_of(texts=texts, claims=[row | {"modality": "asserted"}]))[0]
    assert check(case_of(texts=texts)) == (True, "no claim made of it; 0 told as fact")
    assert not check(case_of(texts={"a.txt": "Other words."}))[0]


def test_a_spell_must_begin_on_its_day() -> None:
    """A day late fails where the day is known, and passes where one day is allowed."""
    government = spell("Palmyra", "syrian_government", "2016-03-28", "2016-12-10")
    jihadists = spell("Palmyra", "islamic_state", "2016-12-12", None)
    case = case_of(control=[government, jihadists])
    assert not CHECKS["that spell begins on 27 March 2016"](case)[0]
    assert CHECKS["that spell begins within a day of 11 December 2016"](case)[0]


def test_a_place_that_is_lost_again_is_seen() -> None:
    """A later spell of the old holder fails the check that there is none."""
    first = spell("Ramadi", "islamic_state", "2015-05-17", "2015-12-27")
    then = spell("Ramadi", "iraq", "2015-12-28", "2016-03-01")
    again = spell("Ramadi", "islamic_state", "2016-03-02", None)
    name = "Ramadi is not the Islamic State's after December 2015"
    assert CHECKS[name](case_of(control=[first, then]))[0]
    assert not CHECKS[name](case_of(control=[first, then, again]))[0]


def test_a_province_is_not_its_city() -> None:
    """A siege of the province of that name says nothing of the city."""
    name = "Deir ez-Zor city is besieged in December 2016"
    siege = spell(
        "Deir ez-Zor", "syrian_government", "2016-01-01", None, state="besieged", besieger={"id": "islamic_state"}
    )
    assert CHECKS[name](case_of(control=[siege]))[0]
    province = siege | {"place": {"name": "Deir ez-Zor", "level": "province"}}
    assert not CHECKS[name](case_of(control=[province]))[0]


def test_an_interval_that_dates_nothing_is_no_date() -> None:
    """Two years are too wide, and a printed day is no inference."""
    name = "document 002 is dated by interval"
    document = {"file": "002_a.txt", "basis": "inferred", "published": "2016-12-01 to 2016-12-26"}
    assert CHECKS[name](case_of(documents=[document]))[0]
    assert not CHECKS[name](case_of(documents=[document | {"published": "2015-12-01 to 2017-12-26"}]))[0]
    assert not CHECKS[name](case_of(documents=[document | {"basis": "stated"}]))[0]
    assert not CHECKS[name](case_of(documents=[document, document | {"published": "undated", "basis": "-"}]))[0]


def test_the_table_marks_what_held_before() -> None:
    """A check that is pinned and fails stands out among those that never held."""
    lines = list(table({"one": (False, "x"), "two": (True, "y")}, ["one"]))
    assert lines[0].startswith("FAIL")
    assert "held before" in lines[0]
    assert lines[-1] == "seeds: 1 of 2 hold"
