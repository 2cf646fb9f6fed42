"""`tadmor lock` and `tadmor unlock`: a case as one encrypted file, while nobody works on it."""

from pathlib import Path
from typing import Annotated

import typer

from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.options import Case
from tadmor.views.passphrases import fresh_passphrase, passphrase

commands = typer.Typer(add_completion=False, rich_markup_mode=None)

#: What the passphrase is of.
_OF = "the case"

_Keep = Annotated[bool, typer.Option("--keep", help="Leave what was there where it is.")]


@commands.command(
    epilog="""\b
Examples:
  tadmor lock --case syria
  tadmor lock --recipient age1... --recipient age1... --case syria
"""
)
def lock(
    recipient: Annotated[
        list[str] | None,
        typer.Option(help="An age recipient (age1...) who can unlock it; may be repeated.", show_default=False),
    ] = None,
    case: Case = None,
    *,
    keep: _Keep = False,
) -> None:
    """Encrypt a whole case into one file beside it, and remove the folder.

    Without recipients a passphrase opens it, asked for or read from standard input. What the disk
    still holds of the removed folder is not wiped: keep cases on an encrypted disk as well.
    """
    from tadmor.ledger.sealing import lock as seal  # noqa: PLC0415

    folder = case_folder(case)
    if folder.is_dir():
        noted(folder, "lock", f"for {len(recipient)} recipients" if recipient else "with a passphrase")
    print(seal(folder, recipient or [], lambda: fresh_passphrase(_OF), keep=keep))


@commands.command(
    epilog="""\b
Examples:
  tadmor unlock --case syria
  tadmor unlock --identity key.txt --case syria
"""
)
def unlock(
    identity: Annotated[
        list[Path] | None, typer.Option(help="A file of age identities; may be repeated.", show_default=False)
    ] = None,
    case: Case = None,
    *,
    keep: _Keep = False,
) -> None:
    """Decrypt a locked case to where it was, and remove the encrypted file."""
    from tadmor.ledger.sealing import unlock as unseal  # noqa: PLC0415

    folder = case_folder(case)
    unseal(folder, identity or [], lambda: passphrase(_OF), keep=keep)
    noted(folder, "unlock", "")
    print(folder)
