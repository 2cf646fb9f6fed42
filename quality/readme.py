"""The beginning of the brief of Palmyra that the README shows, made anew from the example case.

    python -m quality.readme

A test (`tests/quality/test_readme.py`) holds the README to what the code gives.
"""

import re
import tempfile
from pathlib import Path

from quality.calling import tadmor
from quality.corpus import ROOT

README = ROOT / "README.md"
_EXAMPLE = ROOT / "examples" / "palmyra"
_SHOWN = re.compile(r"(```\n)PALMYRA\n.*?(?=\n```)", re.DOTALL)
#: Columns of the sample: what fits a page of the repository without scrolling.
_WIDTH = 96


def sample() -> str:
    """The brief of Palmyra down to the last spell of control, as `make demo` prints it.

    Raises:
        RuntimeError: the program failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        tadmor("read", _EXAMPLE / "reports", "--sources", _EXAMPLE / "sources.yaml", "--case", case)
        lines = tadmor("brief", "Palmyra", "--case", case, columns=_WIDTH).split("\n")
    heads = [number for number, line in enumerate(lines) if line.startswith("──")]
    return "\n".join(lines[: heads[1] - 1]).rstrip()  # the second section's title stands above its rule


def filled(readme: str, shown: str) -> str:
    """The README with this sample in place of its own."""
    return _SHOWN.sub(lambda match: match[1] + shown, readme, count=1)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8"), sample()), encoding="utf-8")
    print("quality.readme: the sample in README.md is what the code gives")
