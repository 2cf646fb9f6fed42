"""The files of the example case are there, in the forms stated, and hold what `expected.yaml` says of them."""

import html
import importlib.util
import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from tadmor.dictionaries.equipment import load_equipment
from tadmor.dictionaries.loading import read_table
from tadmor.dictionaries.sources import SourceRow

CASE = Path(__file__).parents[2] / "examples" / "palmyra"
REPORTS = CASE / "reports"
NATURES = {"number", "time", "place", "actor", "outcome", "scope", "definition"}
KINDS = {"control", "event", "presence", "movement", "toll"}
MODALITIES = {"asserted", "hedged", "planned", "predicted", "hypothetical", "asked"}


@cache
def expected():
    return yaml.safe_load((CASE / "expected.yaml").read_text(encoding="utf-8"))


@cache
def text_of(name):
    """The words of a report: markup off, lines joined, words broken at line ends whole again."""
    path = REPORTS / name
    if path.suffix == ".pdf":
        import pypdfium2  # noqa: PLC0415  # one test alone reads it

        document = pypdfium2.PdfDocument(path)
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
        document.close()
        joined = re.sub(r"[\ufffe\x02]\s*|-\s*\r?\n", "", "\n".join(pages))
        return " ".join(joined.split())
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", "", text, flags=re.DOTALL))
    return " ".join(text.split())


def quotes():
    for change in expected()["changes_of_control"]:
        yield from change["told"]
    for contradiction in (*expected()["contradictions"], *expected()["reconciled"]):
        yield from contradiction["sides"]
    yield from expected()["statements"]


def test_every_report_is_described():
    """`expected.yaml` and the README name every file of `reports/`, and no other."""
    files = {path.name for path in REPORTS.iterdir()}
    assert {document["file"] for document in expected()["documents"]} == files
    readme = (CASE / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE)) == files


@pytest.mark.parametrize("document", expected()["documents"], ids=lambda document: document["file"])
def test_forms(document):
    """Each file is of the form stated."""
    data = (REPORTS / document["file"]).read_bytes()
    form = "pdf" if data.startswith(b"%PDF") else "html" if data.startswith(b"<!DOCTYPE html>") else "plain"
    assert document["form"] == form
    assert form == "pdf" or data.decode("utf-8")


def markup(date_from):
    name = next(one["file"] for one in expected()["documents"] if one.get("date_from") == date_from)
    return (REPORTS / name).read_text(encoding="utf-8")


def test_dates_of_pages_stand_where_stated():
    """One page has its date in JSON-LD, one in a meta tag, one in a `<time>` and nowhere else."""
    assert '"datePublished": "2015-05-25' in markup("json-ld")
    assert 'property="article:published_time" content="2015-05-24' in markup("meta")
    page = markup("time")
    assert re.findall(r"2016-\d\d-\d\d", page) == ["2016-03-27"]
    assert '<time datetime="2016-03-27' in page


def test_the_busy_page_has_what_surrounds_articles():
    """Menus, a cookie notice and related stories with dates of their own stand around the rewrite."""
    page = markup("json-ld")
    assert "<nav>" in page
    assert "cookie" in page
    assert 'class="related-stories"' in page
    assert re.search(r'<time datetime="2014-', page)


def test_the_opinion_repeats_paragraphs_and_has_no_date():
    """Two paragraphs of the undated piece stand twice, and no year or weekday tells its date."""
    text = (REPORTS / "undated-opinion-symptom.txt").read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")
    assert len(paragraphs) - len(set(paragraphs)) == 2
    assert not re.search(r"\b20\d\d\b|day\b,", text)


def test_dates_in_text_are_printed():
    """Plain reports with a stated day print it, month in words."""
    for document in expected()["documents"]:
        day = document["published"]
        if document["form"] == "plain" and day is not None:
            assert isinstance(day, date)
            shown = (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}")
            assert any(one in text_of(document["file"]) for one in shown), document["file"]


def test_quotes_stand_in_their_files():
    """Every quote of `expected.yaml` is found in its report."""
    missing = [(one["file"], one["quote"]) for one in quotes() if one["quote"] not in text_of(one["file"])]
    assert missing == []


def test_changes_of_control_alternate():
    """Four changes, in order, each from the last holder."""
    changes = expected()["changes_of_control"]
    assert [(change["holder"], change["first"]) for change in changes] == [
        ("islamic_state", date(2015, 5, 20)),
        ("syrian_government", date(2016, 3, 27)),
        ("islamic_state", date(2016, 12, 11)),
        ("syrian_government", date(2017, 3, 2)),
    ]
    assert all(later["from"] == earlier["holder"] for earlier, later in pairwise(changes))
    assert all(change["first"] <= change["last"] for change in changes)


def test_contradictions_are_complete():
    """Each has a known nature, days in order, and two or more values; all natures but one occur."""
    found = expected()["contradictions"]
    assert len({one["id"] for one in found}) == len(found)
    for one in found:
        assert one["nature"] in NATURES
        assert one["when"][0] <= one["when"][1]
        assert len({str(side["value"]) for side in one["sides"]}) >= 2
    assert {one["nature"] for one in found} >= {"number", "time", "actor", "outcome", "scope", "definition"}


def test_statements_use_known_words():
    """Kinds, modalities, polarities and equipment are those of tadmor; denials, plans and predictions occur."""
    for one in expected()["statements"]:
        assert one.get("kind", "event") in KINDS
        assert one.get("modality", "asserted") in MODALITIES
        assert one.get("polarity", "affirmed") in {"affirmed", "denied"}
        assert all(load_equipment().get(id_) is not None for id_ in one.get("equipment", ()))
    assert {one.get("modality") for one in expected()["statements"]} >= {"planned", "predicted", "hypothetical"}
    assert any(one.get("polarity") == "denied" for one in expected()["statements"])
    assert any(len(one.get("by_source", ())) == 2 for one in expected()["statements"])


def test_outlets_are_described():
    """`sources.yaml` reads as a table of sources and has every outlet of the reports."""
    rows = read_table(CASE / "sources.yaml", SourceRow)
    ids = {row.id for row in rows}
    assert {document["outlet"] for document in expected()["documents"] if document["outlet"]} <= ids
    assert {side for row in rows for side in row.source().sides} == {
        "syrian_government",
        "syrian_opposition",
        "islamic_state",
        "russia",
    }


def test_the_pdf_is_what_its_program_makes():
    """`make_pdf.py` gives the committed bytes."""
    pytest.importorskip("reportlab", reason="reportlab makes the PDF")
    spec = importlib.util.spec_from_file_location("make_pdf", CASE / "make_pdf.py")
    assert spec is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    assert program.make() == (REPORTS / "2015-07-10-tidewater-review.pdf").read_bytes()


def test_the_pdf_breaks_words():
    """Its lines end in hyphens, and it runs over two pages in two columns."""
    data = (REPORTS / "2015-07-10-tidewater-review.pdf").read_bytes()
    assert len(re.findall(rb"-\) Tj", data)) >= 8
    assert data.count(b"/Type /Page\n") == 2
