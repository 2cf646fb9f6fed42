"""The review desk: what a person's word is worth most on, and the forms that take it."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from tadmor.datamodel.findings import Rests
from tadmor.datamodel.keys import digest
from tadmor.errors import CaseBusyError, CaseError, UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas
from tadmor.views.agreement import agreement
from tadmor.views.deciding import decided, made_in
from tadmor.views.disagreeing import in_words
from tadmor.views.exports import Row
from tadmor.views.page.deciding import decide_on
from tadmor.views.page.forms import Forms, typed
from tadmor.views.page.problems import problem_page
from tadmor.views.page.templates import rendered
from tadmor.views.serving.asking import questions_open
from tadmor.views.serving.present import author_of, wrote
from tadmor.views.serving.shelf import Shelf
from tadmor.views.serving.writing import NoClaimError, What, Wish, decide, signed

#: Questions and decisions of a page.
_QUESTIONS, _DECISIONS = 10, 50
#: Characters of context on each side of a claim.
_CONTEXT = 500
_LARGEST = 2**63 - 1

Done = Annotated[int, Query(ge=0, le=_LARGEST)]
Cursor = Annotated[int, Query(ge=0, le=_LARGEST)]
Typed = Annotated[dict[str, str], Depends(typed)]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a decision was not noted, on what it was, and what was typed, which the form keeps."""

    message: str
    on: str
    typed: dict[str, str]
    status: int


def desk(shelf: Shelf, forms: Forms) -> APIRouter:
    """The pages of the desk, and the one address that takes decisions."""
    site = APIRouter(prefix="/desk")

    @site.get("")
    def queue(request: Request, done: Done = 0, cursor: Cursor = 0) -> Response:
        return _queue(_Desk(shelf, forms, request, done), None, cursor)

    @site.get("/claims/{identity}")
    def claim(request: Request, identity: str, done: Done = 0) -> Response:
        return _claim(_Desk(shelf, forms, request, done), None, identity)

    @site.get("/decisions")
    def decisions(request: Request, done: Done = 0, cursor: Cursor = 0) -> Response:
        return _decisions(_Desk(shelf, forms, request, done), None, cursor)

    @site.get("/agreement")
    def agreed(request: Request) -> Response:
        page = _Desk(shelf, forms, request)
        with Ledger.open(shelf.folder) as ledger:
            return page.show("desk_agreement.html", told=agreement(ledger.reviews()))

    @site.post("/decisions")
    def decision(request: Request, form: Typed) -> Response:
        if not forms.own(request, form):
            return _not_own(form)
        form = form | {"author": author_of(request, form.get("author", ""))}
        made = _made(shelf, form)
        if not isinstance(made, Failure):
            wrote(request, f"decision {made}")
            return forms.signed(RedirectResponse(_back(form, made), status_code=303), " ".join(form["author"].split()))
        return _again(_Desk(shelf, forms, request), form, made)

    return site


class _Desk:
    """A page of the desk being made."""

    def __init__(self, shelf: Shelf, forms: Forms, request: Request, done: int = 0) -> None:
        self.shelf, self.forms, self.request = shelf, forms, request
        self.opened = shelf.atlas()
        self.atlas: Atlas = self.opened.atlas
        self.done = done

    def show(self, template: str, failure: Failure | None = None, **values: Any) -> Response:
        """The page."""
        shared = {
            "case": json.loads(self.atlas.sheet("case")),
            "concluding": self.opened.concluding,
            "form": self.forms.shown(self.request),
            "done": self._done(),
            "failure": failure,
        }
        page = Response(
            rendered(template, None, shared | values),
            status_code=failure.status if failure is not None else 200,
            media_type="text/html; charset=utf-8",
            headers={"retry-after": "5"} if failure is not None and failure.status in (409, 503) else None,
        )
        return self.forms.remembered(self.request, page)

    def _done(self) -> Any:
        """The decision that was just noted."""
        if not self.done:
            return None
        with Ledger.open(self.shelf.folder) as ledger:
            made = next((one for one in made_in(ledger, every=False) if one.number == self.done), None)
            return decided(made, ledger) if made is not None else None


def _not_own(form: Mapping[str, str]) -> Response:
    """A form of another site, or of a server that has been started anew since."""
    words = "this form was not made by the server as it runs now. Load the page again, and decide again."
    wrote = f" You wrote: {form['reason']}" if form.get("reason") else ""
    return problem_page(403, "Not noted", words + wrote)


def _made(shelf: Shelf, form: Mapping[str, str]) -> int | Failure:
    """The number of the decision that a form made, or why it made none."""
    kept = {key: value for key, value in form.items() if key != "token"}

    def failure(message: str, status: int) -> Failure:
        return Failure(message=message, on=form.get("on", ""), typed=kept, status=status)

    try:
        return decide(shelf, _wish(form)).number
    except NoClaimError as error:
        return failure(str(error), 404)
    except UsageError as error:
        return failure(str(error), 422)
    except CaseBusyError:
        words = "another tadmor is writing to this case (importing a table, say). Try again when that has ended"
        return failure(f"not noted yet: {words}", 409)
    except CaseError as error:
        return failure(f"not noted: {error}", 503)


def _wish(form: Mapping[str, str]) -> Wish:
    """What a form decides: its button names what, and the claims; the other claim of a link may be typed.

    Raises:
        UsageError: what it decides cannot be decided.
    """
    what, *claims = form.get("decision", "").split() or [""]
    if what in ("link", "part") and len(claims) == 1:
        claims += form.get("other", "").split()[:1]
    try:
        meant = msgspec.convert(what, What)
    except msgspec.ValidationError as error:
        message = "what is decided? Choose one of the buttons"
        raise UsageError(message) from error
    return Wish(
        what=meant,
        claims=tuple(claims),
        by=signed(form.get("author", ""), form.get("reason", "")),
        fields=_corrected(form) if what == "correct" else {},
    )


def _corrected(form: Mapping[str, str]) -> dict[str, str]:
    """The fields that say something else than when the form was shown."""
    now = {key.removeprefix("set."): value.strip() for key, value in form.items() if key.startswith("set.")}
    return {field: value for field, value in now.items() if value != form.get(f"was.{field}", "").strip()}


def _back(form: Mapping[str, str], number: int) -> str:
    """Where a form came from; no address that a form could name goes into it."""
    claim = form.get("on", "")
    if form.get("from") == "claim" and claim.isalnum() and claim.isascii():
        return f"/desk/claims/{claim}?done={number}"
    return f"/desk/decisions?done={number}" if form.get("from") == "decisions" else f"/desk?done={number}"


def _again(page: _Desk, form: Mapping[str, str], failure: Failure) -> Response:
    """The page that a form came from, with why its decision was not noted and with what was typed."""
    cursor = form.get("cursor", "")
    place = int(cursor) if cursor.isascii() and cursor.isdigit() and int(cursor) <= _LARGEST else 0
    if form.get("from") == "claim":
        return _claim(page, failure, failure.on)
    return _decisions(page, failure, place) if form.get("from") == "decisions" else _queue(page, failure, place)


def _queue(page: _Desk, failure: Failure | None, cursor: int) -> Response:
    asked = questions_open(page.shelf.folder, page.atlas)
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


def _claim(page: _Desk, failure: Failure | None, identity: str) -> Response:
    resting = [
        {"kind": one.kind.value, "way": one.way, "finding": json.loads(one.value)}
        for one in page.atlas.resting(identity)
    ]
    try:
        told = decide_on(page.shelf.folder, identity, resting)
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


def _decisions(page: _Desk, failure: Failure | None, cursor: int) -> Response:
    """The latest decisions first; `cursor` is the number before which to go on."""
    with Ledger.open(page.shelf.folder) as ledger:
        every = made_in(ledger, every=False)
        wanted = [made for made in reversed(every) if not cursor or made.number < cursor]
        found = [decided(made, ledger) for made in wanted[:_DECISIONS]]
    after = found[-1].number if len(wanted) > _DECISIONS else None
    return page.show("desk_decisions.html", failure, found=found, every=len(every), after=after, cursor=cursor)
