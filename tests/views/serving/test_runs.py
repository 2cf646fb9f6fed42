"""Runs and their issues, by run and by document."""

import csv
import io
import shutil
import subprocess
import sys

import msgspec
import pytest
from made_site import client

from tadmor.views.shapes import Issue


@pytest.fixture(scope="module")
def read_twice(case, tmp_path_factory):
    """A case of two runs, the second of which met a file that is none of text."""
    folder = shutil.copytree(case, tmp_path_factory.mktemp("runs") / "case")
    more = tmp_path_factory.mktemp("more")
    (more / "pack.zip").write_bytes(b"PK\x03\x04" + bytes(200))
    (more / "odd.txt").write_text(f"Talbiseh\nReuters\n2016-05-01\n\nThe army took Talbiseh. {'x' * 6000}\n")
    call = [sys.executable, "-m", "tadmor.views.cli", "read", str(more), "--case", str(folder), "--reader", "rules"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(read_twice):
    with client(read_twice) as found:
        yield found


def test_runs_come_latest_first_with_what_they_added(site):
    runs = site.get("/api/v1/runs").json()["runs"]
    assert [(one["files"], one["documents"]) for one in runs] == [(1, 1), (3, 3)]
    assert runs[0]["reader"] == "rules/1"
    assert runs[0]["issues"]["error"] == 1
    assert sum(one["claims"] for one in runs) == site.get("/api/v1/case").json()["claims"]
    assert site.get(f"/api/v1/runs/{runs[1]['id']}").json() == runs[1]
    assert site.get("/api/v1/runs/none").status_code == 404


def test_issues_are_asked_by_the_document_of_their_file(site):
    document = next(one for one in site.get("/api/v1/documents").json()["documents"] if one["name"] == "odd.txt")
    found = site.get(f"/api/v1/issues?document={document['id']}").json()["issues"]
    assert [one["rule"] for one in found] == ["long-word"]
    assert found[0]["documents"] == [document["id"]]
    every = site.get("/api/v1/issues").json()["issues"]
    nothing_read = [one for one in every if one["rule"] == "binary"]
    assert [one["documents"] for one in nothing_read] == [[]]
    assert site.get("/api/v1/issues?document=none").json() == {"issues": [], "next": None}


def test_issues_of_a_run_page_by_page_make_up_its_count(site):
    for run in site.get("/api/v1/runs").json()["runs"]:
        found, cursor = [], 0
        while cursor is not None:
            page = site.get(f"/api/v1/issues?run={run['id']}&limit=1&cursor={cursor}").json()
            found += page["issues"]
            cursor = page["next"]
        assert len(found) == sum(run["issues"].values())
        assert {one["run"] for one in found} <= {run["id"]}


def test_issues_come_as_tables_and_lines(site):
    whole = site.get("/api/v1/issues?limit=1000").json()["issues"]
    assert msgspec.convert(whole, list[Issue]) == whole
    table = list(csv.DictReader(io.StringIO(site.get("/api/v1/issues?limit=1000&format=csv").text)))
    lines = site.get("/api/v1/issues?limit=1000", headers={"accept": "application/x-ndjson"}).text.splitlines()
    assert [row["message"] for row in table] == [one["message"] for one in whole]
    assert len(lines) == len(whole)


def test_an_answer_on_issues_that_has_not_changed_is_not_sent_again(site):
    first = site.get("/api/v1/issues")
    assert site.get("/api/v1/issues", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_the_page_of_a_document_has_its_issues(site):
    document = next(one for one in site.get("/api/v1/documents").json()["documents"] if one["name"] == "odd.txt")
    page = site.get(f"/documents/{document['id']}").text
    assert "What was wrong with its file" in page
    assert "long-word" in page


def test_a_page_says_where_it_shows_not_all_issues_of_a_document(site, monkeypatch):
    document = next(one for one in site.get("/api/v1/documents").json()["documents"] if one["name"] == "odd.txt")
    assert "the first" not in site.get(f"/documents/{document['id']}").text
    monkeypatch.setattr("tadmor.views.page.pages.issues_of", lambda _, document: (told(site, document), True))
    page = site.get(f"/documents/{document['id']}").text
    assert "the first 1 note" in page
    assert f"/api/v1/issues?document={document['id']}" in page


def told(site, document):
    return site.get(f"/api/v1/issues?document={document}&limit=1").json()["issues"]


def test_the_page_of_a_run_has_its_issues_by_document(site):
    runs = site.get("/api/v1/runs").json()["runs"]
    page = site.get("/runs").text
    assert all(f'href="/runs/{one["id"]}"' in page for one in runs)
    own = site.get(f"/runs/{runs[0]['id']}").text
    assert "pack.zip" in own
    assert "odd.txt" in own
    assert site.get("/runs/none").status_code == 404
