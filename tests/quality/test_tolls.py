"""The measurement of tolls counts pairs of documents, and its marks hold no text."""

import json
from datetime import date

from quality.tolls import Count, Incident, Marks, covered, links, table

from quality import tolls
from tadmor.datamodel.times import Interval
from tadmor.record.casualties.interval import USUAL, Figured

_DAYS = Interval.of_days(date(2016, 12, 10), date(2016, 12, 11))
MARKS = Marks({"strike": Incident("measuring", 36.0, 37.0, _DAYS)}, ())


def count(people: str, document: str) -> Count:
    return Count(("strike", "killed", people), document, ())


def test_the_marks_give_places_and_values_alone():
    """No words of the articles are in the repository: a mark names a document, a stretch, whom it counts, how many."""
    rows = [json.loads(line) for line in tolls.MARKS.read_text(encoding="utf-8").splitlines()]
    figures = [row for row in rows if row["kind"] == "figure"]
    assert {frozenset(row) for row in figures} == {
        frozenset({"kind", "incident", "harm", "people", "document", "start", "end", "value"})
    }
    assert all(row["end"] - row["start"] <= 13 for row in figures)


def test_there_are_twenty_incidents_that_nothing_was_chosen_by():
    """Each marked figure belongs to a marked incident; twenty incidents are for measuring."""
    marks = tolls.read_marks()
    assert {one.victims[0] for one in marks.figures} == set(marks.incidents)
    assert sum(one.use == "measuring" for one in marks.incidents.values()) == 20


def test_a_pair_is_two_documents_and_near_misses_are_wrong():
    """Of three documents one pair is linked rightly, one missed, and a link to a near miss is wrong."""
    counts = [count("all", "a"), count("all", "b"), count("all", "c"), count("~april", "c")]
    joined = {("a", "b"), ("a", "c~")}

    def linked(one: Count, other: Count) -> bool:
        names = [each.document + "~" * each.victims[2].startswith("~") for each in (one, other)]
        return (names[0], names[1]) in joined

    found = links(MARKS, counts, linked)
    assert (found["pairs"], found["right"], found["wrong"]) == (3, 1, 1)
    assert found["precision"] == 0.5
    assert found["recall"] == 0.333
    assert found["lost"]["not read"] == 2


def test_near_misses_are_not_judged_among_themselves():
    """Two documents that tell of one near miss are no pair, linked or not."""
    counts = [count("~april", "a"), count("~april", "b")]
    other = [count("all", "c"), count("all", "d")]
    found = links(MARKS, [*counts, *other], lambda one, two: True)
    assert found["pairs"] == 1


def test_each_outlet_is_left_out_once():
    """Of two outlets that agree and one that is far off, two lie within what the others say."""
    told = {name: [Figured(name, number, 0)] for name, number in (("a", 40), ("b", 40), ("c", 4000))}
    assert covered([told], USUAL) == {"inside": 0.667, "figures": 3}


def test_without_articles_it_says_so(monkeypatch, tmp_path, capsys):
    """Where the articles are missing the measurement is skipped, and says so."""
    monkeypatch.setenv("TADMOR_SHARED", str(tmp_path))
    assert tolls.main([]) == 0
    assert "skipped" in capsys.readouterr().err


def test_the_table_names_both_methods():
    """The baseline stands beside the record, in the same table."""
    found = links(MARKS, [count("all", "a"), count("all", "b")], lambda one, two: True)
    both = {"tadmor": found, "same place, two days": found}
    rows = list(
        table({"measuring": both, "choosing": both, "coverage": {}, "read": {"read": 1, "counts": 2, "figures": 2}})
    )
    assert sum("same place, two days" in row for row in rows) == 2
