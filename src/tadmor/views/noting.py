"""What leaves a case from the command line is noted in the audit of the case: what, whereto, by whom."""

import sys
from pathlib import Path


def noted(folder: Path, what: str, about: str) -> None:
    """Note that something was handed out, or done to the case as a whole.

    Where the case cannot be written, a line on standard error says that nothing was noted: what somebody may read, they
    may copy.
    """
    from tadmor.errors import CaseError  # noqa: PLC0415 - only where something is handed out
    from tadmor.ledger.accounts import Accounts  # noqa: PLC0415
    from tadmor.views.accounts import shell_user  # noqa: PLC0415

    try:
        with Accounts.open(folder) as accounts:
            accounts.note(shell_user(), what, about, "done")
    except CaseError as error:
        print(f"warning: not noted in the audit of the case: {error}", file=sys.stderr)
