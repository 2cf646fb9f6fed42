"""Pages of uploads: a form that takes files, how far each upload is, what came of its files."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from tadmor.errors import CaseNotWritableError, UsageError
from tadmor.views.answers import Upload
from tadmor.views.page.forms import Forms, typed
from tadmor.views.page.made import Made
from tadmor.views.page.problems import problem_page
from tadmor.views.serving.shelf import Shelf
from tadmor.views.uploading.queue import Uploads
from tadmor.views.uploading.receiving import RefusedError, Told, kept

#: Uploads of a page.
_SHOWN = 30
_NOT_OWN = "this form was not made by this server for your browser: load the page again"

Cursor = Annotated[int, Query(ge=0, le=2**63 - 1)]
Typed = Annotated[dict[str, str], Depends(typed)]


def upload_pages(shelf: Shelf, forms: Forms, queue: Uploads) -> APIRouter:
    """The pages over a queue."""
    site = APIRouter(prefix="/uploads")
    made = _Uploads(shelf, forms, queue)
    _looking(site, made)
    _sending(site, made)
    return site


class _Uploads:
    """What pages of uploads are made from."""

    def __init__(self, shelf: Shelf, forms: Forms, queue: Uploads) -> None:
        self.shelf, self.forms, self.queue = shelf, forms, queue

    def listed(self, request: Request, cursor: int = 0, refused: RefusedError | None = None) -> Response:
        """The form, and uploads; `refused`: what was sent with it was not taken."""
        found, after = self.queue.every(_SHOWN, cursor)
        page = Made(self.shelf, None).show(
            "uploads.html",
            uploads=found,
            after=after,
            refused=str(refused) if refused is not None else None,
            form=self.forms.shown(request),
            bounds=self.queue.bounds,
        )
        page.status_code = refused.status if refused is not None else 200
        return self.forms.remembered(request, page)

    def shown(self, request: Request, found: Upload) -> Response:
        """One upload."""
        page = Made(self.shelf, None).show("upload.html", told=found, form=self.forms.shown(request))
        return self.forms.remembered(request, page)

    def check(self, request: Request, fields: Mapping[str, str]) -> None:
        """Was the form made by this server, for this browser?"""
        if not self.forms.own(request, fields):
            raise RefusedError(403, _NOT_OWN)


def _looking(site: APIRouter, made: _Uploads) -> None:
    @site.get("")
    def every(request: Request, cursor: Cursor = 0) -> Response:
        return made.listed(request, cursor)

    @site.get("/{identity}")
    def one(request: Request, identity: str) -> Response:
        found = made.queue.get(identity)
        return made.shown(request, found) if found is not None else _missing(identity)


def _sending(site: APIRouter, made: _Uploads) -> None:
    @site.post("/{identity}/again")
    def again(identity: str, request: Request, form: Typed) -> Response:
        if not made.forms.own(request, form):
            return problem_page(403, "Not taken", _NOT_OWN)
        try:
            found = made.queue.again(identity)
        except UsageError as error:
            return problem_page(409, "Not failed", str(error))
        return RedirectResponse(f"/uploads/{identity}", status_code=303) if found is not None else _missing(identity)

    @site.post("")
    async def send(request: Request) -> Response:
        queue, check = made.queue, partial(made.check, request)
        try:
            upload = await kept(queue.spool, queue.bounds, request, Told(), check)
        except RefusedError as error:
            return await run_in_threadpool(made.listed, request, 0, error)
        except CaseNotWritableError as error:
            return await run_in_threadpool(made.listed, request, 0, RefusedError(507, str(error)))
        except ClientDisconnect:
            return problem_page(422, "Not taken", "the sender is gone")
        await run_in_threadpool(queue.begin)
        return RedirectResponse(f"/uploads/{upload.id}", status_code=303)


def _missing(identity: str) -> Response:
    return problem_page(404, "Not found", f"there is no upload {identity!r}")
