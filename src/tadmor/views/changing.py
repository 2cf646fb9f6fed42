"""`tadmor changes` and `tadmor release`: what the record told before, and what it told when it was last published."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
from tadmor.views.options import AsOf, Case, Json, day_of
from tadmor.views.publish import Policy, Sources, Today, day_counted_to, refused

commands = typer.Typer(add_completion=False, rich_markup_mode=None)  # rich help takes 0.4 s to import


@commands.command(epilog="Example: tadmor changes --since 2026-11-01 --case syria")
def changes(
    since: Annotated[
        date,
        typer.Option("--since", parser=day_of, metavar="DAY", help="What was read and decided from then on (UTC)."),
    ],
    *,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """What the record tells otherwise since a day, and which documents and decisions changed it."""
    from tadmor.views.changes import changes as found  # noqa: PLC0415
    from tadmor.views.changes_screen import show_changes  # noqa: PLC0415

    with opened(case) as ledger:
        told = found(ledger, since)
    print_json(told) if as_json else show_changes(told)


@commands.command(
    epilog="""\b
Example:
  tadmor release 1.0 -o releases --creator "Example Monitor" --licence CC-BY-4.0 --case syria
"""
)
def release(  # noqa: PLR0913 - an option each
    version: Annotated[str, typer.Argument(help="The version: letters, digits, points and hyphens.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of all releases; each keeps its own.")
    ],
    creator: Annotated[list[str], typer.Option(help="Who publishes it, for citations; may be repeated.")],
    publisher: Annotated[
        str | None, typer.Option(help="The publisher; else the first creator.", show_default=False)
    ] = None,
    doi: Annotated[str | None, typer.Option(help="The DOI of this release, if it has one.", show_default=False)] = None,
    licence: Annotated[str | None, typer.Option(help="An SPDX name, as CC-BY-4.0.", show_default=False)] = None,
    policy: Policy = None,
    as_of: AsOf = None,
    today: Today = None,
    sources: Sources = None,
    case: Case = None,
    as_json: Json = False,
) -> None:
    """A version of the published record that stays: site, data, what differs from the last one, a DataCite record."""
    from tadmor.views.progress import telling  # noqa: PLC0415
    from tadmor.views.publishing.policy import read_policy  # noqa: PLC0415
    from tadmor.views.publishing.publishing import Call  # noqa: PLC0415
    from tadmor.views.publishing.releasing import Citation  # noqa: PLC0415
    from tadmor.views.publishing.releasing import release as put  # noqa: PLC0415
    from tadmor.views.publishing.screen import show_released  # noqa: PLC0415

    call = Call(policy=read_policy(policy), today=day_counted_to(today), as_of=as_of, sources=sources)
    citation = Citation(creators=tuple(creator), publisher=publisher or creator[0], doi=doi, licence=licence)
    with refused(output), opened(case) as ledger, telling() as progress:
        told = put(ledger, output, version, call, citation, progress)
    noted(case_folder(case), "release", f"{version} of {told.claims} claims to {output}")
    print_json(told) if as_json else show_released(told, output)
