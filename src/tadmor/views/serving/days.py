"""Days in addresses."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator


def _iso_day(value: str) -> date:
    """A day as 2016-12-11 and in no other way.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str) or len(value) != len("2016-12-11"):
        message = "write a day as 2016-12-11"
        raise ValueError(message)
    return date.fromisoformat(value)


Day = Annotated[date, BeforeValidator(_iso_day)]
