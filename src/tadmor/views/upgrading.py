"""`tadmor upgrade`: a case of an older tadmor, made readable to this one."""

import typer

from tadmor.settings import case_folder
from tadmor.views.noting import noted
from tadmor.views.opening import opened
from tadmor.views.options import Case

commands = typer.Typer(add_completion=False, rich_markup_mode=None)


@commands.command(epilog="Example: tadmor upgrade --case syria")
def upgrade(case: Case = None) -> None:
    """Bring a case that an older tadmor wrote up to date.

    Tables are added; nothing that was said, decided or archived is changed, and `tadmor verify`
    answers as before. What opens a case for writing, as `tadmor read`, does it by itself.
    """
    folder = case_folder(case)
    with opened(case, writable=True) as ledger:
        before = ledger.upgraded_from
    if before is None:
        print(f"{folder}: up to date already")
        return
    noted(folder, "upgrade", f"from schema {before}")
    print(f"{folder}: brought up to date from schema {before}")
