"""A page being made: what all pages of the record share."""

import json
from datetime import date
from typing import Any, Literal

from fastapi import Response

from tadmor.ledger.atlas import Atlas
from tadmor.views.exports import Row
from tadmor.views.page.templates import rendered
from tadmor.views.serving.shelf import Opened, Shelf


class Made:
    """A page being made: the atlas that it is made from, and what it shows."""

    def __init__(self, shelf: Shelf, as_of: date | Literal[""] | None) -> None:
        self.as_of = as_of or None
        self.opened: Opened = shelf.atlas(self.as_of)
        self.atlas: Atlas = self.opened.atlas
        self.case: Row = json.loads(self.atlas.sheet("case"))

    def show(self, template: str, **values: Any) -> Response:
        """The page."""
        shared = {"case": self.case, "concluding": self.opened.concluding}
        page = rendered(template, self.as_of, shared | values)
        return Response(page, media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})

    def holders(self) -> list[str]:
        """The ids of all holders of the case, in the order that gives them their colours."""
        found: list[str] = json.loads(self.atlas.sheet("holders"))
        return found

    def read(self, value: bytes | None) -> Row | None:
        """An answer of the atlas, read."""
        return json.loads(value) if value is not None else None
