"""A table's text cut into rows and cells: nothing is lost, and every cell stands where it says."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.tables.cells import rows, separator
from tadmor.tables.columns import BadRowError, Columns, cells_of

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), max_size=12)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_what_the_standard_library_writes_is_read_back(table, between):
    """Whatever stands in the cells, with the place of each in the text; blanks at a cell's ends do not count."""
    head = ["a", "b", "c", "d"]
    written = io.StringIO()
    csv.writer(written, delimiter=between, lineterminator="\n").writerows([head, *table])
    text = written.getvalue()
    found = list(rows(text))[1:]
    wanted = [[cell.strip() for cell in row] for row in table if any(cell.strip() for cell in row)]
    assert [[cell.text for cell in row.cells] for row in found] == wanted
    for row in found:
        for cell in row.cells:
            assert text[cell.start : cell.end].replace('""', '"') == cell.text
            assert row.start <= cell.start <= cell.end <= row.end


def test_lines_are_counted_as_an_editor_does():
    """Through quoted line breaks, empty lines, a byte-order mark and line ends of Windows."""
    text = '\ufeffa,b\r\n1,"two\r\nlines"\r\n\r\n3,4\r\n'
    assert [(row.line, [cell.text for cell in row.cells]) for row in rows(text)] == [
        (1, ["a", "b"]),
        (2, ["1", "two\r\nlines"]),
        (5, ["3", "4"]),
    ]


@pytest.mark.parametrize(("head", "between"), [("a,b;c,d\n", ","), ("a;b\n1,5;2\n", ";"), ("a\tb", "\t")])
def test_the_first_line_shows_what_stands_between_cells(head, between):
    """Whatever of comma, semicolon and tab it has most of."""
    assert separator(head) == between


def test_a_quotation_mark_that_is_not_closed_costs_its_own_row():
    """The rows before and after are read."""
    found = list(rows('a,b\n1,2\n3,"open\n5,6\n'))
    assert [row.cells is None for row in found] == [False, False, True, False]
    with pytest.raises(BadRowError, match="quotation mark"):
        cells_of(found[2], Columns(["a", "b"]))


def test_an_open_quotation_mark_in_a_long_file_takes_no_time():
    """One look ahead for each, not one for each character."""
    text = "a,b\n" + '1,"open\n' * 1000 + "1,2\n" * 50_000
    assert sum(row.cells is not None for row in rows(text)) == 50_001


def test_a_row_of_another_length_is_refused_and_empty_ends_are_not():
    """A lost or added comma moves every cell after it."""
    head, longer, padded = rows("a,b\n1,2,3\n1,2,,\n")
    columns = Columns(cell.text for cell in head.cells)
    with pytest.raises(BadRowError, match="has 3 cells where the head has 2"):
        cells_of(longer, columns)
    assert cells_of(padded, columns).text("b") == "2"


def test_columns_are_found_whatever_their_case_and_by_the_names_that_the_user_gives():
    """The user's name for a role goes before the table's own column of that name."""
    columns = Columns(["First Day", "place", "Nom-de-lieu"], {"place": "nom de lieu"})
    assert columns.at("first_day") == 0
    assert columns.at("place") == 2
    assert Columns(["a"], {"place": "Town"}).missing == ("Town",)
