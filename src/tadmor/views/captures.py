"""`tadmor captures`: how originals came into the case, what pages said over time, and packages of them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
from tadmor.views.options import Case, Json
from tadmor.views.outfile import keep_out_of
from tadmor.views.versions import differences

if TYPE_CHECKING:  # the store is loaded only where a case is opened
    from tadmor.datamodel.captures import Capture, Version

commands = typer.Typer(
    help="How pages came into a case, what they said over time, and packages of them (WACZ).",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)
_Pages = Annotated[list[str] | None, typer.Argument(help="Addresses of pages; else all.", show_default=False)]


class PageRow(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it stands: what it said last, since when, and how often it was captured."""

    page: str
    state: str  # stands, withdrawn
    seen: str
    last_seen: str
    versions: int
    captures: int
    original: str | None


@commands.command("list", epilog="Example: tadmor captures list --case syria")
def list_(case: Case = None, *, as_json: Json = False) -> None:
    """The pages of the case: first and last seen, how many versions, and whether they still stand."""
    with opened(case) as ledger:
        found = [_row(page, versions) for page, versions in ledger.standing().versions.items()]
    if as_json:
        print_json(found)
        return
    for one in found:
        versions = f"{one.versions} version{'' if one.versions == 1 else 's'}"
        print(f"{one.page}  {one.state}, first seen {one.seen}, last {one.last_seen}, {versions}")


@commands.command(epilog="Example: tadmor captures show https://example.org/news/1 --case syria")
def show(
    page: Annotated[str, typer.Argument(help="The address of a page.", show_default=False)],
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Each capture of a page, and what its text said otherwise from one version to the next."""
    from tadmor.datamodel.captures import page_of  # noqa: PLC0415 - only where a page is asked for

    with opened(case) as ledger:
        captures = ledger.captures(page_of(page))
        if not captures:
            message = f"the case has no capture of {page}; see `tadmor captures list`"
            raise UsageError(message)
        versions = ledger.standing().versions.get(page_of(page), ())
        if as_json:
            print_json({"captures": captures, "versions": versions})
            return
        sys.stdout.writelines(f"{line}\n" for line in _told(captures))
        for _, lines in differences(ledger, versions):
            sys.stdout.writelines(f"{line}\n" for line in ("", *lines))


@commands.command(epilog="Example: tadmor captures export -o syria.wacz --case syria")
def export(
    pages: _Pages = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The package, as syria.wacz.", show_default=False)
    ] = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Captured pages as one WACZ package, which replay tools open."""
    from tadmor import pipeline  # noqa: PLC0415 - stages are loaded only where they run
    from tadmor.datamodel.captures import page_of  # noqa: PLC0415

    if output is None:
        message = "where to? Give -o FILE.wacz"
        raise UsageError(message)
    with opened(case) as ledger:
        keep_out_of(ledger.folder, output)
        written, left_out = pipeline.package(ledger, output, {page_of(page) for page in pages or ()})
    noted(case_folder(case), "export", f"{written} captures as wacz to {output}")
    if as_json:
        print_json({"captures": written, "left_out": left_out, "output": str(output)})
        return
    print(f"{output}: {written} capture{'' if written == 1 else 's'}")
    if left_out:
        print(f"{left_out} in archives that were read are not in it: hand those files on as they are", file=sys.stderr)


def _row(page: str, versions: "tuple[Version, ...]") -> PageRow:
    last = versions[-1]
    return PageRow(
        page=page,
        state="stands" if last.original is not None else "withdrawn",
        seen=f"{versions[0].seen:%Y-%m-%d %H:%M}",
        last_seen=f"{last.last_seen:%Y-%m-%d %H:%M}",
        versions=len(versions),
        captures=sum(one.captures for one in versions),
        original=last.original,
    )


def _told(captures: "tuple[Capture, ...]") -> Iterator[str]:
    """A few lines on each capture, the first first."""
    for one in sorted(captures, key=lambda one: one.made):
        status = f", status {one.status}" if one.status is not None else ""
        asked = f", from {one.address}" if one.address else ""
        yield f"{one.made:%Y-%m-%d %H:%M:%S} UTC  {one.outcome.value}{status}{asked}"
        if one.final not in {None, one.page}:
            yield f"    answered by {one.final}"
        for day in one.dates:
            yield f"    {day.day.isoformat()}: {day.said}"
        for note in one.notes:
            yield f"    {note}"
        if one.original is not None:
            yield f"    original SHA-256 {one.original}"
        yield f"    archive SHA-256 {one.archive} {one.position}"
