"""The measured tables of a page are filled in place, and nothing else of it changes."""

import json

import pytest

from quality import report
from tadmor.datamodel.claims import KINDS

PAGE = "# Title\n<!-- measured: claims -->\nold\n<!-- end -->\nbetween\n<!-- measured: seeds -->\nkept\n<!-- end -->\nend\n"


def test_a_region_is_filled_and_the_rest_kept() -> None:
    """Words around the region and other regions stay as they are; filling twice is filling once."""
    once = report.filled(PAGE, {"claims": "new | table \\1"})
    assert once == PAGE.replace("old", "new | table \\1")
    assert report.filled(once, {"claims": "new | table \\1"}) == once


def test_a_table_without_a_region_is_an_error() -> None:
    """A name that the page lost is not skipped in silence."""
    with pytest.raises(KeyError, match="speed"):
        report.filled(PAGE, {"speed": "x"})


def test_every_table_has_its_region() -> None:
    """The page of this repository has a region for each table that is measured."""
    page = report.PAGE.read_text(encoding="utf-8")
    assert report.filled(page, dict.fromkeys(report.TABLES, "x")).count("\nx\n<!-- end -->") == len(report.TABLES)


def test_the_pages_about_a_case_show_what_the_tables_say() -> None:
    """Else they would tell of an older reader."""
    told = json.loads(report.SHOWN.read_text(encoding="utf-8"))
    assert told == report.shown(report.PAGE.read_text(encoding="utf-8"))
    assert [[one["kind"] for one in of["kinds"]] for of in told] == [[*KINDS, "all"]] * 2
