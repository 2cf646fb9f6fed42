"""Runs, and what was wrong with their input, for programs."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Page
from tadmor.views.api.asked import USUAL, Cursor, Fields, Form, Id, Limit
from tadmor.views.api.describing import listed_as, one_as
from tadmor.views.api.fields import named
from tadmor.views.api.replying import Answers, form_of, problem
from tadmor.views.api.routes import media_of, page_of
from tadmor.views.exports import Row
from tadmor.views.laying.encoding import encoded
from tadmor.views.run_rows import run_row, state_of, told_issue_row
from tadmor.views.serving.shelf import Shelf


def runs(shelf: Shelf) -> APIRouter:
    """The addresses of runs and issues."""
    api = APIRouter(prefix="/api/v1")
    answers = Answers()
    _runs(api, shelf, answers)
    _issues(api, shelf, answers)
    return api


def _runs(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    @api.get("/runs", summary="Readings of files, the latest first", responses=listed_as("runs"))
    def every(
        request: Request, limit: Limit = USUAL, cursor: Cursor = 0, form: Form = None, fields: Fields = None
    ) -> Response:
        def ask(ledger: Ledger) -> tuple[list[Row], int | None]:
            found = ledger.runs.every()
            after = cursor + limit if len(found) > cursor + limit else None
            return [run_row(one) for one in found[cursor : cursor + limit]], after

        return _list(request, shelf, answers, "runs", ask, form, fields)

    @api.get("/runs/{identity}", summary="One reading of files", responses=one_as("Run"))
    def one(request: Request, identity: str) -> Response:
        with Ledger.open(shelf.folder) as ledger:
            found = next((run for run in ledger.runs.every() if run.info.id == identity), None)
            if found is None:
                return problem(404, "Not found", f"the case has no run {identity!r}")
            return answers.keyed(request, state_of(ledger), lambda: encoded(run_row(found)))


def _issues(api: APIRouter, shelf: Shelf, answers: Answers) -> None:
    summary = "What was wrong with the input, or too doubtful to be taken as a claim, in the order met"

    @api.get("/issues", summary=summary, responses=listed_as("issues"))
    def issues(
        request: Request,
        document: Id | None = None,
        run: Id | None = None,
        limit: Limit = USUAL,
        cursor: Cursor = 0,
        form: Form = None,
        fields: Fields = None,
    ) -> Response:
        def ask(ledger: Ledger) -> tuple[list[Row], int | None]:
            found = ledger.runs.issues(run=run, document=document, after=cursor, limit=limit + 1)
            after = found[limit - 1].number if len(found) > limit else None
            return [told_issue_row(one) for one in found[:limit]], after

        return _list(request, shelf, answers, "issues", ask, form, fields)


def _list(
    request: Request,
    shelf: Shelf,
    answers: Answers,
    name: str,
    ask: Callable[[Ledger], tuple[list[Row], int | None]],
    form: str | None,
    fields: str | None,
) -> Response:
    wanted, some = form_of(request, form), named(fields, name)
    with Ledger.open(shelf.folder) as ledger:

        def make() -> bytes:
            rows, after = ask(ledger)
            return page_of(name, Page(tuple(encoded(row) for row in rows), after), wanted, some)

        return answers.keyed(request, state_of(ledger), make, media_of(wanted))
