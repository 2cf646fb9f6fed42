"""The conditions that claims are asked for by, as an address gives them."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from tadmor.ledger.atlas import Wanted
from tadmor.views.serving.days import Day

AsOf = Annotated[Day | None, Query(description="The record as it was known at the end of this day; else now.")]
Id = Annotated[str | None, Query(max_length=300)]
#: An empty value, as a form without scripts sends it, is no condition.
Kind = Literal["", "control", "event", "presence", "movement", "toll"]
Modality = Literal["", "asserted", "hedged", "planned", "predicted", "hypothetical", "asked"]


def _conditions(  # noqa: PLR0913, PLR0917 - a condition each
    place: Id = None,
    actor: Id = None,
    source: Id = None,
    side: Id = None,
    document: Id = None,
    kind: Kind = "",
    modality: Modality = "",
    first: Annotated[Day | Literal[""] | None, Query(alias="from")] = None,
    last: Annotated[Day | Literal[""] | None, Query(alias="to")] = None,
    least: Annotated[float | None, Query(ge=0, le=1, description="Read at least so surely.")] = None,
    q: Annotated[str | None, Query(max_length=300, description="All of these words.")] = None,
) -> Wanted:
    words = (q or "").replace("\x00", " ").strip()
    return Wanted(
        place=place or None,
        actor=actor or None,
        source=source or None,
        side=side or None,
        document=document or None,
        kind=kind or None,
        modality=modality or None,
        first=first.isoformat() if first else None,
        last=last.isoformat() if last else None,
        least=least,
        words=words or None,
    )


#: All conditions hold.
Conditions = Annotated[Wanted, Depends(_conditions)]
