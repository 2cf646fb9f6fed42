"""`python -m tadmor.views.uploading FOLDER`: read the uploads that wait in a case; the server calls it."""

import sys
from pathlib import Path

from tadmor.errors import CaseError
from tadmor.views.uploading.reading import drain


def main() -> None:
    """Read them; a failure that tadmor foresees is one line on standard error."""
    try:
        drain(Path(sys.argv[1]))
    except CaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
