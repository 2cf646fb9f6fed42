"""What may be asked of several addresses: days, pages, forms, fields."""

from typing import Annotated, Literal

from fastapi import Query

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
