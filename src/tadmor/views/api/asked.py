"""What may be asked of several addresses: days, pages, forms, fields; and that nothing else is."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Literal

from fastapi import Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from tadmor.views.serving.days import Day

#: Most answers of a page, and how many where nothing is said.
MOST, USUAL = 1000, 50
#: SQLite's largest whole number.
LARGEST = 2**63 - 1


AsOf = Annotated[Day | None, Query(description="The record as it was known at the end of this day; else now.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[int, Query(ge=0, le=LARGEST, description="`next` of the page before.")]
Form = Annotated[
    Literal["json", "jsonl", "csv", "geojson"] | None, Query(alias="format", description="Else by the Accept header.")
]
Fields = Annotated[
    str | None, Query(max_length=1000, description="Only these fields of each, parted by commas: `id,place.name`.")
]
Words = Annotated[
    str, Query(min_length=1, max_length=200, description="All of these words; `execut*` by its beginning.")
]
Kind = Literal["control", "event", "presence", "movement", "toll"]
Modality = Literal["asserted", "hedged", "planned", "predicted", "hypothetical", "asked"]
Layer = Literal["events", "tolls", "presences", "movements", "contradictions"]
Id = Annotated[str, Query(max_length=300)]


def known_alone(request: Request) -> None:
    """Turn away a question with a condition that its address does not know: left out, it would find too much.

    Raises:
        RequestValidationError: which it is, and the nearest that is known.
    """
    route = request.scope["route"]
    assert isinstance(route, APIRoute)  # noqa: S101 - for the type checker: only these have dependencies
    known = list(_conditions(route.dependant))
    for name in request.query_params:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it is by {', '.join(sorted(known)) or 'nothing'}"
            raise RequestValidationError([{"loc": ("query", name), "msg": f"this address is not asked by it; {hint}"}])


def _conditions(of: Dependant) -> Iterator[str]:
    """By what an address is asked, and by what all that it depends on is."""
    yield from (field.alias for field in of.query_params)
    for one in of.dependencies:
        yield from _conditions(one)
