"""Options that several commands share."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Case = Annotated[
    Path | None, typer.Option("--case", help="The case's folder; else TADMOR_CASE, else ./case.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


class Reader(StrEnum):
    """Who reads (`extraction.READERS`, and `extraction.llm`)."""

    LEARNED = "learned"
    RULES = "rules"
    LLM = "llm"


ReadBy = Annotated[
    Reader,
    typer.Option(
        "--reader",
        help="Who reads: the network over the rules, the rules alone (quicker, miss more), or a language model.",
    ),
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url",
        metavar="URL",
        help="The model's endpoint, as http://localhost:8000/v1: the texts are sent there. Its key: TADMOR_LLM_KEY.",
        show_default=False,
    ),
]
LlmModel = Annotated[
    str | None,
    typer.Option("--llm-model", metavar="NAME", help="The model, as the endpoint names it.", show_default=False),
]
LlmAtOnce = Annotated[
    int | None,
    typer.Option("--llm-at-once", min=1, max=64, help="Most requests under way at a time (4).", show_default=False),
]
LlmTimeout = Annotated[
    float | None,
    typer.Option("--llm-timeout", min=1, help="Seconds to wait for an answer (120).", show_default=False),
]


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
Silent = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="NAME",
        help="Conclude as if a source, or all of a side, had said nothing; may be repeated.",
        show_default=False,
    ),
]
