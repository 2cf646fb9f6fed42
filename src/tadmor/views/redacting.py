"""`tadmor redact`: a person's name taken out of a case, and a tombstone left."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.settings import author as author_of
from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.opening import print_json
from tadmor.views.options import Case, Json

if TYPE_CHECKING:
    from tadmor.ledger.redacting import Found, Redacted

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

_EPILOG = """\b
Examples:
  tadmor redact "Ali al-Hasan" --also "al-Hasan" --case syria                      shows what it would take out
  tadmor redact "Ali al-Hasan" --also "al-Hasan" --reason "asked us to" --yes --case syria
"""


@commands.command(epilog=_EPILOG)
def redact(
    name: Annotated[str, typer.Argument(help="The name, as it is written.", show_default=False)],
    also: Annotated[
        list[str] | None, typer.Option(help="Another form of it: the surname, another spelling; may be repeated.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; stays in the case, so without the name.")] = "",
    author: Annotated[str | None, typer.Option(help="Who decides; else TADMOR_AUTHOR or git's name.")] = None,
    case: Case = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it. Without this, only what it would do is told.")] = False,
    as_json: Json = False,
) -> None:
    """Take a person's name out of a case for good.

    It goes from all texts, claims, indexes and what was concluded; originals that hold it are no
    longer kept. A tombstone says that something was taken out, by whom, why and what digest it
    had; checkpoints and tokens still hold. Stop servers of the case first.
    """
    from tadmor.pipeline.redacting import redact as carry_out  # noqa: PLC0415
    from tadmor.pipeline.redacting import to_redact  # noqa: PLC0415

    folder, names = case_folder(case), [name, *(also or ())]
    if not yes:
        found = to_redact(folder, names)
        print_json(found) if as_json else _show(found)
        return
    done = carry_out(folder, names, author=author_of(author), reason=reason)
    noted(folder, "redaction", str(done.number))
    print_json(done) if as_json else _tell(folder, done)
    if done.left:
        raise typer.Exit(1)


def _show(found: "Found") -> None:
    from tadmor.views.words import plural  # noqa: PLC0415

    documents, originals = plural(len(found.documents), "document"), plural(len(found.originals), "original")
    print(f"{plural(found.passages, 'passage')} in {documents} would be masked, {originals} no longer kept")
    for one in found.entities:
        print(f"  known as: {one}")
    print("give every form of the name with --also; then --reason and --yes do it, and nothing undoes it")


def _tell(folder: Path, done: "Redacted") -> None:
    from tadmor.views.words import plural  # noqa: PLC0415

    taken, gone = plural(done.redaction.revisions, "revision"), plural(len(done.redaction.originals), "original")
    print(f"redaction {done.number}: {taken} changed, {gone} no longer kept")
    for path in done.left:
        print(f"{folder / path}: the name still stands there; take it out by hand", file=sys.stderr)
