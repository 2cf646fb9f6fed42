"""Pages of runs: what each added, and what was wrong with its input, document by document."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query, Response

from tadmor.ledger import Ledger
from tadmor.views.exports import Row
from tadmor.views.page.made import Made
from tadmor.views.page.problems import problem_page
from tadmor.views.run_rows import run_row, told_issue_row
from tadmor.views.serving.shelf import Shelf

#: Runs of a page, and issues of one and of a document's page.
_RUNS, _ISSUES = 50, 500

Cursor = Annotated[int, Query(ge=0, le=2**63 - 1)]


def run_pages(shelf: Shelf) -> APIRouter:
    """The pages of runs over a shelf."""
    site = APIRouter()

    @site.get("/runs")
    def every(cursor: Cursor = 0) -> Response:
        with Ledger.open(shelf.folder) as ledger:
            found = ledger.runs.every()
        shown = [run_row(one) for one in found[cursor : cursor + _RUNS]]
        after = cursor + _RUNS if len(found) > cursor + _RUNS else None
        return Made(shelf, None).show("runs.html", runs=shown, after=after)

    @site.get("/runs/{identity}")
    def one(identity: str, cursor: Cursor = 0) -> Response:
        with Ledger.open(shelf.folder) as ledger:
            run = next((each for each in ledger.runs.every() if each.info.id == identity), None)
            if run is None:
                return problem_page(404, "Not found", f"the case has no run {identity!r}")
            issues = ledger.runs.issues(run=identity, after=cursor, limit=_ISSUES + 1)
        files = _by_file(told_issue_row(each) for each in issues[:_ISSUES])
        after = issues[_ISSUES - 1].number if len(issues) > _ISSUES else None
        return Made(shelf, None).show("run.html", told=run_row(run), files=files, after=after)

    return site


def _by_file(issues: Iterable[Row]) -> list[Row]:
    """Issues by the file that they are about, the names in order."""
    found = sorted(issues, key=lambda one: (PurePosixPath(one["where"]).name, one["number"]))
    return [
        {"name": name, "documents": told[0]["documents"], "issues": told}
        for name, group in groupby(found, key=lambda one: PurePosixPath(one["where"]).name)
        if (told := list(group))
    ]


def issues_of(folder: Path, *, document: str) -> tuple[list[Row], bool]:
    """What was wrong with the file of a document, and whether there is more of it than that."""
    with Ledger.open(folder) as ledger:
        found = [told_issue_row(one) for one in ledger.runs.issues(document=document, limit=_ISSUES + 1)]
    return found[:_ISSUES], len(found) > _ISSUES
