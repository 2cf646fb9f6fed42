"""The review desk: what a person's word is worth most on, and the forms that take it."""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from tadmor.datamodel.findings import Rests
from tadmor.datamodel.keys import digest
from tadmor.errors import CaseBusyError, CaseError, UsageError
from tadmor.ledger import Ledger
from tadmor.views.agreement import agreement
from tadmor.views.deciding import Decided, MissingError, decided, made_in
from tadmor.views.disagreeing import in_words
from tadmor.views.exports import Row
from tadmor.views.page.deciding import decide_on
from tadmor.views.page.desk_page import DeskPage, Failure
from tadmor.views.page.desk_things import THINGS, adding, back_to, codings, thing
from tadmor.views.page.forms import Forms, typed
from tadmor.views.page.problems import problem_page
from tadmor.views.page.wishes import is_blind, wish_of
from tadmor.views.serving.asking import questions_open
from tadmor.views.serving.present import author_of, wrote
from tadmor.views.serving.shelf import Shelf
from tadmor.views.serving.writing import decide

#: Questions and decisions of a page.
_QUESTIONS, _DECISIONS = 10, 50
#: Characters of context on each side of a claim.
_CONTEXT = 500
_LARGEST = 2**63 - 1

Done = Annotated[int, Query(ge=0, le=_LARGEST)]
Cursor = Annotated[int, Query(ge=0, le=_LARGEST)]
Blind = Annotated[Literal["", "1"], Query()]
Things = Literal["actors", "places", "sources"]
Typed = Annotated[dict[str, str], Depends(typed)]


def desk(shelf: Shelf, forms: Forms) -> APIRouter:
    """The pages of the desk, and the one address that takes decisions."""
    site = APIRouter(prefix="/desk")

    @site.get("")
    def queue(request: Request, done: Done = 0, cursor: Cursor = 0, blind: Blind = "") -> Response:
        return _queue(DeskPage(shelf, forms, request, done, blind=blind == "1"), None, cursor)

    @site.get("/claims/{identity}")
    def claim(request: Request, identity: str, done: Done = 0, blind: Blind = "") -> Response:
        return _claim(DeskPage(shelf, forms, request, done, blind=blind == "1"), None, identity)

    @site.get("/decisions")
    def decisions(request: Request, done: Done = 0, cursor: Cursor = 0) -> Response:
        return _decisions(DeskPage(shelf, forms, request, done), None, cursor)

    @site.get("/agreement")
    def agreed(request: Request) -> Response:
        page = DeskPage(shelf, forms, request)
        with Ledger.open(shelf.folder) as ledger:
            return page.show("desk_agreement.html", told=agreement(ledger.reviews()))

    @site.get("/codings")
    def coded(request: Request, done: Done = 0) -> Response:
        return codings(DeskPage(shelf, forms, request, done), None)

    @site.get("/documents/{identity}")
    def document(request: Request, identity: str, done: Done = 0) -> Response:
        return adding(DeskPage(shelf, forms, request, done), identity, dict(request.query_params), None)

    @site.get("/{address}/{identity:path}")
    def on_thing(request: Request, address: Things, identity: str, done: Done = 0) -> Response:
        return thing(DeskPage(shelf, forms, request, done), address, identity, None)

    @site.post("/decisions")
    def decision(request: Request, form: Typed) -> Response:
        if not forms.own(request, form):
            return _not_own(form)
        form = form | {"author": author_of(request, form.get("author", ""))}
        made = _made(shelf, form)
        if not isinstance(made, Failure):
            wrote(request, f"decision {made.number}")
            return forms.signed(RedirectResponse(_back(form, made), status_code=303), " ".join(form["author"].split()))
        return _again(DeskPage(shelf, forms, request, blind=is_blind(form)), form, made)

    return site


def _not_own(form: Mapping[str, str]) -> Response:
    """A form of another site, or of a server that has been started anew since."""
    words = "this form was not made by the server as it runs now. Load the page again, and decide again."
    wrote = f" You wrote: {form['reason']}" if form.get("reason") else ""
    return problem_page(403, "Not noted", words + wrote)


def _made(shelf: Shelf, form: Mapping[str, str]) -> Decided | Failure:
    """The decision that a form made, or why it made none."""
    kept = {key: value for key, value in form.items() if key != "token"}

    def failure(message: str, status: int) -> Failure:
        return Failure(message=message, on=form.get("on", ""), typed=kept, status=status)

    try:
        return decide(shelf, wish_of(form))
    except MissingError as error:
        return failure(str(error), 404)
    except UsageError as error:
        return failure(str(error), 422)
    except CaseBusyError:
        words = "another tadmor is writing to this case (importing a table, say). Try again when that has ended"
        return failure(f"not noted yet: {words}", 409)
    except CaseError as error:
        return failure(f"not noted: {error}", 503)


def _back(form: Mapping[str, str], made: Decided) -> str:
    """Where a form came from; no address that a form could name goes into it."""
    origin, on = form.get("from", ""), form.get("on", "")
    blind = "&blind=1" if is_blind(form) else ""
    if origin == "document" and made.claims:
        return f"/desk/claims/{made.claims[0].claim}?done={made.number}"
    if origin == "claim" and on.isalnum() and on.isascii():
        return f"/desk/claims/{on}?done={made.number}{blind}"
    if origin in THINGS:
        return back_to(origin, on, made.number)
    if origin in ("decisions", "codings"):
        return f"/desk/{origin}?done={made.number}"
    return f"/desk?done={made.number}{blind}"


def _again(page: DeskPage, form: Mapping[str, str], failure: Failure) -> Response:
    """The page that a form came from, with why its decision was not noted and with what was typed."""
    cursor = form.get("cursor", "")
    place = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else 0
    match form.get("from", ""):
        case "claim":
            return _claim(page, failure, failure.on)
        case "document":
            return adding(page, form.get("document", ""), failure.typed, failure)
        case "codings":
            return codings(page, failure)
        case "decisions":
            return _decisions(page, failure, place)
        case origin if origin in THINGS:
            return thing(page, origin, failure.on, failure)
        case _:
            return _queue(page, failure, place)


def _queue(page: DeskPage, failure: Failure | None, cursor: int) -> Response:
    asked = questions_open(page.shelf.folder, page.atlas, coder=page.viewer if page.blind else None)
    shown = [_question(one) for one in asked.questions[cursor : cursor + _QUESTIONS]]
    return page.show(
        "desk.html",
        failure,
        questions=shown,
        asked=asked,
        cursor=cursor,
        after=cursor + _QUESTIONS if len(asked.questions) > cursor + _QUESTIONS else None,
        lost=failure is not None and failure.on not in {one["key"] for one in shown},
    )


def _question(one: Row) -> Row:
    """A question with a name of its own and what hangs on it in words."""
    claims = [claim for account in one["accounts"] for claim in account["claims"]]
    pairs = [choice for choice in one["choices"] if choice["what"] in ("link", "part")]
    key = digest("question", one["asked"], *claims)[:12]
    return one | {"key": f"q{key}", "hangs": in_words(msgspec.convert(one["rests"], Rests)), "pairs": pairs}


def _claim(page: DeskPage, failure: Failure | None, identity: str) -> Response:
    resting = [
        {"kind": one.kind.value, "way": one.way, "finding": json.loads(one.value)}
        for one in page.atlas.resting(identity)
    ]
    try:
        told = decide_on(page.shelf.folder, identity, resting, viewer=page.viewer)
    except UsageError:
        return problem_page(404, "Not found", f"the case has no claim {identity!r}")
    with Ledger.open(page.shelf.folder) as ledger:
        claim = ledger.claim(identity)
        document = ledger.document(claim.claim.document)
    start, end = claim.claim.start, claim.claim.end
    context = {
        "before": document.text[max(start - _CONTEXT, 0) : start],
        "words": document.text[start:end],
        "after": document.text[end : end + _CONTEXT],
    }
    return page.show(
        "desk_claim.html",
        failure,
        decide=told,
        findings=resting,
        context=context,
        document={"id": document.id, "name": document.name, "title": document.title, "language": document.language},
    )


def _decisions(page: DeskPage, failure: Failure | None, cursor: int) -> Response:
    """The latest decisions first; `cursor` is the number before which to go on."""
    with Ledger.open(page.shelf.folder) as ledger:
        every = made_in(ledger, every=False, viewer=page.viewer)
        wanted = [made for made in reversed(every) if not cursor or made.number < cursor]
        found = [decided(made, ledger) for made in wanted[:_DECISIONS]]
    after = found[-1].number if len(wanted) > _DECISIONS else None
    return page.show("desk_decisions.html", failure, found=found, every=len(every), after=after, cursor=cursor)
