"""`tadmor gazetteer`: places that users bring into a case."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder
from tadmor.views.opening import print_json
from tadmor.views.options import Case, Json

commands = typer.Typer(
    help="Bring more places into a case, and see what was brought.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)


@commands.command(
    "import", epilog="Example: tadmor gazetteer import SY.txt places.csv --case syria --licence 'GeoNames, CC BY 4.0'"
)
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="GeoNames' dump (SY.txt), OCHA's administrative files (CSV), or your own CSV with the columns "
            "name, lat, lon.",
            show_default=False,
        ),
    ],
    case: Case = None,
    layout: Annotated[
        str | None,
        typer.Option(help="geonames, ocha or csv, where the files do not show it.", show_default=False),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(help="A note on who made the files and under which licence.", show_default=False)
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Bring places into a case.

    Reports read afterwards find their names and are linked to them. Rows that cannot be read are
    named, and the rest goes in; a file that was imported before adds nothing.
    """
    from tadmor import pipeline  # noqa: PLC0415 - stages are loaded only where they run
    from tadmor.dictionaries.gazetteer.layouts import LAYOUTS  # noqa: PLC0415
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.views.listing import show_imports  # noqa: PLC0415

    known = [one.name for one in LAYOUTS]
    if layout not in (None, *known):
        message = f"{layout!r} is no layout; choose from {', '.join(known)}"
        raise UsageError(message)
    with Ledger.open(case_folder(case), create=True) as ledger:
        told = pipeline.import_places(files, ledger, layout=layout, licence=licence)
    if as_json:
        print_json(told)
    else:
        for issue in told.issues:
            print(issue.line(), file=sys.stderr)
        show_imports(told)
    if not told.complete:
        raise typer.Exit(1)


@commands.command("list", epilog="Example: tadmor gazetteer list --case syria")
def list_(case: Case = None, *, as_json: Json = False) -> None:
    """Files of places in the case, in the order imported."""
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.views.listing import show_place_files  # noqa: PLC0415

    with Ledger.open(case_folder(case)) as ledger:
        kept = ledger.places.kept()
    print_json(kept) if as_json else show_place_files(kept)
