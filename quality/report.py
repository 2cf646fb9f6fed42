"""The measured tables of `docs/quality.md`, all filled anew in one go.

    python -m quality.report [NAME...] [--print]

Each table stands between `<!-- measured: NAME -->` and `<!-- end -->`, headed by the command that prints it. Without
names all are filled (speed takes some minutes); a table whose reference data is missing stays as it is. `--print` shows
them and writes nothing. What the pages about a case say of how well claims are read is taken from the tables
(`views/page/measured.json`).
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quality import claims, seeds
from quality.corpus import ROOT, shared
from tadmor.datamodel.claims import KINDS

PAGE = ROOT / "docs" / "quality.md"
#: What the pages about a case show of it.
SHOWN = ROOT / "src" / "tadmor" / "views" / "page" / "measured.json"
#: The tables that are shown there, and what their texts are.
_TEXTS = {
    "claims": "news reports on the war in Syria: not learned from, but thresholds were chosen by them",
    "own": "texts of many genres on other wars that nothing was chosen by",
}
#: Columns of the tables of claims.
_MARKED, _PRECISION, _RECALL, _RIGHT = 1, 3, 4, 8
_REGION = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_CORPORA = "../shared/corpora"
_CALLS = {
    "times": ("quality.times", f"{_CORPORA}/wikiwars/timex2"),
    "places": ("quality.places", f"{_CORPORA}/geoparsing/TR-News.xml", f"{_CORPORA}/geoparsing/GeoVirus.xml"),
    "whens_dev": ("quality.whens", "../shared/gold/dev.jsonl", "../shared/gold/dev"),
    "swapped": ("quality.swapped", "--json"),
    "whens_train": ("quality.whens", "../shared/gold/train.jsonl", "../shared/gold/train"),
    "speed": ("bench", "--json"),
    "record_speed": ("bench.record", "--json"),
}


class Table(NamedTuple):
    """A measured table: commands that print its figures, what they read of the reference data, how it is made of it."""

    commands: tuple[str, ...]
    needed: tuple[str, ...]
    lines: Callable[[Path], Iterable[str]]


def main() -> int:
    """Measure and fill, or print."""
    parser = _parser()
    asked = parser.parse_args()
    if wrong := [name for name in asked.names if name not in TABLES]:
        parser.error(f"no table {', '.join(wrong)}; there are {', '.join(TABLES)}")
    made = {}
    for name in asked.names or TABLES:
        folder = shared(*TABLES[name].needed)
        if folder is None:
            print(f"quality.report: {name} skipped, its reference data (in ../shared or TADMOR_SHARED) is missing")
            continue
        made[name] = "\n".join(made_of(TABLES[name], folder))
    if asked.print:
        print("\n\n".join(made.values()))
    else:
        page = filled(PAGE.read_text(encoding="utf-8"), made)
        PAGE.write_text(page, encoding="utf-8")
        SHOWN.write_text(json.dumps(shown(page), indent=1) + "\n", encoding="utf-8")
        print(f"quality.report: {', '.join(made) or 'nothing'} filled")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quality.report", description="Fill the measured tables of docs/quality.md.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(TABLES)}; all")
    parser.add_argument("--print", action="store_true", help="show the tables and write nothing")
    return parser


def made_of(table: Table, folder: Path) -> Iterator[str]:
    """The commands, then the table."""
    yield from ("```", *table.commands, "```", "")
    yield from table.lines(folder)


def filled(page: str, made: Mapping[str, str]) -> str:
    """The page with the regions of these names filled; a name without a region is an error."""
    missing = set(made) - {match[2] for match in _REGION.finditer(page)}
    if missing:
        message = f"no region for {', '.join(sorted(missing))}"
        raise KeyError(message)
    return _REGION.sub(lambda match: f"{match[1]}{made[match[2]]}\n{match[3]}" if match[2] in made else match[0], page)


def shown(page: str) -> list[dict[str, Any]]:
    """What the pages about a case show: how many claims of each kind are found, and how many right, by sort of text."""
    regions = {match[2]: match[0] for match in _REGION.finditer(page)}
    return [{"texts": words, "kinds": list(_kinds(regions[name]))} for name, words in _TEXTS.items()]


def _kinds(region: str) -> Iterator[dict[str, Any]]:
    rows = (line.strip("| ").split(" | ") for line in region.splitlines() if line.startswith("| "))
    for cells in rows:
        if cells[0] in (*KINDS, "ALL"):
            kind, marked = cells[0] if cells[0] != "ALL" else "all", int(cells[_MARKED])
            figures = {"found": cells[_RECALL], "are": cells[_PRECISION], "right": cells[_RIGHT]}
            yield {"kind": kind, "marked": marked, **{name: float(told) for name, told in figures.items()}}


def _printed(name: str, folder: Path) -> Any:
    """What a measurement prints as JSON; paths are those of the reference data in use."""
    module, *words = _CALLS[name]
    call = [sys.executable, "-m", module, *(word.replace("../shared", str(folder)) for word in words)]
    done = subprocess.run(call, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603  # our own program
    return json.loads(done.stdout)


def _command(name: str) -> str:
    return f"python -m {' '.join(_CALLS[name])}"


def _read_by(*names: str) -> tuple[str, ...]:
    return tuple(word.removeprefix("../shared/") for name in names for word in _CALLS[name] if word.startswith("../"))


def _times(folder: Path) -> Iterator[str]:
    figures = _printed("times", folder)
    yield from _grid(
        ["relaxed F1", "strict F1", "F1 with the value right", "value right, of all", "expressions"],
        [[figures[key] for key in ("relaxed_f1", "strict_f1", "value_f1", "value_accuracy", "n")]],
    )
    yield ""
    classes = figures["value_by_class"].items()
    yield from _grid(["kind of value", "right", "of"], [[name, share, count] for name, (share, count) in classes])


def _whens(folder: Path) -> Iterator[str]:
    rows = []
    for split in ("dev", "train"):
        figures = _printed(f"whens_{split}", folder)
        genres = ", ".join(f"{name} {figures[name]:.3f}" for name in ("news", "re3d", "wiki") if name in figures)
        rows.append([split, figures["n"], figures["when"], genres])
    yield from _grid(["split", "claims with a time", "right", "by genre"], rows)


def _places(folder: Path) -> Iterator[str]:
    rows = [
        [name, found["n"], found["acc161"], found["median_km"], found["auc"], found["ms_a_document"]]
        for name, found in _printed("places", folder).items()
    ]
    yield from _grid(
        ["corpus", "toponyms", "within 161 km", "median km", "AUC (less is better)", "ms a document"], rows
    )


def _swapped(folder: Path) -> Iterator[str]:
    figures = _printed("swapped", folder)
    rows = [[name, figures[name]["pairs"], figures[name]["same"]] for name in ("learned", "rules")]
    yield from _grid(["reader", "pairs of sentences", "read the same"], rows)


def _speed(folder: Path, name: str = "speed") -> Iterator[str]:
    rows = [[one["name"].strip(), _short(one["value"]), one["unit"]] for one in _printed(name, folder)]
    yield from _grid(["what", "measured", "unit"], rows)


def _grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


TABLES: dict[str, Table] = {
    "claims": Table(
        ("python -m quality.claims --split dev",),
        claims.needed("dev"),
        lambda folder: claims.markdown(claims.measure(folder, "dev")),
    ),
    "train": Table(
        ("python -m quality.claims --split train",),
        claims.needed("train"),
        lambda folder: claims.markdown(claims.measure(folder, "train")),
    ),
    "own": Table(
        ("python -m quality.claims --split own",),
        claims.needed("own"),
        lambda folder: claims.markdown(claims.measure(folder, "own")),
    ),
    "passages": Table(
        ("python -m quality.claims --split passages",),
        claims.needed("passages"),
        lambda folder: claims.markdown(claims.measure(folder, "passages")),
    ),
    "heldout": Table(
        ("python -m quality.claims --split heldout",),
        claims.needed("heldout"),
        lambda folder: claims.markdown(claims.measure(folder, "heldout")),
    ),
    "swapped": Table((_command("swapped"),), (), _swapped),
    "seeds": Table(
        ("python -m quality.seeds",),
        ("seeds",),
        lambda folder: seeds.markdown(seeds.results_of(seeds.read(folder / "seeds"))),
    ),
    "times": Table((_command("times"),), _read_by("times"), _times),
    "whens": Table((_command("whens_dev"), _command("whens_train")), _read_by("whens_dev", "whens_train"), _whens),
    "places": Table((_command("places"),), _read_by("places"), _places),
    "speed": Table(("python -m bench",), ("corpora/fa-kes/articles",), _speed),
    "record_speed": Table(
        ("python -m bench.record",), ("corpora/control-window-a",), lambda folder: _speed(folder, "record_speed")
    ),
}


if __name__ == "__main__":
    raise SystemExit(main())
