"""Files sent to be read, for programs."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from tadmor.errors import CaseNotWritableError, UsageError
from tadmor.views.api.asked import USUAL, Cursor, Limit
from tadmor.views.api.describing import PROBLEM, one_as
from tadmor.views.api.replying import JSON, problem
from tadmor.views.laying.encoding import encoded
from tadmor.views.serving.days import Day
from tadmor.views.uploading.queue import Uploads
from tadmor.views.uploading.receiving import RefusedError, Told, kept

Name = Annotated[str | None, Query(max_length=500, description="What the file is called, where the body is the file.")]
Source = Annotated[str | None, Query(max_length=300, description="The outlet, if all files are of one.")]
Published = Annotated[Day | None, Query(description="The day they came out, if all share it.")]

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "source": {"type": "string", "description": "The outlet, if all files are of one."},
                        "published": {"type": "string", "format": "date", "description": "Their day, if all share it."},
                        "file": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
                    },
                    "required": ["file"],
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
_TAKEN = {**one_as("Upload"), 201: one_as("Upload")[200], 409: PROBLEM, 413: PROBLEM, 507: PROBLEM}
_TAKEN.pop(200)
#: Seconds after which what could not be taken for want of room is worth sending again.
_AGAIN = {"retry-after": "60"}


def uploads(queue: Uploads) -> APIRouter:
    """The addresses of uploads."""
    api = APIRouter(prefix="/api/v1/uploads")

    @api.get("", summary="Uploads, the latest first", responses=one_as("Uploads"))
    def every(limit: Limit = USUAL, cursor: Cursor = 0) -> Response:
        found, after = queue.every(limit, cursor)
        return _answer({"uploads": found, "next": after})

    @api.get("/{identity}", summary="How far an upload is, and what came of each file", responses=one_as("Upload"))
    def one(identity: str) -> Response:
        found = queue.get(identity)
        return _answer(found) if found is not None else _missing(identity)

    @api.post("/{identity}/again", summary="Have a failed upload read again", status_code=201, responses=_TAKEN)
    def again(identity: str, request: Request) -> Response:
        if not own_origin(request):
            return problem(403, "Refused", "a page of another site cannot write here")
        try:
            found = queue.again(identity)
        except UsageError as error:
            return problem(409, "Not failed", str(error))
        return _answer(found, 201) if found is not None else _missing(identity)

    _sending(api, queue)
    return api


def _sending(api: APIRouter, queue: Uploads) -> None:
    @api.post("", summary="Send files to be read", status_code=201, responses=_TAKEN, openapi_extra=_BODY)
    async def send(request: Request, name: Name = None, source: Source = None, published: Published = None) -> Response:
        if not own_origin(request):
            return problem(403, "Refused", "a page of another site cannot write here")
        told = Told(name=name, source=source, published=published)
        try:
            made = await kept(queue.spool, queue.bounds, request, told)
        except RefusedError as error:
            return problem(error.status, "Not taken", str(error), _AGAIN if error.status == 503 else None)
        except CaseNotWritableError as error:
            return problem(507, "Not taken", str(error))
        except ClientDisconnect:
            return problem(422, "Not taken", "the sender is gone")
        await run_in_threadpool(queue.begin)
        found = await run_in_threadpool(queue.get, made.id)
        return _answer(found, 201, {"location": f"/api/v1/uploads/{made.id}"})


def own_origin(request: Request) -> bool:
    """Does a page of this server send, or a program that is no browser? A form can be sent from any site unasked."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    told = {"cache-control": "no-store", **(headers or {})}
    return Response(encoded(value), status_code=status, media_type=JSON, headers=told)


def _missing(identity: str) -> Response:
    return problem(404, "Not found", f"there is no upload {identity!r}")
