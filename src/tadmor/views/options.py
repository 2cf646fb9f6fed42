"""Options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

Case = Annotated[
    Path | None, typer.Option("--case", help="The case's folder; else TADMOR_CASE, else ./case.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def day_of(value: str) -> date:
    """A day as written on the command line.

    Raises:
        typer.BadParameter: it is none.
    """
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        message = f"{value!r} is no day; write it as 2016-12-11"
        raise typer.BadParameter(message) from error


Day = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="DAY", help="The day they came out, if all share it.", show_default=False),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=day_of, metavar="DAY", help="Use only what had been said by that day.", show_default=False
    ),
]
