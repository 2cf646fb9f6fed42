"""`tadmor publish`: what of a case may leave it, as a site and as files that need no server."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
from tadmor.views.options import AsOf, Case, Json, day_of

commands = typer.Typer(add_completion=False, rich_markup_mode=None)  # rich help takes 0.4 s to import

Policy = Annotated[
    Path | None,
    typer.Option(
        "--policy", metavar="FILE", help="What may leave (YAML); without one, the safe defaults.", show_default=False
    ),
]
Today = Annotated[
    date | None,
    typer.Option(
        "--today",
        parser=day_of,
        metavar="DAY",
        help="Count ages to this day, no later than today's.",
        show_default=False,
    ),
]
Sources = Annotated[
    Path | None,
    typer.Option(help="Your table of sources, if it is not in the case: who is confidential.", show_default=False),
]


@commands.command(
    epilog="""\b
Examples:
  tadmor publish --example-policy > policy.yaml
  tadmor publish -o site --policy policy.yaml --case syria
"""
)
def publish(  # noqa: PLR0913 - an option each
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="The folder; one made by tadmor is replaced.", show_default=False
        ),
    ] = None,
    *,
    policy: Policy = None,
    as_of: AsOf = None,
    today: Today = None,
    sources: Sources = None,
    example_policy: Annotated[bool, typer.Option("--example-policy", help="Print a policy with the defaults.")] = False,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """A site of the record and data files that may leave the case: delayed, coarsened, without private names.

    Exit code 1: something that must not leave was found in what was written, and nothing was published.
    """
    from tadmor.views.publishing.policy import EXAMPLE, read_policy  # noqa: PLC0415

    if example_policy:
        sys.stdout.write(EXAMPLE)
        return
    if output is None:
        message = "publish where? Give -o DIR"
        raise UsageError(message)
    from tadmor.views.progress import telling  # noqa: PLC0415
    from tadmor.views.publishing.publishing import Call  # noqa: PLC0415
    from tadmor.views.publishing.publishing import publish as put  # noqa: PLC0415
    from tadmor.views.publishing.screen import show_published  # noqa: PLC0415

    call = Call(policy=read_policy(policy), today=day_counted_to(today), as_of=as_of, sources=sources)
    with refused(output), opened(case) as ledger, telling() as progress:
        told = put(ledger, output, call, progress)
    noted(case_folder(case), "publish", f"{told.claims} claims to {output}")
    print_json(told) if as_json else show_published(told, output)


@contextmanager
def refused(output: Path) -> Iterator[None]:
    """A leak that the check found, as one line and exit code 1."""
    from tadmor.views.publishing.checking import LeakError  # noqa: PLC0415

    try:
        yield
    except LeakError as error:
        print(f"tadmor: {output}: {error}", file=sys.stderr)
        raise typer.Exit(1) from error


def day_counted_to(given: date | None) -> date:
    """The day that ages are counted to: today, or an earlier one.

    Raises:
        UsageError: a later one, which would let out what is too young.
    """
    now = date.today()  # noqa: DTZ011 - the day of whoever publishes
    if given is not None and given > now:
        message = f"--today {given} has not come: it would let out what is younger than the policy allows"
        raise UsageError(message)
    return given or now
