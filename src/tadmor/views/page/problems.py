"""What is wrong, as a page."""

from fastapi import Response

from tadmor.views.page.templates import rendered


def problem_page(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A page that says what is wrong with a request."""
    page = rendered("problem.html", None, {"title": title, "detail": detail, "status": status})
    return Response(page, status_code=status, media_type="text/html; charset=utf-8", headers=headers)
