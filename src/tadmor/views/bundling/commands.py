"""The command `tadmor bundle`."""

from pathlib import Path
from typing import Annotated

import typer

from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
from tadmor.views.options import AsOf, Case, Json
from tadmor.views.outfile import keep_out_of

commands = typer.Typer(add_completion=False, rich_markup_mode=None)  # rich help takes 0.4 s to import


@commands.command(epilog="Example: tadmor bundle Palmyra --case syria -o palmyra.zip")
def bundle(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)],
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="FINDING|PLACE|CASE",
            help="A finding's id, a place, or a case's folder; without one, the whole case.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """All that a finding, a place or the case rests on, in one file that anyone can check offline.

    Originals, texts, claims, findings, the history with its proofs, a report as a page and for
    printing, and a program that checks it all: python3 verify.py BUNDLE.zip.
    """
    from tadmor.views.bundling.bundle import write  # noqa: PLC0415 - the stages are loaded only where they run

    folder = Path(what) if what is not None and case is None else None
    if folder is not None and (folder / "ledger.db").is_file():
        what, case = None, folder
    with opened(case) as ledger:
        keep_out_of(ledger.folder, output)
        told = write(what, ledger, output, as_of=as_of)
        folder = ledger.folder
    noted(folder, "bundle", f"{told.about} to {output}, seal {told.seal}")
    if as_json:
        print_json(told)
        return
    from tadmor.views.words import plural  # noqa: PLC0415

    counted = (plural(told.findings, "finding"), plural(told.documents, "document"), plural(told.claims, "claim"))
    print(f"{output}: {told.about}: {', '.join(counted)}")
    print(f"seal {told.seal}")
    print("Check it with the verify.py in it: python3 verify.py BUNDLE.zip. Tell the seal by another way.")
