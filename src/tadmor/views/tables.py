"""`tadmor import`: tables of others, as claims of their source."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder, own_sources
from tadmor.views.opening import print_json
from tadmor.views.options import Case, Day, Json

if TYPE_CHECKING:  # stages are loaded only where they run
    from tadmor.pipeline import ImportedTable, TableCall, TableImports

commands = typer.Typer(
    help="Bring tables of others into a case: each row as claims of its source, quoted from the table.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)

_Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="ROLE=NAME",
        help="A column that your table calls by another name, as place=Town; may be repeated.",
        show_default=False,
    ),
]
_Replaces = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="An earlier file whose place this one takes: rows that it tells and this one does not are withdrawn.",
        show_default=False,
    ),
]
_Sources = Annotated[
    Path | None,
    typer.Option(help="Your own sources and their sides (YAML); else sources.yaml in the case.", show_default=False),
]


@commands.command(
    epilog="""\b
Examples:
  tadmor import control map.csv --source DeepState --holder RU=Russia --holder UA=Ukraine --case ukraine
  tadmor import control held.csv --source 'Barada Agency' --column place=Town --column first_day=Since
"""
)
def control(  # noqa: PLR0913, PLR0917 - an option each
    files: Annotated[
        list[Path],
        typer.Argument(
            help="VIINA's, or a CSV or TSV with place, status, first_day, last_day; where given lat, lon, place_id.",
            show_default=False,
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="Who says so: the maker of the map; not needed for VIINA.", show_default=False)
    ] = None,
    holder: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS=NAME",
            help="Whom a status names, as RU=Russia; or contested, besieged, or - for nobody; may be repeated.",
            show_default=False,
        ),
    ] = None,
    column: _Columns = None,
    published: Day = None,
    replaces: _Replaces = None,
    sources: _Sources = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Who held which place from when to when.

    Each row becomes a claim of its source that the place was held (or contested, or besieged) on
    all of those days. A newer edition of the table corrects the earlier; nothing is told twice.
    """
    from tadmor.pipeline import TableCall  # noqa: PLC0415 - stages are loaded only where they run

    folder = case_folder(case)
    call = TableCall(
        kind="control",
        source=source,
        published=published,
        columns=_pairs(column, "--column place=Town"),
        holders=_pairs(holder, "--holder RU=Russia"),
        replaces=replaces,
        sources=own_sources(folder, sources),
    )
    _import(files, folder, call, as_json=as_json)


@commands.command(
    epilog="""\b
Examples:
  tadmor import events ged251.csv --case syria
  tadmor import events acled.csv.gz --published 2017-03-01 --case syria
  tadmor import events strikes.csv --source Airwars --column place=Town --column killed=Deaths --case syria
"""
)
def events(  # noqa: PLR0913 - an option each
    files: Annotated[
        list[Path],
        typer.Argument(
            help="UCDP GED, ACLED, POLECAT, VIINA, Airwars, or your own with date, place, and type or killed.",
            show_default=False,
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="Whose table it is, where it does not show in its columns.", show_default=False)
    ] = None,
    column: _Columns = None,
    published: Day = None,
    replaces: _Replaces = None,
    sources: _Sources = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """What happened where and when, and what it cost.

    Each row becomes claims of its source: the event, its dead as low, best and high, and who took the
    place where the table says so. A newer edition corrects the earlier; nothing is told twice.
    """
    from tadmor.pipeline import TableCall  # noqa: PLC0415 - stages are loaded only where they run

    folder = case_folder(case)
    call = TableCall(
        kind="events",
        source=source,
        published=published,
        columns=_pairs(column, "--column place=Town"),
        replaces=replaces,
        sources=own_sources(folder, sources),
    )
    _import(files, folder, call, as_json=as_json)


@commands.command(
    epilog="""\b
Examples:
  tadmor import table incidents.csv --mapping incidents.yaml --case syria
  tadmor import table held.tsv --mapping held.yaml --source 'Harbour Monitor' --replaces held-2016.tsv
"""
)
def table(  # noqa: PLR0913 - an option each
    files: Annotated[list[Path], typer.Argument(help="CSV or TSV with any columns.", show_default=False)],
    mapping: Annotated[
        Path,
        typer.Option(
            help="What its columns, words and days mean (YAML; docs/formats.md has an example).", show_default=False
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="Whose table it is, if the mapping does not say.", show_default=False)
    ] = None,
    published: Day = None,
    replaces: _Replaces = None,
    sources: _Sources = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Any table, by a file that says what its columns mean.

    Rows become claims as those of other tables do. What is wrong with the mapping is told with its
    line, and nothing is imported; what is wrong with a row is told with the row's.
    """
    from tadmor.pipeline import TableCall  # noqa: PLC0415 - stages are loaded only where they run

    folder = case_folder(case)
    call = TableCall(
        kind="mapped",
        source=source,
        published=published,
        replaces=replaces,
        sources=own_sources(folder, sources),
        mapping=_mapping(mapping),
    )
    _import(files, folder, call, as_json=as_json)


def _mapping(path: Path) -> str:
    """The text of a mapping file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path}: the mapping cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        message = f"{path}: the mapping is no UTF-8 text"
    raise UsageError(message)


def _pairs(written: list[str] | None, example: str) -> dict[str, str]:
    """Options of the form A=B.

    Raises:
        UsageError: one is not.
    """
    found: dict[str, str] = {}
    for one in written or ():
        name, equals, value = one.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            message = f"{one!r} is not of the form {example.split()[1]}; write it as {example}"
            raise UsageError(message)
        found[name.strip()] = value.strip()
    return found


def _import(files: list[Path], folder: Path, call: "TableCall", *, as_json: bool) -> None:
    from tadmor import pipeline  # noqa: PLC0415
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.views.progress import watching  # noqa: PLC0415

    with Ledger.open(folder, create=True) as ledger, watching() as progress:
        told = pipeline.import_tables(files, ledger, call, progress=progress)
    if as_json:
        print_json(told)
    else:
        _show(told, folder)
    if not told.complete:
        raise typer.Exit(1)


def _show(told: "TableImports", folder: Path) -> None:
    from tadmor.views.words import plural  # noqa: PLC0415

    for issue in told.issues:
        print(issue.line(), file=sys.stderr)
    for one in told.files:
        print(f"{one.file}: imported before, nothing added" if one.imported else f"{_brought(one)}; case in {folder}")
        if one.missing:
            rows = plural(one.missing, "earlier row")
            print(f"{one.file}: has not {rows}, which stand; --replaces '{one.earlier}' would withdraw them")


def _brought(one: "ImportedTable") -> str:
    from tadmor.views.words import plural  # noqa: PLC0415

    parts = [f"{one.added:,} new", f"{one.corrected:,} corrected", f"{one.unchanged:,} unchanged"]
    told = ", ".join(parts) if one.corrected or one.unchanged else "all new"
    withdrawn = f", {plural(one.withdrawn, 'earlier row')} withdrawn" if one.withdrawn else ""
    left_out = f", {plural(one.left_out, 'row')} left out that tell of nothing kept" if one.left_out else ""
    return (
        f"{one.file} ({one.layout}, {one.source}): {plural(one.rows, 'row')}, {told}{withdrawn}{left_out};"
        f" {plural(one.claims, 'claim')} added"
    )
