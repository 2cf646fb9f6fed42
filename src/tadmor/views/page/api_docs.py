"""The page of the API's description, from files of this server's own."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from tadmor.views.page.templates import STATIC, rendered

#: Swagger UI, where `make web` put it.
BUNDLE = STATIC / "api" / "swagger-ui-bundle.js"


def api_docs() -> APIRouter:
    """The page; where it is not built, it says so, and how it is."""
    site = APIRouter()

    @site.get("/api/docs")
    def docs() -> Response:
        page = rendered("api_docs.html", None, {"built": BUNDLE.is_file()})
        return Response(page, media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})

    @site.get("/api/v1")
    def root() -> Response:
        return RedirectResponse("/api/docs", status_code=303)

    return site
