"""`tadmor exchange`: a case in the formats of others, each with a report of what it could not carry."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
from tadmor.views.options import AsOf, Case, Json
from tadmor.views.outfile import keep_out_of, write_whole

if TYPE_CHECKING:  # stages are loaded only where they run
    from tadmor.ledger import Ledger
    from tadmor.views.exchange import DataSet, Tally

commands = typer.Typer(
    help="Formats of others.",
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)


class Kind(StrEnum):
    """The formats (`exchange.FORMATS`)."""

    ACLED = "acled"
    UCDP = "ucdp"
    POLECAT = "polecat"
    PLOVER = "plover"
    GEOJSON = "geojson"
    KML = "kml"
    PARQUET = "parquet"
    FTM = "ftm"
    FTM_STATEMENTS = "ftm-statements"
    STIX = "stix"
    PROV = "prov"
    HXL = "hxl"
    TIMEMAP = "timemap"
    TIMEMAP_SOURCES = "timemap-sources"


class Given(StrEnum):
    """What goes out (`pipeline.Of`)."""

    RECORD = "record"
    CLAIMS = "claims"


@commands.command(
    epilog="""\b
Examples:
  tadmor exchange acled -o palmyra-acled.csv --case syria
  tadmor exchange ftm-statements -o statements.csv --of claims --case syria

\b
Beside each file stands FILE.losses.json: which fields of the record the format could not carry,
of how many entries, and why. What a format can carry is in docs/formats.md.
"""
)
def exchange(
    kind: Annotated[Kind, typer.Argument(metavar="FORMAT", help=", ".join(Kind), show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)],
    of: Annotated[
        Given, typer.Option("--of", help="What the record concludes, or each claim and row of a table by itself.")
    ] = Given.RECORD,
    as_of: AsOf = None,
    case: Case = None,
    *,
    as_is: Annotated[
        bool,
        typer.Option("--as-is", help="Leave cells as they are that a spreadsheet would take for formulas."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a case in a format of the field's, and what could not be carried beside it."""
    from tadmor import pipeline  # noqa: PLC0415 - stages are loaded only where they run
    from tadmor.views.exchange import FORMATS, Tally  # noqa: PLC0415

    wanted = next(one for one in FORMATS if one.name == kind.value)
    tally = Tally(wanted.name)
    with opened(case) as ledger:
        keep_out_of(ledger.folder, output)
        told = pipeline.outgoing(ledger, of=pipeline.Of(of.value), as_of=as_of)
        data = _data_set(ledger, as_of, escape=not as_is)
        write_whole(output, wanted.write(told.entries, data, tally))
    losses = output.with_name(output.name + ".losses.json")
    report = tally.report(told.behind)
    write_whole(losses, [_json(report)])
    day = f" as of {as_of}" if as_of is not None else ""
    noted(case_folder(case), "export", f"{of.value} as {wanted.name}{day}, {tally.rows} entries, to {output}")
    if as_json:
        print_json(report)
    else:
        _show(output, losses, tally, told.behind)


def _data_set(ledger: "Ledger", as_of: "object", *, escape: bool) -> "DataSet":
    from datetime import date  # noqa: PLC0415

    from tadmor import pipeline  # noqa: PLC0415
    from tadmor.views.exchange import DataSet  # noqa: PLC0415
    from tadmor.views.exchange.pcodes import PCodes  # noqa: PLC0415

    made = datetime(1970, 1, 1, tzinfo=UTC)
    for revision in ledger.history():
        made = revision.made
    return DataSet(
        case=ledger.name,
        made=made if made.tzinfo is not None else made.replace(tzinfo=UTC),
        as_of=as_of if isinstance(as_of, date) else None,
        escape=escape,
        pcodes=PCodes(pipeline.divisions(ledger)),
    )


def _json(report: dict[str, object]) -> bytes:
    import json  # noqa: PLC0415 - only where a report is written

    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()


def _show(output: Path, losses: Path, tally: "Tally", behind: dict[str, int]) -> None:
    for line in tally.lines(output.name, behind):
        print(line, file=sys.stderr)
    escaped = f", {tally.escaped:,} cells escaped for spreadsheets" if tally.escaped else ""
    print(f"{output}: {tally.rows:,} of {tally.entries + tally.left:,} entries{escaped}; losses in {losses.name}")
