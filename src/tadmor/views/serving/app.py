"""The application: the API and the pages of one case, guarded."""

from typing import NamedTuple

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from tadmor import __version__
from tadmor.errors import CaseError
from tadmor.views.api.asked import known_alone
from tadmor.views.api.counting import counting
from tadmor.views.api.describing import describe
from tadmor.views.api.people import people_for_programs
from tadmor.views.api.replying import problem
from tadmor.views.api.reviews import reviews
from tadmor.views.api.routes import routes
from tadmor.views.api.runs import runs
from tadmor.views.api.uploads import uploads
from tadmor.views.page.administering import administering
from tadmor.views.page.api_docs import api_docs
from tadmor.views.page.desk import desk
from tadmor.views.page.forms import Forms
from tadmor.views.page.pages import pages
from tadmor.views.page.people import people
from tadmor.views.page.problems import problem_page
from tadmor.views.page.runs import run_pages
from tadmor.views.page.uploads import upload_pages
from tadmor.views.serving.access import Access
from tadmor.views.serving.admission import Admission
from tadmor.views.serving.ground import Ground
from tadmor.views.serving.guarding import HERE, Asgi, Guard
from tadmor.views.serving.heading import Heading
from tadmor.views.serving.keeping import Keeper
from tadmor.views.serving.shelf import FailedError, NotReadyError, Shelf
from tadmor.views.uploading.queue import Uploads

_ABOUT = """The record of a case: who held what and when, what happened, what it cost, who says so,
which accounts disagree. Every finding names the claims that it rests on, every claim the words in its document.
Fields: docs/formats.md."""


class Answering(NamedTuple):
    """Whom a server answers: requests to these names; `beyond` this machine; browsers that come by TLS (`secure`)."""

    names: frozenset[str] = HERE
    beyond: bool = False
    secure: bool = False


#: This machine alone.
_HERE = Answering()


def application(
    shelf: Shelf, queue: Uploads | None = None, ground: Ground | None = None, answering: Answering = _HERE
) -> Asgi:
    """The guarded application over a case and its uploads, with a ground of the user's own under the map."""
    forms, queue = Forms(), queue or Uploads(shelf.folder)
    admission = Admission(shelf.folder, always=answering.beyond)
    app = FastAPI(title="tadmor", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None)
    for one in (routes(shelf), counting(shelf), runs(shelf), uploads(queue), reviews(shelf)):
        app.include_router(one, dependencies=[Depends(known_alone)])
    app.include_router(people_for_programs(admission), dependencies=[Depends(known_alone)])
    app.include_router(people(admission, forms, secure=answering.secure), include_in_schema=False)
    app.include_router(administering(admission, forms), include_in_schema=False)
    app.include_router(desk(shelf, forms), include_in_schema=False)
    app.include_router(api_docs(), include_in_schema=False)
    app.include_router(run_pages(shelf), include_in_schema=False)
    app.include_router(upload_pages(shelf, forms, queue), include_in_schema=False)
    app.include_router(pages(shelf, forms, ground), include_in_schema=False)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(NotReadyError, _not_ready)
    app.add_exception_handler(FailedError, _failed)
    app.add_exception_handler(CaseError, _unusable)
    describe(app)
    return Heading(Guard(Access(Keeper(app, shelf.ready), admission), answering.names))


def _of_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _told(request: Request, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    if _of_api(request):
        return problem(status, title, detail, headers)
    return problem_page(status, title, detail, headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """A value that cannot be: which, and why."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - for the type checker: it is registered for this class
    words = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return _told(request, 422, "Not understood", words)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    known = {404: "there is nothing at this address", 405: "this address does not answer to this method"}
    return _told(
        request,
        error.status_code,
        str(error.detail),
        known.get(error.status_code, str(error.detail)),
        dict(error.headers or {}),
    )


async def _not_ready(request: Request, _: Exception) -> Response:
    words = "the record of this day is being concluded; ask again in some seconds"
    return _told(request, 503, "Not ready", words, {"retry-after": "5"})


async def _unusable(request: Request, error: Exception) -> Response:
    return _told(request, 503, "Cannot be used", str(error), {"retry-after": "5"})


async def _failed(request: Request, error: Exception) -> Response:
    return _told(request, 503, "Not concluded", f"the record could not be concluded: {error}")
