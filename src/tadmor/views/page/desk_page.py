"""A page of the desk being made: what all of them share."""

import json
from typing import Any

import msgspec
from fastapi import Request, Response

from tadmor.ledger import Ledger
from tadmor.ledger.atlas import Atlas
from tadmor.views.deciding import decided, made_in
from tadmor.views.page.forms import Forms
from tadmor.views.page.templates import rendered
from tadmor.views.serving.shelf import Shelf


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a decision was not noted, on what it was, and what was typed, which the form keeps."""

    message: str
    on: str
    typed: dict[str, str]
    status: int


class DeskPage:
    """A page of the desk being made, for whoever is known to decide there; `blind`: without what others say."""

    def __init__(self, shelf: Shelf, forms: Forms, request: Request, done: int = 0, *, blind: bool = False) -> None:
        self.shelf, self.forms, self.request = shelf, forms, request
        self.opened = shelf.atlas()
        self.atlas: Atlas = self.opened.atlas
        self.done = done
        self.blind = blind
        self.form = forms.shown(request) | {"blind": blind}
        self.viewer: str = self.form["author"]

    def show(self, template: str, failure: Failure | None = None, **values: Any) -> Response:
        """The page."""
        shared = {
            "case": json.loads(self.atlas.sheet("case")),
            "concluding": self.opened.concluding,
            "form": self.form,
            "done": self._done(),
            "failure": failure,
            "blind": self.blind,
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
            every = made_in(ledger, every=False, viewer=self.viewer)
            made = next((one for one in every if one.number == self.done), None)
            return decided(made, ledger) if made is not None else None
