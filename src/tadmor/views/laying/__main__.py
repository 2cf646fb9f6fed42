"""`python -m tadmor.views.laying FOLDER [DAY]`: lay the record of a case out, and say under which name.

The server calls it.
"""

import sys
from datetime import date
from pathlib import Path

from tadmor.errors import CaseError
from tadmor.ledger import Ledger
from tadmor.views.laying import lay


def main() -> None:
    """Lay the record out; a failure that tadmor foresees is one line on standard error."""
    day = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else None
    try:
        with Ledger.open(Path(sys.argv[1])) as ledger:
            print(lay(ledger, day).stem)
    except CaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
