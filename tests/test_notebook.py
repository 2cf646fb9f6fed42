"""A case asked from Python: the rows of the exports, tables of other libraries, drawings that escape what they show."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

import tadmor
from tadmor import pipeline
from tadmor.errors import CaseNotFoundError, UsageError
from tadmor.ledger import Ledger
from tadmor.notebook.drawing import _COLOURS, place_html
from tadmor.settings import Settings

REPORTS = {
    "taken.txt": "Army takes Palmyra\nReuters\n2016-03-27\n\nThe Syrian army captured Palmyra from Islamic State on Sunday. "
    "At least 12 soldiers were killed in the city.\n",
    "lost.txt": "Islamic State retakes Palmyra\nAFP\n2016-12-11\n\nIslamic State recaptured Palmyra on Sunday. "
    "At least 40 soldiers were killed in Palmyra.\n",
}
EXPORTED = ("claims", "control", "incidents", "tolls", "contradictions", "sources", "issues")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A case of two reports."""
    reports = tmp_path_factory.mktemp("told")
    for name, text in REPORTS.items():
        (reports / name).write_text(text)
    case = tmp_path_factory.mktemp("notebook") / "case"
    with Ledger.create(case) as ledger:
        pipeline.read([reports], ledger, settings=Settings(reader="rules"))
    return case


@pytest.fixture
def case(folder):
    return tadmor.open(folder)


def exported(folder, what, *options):
    call = [sys.executable, "-m", "tadmor.views.cli", "export", what, "--case", str(folder), *options]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("what", EXPORTED)
def test_rows_are_those_of_the_exports(case, folder, what):
    assert list(getattr(case, what)()) == exported(folder, what)


def test_a_day_asks_what_was_known_then(case, folder):
    then = exported(folder, "control", "--as-of", "2016-06-01")
    assert list(case.control(as_of="2016-06-01")) == then
    assert list(tadmor.open(folder, as_of="2016-06-01").control()) == then
    assert then != list(case.control())
    with pytest.raises(UsageError, match="write it as 2016-12-11"):
        case.control(as_of="June")


def test_claims_are_asked_by_place_and_kind(case):
    found = case.claims(place="Palmyra", kind="toll")
    assert {one["kind"] for one in found} == {"toll"}
    with pytest.raises(UsageError):
        case.claims(colour="red")


def test_a_folder_without_a_case_is_said(tmp_path):
    with pytest.raises(CaseNotFoundError):
        tadmor.open(tmp_path)


def test_nothing_of_the_evidence_is_written(case, folder):
    with Ledger.open(folder) as ledger:
        before = ledger.head()
    case.control()
    case.place("Palmyra")._repr_html_()
    case._repr_html_()
    with Ledger.open(folder) as ledger:
        assert ledger.head() == before


def test_frames_have_dotted_columns_and_keep_lists(case, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=lambda rows: rows))
    frame = case.control().frame()
    assert frame[0]["place.name"] == "Palmyra"
    assert isinstance(frame[0]["supports"], list)
    assert not any(isinstance(value, dict) for row in frame for value in row.values())


def test_frames_of_points_have_their_reference_system(case, monkeypatch):
    made = SimpleNamespace(from_features=lambda features, crs: (features, crs))
    monkeypatch.setitem(sys.modules, "geopandas", SimpleNamespace(GeoDataFrame=made))
    features, system = case.control().geoframe()
    assert system == "EPSG:4326"
    assert features[0]["geometry"]["coordinates"] == pytest.approx([38.28, 34.56], abs=0.05)
    assert features[0]["properties"]["place.name"] == "Palmyra"
    assert case.control().__geo_interface__["type"] == "FeatureCollection"


@pytest.mark.parametrize("name", ["pandas", "geopandas"])
def test_a_library_that_is_not_there_is_named(case, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=f"this needs {name}, .*tadmor\\[notebook\\]"):
        case.control().frame() if name == "pandas" else case.control().geoframe()


def drawn(html: str) -> ET.Element:
    """A drawing, which is well formed."""
    return ET.fromstring(html)  # noqa: S314 - made here


def test_a_place_is_drawn_as_its_ribbon_with_each_spell_in_words(case):
    place = case.place("Palmyra")
    html = place._repr_html_()
    root = drawn(html)
    assert len(list(root.iter("g"))) == len(place.spells)
    for one in place.spells:
        assert one["words"] in html
        assert one["days"] in html
    assert "Islamic State" in html
    assert place.claims() == case.claims(place=place.id)
    assert "2016-12-11" not in case.place("Palmyra", as_of="2016-06-01")._repr_html_()


def test_a_place_that_is_not_told_of_is_said(case):
    with pytest.raises(UsageError, match="did you mean Palmyra"):
        case.place("Palmira town")


def test_a_case_is_drawn_with_its_counts_and_places(case):
    html = case._repr_html_()
    drawn(html)
    assert "2 documents" in html
    assert "<h4>Palmyra</h4>" in html


def test_what_comes_from_documents_is_escaped(case):
    hostile = '<script>alert("1")</script>'
    spells = [
        one
        | {"words": hostile, "holder": {"name": hostile, "id": "x"}, "days": hostile, "verdict": hostile, "id": hostile}
        for one in case.place("Palmyra").spells
    ]
    html = place_html(hostile, spells, "2016-12-11", None)
    assert "<script" not in html
    assert list(drawn(html).iter("script")) == []
    rows = case.control()
    rows[0]["state"] = hostile
    assert "<script" not in rows._repr_html_()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", _COLOURS)
def test_colours_are_seen_on_light_and_on_dark(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 3
    assert (luminance(colour) + 0.05) / (luminance("#1e1e1e") + 0.05) >= 3
    assert re.fullmatch(r"#[0-9a-f]{6}", colour)


def test_importing_tadmor_takes_no_time_and_loads_nothing():
    call = [
        sys.executable,
        "-X",
        "importtime",
        "-c",
        "import tadmor, sys; print(len([m for m in sys.modules if m.startswith('tadmor')]))",
    ]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    told = next(line for line in done.stderr.splitlines() if line.endswith("| tadmor"))
    assert int(told.split("|")[1]) < 50_000, "microseconds"
    assert done.stdout.strip() == "1"
